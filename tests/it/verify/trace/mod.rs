//! What Python functions read of their events, and which of their lines ran.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::slice::from_ref;
use std::time::Duration;

use gammaray_migrate::lambda::{Invocation, Launch, Outcome, Sandbox};
use gammaray_migrate::verify::trace::{Kind, Trace, TraceError, Tracing};
use serde_json::{Value, json};

use crate::common::{skipped, tool};

mod cases;
mod examples;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// The folder of coverage.py for the tests' Python.
fn coverage() -> Option<PathBuf> {
    let runtime = gammaray_migrate::tools::runtime(None).ok()?;
    Some(runtime.coverage)
}

/// How to start a handler, or nothing where what that needs is missing.
fn launch(test: &str, folder: &str, handler: &str) -> Option<Launch> {
    let python = tool("python3").filter(|python| {
        Command::new(python)
            .args(["-c", "import awslambdaric, coverage"])
            .output()
            .is_ok_and(|output| output.status.success())
    });
    let Some(program) = python else {
        skipped(test, "awslambdaric or coverage is missing; run .ci/setup");
        return None;
    };
    Some(Launch {
        name: "Traced".into(),
        program,
        arguments: ["-m", "awslambdaric", handler].map(Into::into).to_vec(),
        handler: handler.into(),
        task_root: root().join(folder),
        extensions: Vec::new(),
        environment: BTreeMap::from([("PYTHONDONTWRITEBYTECODE".into(), "1".into())]),
        timeout: Duration::from_secs(60),
        memory: 256,
        cpu: None,
        private_tmp: false,
        region: "us-east-1".into(),
        account: "123456789012".into(),
    })
}

async fn outcomes(launch: &Launch, events: &[Value]) -> Vec<Outcome> {
    let mut sandbox: Option<Sandbox> = None;
    let mut outcomes = Vec::new();
    for event in events {
        let mut alive = match sandbox.take().filter(Sandbox::is_alive) {
            Some(alive) => alive,
            None => Sandbox::start(launch.clone()).await.unwrap(),
        };
        let invocation: Invocation = alive.invoke(event.clone()).await;
        outcomes.push(without_id(&invocation));
        sandbox = Some(alive);
    }
    outcomes
}

fn without_id(invocation: &Invocation) -> Outcome {
    let mut outcome = invocation.outcome.clone();
    if let Outcome::Error(error) = &mut outcome {
        error.message = error.message.replace(&invocation.request_id, "ID");
    }
    outcome
}

/// Runs a function of the fixture with and without tracing; what it came to is the same.
async fn fixture(test: &str, handler: &str, events: &[Value]) -> Option<(Vec<Outcome>, Trace)> {
    let mut launch = launch(test, "tests/fixtures/traced", handler)?;
    let plain = outcomes(&launch, events).await;
    let code = [launch.task_root.clone()];
    let mut tracing = Tracing::prepare(&mut launch, &code, coverage().as_deref()).unwrap();
    let traced = outcomes(&launch, events).await;
    assert_eq!(plain, traced);
    Some((traced, tracing.take().unwrap()))
}

fn paths(trace: &Trace) -> BTreeSet<String> {
    trace.reads.iter().map(ToString::to_string).collect()
}

fn assert_reads(trace: &Trace, expected: &[&str]) {
    let paths = paths(trace);
    for path in expected {
        assert!(paths.contains(*path), "{path} is not in {paths:#?}");
    }
}

fn unreached(trace: &Trace) -> Vec<String> {
    let unreached = trace.coverage.unreached();
    unreached.iter().map(ToString::to_string).collect()
}

