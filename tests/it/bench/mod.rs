//! Measuring real Python functions in the local Lambda.

mod report;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, UNIX_EPOCH};

use gammaray_migrate::bench::package::Package;
use gammaray_migrate::bench::{
    self, Architecture, Plan, Prices, Results, Subject, Variant, client,
};
use serde_json::json;

use crate::common::{skipped, tool};
use crate::lambda::{launch, running};

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bench")
}

/// A handler of the fixture under a name; nothing where the runtime client is missing.
fn variant(name: &str, handler: &str) -> Option<Variant> {
    let mut launch = launch(handler)?;
    launch.task_root = fixture();
    Some(Variant {
        name: name.into(),
        launch,
        package: vec![fixture()],
        layers: Vec::new(),
    })
}

fn subject(variants: Vec<Variant>) -> Subject {
    Subject {
        name: "Sleeper".into(),
        architecture: Architecture::Arm64,
        variants,
        events: vec![json!({}), json!({"text": "ä"})],
    }
}

fn plan() -> Plan {
    let mut plan = Plan::new(Prices::published().expect("prices"));
    plan.memory = vec![512, 1769];
    plan.rounds = 3;
    plan.warm = 15;
    plan
}

async fn run(subject: Subject, plan: &Plan) -> Results {
    let now = UNIX_EPOCH + Duration::from_secs(1_790_000_000);
    bench::run(&[subject], plan, now, |_| {}).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fast_function_is_faster_than_a_slow_one() {
    let (Some(slow), Some(fast)) = (variant("slow", "app.slow"), variant("fast", "app.fast"))
    else {
        return;
    };
    let plan = plan();
    let mut steps = Vec::new();
    let now = UNIX_EPOCH + Duration::from_secs(1_790_000_000);
    let results = bench::run(&[subject(vec![slow, fast])], &plan, now, |step| {
        steps.push((step.done, step.total));
    })
    .await;
    assert_eq!(steps, (0..6).map(|done| (done, 6)).collect::<Vec<_>>());
    assert_eq!(results.conditions.taken, "2026-09-21 14:13 UTC");
    assert!(results.is_complete());
    let [slow, fast] = &results.functions[0].variants[..] else {
        panic!("{results:?}");
    };
    for (slow, fast) in slow.at.iter().zip(&fast.at) {
        let (one, other) = (slow.warm_ms.expect("warm"), fast.warm_ms.expect("warm"));
        assert_eq!((one.count, other.count, fast.cold_ms.count), (15, 15, 3));
        assert!(
            one.median >= 20.0 && other.median < 15.0,
            "{one:?} {other:?}"
        );
        assert!(slow.original_to_this.is_none());
        let ratios = fast.original_to_this.expect("ratios");
        let warm = ratios.warm.expect("rounds");
        assert!(warm.median > 2.0 && warm.p25 <= warm.median, "{warm:?}");
        assert!(ratios.cost > 1.0, "{ratios:?}");
        assert!(fast.init_ms.median > 20.0 && fast.init_ms.median < fast.cold_ms.median);
        let peak = fast.peak_memory_bytes.expect("memory").median;
        assert!((5e6..1e9).contains(&peak), "{peak}");
        // The fast one is billed its least, 1 ms or little more, and cold starts by their share.
        assert!(fast.million.gb_seconds < slow.million.gb_seconds);
    }
    assert_eq!(
        slow.at.iter().map(|at| at.memory).collect::<Vec<_>>(),
        [512, 1769]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_variant_that_fails_has_its_error_and_no_figures() {
    let (Some(well), Some(fails)) = (
        variant("python", "app.fast"),
        variant("fails", "app.fails_later"),
    ) else {
        return;
    };
    let mut missing = well.clone();
    missing.name = "missing".into();
    missing.launch.program = "/no/such/bootstrap".into();
    missing.package = vec!["/no/such/folder".into()];
    let mut plan = plan();
    plan.memory = vec![512];
    let results = run(subject(vec![well, fails, missing]), &plan).await;
    assert!(!results.is_complete());
    let [well, fails, missing] = &results.functions[0].variants[..] else {
        panic!("{results:?}");
    };
    assert_eq!(well.at[0].warm_ms.map(|it| it.count), Some(15));
    assert!(fails.at.is_empty() && missing.at.is_empty());
    let failure = fails.failure.as_ref().expect("a failure");
    assert_eq!(
        (failure.memory, &*failure.kind, &*failure.message),
        (512, "ValueError", "no <more> than two")
    );
    assert!(failure.log.contains("Traceback"), "{}", failure.log);
    let failure = missing.failure.as_ref().expect("a failure");
    assert_eq!(failure.kind, "not started");
    assert!(failure.message.contains("No such file"), "{failure:?}");
    assert!(missing.package.is_none() && missing.package_error.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn clients_do_not_wait_for_extensions_but_for_sandboxes() {
    let Some(plain) = variant("python", "app.fast") else {
        return;
    };
    let mut extended = plain.clone();
    extended.name = "with extension".into();
    let python = plain.launch.program.display().to_string();
    extended.launch.environment.insert("PYTHON".into(), python);
    extended.launch.extensions = vec![fixture().join("extension")];
    let mut plan = plan();
    plan.memory.clear();
    plan.rounds = 0;
    plan.client = Some(client::Plan {
        memory: 1769,
        clients: 2,
        requests: 20,
        pause_ms: 5,
        rounds: 1,
        sandboxes: 3,
        seconds: 30,
    });
    let results = run(subject(vec![plain, extended]), &plan).await;
    let [plain, extended] = &results.functions[0].variants[..] else {
        panic!("{results:?}");
    };
    let (plain, extended) = (
        plain.client.as_ref().expect("figures"),
        extended.client.as_ref().expect("figures"),
    );
    assert_eq!(
        (plain.latency_ms.count, extended.latency_ms.count),
        (20, 20)
    );
    assert!((1..=2).contains(&plain.sandboxes), "{plain:?}");
    assert_eq!((plain.waited, extended.sandboxes), (0, 3));
    assert!(extended.waited > 0, "{extended:?}");
    assert!((extended.cold_share - 0.15).abs() < 1e-9, "{extended:?}");
    let after = |it: &bench::ClientView| it.busy_after_answer_ms.expect("invocations").median;
    assert!(after(plain) < 50.0, "{plain:?}");
    assert!((50.0..400.0).contains(&after(extended)), "{extended:?}");
    // Some were answered by a sandbox that was idle, at once.
    assert!(extended.latency_ms.min < 50.0, "{extended:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn clients_of_a_function_that_fails_learn_why() {
    let Some(fails) = variant("fails", "app.fails_later") else {
        return;
    };
    let mut plan = plan();
    plan.memory.clear();
    plan.rounds = 0;
    plan.client = Some(client::Plan::default());
    let results = run(subject(vec![fails]), &plan).await;
    let failure = results.functions[0].variants[0].failure.as_ref();
    assert_eq!(failure.map(|it| &*it.kind), Some("ValueError"));
    assert!(results.functions[0].variants[0].client.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_is_given_up_leaves_nothing_behind() {
    let (Some(fast), Some(waits)) = (variant("fast", "app.fast"), variant("waits", "app.waits"))
    else {
        return;
    };
    let plan = plan();
    let started = async {
        while running("app.waits") == 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::select! {
        _ = run(subject(vec![fast, waits]), &plan) => panic!("it waits for a minute"),
        () = started => {}
    }
    assert_eq!(running("app.waits"), 0);
}

#[test]
fn sizes_are_those_of_a_zip_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    fs::create_dir(root.join("package")).expect("a folder");
    let text = "import boto3\n".repeat(5_000);
    fs::write(root.join("package/__init__.py"), &text).expect("written");
    // Noise does not get smaller, and is stored as it is.
    let mut state = 1_u32;
    let noise: Vec<u8> = (0..100_000)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .collect();
    fs::write(root.join("native.so"), &noise).expect("written");
    let package = Package::of(&[root.to_owned()], &[root.join("package")]).expect("sizes");
    assert_eq!(package.code.unzipped, 65_000 + 100_000);
    assert_eq!(package.unzipped(), 65_000 + 165_000);
    assert!(package.layers.zipped < 1_000 && package.exceeds.is_empty());

    let Some(python) = tool("python3") else {
        skipped("sizes_are_those_of_a_zip_file", "python3 is missing");
        return;
    };
    let script = "
import os, sys, zipfile, tempfile
with tempfile.TemporaryFile() as file:
    with zipfile.ZipFile(file, 'w', zipfile.ZIP_DEFLATED) as archive:
        for folder, _, names in os.walk(sys.argv[1]):
            for name in names:
                path = os.path.join(folder, name)
                archive.write(path, os.path.relpath(path, sys.argv[1]))
    print(file.tell() if file.seek(0, 2) else 0)
";
    let output = Command::new(python).args(["-c", script]).arg(root).output();
    let output = output.expect("started");
    let zipped = String::from_utf8_lossy(&output.stdout);
    let zipped: f64 = zipped.trim().parse().expect("a number");
    let difference = (package.code.zipped as f64 - zipped).abs() / zipped;
    assert!(difference < 0.02, "{} and {zipped}", package.code.zipped);
}

#[test]
fn limits_of_packages_are_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = fs::File::create(folder.path().join("model.bin")).expect("a file");
    file.set_len(263 << 20).expect("a hole");
    let package = Package::of(&[folder.path().to_owned()], &[]).expect("sizes");
    assert_eq!(
        package.exceeds,
        ["code and layers are over 250 MB unpacked, which Lambda refuses"]
    );
}
