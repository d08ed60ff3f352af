//! Edits of requirements.txt, as pip reads it.
//!
//! In: the file. Out: [`Edit`]s that add, replace or remove one requirement, found by its name as
//! PEP 503 normalises it. Other lines, comments, markers, hashes, continuations and line breaks
//! stay. The edited text is read again: it must hold the requirements meant and no others.

use std::sync::Arc;

use super::lines::{line_end, line_start, newline, next_line};
use super::text::Change;
use super::{Edit, EditError, Pending};
use crate::source::{SourceFile, Span};

/// A requirement, or an option such as `-r other.txt`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// The normalised name; `None` for options and for paths and URLs that do not tell it.
    pub name: Option<String>,
    /// The text on one line, without comment.
    pub text: String,
    /// From its first character to its last, continuation lines included, comment not.
    pub span: Span,
}

/// A name as PEP 503 compares it: lower case, runs of `-`, `_` and `.` as one `-`.
pub fn normalize(name: &str) -> String {
    let mut normal = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '-' | '_' | '.' if normal.ends_with('-') => {}
            '-' | '_' | '.' => normal.push('-'),
            other => normal.extend(other.to_lowercase()),
        }
    }
    normal
}

/// The requirements and options of a text, in order.
pub fn requirements(text: &str) -> Vec<Requirement> {
    let mut found = Vec::new();
    let mut at = bom_len(text);
    while at < text.len() {
        let (requirement, next) = logical_line(text, at);
        found.extend(requirement);
        at = next;
    }
    found
}

fn bom_len(text: &str) -> usize {
    if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    }
}

/// The requirement that begins on the line at `at`, if any, and where the next line begins.
fn logical_line(text: &str, at: usize) -> (Option<Requirement>, usize) {
    let mut joined = String::new();
    let mut span: Option<Span> = None;
    let mut line_at = at;
    loop {
        let end = line_end(text, line_at);
        let next = next_line(text, end);
        let line = text.get(line_at..end).unwrap_or_default();
        let (body, has_comment) = match comment_start(line) {
            Some(comment) => (line.get(..comment).unwrap_or_default(), true),
            None => (line, false),
        };
        let continued = !has_comment && body.ends_with('\\') && next > end;
        let body = if continued {
            body.trim_end_matches('\\')
        } else {
            body
        };
        let shown = body.trim();
        if !shown.is_empty() {
            let start = line_at + body.len() - body.trim_start().len();
            let stop = start + shown.len();
            span = Some(Span::new(span.map_or(start, |span| span.start), stop));
            if !joined.is_empty() {
                joined.push(' ');
            }
            joined.push_str(shown);
        }
        line_at = next;
        if !continued {
            break;
        }
    }
    let requirement = span.map(|span| Requirement {
        name: name_of(&joined),
        text: joined,
        span,
    });
    (requirement, line_at)
}

/// pip takes `#` for a comment at a line's start and behind white space.
fn comment_start(line: &str) -> Option<usize> {
    let mut after_space = true;
    for (at, c) in line.char_indices() {
        if c == '#' && after_space {
            return Some(at);
        }
        after_space = c.is_whitespace();
    }
    None
}

/// The normalised name of a requirement on one line.
fn name_of(text: &str) -> Option<String> {
    if let Some((_, name)) = text.split_once("#egg=") {
        let end = name.find(['&', '[', ' ']).unwrap_or(name.len());
        return name.get(..end).map(normalize);
    }
    if text.starts_with('-') {
        return None;
    }
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let end = text.find(|c| !is_name(c)).unwrap_or(text.len());
    let (name, rest) = text.split_at_checked(end)?;
    let rest = rest.trim_start();
    let ends_well =
        rest.is_empty() || rest.starts_with(['[', '<', '>', '=', '!', '~', ';', '@', '(']);
    let starts_well = name.starts_with(|c: char| c.is_ascii_alphanumeric());
    if ends_well && starts_well && !name.ends_with(".whl") {
        return Some(normalize(name));
    }
    let file = text.split([' ', ';']).next()?.rsplit('/').next()?;
    let wheel = file.strip_suffix(".whl")?;
    wheel.split('-').next().map(normalize)
}

