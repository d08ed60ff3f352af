//! The Python model: snippets that carry what is expected of them, and graphs on disk.
//!
//! A file under `python/snippets` holds cases after `# === name`; a case may hold several files
//! after `# --- path`; without one it is `app.py`, whose handler is `app.handler`. Expected at the
//! end of a line: `# aws: service.Operation flags`, several with `;`; `# unresolved`;
//! `# http: METHOD url`; `# env: NAME=default required`. What is not expected must not be found.

#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "tests write their own temporary folders"
)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use gammaray_migrate::aws::catalogue;
use gammaray_migrate::python::{
    Argument, Facts, ImportKind, ImportWorkKind, ModuleGraph, Origin, SearchPath, Sources, facts,
    load, load_inline,
};

mod corpus;
mod hostile;
mod modules;

fn code_at(dir: &str) -> SearchPath {
    SearchPath {
        dir: PathBuf::from(dir),
        origin: Origin::Code,
    }
}

/// Writes files below a temporary folder and loads `app.handler` of it.
fn graph_of(files: &[(String, String)]) -> (tempfile::TempDir, ModuleGraph) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let graph = load(&Sources::new(folder.path()), "app.handler", &[code_at("")]);
    (folder, graph)
}

fn facts_of(text: &str) -> (ModuleGraph, Facts) {
    let (_folder, graph) = graph_of(&[("app.py".to_owned(), text.to_owned())]);
    let found = facts(&graph, catalogue());
    (graph, found)
}

/// One thing found or expected, as text, at `file:line`.
type Seen = BTreeSet<(String, String)>;

fn expected(files: &[(String, String)]) -> Seen {
    let mut seen = Seen::new();
    for (path, text) in files {
        for (index, line) in text.lines().enumerate() {
            let place = format!("{path}:{}", index + 1);
            let Some((_, comment)) = line.rsplit_once("  # ") else {
                continue;
            };
            let kinds = ["aws: ", "http: ", "env: ", "unresolved", "no method"];
            if !kinds.iter().any(|kind| comment.starts_with(kind)) {
                continue;
            }
            let (kind, rest) = comment.split_once(": ").unwrap_or((comment, ""));
            for item in rest.split("; ") {
                let text = format!("{kind} {item}").trim().to_owned();
                seen.insert((place.clone(), text));
            }
        }
    }
    seen
}

fn found(graph: &ModuleGraph, facts: &Facts) -> Seen {
    let mut seen = Seen::new();
    let place = |module: usize, start: usize| {
        let file = &graph.modules[module].source.file;
        let path = file.path().display().to_string();
        format!("{path}:{}", file.location(start).line)
    };
    for call in &facts.aws_calls {
        let mut text = format!("aws {}.{}", call.service, call.operation);
        for (flag, set) in [
            ("loop", call.in_loop),
            ("concurrent", call.concurrent),
            ("import", call.at_import),
            ("awaited", call.awaited),
        ] {
            if set {
                let _ = write!(text, " {flag}");
            }
        }
        seen.insert((place(call.module, call.span.start), text));
    }
    for call in &facts.http_calls {
        let method = call.method.as_deref().unwrap_or("?");
        let url = call.url.as_deref().unwrap_or("?");
        let text = format!("http {method} {url}");
        seen.insert((place(call.module, call.span.start), text));
    }
    for read in &facts.environment {
        let mut text = format!("env {}", read.name.as_deref().unwrap_or("?"));
        if let Some(default) = &read.default {
            let _ = write!(text, "={default}");
        }
        if read.required {
            text.push_str(" required");
        }
        seen.insert((place(read.module, read.span.start), text));
    }
    for call in &facts.unresolved {
        let at = place(call.module, call.span.start);
        seen.insert((at, "unresolved".to_owned()));
    }
    for diagnostic in &facts.diagnostics {
        if diagnostic.code.as_str() == "GM0309" {
            let location = diagnostic.location().expect("a place");
            let (at, _) = location.rsplit_once(':').expect("a column");
            seen.insert((at.to_owned(), "no method".to_owned()));
        }
    }
    seen
}

/// Splits a snippets file into cases of files.
fn cases(text: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut cases: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("# === ") {
            let first = ("app.py".to_owned(), String::new());
            cases.push((name.to_owned(), vec![first]));
        } else if let (Some(path), Some((_, files))) =
            (line.strip_prefix("# --- "), cases.last_mut())
        {
            files.push((path.to_owned(), String::new()));
        } else if let Some((_, file)) = cases.last_mut().and_then(|(_, files)| files.last_mut()) {
            file.push_str(line);
            file.push('\n');
        }
    }
    cases
}

#[test]
fn snippets_show_what_they_expect() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/python/snippets");
    let mut count = 0;
    let mut wrong = String::new();
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the snippets")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    for path in paths {
        let text = fs::read_to_string(&path).expect("a snippet");
        for (name, mut files) in cases(&text) {
            files.retain(|(_, text)| !text.trim().is_empty());
            let (_folder, graph) = graph_of(&files);
            count += 1;
            let seen = found(&graph, &facts(&graph, catalogue()));
            let wanted = expected(&files);
            for (place, what) in wanted.difference(&seen) {
                let _ = writeln!(wrong, "{name}: missed at {place}: {what}");
            }
            for (place, what) in seen.difference(&wanted) {
                let _ = writeln!(wrong, "{name}: not there at {place}: {what}");
            }
            for diagnostic in &graph.diagnostics {
                let _ = writeln!(wrong, "{name}: {diagnostic}");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(count >= 60, "only {count} snippets");
}
