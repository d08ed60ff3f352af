//! One folder a case under `tests/it/edit/cases`: `before.*`, the `operations.yaml` to perform in
//! turn, and `after.*`, or `refused.txt` with what a person is told.
//! `UPDATE_GOLDEN=1 cargo test --test it golden` rewrites the expectations for review.

use std::fs;
use std::path::{Path, PathBuf};

use gammaray_migrate::diagnostic::render;
use gammaray_migrate::edit::yaml::{Path as Place, Place as Where, Step, YamlEditor};
use gammaray_migrate::edit::{EditError, apply};
use gammaray_migrate::source::SourceFile;
use gammaray_migrate::yaml::parse;
use serde_yaml::Value;

fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/edit/cases");
    let mut cases: Vec<PathBuf> = fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.sort();
    cases
}

fn before(case: &Path) -> (PathBuf, String) {
    let file = fs::read_dir(case)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.file_stem().is_some_and(|stem| stem == "before"))
        .unwrap_or_else(|| panic!("{} has no before file", case.display()));
    let text = fs::read_to_string(&file).unwrap();
    (file, text)
}

fn perform(editor: &mut YamlEditor, operation: &Value) -> Result<(), EditError> {
    let name = operation["do"].as_str().unwrap();
    let steps: Vec<Step> = operation["at"]
        .as_sequence()
        .unwrap()
        .iter()
        .map(|step| match step.as_u64() {
            Some(index) => Step::from(index as usize),
            None => Step::from(step.as_str().unwrap()),
        })
        .collect();
    let path = Place::from(steps);
    let value = operation.get("value").cloned().unwrap_or_default();
    match name {
        "set" => editor.set(path, value, name),
        "insert" => {
            let place = operation.get("before").and_then(Value::as_str);
            let place = place.map_or(Where::End, Where::Before);
            editor.insert(path, value, place, name)
        }
        "append" => editor.append(path, value, name),
        "append or wrap" => editor.append_or_wrap(path, value, name),
        "rename" => editor.rename(path, value.as_str().unwrap(), name),
        "remove" => editor.remove(path, name),
        other => panic!("no operation `{other}`"),
    }
}

fn expect(path: &Path, actual: &str) {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(path, actual).unwrap();
        return;
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert_eq!(expected, actual, "{}", path.display());
}

fn check(case: &Path) {
    let (before_path, text) = before(case);
    let shown = before_path.file_name().unwrap();
    let document = parse(&SourceFile::from_text(shown, text.as_str())).unwrap();
    let mut editor = YamlEditor::new(&document).unwrap();
    let operations = SourceFile::from_text(
        "operations.yaml",
        fs::read_to_string(case.join("operations.yaml")).unwrap(),
    );
    let operations = parse(&operations).unwrap().root.to_value().unwrap();
    for operation in operations.as_sequence().unwrap() {
        if let Err(error) = perform(&mut editor, operation) {
            let diagnostic = error.diagnostic(&editor.document().file);
            expect(&case.join("refused.txt"), &render(&diagnostic, 100, false));
            return;
        }
    }
    let after = editor.text().to_owned();
    assert_eq!(apply(&text, &editor.into_edits()).unwrap(), after);
    let name = shown.to_str().unwrap().replace("before", "after");
    expect(&case.join(name), &after);
}

#[test]
fn every_case_comes_out_as_written_down() {
    let cases = cases();
    assert!(cases.len() >= 30, "only {} cases found", cases.len());
    for case in cases {
        check(&case);
    }
}