/// A requirements file under edit.
#[derive(Debug, Clone)]
pub struct RequirementsEditor {
    pending: Pending,
}

impl RequirementsEditor {
    /// An editor of a file as it was read.
    pub fn new(file: &Arc<SourceFile>) -> Self {
        Self {
            pending: Pending::new(file.path(), file.text()),
        }
    }

    /// The text as it stands now.
    pub fn text(&self) -> &str {
        self.pending.current()
    }

    /// The edits that lead from the original text to [`RequirementsEditor::text`].
    pub fn into_edits(self) -> Vec<Edit> {
        self.pending.into_edits()
    }

    /// Adds a line behind the last one that is not blank.
    ///
    /// # Errors
    /// [`EditError::Exists`] where a requirement of that name is there,
    /// [`EditError::Unwritable`] where `requirement` is not one line that pip reads as one.
    pub fn add(&mut self, requirement: &str, reason: &str) -> Result<(), EditError> {
        let new = one(requirement)?;
        let text = self.text();
        let mut intended = requirements(text);
        if let Some(same) = intended
            .iter()
            .find(|old| old.text == new.text || (new.name.is_some() && old.name == new.name))
        {
            return Err(EditError::Exists {
                path: same.text.clone(),
                span: same.span,
            });
        }
        let end = text.trim_end().len();
        let blank = text.trim_start_matches('\u{feff}').trim().is_empty();
        let line_break = newline(text);
        let change = if blank {
            Change::insert(bom_len(text), format!("{}{line_break}", new.text))
        } else {
            Change::insert(end, format!("{line_break}{}", new.text))
        };
        intended.push(new);
        self.change(&[change], &intended, requirement, reason)
    }

    /// Puts `requirement` in the place of the one called `name`; a comment behind it stays.
    ///
    /// # Errors
    /// [`EditError::Missing`], [`EditError::Duplicate`] where several lines name it, and as
    /// [`RequirementsEditor::add`].
    pub fn replace(
        &mut self,
        name: &str,
        requirement: &str,
        reason: &str,
    ) -> Result<(), EditError> {
        let new = one(requirement)?;
        let mut intended = requirements(self.text());
        let wanted = Some(normalize(name));
        let last = intended.iter().rposition(|old| old.name == wanted);
        let Some((place, old)) = last.and_then(|place| Some((place, intended.get(place)?.clone())))
        else {
            return Err(missing(name));
        };
        if intended.iter().filter(|old| old.name == wanted).count() > 1 {
            return Err(EditError::Duplicate {
                path: name.to_owned(),
                span: old.span,
            });
        }
        let change = Change::replace(old.span, new.text.clone());
        if let Some(old) = intended.get_mut(place) {
            *old = new;
        }
        self.change(&[change], &intended, name, reason)
    }

    /// Takes away every line that names `name`, with the comment behind it.
    ///
    /// # Errors
    /// [`EditError::Missing`].
    pub fn remove(&mut self, name: &str, reason: &str) -> Result<(), EditError> {
        let wanted = Some(normalize(name));
        let text = self.text();
        let (gone, intended): (Vec<_>, Vec<_>) = requirements(text)
            .into_iter()
            .partition(|old| old.name == wanted);
        if gone.is_empty() {
            return Err(missing(name));
        }
        let changes: Vec<Change> = gone
            .iter()
            .map(|old| {
                let end = line_end(text, old.span.end);
                let next = next_line(text, end);
                let start = line_start(text, old.span.start);
                let start = if next == end {
                    super::lines::before_line(text, start)
                } else {
                    start
                };
                Change::remove(Span::new(start, next))
            })
            .collect();
        self.change(&changes, &intended, name, reason)
    }

    fn change(
        &mut self,
        changes: &[Change],
        intended: &[Requirement],
        name: &str,
        reason: &str,
    ) -> Result<(), EditError> {
        let mut pending = self.pending.clone();
        pending.change(changes, reason)?;
        let after = requirements(pending.current());
        let same = after.len() == intended.len()
            && after
                .iter()
                .zip(intended)
                .all(|(l, r)| l.text == r.text && l.name == r.name);
        if !same {
            return Err(EditError::NotVerified {
                path: name.to_owned(),
                why: "the file would hold other requirements than intended".to_owned(),
            });
        }
        self.pending = pending;
        Ok(())
    }
}

