//! How much of real code is resolved. Run by hand on a folder of projects:
//! `GAMMARAY_CORPUS=FOLDER cargo test --test it corpus -- --ignored --nocapture`

use std::time::{Duration, Instant};

use super::*;

/// Every module of the folder that looks like a handler's, with the handler's name.
fn handlers(root: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let files = walkdir::WalkDir::new(root).sort_by_file_name();
    for entry in files.into_iter().flatten() {
        let path = entry.path();
        if path.extension().is_none_or(|it| it != "py") {
            continue;
        }
        let text = fs::read_to_string(path).unwrap_or_default();
        let handler = text.lines().find_map(|line| {
            let (name, rest) = line.strip_prefix("def ")?.split_once('(')?;
            let named = matches!(name, "lambda_handler" | "handler");
            let fits = rest.trim_end_matches(':').trim_end().ends_with("context)");
            (named || fits).then(|| name.to_owned())
        });
        if let (Some(name), Ok(relative)) = (handler, path.strip_prefix(root)) {
            found.push((relative.to_owned(), name));
        }
    }
    found
}

#[test]
#[ignore = "needs a folder of projects"]
fn corpus() {
    let root = PathBuf::from(std::env::var("GAMMARAY_CORPUS").expect("GAMMARAY_CORPUS"));
    let sources = Sources::new(&root);
    let (mut loading, mut solving) = (Duration::ZERO, Duration::ZERO);
    let mut resolved = BTreeSet::new();
    let mut unresolved = BTreeSet::new();
    let mut slowest = (Duration::ZERO, String::new());
    let handlers = handlers(&root);
    // The catalogue reads a service when it is first asked for: that is no part of solving.
    for service in [
        "dynamodb",
        "s3",
        "sqs",
        "cognito-idp",
        "apigateway",
        "cloudformation",
    ] {
        assert!(catalogue().service(service).is_some());
    }
    for (path, function) in &handlers {
        let started = Instant::now();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let dir = path.parent().unwrap_or(Path::new("")).to_owned();
        let dir = dir.to_string_lossy();
        let graph = load(&sources, &format!("{stem}.{function}"), &[code_at(&dir)]);
        let loaded = Instant::now();
        let facts = facts(&graph, catalogue());
        let took = loaded.elapsed();
        loading += loaded - started;
        solving += took;
        if took > slowest.0 {
            slowest = (took, path.display().to_string());
        }
        for (place, what) in found(&graph, &facts) {
            match what.as_str() {
                "unresolved" | "no method" => unresolved.insert((place, what)),
                text if text.starts_with("aws ") => resolved.insert((place, what)),
                text => {
                    println!("also: {place} {text}");
                    false
                }
            };
        }
        for diagnostic in graph.diagnostics.iter().chain(&facts.diagnostics) {
            println!("told: {diagnostic}");
        }
    }
    for (place, what) in &resolved {
        println!("call: {place} {what}");
    }
    for (place, what) in &unresolved {
        println!("open: {place} {what}");
    }
    let share = resolved.len() as f64 / (resolved.len() + unresolved.len()).max(1) as f64;
    println!(
        "{} handlers, {} calls resolved, {} not: {:.1} %; loading {loading:?}, solving {solving:?}, slowest {slowest:?}",
        handlers.len(),
        resolved.len(),
        unresolved.len(),
        share * 100.0
    );
}

#[test]
#[ignore = "needs a folder of projects"]
fn every_file_of_the_corpus() {
    let root = PathBuf::from(std::env::var("GAMMARAY_CORPUS").expect("GAMMARAY_CORPUS"));
    let sources = Sources::new(&root);
    let started = Instant::now();
    let (mut files, mut calls, mut open) = (0, 0, 0);
    for entry in walkdir::WalkDir::new(&root).into_iter().flatten() {
        let path = entry.path();
        let Ok(relative) = path.strip_prefix(&root) else {
            continue;
        };
        if path.extension().is_none_or(|it| it != "py") {
            continue;
        }
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let dir = relative.parent().unwrap_or(Path::new("")).to_string_lossy();
        let graph = load(&sources, &format!("{stem}.handler"), &[code_at(&dir)]);
        let facts = facts(&graph, catalogue());
        files += 1;
        calls += facts.aws_calls.len();
        open += facts.unresolved.len();
    }
    println!(
        "{files} files as handlers, {calls} calls resolved, {open} not, in {:?}",
        started.elapsed()
    );
    assert!(files > 0);
}
