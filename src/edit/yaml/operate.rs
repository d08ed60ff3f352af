//! Turns an operation on a path into changes of the text.

use serde_yaml::value::{Tag, TaggedValue};
use serde_yaml::{Mapping, Value};

use super::super::EditError;
use super::super::lines::column;
use super::super::text::Change;
use super::Place;
use super::block::{self, At, Child};
use super::emit::{self, Unwritable};
use super::flow::{self, FlowStyle};
use super::intent::Operation;
use super::locate::{self, Located, Uses, describe, is_flow, is_plain_null, own_entry};
use super::path::{Path, Step};
use super::style::Style;
use crate::source::Span;
use crate::yaml::{Document, Node, NodeKind};

/// The changes of the document's text that perform an operation.
pub(super) fn changes(
    document: &Document,
    path: &Path,
    operation: &Operation,
    place: Place<'_>,
) -> Result<Vec<Change>, EditError> {
    let work = Work {
        document,
        path,
        uses: Uses::of(document),
    };
    match operation {
        Operation::Set(value) => work.set(value, place),
        Operation::Append(item) => work.append(item),
        Operation::Wrap => work.wrap(),
        Operation::Rename(name) => work.rename(name),
        Operation::Remove => work.remove(),
    }
}

/// Whether a value stands where a list of such values may stand as well.
pub(super) fn is_single(located: &Located<'_>) -> bool {
    let node = located.node;
    let is_list = matches!(node.kind, NodeKind::Sequence { .. });
    !is_list && !is_plain_null(node) && !is_no_value(node) && if_call(located).is_none()
}

fn is_no_value(node: &Node) -> bool {
    let name = match &node.kind {
        NodeKind::Scalar(scalar) => {
            let is_ref = node.tag.as_ref().is_some_and(|tag| tag.name == "!Ref");
            is_ref.then_some(scalar.text.as_str())
        }
        NodeKind::Mapping { entries, .. } if entries.len() == 1 && node.tag.is_none() => {
            node.get("Ref").and_then(|value| value.as_text())
        }
        _ => None,
    };
    name == Some("AWS::NoValue")
}

struct Work<'d> {
    document: &'d Document,
    path: &'d Path,
    uses: Uses<'d>,
}