fn missing(name: &str) -> EditError {
    EditError::Missing {
        path: name.to_owned(),
        span: Span::at(0),
    }
}

/// The only requirement in a text that holds nothing else.
fn one(text: &str) -> Result<Requirement, EditError> {
    let mut found = requirements(text);
    match found.pop() {
        Some(only) if found.is_empty() && only.text == text => Ok(only),
        _ => Err(EditError::Unwritable {
            path: text.to_owned(),
            why: "it is not one requirement on one line".to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# tools\r\nBoto3==1.34 ; python_version > '3.8'  # AWS\r\n\
        aws_lambda.powertools[tracer] \\\r\n    --hash=sha256:aa \\\r\n    --hash=sha256:bb\r\n\
        -r other.txt\r\n./rust/native\r\ngit+https://x/y.git#egg=Some_Thing\r\n\
        https://x/z/wheely-1.0-py3-none-any.whl\r\n";

    fn editor(text: &str) -> RequirementsEditor {
        RequirementsEditor::new(&SourceFile::from_text("requirements.txt", text))
    }

    #[test]
    fn names_are_found_and_normalised() {
        let names: Vec<_> = requirements(FILE)
            .into_iter()
            .map(|found| found.name)
            .collect();
        let expected = [
            Some("boto3"),
            Some("aws-lambda-powertools"),
            None,
            None,
            Some("some-thing"),
            Some("wheely"),
        ];
        assert_eq!(names, expected.map(|name| name.map(str::to_owned)));
    }

    #[test]
    fn a_line_is_added_with_the_files_line_break() {
        let mut edited = editor(FILE);
        edited.add("./rust/list_buckets", "bind").unwrap();
        assert_eq!(edited.text(), format!("{FILE}./rust/list_buckets\r\n"));
        let mut edited = editor("a==1");
        edited.add("b", "r").unwrap();
        assert_eq!(edited.text(), "a==1\nb");
        let mut edited = editor("");
        edited.add("b", "r").unwrap();
        assert_eq!(edited.text(), "b\n");
    }

    #[test]
    fn a_name_in_another_spelling_is_there_already() {
        let error = editor(FILE).add("AWS-Lambda_Powertools", "r").unwrap_err();
        assert!(matches!(error, EditError::Exists { .. }), "{error}");
    }

    #[test]
    fn a_replacement_keeps_the_comment() {
        let mut edited = editor(FILE);
        edited.replace("boto3", "boto3>=1.35", "r").unwrap();
        assert!(
            edited.text().contains("\r\nboto3>=1.35  # AWS\r\n"),
            "{}",
            edited.text()
        );
        edited
            .replace("aws.lambda.powertools", "powertools", "r")
            .unwrap();
        assert!(
            edited.text().contains("AWS\r\npowertools\r\n-r"),
            "{}",
            edited.text()
        );
    }

    #[test]
    fn a_removal_takes_hashes_and_continuations_along() {
        let mut edited = editor(FILE);
        edited.remove("aws-lambda-powertools", "r").unwrap();
        assert!(!edited.text().contains("hash"), "{}", edited.text());
        edited.remove("wheely", "r").unwrap();
        assert!(
            edited.text().ends_with("Some_Thing\r\n"),
            "{}",
            edited.text()
        );
        let mut edited = editor("a\nb");
        edited.remove("b", "r").unwrap();
        assert_eq!(edited.text(), "a");
        assert!(matches!(
            edited.remove("c", "r"),
            Err(EditError::Missing { .. })
        ));
    }

    #[test]
    fn several_lines_at_once_are_refused() {
        let error = editor("").add("a\nb", "r").unwrap_err();
        assert!(matches!(error, EditError::Unwritable { .. }), "{error}");
    }

    #[test]
    fn an_open_continuation_at_the_end_swallows_nothing() {
        assert!(editor("a \\\n").add("b", "r").is_err());
    }
}
