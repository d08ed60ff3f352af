//! The guide shows the authorizer's Python beside the Rust that is made of it today.
//!
//! `UPDATE_GOLDEN=1 cargo test --test it rewrite::guide` writes it down.

use std::fs;
use std::path::Path;

use super::command::{run, stderr};
use crate::common::copy;
use crate::plan::project::Project;

/// A function in a source: its first line's beginning, to the line that closes it.
fn python(source: &str, name: &str) -> String {
    let head = format!("def {name}(");
    let lines: Vec<&str> = source.lines().collect();
    let place = lines.iter().position(|it| it.starts_with(&head)).unwrap();
    let is_decorator = |line: &&&str| line.starts_with('@');
    let first = place - lines[..place].iter().rev().take_while(is_decorator).count();
    let is_body = |line: &&&str| line.is_empty() || line.starts_with([' ', ')']);
    let after = place + 1 + lines[place + 1..].iter().take_while(is_body).count();
    lines[first..after].join("\n").trim_end().to_owned()
}

fn rust(source: &str, name: &str) -> String {
    let lines: Vec<&str> = source.lines().collect();
    let heads = [format!("pub fn {name}("), format!("pub async fn {name}(")];
    let is_head = |line: &&str| heads.iter().any(|head| line.starts_with(head.as_str()));
    let place = lines.iter().position(is_head).unwrap();
    let is_doc = |line: &&&str| line.starts_with("///");
    let first = place - lines[..place].iter().rev().take_while(is_doc).count();
    let length = lines[place..].iter().position(|it| *it == "}").unwrap();
    lines[first..=place + length].join("\n")
}

/// The page with each block of code as it is today.
fn shown(page: &str, app: &str, made: &str) -> String {
    let mut out = String::new();
    let mut name = String::new();
    let mut is_code = false;
    for line in page.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            name = heading.trim_matches('`').to_owned();
        }
        match line {
            "```python" => {
                let own = name.strip_suffix("_inner").unwrap_or(&name);
                out.push_str(&format!("{line}\n{}\n", python(app, own)));
                is_code = true;
            }
            "```rust" => {
                out.push_str(&format!("{line}\n{}\n", rust(made, &name)));
                is_code = true;
            }
            _ => {
                is_code &= line != "```";
                if !is_code {
                    out.push_str(&format!("{line}\n"));
                }
            }
        }
    }
    out
}

#[test]
fn the_guide_shows_the_rust_of_today() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let project = Project::empty();
    copy(&root.join("examples/gammaray"), project.root());
    let arguments = [
        "rewrite",
        "authorizer",
        "--yes",
        "--no-check",
        "--allow-no-vcs",
    ];
    let done = run(&project, &arguments);
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    let app = project.read("functions/authorizer/app.py");
    let made = project.read("rust/authorizer/src/app.rs");
    let path = root.join("migrations-guide/reading.md");
    let page = fs::read_to_string(&path).unwrap();
    let shown = shown(&page, &app, &made);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &shown).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), shown);
}
