//! Which paths a plan may name, judged by their text alone.

use std::collections::HashMap;

use super::PlanError;
use super::state::STATE_FOLDER;

/// Names, in lower case, that no part of a path may have; git keeps `git~1` for the same reason:
/// it is what some Windows disks call `.git`.
const FORBIDDEN: [&str; 3] = [".git", "git~1", STATE_FOLDER];

/// Longest path in bytes.
const LONGEST: usize = 4096;

/// Refuses what is not plainly a file inside the project.
pub(super) fn check(path: &str) -> Result<(), PlanError> {
    match fault(path) {
        None => Ok(()),
        Some(why) => Err(PlanError::Path {
            path: path.escape_debug().take(200).collect(),
            why: why.to_owned(),
        }),
    }
}

fn fault(path: &str) -> Option<&'static str> {
    if path.is_empty() {
        return Some("it is empty");
    }
    if path.len() > LONGEST {
        return Some("it is too long");
    }
    if path.contains('\\') {
        return Some("paths are written with forward slashes");
    }
    if path.chars().any(char::is_control) {
        return Some("it holds a control character");
    }
    let bytes = path.as_bytes();
    let drive = bytes.first().is_some_and(u8::is_ascii_alphabetic) && bytes.get(1) == Some(&b':');
    if path.starts_with('/') || drive {
        return Some("it is absolute");
    }
    path.split('/').find_map(|part| {
        let lower = part.to_lowercase();
        // Windows and some network disks drop trailing dots and spaces, and macOS ignores
        // zero-width characters: `.git.` and `.g\u{200c}it` would be `.git` there.
        let folded: String = lower.chars().filter(|c| !is_ignorable(*c)).collect();
        match folded.trim_end_matches(['.', ' ']) {
            "" => Some("it has an empty part, `.` or `..`"),
            name if FORBIDDEN.contains(&name) => {
                Some("it lies in a folder that is not the project's own")
            }
            _ => None,
        }
    })
}

fn is_ignorable(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Refuses two changes of one path, a file where another change needs a folder, and names that
/// differ only by case, which some disks take for one.
pub(super) fn check_together<'a>(paths: impl Iterator<Item = &'a str>) -> Result<(), PlanError> {
    let mut seen: HashMap<String, (&str, bool)> = HashMap::new();
    for path in paths {
        check(path)?;
        let ends = path
            .match_indices('/')
            .map(|(at, _)| (at, false))
            .chain([(path.len(), true)]);
        for (end, is_file) in ends {
            let part = path.get(..end).unwrap_or(path);
            let Some(&(other, other_is_file)) = seen.get(&part.to_lowercase()) else {
                seen.insert(part.to_lowercase(), (part, is_file));
                continue;
            };
            let why = if other != part {
                format!("it differs from `{other}` only by case")
            } else if is_file && other_is_file {
                "two changes name it".to_owned()
            } else if is_file || other_is_file {
                "one change needs it as a file, another as a folder".to_owned()
            } else {
                continue;
            };
            return Err(PlanError::Path {
                path: part.to_owned(),
                why,
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_relative_paths_pass() {
        for good in [
            "a",
            "src/app.py",
            ".github/x.yml",
            "a b/ü.rs",
            ".gitignore",
            "x.git/y",
        ] {
            assert!(check(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "/etc/passwd",
            "../x",
            "a/../../x",
            "a/./b",
            "a//b",
            "a/",
            "C:/x",
            "c:x",
            "a\\b",
            ".git/config",
            "sub/.GIT/hooks/x",
            ".git./config",
            "GIT~1/config",
            ".g\u{200c}it/x",
            ".gammaray-migrate/x",
            ".Gammaray-Migrate/x",
            "a\0b",
            "a\nb",
        ] {
            assert!(check(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn paths_must_not_collide() {
        let refused = |paths: [&str; 2]| check_together(paths.into_iter()).unwrap_err().to_string();
        assert!(refused(["a/b", "a/b"]).contains("two changes"));
        assert!(refused(["a/b", "A/c"]).contains("only by case"));
        assert!(refused(["a", "a/b"]).contains("as a folder"));
        assert!(refused(["a/b", "a"]).contains("as a folder"));
        assert!(check_together(["a/b", "a/c"].into_iter()).is_ok());
    }
}
