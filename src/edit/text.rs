use std::fmt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Span, display_path};

/// One change of a file: the bytes of `span` become `new_text`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// The file, relative to the project's root.
    pub file: PathBuf,
    /// The bytes that go; empty for an insertion.
    pub span: Span,
    /// What stands there afterwards.
    pub new_text: String,
    /// Why, as a short phrase for people.
    pub reason: String,
}

/// Why a set of edits cannot be applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conflict {
    /// Two edits change the same bytes.
    Overlap {
        /// The one that begins first.
        first: Box<Edit>,
        /// The one that begins within it.
        second: Box<Edit>,
    },
    /// An edit lies outside the text or cuts a character.
    OutOfText {
        /// The edit.
        edit: Box<Edit>,
    },
}

impl fmt::Display for Conflict {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Overlap { first, second } => write!(
                formatter,
                "two edits of `{}` change the same text: \"{}\" (bytes {} to {}) and \"{}\" \
                 (bytes {} to {})",
                display_path(&first.file),
                first.reason,
                first.span.start,
                first.span.end,
                second.reason,
                second.span.start,
                second.span.end,
            ),
            Self::OutOfText { edit } => write!(
                formatter,
                "the edit \"{}\" of `{}` does not fit the file: bytes {} to {}",
                edit.reason,
                display_path(&edit.file),
                edit.span.start,
                edit.span.end,
            ),
        }
    }
}

impl std::error::Error for Conflict {}

impl From<Conflict> for Diagnostic {
    fn from(conflict: Conflict) -> Self {
        Self::error(Code::EditsOverlap, conflict.to_string())
    }
}

/// The text after all edits, in whatever order they come. Insertions at one offset keep their
/// order, and stand before a replacement that begins there.
///
/// # Errors
/// [`Conflict`] where two edits overlap or one does not fit the text.
pub fn apply(text: &str, edits: &[Edit]) -> Result<String, Conflict> {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut result = String::with_capacity(text.len());
    let mut done = 0;
    let mut previous: Option<&Edit> = None;
    for edit in sorted {
        if let Some(first) = previous.filter(|_| edit.span.start < done) {
            return Err(Conflict::Overlap {
                first: Box::new(first.clone()),
                second: Box::new(edit.clone()),
            });
        }
        let kept = text.get(done..edit.span.start);
        let (Some(kept), Some(_)) = (kept, text.get(edit.span.start..edit.span.end)) else {
            return Err(Conflict::OutOfText {
                edit: Box::new(edit.clone()),
            });
        };
        result.push_str(kept);
        result.push_str(&edit.new_text);
        done = edit.span.end;
        previous = Some(edit);
    }
    result.push_str(text.get(done..).unwrap_or_default());
    Ok(result)
}

/// A text under work: the original, the text as it stands now, and the edits between the two.
#[derive(Debug, Clone)]
pub(crate) struct Pending {
    file: PathBuf,
    current: String,
    /// In the original's offsets, ascending, none touching another.
    edits: Vec<Edit>,
}

/// A change of the current text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) span: Span,
    pub(crate) text: String,
}

impl Change {
    pub(crate) fn insert(at: usize, text: impl Into<String>) -> Self {
        Self::replace(Span::at(at), text)
    }

    pub(crate) fn replace(span: Span, text: impl Into<String>) -> Self {
        Self {
            span,
            text: text.into(),
        }
    }

    pub(crate) fn remove(span: Span) -> Self {
        Self::replace(span, "")
    }
}

impl Pending {
    pub(crate) fn new(file: &Path, text: &str) -> Self {
        Self {
            file: file.to_owned(),
            current: text.to_owned(),
            edits: Vec::new(),
        }
    }

    pub(crate) fn current(&self) -> &str {
        &self.current
    }

    pub(crate) fn into_edits(self) -> Vec<Edit> {
        self.edits
    }

    /// Applies changes that do not overlap, given in the offsets of the current text.
    pub(crate) fn change(&mut self, changes: &[Change], reason: &str) -> Result<(), Conflict> {
        let edits: Vec<Edit> = changes
            .iter()
            .filter(|change| !change.span.is_empty() || !change.text.is_empty())
            .map(|change| self.edit(change.span, change.text.clone(), reason))
            .collect();
        apply(&self.current, &edits)?;
        let mut sorted: Vec<(usize, Edit)> = edits.into_iter().enumerate().collect();
        sorted.sort_by_key(|(order, edit)| (edit.span.start, edit.span.end, *order));
        for (_, edit) in sorted.into_iter().rev() {
            self.compose(edit);
        }
        Ok(())
    }

