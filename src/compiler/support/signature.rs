//! Signatures of mapped Python functions, read from the support modules' documentation.
//!
//! The first line of an item's documentation is the Python in backticks: `` `json.loads(s)`. `` for
//! a function, `` `datetime.date.year` `` for an attribute or constant, the name of a class on a
//! struct. The Rust signature gives the types.

use std::collections::BTreeSet;

use ruff_python_ast::{Expr as PyExpr, Number, Stmt, UnaryOp};
use ruff_python_parser::parse_module;
use syn::{Attribute, FnArg, ImplItem, Item, Meta, Pat, Visibility};

use super::rust_type::{self, Names};
use crate::compiler::ir::Mode;
use crate::compiler::types::Ty;

/// What a mapped name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Called.
    Function,
    /// Read: an attribute of its receiver, or of a module.
    Attribute,
    /// A constant.
    Constant,
    /// A static, such as an exception's class.
    Static,
    /// A class, whose instances are an opaque type.
    Type,
}

/// How an argument is passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Passing {
    /// A value of a type.
    Value(Ty, Mode),
    /// `&[Value]`, for `*args`.
    Slice,
    /// Anything that can be run over.
    Iterable,
    /// A function of so many arguments.
    Callback(usize),
}

/// How a parameter is bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterKind {
    /// By position alone.
    Positional,
    /// By position or keyword.
    Either,
    /// By keyword alone.
    Keyword,
    /// `*args`.
    Rest,
    /// `**kwargs`.
    Keywords,
}

