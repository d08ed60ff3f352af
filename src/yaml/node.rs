use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::diagnostic::Diagnostic;
use crate::source::{SourceFile, Span};

/// A parsed file.
#[derive(Debug, Clone)]
pub struct Document {
    /// The file it came from.
    pub file: Arc<SourceFile>,
    /// The only document's root; a null scalar for an empty file.
    pub root: Arc<Node>,
    /// Whether the file is JSON.
    pub is_json: bool,
    /// What was doubtful, such as duplicate keys.
    pub warnings: Vec<Diagnostic>,
}

/// A value with its place.
#[derive(Debug, Clone)]
pub struct Node {
    /// The value without its tag and anchor. A block collection runs from its first key or dash
    /// to the end of its last value; a flow collection includes its brackets; a quoted scalar its
    /// quotes; a block scalar its header and content up to its last line break. A value left
    /// empty has an empty span.
    pub span: Span,
    /// The value with its tag and anchor.
    pub outer: Span,
    /// The tag, such as `!Ref`.
    pub tag: Option<Tag>,
    /// The anchor's name, without `&`.
    pub anchor: Option<String>,
    /// What the value is.
    pub kind: NodeKind,
}

/// A tag as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The text, such as `!GetAtt` or `!!str`; the long form for a tag with a declared handle.
    pub name: String,
}

/// What a value is.
#[derive(Debug, Clone)]
pub enum NodeKind {
    /// Text that stands for a string, number, boolean or null.
    Scalar(Scalar),
    /// A list.
    Sequence {
        /// The items in order.
        items: Vec<Arc<Node>>,
        /// Whether it is written with brackets.
        style: Collection,
    },
    /// A mapping.
    Mapping {
        /// The entries in the order of the file, duplicates and merge keys (`<<`) included.
        entries: Vec<Entry>,
        /// Whether it is written with braces.
        style: Collection,
    },
    /// `*name`.
    Alias {
        /// The anchor's name.
        name: String,
        /// What the anchor stands for.
        target: Arc<Node>,
    },
}

/// How a collection is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Collection {
    /// By indentation.
    Block,
    /// With brackets or braces.
    Flow,
}

/// A key and its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key.
    pub key: Arc<Node>,
    /// The value.
    pub value: Arc<Node>,
}

/// A scalar's text and how it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    /// The text with escapes and folding resolved.
    pub text: String,
    /// Its style.
    pub style: ScalarStyle,
}

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScalarStyle {
    /// Bare.
    Plain,
    /// `'…'`.
    SingleQuoted,
    /// `"…"`.
    DoubleQuoted,
    /// `|`.
    Literal,
    /// `>`.
    Folded,
}

impl Node {
    /// The value itself, or what it is an alias of.
    pub fn target(&self) -> &Self {
        match &self.kind {
            NodeKind::Alias { target, .. } => target.target(),
            _ => self,
        }
    }

    /// The tag's text where there is one, such as `!Sub`.
    pub fn tag_name(&self) -> Option<&str> {
        self.target().tag.as_ref().map(|tag| tag.name.as_str())
    }

    /// The scalar, if it is one.
    pub fn as_scalar(&self) -> Option<&Scalar> {
        match &self.target().kind {
            NodeKind::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// The text of a scalar, whatever its type.
    pub fn as_text(&self) -> Option<&str> {
        self.as_scalar().map(|scalar| scalar.text.as_str())
    }

    /// The items of a sequence.
    pub fn as_sequence(&self) -> Option<&[Arc<Self>]> {
        match &self.target().kind {
            NodeKind::Sequence { items, .. } => Some(items),
            _ => None,
        }
    }

    /// The entries of a mapping as written: duplicates and merge keys included.
    pub fn raw_entries(&self) -> Option<&[Entry]> {
        match &self.target().kind {
            NodeKind::Mapping { entries, .. } => Some(entries),
            _ => None,
        }
    }

    /// Whether it is a mapping.
    pub fn is_mapping(&self) -> bool {
        self.raw_entries().is_some()
    }

    /// The entries of a mapping as PyYAML builds it: of duplicates the last one's value at the
    /// first one's place, merge keys filled in below the mapping's own keys.
    pub fn entries(&self) -> Vec<&Entry> {
        let own = self.raw_entries().unwrap_or_default();
        let mut found: Vec<&Entry> = Vec::with_capacity(own.len());
        let mut places: FxHashMap<&str, usize> = FxHashMap::default();
        for entry in own.iter().filter(|entry| !is_merge(&entry.key)) {
            let text = entry.key.as_text();
            match text.and_then(|text| places.get(text)) {
                Some(&place) => found[place] = entry,
                None => {
                    places.extend(text.map(|text| (text, found.len())));
                    found.push(entry);
                }
            }
        }
        for merge in own.iter().filter(|entry| is_merge(&entry.key)) {
            let sources: Vec<&Self> = match merge.value.as_sequence() {
                Some(items) => items.iter().map(AsRef::as_ref).collect(),
                None => vec![&merge.value],
            };
            for entry in sources.iter().flat_map(|source| source.entries()) {
                let Some(text) = entry.key.as_text() else {
                    continue;
                };
                if !places.contains_key(text) {
                    places.insert(text, found.len());
                    found.push(entry);
                }
            }
        }
        found
    }

    /// The value of a key, as PyYAML would give it: the last of duplicates, then merge keys.
    pub fn get(&self, key: &str) -> Option<&Arc<Self>> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The entry of a key, chosen as by [`Node::get`].
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        let entries = self.raw_entries()?;
        let own = entries
            .iter()
            .rev()
            .find(|e| !is_merge(&e.key) && e.key.as_text() == Some(key));
        own.or_else(|| self.merged_entry(key))
    }

    /// The entry that a key has through merge keys (`<<`), hidden or not by the mapping's own.
    pub fn merged_entry(&self, key: &str) -> Option<&Entry> {
        self.raw_entries()?
            .iter()
            .filter(|entry| is_merge(&entry.key))
            .find_map(|merge| match merge.value.as_sequence() {
                Some(items) => items.iter().find_map(|item| item.entry(key)),
                None => merge.value.entry(key),
            })
    }

    /// Whether it is the merge key `<<`.
    pub fn is_merge_key(&self) -> bool {
        is_merge(self)
    }

    /// The value under a path of keys.
    pub fn get_path(&self, path: &[&str]) -> Option<&Self> {
        path.iter()
            .try_fold(self, |node, key| node.get(key).map(AsRef::as_ref))
    }
}

pub(super) fn is_merge(key: &Node) -> bool {
    key.as_scalar()
        .is_some_and(|s| s.style == ScalarStyle::Plain && s.text == "<<")
}