    fn edit(&self, span: Span, new_text: String, reason: &str) -> Edit {
        Edit {
            file: self.file.clone(),
            span,
            new_text,
            reason: reason.to_owned(),
        }
    }

    /// Merges `new`, whose span counts in the current text, with the edits that it touches.
    fn compose(&mut self, new: Edit) {
        let (start, end) = (new.span.start, new.span.end);
        let mut reasons: Vec<String> = Vec::new();
        let (mut before, mut after) = (Vec::new(), Vec::new());
        let (mut low, mut high) = (start, end);
        // What to take from an offset of the current text to have the original's.
        let (mut low_shift, mut high_shift) = (0_isize, 0_isize);
        let mut shift = 0_isize;
        for edit in std::mem::take(&mut self.edits) {
            let from = edit.span.start.saturating_add_signed(shift);
            let to = from + edit.new_text.len();
            let shift_behind = shift + signed(edit.new_text.len()) - signed(edit.span.len());
            if to < start {
                (low_shift, high_shift) = (shift_behind, shift_behind);
                before.push(edit);
            } else if from > end {
                after.push(edit);
            } else {
                if reasons.is_empty() {
                    low_shift = shift;
                    low = low.min(from);
                }
                high = high.max(to);
                high_shift = shift_behind;
                reasons.push(edit.reason);
            }
            shift = shift_behind;
        }
        if !reasons.contains(&new.reason) {
            reasons.push(new.reason);
        }
        let part = |from: usize, to: usize| self.current.get(from..to).unwrap_or_default();
        let merged = [part(low, start), &new.new_text, part(end, high)].concat();
        let span = Span::new(
            low.saturating_add_signed(-low_shift),
            high.saturating_add_signed(-high_shift),
        );
        self.current.replace_range(start..end, &new.new_text);
        let edit = self.edit(span, merged, &reasons.join("; "));
        self.edits = before;
        self.edits.push(edit);
        self.edits.append(&mut after);
    }
}

fn signed(length: usize) -> isize {
    isize::try_from(length).unwrap_or(isize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn edit(start: usize, end: usize, new_text: &str, reason: &str) -> Edit {
        Edit {
            file: "template.yaml".into(),
            span: Span::new(start, end),
            new_text: new_text.into(),
            reason: reason.into(),
        }
    }

    #[test]
    fn insertions_at_one_offset_keep_their_order() {
        let edits = [
            edit(2, 3, "C", "r"),
            edit(2, 2, "1", "a"),
            edit(2, 2, "2", "b"),
        ];
        assert_eq!(apply("abcd", &edits).unwrap(), "ab12Cd");
    }

    #[test]
    fn an_overlap_names_both() {
        let edits = [
            edit(1, 3, "", "drop the handler"),
            edit(2, 4, "", "set the runtime"),
        ];
        let conflict = apply("abcd", &edits).unwrap_err().to_string();
        assert!(conflict.contains("drop the handler"), "{conflict}");
        assert!(conflict.contains("set the runtime"), "{conflict}");
        assert!(conflict.contains("template.yaml"), "{conflict}");
    }

    #[test]
    fn an_edit_that_cuts_a_character_is_refused() {
        let conflict = apply("é", &[edit(1, 1, "x", "r")]).unwrap_err();
        assert!(matches!(conflict, Conflict::OutOfText { .. }));
    }

    proptest! {
        #[test]
        fn composed_edits_lead_from_the_original_to_the_current_text(
            text in "[a-f]{0,20}",
            steps in prop::collection::vec((0_usize..30, 0_usize..6, "[x-z]{0,4}"), 1..12),
        ) {
            let mut pending = Pending::new(Path::new("t"), &text);
            for (start, length, new) in steps {
                let start = start.min(pending.current().len());
                let end = (start + length).min(pending.current().len());
                let mut expected = pending.current().to_owned();
                expected.replace_range(start..end, &new);
                pending.change(&[Change::replace(Span::new(start, end), new)], "r").unwrap();
                prop_assert_eq!(pending.current(), &expected);
                prop_assert_eq!(&apply(&text, &pending.edits).unwrap(), &expected);
            }
        }
    }
}