/// A default value.
#[derive(Debug, Clone, PartialEq)]
pub enum Default {
    /// `None`.
    None,
    /// What no argument can be, written `...`: `None` in Rust.
    Absent,
    /// A boolean.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A float.
    Float(f64),
    /// A string.
    Str(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// A parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Its name in Python.
    pub name: String,
    /// How it is bound.
    pub kind: ParameterKind,
    /// What stands for it where it is not given; without one it must be.
    pub default: Option<Default>,
    /// How it is passed in Rust.
    pub passing: Passing,
}

/// A mapped Python name.
#[derive(Debug, Clone)]
pub struct Signature {
    /// The qualified Python name.
    pub python: String,
    /// What it is.
    pub kind: Kind,
    /// The support module.
    pub module: String,
    /// The item in it: `loads`, or `Decimal::quantize` for a method.
    pub item: String,
    /// Whether it is a method in Rust.
    pub is_method: bool,
    /// What it is called on, where it is a method in Python.
    pub receiver: Option<Passing>,
    /// Which of Rust's parameters is the place of the call in the source.
    pub located: Option<usize>,
    /// Whether Rust's last parameter is the exception that the calling code handles.
    pub handled: bool,
    /// Whether Rust's last parameters make calls that only a mapping can give.
    pub calls: bool,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// What it gives.
    pub returns: Ty,
    /// Whether it may raise.
    pub raises: bool,
    /// Whether it is asynchronous.
    pub awaits: bool,
}

/// The signatures of a module.
pub(super) fn of_module(module: &str, file: &syn::File) -> Vec<Signature> {
    let mut names = Names {
        module: module.to_owned(),
        ..Names::default()
    };
    for item in &file.items {
        if let Item::Use(item) = item {
            imports(&item.tree, &mut Vec::new(), &mut names);
        }
    }
    let mut found = Vec::new();
    for item in &file.items {
        of_item(item, &mut names, &mut found);
    }
    found
}

/// The types of a module that implement `Display`.
pub(super) fn displayed(module: &str, file: &syn::File) -> Vec<String> {
    let types = file.items.iter().filter_map(|item| match item {
        Item::Impl(it) => {
            let (_, path, _) = it.trait_.as_ref()?;
            let is_display = path.segments.last()?.ident == "Display";
            match (&*it.self_ty, is_display) {
                (syn::Type::Path(ty), true) => {
                    Some(format!("{module}::{}", ty.path.segments.last()?.ident))
                }
                _ => None,
            }
        }
        _ => None,
    });
    types.collect()
}

/// The types that a module converts to a `Value`, by their Rust paths, with the features that the
/// conversion stands under.
pub(super) fn converted(module: &str, file: &syn::File) -> Vec<(String, BTreeSet<String>)> {
    let mut names = Names {
        module: module.to_owned(),
        ..Names::default()
    };
    for item in &file.items {
        if let Item::Use(item) = item {
            imports(&item.tree, &mut Vec::new(), &mut names);
        }
    }
    let conversion = |item: &Item| {
        let Item::Impl(it) = item else {
            return None;
        };
        let (_, path, _) = it.trait_.as_ref()?;
        let last = path.segments.last()?;
        let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else {
            return None;
        };
        let is_value = matches!(&*it.self_ty, syn::Type::Path(ty) if ty.path.is_ident("Value"));
        match arguments.args.first()? {
            syn::GenericArgument::Type(from) if last.ident == "From" && is_value => {
                match rust_type::owned(from, &names)? {
                    Ty::Opaque(from) => Some((from.to_string(), super::prune::features(&it.attrs))),
                    _ => None,
                }
            }
            _ => None,
        }
    };
    file.items.iter().filter_map(conversion).collect()
}

fn imports(tree: &syn::UseTree, path: &mut Vec<String>, names: &mut Names) {
    match tree {
        syn::UseTree::Path(it) => {
            path.push(it.ident.to_string());
            imports(&it.tree, path, names);
            path.pop();
        }
        syn::UseTree::Name(it) => {
            if let [parent, module] = &path[..]
                && parent == "super"
            {
                names.imported.insert(it.ident.to_string(), module.clone());
            }
        }
        syn::UseTree::Group(group) => {
            for it in &group.items {
                imports(it, path, names);
            }
        }
        _ => {}
    }
}

fn of_item(item: &Item, names: &mut Names, found: &mut Vec<Signature>) {
    let plain = |attrs: &[Attribute], item: String, kind, returns| {
        let python = python_name(attrs)?;
        Some(Signature {
            python,
            kind,
            module: names.module.clone(),
            item,
            is_method: false,
            receiver: None,
            located: None,
            handled: false,
            calls: false,
            parameters: Vec::new(),
            returns,
            raises: false,
            awaits: false,
        })
    };
    match item {
        Item::Fn(it) if is_public(&it.vis) => {
            found.extend(function(
                &it.attrs,
                &it.sig,
                it.sig.ident.to_string(),
                names,
            ));
        }
        Item::Const(it) if is_public(&it.vis) => {
            let ty = rust_type::owned(&it.ty, names);
            found.extend(
                ty.and_then(|ty| plain(&it.attrs, it.ident.to_string(), Kind::Constant, ty)),
            );
        }
        Item::Static(it) if is_public(&it.vis) => {
            found.extend(plain(
                &it.attrs,
                it.ident.to_string(),
                Kind::Static,
                Ty::Never,
            ));
        }
        Item::Struct(it) => {
            let ty = Ty::opaque(&format!("{}::{}", names.module, it.ident));
            found.extend(plain(&it.attrs, it.ident.to_string(), Kind::Type, ty));
        }
        Item::Enum(it) => {
            let ty = Ty::opaque(&format!("{}::{}", names.module, it.ident));
            found.extend(plain(&it.attrs, it.ident.to_string(), Kind::Type, ty));
        }
        Item::Trait(syn::ItemTrait { attrs, ident, .. })
        | Item::Type(syn::ItemType { attrs, ident, .. }) => {
            let ty = Ty::opaque(&format!("{}::{ident}", names.module));
            found.extend(plain(attrs, ident.to_string(), Kind::Type, ty));
        }
        Item::Impl(it) if it.trait_.is_none() => {
            let syn::Type::Path(path) = &*it.self_ty else {
                return;
            };
            let Some(this) = path.path.segments.last().map(|it| it.ident.to_string()) else {
                return;
            };
            names.this = Some(this.clone());
            for member in &it.items {
                if let ImplItem::Fn(method) = member
                    && is_public(&method.vis)
                {
                    let item = format!("{this}::{}", method.sig.ident);
                    found.extend(function(&method.attrs, &method.sig, item, names));
                }
            }
            names.this = None;
        }
        _ => {}
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// The lines of a documentation.
pub(super) fn documentation(attrs: &[Attribute]) -> impl Iterator<Item = String> {
    let docs = attrs.iter().filter(|it| it.path().is_ident("doc"));
    docs.filter_map(|doc| {
        let Meta::NameValue(pair) = &doc.meta else {
            return None;
        };
        let syn::Expr::Lit(literal) = &pair.value else {
            return None;
        };
        match &literal.lit {
            syn::Lit::Str(text) => Some(text.value()),
            _ => None,
        }
    })
}

/// The Python in the first line of a documentation.
fn documented(attrs: &[Attribute]) -> Option<String> {
    let text = documentation(attrs).next()?;
    let quoted = text.trim_start().strip_prefix('`')?;
    Some(quoted.split_once('`')?.0.to_owned())
}

/// The dotted name in the first line of a documentation.
pub(super) fn python_name(attrs: &[Attribute]) -> Option<String> {
    documented(attrs).filter(|text| is_dotted(text))
}

fn is_dotted(text: &str) -> bool {
    text.split('.')
        .all(|part| !part.is_empty() && part.chars().all(|it| it.is_alphanumeric() || it == '_'))
}

fn function(
    attrs: &[Attribute],
    rust: &syn::Signature,
    item: String,
    names: &Names,
) -> Option<Signature> {
    let text = documented(attrs)?;
    let (python, parameters) = match text.split_once('(') {
        Some((name, rest)) => (name.to_owned(), Some(rest.strip_suffix(')')?.to_owned())),
        None => (text, None),
    };
    if !is_dotted(&python) {
        return None;
    }
    let (returns, raises) = rust_type::returns(&rust.output, names)?;
    let mut passings = Vec::new();
    let mut is_method = false;
    let mut located = None;
    let mut handled = false;
    let mut calls = false;
    for input in &rust.inputs {
        match input {
            FnArg::Receiver(_) => {
                is_method = true;
                let this = names.this.as_ref()?;
                let ty = match this.as_str() {
                    "Value" => Ty::Value,
                    "List" => Ty::List,
                    "Dict" => Ty::Dict,
                    "Set" => Ty::Set,
                    "Error" => Ty::Error,
                    other => Ty::opaque(&format!("{}::{other}", names.module)),
                };
                passings.push(Passing::Value(ty, Mode::Receiver));
            }
            FnArg::Typed(typed) => {
                // What the compiler gives, no argument of Python's.
                match &*typed.pat {
                    Pat::Ident(it) if it.ident == "location" => located = Some(passings.len()),
                    Pat::Ident(it) if it.ident == "handled" => handled = true,
                    _ if rust_type::is_async(&typed.ty) => calls = true,
                    _ => passings.push(rust_type::parameter(&typed.ty, names)?),
                }
            }
        }
    }
    let declared = match &parameters {
        Some(text) => python_parameters(text)?,
        None => Vec::new(),
    };
    let receiver = match passings.len().checked_sub(declared.len())? {
        0 => None,
        1 => Some(passings.remove(0)),
        _ => return None,
    };
    let parameters_of = declared.into_iter().zip(passings);
    Some(Signature {
        python,
        kind: match parameters {
            Some(_) => Kind::Function,
            None => Kind::Attribute,
        },
        module: names.module.clone(),
        item,
        is_method,
        receiver,
        located,
        handled,
        calls,
        parameters: parameters_of
            .map(|((name, kind, default), passing)| Parameter {
                name,
                kind,
                default,
                passing,
            })
            .collect(),
        returns,
        raises,
        awaits: rust.asyncness.is_some(),
    })
}

type Declared = (String, ParameterKind, Option<Default>);

fn python_parameters(text: &str) -> Option<Vec<Declared>> {
    let parsed = parse_module(&format!("def _({text}): pass")).ok()?;
    let Some(Stmt::FunctionDef(def)) = parsed.syntax().body.first() else {
        return None;
    };
    let parameters = &def.parameters;
    let mut found = Vec::new();
    let mut push = |list: &[ruff_python_ast::ParameterWithDefault], kind| {
        for it in list {
            let default = it.default.as_deref().map(default_of);
            if matches!(default, Some(None)) {
                return None;
            }
            found.push((it.parameter.name.to_string(), kind, default.flatten()));
        }
        Some(())
    };
    push(&parameters.posonlyargs, ParameterKind::Positional)?;
    push(&parameters.args, ParameterKind::Either)?;
    if let Some(rest) = &parameters.vararg {
        found.push((rest.name.to_string(), ParameterKind::Rest, None));
    }
    for it in &parameters.kwonlyargs {
        let default = it.default.as_deref().map(default_of);
        if matches!(default, Some(None)) {
            return None;
        }
        let name = it.parameter.name.to_string();
        found.push((name, ParameterKind::Keyword, default.flatten()));
    }
    if let Some(keywords) = &parameters.kwarg {
        found.push((keywords.name.to_string(), ParameterKind::Keywords, None));
    }
    Some(found)
}

fn default_of(expr: &PyExpr) -> Option<Default> {
    Some(match expr {
        PyExpr::NoneLiteral(_) => Default::None,
        PyExpr::EllipsisLiteral(_) => Default::Absent,
        PyExpr::BooleanLiteral(it) => Default::Bool(it.value),
        PyExpr::BytesLiteral(it) => Default::Bytes(it.value.bytes().collect()),
        PyExpr::StringLiteral(it) => Default::Str(it.value.to_str().to_owned()),
        PyExpr::NumberLiteral(it) => match &it.value {
            Number::Int(value) => Default::Int(value.as_i64()?),
            Number::Float(value) => Default::Float(*value),
            Number::Complex { .. } => return None,
        },
        PyExpr::UnaryOp(it) if it.op == UnaryOp::USub => match default_of(&it.operand)? {
            Default::Int(value) => Default::Int(-value),
            Default::Float(value) => Default::Float(-value),
            _ => return None,
        },
        _ => return None,
    })
}
