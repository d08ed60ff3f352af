//! The items of a support module: what they are called, what they mention, where they stand.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, Mutex};

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, ImplItem, Item};

use super::cfg;
use crate::compiler::support::Module;

/// An item, or a method.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// Its name; none for an implementation of a trait.
    pub(super) name: Option<String>,
    /// The type that it belongs to.
    pub(super) owner: Option<String>,
    /// The types that an implementation of a trait is about.
    pub(super) subjects: Vec<String>,
    /// Words that it mentions.
    pub(super) words: BTreeSet<String>,
    /// Methods that it may call: words behind a dot or two colons.
    pub(super) methods: BTreeSet<String>,
    /// Items of other modules that it names with their module.
    pub(super) paths: BTreeSet<(String, String)>,
    /// Where it stands.
    pub(super) range: Range<usize>,
}

/// An `impl` block of methods, which goes when all its methods go.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) items: Vec<usize>,
    pub(super) range: Range<usize>,
}

/// A `use`.
#[derive(Debug)]
pub(super) struct Import {
    pub(super) tree: UseTree,
    pub(super) range: Range<usize>,
}

/// A module's items.
#[derive(Debug, Default)]
pub(super) struct ModuleItems {
    pub(super) items: Vec<Entry>,
    pub(super) blocks: Vec<Block>,
    pub(super) uses: Vec<Import>,
    /// What imported names stand for: module and item.
    pub(super) imports: BTreeMap<String, (String, String)>,
    /// Other names of modules.
    pub(super) aliases: BTreeMap<String, String>,
    /// Parts that are left out in any case.
    pub(super) cuts: Vec<Range<usize>>,
    /// Crates that paths begin with.
    pub(super) crates: BTreeSet<String>,
}

/// A module and those of the features that its text names.
type Known = (String, BTreeSet<String>);

/// A module's items under features; read once for all functions of a project.
pub(super) fn known(name: &str, module: &Module, features: &BTreeSet<String>) -> Arc<ModuleItems> {
    static KNOWN: Mutex<BTreeMap<Known, Arc<ModuleItems>>> = Mutex::new(BTreeMap::new());
    let is_named = |it: &&String| module.text.contains(&format!("feature = \"{it}\""));
    let named: BTreeSet<String> = features.iter().filter(is_named).cloned().collect();
    let key = (name.to_owned(), named);
    let found = KNOWN.lock().map(|known| known.get(&key).cloned());
    if let Ok(Some(items)) = found {
        return items;
    }
    let items = Arc::new(of(name, module, &key.1));
    if let Ok(mut known) = KNOWN.lock() {
        known.insert(key, items.clone());
    }
    items
}

/// The tree of a `use`.
#[derive(Debug, Clone)]
pub(super) enum UseTree {
    Path(String, Box<UseTree>),
    /// The name that it is known by, and the text.
    Leaf(String, String),
    Group(Vec<UseTree>),
}

impl UseTree {
    fn of(tree: &syn::UseTree) -> Self {
        match tree {
            syn::UseTree::Path(it) => {
                Self::Path(it.ident.to_string(), Box::new(Self::of(&it.tree)))
            }
            syn::UseTree::Name(it) => Self::Leaf(it.ident.to_string(), it.ident.to_string()),
            syn::UseTree::Rename(it) => {
                let known = it.rename.to_string();
                Self::Leaf(known, format!("{} as {}", it.ident, it.rename))
            }
            syn::UseTree::Glob(_) => Self::Leaf("_".to_owned(), "*".to_owned()),
            syn::UseTree::Group(it) => Self::Group(it.items.iter().map(Self::of).collect()),
        }
    }

    /// The tree with the leaves that are used; traits imported for their methods stay.
    pub(super) fn filtered(&self, used: &dyn Fn(&str) -> bool) -> Option<Self> {
        match self {
            Self::Path(name, inner) => {
                // `use super::list::{self, List}`: the module's own name is its leaf.
                let inner = match &**inner {
                    Self::Leaf(known, _) if known == "self" => {
                        return used(name).then(|| self.clone());
                    }
                    Self::Group(parts) => {
                        let keep = |it: &Self| match it {
                            Self::Leaf(known, _) if known == "self" => {
                                used(name).then(|| it.clone())
                            }
                            it => it.filtered(used),
                        };
                        let parts: Vec<Self> = parts.iter().filter_map(keep).collect();
                        (!parts.is_empty()).then_some(Self::Group(parts))
                    }
                    inner => inner.filtered(used),
                };
                Some(Self::Path(name.clone(), Box::new(inner?)))
            }
            Self::Leaf(known, _) => (known == "_" || used(known)).then(|| self.clone()),
            Self::Group(parts) => {
                let parts: Vec<Self> = parts.iter().filter_map(|it| it.filtered(used)).collect();
                (!parts.is_empty()).then_some(Self::Group(parts))
            }
        }
    }

