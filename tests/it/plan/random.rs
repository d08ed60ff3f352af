//! Random projects with a plan that fits them.

use gammaray_migrate::edit::Edit;
use gammaray_migrate::plan::{Change, Digest, Plan};
use gammaray_migrate::source::Span;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::project::Project;

const STANDING: [&str; 6] = [
    "template.yaml",
    "src/app.py",
    "src/shared/util.py",
    "src/requirements.txt",
    "a name with ü.txt",
    "run.sh",
];
const NEW: [&str; 6] = [
    "Cargo.toml",
    "rust/authorizer/Cargo.toml",
    "rust/authorizer/src/main.rs",
    "rust/shared/lib.rs",
    "src/native.pyi",
    "src/shared/deep/er/x.py",
];
const MODES: [u32; 5] = [0o644, 0o600, 0o755, 0o444, 0o640];

#[derive(Debug, Clone)]
pub(super) struct Case {
    standing: Vec<(&'static str, String, u32)>,
    pub(super) plan: Plan,
}

impl Case {
    pub(super) fn project(&self) -> Project {
        let project = Project::empty();
        for (path, text, mode) in &self.standing {
            project.write(path, text);
            project.chmod(path, *mode);
        }
        project
    }
}

#[derive(Debug, Clone)]
enum Fate {
    Stays,
    Goes,
    Edited(Vec<(usize, usize, String)>),
}

fn text() -> impl Strategy<Value = String> {
    "([a-f ü]{0,8}(\n|\r\n|\r)?){0,8}"
}

fn fate() -> impl Strategy<Value = Fate> {
    let cut = (0_usize..80, 0_usize..10, text());
    prop_oneof![
        1 => Just(Fate::Stays),
        1 => Just(Fate::Goes),
        3 => prop::collection::vec(cut, 1..4).prop_map(Fate::Edited),
    ]
}

pub(super) fn case() -> impl Strategy<Value = Case> {
    let standing = prop::collection::vec((text(), prop::sample::select(&MODES), fate()), 6);
    let present = prop::collection::vec(any::<bool>(), 6);
    let new = prop::collection::vec(prop::option::of((text(), any::<bool>())), 6);
    (standing, present, new).prop_map(|(standing, present, new)| {
        let mut plan = Plan::new("random");
        let mut files = Vec::new();
        for ((path, (text, mode, fate)), present) in STANDING.iter().zip(standing).zip(present) {
            if present {
                plan.changes.extend(change(path, &text, fate));
                files.push((*path, text, mode));
            }
        }
        for (path, new) in NEW.iter().zip(new) {
            if let Some((contents, executable)) = new {
                plan.changes.push(Change::Create {
                    path: (*path).to_owned(),
                    contents,
                    executable,
                    reason: "new".to_owned(),
                });
            }
        }
        Case {
            standing: files,
            plan,
        }
    })
}

fn change(path: &str, text: &str, fate: Fate) -> Option<Change> {
    let path = path.to_owned();
    let before = Digest::of(text.as_bytes());
    match fate {
        Fate::Stays => None,
        Fate::Goes => Some(Change::Delete {
            path,
            before,
            reason: "old".to_owned(),
        }),
        Fate::Edited(cuts) => Some(Change::Edit {
            edits: edits(&path, text, cuts),
            path,
            before,
        }),
    }
}

fn edits(path: &str, text: &str, mut cuts: Vec<(usize, usize, String)>) -> Vec<Edit> {
    cuts.sort();
    let boundary = |offset: usize| text.floor_char_boundary(offset.min(text.len()));
    let mut free = 0;
    let mut edits = Vec::new();
    for (start, length, new_text) in cuts {
        let start = boundary(start).max(free);
        let end = boundary(start + length).max(start);
        free = end;
        edits.push(Edit {
            file: path.into(),
            span: Span::new(start, end),
            new_text,
            reason: "because".to_owned(),
        });
    }
    edits
}

/// The same cases each time.
pub(super) fn cases(count: usize) -> Vec<Case> {
    let mut runner = TestRunner::deterministic();
    let strategy = case();
    (0..count)
        .map(|_| strategy.new_tree(&mut runner).unwrap().current())
        .collect()
}
