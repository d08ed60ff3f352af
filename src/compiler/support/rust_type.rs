//! Types of the support modules' Rust signatures as types of the compiler.

use std::collections::BTreeMap;

use syn::{GenericArgument, PathArguments, ReturnType, Type, TypeParamBound};

use super::signature::Passing;
use crate::compiler::ir::Mode;
use crate::compiler::types::Ty;

/// Where the names of a module's types come from.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Module by type name, for imported types.
    pub(super) imported: BTreeMap<String, String>,
    /// The module itself.
    pub(super) module: String,
    /// What `Self` is, within an `impl`.
    pub(super) this: Option<String>,
}

impl Names {
    fn path(&self, name: &str) -> String {
        if name == "Self"
            && let Some(this) = &self.this
        {
            return self.path(this);
        }
        let module = self.imported.get(name).unwrap_or(&self.module);
        format!("{module}::{name}")
    }
}

/// A parameter's type: what it takes and how.
pub(super) fn parameter(ty: &Type, names: &Names) -> Option<Passing> {
    let by = |ty, mode| Some(Passing::Value(ty, mode));
    match ty {
        Type::Reference(reference) => match &*reference.elem {
            Type::Slice(slice) => match path_name(&slice.elem)?.as_str() {
                "u8" => by(Ty::Bytes, Mode::Ref),
                "Value" => Some(Passing::Slice),
                _ => None,
            },
            Type::Path(_) if path_name(&reference.elem)? == "str" => by(Ty::Str, Mode::Ref),
            Type::ImplTrait(it) => by(class_bound(it, names)?, Mode::Ref),
            other => by(owned(other, names)?, Mode::Ref),
        },
        Type::Path(_) if path_name(ty)? == "Option" => match &only_argument(ty)? {
            Type::Reference(reference) => {
                let inner = parameter(&Type::Reference(reference.clone()), names)?;
                let Passing::Value(inner, _) = inner else {
                    return None;
                };
                by(Ty::Option(Box::new(inner)), Mode::OptionRef)
            }
            inner => by(Ty::Option(Box::new(owned(inner, names)?)), Mode::Owned),
        },
        Type::ImplTrait(it) => it.bounds.iter().find_map(trait_bound),
        other => by(owned(other, names)?, Mode::Owned),
    }
}

/// Whether a parameter is an asynchronous function.
pub(super) fn is_async(ty: &Type) -> bool {
    let Type::ImplTrait(it) = ty else {
        return false;
    };
    it.bounds.iter().any(|bound| {
        matches!(bound, TypeParamBound::Trait(bound) if bound.path.segments.last().is_some_and(|it| {
            it.ident.to_string().starts_with("AsyncFn")
        }))
    })
}

/// A trait that a class of Python's is, as the type of its instances.
fn class_bound(it: &syn::TypeImplTrait, names: &Names) -> Option<Ty> {
    let TypeParamBound::Trait(bound) = it.bounds.first()? else {
        return None;
    };
    let name = bound.path.segments.last()?.ident.to_string();
    Some(Ty::opaque(&names.path(&name)))
}

fn trait_bound(bound: &TypeParamBound) -> Option<Passing> {
    let TypeParamBound::Trait(bound) = bound else {
        return None;
    };
    let segment = bound.path.segments.last()?;
    match segment.ident.to_string().as_str() {
        "IntoIterator" | "Iterator" => Some(Passing::Iterable),
        "Fn" | "FnMut" | "FnOnce" => match &segment.arguments {
            PathArguments::Parenthesized(arguments) => {
                Some(Passing::Callback(arguments.inputs.len()))
            }
            _ => None,
        },
        _ => None,
    }
}

/// What a function returns: its type, and whether it may be an exception.
pub(super) fn returns(output: &ReturnType, names: &Names) -> Option<(Ty, bool)> {
    match output {
        ReturnType::Default => Some((Ty::None, false)),
        ReturnType::Type(_, ty) => match path_name(ty).as_deref() {
            Some("Result") => Some((owned(&only_argument(ty)?, names)?, true)),
            _ => Some((owned(ty, names)?, false)),
        },
    }
}

/// The compiler's type of an owned Rust type.
pub(super) fn owned(ty: &Type, names: &Names) -> Option<Ty> {
    match ty {
        Type::Tuple(tuple) if tuple.elems.is_empty() => Some(Ty::None),
        Type::Tuple(tuple) => {
            let items = tuple.elems.iter().map(|item| owned(item, names));
            Some(Ty::Tuple(items.collect::<Option<_>>()?))
        }
        Type::Reference(reference) => match parameter(ty, names)? {
            Passing::Value(inner, _) => Some(inner),
            _ => owned(&reference.elem, names),
        },
        Type::Path(_) => {
            let name = path_name(ty)?;
            Some(match name.as_str() {
                "bool" => Ty::Bool,
                "i64" => Ty::Int,
                "f64" => Ty::Float,
                "String" | "str" => Ty::Str,
                "Value" => Ty::Value,
                "List" => Ty::List,
                "Dict" => Ty::Dict,
                "Set" => Ty::Set,
                "Error" => Ty::Error,
                "Vec" if path_name(&only_argument(ty)?)? == "u8" => Ty::Bytes,
                "Vec" => match owned(&only_argument(ty)?, names)? {
                    item @ Ty::Opaque(_) => Ty::Run(Box::new(item)),
                    _ => return None,
                },
                "Option" => owned(&only_argument(ty)?, names)?.option(),
                "Rc" | "Box" | "Iter" => return None,
                "Self" => Ty::opaque(&names.path("Self")),
                other if other.chars().next()?.is_uppercase() => match module_of(ty) {
                    Some(module) => Ty::opaque(&format!("{module}::{other}")),
                    None => Ty::opaque(&names.path(other)),
                },
                _ => return None,
            })
        }
        _ => None,
    }
}

fn path_name(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => Some(path.path.segments.last()?.ident.to_string()),
        _ => None,
    }
}

/// The module that a path names before its last part.
fn module_of(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else {
        return None;
    };
    let before = path.path.segments.iter().rev().nth(1)?;
    Some(before.ident.to_string())
}

fn only_argument(ty: &Type) -> Option<Type> {
    let Type::Path(path) = ty else {
        return None;
    };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty.clone()),
        _ => None,
    })
}
