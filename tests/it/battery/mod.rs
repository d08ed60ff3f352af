//! No silent mistranslation: every kind of syntax in every position, every mapped function with
//! arguments of every type, and the gallery's handlers changed at random.
//!
//! The cases are made by the scripts in `tests/battery`: what the compiler takes is compiled once
//! and each case compared with real Python; the rest was refused, with the reason.
//! `BATTERY_SAMPLE=1` tries all instead of every so-manieth case, `BATTERY_OFFSET` others of them;
//! `BATTERY_MUTANTS` and `BATTERY_COMPILED` say how many handlers are changed and compiled.

use std::path::Path;
use std::process::Command;

use crate::common::{skipped, tool, tools};
use crate::plan::project::Project;

/// Every so-manieth case that is tried, so that it takes a minute or two.
const SYNTAX_SAMPLE: usize = 90;
const MAPPED_SAMPLE: usize = 40;

/// Handlers that are changed, and how many of those that are taken are compiled.
const MUTANTS: [usize; 2] = [40, 6];

fn number(name: &str, otherwise: usize) -> usize {
    let said = std::env::var(name).ok();
    said.map_or(otherwise, |it| it.parse().expect("a number"))
}

fn sample(otherwise: usize) -> [usize; 2] {
    [
        number("BATTERY_SAMPLE", otherwise),
        number("BATTERY_OFFSET", 0),
    ]
}

fn battery(which: &str, script: &[&str], numbers: [usize; 2]) {
    let Some(python) = tool("python3").filter(|_| gammaray_migrate::tools::runtime(None).is_ok())
    else {
        return skipped(which, "the tools are missing; run .ci/setup");
    };
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/battery");
    let project = Project::empty();
    let done = Command::new(python)
        .args(["-B", "-W", "ignore"])
        .args(script)
        .arg(env!("CARGO_BIN_EXE_gammaray-migrate"))
        .arg(project.path("battery"))
        .arg(tools().with_file_name("check"))
        .args(numbers.map(|it| it.to_string()))
        .current_dir(scripts)
        .output()
        .expect("Python");
    let said = String::from_utf8_lossy(&done.stdout);
    let errors = String::from_utf8_lossy(&done.stderr);
    if done.status.code() == Some(75) {
        return skipped(which, "the packages are not here");
    }
    assert!(done.status.success(), "{said}{errors}");
    eprintln!("{said}");
}

#[test]
fn each_kind_of_syntax_is_refused_or_does_what_python_does() {
    battery("syntax", &["run.py", "syntax"], sample(SYNTAX_SAMPLE));
}

#[test]
fn each_mapped_function_is_refused_or_does_what_python_does() {
    battery("mapped", &["run.py", "mapped"], sample(MAPPED_SAMPLE));
}

#[test]
fn changed_handlers_are_refused_or_compile() {
    let numbers = [
        number("BATTERY_MUTANTS", MUTANTS[0]),
        number("BATTERY_COMPILED", MUTANTS[1]),
    ];
    battery("mutants", &["mutants.py"], numbers);
}
