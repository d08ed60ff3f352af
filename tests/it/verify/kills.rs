//! Whether `verify` sees the mutants: those that do something else, and not those that do the same.
//!
//! By default every eighth is run. `GAMMARAY_MUTANTS=1` runs all of them, which takes half an hour
//! on two cores; a number of its own is a stride of its own. `GAMMARAY_MUTANTS_OF=stream` runs
//! those whose name has `stream` in it.

use std::env;
use std::fs;
use std::path::Path;

use gammaray_migrate::lambda::deployment::Deployment;
use gammaray_migrate::sam::Project;
use gammaray_migrate::verify::outcome::{Verdict, Verification};
use gammaray_migrate::verify::{Endpoint, Options, Pair, Party, verify};

use super::mutants::{Kind, Mutant};
use crate::common::{Quiet, copy, skipped, tool};

/// The share of mutants that must be seen.
const SEEN: f64 = 0.95;

fn chosen() -> Vec<Mutant> {
    let stride = env::var("GAMMARAY_MUTANTS").ok();
    let stride: usize = stride.and_then(|text| text.parse().ok()).unwrap_or(8);
    let of = env::var("GAMMARAY_MUTANTS_OF").unwrap_or_default();
    let all = Mutant::all().into_iter();
    let named = all.filter(|mutant| mutant.name.contains(&of));
    named.step_by(stride.max(1)).collect()
}

async fn compared(mutant: &Mutant, endpoint: &Endpoint) -> Verification {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let original = root.join(&mutant.project);
    let changed = tempfile::tempdir().expect("a folder");
    copy(&original, changed.path());
    fs::write(changed.path().join(&mutant.file), mutant.text()).expect("the mutant");
    let projects = [&original, changed.path()].map(|it| Project::read(it, None).expect("read"));
    let found = projects
        .each_ref()
        .map(|project| project.function(&mutant.function).expect("the function"));
    let deployments = [0, 1].map(|side| {
        let (template, function) = found[side];
        Deployment::python(&projects[side], template, function).expect("deployed")
    });
    let party = |side: usize| Party {
        root: &projects[side].root,
        template: found[side].0,
        function: found[side].1,
        deployment: &deployments[side],
    };
    let pair = Pair {
        original: party(0),
        replacement: party(1),
        endpoint,
    };
    let options = Options {
        generated: 60,
        enough: 1,
        save: false,
        ..Options::default()
    };
    verify(pair, &options, &Quiet).await.expect("compared")
}

#[tokio::test(flavor = "multi_thread")]
async fn mutants_are_seen() {
    let Some(moto) = tool("moto_server") else {
        return skipped("mutants_are_seen", "moto_server is missing; run .ci/setup");
    };
    let endpoint = Endpoint::Standin(moto);
    let (mut seen, mut all) = (0, 0);
    let (mut missed, mut alarms) = (Vec::new(), Vec::new());
    for mutant in chosen() {
        let verification = compared(&mutant, &endpoint).await;
        let different = verification.verdict == Verdict::Different;
        let first = verification
            .cases
            .iter()
            .find_map(|case| Some((&case.name, case.differences.first()?)));
        let first = first.map_or(String::new(), |(case, it)| {
            format!("{case}: {} {}", it.place, it.what)
        });
        println!("{}: {:?}: {first}", mutant.name, verification.verdict);
        match mutant.kind {
            Kind::Different => {
                all += 1;
                seen += usize::from(different);
                missed.extend((!different).then(|| mutant.name.clone()));
            }
            Kind::Equal => alarms.extend(different.then(|| format!("{}: {first}", mutant.name))),
        }
    }
    println!("{seen} of {all} mutants seen; missed: {missed:?}; false alarms: {alarms:?}");
    assert!(
        f64::from(seen as u32) >= SEEN * f64::from(all as u32),
        "{missed:?}"
    );
    assert_eq!(alarms, Vec::<String>::new());
}
