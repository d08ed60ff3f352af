//! The support modules without what a program does not use.
//!
//! In: the items that a program uses. Out: a text for each module of which something is used, made
//! by leaving parts of the original out: items that nothing reaches, and what stands under a
//! feature that is off. A feature is on where something reached lies in a module that needs it.

mod cfg;
mod items;

pub(in crate::compiler::support) use cfg::features;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Support;
use crate::compiler::ir::Need;
use items::{ModuleItems, UseTree};

/// The modules of which something is used: their texts, by name.
#[derive(Debug, Default)]
pub struct Pruned {
    /// Texts by module.
    pub modules: BTreeMap<String, String>,
    /// Names of external crates that the texts mention.
    pub crates: BTreeSet<String>,
}

/// Leaves out what the needs do not reach.
pub fn prune(support: &Support, needs: &BTreeSet<Need>) -> Pruned {
    let mut features: BTreeSet<String> = BTreeSet::new();
    let mut roots: BTreeSet<(String, String)> = BTreeSet::new();
    for need in needs {
        if let Need::Item(module, item) = need
            && support.modules.contains_key(module)
        {
            let root = (module.clone(), item.clone());
            features.extend(support.gated.get(&root).into_iter().flatten().cloned());
            roots.insert(root);
        }
    }
    loop {
        let modules = Modules::new(support, &features);
        let reached = Reach::new(&modules, &roots);
        let mut needed = features.clone();
        for module in reached.modules() {
            needed.extend(support.gates.get(module).into_iter().flatten().cloned());
        }
        if needed != features {
            features = needed;
            continue;
        }
        return write(support, &modules, &reached);
    }
}

/// The features that each module stands under, by the file that declares them.
pub(super) fn gates(declarations: &syn::File) -> BTreeMap<String, BTreeSet<String>> {
    let modules = declarations.items.iter().filter_map(|item| match item {
        syn::Item::Mod(it) => Some((it.ident.to_string(), cfg::features(&it.attrs))),
        _ => None,
    });
    modules.collect()
}

/// Whether a module adds methods to a type of another.
pub(super) fn extends(module: &syn::File) -> bool {
    let declared: BTreeSet<String> = module
        .items
        .iter()
        .filter_map(|item| match item {
            syn::Item::Struct(it) => Some(it.ident.to_string()),
            syn::Item::Enum(it) => Some(it.ident.to_string()),
            _ => None,
        })
        .collect();
    module.items.iter().any(|item| match item {
        syn::Item::Impl(it) if it.trait_.is_none() => match &*it.self_ty {
            syn::Type::Path(ty) => {
                let name = ty.path.segments.last().map(|it| it.ident.to_string());
                name.is_none_or(|it| !declared.contains(&it))
            }
            _ => true,
        },
        _ => false,
    })
}

/// The support modules under features, each read when it is asked for.
struct Modules<'m> {
    support: &'m Support,
    features: &'m BTreeSet<String>,
    read: RefCell<BTreeMap<&'m str, Arc<ModuleItems>>>,
}

impl<'m> Modules<'m> {
    /// The modules, of which those that add methods to types of others are read at once.
    fn new(support: &'m Support, features: &'m BTreeSet<String>) -> Self {
        let modules = Self {
            support,
            features,
            read: RefCell::default(),
        };
        for name in &support.extenders {
            modules.get(name);
        }
        modules
    }

    fn get(&self, name: &str) -> Option<(&'m str, Arc<ModuleItems>)> {
        let (name, module) = self.support.modules.get_key_value(name)?;
        let mut read = self.read.borrow_mut();
        let items = read
            .entry(name)
            .or_insert_with(|| items::known(name, module, self.features));
        Some((name, items.clone()))
    }

    /// What was read.
    fn read(&self) -> BTreeMap<&'m str, Arc<ModuleItems>> {
        self.read.borrow().clone()
    }
}

/// The features that each function of a module stands under, of those that stand under any.
pub(super) fn gated(file: &syn::File) -> Vec<(String, BTreeSet<String>)> {
    let functions = file.items.iter().filter_map(|item| match item {
        syn::Item::Fn(it) => Some((it.sig.ident.to_string(), cfg::features(&it.attrs))),
        _ => None,
    });
    functions
        .filter(|(_, features)| !features.is_empty())
        .collect()
}

