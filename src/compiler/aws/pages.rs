//! The pages of an operation.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::aws::{Operation, Paginator, names};

use super::function_name;

/// The type and the function for the pages of an operation.
pub(super) fn pager(operation: &Operation, paginator: &Paginator, resource: bool) -> TokenStream {
    let name = names::type_name(&operation.name);
    let name = format!("{}{name}Pages", if resource { "Resource" } else { "" });
    let method = function_name(operation, resource);
    let (doc, own) = (
        format!(" The pages of `{method}`."),
        format!(" `get_paginator(\"{}\").paginate(...)`.", operation.method),
    );
    let (name, function) = (format_ident!("{name}"), format_ident!("{method}_pages"));
    let method = format_ident!("{method}");
    let constructor = pages_constructor(paginator);
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

fn pages_constructor(paginator: &Paginator) -> TokenStream {
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
            more_results: #more,
        }
    }
}
