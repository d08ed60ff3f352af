//! Each handler's Rust does what its Python does, in its own cases and in generated ones.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use gammaray_migrate::report::{self, Canvas, VerificationFormat};
use gammaray_migrate::verify::outcome::{Verdict, Verification};
use gammaray_migrate::verify::{Answers, Options, Prepared, Request, verify};
use sha2::{Digest, Sha256};

use super::build::shared;
use super::project::{Gallery, source};
use crate::common::Quiet;

/// Cases that are made for a handler beside its own, faults included.
const GENERATED: usize = 30;

pub(super) struct Proof {
    pub(super) name: String,
    /// How many cases were tried.
    pub(super) cases: usize,
    /// Whether the same program was proven before.
    pub(super) is_known: bool,
    /// What is wrong; empty where all is equal.
    pub(super) reasons: String,
}

/// Proves all, as many at a time as there are processors.
pub(super) fn all(gallery: &Gallery, programs: &BTreeMap<String, PathBuf>) -> Vec<Proof> {
    let programs: Vec<(&String, &PathBuf)> = programs.iter().collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let take = || programs.get(next.fetch_add(1, Ordering::Relaxed));
        std::iter::from_fn(take)
            .map(|(name, program)| one(gallery, name, program))
            .collect::<Vec<_>>()
    };
    let workers = thread::available_parallelism().map_or(2, usize::from);
    let mut proven = thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        let proven = workers.into_iter().flat_map(|it| it.join().unwrap());
        proven.collect::<Vec<_>>()
    });
    proven.sort_by(|one, other| one.name.cmp(&other.name));
    proven
}

fn one(gallery: &Gallery, name: &str, program: &Path) -> Proof {
    let stamp = shared().join("gallery").join(digest(name, program));
    let again = std::env::var_os("GALLERY_AGAIN").is_some();
    let mut proof = Proof {
        name: name.to_owned(),
        cases: 0,
        is_known: !again && stamp.exists(),
        reasons: String::new(),
    };
    if proof.is_known {
        return proof;
    }
    match verified(gallery, name, program) {
        Ok(verification) => {
            proof.cases = verification.counts.cases;
            if verification.verdict == Verdict::Equal && verification.counts.unsettled == 0 {
                fs::create_dir_all(stamp.parent().unwrap()).unwrap();
                fs::write(stamp, "").unwrap();
            } else {
                proof.reasons = text(&verification);
            }
        }
        Err(reason) => proof.reasons = reason,
    }
    proof
}

fn verified(gallery: &Gallery, name: &str, program: &Path) -> Result<Verification, String> {
    let options = Options {
        generated: GENERATED,
        enough: 3,
        save: false,
        ..Options::default()
    };
    compared(gallery, name, program, &options)
}

/// What a handler answers to its own events.
pub(super) fn answers(gallery: &Gallery, name: &str, program: &Path) -> Answers {
    let options = Options {
        generated: 0,
        save: false,
        answers: true,
        ..Options::default()
    };
    let verification = compared(gallery, name, program, &options).unwrap();
    verification.answers.unwrap()
}

fn compared(
    gallery: &Gallery,
    name: &str,
    program: &Path,
    options: &Options,
) -> Result<Verification, String> {
    let request = Request {
        project: gallery.python.root().to_owned(),
        template: Some(format!("{name}/template.yaml").into()),
        function: Gallery::id(name),
        original: None,
        replacement: Some(program.to_owned()),
        endpoint: None,
    };
    let prepared = Prepared::new(&request).map_err(|it| it.to_string())?;
    let pair = prepared.pair().map_err(|it| it.to_string())?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let verified = runtime.block_on(verify(pair, options, &Quiet));
    verified.map_err(|it| it.to_string())
}

fn text(verification: &Verification) -> String {
    let mut out = Vec::new();
    let canvas = Canvas {
        width: 120,
        colour: false,
    };
    report::verification(verification, VerificationFormat::Text, canvas, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Of the program and of all that it is tried with.
fn digest(name: &str, program: &Path) -> String {
    let mut digest = Sha256::new();
    digest.update(fs::read(program).unwrap());
    let folder = source(name);
    let texts = super::project::texts(&folder).into_iter();
    for (path, text) in texts.filter(|(path, _)| !path.starts_with("expected")) {
        digest.update(path.to_str().unwrap());
        digest.update([0]);
        digest.update(text);
    }
    digest
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
