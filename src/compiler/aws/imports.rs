//! What a service's module imports.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::aws::names;

use super::print;
use super::service::Module;

/// The groups of imports that items of a service's module need.
pub(super) fn of(module: &Module, items: &[TokenStream]) -> Vec<TokenStream> {
    let words = print::identifiers(items);
    let sdk = format_ident!("{}", names::crate_name(module.service()).replace('-', "_"));
    let raises = module.raises().then(|| quote! { pub mod exceptions; });
    let shapes = (!module.operations.is_empty()).then(|| quote! { mod shapes; });
    let modules = quote! { #raises #shapes };
    let used = |name: &str, tokens: TokenStream| words.contains(name).then_some(tokens);
    let types = used("types", quote! { use #sdk::types; });
    let first = quote! { pub use #sdk::Client; #types };
    let groups = [
        Some(modules),
        Some(quote! { use aws_config::SdkConfig; }),
        Some(first),
    ];
    let join = |group: Vec<TokenStream>| group.into_iter().collect::<TokenStream>();
    let mut uses: Vec<_> = groups.into_iter().flatten().collect();
    let tail = uses.split_off(1);
    let cell = used(
        "RefCell",
        quote! { use std::cell::RefCell; use std::rc::Rc; },
    );
    vec![
        join(uses),
        cell.unwrap_or_default(),
        join(tail),
        supports(&words),
    ]
}

/// The imports from the support modules.
fn supports(words: &BTreeSet<String>) -> TokenStream {
    let used = |name: &str, tokens: TokenStream| words.contains(name).then_some(tokens);
    let ours = [
        used("Call", quote! { use crate::python::botocore_call::Call; }),
        Some(quote! { use crate::python::botocore_client::{self, ClientOptions}; }),
        used(
            "errors",
            quote! { use crate::python::botocore_errors as errors; },
        ),
        used(
            "Batch",
            quote! { use crate::python::dynamodb_batch::Batch; },
        ),
        used(
            "Paginator",
            quote! { use crate::python::botocore_paginate::{Pages, Paginator}; },
        ),
        used(
            "parsers",
            quote! { use crate::python::botocore_parsers as parsers; },
        ),
        match (words.contains("serialize"), words.contains("built")) {
            (true, true) => {
                Some(quote! { use crate::python::botocore_serialize::{self as serialize, Built}; })
            }
            (true, false) => Some(quote! { use crate::python::botocore_serialize as serialize; }),
            (false, true) => Some(quote! { use crate::python::botocore_serialize::Built; }),
            _ => None,
        },
        used(
            "validate",
            quote! { use crate::python::botocore_validate::validate; },
        ),
        used("Dict", quote! { use crate::python::dict::Dict; }),
        used(
            "dynamodb_resource",
            quote! { use crate::python::dynamodb_resource; },
        ),
        Some(quote! { use crate::python::error::Result; }),
        used("s3", quote! { use crate::python::s3; }),
        used("Value", quote! { use crate::python::value::Value; }),
    ];
    ours.into_iter().flatten().collect()
}
