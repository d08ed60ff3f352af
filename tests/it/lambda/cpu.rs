//! CPU time in proportion to memory.

use std::path::Path;
use std::time::Duration;

use gammaray_migrate::lambda::cpu::{self, Control};
use gammaray_migrate::lambda::{Launch, Outcome, Sandbox};
use serde_json::json;

use super::launch;
use crate::common::skipped;

/// How to start a handler of the fixture with so much memory; nothing where CPU time cannot be
/// limited.
fn limited(test: &str, handler: &str, memory: u32) -> Option<Launch> {
    let control = match Control::find() {
        Ok(control) => control,
        Err(reason) => {
            skipped(test, &reason.to_string());
            return None;
        }
    };
    let mut launch = launch(handler)?;
    launch.task_root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bench");
    launch.memory = memory;
    launch.cpu = Some(control);
    Some(launch)
}

#[test]
fn a_cpu_is_1769_megabytes() {
    assert!((cpu::cpus(1769) - 1.0).abs() < f64::EPSILON);
    assert!((cpu::cpus(10_240) - 5.788).abs() < 0.001);
}

#[tokio::test]
async fn a_quarter_of_the_memory_takes_four_times_as_long() {
    let test = "a_quarter_of_the_memory_takes_four_times_as_long";
    // Wall time for a second of CPU time, the best of five.
    let mut seconds = Vec::new();
    for memory in [1769, 442] {
        let Some(launch) = limited(test, "app.burns", memory) else {
            return;
        };
        let mut sandbox = Sandbox::start(launch).await.expect("started");
        let mut best = f64::INFINITY;
        for _ in 0..5 {
            let invocation = sandbox.invoke(json!({"rounds": 2_000_000})).await;
            let Outcome::Answer(answer) = invocation.outcome else {
                panic!("{:?}", invocation.outcome);
            };
            let cpu = answer["cpu"].as_f64().expect("a number");
            best = best.min(invocation.duration.as_secs_f64() / cpu);
        }
        seconds.push(best);
        sandbox.stop().await;
    }
    println!("wall time for a second of CPU time: {seconds:?}");
    // However busy the machine is, nobody gets more than was given.
    assert!(seconds[0] > 0.9 && seconds[1] > 3.3, "{seconds:?}");
    if seconds[0] < 1.5 {
        assert!(seconds[1] < 6.0, "{seconds:?}");
    } else {
        skipped(test, "the machine is too busy to see a whole CPU");
    }
}

#[tokio::test]
async fn init_has_a_whole_cpu_and_invocations_their_share() {
    let test = "init_has_a_whole_cpu_and_invocations_their_share";
    let Some(launch) = limited(test, "heavy.handler", 128) else {
        return;
    };
    let mut sandbox = Sandbox::start(launch).await.expect("started");
    let first = sandbox.invoke(json!({})).await;
    let init = first.init.expect("an init");
    println!(
        "0.2 s of CPU time took {init:?} in init, {:?} after",
        first.duration
    );
    // 128 MB give 72 ms a second.
    assert!(
        first.duration > Duration::from_secs(2),
        "{:?}",
        first.duration
    );
    assert!(init < first.duration / 2, "{init:?}, {:?}", first.duration);
    sandbox.stop().await;
}

#[tokio::test]
async fn no_group_is_left_behind() {
    let test = "no_group_is_left_behind";
    for stop in [true, false] {
        let Some(launch) = limited(test, "app.fast", 512) else {
            return;
        };
        let mut sandbox = Sandbox::start(launch).await.expect("started");
        let invocation = sandbox.invoke(json!({})).await;
        assert_eq!(invocation.outcome, Outcome::Answer(json!("done")));
        let group = sandbox.cpu_group().expect("a group").to_owned();
        assert!(group.is_dir());
        if stop {
            sandbox.stop().await;
        } else {
            drop(sandbox);
        }
        assert!(!group.exists(), "{}", group.display());
    }
}

#[tokio::test]
async fn a_program_that_is_not_there_is_said_under_a_limit_too() {
    let test = "a_program_that_is_not_there_is_said_under_a_limit_too";
    let Some(mut launch) = limited(test, "app.fast", 512) else {
        return;
    };
    launch.program = "/no/such/bootstrap".into();
    let error = Sandbox::start(launch).await.err().expect("an error");
    assert!(
        error
            .to_string()
            .starts_with("/no/such/bootstrap could not be started: No such file"),
        "{error}"
    );
}
