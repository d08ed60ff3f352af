//! The classes that opaque types stand for: what Python calls them, and what they inherit from.
//!
//! A type's documentation names its class on the first line, and on the second, where it has a base
//! that is mapped too, that: ``A `module.Base`.``. An alias of a type inherits from that.

use std::collections::BTreeMap;

use syn::{Attribute, Item};

use super::signature::documentation;

/// Classes by name.
#[derive(Debug, Default)]
pub(super) struct Hierarchy {
    /// Their names in Python, by Rust path.
    names: BTreeMap<String, String>,
    /// The base of each, by its name in Python.
    bases: BTreeMap<String, String>,
}

impl Hierarchy {
    /// Adds the documented types of a module.
    pub(super) fn add(&mut self, module: &str, file: &syn::File) {
        for item in &file.items {
            let (attrs, name) = match item {
                Item::Struct(it) => (&it.attrs, &it.ident),
                Item::Enum(it) => (&it.attrs, &it.ident),
                Item::Trait(it) => (&it.attrs, &it.ident),
                Item::Type(it) => (&it.attrs, &it.ident),
                _ => continue,
            };
            let Some(python) = super::signature::python_name(attrs) else {
                continue;
            };
            if let Some(base) = base(attrs).or_else(|| self.aliased(module, item)) {
                self.bases.insert(python.clone(), base);
            }
            self.names.insert(format!("{module}::{name}"), python);
        }
    }

    /// The class of the type that an alias stands for, which stands before it.
    fn aliased(&self, module: &str, item: &Item) -> Option<String> {
        let Item::Type(alias) = item else {
            return None;
        };
        let syn::Type::Path(target) = &*alias.ty else {
            return None;
        };
        let target = target.path.get_ident()?;
        self.names.get(&format!("{module}::{target}")).cloned()
    }

    /// The name in Python of a type.
    pub(super) fn python_name(&self, path: &str) -> Option<&str> {
        self.names.get(path).map(String::as_str)
    }

    /// A class, and what it inherits from, nearest first.
    pub(super) fn line<'a>(&'a self, class: &'a str) -> impl Iterator<Item = &'a str> {
        std::iter::successors(Some(class), |class| {
            self.bases.get(*class).map(String::as_str)
        })
    }
}

/// The base that a documentation names.
fn base(attrs: &[Attribute]) -> Option<String> {
    let line = documentation(attrs).nth(1)?;
    let quoted = line.trim().strip_prefix("A `")?.strip_suffix("`.")?;
    Some(quoted.to_owned())
}
