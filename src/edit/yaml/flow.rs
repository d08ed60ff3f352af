//! Changes within brackets and braces: flow collections of YAML, and JSON.

use serde_yaml::Value;

use super::super::lines::{line_end, line_start, newline, next_line};
use super::super::text::Change;
use super::emit::{self, Unwritable};
use crate::source::Span;
use crate::yaml::{Document, Node, NodeKind, ScalarStyle};

/// How new text within brackets looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FlowStyle {
    /// The document is JSON.
    strict: bool,
    /// Strings, keys included, in double quotes.
    json: bool,
    /// The quote for strings that need one, outside JSON.
    quote: char,
    /// Nested collections on lines of their own, each indented by this; `None` for one line.
    indent: Option<String>,
    newline: &'static str,
    /// Behind commas and colons.
    space: &'static str,
}

impl FlowStyle {
    /// The style of a document; `json_like` where the neighbours have their keys in double quotes.
    pub(super) fn of(document: &Document, json_like: bool, quote: char) -> Self {
        let text = document.file.text();
        let strict = document.is_json;
        let spreads = strict && text.trim().contains(['\n', '\r']);
        let tight = strict && is_tight(text, &document.root);
        Self {
            strict,
            json: strict || json_like,
            quote,
            indent: spreads.then(|| indent_unit(text, &document.root)),
            newline: newline(text),
            space: if tight { "" } else { " " },
        }
    }

    fn string(&self, text: &str) -> Result<String, Unwritable> {
        if self.strict {
            json_string(text)
        } else {
            Ok(emit::quoted(text, '"'))
        }
    }

    fn key(&self, key: &str) -> Result<String, Unwritable> {
        if self.json {
            self.string(key)
        } else {
            emit::flow_key(key, self.quote)
        }
    }

    /// Writes a value whose line begins with `lead`.
    pub(super) fn value(&self, value: &Value, lead: &str) -> Result<String, Unwritable> {
        if !self.json {
            return emit::flow(value, self.quote);
        }
        let deeper = self.indent.as_ref().map(|unit| format!("{lead}{unit}"));
        let below = deeper.as_deref().unwrap_or_default();
        match value {
            Value::String(text) => self.string(text),
            Value::Sequence(items) if !items.is_empty() => {
                let items: Result<Vec<_>, _> =
                    items.iter().map(|item| self.value(item, below)).collect();
                Ok(self.surround('[', &items?, ']', lead))
            }
            Value::Mapping(mapping) if !mapping.is_empty() => {
                let entries: Result<Vec<_>, Unwritable> = mapping
                    .iter()
                    .map(|(key, value)| {
                        let key = key.as_str().ok_or("a mapping's keys must be strings")?;
                        self.entry(key, value, below)
                    })
                    .collect();
                Ok(self.surround('{', &entries?, '}', lead))
            }
            Value::Number(number) if self.strict => match number.as_f64() {
                Some(float) if !float.is_finite() => Err("JSON has no such number".to_owned()),
                _ => Ok(number.to_string()),
            },
            Value::Tagged(_) => Err("JSON has no tags".to_owned()),
            other => emit::flow(other, '"'),
        }
    }

    fn entry(&self, key: &str, value: &Value, lead: &str) -> Result<String, Unwritable> {
        let written = self.value(value, lead)?;
        Ok(format!("{}:{}{written}", self.key(key)?, self.space))
    }

    fn surround(&self, open: char, parts: &[String], close: char, lead: &str) -> String {
        match &self.indent {
            None => format!("{open}{}{close}", parts.join(&format!(",{}", self.space))),
            Some(unit) => {
                let start = format!("{}{lead}{unit}", self.newline);
                let parts = parts.join(&format!(",{start}"));
                format!("{open}{start}{parts}{}{lead}{close}", self.newline)
            }
        }
    }
}

pub(super) fn json_string(text: &str) -> Result<String, Unwritable> {
    serde_json::to_string(text).map_err(|error| error.to_string())
}

