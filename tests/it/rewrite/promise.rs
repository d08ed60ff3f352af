//! What an edited template says is what it said, but for the function that moved.

use std::fs;
use std::path::Path;

use gammaray_migrate::compiler::Translation;
use gammaray_migrate::edit::apply;
use gammaray_migrate::generate::{Placement, Rewriter};
use gammaray_migrate::plan::Change;
use gammaray_migrate::sam::{self, Function, Template};
use gammaray_migrate::source::SourceFile;
use gammaray_migrate::yaml::parse;
use serde_yaml::Value;

use crate::common::{shared, skipped};

/// Properties of a function that may change.
const CHANGED: [&str; 8] = [
    "Code",
    "CodeUri",
    "Environment",
    "Handler",
    "InlineCode",
    "Layers",
    "Runtime",
    "SnapStart",
];

fn value(text: &str) -> Value {
    parse(&SourceFile::from_text("template.yaml", text))
        .unwrap()
        .root
        .to_value()
        .unwrap()
}

/// The template without what may change of one function.
fn rest(text: &str, id: &str) -> Value {
    let mut value = value(text);
    let body = value
        .get_mut("Resources")
        .and_then(|it| it.get_mut(id))
        .unwrap();
    let body = body.as_mapping_mut().unwrap();
    body.shift_remove("Metadata");
    let is_empty = match body.get_mut("Properties").and_then(Value::as_mapping_mut) {
        Some(properties) => {
            for name in CHANGED {
                properties.shift_remove(name);
            }
            properties.is_empty()
        }
        None => false,
    };
    if is_empty {
        body.shift_remove("Properties");
    }
    value
}

fn edited(rewrite: &gammaray_migrate::generate::Rewrite, template: &Template) -> String {
    let text = template.file.text();
    let path = template.file.path().to_str().unwrap();
    let edits = rewrite.plan.changes.iter().find_map(|change| match change {
        Change::Edit {
            path: own, edits, ..
        } if own == path => Some(edits),
        _ => None,
    });
    apply(text, edits.unwrap()).unwrap()
}

fn is_rust(root: &Path, text: &str, function: &Function) {
    fs::write(root.join("a/b/c/template.yaml"), text).unwrap();
    let project = sam::Project::read(root, None).unwrap();
    let (_, found) = project.function(&function.id).unwrap();
    let text = |it: &Option<sam::Spanned<sam::Value>>| it.as_ref().unwrap().value.to_string();
    assert_eq!(text(&found.runtime), "provided.al2023");
    assert_eq!(text(&found.handler), "bootstrap");
    assert_eq!(found.build_method.as_deref(), Some("rust-cargolambda"));
    assert!(found.build_binary.is_some());
    let own = &text(&found.handler);
    assert_eq!(own, "bootstrap");
}

/// Makes the folders that the template's functions name, so that their code is there.
fn code_folders(place: &Path, value: &Value) {
    match value {
        Value::Mapping(mapping) => {
            for (key, value) in mapping {
                let is_code = matches!(key.as_str(), Some("CodeUri" | "Code"));
                if let (true, Some(text)) = (is_code, value.as_str()) {
                    if !text.contains("://") {
                        fs::create_dir_all(place.join(text)).unwrap();
                    }
                } else {
                    code_folders(place, value);
                }
            }
        }
        Value::Sequence(items) => items.iter().for_each(|item| code_folders(place, item)),
        Value::Tagged(tagged) => code_folders(place, &tagged.value),
        _ => {}
    }
}

/// How many functions of a template were moved, and how many refused with a reason.
fn check(text: &str, placement: Placement) -> (usize, usize) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let place = root.join("a/b/c");
    fs::create_dir_all(&place).unwrap();
    code_folders(&place, &value(text));
    fs::write(place.join("template.yaml"), text).unwrap();
    let Ok(project) = sam::Project::read(root, None) else {
        return (0, 0);
    };
    let (mut moved, mut refused) = (0, 0);
    for (template, function) in project.functions().filter(|(_, it)| it.is_python()) {
        let mut rewriter = Rewriter::new(&project, placement);
        let translation = Translation {
            environment: Some([].into()),
            ..Translation::default()
        };
        if let Err(refusal) = rewriter.add(template, function, &translation) {
            refused += 1;
            for diagnostic in refusal.diagnostics {
                assert!(
                    diagnostic.place.is_some() && diagnostic.help.is_some(),
                    "{diagnostic}"
                );
            }
            continue;
        }
        moved += 1;
        let rewrite = rewriter.finish("rewrite").unwrap();
        let after = edited(&rewrite, template);
        if placement.beside || placement.canary {
            // The rest is in the golden cases; here, that it is still a template.
            value(&after);
            continue;
        }
        assert_eq!(
            rest(text, &function.id),
            rest(&after, &function.id),
            "{}",
            function.id
        );
        is_rust(root, &after, function);
        fs::write(place.join("template.yaml"), text).unwrap();
    }
    (moved, refused)
}

#[test]
fn in_real_templates_nothing_else_changes() {
    let test = "in_real_templates_nothing_else_changes";
    let Some(shared) = shared().map(|folder| folder.join("templates")) else {
        return skipped(test, "there are no shared templates here");
    };
    let (mut moved, mut refused) = (0, 0);
    for entry in fs::read_dir(shared).unwrap() {
        let path = entry.unwrap().path();
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        let is_template = path
            .extension()
            .is_some_and(|it| it == "yaml" || it == "json");
        let reads = || parse(&SourceFile::from_text("t.yaml", text.as_str())).is_ok();
        if !is_template || !text.contains("python3") || !reads() {
            continue;
        }
        for (beside, canary) in [(false, false), (true, false), (false, true)] {
            let counts = check(&text, Placement { beside, canary });
            moved += counts.0;
            refused += counts.1;
        }
    }
    println!("{moved} functions moved, {refused} refused");
    assert!(moved > 100, "only {moved} functions moved");
    assert!(
        refused * 5 < moved,
        "{refused} of {} refused",
        moved + refused
    );
}
