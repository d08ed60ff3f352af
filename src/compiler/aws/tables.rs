//! Shapes as statics, by which parameters are validated and answers are read.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::aws::{Member, Reference, Service, Shape, names};

use super::{closure, print};

/// What a static is for: the attributes that it needs.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Purpose {
    pub(super) input: bool,
    pub(super) output: bool,
}

/// The shapes that become statics, and for what.
#[derive(Debug, Default)]
pub(super) struct Tables<'a> {
    shapes: BTreeMap<&'a str, Purpose>,
}

impl<'a> Tables<'a> {
    /// Adds what is reached from members.
    pub(super) fn add(&mut self, service: &'a Service, top: &[&'a Member], purpose: Purpose) {
        let top = top.iter().map(|member| member.shape.as_str());
        for name in closure::reached(service, top) {
            let entry = self.shapes.entry(name).or_default();
            entry.input |= purpose.input;
            entry.output |= purpose.output;
        }
    }

    /// The statics.
    pub(super) fn emit(&self, service: &Service) -> Vec<TokenStream> {
        let shapes = self.shapes.iter();
        let shapes =
            shapes.filter_map(|(name, purpose)| Some((name, service.shape(name)?, *purpose)));
        shapes
            .map(|(name, shape, purpose)| table(service, name, shape, purpose))
            .collect()
    }
}

