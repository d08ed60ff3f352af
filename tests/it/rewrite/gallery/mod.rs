//! Small applications, one folder each under `tests/gallery`, that become Rust, are compiled, and do
//! what the Python did.
//!
//! A folder holds `app.py` with `handler`, more modules and `requirements.txt` if it likes, and what
//! `verify` reads beside a template: `events/*.json`, `verify/state.json`, `verify/<name>/*.json`.
//! `template.yaml` is its own, where it needs more than a function without an event source; the
//! function's logical id is the folder's name in Pascal case and `Function`. `expected` holds the
//! Rust that comes out, written by `UPDATE_GOLDEN=1 cargo test --test it rewrite::gallery`.
//!
//! `GALLERY=name,name` tries these alone, `GALLERY_AGAIN=1` also what was proven before.

mod answers;
mod build;
mod project;
mod prove;

use std::time::Instant;

use crate::common::{skipped, tool};
use project::{Gallery, Rewritten};

/// Whether a handler's Rust is as its folder says; told by name where not.
fn unexpected(gallery: &Gallery, rewritten: &Rewritten) -> Vec<String> {
    let mut wrong = Vec::new();
    for name in &gallery.names {
        let expected = project::source(name).join("expected");
        let actual = rewritten.modules(name);
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            project::sync(&actual, &expected);
        } else if project::texts(&expected) != actual {
            wrong.push(name.clone());
        }
    }
    wrong
}

#[test]
fn all_of_it_is_translated_and_reads_as_written_down() {
    let gallery = Gallery::new();
    let rewritten = gallery.rewrite();
    assert_eq!(rewritten.refused, Vec::<String>::new(), "refused");
    assert_eq!(
        unexpected(&gallery, &rewritten),
        Vec::<String>::new(),
        "other Rust than in `expected`; UPDATE_GOLDEN=1 writes it down"
    );
}

#[test]
fn all_of_it_compiles_and_is_equal() {
    let test = "all_of_it_compiles_and_is_equal";
    let is_ready = gammaray_migrate::tools::runtime(None).is_ok();
    if !is_ready || tool("moto_server").is_none() {
        return skipped(test, "the tools are missing; run .ci/setup");
    }
    let gallery = Gallery::new();
    let began = Instant::now();
    let rewritten = gallery.rewrite();
    let translated = began.elapsed().as_secs();
    let Some(programs) = build::programs(&gallery, &rewritten) else {
        return skipped(test, "the packages are not here");
    };
    let built = began.elapsed().as_secs() - translated;
    let proven = prove::all(&gallery, &programs);
    let seconds = began.elapsed().as_secs() - built - translated;
    let (equal, wrong): (Vec<_>, Vec<_>) = proven.iter().partition(|it| it.reasons.is_empty());
    eprintln!(
        "gallery: {} handlers, {} translated in {translated} s, {} compiled in {built} s, {} equal \
         in {seconds} s ({} proven before), {} cases",
        gallery.names.len(),
        gallery.names.len() - rewritten.refused.len(),
        programs.len(),
        equal.len(),
        proven.iter().filter(|it| it.is_known).count(),
        proven.iter().map(|it| it.cases).sum::<usize>(),
    );
    let reasons: Vec<String> = wrong
        .iter()
        .map(|it| format!("{}: {}", it.name, it.reasons))
        .chain(rewritten.refused.iter().cloned())
        .collect();
    assert!(reasons.is_empty(), "{}", reasons.join("\n"));
    if let Some(program) = programs.get(answers::HANDLER) {
        answers::become_tests(&gallery, &rewritten, program);
    }
}