/// What is reached: for each module, its items by index.
struct Reach<'m> {
    kept: BTreeSet<(&'m str, usize)>,
    /// Modules that are needed for their impls alone.
    named: BTreeSet<&'m str>,
}

impl<'m> Reach<'m> {
    fn new(modules: &Modules<'m>, roots: &BTreeSet<(String, String)>) -> Self {
        let mut found = Self {
            kept: BTreeSet::new(),
            named: BTreeSet::new(),
        };
        let mut words: BTreeSet<String> = BTreeSet::new();
        for (module, item) in roots {
            if let Some((name, _)) = modules.get(module) {
                found.named.insert(name);
            }
            if let Some((_, method)) = item.split_once("::") {
                words.insert(method.to_owned());
            }
        }
        for (name, module) in modules.read() {
            for (at, item) in module.items.iter().enumerate() {
                let is_root = roots.iter().any(|(root, wanted)| {
                    root == name
                        && item.name.as_deref() == Some(wanted.split("::").next().unwrap_or(wanted))
                        && item.owner.is_none()
                });
                if is_root {
                    found.kept.insert((name, at));
                }
            }
        }
        let mut done = BTreeSet::new();
        loop {
            let before = (found.kept.len(), words.len());
            found.round(modules, &mut words, &mut done);
            if before == (found.kept.len(), words.len()) {
                return found;
            }
        }
    }

    fn round(
        &mut self,
        modules: &Modules<'m>,
        words: &mut BTreeSet<String>,
        done: &mut BTreeSet<(&'m str, usize)>,
    ) {
        let new: Vec<(&str, usize)> = self.kept.difference(done).copied().collect();
        done.extend(new.iter().copied());
        for (name, at) in new {
            let Some((_, home)) = modules.get(name) else {
                continue;
            };
            let item = &home.items[at];
            words.extend(item.methods.iter().cloned());
            for (target, wanted) in &item.paths {
                let target = home.aliases.get(target).unwrap_or(target);
                self.keep(modules, target, wanted);
            }
            for word in &item.words {
                self.keep(modules, name, word);
                if let Some(from) = home.imports.get(word) {
                    self.keep(modules, &from.0, &from.1);
                }
            }
        }
        for (name, module) in modules.read() {
            let is_used = self.named.contains(name) || self.is_kept_of(name);
            for (at, item) in module.items.iter().enumerate() {
                let Some(owner) = &item.owner else {
                    continue;
                };
                if self.kept.contains(&(name, at)) {
                    continue;
                }
                let owned = self.has(modules, name, owner);
                let wanted = match &item.name {
                    Some(method) => words.contains(method),
                    None => is_used && item.subjects.iter().all(|it| self.has(modules, name, it)),
                };
                if owned && wanted {
                    self.kept.insert((name, at));
                }
            }
        }
    }

    /// Whether a type is kept, or is none of the support modules'.
    fn has(&self, modules: &Modules<'m>, module: &str, ty: &str) -> bool {
        let own = modules.get(module);
        let from = own.as_ref().and_then(|(_, it)| it.imports.get(ty));
        let (home, ty) = match from {
            Some((home, ty)) => (home.as_str(), ty.as_str()),
            None => (module, ty),
        };
        let Some((home, items)) = modules.get(home) else {
            return true;
        };
        let mut declared = items
            .items
            .iter()
            .enumerate()
            .filter(|(_, it)| it.owner.is_none() && it.name.as_deref() == Some(ty));
        match declared.next() {
            Some((at, _)) => self.kept.contains(&(home, at)),
            None => true,
        }
    }

    /// Whether some item of a module is kept.
    fn is_kept_of(&self, module: &'m str) -> bool {
        let mut of_module = self.kept.range((module, 0)..=(module, usize::MAX));
        of_module.next().is_some()
    }

    fn keep(&mut self, modules: &Modules<'m>, module: &str, wanted: &str) {
        let Some((name, items)) = modules.get(module) else {
            return;
        };
        for (at, item) in items.items.iter().enumerate() {
            if item.owner.is_none() && item.name.as_deref() == Some(wanted) {
                self.kept.insert((name, at));
            }
        }
    }

    fn modules(&self) -> BTreeSet<&'m str> {
        let kept = self.kept.iter().map(|(module, _)| *module);
        kept.chain(self.named.iter().copied()).collect()
    }
}

