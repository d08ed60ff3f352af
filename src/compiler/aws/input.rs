//! Functions that turn Python values into the SDK's types.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::aws::{Member, Service, Shape, names};

use super::closure;

/// The structures that need a function.
#[derive(Debug, Default)]
pub(super) struct Inputs<'a> {
    structures: BTreeSet<&'a str>,
}

impl<'a> Inputs<'a> {
    /// Adds what is reached from members.
    pub(super) fn add(&mut self, service: &'a Service, top: &[&'a Member]) {
        let top = top.iter().map(|member| member.shape.as_str());
        let reached = closure::reached(service, top);
        let structure = |name: &&str| service.shape(name).is_some_and(closure::is_structure);
        self.structures
            .extend(reached.into_iter().filter(structure));
    }

    /// The functions.
    pub(super) fn emit(&self, service: &Service) -> Vec<TokenStream> {
        let shapes = self.structures.iter();
        let shapes = shapes.filter_map(|name| Some((*name, service.shape(name)?)));
        shapes
            .map(|(name, shape)| conversion(service, name, shape))
            .collect()
    }
}

/// Whether the SDK has an enum of variants for it.
fn is_union(service: &Service, name: &str, shape: &Shape) -> bool {
    let attribute = name == "AttributeValue" && service.name.starts_with("dynamodb");
    let filter = ["AnalyticsFilter", "MetricsFilter"].contains(&name) && service.name == "s3";
    shape.union || attribute || filter
}

fn conversion(service: &Service, name: &str, shape: &Shape) -> TokenStream {
    let function = format_ident!("{}", function(service, name));
    let doc = format!(" `{name}`.");
    let type_name = format_ident!("{}", names::type_name(name));
    if is_union(service, name, shape) {
        let arms = shape.members.iter().map(|member| {
            let (name, variant) = (
                &member.name,
                format_ident!("{}", names::type_name(&member.name)),
            );
            let value = applied(service, &member.shape, &quote! { &value });
            quote! { #name => types::#type_name::#variant(#value?) }
        });
        return quote! {
            #[doc = #doc]
            fn #function(value: &Value) -> Result<types::#type_name> {
                let (name, value) = serialize::variant(value)?;
                Ok(match name.as_str() {
                    #(#arms,)*
                    _ => return Err(serialize::no_variant(#name, &name)),
                })
            }
        };
    }
    let setters = shape
        .members
        .iter()
        .map(|member| setter(service, member, &quote! { value }));
    let value = if shape.members.is_empty() {
        quote! { serialize::structure(value)?; }
    } else {
        quote! { let value = serialize::structure(value)?; }
    };
    quote! {
        #[doc = #doc]
        fn #function(value: &Value) -> Result<types::#type_name> {
            #value
            types::#type_name::builder() #(#setters)* .build().built()
        }
    }
}

/// A call of a setter on one of the SDK's builders, with a member of a dict.
pub(super) fn setter(service: &Service, member: &Member, dict: &TokenStream) -> TokenStream {
    let setter = format_ident!("{}", names::setter(&member.name));
    let name = &member.name;
    let conversion = match is_of_whole_seconds(service, &member.shape, Some(member)) {
        true => quote! { serialize::whole_seconds },
        false => named(service, &member.shape),
    };
    quote! { .#setter(serialize::optional(#dict, #name, #conversion)?) }
}

/// Whether botocore sends a point in time without the parts of its second.
fn is_of_whole_seconds(service: &Service, name: &str, member: Option<&Member>) -> bool {
    let Some(shape) = service.shape(name).filter(|it| it.kind == "timestamp") else {
        return false;
    };
    let own = member.and_then(|it| it.timestamp_format.as_deref());
    let location = member.and_then(|it| it.location.as_deref());
    match own.or(shape.timestamp_format.as_deref()) {
        Some(format) => !format.eq_ignore_ascii_case("iso8601"),
        None => match location {
            Some("header" | "headers") => true,
            Some("querystring" | "uri") => false,
            _ => service.protocols.iter().any(|it| it.ends_with("json")),
        },
    }
}

/// A conversion as a function.
fn named(service: &Service, name: &str) -> TokenStream {
    let Some(shape) = service.shape(name) else {
        return quote! { serialize::text };
    };
    match (
        closure::kind(service, name, shape),
        &shape.member,
        &shape.value,
    ) {
        ("list", Some(_), _) | ("map", _, Some(_)) => {
            let body = applied(service, name, &quote! { it });
            quote! { |it| #body }
        }
        ("structure", ..) => {
            let function = format_ident!("{}", function(service, name));
            quote! { #function }
        }
        ("blob", ..) => quote! { serialize::bytes },
        ("boolean", ..) => quote! { serialize::boolean },
        ("timestamp", ..) if is_of_whole_seconds(service, name, None) => {
            quote! { serialize::whole_seconds }
        }
        ("timestamp", ..) => quote! { serialize::timestamp },
        // A number that the SDK takes for an opaque text.
        ("integer", ..) if name.ends_with("PartNumberMarker") && service.name == "s3" => {
            quote! { serialize::number_as_text }
        }
        ("integer" | "long" | "short" | "byte", ..) => quote! { serialize::integer },
        ("float", ..) => quote! { serialize::float },
        ("double", ..) => quote! { serialize::double },
        _ => quote! { serialize::text },
    }
}

/// A conversion applied to a value.
fn applied(service: &Service, name: &str, value: &TokenStream) -> TokenStream {
    let shape = service.shape(name);
    let kind = shape.map(|shape| shape.kind.as_str());
    let inner = shape.and_then(|shape| shape.member.as_ref().or(shape.value.as_ref()));
    match (kind, inner) {
        (Some("list"), Some(inner)) => {
            let item = named(service, &inner.shape);
            quote! { serialize::list(#value, #item) }
        }
        (Some("map"), Some(inner)) => {
            let item = named(service, &inner.shape);
            quote! { serialize::map(#value, #item) }
        }
        _ => {
            let function = named(service, name);
            quote! { #function(#value) }
        }
    }
}

/// The function of a shape, which must not be that of an operation.
fn function(service: &Service, shape: &str) -> String {
    let name = names::function(shape);
    let operation = service
        .operations()
        .iter()
        .any(|it| names::function(&it.name) == name);
    if operation || name == "client" {
        format!("{}_value", name.trim_start_matches("r#"))
    } else {
        name
    }
}
