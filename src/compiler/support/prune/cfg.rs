//! Conditions of compilation over the support package's features.

use std::collections::BTreeSet;

use syn::punctuated::Punctuated;
use syn::{Attribute, Meta, Token};

/// Whether attributes let their node stand; tests never do.
pub(super) fn holds(attributes: &[Attribute], features: &BTreeSet<String>) -> bool {
    attributes
        .iter()
        .filter(|it| it.path().is_ident("cfg"))
        .all(|it| {
            it.parse_args::<Meta>()
                .is_ok_and(|meta| evaluate(&meta, features))
        })
}

fn evaluate(meta: &Meta, features: &BTreeSet<String>) -> bool {
    let parts = |list: &syn::MetaList| {
        list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
            .unwrap_or_default()
    };
    match meta {
        Meta::NameValue(pair) if pair.path.is_ident("feature") => match &pair.value {
            syn::Expr::Lit(syn::ExprLit {
                lit: syn::Lit::Str(name),
                ..
            }) => features.contains(&name.value()),
            _ => false,
        },
        Meta::List(list) if list.path.is_ident("all") => {
            parts(list).iter().all(|it| evaluate(it, features))
        }
        Meta::List(list) if list.path.is_ident("any") => {
            parts(list).iter().any(|it| evaluate(it, features))
        }
        Meta::List(list) if list.path.is_ident("not") => {
            !parts(list).iter().all(|it| evaluate(it, features))
        }
        _ => false,
    }
}

/// The features that attributes name.
pub(in crate::compiler::support) fn features(attributes: &[Attribute]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for attribute in attributes.iter().filter(|it| it.path().is_ident("cfg")) {
        let text = quote::ToTokens::to_token_stream(attribute).to_string();
        for part in text.split("feature = \"").skip(1) {
            found.extend(part.split_once('"').map(|(name, _)| name.to_owned()));
        }
    }
    found
}
