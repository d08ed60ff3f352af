//! The module of a client's exceptions.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::aws::{Service, names};

/// Its items: the classes that are wanted, and the table of them by their codes. Those that the operations name carry their
/// members.
pub(super) fn emit(
    service: &Service,
    modelled: &BTreeSet<&str>,
    has_table: bool,
    wanted: impl Fn(&str) -> bool,
) -> Vec<TokenStream> {
    let shapes = service.shapes().iter();
    let shapes = shapes.filter(|(name, shape)| shape.exception && wanted(name));
    let shapes: Vec<_> = shapes.collect();
    let table = shapes.iter().map(|(name, shape)| {
        let code = shape.error_code.as_deref().unwrap_or(name);
        let ident = format_ident!("{}", names::constant(name));
        let members = modelled.contains(name.as_str());
        let members = members.then(|| quote! { .with_members(&shapes::#ident) });
        quote! { Exception::new(#code, &#ident) #members }
    });
    let all = quote! {
        /// All of them by their codes.
        pub static EXCEPTIONS: &[Exception] = &[#(#table),*];
    };
    let classes = shapes.iter().map(|(name, _)| {
        let doc = format!(" `client.exceptions.{name}`.");
        let ident = format_ident!("{}", names::constant(name));
        quote! {
            #[doc = #doc]
            pub static #ident: Class = modelled(#name);
        }
    });
    let all = has_table.then_some(all);
    all.into_iter().chain(classes).collect()
}