    /// `use super::module as name`.
    fn aliases(&self, found: &mut BTreeMap<String, String>) {
        let Self::Path(root, inner) = self else {
            return;
        };
        let each = match &**inner {
            Self::Group(parts) => &parts[..],
            one => std::slice::from_ref(one),
        };
        for part in each {
            match part {
                Self::Leaf(known, text) if root == "super" => {
                    if let Some((module, _)) = text.split_once(" as ") {
                        found.insert(known.clone(), module.to_owned());
                    }
                }
                // `use super::module::{self as name}`.
                Self::Path(module, inner) if root == "super" => {
                    let each = match &**inner {
                        Self::Group(parts) => &parts[..],
                        one => std::slice::from_ref(one),
                    };
                    for part in each {
                        if let Self::Leaf(known, text) = part
                            && text.starts_with("self as ")
                        {
                            found.insert(known.clone(), module.clone());
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn leaves(&self, path: &mut Vec<String>, found: &mut BTreeMap<String, (String, String)>) {
        match self {
            Self::Path(name, inner) => {
                path.push(name.clone());
                inner.leaves(path, found);
                path.pop();
            }
            Self::Leaf(known, text) => {
                let original = text.split(" as ").next().unwrap_or(text).to_owned();
                if let [parent, module] = &path[..]
                    && parent == "super"
                {
                    let target = match known.as_str() {
                        "self" => return,
                        _ => (module.clone(), original),
                    };
                    found.insert(known.clone(), target);
                }
            }
            Self::Group(parts) => parts.iter().for_each(|it| it.leaves(path, found)),
        }
    }
}

impl fmt::Display for UseTree {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(name, inner) => write!(formatter, "{name}::{inner}"),
            Self::Leaf(_, text) => formatter.write_str(text),
            Self::Group(parts) if parts.len() == 1 => match &parts[0] {
                Self::Leaf(known, _) if known == "self" => formatter.write_str("{self}"),
                only => write!(formatter, "{only}"),
            },
            Self::Group(parts) => {
                let parts: Vec<String> = parts.iter().map(ToString::to_string).collect();
                write!(formatter, "{{{}}}", parts.join(", "))
            }
        }
    }
}

/// The items of a module, with some features on.
pub(super) fn of(name: &str, module: &Module, features: &BTreeSet<String>) -> ModuleItems {
    let mut found = ModuleItems::default();
    let mut cutter = Cutter {
        features,
        text: module.text,
        cuts: Vec::new(),
    };
    let Ok(syntax) = syn::parse_file(module.text) else {
        return found;
    };
    cutter.visit_file(&syntax);
    found.cuts = cutter.cuts;
    for item in &syntax.items {
        if cfg::holds(attributes(item), features) {
            found.add(name, item, features);
        }
    }
    found
}

impl ModuleItems {
    fn add(&mut self, module: &str, item: &Item, features: &BTreeSet<String>) {
        let range = range(item);
        match item {
            Item::Use(it) => {
                let tree = UseTree::of(&it.tree);
                // A macro is exported by `pub use dict;` in its own module.
                if let UseTree::Leaf(name, _) = &tree {
                    self.items.push(Entry {
                        name: Some(format!("{name}!")),
                        range,
                        ..Entry::default()
                    });
                    return;
                }
                tree.leaves(&mut Vec::new(), &mut self.imports);
                tree.aliases(&mut self.aliases);
                self.uses.push(Import { tree, range });
            }
            Item::Impl(it) => {
                let owner = type_word(&it.self_ty);
                if let Some((_, path, _)) = &it.trait_ {
                    let mut entry = self.entry(module, item, features);
                    entry.owner = Some(owner.clone());
                    entry.subjects = words_of(path.to_token_stream())
                        .into_iter()
                        .chain(words_of(it.self_ty.to_token_stream()))
                        .collect();
                    self.items.push(entry);
                    return;
                }
                let mut block = Block {
                    items: Vec::new(),
                    range,
                };
                for member in &it.items {
                    let attributes = match member {
                        ImplItem::Fn(it) => &it.attrs,
                        ImplItem::Const(it) => &it.attrs,
                        _ => continue,
                    };
                    if !cfg::holds(attributes, features) {
                        continue;
                    }
                    let mut entry = self.entry(module, member, features);
                    entry.owner = Some(owner.clone());
                    entry.name = match member {
                        ImplItem::Fn(it) => Some(it.sig.ident.to_string()),
                        ImplItem::Const(it) => Some(it.ident.to_string()),
                        _ => None,
                    };
                    block.items.push(self.items.len());
                    self.items.push(entry);
                }
                self.blocks.push(block);
            }
            item => {
                let mut entry = self.entry(module, item, features);
                entry.name = item_name(item);
                self.items.push(entry);
            }
        }
    }

    fn entry(
        &mut self,
        module: &str,
        node: &(impl ToTokens + Spanned),
        features: &BTreeSet<String>,
    ) -> Entry {
        let mut entry = Entry {
            range: range(node),
            ..Entry::default()
        };
        let tokens = without_disabled(node.to_token_stream(), features);
        collect(tokens, &mut entry, &mut self.crates);
        let _ = module;
        entry
    }
}

/// Tokens without what stands under a feature that is off: `#[cfg(…)]` and what follows it.
fn without_disabled(tokens: TokenStream, features: &BTreeSet<String>) -> TokenStream {
    let mut found = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        if let TokenTree::Punct(sign) = &token
            && sign.as_char() == '#'
            && let Some(TokenTree::Group(group)) = tokens.peek()
        {
            let text = group.to_string();
            if text.starts_with("[cfg") || text.starts_with("[ cfg") {
                let attribute: TokenStream = [token.clone(), TokenTree::Group(group.clone())]
                    .into_iter()
                    .collect();
                tokens.next();
                let parse = |input: syn::parse::ParseStream<'_>| Attribute::parse_outer(input);
                let parsed = syn::parse::Parser::parse2(parse, attribute).unwrap_or_default();
                if !cfg::holds(&parsed, features) {
                    skip_node(&mut tokens);
                }
                continue;
            }
        }
        found.push(match token {
            TokenTree::Group(group) => {
                let inner = without_disabled(group.stream(), features);
                TokenTree::Group(proc_macro2::Group::new(group.delimiter(), inner))
            }
            other => other,
        });
    }
    found.into_iter().collect()
}

/// Passes over a node behind its attribute: to a comma or semicolon, or a block at its end.
fn skip_node(tokens: &mut std::iter::Peekable<proc_macro2::token_stream::IntoIter>) {
    while let Some(token) = tokens.next() {
        match &token {
            TokenTree::Punct(sign) if matches!(sign.as_char(), ',' | ';') => return,
            TokenTree::Group(group) if group.delimiter() == proc_macro2::Delimiter::Brace => {
                let goes_on = matches!(
                    tokens.peek(),
                    Some(TokenTree::Punct(sign)) if matches!(sign.as_char(), '.' | '?' | '=')
                ) || matches!(tokens.peek(), Some(TokenTree::Ident(word)) if word == "else" || word == "if");
                if !goes_on {
                    if let Some(TokenTree::Punct(sign)) = tokens.peek()
                        && sign.as_char() == ','
                    {
                        tokens.next();
                    }
                    return;
                }
            }
            _ => {}
        }
    }
}

fn collect(tokens: TokenStream, entry: &mut Entry, crates: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(word) => {
                let word = word.to_string();
                let sign = |at: usize| match tokens.get(at) {
                    Some(TokenTree::Punct(sign)) => Some(sign.as_char()),
                    _ => None,
                };
                // What ends a range is no method.
                let ends_range = at.checked_sub(2).and_then(sign) == Some('.');
                let behind = at.checked_sub(1).and_then(sign).filter(|_| !ends_range);
                let is_tail = behind == Some(':') && at.checked_sub(2).and_then(sign) == Some(':');
                if sign(at + 1) == Some('!') {
                    entry.words.insert(format!("{word}!"));
                }
                if behind == Some('.') || is_tail {
                    entry.methods.insert(word.clone());
                }
                if sign(at + 1) == Some(':') && sign(at + 2) == Some(':') {
                    if let Some(TokenTree::Ident(next)) = tokens.get(at + 3) {
                        entry.paths.insert((word.clone(), next.to_string()));
                        entry.methods.insert(next.to_string());
                    }
                    if behind != Some('.')
                        && !is_tail
                        && word.chars().next().is_some_and(char::is_lowercase)
                    {
                        crates.insert(word.clone());
                    }
                }
                if behind != Some('.') && !is_tail {
                    entry.words.insert(word);
                }
            }
            TokenTree::Group(group) => collect(group.stream(), entry, crates),
            TokenTree::Literal(text) => {
                // Names within format strings.
                let text = text.to_string();
                for part in text.split('{').skip(1) {
                    let name = part.split(['}', ':', '!', '.']).next().unwrap_or_default();
                    entry.words.insert(name.to_owned());
                }
            }
            TokenTree::Punct(_) => {}
        }
    }
}

fn words_of(tokens: TokenStream) -> BTreeSet<String> {
    let mut entry = Entry::default();
    collect(tokens, &mut entry, &mut BTreeSet::new());
    entry.words
}

fn type_word(ty: &syn::Type) -> String {
    match ty {
        syn::Type::Path(path) => path
            .path
            .segments
            .last()
            .map(|it| it.ident.to_string())
            .unwrap_or_default(),
        syn::Type::Reference(reference) => type_word(&reference.elem),
        _ => String::new(),
    }
}

fn item_name(item: &Item) -> Option<String> {
    Some(match item {
        Item::Fn(it) => it.sig.ident.to_string(),
        Item::Const(it) => it.ident.to_string(),
        Item::Static(it) => it.ident.to_string(),
        Item::Struct(it) => it.ident.to_string(),
        Item::Enum(it) => it.ident.to_string(),
        Item::Type(it) => it.ident.to_string(),
        Item::Trait(it) => it.ident.to_string(),
        Item::Macro(it) => match &it.ident {
            Some(name) => format!("{name}!"),
            None => declared_static(it.mac.tokens.clone())?,
        },
        Item::Mod(it) => it.ident.to_string(),
        _ => return None,
    })
}

/// The static that `thread_local!` declares.
fn declared_static(tokens: TokenStream) -> Option<String> {
    let mut words = tokens.into_iter().filter_map(|token| match token {
        TokenTree::Ident(word) => Some(word.to_string()),
        _ => None,
    });
    words.find(|word| word == "static")?;
    words.next()
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Fn(it) => &it.attrs,
        Item::Const(it) => &it.attrs,
        Item::Static(it) => &it.attrs,
        Item::Struct(it) => &it.attrs,
        Item::Enum(it) => &it.attrs,
        Item::Type(it) => &it.attrs,
        Item::Trait(it) => &it.attrs,
        Item::Macro(it) => &it.attrs,
        Item::Mod(it) => &it.attrs,
        Item::Use(it) => &it.attrs,
        Item::Impl(it) => &it.attrs,
        _ => &[],
    }
}

