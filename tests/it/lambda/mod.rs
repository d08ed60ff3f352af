//! The local Lambda with the real Python runtime client, and functions that misbehave.

mod cpu;
mod record;
mod rust;
mod standin;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use gammaray_migrate::lambda::{FunctionError, Launch, Outcome, Sandbox};
use serde_json::json;

use crate::common::{skipped, tool};

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/misbehaving")
}

/// How to start a handler of the fixture, or nothing where the runtime client is missing.
pub fn launch(handler: &str) -> Option<Launch> {
    let python = tool("python3").filter(|python| {
        std::process::Command::new(python)
            .args(["-c", "import awslambdaric"])
            .output()
            .is_ok_and(|output| output.status.success())
    });
    let Some(program) = python else {
        skipped(handler, "awslambdaric is missing; run .ci/setup");
        return None;
    };
    Some(Launch {
        name: "Misbehaving".into(),
        program,
        arguments: ["-m", "awslambdaric", handler].map(Into::into).to_vec(),
        handler: handler.into(),
        task_root: folder(),
        extensions: Vec::new(),
        environment: BTreeMap::from([("PYTHONDONTWRITEBYTECODE".into(), "1".into())]),
        timeout: Duration::from_secs(20),
        memory: 256,
        cpu: None,
        private_tmp: false,
        region: "eu-central-1".into(),
        account: "123456789012".into(),
    })
}

fn error(outcome: Outcome) -> FunctionError {
    match outcome {
        Outcome::Error(error) => error,
        Outcome::Answer(answer) => panic!("an answer: {answer}"),
    }
}

/// The processes whose command line ends with `argument`.
pub fn running(argument: &str) -> usize {
    fs::read_dir("/proc")
        .expect("/proc")
        .filter_map(|folder| fs::read(folder.ok()?.path().join("cmdline")).ok())
        .filter(|line| {
            line.strip_suffix(b"\0")
                .is_some_and(|line| line.ends_with(argument.as_bytes()))
        })
        .count()
}

#[tokio::test]
async fn keeps_a_function_warm_and_tells_what_it_printed() {
    let Some(launch) = launch("app.well") else {
        return;
    };
    let mut sandbox = Sandbox::start(launch).await.expect("started");
    let first = sandbox.invoke(json!({"text": "ä\u{1f980}"})).await;
    let second = sandbox.invoke(json!(null)).await;
    let arn = "arn:aws:lambda:eu-central-1:123456789012:function:Misbehaving";
    assert_eq!(
        first.outcome,
        Outcome::Answer(json!({"calls": 1, "event": {"text": "ä\u{1f980}"}, "arn": arn}))
    );
    assert_eq!(
        second.outcome,
        Outcome::Answer(json!({"calls": 2, "event": null, "arn": arn}))
    );
    assert_eq!(
        (&*first.log.text(), &*second.log.text()),
        ("call 1\n", "call 2\n")
    );
    assert!(first.init.is_some() && second.init.is_none());
    assert!(
        first.peak_memory.is_some_and(|bytes| bytes > 5 << 20),
        "{:?}",
        first.peak_memory
    );
    sandbox.stop().await;
}

#[tokio::test]
async fn an_exception_is_an_error_and_the_sandbox_lives_on() {
    let Some(launch) = launch("app.raises") else {
        return;
    };
    let mut sandbox = Sandbox::start(launch).await.expect("started");
    let invocation = sandbox.invoke(json!({})).await;
    let log = invocation.log.text().into_owned();
    let error = error(invocation.outcome);
    assert_eq!((&*error.kind, &*error.message), ("KeyError", "'missing'"));
    assert!(log.contains("Traceback"), "{log}");
    assert!(sandbox.is_alive());
    let again = sandbox.invoke(json!({"missing": 1})).await;
    assert_eq!(again.outcome, Outcome::Answer(json!(1)));
}

