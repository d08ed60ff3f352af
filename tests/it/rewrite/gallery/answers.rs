//! What a handler answers becomes tests of its crate, which say so when it answers otherwise.

use std::fs;
use std::path::{Path, PathBuf};

use gammaray_migrate::plan::{self, Guard};
use gammaray_migrate::rewrite;
use gammaray_migrate::verify::Answers;
use serde_json::{Value, json};

use super::build;
use super::project::{Gallery, Rewritten, texts};
use super::prove::answers;

/// A handler that calls AWS for each of its events.
pub(super) const HANDLER: &str = "aws_clients";

/// Writes the tests of a handler's crate, unless it is not tried; runs them, then others.
pub(super) fn become_tests(gallery: &Gallery, rewritten: &Rewritten, program: &Path) {
    let root = rewritten.project.path("");
    let krate = rewritten.krate(HANDLER).unwrap();
    let answers = Answers {
        folder: Some(root.join(&krate)),
        ..answers(gallery, HANDLER, program)
    };
    assert_eq!(answers.left_out, Vec::<String>::new());
    assert!(answers.cases.iter().any(|case| !case.aws.is_empty()));
    let plan = rewrite::tests(&root, HANDLER, &answers).unwrap();
    let guard = Guard {
        allow_dirty: true,
        allow_no_vcs: true,
    };
    plan::apply(&root, &plan, &guard).unwrap();
    let folder = root.join(&krate).join("tests/answers");
    let cases = texts(&folder);
    assert_eq!(cases.len(), answers.cases.len(), "a file for each case");

    let tested = || build::tested(rewritten, HANDLER);
    assert_eq!(tested(), Ok(()));
    // Another question to AWS is seen, and so is another answer to the event.
    let is_asking = |(_, case): &(&PathBuf, &String)| case.contains("\"aws\"");
    let (name, case) = cases.iter().find(is_asking).unwrap();
    let question = case.replacen("\"method\": \"", "\"method\": \"NO", 1);
    let mut answer: Value = serde_json::from_str(case).unwrap();
    answer["result"] = json!({"other": answer["result"]});
    for changed in [question, answer.to_string()] {
        assert_ne!(&changed, case);
        fs::write(folder.join(name), changed).unwrap();
        let said = tested().unwrap_err();
        assert!(said.contains(&name.display().to_string()), "{said}");
    }
    fs::write(folder.join(name), case).unwrap();
    // Nothing else is to be written a second time.
    let again = rewrite::tests(&root, HANDLER, &answers).unwrap();
    assert!(again.changes.is_empty(), "{:?}", again.changes);
}