fn table(service: &Service, name: &str, shape: &Shape, purpose: Purpose) -> TokenStream {
    let ident = format_ident!("{}", names::constant(name));
    match (shape.kind.as_str(), &shape.member, &shape.key, &shape.value) {
        ("list", Some(member), ..) => {
            let list = list(service, shape, member, purpose);
            quote! { static #ident: List = #list; }
        }
        ("map", _, Some(key), Some(value)) => {
            let map = map(service, shape, key, value, purpose);
            quote! { static #ident: Map = #map; }
        }
        _ => {
            let members: Vec<&Member> = shape.members.iter().collect();
            structure(
                service,
                (name, &ident.to_string()),
                shape,
                &members,
                &shape.required,
                purpose,
            )
        }
    }
}

/// A structure with some of its members.
pub(super) fn structure(
    service: &Service,
    (name, ident): (&str, &str),
    shape: &Shape,
    members: &[&Member],
    required: &[String],
    purpose: Purpose,
) -> TokenStream {
    let ident = format_ident!("{ident}");
    let members = members.iter().map(|it| member(service, it, shape, purpose));
    let required =
        (purpose.input && !required.is_empty()).then(|| quote! { .required(&[#(#required),*]) });
    let union = shape.union.then(|| quote! { .union() });
    let payload = shape.payload.as_ref().filter(|_| purpose.output);
    let payload = payload.map(|payload| quote! { .payload(#payload) });
    quote! {
        static #ident: Structure = Structure::new(#name, &[#(#members),*]) #required #union #payload;
    }
}

fn member(service: &Service, member: &Member, parent: &Shape, purpose: Purpose) -> TokenStream {
    let name = &member.name;
    let shape = reference(service, &member.shape, member.host_label && purpose.input);
    let condition = match member.shape.as_str() {
        "ConditionExpression" if service.name == "dynamodb" => Some(quote! { .condition() }),
        "KeyExpression" if service.name == "dynamodb" => Some(quote! { .key_condition() }),
        _ => None,
    };
    if !purpose.output {
        return quote! { Member::new(#name, #shape) #condition };
    }
    let wire = wire_name(service, member);
    let wire = wire
        .filter(|wire| wire != name)
        .map(|wire| quote! { .named(#wire) });
    let place = match member.location.as_deref() {
        Some("header") => Some(quote! { .in_header() }),
        Some("headers") => Some(quote! { .in_headers() }),
        Some("statusCode") => Some(quote! { .status() }),
        _ if parent.payload.as_ref() == Some(name) => None,
        _ if member.xml_attribute => Some(quote! { .attribute() }),
        _ => None,
    };
    let flat = member.flattened.then(|| quote! { .flat() });
    quote! { Member::new(#name, #shape) #wire #place #flat #condition }
}

/// The name in the message: that of a flattened list is its items'.
fn wire_name(service: &Service, member: &Member) -> Option<String> {
    let shape = service.shape(&member.shape);
    let flattened = |shape: &&Shape| shape.flattened || member.flattened;
    let items = shape.filter(|shape| shape.kind == "list").filter(flattened);
    let items = items.and_then(|shape| shape.member.as_ref()?.location_name.clone());
    items.or_else(|| member.location_name.clone())
}

fn list(service: &Service, shape: &Shape, member: &Reference, purpose: Purpose) -> TokenStream {
    let item = reference(service, &member.shape, false);
    let min = shape
        .min
        .as_ref()
        .and_then(serde_json::Number::as_u64)
        .unwrap_or(0);
    let min = usize::try_from(min).unwrap_or(0);
    let min = (purpose.input && min > 0).then(|| quote! { .min(#min) });
    let flattened = (purpose.output && shape.flattened).then(|| quote! { .flattened() });
    quote! { List::of(#item) #min #flattened }
}

fn map(
    service: &Service,
    shape: &Shape,
    key: &Reference,
    value: &Reference,
    purpose: Purpose,
) -> TokenStream {
    let key_shape = reference(service, &key.shape, false);
    let value_shape = reference(service, &value.shape, false);
    let flattened = (purpose.output && shape.flattened).then(|| quote! { .flattened() });
    let (key, value) = (&key.location_name, &value.location_name);
    let named = (purpose.output && (key.is_some() || value.is_some())).then(|| {
        let key = key.as_deref().unwrap_or("key");
        let value = value.as_deref().unwrap_or("value");
        quote! { .named(#key, #value) }
    });
    quote! { Map::of(#key_shape, #value_shape) #named #flattened }
}

/// A shape where it is referred to.
fn reference(service: &Service, name: &str, host_label: bool) -> TokenStream {
    let Some(shape) = service.shape(name) else {
        return quote! { Shape::Document };
    };
    let ident = format_ident!("{}", names::constant(name));
    match closure::kind(service, name, shape) {
        "structure" if shape.document => quote! { Shape::Document },
        "structure" => quote! { Shape::Structure(&#ident) },
        "list" => quote! { Shape::List(&#ident) },
        "map" => quote! { Shape::Map(&#ident) },
        "blob" => quote! { Shape::Blob },
        "boolean" => quote! { Shape::Boolean },
        "timestamp" => quote! { Shape::Timestamp(&TIMESTAMP) },
        "integer" | "long" | "short" | "byte" => {
            match shape.min.as_ref().and_then(serde_json::Number::as_i64) {
                Some(min) => {
                    let min = proc_macro2::Literal::i64_unsuffixed(min);
                    quote! { Shape::Integer(Some(#min)) }
                }
                None => quote! { Shape::Integer(None) },
            }
        }
        "float" | "double" => match shape.min.as_ref().map(ToString::to_string) {
            Some(min) => quote! { Shape::Float(Some(#min)) },
            None => quote! { Shape::Float(None) },
        },
        _ => {
            let min = shape.min.as_ref().and_then(serde_json::Number::as_u64);
            let min = min.unwrap_or(u64::from(host_label));
            let min = proc_macro2::Literal::u64_unsuffixed(min);
            quote! { Shape::String(#min) }
        }
    }
}

/// The statics' types that a module must import.
pub(super) fn imports(items: &[TokenStream]) -> Vec<TokenStream> {
    let words = print::identifiers(items);
    let used = ["List", "Map", "Member", "Shape", "Structure"];
    let used = used.into_iter().filter(|name| words.contains(*name));
    used.map(|name| format_ident!("{name}"))
        .map(|ident| quote! { #ident })
        .collect()
}