#[tokio::test]
async fn a_hanging_function_is_ended_at_its_timeout() {
    let Some(mut launch) = launch("app.hangs") else {
        return;
    };
    launch.timeout = Duration::from_secs(1);
    let mut sandbox = Sandbox::start(launch).await.expect("started");
    let start = Instant::now();
    let invocation = sandbox.invoke(json!({})).await;
    assert!(start.elapsed() < Duration::from_secs(10));
    let id = &invocation.request_id;
    let expected = format!("RequestId: {id} Error: Task timed out after 1.00 seconds");
    let error = error(invocation.outcome);
    assert_eq!(
        (&*error.kind, &*error.message),
        ("Sandbox.Timedout", &*expected)
    );
    assert!(!sandbox.is_alive());
    assert!(matches!(
        sandbox.invoke(json!({})).await.outcome,
        Outcome::Error(_)
    ));
}

#[tokio::test]
async fn the_end_of_the_process_is_reported_as_lambda_does() {
    let cases = [
        (
            "app.exits",
            json!({"status": 0}),
            "Runtime exited without providing a reason",
        ),
        (
            "app.exits",
            json!({"status": 3}),
            "Runtime exited with error: exit status 3",
        ),
        (
            "app.dies",
            json!({}),
            "Runtime exited with error: signal: killed",
        ),
    ];
    for (handler, event, reason) in cases {
        let Some(launch) = launch(handler) else {
            return;
        };
        let mut sandbox = Sandbox::start(launch).await.expect("started");
        let invocation = sandbox.invoke(event).await;
        let expected = format!("RequestId: {} Error: {reason}", invocation.request_id);
        let error = error(invocation.outcome);
        assert_eq!(
            (&*error.kind, &*error.message),
            ("Runtime.ExitError", &*expected)
        );
        assert!(!sandbox.is_alive());
    }
}

#[tokio::test]
async fn failing_imports_and_answers_that_are_no_json() {
    let Some(broken) = launch("broken.handler") else {
        return;
    };
    let invocation = Sandbox::start(broken)
        .await
        .expect("started")
        .invoke(json!({}))
        .await;
    assert!(invocation.init.is_none());
    let failed = error(invocation.outcome);
    assert_eq!(failed.kind, "Runtime.ImportModuleError");
    assert_eq!(
        failed.message,
        "Unable to import module 'broken': No module named 'does_not_exist'"
    );

    let Some(set) = launch("app.returns_a_set") else {
        return;
    };
    let failed = error(
        Sandbox::start(set)
            .await
            .expect("started")
            .invoke(json!({}))
            .await
            .outcome,
    );
    assert_eq!(failed.kind, "Runtime.MarshalError");
    assert!(
        failed.message.contains("set is not JSON serializable"),
        "{}",
        failed.message
    );
}

#[tokio::test]
async fn a_hundred_megabytes_of_log_are_counted_and_bounded() {
    let Some(launch) = launch("app.prints_much") else {
        return;
    };
    let mut sandbox = Sandbox::start(launch).await.expect("started");
    let invocation = sandbox.invoke(json!({})).await;
    assert_eq!(invocation.outcome, Outcome::Answer(json!("printed")));
    assert_eq!(invocation.log.bytes.len(), 4 << 20);
    assert_eq!(
        invocation.log.bytes.len() as u64 + invocation.log.dropped,
        100_000_000
    );
}

