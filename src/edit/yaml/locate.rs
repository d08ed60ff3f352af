//! Finds the node that a path names, and refuses where an edit of it would change other places.

use std::sync::Arc;

use super::super::EditError;
use super::path::{Path, Step};
use crate::source::Span;
use crate::yaml::{Collection, Document, Entry, Node, NodeKind};

/// A collection on the way to a node, and which of its children the way takes.
#[derive(Clone, Copy)]
pub(super) struct Link<'d> {
    pub(super) node: &'d Node,
    pub(super) child: usize,
}

/// How far a path leads.
#[derive(Clone)]
pub(super) struct Located<'d> {
    /// The collections from the root down to the one that holds [`Located::node`].
    pub(super) links: Vec<Link<'d>>,
    /// The last node there is.
    pub(super) node: &'d Node,
    /// The steps that the document has no value for.
    pub(super) missing: Vec<Step>,
}

impl<'d> Located<'d> {
    /// Whether the node stands within brackets, where indentation means nothing.
    pub(super) fn in_flow(&self) -> bool {
        self.links.iter().any(|link| is_flow(link.node))
    }

    /// The collection that holds the node.
    pub(super) fn parent(&self) -> Option<Link<'d>> {
        self.links.last().copied()
    }
}

pub(super) fn is_flow(node: &Node) -> bool {
    matches!(
        node.kind,
        NodeKind::Sequence {
            style: Collection::Flow,
            ..
        } | NodeKind::Mapping {
            style: Collection::Flow,
            ..
        }
    )
}

/// The entry of a mapping's own string key: the last one, as PyYAML takes it.
pub(super) fn own_entry(entries: &[Entry], key: &str) -> Option<usize> {
    entries.iter().rposition(|entry| is_key(&entry.key, key))
}

/// Whether a node is the string key `key`.
pub(super) fn is_key(node: &Node, key: &str) -> bool {
    node.target().tag.is_none() && node.as_str() == Some(key) && !node.is_merge_key()
}

/// Follows `path` as far as the document has values for it.
pub(super) fn locate<'d>(document: &'d Document, path: &Path) -> Result<Located<'d>, EditError> {
    let mut links = Vec::new();
    let mut node: &Node = &document.root;
    for (at, step) in path.steps().iter().enumerate() {
        if let NodeKind::Alias { name, .. } = &node.kind {
            return Err(EditError::Shared {
                path: path.to_string(),
                how: format!(
                    "`*{name}` stands on the way to it, and the edit would change every place that uses `&{name}`"
                ),
                span: node.span,
            });
        }
        let found = match (step, &node.kind) {
            (Step::Key(key), NodeKind::Mapping { entries, .. }) => {
                own_entry(entries, key).and_then(|child| Some((child, &entries.get(child)?.value)))
            }
            (Step::Index(index), NodeKind::Sequence { items, .. }) => {
                items.get(*index).map(|item| (*index, item))
            }
            (Step::Key(_), _) if is_plain_null(node) => None,
            (Step::Key(_), _) => return Err(kind(path, at, node, "a mapping")),
            (Step::Index(_), _) => return Err(kind(path, at, node, "a list")),
        };
        let Some((child, next)) = found else {
            let missing: Vec<Step> = path.steps().iter().skip(at).cloned().collect();
            refuse_merged(node, path, &missing)?;
            return Ok(Located {
                links,
                node,
                missing,
            });
        };
        links.push(Link { node, child });
        node = next;
    }
    let missing = Vec::new();
    Ok(Located {
        links,
        node,
        missing,
    })
}

/// As [`locate`], where the path must lead to a value.
pub(super) fn locate_existing<'d>(
    document: &'d Document,
    path: &Path,
) -> Result<Located<'d>, EditError> {
    let located = locate(document, path)?;
    if located.missing.is_empty() {
        return Ok(located);
    }
    if let Some(Step::Key(key)) = located.missing.first()
        && let Some(entry) = located.node.entry(key)
    {
        return Err(merged(path, key, entry.key.span));
    }
    Err(EditError::Missing {
        path: path.to_string(),
        span: located.node.span,
    })
}