fn range(node: &impl Spanned) -> Range<usize> {
    node.span().byte_range()
}

/// Finds what stands under a feature that is off, and the attributes of what is on.
struct Cutter<'c> {
    features: &'c BTreeSet<String>,
    text: &'c str,
    cuts: Vec<Range<usize>>,
}

impl Cutter<'_> {
    /// Cuts a node or its conditions; says whether the node stays.
    fn node(&mut self, attributes: &[Attribute], node: &(impl Spanned + ToTokens)) -> bool {
        if attributes.iter().all(|it| !it.path().is_ident("cfg")) {
            return true;
        }
        if cfg::holds(attributes, self.features) {
            let conditions = attributes.iter().filter(|it| it.path().is_ident("cfg"));
            for condition in conditions {
                let mut cut = range(condition);
                let rest = &self.text[cut.end..];
                cut.end += rest.len() - rest.trim_start().len();
                self.cuts.push(cut);
            }
            return true;
        }
        let mut cut = range(node);
        // The comma behind a variant or field is not part of it.
        let rest = &self.text[cut.end..];
        let blank = rest.len() - rest.trim_start().len();
        if rest[blank..].starts_with(',') {
            cut.end += blank + 1;
        }
        self.cuts.push(cut);
        false
    }
}

impl<'ast> Visit<'ast> for Cutter<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        if self.node(attributes(item), item) {
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if self.node(&item.attrs, item) {
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if self.node(&item.attrs, item) {
            visit::visit_trait_item_fn(self, item);
        }
    }