impl<'d> Work<'d> {
    fn text(&self) -> &'d str {
        self.document.file.text()
    }

    fn unwritable(&self, why: impl Into<Unwritable>) -> EditError {
        EditError::Unwritable {
            path: self.path.to_string(),
            why: why.into(),
        }
    }

    fn set(&self, value: &Value, place: Place<'_>) -> Result<Vec<Change>, EditError> {
        let located = locate::locate(self.document, self.path)?;
        self.uses.refuse_shared_way(&located, self.path)?;
        let Some((first, rest)) = located.missing.split_first() else {
            self.uses
                .refuse_lost_anchor(located.node.outer, self.path)?;
            return self.replace(&located, value);
        };
        let Step::Key(key) = first else {
            return Err(EditError::Missing {
                path: self.path.to_string(),
                span: located.node.outer,
            });
        };
        let value = self.nested(rest, value.clone())?;
        if is_plain_null(located.node) {
            return self.replace(&located, &single_entry(key, value));
        }
        self.insert_entry(&located, key, &value, place)
    }

    /// The value with mappings around it for the keys of `steps`.
    fn nested(&self, steps: &[Step], value: Value) -> Result<Value, EditError> {
        steps
            .iter()
            .rev()
            .try_fold(value, |inner, step| match step {
                Step::Key(key) => Ok(single_entry(key, inner)),
                Step::Index(_) => Err(EditError::Missing {
                    path: self.path.to_string(),
                    span: self.document.root.outer,
                }),
            })
    }

    fn replace(&self, located: &Located<'d>, value: &Value) -> Result<Vec<Change>, EditError> {
        let Some(parent) = located.parent() else {
            return Err(self.unwritable("it is the whole document"));
        };
        let style = Style::near(self.document, located.node.outer.start);
        let changes = if located.in_flow() {
            let key = match &parent.node.kind {
                NodeKind::Mapping { entries, .. } => entries.get(parent.child).map(|e| &*e.key),
                _ => None,
            };
            let style = self.flow_style(located, value, &style);
            flow::replace(self.text(), key, located.node, value, &style)
        } else {
            block::replace(self.text(), &self.child(parent)?, value, &style)
        };
        changes.map_err(|why| self.unwritable(why))
    }

    fn flow_style(&self, located: &Located<'d>, value: &Value, style: &Style) -> FlowStyle {
        let around = located.links.iter().rev().map(|link| link.node);
        let json_like = std::iter::once(located.node)
            .chain(around)
            .filter(|node| is_flow(node) && node.is_mapping())
            .any(flow::has_json_keys);
        FlowStyle::of(self.document, json_like && !has_tags(value), style.quote)
    }

    /// The child of a block collection that a link leads to.
    fn child(&self, link: locate::Link<'d>) -> Result<Child<'d>, EditError> {
        block::children(self.text(), link.node)
            .and_then(|children| children.get(link.child).copied())
            .ok_or_else(|| self.unwritable("the text around it has an unusual form"))
    }

    fn insert_entry(
        &self,
        located: &Located<'d>,
        key: &str,
        value: &Value,
        place: Place<'_>,
    ) -> Result<Vec<Change>, EditError> {
        let node = located.node;
        let style = Style::near(self.document, node.span.end);
        if is_flow(node) {
            let style = self.flow_style(located, value, &style);
            return flow::insert(self.text(), node, Some(key), value, &style)
                .map_err(|why| self.unwritable(why));
        }
        let siblings = self.siblings(located)?;
        let at = match (place, &node.kind) {
            (Place::Before(other), NodeKind::Mapping { entries, .. }) => {
                own_entry(entries, other).map_or(At::End, At::Before)
            }
            _ => At::End,
        };
        let column = column(self.text(), node.span.start);
        let style = match at {
            At::End => block::style_at_end(self.text(), &siblings, &style),
            At::Before(_) => Style {
                literal: false,
                ..style
            },
        };
        let lines =
            emit::block_entry(key, value, column, &style).map_err(|why| self.unwritable(why))?;
        self.inserted(block::insert(self.text(), &siblings, at, &lines, &style))
    }

    fn inserted(&self, change: Result<Change, Unwritable>) -> Result<Vec<Change>, EditError> {
        change
            .map(|change| vec![change])
            .map_err(|why| self.unwritable(why))
    }

    /// The children of a block collection that is not a pair within brackets, such as `[a: b]`.
    fn siblings(&self, located: &Located<'d>) -> Result<Vec<Child<'d>>, EditError> {
        if located.in_flow() {
            return Err(self.unwritable("it is a pair without braces within brackets"));
        }
        block::children(self.text(), located.node)
            .ok_or_else(|| self.unwritable("the text around it has an unusual form"))
    }

    fn append(&self, item: &Value) -> Result<Vec<Change>, EditError> {
        let located = locate::locate_existing(self.document, self.path)?;
        let mut changes = Vec::new();
        self.append_to(located, item, &mut changes)?;
        Ok(changes)
    }

    fn append_to(
        &self,
        located: Located<'d>,
        item: &Value,
        changes: &mut Vec<Change>,
    ) -> Result<(), EditError> {
        self.uses.refuse_shared_way(&located, self.path)?;
        let node = located.node;
        if is_plain_null(node) || is_no_value(node) {
            self.uses.refuse_lost_anchor(node.outer, self.path)?;
            changes.extend(self.replace(&located, &Value::Sequence(vec![item.clone()]))?);
            return Ok(());
        }
        if let Some(call) = if_call(&located) {
            for branch in [1, 2] {
                if let Some(branch) = child_of(&call, branch) {
                    self.append_to(branch, item, changes)?;
                }
            }
            return Ok(());
        }
        match &node.kind {
            NodeKind::Sequence { .. } if node.tag.is_none() => {
                changes.extend(self.insert_item(&located, item)?);
                Ok(())
            }
            NodeKind::Alias { name, .. } => Err(EditError::Shared {
                path: self.path.to_string(),
                how: format!("`*{name}` shows a list that stands elsewhere"),
                span: node.span,
            }),
            _ => Err(EditError::Kind {
                path: self.path.to_string(),
                found: describe(node),
                wanted: "a list".to_owned(),
                span: node.outer,
            }),
        }
    }

    fn insert_item(&self, located: &Located<'d>, item: &Value) -> Result<Vec<Change>, EditError> {
        let node = located.node;
        let style = Style::near(self.document, node.span.start);
        if is_flow(node) {
            let style = self.flow_style(located, item, &style);
            return flow::insert(self.text(), node, None, item, &style)
                .map_err(|why| self.unwritable(why));
        }
        let siblings = self.siblings(located)?;
        let column = column(self.text(), node.span.start);
        let style = block::style_at_end(self.text(), &siblings, &style);
        let lines = emit::block_item(item, column, &style).map_err(|why| self.unwritable(why))?;
        self.inserted(block::insert(
            self.text(),
            &siblings,
            At::End,
            &lines,
            &style,
        ))
    }

    fn wrap(&self) -> Result<Vec<Change>, EditError> {
        let mut located = locate::locate_existing(self.document, self.path)?;
        let node = located.node;
        let Some(parent) = located.parent() else {
            return Err(self.unwritable("it is the whole document"));
        };
        let in_flow = located.in_flow();
        // The value keeps its anchor, so only what is around it may not be shared.
        located.node = parent.node;
        self.uses.refuse_shared_way(&located, self.path)?;
        if in_flow {
            return Ok(vec![
                Change::insert(node.outer.start, "["),
                Change::insert(node.outer.end, "]"),
            ]);
        }
        let style = Style::near(self.document, node.outer.start);
        block::wrap(self.text(), &self.child(parent)?, &style).ok_or_else(|| {
            self.unwritable("a value that begins on its key's line and ends on another")
        })
    }

    fn rename(&self, name: &str) -> Result<Vec<Change>, EditError> {
        let located = locate::locate_existing(self.document, self.path)?;
        let (parent, key) = self.own_key(&located)?;
        if let Some(entry) = parent.node.entry(name) {
            return Err(EditError::Exists {
                path: name.to_owned(),
                span: entry.key.outer,
            });
        }
        let in_flow = located.in_flow();
        let mut way = located;
        way.node = parent.node;
        self.uses.refuse_shared_way(&way, self.path)?;
        self.uses.refuse_lost_anchor(key.outer, self.path)?;
        let quote = match &key.kind {
            NodeKind::Scalar(scalar) => block::key_quote(scalar.style)
                .ok_or_else(|| self.unwritable("the key is a block scalar"))?,
            _ => None,
        };
        let text = match quote {
            _ if self.document.is_json => flow::json_string(name),
            Some(quote) => Ok(emit::quoted(name, quote)),
            None if in_flow => emit::flow_key(name, '"'),
            None => emit::key_text(name, '"'),
        };
        let text = text.map_err(|why| self.unwritable(why))?;
        Ok(vec![Change::replace(key.span, text)])
    }

    /// The key that the path ends with, if it stands once and hides no merged one.
    fn own_key(&self, located: &Located<'d>) -> Result<(locate::Link<'d>, &'d Node), EditError> {
        let missing = || EditError::Missing {
            path: self.path.to_string(),
            span: located.node.outer,
        };
        let parent = located.parent().ok_or_else(missing)?;
        let NodeKind::Mapping { entries, .. } = &parent.node.kind else {
            return Err(missing());
        };
        let key = &*entries.get(parent.child).ok_or_else(missing)?.key;
        let name = key.as_str().unwrap_or_default();
        if entries
            .iter()
            .filter(|entry| locate::is_key(&entry.key, name))
            .count()
            > 1
        {
            return Err(EditError::Duplicate {
                path: self.path.to_string(),
                span: key.outer,
            });
        }
        if parent.node.merged_entry(name).is_some() {
            return Err(EditError::Shared {
                path: self.path.to_string(),
                how: format!("without it, `{name}` would come in by a merge key (`<<`)"),
                span: key.outer,
            });
        }
        Ok((parent, key))
    }

    fn remove(&self) -> Result<Vec<Change>, EditError> {
        let mut located = locate::locate_existing(self.document, self.path)?;
        let Some(parent) = located.parent() else {
            return Err(self.unwritable("it is the whole document"));
        };
        if parent.node.is_mapping() {
            self.own_key(&located)?;
        }
        located.links.pop();
        located.node = parent.node;
        self.uses.refuse_shared_way(&located, self.path)?;
        let unusual = || self.unwritable("the text around it has an unusual form");
        if is_flow(parent.node) {
            let children = flow::children(parent.node);
            let (span, _) = children.get(parent.child).ok_or_else(unusual)?;
            self.uses.refuse_lost_anchor(*span, self.path)?;
            return flow::remove(self.text(), parent.node, parent.child).ok_or_else(unusual);
        }
        let siblings = self.siblings(&located)?;
        let child = siblings.get(parent.child).ok_or_else(unusual)?;
        let gone = Span::new(child.start, child.value.outer.end);
        self.uses.refuse_lost_anchor(gone, self.path)?;
        if siblings.len() == 1 {
            return self.replace(&located, &emptied(parent.node));
        }
        block::remove(self.text(), &siblings, parent.child).map_err(|why| self.unwritable(why))
    }
}

fn single_entry(key: &str, value: Value) -> Value {
    let mut mapping = Mapping::new();
    mapping.insert(Value::from(key), value);
    Value::Mapping(mapping)
}

fn has_tags(value: &Value) -> bool {
    match value {
        Value::Tagged(_) => true,
        Value::Sequence(items) => items.iter().any(has_tags),
        Value::Mapping(mapping) => mapping.values().any(has_tags),
        _ => false,
    }
}

/// The empty collection of a node's kind, with its tag.
fn emptied(node: &Node) -> Value {
    let value = if node.is_mapping() {
        Value::Mapping(Mapping::new())
    } else {
        Value::Sequence(Vec::new())
    };
    match &node.tag {
        Some(tag) => Value::Tagged(Box::new(TaggedValue {
            tag: Tag::new(&tag.name),
            value,
        })),
        None => value,
    }
}

/// The arguments of `!If` or `Fn::If`, if that is what was located.
fn if_call<'d>(located: &Located<'d>) -> Option<Located<'d>> {
    let node = located.node;
    match &node.kind {
        NodeKind::Sequence { items, .. } if items.len() == 3 => {
            let is_if = node.tag.as_ref().is_some_and(|tag| tag.name == "!If");
            is_if.then(|| located.clone())
        }
        NodeKind::Mapping { entries, .. } if entries.len() == 1 && node.tag.is_none() => {
            own_entry(entries, "Fn::If")?;
            let arguments = child_of(located, 0)?;
            match &arguments.node.kind {
                NodeKind::Sequence { items, .. }
                    if items.len() == 3 && arguments.node.tag.is_none() =>
                {
                    Some(arguments)
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// The child of a located collection.
fn child_of<'d>(located: &Located<'d>, child: usize) -> Option<Located<'d>> {
    let node = match &located.node.kind {
        NodeKind::Sequence { items, .. } => &**items.get(child)?,
        NodeKind::Mapping { entries, .. } => &*entries.get(child)?.value,
        _ => return None,
    };
    let mut links = located.links.clone();
    links.push(locate::Link {
        node: located.node,
        child,
    });
    Some(Located {
        links,
        node,
        missing: Vec::new(),
    })
}