/// An item added to a list that comes in by a merge key would change the list for others.
pub(super) fn refuse_merged_list(located: &Located<'_>, path: &Path) -> Result<(), EditError> {
    match located.missing.first() {
        Some(Step::Key(key)) => match located.node.entry(key) {
            Some(entry) => Err(merged(path, key, entry.key.span)),
            None => Ok(()),
        },
        _ => Ok(()),
    }
}

/// A value set below a mapping that comes in by a merge key would hide the merged one's other
/// entries; only the last key may be overridden.
fn refuse_merged(node: &Node, path: &Path, missing: &[Step]) -> Result<(), EditError> {
    match missing {
        [Step::Key(key), _, ..] => match node.entry(key) {
            Some(entry) => Err(merged(path, key, entry.key.span)),
            None => Ok(()),
        },
        _ => Ok(()),
    }
}

fn merged(path: &Path, key: &str, span: Span) -> EditError {
    EditError::Shared {
        path: path.to_string(),
        how: format!("`{key}` comes in by a merge key (`<<`)"),
        span,
    }
}

/// An untagged null, which may become a collection.
pub(super) fn is_plain_null(node: &Node) -> bool {
    !matches!(node.kind, NodeKind::Alias { .. }) && node.tag.is_none() && node.is_null()
}

fn kind(path: &Path, steps: usize, node: &Node, wanted: &str) -> EditError {
    let before: Vec<Step> = path.steps().iter().take(steps).cloned().collect();
    EditError::Kind {
        path: Path::from(before).to_string(),
        found: describe(node),
        wanted: wanted.to_owned(),
        span: node.outer,
    }
}

/// A node's kind for messages, with its article.
pub(super) fn describe(node: &Node) -> String {
    if let NodeKind::Alias { name, .. } = &node.kind {
        return format!("the alias `*{name}`");
    }
    let kind = match &node.kind {
        NodeKind::Scalar(_) if node.is_null() => "null",
        NodeKind::Scalar(_) => "a scalar",
        NodeKind::Sequence { .. } => "a list",
        NodeKind::Mapping { .. } | NodeKind::Alias { .. } => "a mapping",
    };
    match &node.tag {
        Some(tag) => format!("{kind} tagged `{}`", tag.name),
        None => kind.to_owned(),
    }
}

/// An alias and what it stands for.
struct Use<'d> {
    name: &'d str,
    at: Span,
    anchored: Span,
}

/// The uses of anchors in a document.
pub(super) struct Uses<'d>(Vec<Use<'d>>);

impl<'d> Uses<'d> {
    pub(super) fn of(document: &'d Document) -> Self {
        let mut uses = Vec::new();
        collect(&document.root, &mut uses);
        Self(uses)
    }

    /// Refuses an edit within the node or on the way to it that an alias elsewhere would show.
    pub(super) fn refuse_shared_way(
        &self,
        located: &Located<'_>,
        path: &Path,
    ) -> Result<(), EditError> {
        let way = located.links.iter().map(|link| link.node);
        for node in way.chain([located.node]) {
            if let Some(found) = self.0.iter().find(|found| found.anchored == node.outer) {
                return Err(shared(found, path));
            }
        }
        Ok(())
    }

    /// Refuses to take away or replace a text that has anchors which aliases elsewhere use.
    pub(super) fn refuse_lost_anchor(&self, gone: Span, path: &Path) -> Result<(), EditError> {
        let lost = self
            .0
            .iter()
            .find(|found| gone.contains(found.anchored) && !gone.contains(found.at));
        lost.map_or(Ok(()), |found| Err(shared(found, path)))
    }
}

fn shared(found: &Use<'_>, path: &Path) -> EditError {
    EditError::Shared {
        path: path.to_string(),
        how: format!("the alias `*{}` shows the same value elsewhere", found.name),
        span: found.at,
    }
}

fn collect<'d>(node: &'d Arc<Node>, uses: &mut Vec<Use<'d>>) {
    match &node.kind {
        NodeKind::Scalar(_) => {}
        NodeKind::Alias { name, target } => uses.push(Use {
            name,
            at: node.span,
            anchored: target.outer,
        }),
        NodeKind::Sequence { items, .. } => items.iter().for_each(|item| collect(item, uses)),
        NodeKind::Mapping { entries, .. } => {
            for entry in entries {
                collect(&entry.key, uses);
                collect(&entry.value, uses);
            }
        }
    }
}
