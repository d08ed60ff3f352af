//! `doctor`, the tool folder that it makes, and what functions are run with.

mod install;
mod requirements;
mod runtime;

use std::path::Path;
use std::process::{Command, Output};

use assert_cmd::cargo::cargo_bin;
use serde_json::Value;

use crate::common::tools;

/// Every tool, in the order of the table.
const TOOLS: [&str; 10] = [
    "Python",
    "cargo",
    "moto",
    "awslambdaric",
    "boto3",
    "coverage.py",
    "SAM CLI",
    "cargo-lambda",
    "maturin",
    "zig",
];

/// A machine that has nothing but the programs of one folder.
fn doctor(path: &Path, tools: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(cargo_bin("gammaray-migrate"));
    command
        .arg("doctor")
        .args(arguments)
        .env_clear()
        .env("PATH", path)
        .env("HOME", tools.join("no-home"))
        .env("GAMMARAY_TOOLS", tools);
    command
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn where_nothing_is_there_everything_is_named() {
    let empty = tempfile::tempdir().unwrap();
    let output = doctor(Path::new(""), empty.path(), &[]).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert_eq!(stderr(&output), "");
    let folder = empty.path().display().to_string();
    insta::assert_snapshot!(stdout(&output).replace(&folder, "[folder]"));
    assert_eq!(empty.path().read_dir().unwrap().count(), 0);
}

#[test]
fn where_nothing_is_there_json_names_everything() {
    let empty = tempfile::tempdir().unwrap();
    let arguments = ["--format", "json"];
    let mut command = doctor(Path::new(""), empty.path(), &arguments);
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let check: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(check["schema"], 1);
    assert_eq!(check["ready"], false);
    assert_eq!(check["pythons"], serde_json::json!([]));
    let found: Vec<&str> = tool_names(&check);
    assert_eq!(found, TOOLS);
    for tool in check["tools"].as_array().unwrap() {
        assert_eq!(tool["state"], "missing", "{tool}");
        assert_eq!(tool["path"], Value::Null, "{tool}");
        assert!(!tool["needed_for"].as_array().unwrap().is_empty(), "{tool}");
        assert!(!tool["install"].as_str().unwrap().is_empty(), "{tool}");
    }
}

fn tool_names(check: &Value) -> Vec<&str> {
    let tools = check["tools"].as_array().unwrap();
    tools
        .iter()
        .map(|it| it["name"].as_str().unwrap())
        .collect()
}

#[test]
fn what_setup_installed_is_found_as_pinned() {
    if !tools().join("done/sam-cli").is_file() {
        crate::common::skipped("doctor", "the tool environment is missing; run .ci/setup");
        return;
    }
    let mut command = Command::new(cargo_bin("gammaray-migrate"));
    let output = command.args(["doctor", "--format", "json"]).output();
    let output = output.unwrap();
    let check: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{check:#}");
    assert_eq!(check["ready"], true);
    assert_eq!(tool_names(&check), TOOLS);
    for tool in check["tools"].as_array().unwrap() {
        assert_eq!(tool["state"], "found", "{tool}");
        let path = tool["path"].as_str().unwrap();
        assert!(Path::new(path).exists(), "{tool}");
        let version = tool["version"].as_str().unwrap();
        assert!(
            version.starts_with(|it: char| it.is_ascii_digit()),
            "{tool}"
        );
    }
    let pythons = check["pythons"].as_array().unwrap();
    assert!(
        pythons.iter().any(|it| it["runtime"].is_string()),
        "{check:#}"
    );
}

#[test]
fn a_shim_that_starts_nothing_is_not_a_tool() {
    let tools = tempfile::tempdir().unwrap();
    let bin = tools.path().join("path");
    std::fs::create_dir(&bin).unwrap();
    for name in ["python3", "python3.12", "moto_server", "sam", "zig"] {
        install::program(
            &bin.join(name),
            "#!/bin/sh\necho 'not found' >&2\nexit 127\n",
        );
    }
    install::program(&bin.join("maturin"), "#!/bin/sh\necho maturin 0.9.1\n");
    let mut command = doctor(&bin, tools.path(), &["--format", "json"]);
    let output = command.output().unwrap();
    let check: Value = serde_json::from_slice(&output.stdout).unwrap();
    for tool in check["tools"].as_array().unwrap() {
        let expected = if tool["name"] == "maturin" {
            "differs"
        } else {
            "missing"
        };
        assert_eq!(tool["state"], expected, "{tool}");
    }
    assert_eq!(check["tools"][8]["version"], "0.9.1");
}
