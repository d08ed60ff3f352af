//! What is generated compiles, answers, and is built by sam.

use std::path::Path;
use std::process::Command;

use gammaray_migrate::compiler::Translation;
use gammaray_migrate::diagnostic::Code;
use gammaray_migrate::generate::crate_tests::{self, Tests};
use gammaray_migrate::generate::{Placement, Rewrite, Rewriter};
use gammaray_migrate::plan::{self, Guard};
use gammaray_migrate::{rewrite, sam};
use serde_json::json;

use super::command::{project, run, stderr, stdout};
use crate::common::{copy, skipped, tool, tools};
use crate::plan::project::Project;

const MAIN: &str = r#"//! Answers with its event.

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use serde_json::Value;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(service_fn(handle)).await
}

async fn handle(event: LambdaEvent<Value>) -> Result<Value, Error> {
    Ok(event.payload)
}
"#;

fn planned(project: &Project, main: &str) -> Rewrite {
    let project = sam::Project::read(project.root(), None).unwrap();
    let (template, function) = project.function("hello").unwrap();
    let translation = Translation {
        files: vec![("src/main.rs".into(), main.to_owned())],
        crates: ["serde_json".to_owned()].into(),
        ..Translation::default()
    };
    let mut rewriter = Rewriter::new(&project, Placement::default());
    rewriter.add(template, function, &translation).unwrap();
    rewriter.finish("rewrite hello").unwrap()
}

/// Whether the packages can be had, else said loudly.
fn is_checked(
    test: &str,
    result: Result<(), Vec<gammaray_migrate::diagnostic::Diagnostic>>,
) -> bool {
    match result {
        Ok(()) => true,
        Err(said) if said[0].code == Code::CheckFailed => {
            skipped(test, &said[0].message);
            false
        }
        Err(said) => panic!("{said:?}"),
    }
}

#[test]
fn what_does_not_compile_is_not_written() {
    let test = "what_does_not_compile_is_not_written";
    let project = project();
    let before = project.snapshot();
    let main = MAIN.replace("Ok(event.payload)", "Ok(event.load)");
    let mut broken = planned(&project, &main);
    let said = rewrite::check(project.root(), &mut broken, &|_| {}).unwrap_err();
    if said[0].code == Code::CheckFailed {
        return skipped(test, &said[0].message);
    }
    assert_eq!(said[0].code, Code::DoesNotCompile);
    assert_eq!(
        said[1].message,
        "the report is in `.gammaray-migrate/rewrite/hello`"
    );
    let report = project.read(".gammaray-migrate/rewrite/hello/compiler.txt");
    assert!(report.contains("event.load"), "{report}");
    assert!(project.exists(".gammaray-migrate/rewrite/hello/rust-hello-src-main-rs.txt"));
    assert_eq!(project.snapshot(), before);
}

#[test]
fn the_workspace_of_the_project_is_checked_with_it() {
    let test = "the_workspace_of_the_project_is_checked_with_it";
    let project = project();
    project.write(
        "Cargo.toml",
        "[workspace]\nmembers = [\"tools/*\"]\nresolver = \"3\"\n",
    );
    let manifest = "[package]\nname = \"one\"\nedition = \"2024\"\n";
    project.write("tools/one/Cargo.toml", manifest);
    project.write("tools/one/src/lib.rs", "//! One.\n");
    let mut planned = planned(&project, MAIN);
    if is_checked(test, rewrite::check(project.root(), &mut planned, &|_| {})) {
        let lock = planned.plan.changes.last().unwrap();
        assert_eq!(lock.path(), "Cargo.lock");
    }
}