/// Whether all keys stand in double quotes.
pub(super) fn has_json_keys(node: &Node) -> bool {
    let NodeKind::Mapping { entries, .. } = &node.kind else {
        return false;
    };
    let double = |node: &Node| matches!(&node.kind, NodeKind::Scalar(scalar) if scalar.style == ScalarStyle::DoubleQuoted);
    !entries.is_empty() && entries.iter().all(|entry| double(&entry.key))
}

/// The indentation of the root's first child, tabs included; two spaces where it has none.
fn indent_unit(text: &str, root: &Node) -> String {
    let first = match &root.kind {
        NodeKind::Mapping { entries, .. } => entries.first().map(|entry| entry.key.outer.start),
        NodeKind::Sequence { items, .. } => items.first().map(|item| item.outer.start),
        _ => None,
    };
    let unit = first.map_or("", |at| lead(text, at));
    if unit.is_empty() {
        "  ".to_owned()
    } else {
        unit.to_owned()
    }
}

/// Whether a JSON text has no space behind its first colon.
fn is_tight(text: &str, root: &Node) -> bool {
    match &root.kind {
        NodeKind::Mapping { entries, .. } => entries.first().is_some_and(|entry| {
            let between = text.get(entry.key.outer.end..entry.value.outer.start);
            between == Some(":")
        }),
        _ => false,
    }
}

/// The white space with which the line that holds `at` begins.
pub(super) fn lead(text: &str, at: usize) -> &str {
    let line = text
        .get(line_start(text, at)..line_end(text, at))
        .unwrap_or_default();
    let body = line.trim_start_matches([' ', '\t']);
    line.get(..line.len() - body.len()).unwrap_or_default()
}

/// What a flow collection holds: where each child begins and ends, and its value.
pub(super) fn children(node: &Node) -> Vec<(Span, &Node)> {
    match &node.kind {
        NodeKind::Mapping { entries, .. } => entries
            .iter()
            .map(|entry| {
                let end = entry.value.outer.end.max(entry.key.outer.end);
                (Span::new(entry.key.outer.start, end), entry.value.as_ref())
            })
            .collect(),
        NodeKind::Sequence { items, .. } => items
            .iter()
            .map(|item| (item.outer, item.as_ref()))
            .collect(),
        _ => Vec::new(),
    }
}

/// Gives the entry behind `key`, or an item without one, another value.
pub(super) fn replace(
    text: &str,
    key: Option<&Node>,
    old: &Node,
    value: &Value,
    style: &FlowStyle,
) -> Result<Vec<Change>, Unwritable> {
    let mut written = match (value, &old.kind) {
        (Value::String(new), NodeKind::Scalar(scalar)) if !style.json && old.tag.is_none() => {
            match super::block::quote_of(scalar.style) {
                Some(quote) => emit::quoted(new, quote),
                None => emit::flow(value, style.quote)?,
            }
        }
        _ => style.value(value, lead(text, old.outer.start))?,
    };
    if let Some(anchor) = &old.anchor {
        written = format!("&{anchor} {written}");
    }
    if !old.outer.is_empty() {
        return Ok(vec![Change::replace(old.outer, written)]);
    }
    let Some(key) = key else {
        return Err("there is nothing to replace".to_owned());
    };
    let colon = super::block::skip_blank(text, key.outer.end);
    if text.get(colon..).is_some_and(|rest| rest.starts_with(':')) {
        return Ok(vec![Change::insert(colon + 1, format!(" {written}"))]);
    }
    Ok(vec![Change::insert(key.outer.end, format!(": {written}"))])
}

