//! One folder a case under `tests/it/rewrite/cases`: the project `before`, `case.yaml` with what is
//! asked for and what the compiler made of it, and `expected.txt`: the plan's diff and notes, or
//! what a person is told. `UPDATE_GOLDEN=1 cargo test --test it rewrite::golden` rewrites the
//! expectations for review.

use std::fs;
use std::path::{Path, PathBuf};

use gammaray_migrate::compiler::Translation;
use gammaray_migrate::diagnostic::render;
use gammaray_migrate::generate::{Placement, Refusal, Rewrite, Rewriter};
use gammaray_migrate::plan::Preview;
use gammaray_migrate::sam::Project;
use serde_yaml::Value;

fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/rewrite/cases");
    let entries = fs::read_dir(root).unwrap();
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases
}

fn texts(case: &Value, key: &str) -> Option<Vec<String>> {
    let items = case.get(key)?.as_sequence()?;
    Some(
        items
            .iter()
            .map(|it| it.as_str().unwrap().to_owned())
            .collect(),
    )
}

pub(super) fn translation(case: &Value) -> Translation {
    let main = "//! Says hello.\n\nfn main() {}\n";
    Translation {
        files: vec![("src/main.rs".into(), main.to_owned())],
        crates: texts(case, "crates")
            .unwrap_or_default()
            .into_iter()
            .collect(),
        environment: texts(case, "environment").map(|it| it.into_iter().collect()),
        notes: texts(case, "notes").unwrap_or_default(),
    }
}

fn rewrite(project: &Project, case: &Value) -> Result<Rewrite, Refusal> {
    let on = |name: &str| {
        case.get("placement")
            .is_some_and(|it| it.get(name).is_some())
    };
    let placement = Placement {
        beside: on("beside"),
        canary: on("canary"),
    };
    let one = case
        .get("function")
        .map(|it| vec![it.as_str().unwrap().to_owned()]);
    let names = one.or_else(|| texts(case, "functions")).unwrap();
    let mut rewriter = Rewriter::new(project, placement);
    for name in names {
        let (template, function) = project.function(&name).unwrap();
        rewriter.add(template, function, &translation(case))?;
    }
    rewriter.finish("rewrite")
}

/// Diffs of the crate's files are left out, but for the cases that show them.
fn shown(diff: &str, with_crate: bool) -> String {
    let mut out = String::new();
    let mut passing = true;
    for line in diff.split_inclusive('\n') {
        if line.starts_with("diff --git ") {
            passing = with_crate
                || !line.contains(" b/rust/")
                || line.contains("rust/Cargo.toml")
                || line.contains("rust/.gitignore");
            if !passing {
                out.push_str(line);
            }
        }
        if passing {
            out.push_str(line);
        }
    }
    out
}

fn outcome(folder: &Path, case: &Value) -> String {
    let project = Project::read(&folder.join("before"), None).unwrap();
    let rewrite = match rewrite(&project, case) {
        Ok(rewrite) => rewrite,
        Err(refusal) => {
            let shown: Vec<String> = refusal
                .diagnostics
                .iter()
                .map(|it| render(it, 100, false))
                .collect();
            return format!("{}{}", shown.concat(), refusal.proposal);
        }
    };
    let preview = Preview::of(&project.root, &rewrite.plan).unwrap();
    let with_crate = case.get("show_crate").is_some();
    let mut out = shown(&preview.diff(), with_crate);
    for note in rewrite.notes {
        out.push_str(&format!("note: {note}\n"));
    }
    out
}

#[test]
fn every_case_comes_out_as_written_down() {
    let cases = cases();
    assert!(cases.len() >= 40, "only {} cases found", cases.len());
    for folder in cases {
        let text = fs::read_to_string(folder.join("case.yaml")).unwrap();
        let case: Value = serde_yaml::from_str(&text).unwrap();
        let actual = outcome(&folder, &case);
        let path = folder.join("expected.txt");
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&path, actual).unwrap();
            continue;
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(expected, actual, "{}", path.display());
    }
}
