use std::fmt::Write as _;

use super::preview::{ChangedFile, Kind};
use crate::diagnostic::printable;

/// Reasons shown of one file before the rest is counted.
const REASONS_SHOWN: usize = 20;

/// For people: each file with what happens to it and why.
///
/// ```text
/// edit    template.yaml
///           set Runtime to provided.al2023
/// create  rust/authorizer/src/main.rs (40 lines)
///           the function in Rust
/// ```
pub fn summary(files: &[ChangedFile]) -> String {
    let mut out = String::new();
    for file in files {
        let path = &file.path;
        let _infallible = match file.change {
            Kind::Create if file.lines == 1 => writeln!(out, "create  {path} (1 line)"),
            Kind::Create => writeln!(out, "create  {path} ({} lines)", file.lines),
            Kind::Edit => writeln!(out, "edit    {path}"),
            Kind::Delete => writeln!(out, "delete  {path}"),
        };
        push_reasons(&mut out, &file.reasons);
    }
    out
}

fn push_reasons(out: &mut String, reasons: &[String]) {
    let mut reasons: Vec<&str> = reasons.iter().map(String::as_str).collect();
    reasons.dedup();
    for reason in reasons.iter().take(REASONS_SHOWN) {
        let _infallible = writeln!(
            out,
            "          {}",
            printable(reason, false).replace('\n', "\\n")
        );
    }
    let rest = reasons.len().saturating_sub(REASONS_SHOWN);
    if rest > 0 {
        let _infallible = writeln!(out, "          and {rest} more");
    }
}