/// Adds an entry (with `key`) or an item behind the last one.
pub(super) fn insert(
    text: &str,
    collection: &Node,
    key: Option<&str>,
    value: &Value,
    style: &FlowStyle,
) -> Result<Vec<Change>, Unwritable> {
    let write = |lead: &str| match key {
        Some(key) => style.entry(key, value, lead),
        None => style.value(value, lead),
    };
    let outer_lead = lead(text, collection.span.start);
    let Some((last, _)) = children(collection).pop() else {
        let inside = Span::new(
            collection.span.start + 1,
            collection.span.end.saturating_sub(1),
        );
        let blank = text
            .get(inside.start..inside.end)
            .is_some_and(|t| t.trim().is_empty());
        if !blank {
            return Err("there is a comment within the empty brackets".to_owned());
        }
        return Ok(vec![match &style.indent {
            None => Change::replace(inside, write(outer_lead)?),
            Some(unit) => {
                let below = format!("{outer_lead}{unit}");
                let new = format!(
                    "{0}{below}{1}{0}{outer_lead}",
                    style.newline,
                    write(&below)?
                );
                Change::replace(inside, new)
            }
        }]);
    };
    let comma = super::block::skip_blank(text, last.end);
    let has_comma = text.get(comma..).is_some_and(|rest| rest.starts_with(','));
    let behind = if has_comma { comma + 1 } else { last.end };
    let mut changes = Vec::new();
    if !has_comma {
        changes.push(Change::insert(last.end, ","));
    }
    let closing = if has_comma { "," } else { "" };
    if !stands_alone(text, last.start) {
        let new = write(lead(text, last.start))?;
        changes.push(Change::insert(
            behind,
            format!("{}{new}{closing}", style.space),
        ));
        return Ok(changes);
    }
    let lead = lead(text, last.start);
    let new = format!("{}{lead}{}{closing}", style.newline, write(lead)?);
    let end = line_end(text, behind);
    // A comment behind the last child stays on its line; a closing bracket there does not.
    let rest = text.get(behind..end).unwrap_or_default().trim_start();
    let place = if rest.starts_with('#') { end } else { behind };
    changes.push(Change::insert(place, new));
    Ok(changes)
}

/// Whether a child has a line of its own.
fn stands_alone(text: &str, start: usize) -> bool {
    lead(text, start).len() == start - line_start(text, start)
}

/// Takes a child away, with its comma and, if it has lines of its own, those.
pub(super) fn remove(text: &str, collection: &Node, number: usize) -> Option<Vec<Change>> {
    let children = children(collection);
    let (child, _) = *children.get(number)?;
    let comma = super::block::skip_blank(text, child.end);
    let has_comma = text.get(comma..)?.starts_with(',');
    let behind = if has_comma { comma + 1 } else { child.end };
    if children.len() == 1 {
        let inside = Span::new(
            collection.span.start + 1,
            collection.span.end.saturating_sub(1),
        );
        let rest = [
            text.get(inside.start..child.start)?,
            text.get(behind..inside.end)?,
        ];
        let span = if rest.iter().all(|part| part.trim().is_empty()) {
            inside
        } else {
            Span::new(child.start, behind)
        };
        return Some(vec![Change::remove(span)]);
    }
    if let Some((next, _)) = children.get(number + 1) {
        let end = line_end(text, behind);
        let own_lines = stands_alone(text, child.start) && next.start > end;
        return Some(vec![Change::remove(if own_lines {
            Span::new(line_start(text, child.start), next_line(text, end))
        } else if text.get(behind..next.start)?.trim().is_empty() {
            Span::new(child.start, next.start)
        } else {
            Span::new(child.start, behind)
        })]);
    }
    let (previous, _) = *children.get(number.checked_sub(1)?)?;
    let before = text.get(previous.end..child.start)?;
    if before.trim() == "," && !has_comma {
        return Some(vec![Change::remove(Span::new(previous.end, child.end))]);
    }
    let mut changes = Vec::new();
    if !has_comma {
        let comma = super::block::skip_blank(text, previous.end);
        text.get(comma..)?.starts_with(',').then_some(())?;
        changes.push(Change::remove(Span::new(comma, comma + 1)));
    }
    let end = line_end(text, behind);
    let rest = text.get(behind..end)?.trim_start();
    let own_lines = stands_alone(text, child.start) && (rest.is_empty() || rest.starts_with('#'));
    changes.push(Change::remove(if own_lines {
        Span::new(line_start(text, child.start), next_line(text, end))
    } else {
        Span::new(child.start, behind)
    }));
    Some(changes)
}
