//! Real templates: values as PyYAML gives them, spans that hold what they say.

use std::fs;
use std::path::PathBuf;

use gammaray_migrate::source::SourceFile;
use gammaray_migrate::yaml::{Collection, Document, Node, NodeKind, ScalarStyle, parse};

use super::pyyaml;
use crate::common::{shared, skipped};

/// The shared templates, and what `GAMMARAY_YAML_CORPUS` (a folder) adds; empty without them.
fn templates() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = shared()
        .map(|shared| shared.join("templates"))
        .into_iter()
        .collect();
    folders.extend(std::env::var_os("GAMMARAY_YAML_CORPUS").map(PathBuf::from));
    let mut files: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| {
            ignore::WalkBuilder::new(folder)
                .standard_filters(false)
                .build()
        })
        .filter_map(|entry| entry.ok().map(ignore::DirEntry::into_path))
        .filter(|path| {
            let extension = path.extension().and_then(|extension| extension.to_str());
            path.is_file() && matches!(extension, Some("yaml" | "yml" | "json" | "template"))
        })
        .collect();
    files.sort();
    files
}

#[test]
fn real_templates_read_as_pyyaml_reads_them() {
    let files = templates();
    let Some(python) = pyyaml::python().filter(|_| !files.is_empty()) else {
        return skipped(
            "real_templates_read_as_pyyaml_reads_them",
            "../shared or a Python with PyYAML is missing",
        );
    };
    let theirs = pyyaml::read(&python, &files);
    let mut differences = Vec::new();
    for (file, theirs) in files.iter().zip(&theirs) {
        let ours = match fs::read_to_string(file) {
            Ok(text) => pyyaml::ours(&text),
            Err(error) => Err(error.to_string()),
        };
        if let Some(difference) = pyyaml::difference(theirs, &ours) {
            differences.push(format!("{}: {difference}", file.display()));
        }
    }
    eprintln!("{} files compared with PyYAML", files.len());
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn spans_of_real_templates_hold_what_they_say() {
    let files = templates();
    if files.is_empty() {
        skipped(
            "spans_of_real_templates_hold_what_they_say",
            "there is no ../shared",
        );
    }
    let mut nodes = 0;
    for file in files {
        let Ok(text) = fs::read_to_string(&file) else {
            continue;
        };
        let Ok(document) = parse(&SourceFile::from_text(&file, text)) else {
            continue;
        };
        nodes += check(&document, &document.root);
    }
    eprintln!("the spans of {nodes} nodes checked");
}

/// Checks a node and those in it; how many there are.
fn check(document: &Document, node: &Node) -> usize {
    let text = document.file.slice(node.span);
    let place = || format!("{}: {text:?}", document.file.path().display());
    assert!(node.outer.contains(node.span), "{}", place());
    let children: Vec<&Node> = match &node.kind {
        NodeKind::Sequence { items, style } => {
            let open = if *style == Collection::Flow { "[" } else { "-" };
            assert!(text.starts_with(open), "{}", place());
            assert_eq!(
                text.ends_with(']'),
                *style == Collection::Flow || text.ends_with(']'),
                "{}",
                place()
            );
            items.iter().map(AsRef::as_ref).collect()
        }
        NodeKind::Mapping { entries, style } => {
            if *style == Collection::Flow {
                assert!(text.starts_with('{') && text.ends_with('}'), "{}", place());
            }
            entries
                .iter()
                .flat_map(|entry| [entry.key.as_ref(), entry.value.as_ref()])
                .collect()
        }
        NodeKind::Alias { name, .. } => {
            assert_eq!(text, format!("*{name}"));
            Vec::new()
        }
        NodeKind::Scalar(scalar) => {
            match scalar.style {
                ScalarStyle::Plain if !text.contains('\n') => {
                    assert!(text == scalar.text || document.is_json, "{}", place());
                }
                ScalarStyle::Plain => {
                    assert_eq!(
                        text.split_whitespace().collect::<String>(),
                        scalar.text.split_whitespace().collect::<String>()
                    );
                }
                ScalarStyle::SingleQuoted => assert!(
                    text.len() >= 2 && text.starts_with('\'') && text.ends_with('\''),
                    "{}",
                    place()
                ),
                ScalarStyle::DoubleQuoted => assert!(
                    text.len() >= 2 && text.starts_with('"') && text.ends_with('"'),
                    "{}",
                    place()
                ),
                ScalarStyle::Literal | ScalarStyle::Folded => {
                    assert!(text.starts_with(['|', '>']), "{}", place());
                    let rest = document.file.text().len() == node.span.end;
                    assert!(text.ends_with('\n') || rest, "{}", place());
                    let shown: String = text
                        .split_once('\n')
                        .map_or("", |(_, body)| body)
                        .split_whitespace()
                        .collect();
                    assert_eq!(shown, scalar.text.split_whitespace().collect::<String>());
                }
            }
            Vec::new()
        }
    };
    let mut behind = node.span.start;
    for child in &children {
        assert!(
            node.span.contains(child.outer) && child.outer.start >= behind,
            "{}",
            place()
        );
        behind = child.outer.end;
    }
    1 + children
        .into_iter()
        .map(|child| check(document, child))
        .sum::<usize>()
}
