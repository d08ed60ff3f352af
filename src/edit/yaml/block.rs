//! Changes of block collections: entries and items that stand on lines of their own.

use serde_yaml::Value;

use super::super::lines::{before_line, begins_line, column, line_end, line_start, next_line};
use super::super::text::Change;
use super::emit::{self, Holder, Unwritable, Written};
use super::style::Style;
use crate::source::Span;
use crate::yaml::{Node, NodeKind, Scalar, ScalarStyle};

/// A child of a block collection, with the key or dash that introduces it.
#[derive(Clone, Copy)]
pub(super) struct Child<'d> {
    /// Where the key, its `?`, or the dash stands.
    pub(super) start: usize,
    /// Offset behind the colon or the dash.
    pub(super) head_end: usize,
    pub(super) value: &'d Node,
    pub(super) holder: Holder,
}

impl Child<'_> {
    fn end(&self) -> usize {
        self.value.outer.end.max(self.head_end)
    }
}

/// The children of a block collection; `None` where a colon or dash is not found.
pub(super) fn children<'d>(text: &str, node: &'d Node) -> Option<Vec<Child<'d>>> {
    let mut behind = node.span.start;
    let mut found = Vec::new();
    match &node.kind {
        NodeKind::Mapping { entries, .. } => {
            for entry in entries {
                let start = skip_blank(text, behind).min(entry.key.outer.start);
                let colon = skip_blank(text, entry.key.outer.end);
                text.get(colon..)?.starts_with(':').then_some(())?;
                let child = Child {
                    start,
                    head_end: colon + 1,
                    value: &entry.value,
                    holder: Holder::Key,
                };
                behind = child.end();
                found.push(child);
            }
        }
        NodeKind::Sequence { items, .. } => {
            for item in items {
                let start = skip_blank(text, behind);
                text.get(start..)?.starts_with('-').then_some(())?;
                let child = Child {
                    start,
                    head_end: start + 1,
                    value: item,
                    holder: Holder::Dash,
                };
                behind = child.end();
                found.push(child);
            }
        }
        _ => return None,
    }
    Some(found)
}

/// The first byte at or behind `at` that is neither white space nor comment.
pub(super) fn skip_blank(text: &str, mut at: usize) -> usize {
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let trimmed = rest.trim_start_matches([' ', '\t', '\n', '\r']);
        at += rest.len() - trimmed.len();
        if !trimmed.starts_with('#') {
            return at;
        }
        at = line_end(text, at);
    }
}

/// Gives a child another value.
pub(super) fn replace(
    text: &str,
    child: &Child<'_>,
    value: &Value,
    style: &Style,
) -> Result<Vec<Change>, Unwritable> {
    let column = column(text, child.start);
    let end = text_end(text, child.value.outer).max(child.head_end);
    let behind = text.get(end..line_end(text, end)).unwrap_or_default();
    let mut style = style.ending_at(text, end);
    style.literal &= is_blank(behind);
    let style = &style;
    let mut written = emit::block(value, column, child.holder, style)?;
    keep_quotes(value, child.value, &mut written);
    keep_anchor(child.value, &mut written);
    let old = child.value.outer;
    let old_end = text_end(text, old);
    let head_line_end = line_end(text, child.head_end);
    let lines = below(&written.lines, style);
    if old.is_empty() || old.start <= head_line_end {
        let old = if old.is_empty() {
            Span::at(child.head_end)
        } else {
            Span::new(old.start, old_end)
        };
        return Ok(replace_behind_head(
            text, child, old, &written, lines, style,
        ));
    }
    // The old value stands on the lines below its key.
    if written.inline.is_empty() {
        let from = before_line(text, old.start);
        return Ok(vec![Change::replace(Span::new(from, old_end), lines)]);
    }
    Ok(vec![
        Change::insert(child.head_end, spaced(&written.inline)),
        Change::remove(Span::new(head_line_end, old_end)),
        Change::insert(line_end(text, old_end), lines),
    ])
}

