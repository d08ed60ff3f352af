//! A function in Rust: the example's authorizer, written by hand, does what the Python does.

use std::path::{Path, PathBuf};
use std::time::Instant;

use gammaray_migrate::lambda::deployment::Deployment;
use gammaray_migrate::lambda::{Invocation, Outcome, Sandbox};
use gammaray_migrate::sam::Project;
use gammaray_migrate::verify::outcome::Verdict;
use gammaray_migrate::verify::{Endpoint, Options, Pair, Party, verify};
use serde_json::{Value, json};

use crate::common::{Quiet, rust_function, skipped, tool};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The hand-written authorizer.
fn program() -> Option<PathBuf> {
    rust_function(&root().join("tests/fixtures/rust_authorizer"))
}

#[tokio::test]
async fn the_hand_written_authorizer_does_what_the_python_does() {
    let test = "the_hand_written_authorizer_does_what_the_python_does";
    let (Some(program), Some(moto)) = (program(), tool("moto_server")) else {
        return skipped(test, "the crate or moto_server is missing; run .ci/setup");
    };
    let project = Project::read(&root().join("examples/gammaray"), None).expect("a project");
    let (template, function) = project.function("AuthorizerFunction").expect("it");
    let python = Deployment::python(&project, template, function).expect("the original");
    let rust = Deployment::bootstrap(&program).expect("the replacement");
    let party = |deployment| Party {
        root: &project.root,
        template,
        function,
        deployment,
    };
    let endpoint = Endpoint::Standin(moto);
    let pair = Pair {
        original: party(&python),
        replacement: party(&rust),
        endpoint: &endpoint,
    };
    let options = Options {
        generated: 60,
        save: false,
        ..Options::default()
    };
    let verification = verify(pair, &options, &Quiet).await.expect("compared");
    for case in verification.cases.iter().filter(|case| !case.is_equal()) {
        println!("{}: {:#?}", case.name, case.differences);
    }
    assert_eq!(verification.verdict, Verdict::Equal);
    assert!(verification.counts.cases >= 60, "{:?}", verification.counts);
    assert_eq!(verification.operations, ["dynamodb GetItem"]);
}

/// A first invocation that asks AWS nothing.
async fn first(deployment: &Deployment, event: &Value) -> (Invocation, std::time::Duration) {
    let project = Project::read(&root().join("examples/gammaray"), None).expect("a project");
    let (_, function) = project.function("AuthorizerFunction").expect("it");
    let environment = [("USERS_TABLE".to_owned(), "users".to_owned())].into();
    let launch = deployment.launch(function, &environment);
    let start = Instant::now();
    let mut sandbox = Sandbox::start(launch).await.expect("started");
    let invocation = sandbox.invoke(event.clone()).await;
    (invocation, start.elapsed())
}

#[tokio::test]
async fn it_starts_in_a_fraction_of_the_time() {
    let test = "it_starts_in_a_fraction_of_the_time";
    let (Some(program), Some(_)) = (program(), tool("python3")) else {
        return skipped(test, "the crate or Python is missing; run .ci/setup");
    };
    let project = Project::read(&root().join("examples/gammaray"), None).expect("a project");
    let (template, function) = project.function("AuthorizerFunction").expect("it");
    let python = Deployment::python(&project, template, function).expect("the original");
    let rust = Deployment::bootstrap(&program).expect("the replacement");
    let event = root().join("examples/gammaray/events/authorizer-bearer.json");
    let event = std::fs::read_to_string(event).expect("an event");
    let event: Value = serde_json::from_str(&event).expect("JSON");
    let mut figures = Vec::new();
    for deployment in [&python, &rust] {
        let mut times = Vec::new();
        for _ in 0..5 {
            let (invocation, time) = first(deployment, &event).await;
            let Outcome::Answer(answer) = &invocation.outcome else {
                panic!("{:?}\n{}", invocation.outcome, invocation.log.text())
            };
            assert_eq!(answer["principalId"], json!("anonymous"));
            times.push((time, invocation.peak_memory.unwrap_or_default()));
        }
        times.sort();
        println!("{}: {:?}", deployment.label, times);
        figures.push(times[2]);
    }
    let size = std::fs::metadata(&program).expect("a file").len();
    println!("{size} bytes");
    assert!(figures[1].0 * 3 < figures[0].0, "{figures:?}");
    assert!(figures[1].1 * 3 < figures[0].1, "{figures:?}");
}