#[test]
fn the_crate_s_own_test_runs() {
    let test = "the_crate_s_own_test_runs";
    let project = project();
    let mut planned = planned(&project, MAIN);
    if !is_checked(test, rewrite::check(project.root(), &mut planned, &|_| {})) {
        return;
    }
    let guard = Guard {
        allow_dirty: true,
        allow_no_vcs: true,
    };
    plan::apply(project.root(), &planned.plan, &guard).unwrap();
    let event = json!({"a": [1, "é"]});
    let cases = [("right".to_owned(), json!({"event": event, "result": event}))];
    let tests = Tests {
        environment: &json!({
            "AWS_LAMBDA_FUNCTION_NAME": "hello",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "128",
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "AWS_REGION": "eu-west-1",
        }),
        cases: &cases,
    };
    let tests = crate_tests::plan(project.root(), "rust/hello", tests, "verify").unwrap();
    plan::apply(project.root(), &tests, &guard).unwrap();
    let run = || {
        Command::new(tool("cargo").unwrap())
            .args(["test", "--offline", "--quiet"])
            .current_dir(project.root())
            .env("CARGO_TARGET_DIR", tools().with_file_name("check"))
            .output()
            .unwrap()
    };
    let passed = run();
    assert!(
        passed.status.success(),
        "{}{}",
        stdout(&passed),
        stderr(&passed)
    );
    let wrong = json!({"event": {"a": 1}, "result": {"a": 2}});
    project.write("rust/hello/tests/answers/wrong.json", wrong.to_string());
    let failed = run();
    assert!(!failed.status.success(), "{}", stdout(&failed));
    // A function that cannot start is not waited for.
    let environment = json!({"AWS_LAMBDA_FUNCTION_NAME": "hello", "AWS_REGION": "eu-west-1"});
    let path = "rust/hello/tests/environment.json";
    project.write(path, environment.to_string());
    let ended = run();
    assert!(
        stdout(&ended).contains("the function ended"),
        "{}",
        stdout(&ended)
    );
}

#[test]
fn sam_builds_the_example_and_undo_brings_it_back() {
    let test = "sam_builds_the_example_and_undo_brings_it_back";
    let (Some(sam), Some(_)) = (tool("sam"), tool("cargo-lambda")) else {
        return skipped(test, "sam or cargo-lambda is missing; run .ci/setup");
    };
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/gammaray");
    let project = Project::empty();
    copy(&example, project.root());
    // Its own code needs Powertools, which is not mapped yet.
    project.write(
        "functions/authorizer/app.py",
        "def lambda_handler(event, context):\n    return {\"principalId\": event[\"methodArn\"]}\n",
    );
    project.commit_all();
    let before = project.snapshot();
    let done = run(&project, &["rewrite", "authorizer"]);
    if stderr(&done).contains("GM0810") {
        return skipped(test, "the packages are not here");
    }
    assert_eq!(
        done.status.code(),
        Some(0),
        "{}{}",
        stdout(&done),
        stderr(&done)
    );
    let after = project.snapshot();
    let path = std::env::var("PATH").unwrap_or_default();
    let build = Command::new(sam)
        .args(["build", "AuthorizerFunction"])
        .current_dir(project.root())
        .env("SAM_CLI_TELEMETRY", "0")
        .env_remove("CARGO_TARGET_DIR")
        .env("PATH", format!("{}:{path}", tools().join("bin").display()))
        .output()
        .unwrap();
    assert!(build.status.success(), "{}", stderr(&build));
    assert!(project.exists(".aws-sam/build/AuthorizerFunction/bootstrap"));
    let mut built = project.snapshot();
    built.retain(|path, _| !path.starts_with(".aws-sam") && !path.starts_with("target"));
    assert_eq!(built, after);
    std::fs::remove_dir_all(project.path(".aws-sam")).unwrap();
    std::fs::remove_dir_all(project.path("target")).unwrap();
    assert_eq!(run(&project, &["undo"]).status.code(), Some(0));
    assert_eq!(project.snapshot(), before);
}

#[test]
fn cfn_lint_takes_what_comes_out() {
    let test = "cfn_lint_takes_what_comes_out";
    let Some(cfn_lint) = tool("cfn-lint") else {
        return skipped(test, "cfn-lint is missing; run .ci/setup");
    };
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    for example in ["gammaray", "orders"] {
        for placement in [None, Some("--beside"), Some("--canary")] {
            let project = Project::empty();
            copy(&examples.join(example), project.root());
            project.commit_all();
            let mut arguments = vec!["rewrite", "--all", "--no-check"];
            arguments.extend(placement);
            let done = run(&project, &arguments);
            assert!(
                stdout(&done).contains("edit    template.yaml"),
                "{}",
                stderr(&done)
            );
            let lint = Command::new(&cfn_lint)
                .arg(project.path("template.yaml"))
                .output()
                .unwrap();
            let said = stdout(&lint);
            assert!(lint.status.success(), "{example} {placement:?}: {said}");
        }
    }
}