#[tokio::test]
async fn nothing_runs_on_after_the_end() {
    // Each way to end: a stop, a drop, and a timeout; each with children of two kinds.
    for way in ["stop", "drop", "fork"] {
        let handler = if way == "fork" {
            "app.forks"
        } else {
            "app.leaves_children"
        };
        let Some(launch) = launch(handler) else {
            return;
        };
        let seconds = format!(
            "31{:06}.{}",
            std::process::id(),
            way.len() + way.as_bytes()[0] as usize
        );
        let mut sandbox = Sandbox::start(launch).await.expect("started");
        let invocation = sandbox.invoke(json!({"seconds": seconds})).await;
        assert!(
            matches!(invocation.outcome, Outcome::Answer(_)),
            "{:?}",
            invocation.outcome
        );
        if way != "fork" {
            // A program that was just started has no command line yet.
            let deadline = Instant::now() + Duration::from_secs(5);
            while running(&seconds) < 2 && Instant::now() < deadline {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            assert_eq!(running(&seconds), 2);
        }
        match way {
            "drop" => drop(sandbox),
            _ => drop(sandbox.stop().await),
        }
        assert_eq!(running(&seconds), 0, "{way}");
        // The forked child is a copy of the function, so its handler ends its command line.
        assert_eq!(running("app.forks"), 0, "{way}");
    }
}

#[tokio::test]
async fn a_function_stands_still_between_invocations() {
    let Some(launch) = launch("app.counts_in_the_background") else {
        return;
    };
    let mut sandbox = Sandbox::start(launch).await.expect("started");
    let mut count = async || match sandbox.invoke(json!({})).await.outcome {
        Outcome::Answer(count) => count.as_u64().expect("a number"),
        Outcome::Error(error) => panic!("{error:?}"),
    };
    let first = count().await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let second = count().await;
    assert!(
        second - first < 25,
        "{first} and {second}: it went on for 500 ms"
    );
}

#[tokio::test]
async fn extensions_run_beside_the_function_and_are_told_of_its_end() {
    let Some(mut launch) = launch("app.well") else {
        return;
    };
    // Committed with its right to be run: a file written here could still be open for writing in a
    // process that another test just forked, and then it cannot be started.
    let python = launch.program.display().to_string();
    launch.environment.insert("PYTHON".into(), python);
    launch.extensions = vec![folder().join("extension")];
    let mut sandbox = Sandbox::start(launch).await.expect("started");
    let first = sandbox.invoke(json!({})).await;
    let second = sandbox.invoke(json!({})).await;
    let printed = first.log.text().into_owned() + &second.log.text() + &sandbox.stop().await.text();
    let said = |words: &str| printed.lines().filter(|line| *line == words).count();
    assert_eq!(
        (said("extension: INVOKE"), said("extension: SHUTDOWN")),
        (2, 1),
        "{printed}"
    );
}

#[tokio::test]
async fn a_program_that_is_not_there_is_an_error_to_read() {
    let Some(mut launch) = launch("app.well") else {
        return;
    };
    launch.program = "/no/such/bootstrap".into();
    let error = Sandbox::start(launch)
        .await
        .err()
        .expect("an error")
        .to_string();
    assert!(
        error.starts_with("/no/such/bootstrap could not be started: No such file"),
        "{error}"
    );
}

#[tokio::test]
async fn each_sandbox_has_a_tmp_of_its_own() {
    let Some(mut launch) = launch("app.keeps_a_file") else {
        return;
    };
    if !gammaray_migrate::lambda::has_private_tmp() {
        return skipped("private /tmp", "mount namespaces are not permitted here");
    }
    // What it is started from stays, also where that is below /tmp.
    let copied = tempfile::Builder::new()
        .tempdir_in("/tmp")
        .expect("a folder");
    crate::common::copy(&folder(), copied.path());
    launch.task_root = copied.path().to_owned();
    launch.private_tmp = true;
    let name = copied.path().file_name().expect("a name");
    let name = name.to_str().expect("text");
    let mut one = Sandbox::start(launch.clone()).await.expect("started");
    let mut two = Sandbox::start(launch).await.expect("started");
    let expected = |found: &[&str], kept: &str| {
        Outcome::Answer(json!({"found": found, "kept": kept, "folder": "/tmp"}))
    };
    let first = one.invoke(json!({"text": "a"})).await;
    assert_eq!(
        first.outcome,
        expected(&[name], "a"),
        "{}",
        first.log.text()
    );
    let again = one.invoke(json!({"text": "b"})).await;
    let mut both = ["kept", name];
    both.sort_unstable();
    assert_eq!(again.outcome, expected(&both, "ab"));
    let other = two.invoke(json!({"text": "c"})).await;
    assert_eq!(other.outcome, expected(&[name], "c"));
    drop((one, two));
    assert!(!Path::new("/tmp/kept").exists());
}
