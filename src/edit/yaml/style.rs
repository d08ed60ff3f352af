//! How a file is written near a place: indentation, dashes, quotes, line breaks.

use super::super::lines::{column, line_end, newline, next_line};
use crate::yaml::{Collection, Document, Node, NodeKind, ScalarStyle};

/// What new text follows so that it looks like its neighbours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Style {
    /// Columns by which a mapping stands right of the key that holds it.
    pub(super) step: usize,
    /// Columns by which a list's dashes stand right of the key that holds it; 0 for none.
    pub(super) dash_indent: usize,
    /// Spaces behind a dash.
    pub(super) dash_gap: usize,
    /// The quote for strings that need one.
    pub(super) quote: char,
    /// The line break.
    pub(super) newline: &'static str,
    /// Whether a `|` block may end at the place: not where the file ends without a line break,
    /// nor where a comment below would become part of it.
    pub(super) literal: bool,
}

impl Style {
    /// The style of the block collections nearest to byte `at`.
    pub(super) fn near(document: &Document, at: usize) -> Self {
        let text = document.file.text();
        let mut nearest = Nearest {
            text,
            at,
            ..Nearest::new(text, at)
        };
        nearest.visit(&document.root);
        let step = nearest.step.map_or(2, |found| found.1);
        Self {
            step,
            dash_indent: nearest.dash_indent.map_or(step, |found| found.1),
            dash_gap: nearest.dash_gap.map_or(1, |found| found.1),
            quote: nearest.quote.map_or('"', |found| found.1),
            newline: newline(text),
            literal: true,
        }
    }

    /// The same for text that ends on the line that holds byte `at`.
    pub(super) fn ending_at(&self, text: &str, at: usize) -> Self {
        Self {
            literal: literal_may_end(text, at),
            ..self.clone()
        }
    }

    /// Spaces from one nesting to the next of a list item's own collection.
    pub(super) const fn item_indent(&self) -> usize {
        1 + self.dash_gap
    }
}

/// Whether the lines below the one at `at` leave a `|` block alone that ends there.
fn literal_may_end(text: &str, at: usize) -> bool {
    let mut end = line_end(text, at);
    loop {
        let next = next_line(text, end);
        if next == end {
            return false;
        }
        end = line_end(text, next);
        let line = text.get(next..end).unwrap_or_default();
        if !line.is_empty() {
            let body = line.trim_start_matches([' ', '\t']);
            return line.len() == body.len() || !(body.is_empty() || body.starts_with('#'));
        }
        if end == text.len() {
            return true;
        }
    }
}

/// A finding and how far from the place it stands.
type Found<T> = Option<(usize, T)>;

struct Nearest<'t> {
    text: &'t str,
    at: usize,
    step: Found<usize>,
    dash_indent: Found<usize>,
    dash_gap: Found<usize>,
    quote: Found<char>,
}

impl<'t> Nearest<'t> {
    const fn new(text: &'t str, at: usize) -> Self {
        Self {
            text,
            at,
            step: None,
            dash_indent: None,
            dash_gap: None,
            quote: None,
        }
    }

    fn visit(&mut self, node: &Node) {
        match &node.kind {
            NodeKind::Alias { .. } => {}
            NodeKind::Scalar(scalar) => {
                let quote = match scalar.style {
                    ScalarStyle::SingleQuoted => '\'',
                    ScalarStyle::DoubleQuoted => '"',
                    _ => return,
                };
                let distance = self.at.abs_diff(node.span.start);
                keep_nearest(&mut self.quote, distance, quote);
            }
            NodeKind::Sequence { items, style } => {
                if *style == Collection::Block {
                    self.dash(node, items.first().map(AsRef::as_ref));
                }
                items.iter().for_each(|item| self.visit(item));
            }
            NodeKind::Mapping { entries, style } => {
                for entry in entries {
                    if *style == Collection::Block {
                        self.nesting(node, &entry.value);
                    }
                    self.visit(&entry.key);
                    self.visit(&entry.value);
                }
            }
        }
    }

    /// Spaces between a list's first dash and its item.
    fn dash(&mut self, list: &Node, first: Option<&Node>) {
        let Some(first) = first else { return };
        let between = self
            .text
            .get(list.span.start + 1..first.outer.start)
            .unwrap_or_default();
        if !between.is_empty() && between.bytes().all(|byte| byte == b' ') {
            let distance = self.at.abs_diff(list.span.start);
            keep_nearest(&mut self.dash_gap, distance, between.len());
        }
    }

    /// How far a block collection stands right of the key that holds it.
    fn nesting(&mut self, holder: &Node, value: &Node) {
        let is_list = match &value.kind {
            NodeKind::Sequence {
                style: Collection::Block,
                ..
            } => true,
            NodeKind::Mapping {
                style: Collection::Block,
                ..
            } => false,
            _ => return,
        };
        let (outside, inside) = (
            column(self.text, holder.span.start),
            column(self.text, value.span.start),
        );
        let Some(indent) = inside.checked_sub(outside) else {
            return;
        };
        let distance = self.at.abs_diff(value.span.start);
        if is_list {
            keep_nearest(&mut self.dash_indent, distance, indent);
        } else if indent > 0 {
            keep_nearest(&mut self.step, distance, indent);
        }
    }
}

fn keep_nearest<T>(found: &mut Found<T>, distance: usize, value: T) {
    if found.as_ref().is_none_or(|(nearer, _)| distance < *nearer) {
        *found = Some((distance, value));
    }
}
