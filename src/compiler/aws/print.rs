//! Tokens as the text of a module.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};

/// One item as text, as rustfmt would have it in most cases; empty where it is no Rust, which the
/// tests rule out.
pub(super) fn item(tokens: TokenStream) -> String {
    syn::parse2(tokens).map_or_else(|_| String::new(), |file| prettyplease::unparse(&file))
}

/// A module: what opens it, then the groups of its imports and its items with empty
/// lines between them.
pub(super) fn module(opening: &str, uses: &[TokenStream], items: Vec<TokenStream>) -> String {
    let mut parts = vec![opening.to_owned()];
    parts.extend(uses.iter().cloned().map(item));
    parts.extend(items.into_iter().map(item));
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}

/// The identifiers in tokens.
pub(super) fn identifiers(items: &[TokenStream]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut waiting: Vec<TokenStream> = items.to_vec();
    while let Some(tokens) = waiting.pop() {
        for token in tokens {
            match token {
                TokenTree::Group(group) => waiting.push(group.stream()),
                TokenTree::Ident(ident) => found.extend([ident.to_string()]),
                TokenTree::Punct(_) | TokenTree::Literal(_) => (),
            }
        }
    }
    found
}
