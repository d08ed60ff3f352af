use std::fmt::Write as _;

use similar::TextDiff;

use super::disk::Access;
use super::preview::{FileChange, Preview};

/// Unchanged lines shown around a change, as git does.
const CONTEXT: usize = 3;

impl Preview {
    /// A unified diff that `git apply` takes. Only a file that is not UTF-8 has no text to show:
    /// it is named as git names binary files.
    pub fn diff(&self) -> String {
        let mut out = String::new();
        for file in &self.files {
            push_file(&mut out, file);
        }
        out
    }
}

fn push_file(out: &mut String, file: &FileChange) {
    let (old, new) = (name("a", &file.path), name("b", &file.path));
    let _infallible = writeln!(out, "diff --git {} {}", old.quoted, new.quoted);
    if file.before.is_none() {
        let _infallible = writeln!(out, "new file mode {}", git_mode(after_mode(file)));
    } else if file.after.is_none() {
        let _infallible = writeln!(out, "deleted file mode {}", git_mode(before_mode(file)));
    }
    let before = file.before().unwrap_or_default();
    let after = file.after().unwrap_or_default();
    if before.is_empty() && after.is_empty() {
        return;
    }
    let old = file.before.as_ref().map_or("/dev/null", |_| &old.line);
    let new = file.after.as_ref().map_or("/dev/null", |_| &new.line);
    let (Ok(before), Ok(after)) = (std::str::from_utf8(before), std::str::from_utf8(after)) else {
        let _infallible = writeln!(out, "Binary files {} and {} differ", old.trim(), new.trim());
        return;
    };
    // Lines end where git ends them: a lone carriage return is a part of its line.
    let old_lines: Vec<&str> = before.split_inclusive('\n').collect();
    let new_lines: Vec<&str> = after.split_inclusive('\n').collect();
    let diff = TextDiff::configure()
        .newline_terminated(true)
        .diff_slices(&old_lines, &new_lines);
    let _infallible = write!(out, "--- {old}\n+++ {new}\n");
    for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
        let _infallible = writeln!(out, "{}", hunk.header());
        for change in hunk.iter_changes() {
            let _infallible = write!(out, "{}{}", change.tag(), change.value());
            if !change.value().ends_with('\n') {
                out.push_str("\n\\ No newline at end of file\n");
            }
        }
    }
}

struct Name {
    /// In the first line, which separates by a space.
    quoted: String,
    /// In the `---` and `+++` lines, which end a name with a tab where it holds a space.
    line: String,
}

fn name(side: &str, path: &str) -> Name {
    let plain = format!("{side}/{path}");
    if plain.contains('"') {
        let quoted = format!("\"{}\"", plain.replace('"', "\\\""));
        return Name {
            line: quoted.clone(),
            quoted,
        };
    }
    let line = if plain.contains(' ') {
        format!("{plain}\t")
    } else {
        plain.clone()
    };
    Name {
        quoted: plain,
        line,
    }
}

fn before_mode(file: &FileChange) -> u32 {
    file.before.as_ref().map_or(0, |found| found.state.mode)
}

fn after_mode(file: &FileChange) -> u32 {
    match file.after.as_ref().map(|wanted| wanted.access) {
        Some(Access::Executable) => 0o755,
        Some(Access::Like { mode, .. }) => mode,
        Some(Access::Plain) | None => 0,
    }
}

/// Git knows only whether the owner may execute a file.
fn git_mode(mode: u32) -> &'static str {
    if mode & 0o100 == 0 {
        "100644"
    } else {
        "100755"
    }
}