fn write(support: &Support, modules: &Modules<'_>, reached: &Reach<'_>) -> Pruned {
    let mut pruned = Pruned::default();
    for (name, module) in modules.read() {
        let kept: BTreeSet<usize> = reached
            .kept
            .iter()
            .filter(|(it, _)| *it == name)
            .map(|(_, at)| *at)
            .collect();
        if kept.is_empty() {
            continue;
        }
        let text = support.modules[name].text;
        let mut cuts = module.cuts.clone();
        let mut words = BTreeSet::new();
        for (at, item) in module.items.iter().enumerate() {
            match kept.contains(&at) {
                true => {
                    let named = item.words.iter().chain(&item.methods).chain(&item.owner);
                    words.extend(named.cloned());
                }
                false => cuts.push(item.range.clone()),
            }
        }
        for block in &module.blocks {
            if !block.items.iter().any(|at| kept.contains(at)) {
                cuts.push(block.range.clone());
            }
        }
        let mut inserts = Vec::new();
        for import in &module.uses {
            cuts.push(import.range.clone());
            let kept = import
                .tree
                .filtered(&|leaf: &str| words.contains(leaf) || is_trait_used(leaf, &words));
            if let Some(tree) = kept {
                pruned.crates.extend(external(&tree));
                inserts.push((import.range.start, format!("use {tree};")));
            }
        }
        for word in &words {
            if module.crates.contains(word) {
                pruned.crates.insert(word.clone());
            }
        }
        pruned
            .modules
            .insert(name.to_owned(), cut(text, cuts, inserts));
    }
    pruned
}

/// Whether a trait is imported for methods that are called.
fn is_trait_used(name: &str, words: &BTreeSet<String>) -> bool {
    const TRAITS: [(&str, &[&str]); 11] = [
        (
            "Write",
            &[
                "write!",
                "writeln!",
                "write_str",
                "write_all",
                "write_char",
                "flush",
            ],
        ),
        ("Read", &["read_to_end", "read_to_string", "read_exact"]),
        ("BufRead", &["read_line", "lines"]),
        ("AsyncReadExt", &["read_u8"]),
        ("AsyncWriteExt", &["write_all"]),
        ("BodyExt", &["frame"]),
        ("Engine", &["encode", "decode"]),
        ("FromStr", &["from_str"]),
        ("Hash", &["hash"]),
        ("Hasher", &["finish", "write_u8"]),
        ("Digest", &["finalize", "update", "digest"]),
    ];
    let mut known = TRAITS.iter().filter(|(it, _)| *it == name);
    known.any(|(_, methods)| methods.iter().any(|it| words.contains(*it)))
}

fn external(tree: &UseTree) -> Option<String> {
    let text = tree.to_string();
    let first = text.split("::").next()?.to_owned();
    (!["super", "crate", "std", "core", "self"].contains(&first.as_str())).then_some(first)
}

/// A text without some ranges, with lines put in.
fn cut(
    text: &str,
    mut cuts: Vec<std::ops::Range<usize>>,
    mut inserts: Vec<(usize, String)>,
) -> String {
    cuts.sort_by_key(|it| (it.start, std::cmp::Reverse(it.end)));
    inserts.sort();
    let mut inserts = inserts.into_iter().peekable();
    let mut found = String::new();
    let mut at = 0;
    for range in cuts {
        if range.start >= at {
            found.push_str(&text[at..range.start]);
        }
        while let Some((_, line)) = inserts.next_if(|(place, _)| *place <= range.start) {
            found.push_str(&line);
        }
        at = at.max(range.end);
    }
    found.push_str(&text[at..]);
    found
}