/// The old value begins on the line of its key or dash; a comment behind it stays there.
fn replace_behind_head(
    text: &str,
    child: &Child<'_>,
    old: Span,
    written: &Written,
    lines: String,
    style: &Style,
) -> Vec<Change> {
    let end = line_end(text, old.end);
    let behind = text.get(old.end..end).unwrap_or_default();
    if written.inline.is_empty() {
        if child.holder == Holder::Dash && is_blank(behind) {
            // The first entry or item goes behind the dash, as the others have it.
            let first = lines.trim_start_matches(['\r', '\n', ' ']);
            let compact = format!("{}{first}", emit::spaces(style.dash_gap));
            return vec![Change::replace(Span::new(child.head_end, end), compact)];
        }
        let gone = Change::remove(Span::new(child.head_end, old.end));
        return vec![gone, Change::insert(end, lines)];
    }
    let first = if old.is_empty() {
        Change::insert(old.start, spaced(&written.inline))
    } else {
        Change::replace(old, written.inline.clone())
    };
    vec![first, Change::insert(end, lines)]
}

/// A quoted string that is replaced by a string keeps its quotes.
fn keep_quotes(value: &Value, old: &Node, written: &mut Written) {
    let (Value::String(text), NodeKind::Scalar(Scalar { style, .. })) = (value, &old.kind) else {
        return;
    };
    if let Some(quote) = quote_of(*style).filter(|_| old.tag.is_none() && written.lines.is_empty())
    {
        written.inline = emit::quoted(text, quote);
    }
}

/// The quote of a quoted style.
pub(super) const fn quote_of(style: ScalarStyle) -> Option<char> {
    match style {
        ScalarStyle::SingleQuoted => Some('\''),
        ScalarStyle::DoubleQuoted => Some('"'),
        _ => None,
    }
}

/// The quote of a key's style, if any; `None` for block scalars.
pub(super) const fn key_quote(style: ScalarStyle) -> Option<Option<char>> {
    match style {
        ScalarStyle::Literal | ScalarStyle::Folded => None,
        other => Some(quote_of(other)),
    }
}

/// An anchor that nothing uses stays; one in use has been refused before.
fn keep_anchor(old: &Node, written: &mut Written) {
    if let Some(anchor) = &old.anchor {
        let space = if written.inline.is_empty() { "" } else { " " };
        written.inline = format!("&{anchor}{space}{}", written.inline);
    }
}

fn spaced(inline: &str) -> String {
    if inline.is_empty() {
        String::new()
    } else {
        format!(" {inline}")
    }
}

/// Lines as they follow the end of a line.
fn below(lines: &[String], style: &Style) -> String {
    lines.iter().fold(String::new(), |mut text, line| {
        text.push_str(style.newline);
        text.push_str(line);
        text
    })
}

/// The end of a value's text: without the line breaks that a block scalar's span closes with.
fn text_end(text: &str, span: Span) -> usize {
    let inside = text.get(span.start..span.end).unwrap_or_default();
    let trimmed = inside.trim_end_matches(['\n', '\r']);
    span.start + trimmed.len()
}

/// Where new lines go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    /// Behind the last child.
    End,
    /// Before the child with this number, and the comment that belongs to it.
    Before(usize),
}

