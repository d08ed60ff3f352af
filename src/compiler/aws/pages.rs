//! The pages of an operation.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::aws::{Operation, Paginator, Service, names};

use super::function_name;

/// The type and the function for the pages of an operation.
pub(super) fn pager(
    service: &Service,
    operation: &Operation,
    paginator: &Paginator,
    resource: bool,
) -> TokenStream {
    let name = names::type_name(&operation.name);
    let name = format!("{}{name}Pages", if resource { "Resource" } else { "" });
    let method = function_name(operation, resource);
    let (doc, own) = (
        format!(" The pages of `{method}`."),
        format!(" `get_paginator(\"{}\").paginate(...)`.", operation.method),
    );
    let (name, function) = (format_ident!("{name}"), format_ident!("{method}_pages"));
    let method = format_ident!("{method}");
    let constructor = pages_constructor(paginator, limit_is_text(service, operation, paginator));
    quote! {
        #[doc = #doc]
        #[derive(Debug, Clone)]
        pub struct #name { client: Client, pages: Pages }

        #[doc = #own]
        pub fn #function(client: &Client, input: &Dict) -> Result<#name> {
            let pages = Pages::new(#constructor, input)?;
            Ok(#name { client: client.clone(), pages })
        }

        impl #name {
            /// The next page.
            pub async fn next(&mut self) -> Result<Option<Dict>> {
                while let Some(input) = self.pages.request() {
                    let answer = #method(&self.client, &input).await?;
                    if let Some(page) = self.pages.receive(answer)? {
                        return Ok(Some(page));
                    }
                }
                Ok(None)
            }
        }
    }
}

/// Whether the size of a page is given as text.
fn limit_is_text(service: &Service, operation: &Operation, paginator: &Paginator) -> bool {
    let Some(limit) = &paginator.limit_key else {
        return false;
    };
    let input = operation.input.as_deref().and_then(|it| service.shape(it));
    let members = input.into_iter().flat_map(|it| &it.members);
    let mut shapes = members.filter(|it| it.name == *limit).map(|it| &it.shape);
    let shape = shapes.next().and_then(|it| service.shape(it));
    shape.is_some_and(|it| it.kind == "string")
}

fn pages_constructor(paginator: &Paginator, limit_is_text: bool) -> TokenStream {
    let (inputs, outputs) = (&paginator.input_tokens, &paginator.output_tokens);
    let results = &paginator.result_keys;
    let option = |it: &Option<String>| match it {
        Some(it) => quote! { Some(#it) },
        None => quote! { None },
    };
    let (limit, more) = (
        option(&paginator.limit_key),
        option(&paginator.more_results),
    );
    quote! {
        Paginator {
            input_tokens: &[#(#inputs),*],
            output_tokens: &[#(#outputs),*],
            result_keys: &[#(#results),*],
            limit_key: #limit,
            limit_is_text: #limit_is_text,
            more_results: #more,
        }
    }
}
