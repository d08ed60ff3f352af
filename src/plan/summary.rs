use std::fmt::Write as _;

use super::preview::{FileChange, Preview};

/// Reasons shown of one file before the rest is counted.
const REASONS_SHOWN: usize = 20;

impl Preview {
    /// For people: each file with what happens to it and why.
    ///
    /// ```text
    /// edit    template.yaml
    ///           set Runtime to provided.al2023
    /// create  rust/authorizer/src/main.rs (40 lines)
    ///           the function in Rust
    /// ```
    pub fn summary(&self) -> String {
        let mut out = String::new();
        for file in &self.files {
            let _infallible = match (file.before(), file.after()) {
                (None, Some(bytes)) => {
                    let lines = String::from_utf8_lossy(bytes).lines().count();
                    let unit = if lines == 1 { "line" } else { "lines" };
                    writeln!(out, "create  {} ({lines} {unit})", file.path)
                }
                (_, None) => writeln!(out, "delete  {}", file.path),
                (Some(_), Some(_)) => writeln!(out, "edit    {}", file.path),
            };
            push_reasons(&mut out, file);
        }
        out
    }
}

fn push_reasons(out: &mut String, file: &FileChange) {
    let mut reasons: Vec<&str> = file.reasons.iter().map(String::as_str).collect();
    reasons.dedup();
    for reason in reasons.iter().take(REASONS_SHOWN) {
        let _infallible = writeln!(out, "          {reason}");
    }
    let rest = reasons.len().saturating_sub(REASONS_SHOWN);
    if rest > 0 {
        let _infallible = writeln!(out, "          and {rest} more");
    }
}