/// Puts the lines of a new child among the children, which stand at `column`.
pub(super) fn insert(
    text: &str,
    siblings: &[Child<'_>],
    at: At,
    lines: &[String],
    style: &Style,
) -> Result<Change, Unwritable> {
    let first = siblings.first().ok_or(UNUSUAL)?;
    let column = column(text, first.start);
    if let At::Before(number) = at
        && let Some(child) = siblings.get(number)
        && begins_line(text, child.start)
    {
        let start = own_lines_start(text, child.start, column);
        let mut new = lines.join(style.newline);
        new.push_str(style.newline);
        if has_blank_above(text, child) {
            new.push_str(style.newline);
        }
        return Ok(Change::insert(start, new));
    }
    let last = siblings.last().ok_or(UNUSUAL)?;
    if let Some(span) = last_block_scalar(last.value)
        && open_end_matters(text, span)
    {
        return Err(OPEN_END.to_owned());
    }
    let place = end_of_child(text, last, column);
    let apart = are_apart(text, siblings) && !ends_with_kept_breaks(text, last.value);
    let blank = if apart { style.newline } else { "" };
    if text
        .get(..place)
        .is_some_and(|before| before.ends_with(['\n', '\r']))
    {
        let new = format!("{blank}{}{}", lines.join(style.newline), style.newline);
        return Ok(Change::insert(place, new));
    }
    Ok(Change::insert(
        place,
        format!("{blank}{}", below(lines, style)),
    ))
}

const UNUSUAL: &str = "the text around it has an unusual form";

const OPEN_END: &str = "the block scalar above ends with the file, without a line break, and would \
                        read as another text elsewhere";

/// Whether a block scalar ends with the file, without a line break, so that it has none either.
fn open_end_matters(text: &str, scalar: Span) -> bool {
    let inside = text.get(scalar.start..scalar.end).unwrap_or_default();
    scalar.end == text.len() && !inside.ends_with(['\n', '\r']) && !has_chomping(text, scalar, '-')
}

/// Whether a block scalar's header has the chomping indicator `wanted`.
fn has_chomping(text: &str, scalar: Span, wanted: char) -> bool {
    let inside = text.get(scalar.start..scalar.end).unwrap_or_default();
    let header = inside.lines().next().unwrap_or_default();
    let header = header.split('#').next().unwrap_or_default();
    header.contains(wanted)
}

/// Whether a value ends with a block scalar that keeps the blank lines below it (`|+`).
fn ends_with_kept_breaks(text: &str, value: &Node) -> bool {
    last_block_scalar(value).is_some_and(|span| has_chomping(text, span, '+'))
}

const SWALLOWED: &str = "a comment below it would become part of the block scalar above it";

/// Whether the line at `at` would become part of the block scalar that `value` ends with.
fn would_swallow(text: &str, value: &Node, at: usize) -> bool {
    let Some(scalar) = last_block_scalar(value) else {
        return false;
    };
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let inside = text.get(scalar.start..scalar.end).unwrap_or_default();
    let content = inside.lines().skip(1).find(|line| !is_blank(line));
    let below = text.get(at..).unwrap_or_default();
    let below = below
        .lines()
        .find(|line| !line.is_empty())
        .unwrap_or_default();
    content.is_some_and(|content| indent(below) >= indent(content))
}

/// Whether blank lines part the children.
fn are_apart(text: &str, siblings: &[Child<'_>]) -> bool {
    let mut later = siblings.iter().skip(1);
    siblings.len() > 1 && later.all(|child| has_blank_above(text, child))
}

/// Whether a blank line stands above a child and its comment.
fn has_blank_above(text: &str, child: &Child<'_>) -> bool {
    let start = own_lines_start(text, child.start, column(text, child.start));
    let above = before_line(text, start);
    start > 0
        && text
            .get(line_start(text, above)..above)
            .is_some_and(is_blank)
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

/// The style for new text behind the last child.
pub(super) fn style_at_end(text: &str, siblings: &[Child<'_>], style: &Style) -> Style {
    let end = siblings.last().map(|last| {
        let column = siblings
            .first()
            .map_or(0, |first| column(text, first.start));
        end_of_child(text, last, column)
    });
    style.ending_at(text, end.unwrap_or(text.len()))
}

/// Where the lines of a child end: before the line break that closes the last of them and of the
/// comments that stand below it at its own indentation or deeper.
fn end_of_child(text: &str, child: &Child<'_>, column: usize) -> usize {
    let end = child.end();
    let mut place = match last_block_scalar(child.value) {
        None => line_end(text, end),
        Some(span) if has_chomping(text, span, '+') => return span.end,
        Some(span) => text_end(text, span),
    };
    loop {
        let next = next_line(text, place);
        let line = text.get(next..line_end(text, next)).unwrap_or_default();
        let body = line.trim_start_matches(' ');
        if next == place || !body.starts_with('#') || line.len() - body.len() < column {
            return place;
        }
        place = next + line.len();
    }
}

/// The span of the block scalar that a value ends with.
fn last_block_scalar(node: &Node) -> Option<Span> {
    match &node.kind {
        NodeKind::Scalar(Scalar {
            style: ScalarStyle::Literal | ScalarStyle::Folded,
            ..
        }) => Some(node.span),
        NodeKind::Sequence { items, .. } => last_block_scalar(items.last()?),
        NodeKind::Mapping { entries, .. } => last_block_scalar(&entries.last()?.value),
        _ => None,
    }
}

/// Where the comment lines begin that stand directly above a child, at its indentation; its own
/// line where there are none.
fn own_lines_start(text: &str, child_start: usize, column: usize) -> usize {
    let mut start = line_start(text, child_start);
    while start > 0 {
        let end = before_line(text, start);
        let above = line_start(text, end);
        let line = text.get(above..end).unwrap_or_default();
        let body = line.trim_start_matches(' ');
        if !body.starts_with('#') || line.len() - body.len() != column || above >= start {
            break;
        }
        start = above;
    }
    start
}

/// Takes a child away, with its lines and its own comment. The collection keeps other children.
pub(super) fn remove(
    text: &str,
    siblings: &[Child<'_>],
    number: usize,
) -> Result<Vec<Change>, Unwritable> {
    let child = siblings.get(number).ok_or(UNUSUAL)?;
    let old = Span::new(child.start, child.end());
    let mut end = line_end(text, text_end(text, old));
    if !begins_line(text, child.start) {
        // It shares its line with the dash or key that holds the collection.
        let next = siblings.get(number + 1).ok_or(UNUSUAL)?;
        let between = text.get(end..next.start).ok_or(UNUSUAL)?;
        let from = child.start;
        if is_blank(between) {
            return Ok(vec![Change::remove(Span::new(from, next.start))]);
        }
        let before = text.get(..from).ok_or(UNUSUAL)?;
        let kept = before.trim_end_matches(' ').len();
        return Ok(vec![Change::remove(Span::new(kept, end))]);
    }
    let mut start = own_lines_start(text, child.start, column(text, child.start));
    let next = next_line(text, end);
    if next == end {
        // The last line has no line break, so the one before it shall have none.
        let above = text.get(..start).unwrap_or_default();
        start = above.trim_end_matches(['\r', '\n']).len();
        let above = number.checked_sub(1).and_then(|above| siblings.get(above));
        if let Some(scalar) = above.and_then(|above| last_block_scalar(above.value)) {
            let kept = text.get(..start).unwrap_or_default();
            if open_end_matters(kept, Span::new(scalar.start, start)) {
                return Err(OPEN_END.to_owned());
            }
        }
    } else {
        end = next;
        let above = number.checked_sub(1).and_then(|above| siblings.get(above));
        if above.is_some_and(|above| ends_with_kept_breaks(text, above.value)) {
            // Blank lines below would become part of the text above.
            let rest = text.get(end..).unwrap_or_default();
            end += rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        }
        if above.is_some_and(|above| would_swallow(text, above.value, end)) {
            return Err(SWALLOWED.to_owned());
        }
    }
    Ok(vec![Change::remove(Span::new(start, end))])
}

/// Makes a child's value the only item of a list.
pub(super) fn wrap(text: &str, child: &Child<'_>, style: &Style) -> Option<Vec<Change>> {
    let holder_column = column(text, child.start);
    let dash_column = match child.holder {
        Holder::Key => holder_column + style.dash_indent,
        Holder::Dash => holder_column + style.item_indent(),
    };
    let dash = format!("-{}", emit::spaces(style.dash_gap));
    let old = child.value.outer;
    let old_end = text_end(text, old);
    let head_line_end = line_end(text, child.head_end);
    if old_end <= head_line_end {
        let item = format!(
            "{}{}{dash}{}",
            style.newline,
            emit::spaces(dash_column),
            text.get(old.start..old_end)?
        );
        return Some(vec![
            Change::remove(Span::new(child.head_end, old_end)),
            Change::insert(head_line_end, item),
        ]);
    }
    if old.start <= head_line_end {
        return None;
    }
    let new_column = dash_column + dash.len();
    let old_column = column(text, old.start);
    let mut changes = Vec::new();
    let mut at = line_start(text, old.start);
    while at < old_end {
        let end = line_end(text, at);
        let line = text.get(at..end)?;
        let indent = line.len() - line.trim_start_matches(' ').len();
        if changes.is_empty() {
            let lead = format!("{}{dash}", emit::spaces(dash_column));
            changes.push(Change::replace(Span::new(at, at + indent), lead));
        } else if !is_blank(line) {
            let shifted = (indent + new_column).saturating_sub(old_column);
            changes.push(Change::replace(
                Span::new(at, at + indent),
                emit::spaces(shifted),
            ));
        }
        at = next_line(text, end);
    }
    Some(changes)
}
