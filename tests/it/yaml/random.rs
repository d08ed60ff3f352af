//! Random documents, each read by us and by PyYAML. Well-formed ones must be read or refused
//! alike; of ones with odd characters put in, what both read must have the same value. (Without
//! `!`, `?` and `&` put in: a bare `! ""`, a `?"key"` in brackets and an anchor that ends with a
//! colon are known to be read otherwise.)
//!
//! `GAMMARAY_YAML_CASES=100000 cargo test --test it yaml::random` reads more of them.

use std::fs;

use proptest::collection::vec;
use proptest::prelude::any;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, TestRunner};

use super::pyyaml;
use crate::edit::generate::{Choices, document, mutated};

/// Documents in a plain run of the tests.
const CASES: usize = 1_000;

#[test]
fn random_documents_read_as_pyyaml_reads_them() {
    let Some(python) = pyyaml::python() else {
        return crate::common::skipped("comparison with PyYAML", "no Python with PyYAML");
    };
    let cases = std::env::var("GAMMARAY_YAML_CASES")
        .ok()
        .and_then(|number| number.parse().ok())
        .unwrap_or(CASES);
    let folder = tempfile::tempdir().unwrap();
    let mut runner = TestRunner::new(Config::default());
    let bytes = vec(any::<u8>(), 0..400);
    let (mut texts, mut files) = (Vec::new(), Vec::new());
    for case in 0..cases {
        let bytes = bytes.new_tree(&mut runner).unwrap().current();
        let mut choices = Choices::new(&bytes);
        let text = document(&mut choices);
        let text = if case % 2 == 0 {
            text
        } else {
            mutated(&mut choices, &text)
        };
        let file = folder.path().join(format!("{case}.yaml"));
        fs::write(&file, &text).unwrap();
        texts.push(text);
        files.push(file);
    }
    let theirs = pyyaml::read(&python, &files);
    let refused = theirs.iter().filter(|answer| answer.is_err()).count();
    let mut differences: Vec<String> = texts
        .iter()
        .zip(&theirs)
        .enumerate()
        .filter_map(|(case, (text, theirs))| {
            let ours = pyyaml::ours(text);
            let refused = theirs.is_err() || ours.is_err();
            if refused && case % 2 != 0 {
                return None;
            }
            let difference = pyyaml::difference(theirs, &ours)?;
            Some(format!("{difference}\n{text:?}\n"))
        })
        .collect();
    differences.sort_by_key(|text| (text.starts_with("only"), text.len()));
    let count = differences.len();
    differences.truncate(25);
    eprintln!("{cases} documents, {refused} refused by PyYAML, {count} read otherwise");
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