/// The contents of a file that a plan creates.
fn created(rewrite: &Rewrite, wanted: &str) -> String {
    let found = rewrite.plan.changes.iter().find_map(|change| match change {
        plan::Change::Create { path, contents, .. } if path == wanted => Some(contents.clone()),
        _ => None,
    });
    found.unwrap()
}

#[test]
fn every_crate_of_the_table_is_published_with_its_features() {
    let test = "every_crate_of_the_table_is_published_with_its_features";
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = std::fs::read_to_string(root.join("src/generate/dependencies.toml")).unwrap();
    let table: toml_edit::DocumentMut = table.parse().unwrap();
    let names = table.iter().map(|(name, _)| name.replace('*', "dynamodb"));
    let project = project();
    let read = sam::Project::read(project.root(), None).unwrap();
    let (template, function) = read.function("HelloFunction").unwrap();
    let translation = Translation {
        crates: names.collect(),
        ..Translation::default()
    };
    let mut rewriter = Rewriter::new(&read, Placement::default());
    rewriter.add(template, function, &translation).unwrap();
    let rewrite = rewriter.finish("rewrite hello").unwrap();
    let manifest = created(&rewrite, "rust/hello/Cargo.toml");
    project.write("crate/Cargo.toml", manifest);
    project.write("crate/src/main.rs", "fn main() {}\n");
    let output = Command::new(tool("cargo").unwrap())
        .arg("generate-lockfile")
        .current_dir(project.path("crate"))
        .output()
        .unwrap();
    let said = stderr(&output);
    if said.contains("failed to get")
        || said.contains("failed to download")
        || said.contains("spurious")
    {
        return skipped(test, "there is no registry here");
    }
    assert!(output.status.success(), "{said}");
}

#[test]
fn the_skeleton_is_one_for_cargo_generate() {
    let test = "the_skeleton_is_one_for_cargo_generate";
    let Some(cargo_generate) = tool("cargo-generate") else {
        return skipped(
            test,
            "cargo-generate is missing; `cargo install cargo-generate`",
        );
    };
    let folder = tempfile::tempdir().unwrap();
    let skeleton = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/function");
    let output = Command::new(cargo_generate)
        .args([
            "generate", "--silent", "--vcs", "none", "--name", "one", "--path",
        ])
        .arg(skeleton)
        .args(["--define", "name=one", "--define", "function=OneFunction"])
        .current_dir(folder.path())
        .env("USER", "nobody")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    let manifest = std::fs::read_to_string(folder.path().join("one/Cargo.toml")).unwrap();
    assert!(manifest.contains("name = \"one\""), "{manifest}");
    assert!(folder.path().join("one/src/main.rs").is_file());
}

#[test]
fn a_crate_that_calls_aws_compiles() {
    let test = "a_crate_that_calls_aws_compiles";
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/rust_authorizer");
    let project = project();
    let read = sam::Project::read(project.root(), None).unwrap();
    let (template, function) = read.function("HelloFunction").unwrap();
    let sources = std::fs::read_dir(fixture.join("src")).unwrap();
    let source = |entry: std::io::Result<std::fs::DirEntry>| {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        (format!("src/{name}").into(), text)
    };
    let manifest = std::fs::read_to_string(fixture.join("Cargo.toml")).unwrap();
    let manifest: toml_edit::DocumentMut = manifest.parse().unwrap();
    let crates = manifest["dependencies"].as_table().unwrap().iter();
    let translation = Translation {
        files: sources.map(source).collect(),
        crates: crates.map(|(name, _)| name.to_owned()).collect(),
        ..Translation::default()
    };
    let mut rewriter = Rewriter::new(&read, Placement::default());
    rewriter.add(template, function, &translation).unwrap();
    let mut rewrite = rewriter.finish("rewrite hello").unwrap();
    if is_checked(test, rewrite::check(project.root(), &mut rewrite, &|_| {})) {
        assert!(created(&rewrite, "Cargo.lock").contains("aws-sdk-dynamodb"));
        let settings = created(&rewrite, ".cargo/config.toml");
        assert!(
            settings.contains("AWS_LC_SYS_NO_JITTER_ENTROPY"),
            "{settings}"
        );
    }
}
