use std::fmt;

use serde_yaml::value::{Tag as ValueTag, TaggedValue};
use serde_yaml::{Mapping, Number, Value};

use super::node::is_merge;
use super::{Node, NodeKind, Resolved};

/// How many values one [`Node::to_value`] may make. CloudFormation's largest template is 1 MB.
pub const MAX_EXPANDED_NODES: usize = 1_000_000;

/// Aliases expand to more than [`MAX_EXPANDED_NODES`] values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooManyNodes;

impl fmt::Display for TooManyNodes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "aliases expand to more than {MAX_EXPANDED_NODES} values"
        )
    }
}

impl std::error::Error for TooManyNodes {}

impl Node {
    /// The plain value: aliases expanded, duplicates and merge keys settled as PyYAML does, tags
    /// kept as [`Value::Tagged`].
    ///
    /// # Errors
    /// [`TooManyNodes`] where aliases make it too large.
    pub fn to_value(&self) -> Result<Value, TooManyNodes> {
        expand(self, &mut MAX_EXPANDED_NODES.clone())
    }
}

fn expand(node: &Node, budget: &mut usize) -> Result<Value, TooManyNodes> {
    *budget = budget.checked_sub(1).ok_or(TooManyNodes)?;
    let node = node.target();
    let value = match &node.kind {
        NodeKind::Scalar(_) => scalar(node.resolved()),
        NodeKind::Sequence { items, .. } => {
            let items: Result<_, _> = items.iter().map(|item| expand(item, budget)).collect();
            Value::Sequence(items?)
        }
        NodeKind::Mapping { entries, .. } => {
            let mut mapping = Mapping::new();
            let settled;
            let entries: Vec<_> = if entries.iter().any(|entry| is_merge(&entry.key)) {
                settled = node.entries();
                settled
            } else {
                entries.iter().collect()
            };
            for entry in entries {
                let key = expand(&entry.key, budget)?;
                mapping.insert(key, expand(&entry.value, budget)?);
            }
            Value::Mapping(mapping)
        }
        NodeKind::Alias { target, .. } => expand(target, budget)?,
    };
    Ok(match &node.tag {
        Some(tag) => Value::Tagged(Box::new(TaggedValue {
            tag: ValueTag::new(&tag.name),
            value,
        })),
        None => value,
    })
}

fn scalar(resolved: Option<Resolved>) -> Value {
    match resolved {
        None | Some(Resolved::Null) => Value::Null,
        Some(Resolved::Bool(value)) => Value::Bool(value),
        Some(Resolved::Int(value)) => Value::Number(Number::from(value)),
        Some(Resolved::UInt(value)) => Value::Number(Number::from(value)),
        Some(Resolved::Float(value)) => Value::Number(Number::from(value)),
        Some(Resolved::Str(text)) => Value::String(text),
    }
}
