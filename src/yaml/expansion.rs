//! How large and how deep a document becomes once its aliases stand for what they name.
//!
//! Kept while a document is read, so that one that would grow beyond all bounds (an alias bomb)
//! is refused at the alias that does it, and no later reader has to fear the expansion.

use std::collections::HashMap;
use std::sync::Arc;

use super::{MAX_DEPTH, MAX_EXPANDED_NODES, Node, NodeKind};

/// Sizes of the nodes that have an anchor, by their address; each lives as long as its document.
#[derive(Default)]
pub(super) struct Expansion {
    anchored: HashMap<*const Node, Size>,
    /// Values that the aliases so far stand for.
    through_aliases: usize,
}

/// A node's size with its aliases expanded.
#[derive(Clone, Copy)]
struct Size {
    nodes: usize,
    depth: usize,
}

impl Expansion {
    /// Remembers a node that aliases may name.
    pub(super) fn anchor(&mut self, node: &Arc<Node>) {
        let size = self.measure(node);
        self.anchored.insert(Arc::as_ptr(node), size);
    }

    /// Counts an alias of `target` at `depth`; false where that is more than a document may hold.
    pub(super) fn alias(&mut self, target: &Arc<Node>, depth: usize) -> bool {
        let size = self.of_alias(target);
        self.through_aliases = self.through_aliases.saturating_add(size.nodes);
        self.through_aliases <= MAX_EXPANDED_NODES && depth + size.depth <= MAX_DEPTH
    }

    fn of_alias(&self, target: &Arc<Node>) -> Size {
        let known = self.anchored.get(&Arc::as_ptr(target)).copied();
        known.unwrap_or(Size { nodes: 1, depth: 1 })
    }

    /// Never descends into an alias, hence no deeper than the text nests.
    fn measure(&self, node: &Node) -> Size {
        let parts: Vec<Size> = match &node.kind {
            NodeKind::Scalar(_) => Vec::new(),
            NodeKind::Alias { target, .. } => return self.of_alias(target),
            NodeKind::Sequence { items, .. } => {
                items.iter().map(|item| self.measure(item)).collect()
            }
            NodeKind::Mapping { entries, .. } => entries
                .iter()
                .flat_map(|entry| [self.measure(&entry.key), self.measure(&entry.value)])
                .collect(),
        };
        Size {
            nodes: parts
                .iter()
                .fold(1, |sum: usize, part| sum.saturating_add(part.nodes)),
            depth: 1 + parts.iter().map(|part| part.depth).max().unwrap_or(0),
        }
    }
}