#[test]
fn recorded_values_behave_like_plain_ones() {
    let Some(python) = tool("python3") else {
        return skipped("recorded_values_behave_like_plain_ones", "no python3");
    };
    let output = Command::new(python)
        .arg(root().join("tests/it/verify/trace/shim.py"))
        .arg(root().join("src/verify/trace/shim"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let count = String::from_utf8_lossy(&output.stdout);
    assert!(count.trim().parse::<u32>().unwrap() > 10_000, "{count}");
}

#[tokio::test]
async fn follows_what_is_inside_texts() {
    let logs = "H4sIAAAAAAACA6tWyslPdy1LzSspVrJSiK5Wyk0tLk5MTwVylBKVamNrAfS5d/chAAAA";
    let event = json!({
        "headers": {"Authorization": "Basic YWRhOnNlY3JldA=="},
        "awslogs": {"data": logs},
        "form": "size=2&size=3",
        "pairs": "colour=red%20",
        "key": " A%2FB+c ",
        "arn": "arn:aws:lambda:function:name",
        "token": "Bearer a.eyJzdWIiOiAiYWRhIn0.c",
    });
    let test = "follows_what_is_inside_texts";
    let Some((outcomes, trace)) = fixture(test, "app.decodes", &[event]).await else {
        return;
    };
    let answer = json!({
        "user": "ada", "messages": ["a"], "size": "2", "colour": "red ", "key": "a/b c",
        "name": "name", "claims": {"sub": "ada"},
    });
    assert_eq!(outcomes, [Outcome::Answer(answer)]);
    assert_reads(
        &trace,
        &[
            "headers.Authorization",
            "headers.Authorization|split(\" \")[2]|base64",
            "headers.Authorization|split(\" \")[2]|base64|split(\":\")[0]",
            "awslogs.data|base64|gzip|json.logEvents[].message",
            "form|form.size[0]",
            "pairs|form.colour[0]",
            "key|percent",
            "arn|split(\":\")[4]",
            "token|split(\"Bearer \")[2]|split(\".\")[1]|base64|json",
        ],
    );
}

#[tokio::test]
async fn tells_lines_branches_and_kinds() {
    let test = "tells_lines_branches_and_kinds";
    let small = json!({"kind": "small", "items": [{"price": 1}]});
    let Some((_, trace)) = fixture(test, "app.branches", from_ref(&small)).await else {
        return;
    };
    assert_reads(&trace, &["kind", "items", "items|length", "items[].price"]);
    let kind = trace
        .reads
        .iter()
        .find(|it| it.to_string() == "kind")
        .unwrap();
    assert_eq!(kind.kinds, BTreeSet::from([Kind::Text]));
    // Where the first comparison held, no other was made.
    assert_eq!(kind.compared, BTreeSet::from(["small".to_owned()]));
    let file = root().join("tests/fixtures/traced/app.py");
    assert_eq!(trace.coverage.files.keys().collect::<Vec<_>>(), [&file]);
    let shown = unreached(&trace);
    let expected = [
        "line 37 never went to line 40",
        "line 40 never ran",
        "line 42 never went to line 43",
        "line 43 never ran",
    ];
    for line in expected {
        assert!(shown.contains(&line.to_owned()), "{line}: {shown:?}");
    }

    let large = json!({"kind": "large", "items": [{"price": 101}]});
    let events = [
        small,
        large,
        json!({"items": null, "kind": null}),
        json!({}),
    ];
    let Some((outcomes, trace)) = fixture(test, "app.branches", &events).await else {
        return;
    };
    assert_eq!(outcomes[1], Outcome::Answer(json!("expensive")));
    let kind = trace
        .reads
        .iter()
        .find(|it| it.to_string() == "kind")
        .unwrap();
    assert_eq!(
        kind.kinds,
        BTreeSet::from([Kind::Absent, Kind::Null, Kind::Text])
    );
    let shown = unreached(&trace);
    for line in expected {
        assert!(!shown.contains(&line.to_owned()), "{line}: {shown:?}");
    }
    let (run, all) = trace.coverage.lines();
    assert!(run < all, "{run} of {all}");
}

#[tokio::test]
async fn tells_the_event_from_what_the_function_adds() {
    let event = json!({"list": [1, "x"], "detail": {"a": 1}});
    let test = "tells_the_event_from_what_the_function_adds";
    let Some((outcomes, trace)) = fixture(test, "app.copies", &[event]).await else {
        return;
    };
    // Neither environment nor search path show that it is traced.
    assert_eq!(outcomes, [Outcome::Answer(json!([1, "x", 2, [], []]))]);
    assert_reads(&trace, &["list[1]", "detail.a"]);
    assert!(!paths(&trace).iter().any(|path| path.contains("own")));
}

#[tokio::test]
async fn reports_what_was_before_the_process_was_killed() {
    let events = [json!({"last": false}), json!({"last": true})];
    let test = "reports_what_was_before_the_process_was_killed";
    let Some((outcomes, trace)) = fixture(test, "app.dies", &events).await else {
        return;
    };
    assert_eq!(outcomes[0], Outcome::Answer(json!(1)));
    assert!(matches!(&outcomes[1], Outcome::Error(error) if error.kind == "Runtime.ExitError"));
    assert_reads(&trace, &["last"]);
    let last = trace
        .reads
        .iter()
        .find(|it| it.to_string() == "last")
        .unwrap();
    assert_eq!(last.kinds, BTreeSet::from([Kind::Bool]));
}

#[tokio::test]
async fn handlers_are_imported_as_the_runtime_does_it() {
    let handlers = [
        "inner/module.handler",
        "inner.module.handler",
        "missing.handler",
        "app.missing",
        "sys.exit",
        "handler",
    ];
    let test = "handlers_are_imported_as_the_runtime_does_it";
    for handler in handlers {
        let Some((outcomes, trace)) = fixture(test, handler, &[json!({"inner": 1})]).await else {
            return;
        };
        let works = handler.starts_with("inner");
        assert_eq!(
            outcomes == [Outcome::Answer(json!(1))],
            works,
            "{outcomes:?}"
        );
        assert_eq!(paths(&trace).contains("inner"), works);
        assert_eq!(trace.troubles, BTreeSet::new());
    }
}

#[tokio::test]
async fn goes_on_without_coverage() {
    let test = "goes_on_without_coverage";
    let Some(mut launch) = launch(test, "tests/fixtures/traced", "app.branches") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("sqlite3")).unwrap();
    let failing = folder.path().join("sqlite3/__init__.py");
    std::fs::write(failing, "raise ImportError('no sqlite3 here')").unwrap();
    let own = folder.path().display().to_string();
    launch.environment.insert("PYTHONPATH".into(), own);
    let code = [launch.task_root.clone()];
    let mut tracing = Tracing::prepare(&mut launch, &code, coverage().as_deref()).unwrap();
    let event = json!({"kind": "small", "items": []});
    assert_eq!(
        outcomes(&launch, &[event]).await,
        [Outcome::Answer(json!({"size": 0}))]
    );
    let trace = tracing.take().unwrap();
    assert_reads(&trace, &["items|length"]);
    assert!(trace.coverage.files.is_empty());
    let troubles = format!("{:?}", trace.troubles);
    assert!(troubles.contains("no sqlite3 here"), "{troubles}");
    // Nothing is told twice.
    assert_eq!(tracing.take().unwrap(), Trace::default());
}

#[tokio::test]
async fn installed_packages_are_not_the_functions_own() {
    let test = "installed_packages_are_not_the_functions_own";
    let Some(mut launch) = launch(test, "tests", "app.handler") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let app = "import other, package, single\n\ndef handler(event, context):\n    return 1\n";
    write("app.py", app);
    write("other.py", "a = 1\n");
    write("single.py", "a = 1\n");
    write("package/__init__.py", "a = 1\n");
    let record = "package/__init__.py,sha256=x,6\nsingle.py,,\n../../bin/tool,,\n";
    write("package-1.0.dist-info/RECORD", record);
    launch.task_root = folder.path().to_owned();
    let code = [launch.task_root.clone()];
    let mut tracing = Tracing::prepare(&mut launch, &code, coverage().as_deref()).unwrap();
    outcomes(&launch, &[json!({})]).await;
    let trace = tracing.take().unwrap();
    let files = trace.coverage.files.keys();
    let names: Vec<_> = files.map(|path| path.file_name().unwrap()).collect();
    assert_eq!(names, ["app.py", "other.py"]);
}

#[test]
fn what_is_no_python_is_not_traced() {
    let Some(mut launch) = launch("what_is_no_python_is_not_traced", "tests", "app.well") else {
        return;
    };
    launch.program = "bootstrap".into();
    launch.arguments.clear();
    let refused = Tracing::prepare(&mut launch, &[], None);
    assert!(matches!(refused, Err(TraceError::NotPython { .. })));
}