    fn visit_variant(&mut self, variant: &'ast syn::Variant) {
        if self.node(&variant.attrs, variant) {
            visit::visit_variant(self, variant);
        }
    }

    fn visit_field(&mut self, field: &'ast syn::Field) {
        if self.node(&field.attrs, field) {
            visit::visit_field(self, field);
        }
    }

    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        if self.node(&arm.attrs, arm) {
            visit::visit_arm(self, arm);
        }
    }

    fn visit_local(&mut self, local: &'ast syn::Local) {
        if self.node(&local.attrs, local) {
            visit::visit_local(self, local);
        }
    }

    fn visit_stmt(&mut self, stmt: &'ast syn::Stmt) {
        if let syn::Stmt::Expr(expr, _) = stmt
            && !self.node(expression_attributes(expr), stmt)
        {
            return;
        }
        visit::visit_stmt(self, stmt);
    }
}

fn expression_attributes(expr: &syn::Expr) -> &[Attribute] {
    match expr {
        syn::Expr::If(it) => &it.attrs,
        syn::Expr::Match(it) => &it.attrs,
        syn::Expr::Block(it) => &it.attrs,
        syn::Expr::ForLoop(it) => &it.attrs,
        syn::Expr::While(it) => &it.attrs,
        syn::Expr::Call(it) => &it.attrs,
        syn::Expr::MethodCall(it) => &it.attrs,
        syn::Expr::Return(it) => &it.attrs,
        syn::Expr::Assign(it) => &it.attrs,
        syn::Expr::Macro(it) => &it.attrs,
        _ => &[],
    }
}
