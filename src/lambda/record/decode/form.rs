//! The query and EC2 protocols' forms.

use std::collections::BTreeMap;

use axum::http::request::Parts;
use serde_json::{Map, Value};

use super::value::{put, scalar};
use crate::aws::{Operation, Service};

/// A form's dotted names as a tree.
#[derive(Debug, Default)]
pub(super) struct Form {
    text: Option<String>,
    parts: BTreeMap<String, Form>,
}

impl Form {
    /// Of a request's body, or of its query where it has no body.
    pub(super) fn read(head: &Parts, body: &[u8]) -> Option<Self> {
        let text = if body.is_empty() {
            head.uri.query()?.as_bytes()
        } else {
            body
        };
        let mut form = Self::default();
        for (name, value) in form_urlencoded::parse(text) {
            let mut place = &mut form;
            // As deep as any model goes; a form without end is not one of a client's.
            for part in name.split('.').take(64) {
                place = place.parts.entry(part.to_owned()).or_default();
            }
            place.text = Some(value.into_owned());
        }
        form.parts.contains_key("Action").then_some(form)
    }

    pub(super) fn action(&self) -> Option<&str> {
        self.parts.get("Action")?.text.as_deref()
    }

    pub(super) fn version(&self) -> Option<&String> {
        self.parts.get("Version")?.text.as_ref()
    }

    /// The parameters of an operation.
    pub(super) fn parameters(&self, service: &Service, operation: &Operation, ec2: bool) -> Value {
        let shape = operation.input.as_ref();
        shape
            .and_then(|shape| self.value(service, shape, ec2))
            .unwrap_or_else(|| Value::Object(Map::new()))
    }

    fn value(&self, service: &Service, name: &str, ec2: bool) -> Option<Value> {
        let shape = service.shape(name)?;
        Some(match shape.kind.as_str() {
            "structure" => {
                let mut members = Map::new();
                for member in &shape.members {
                    let sent = match (&member.query_name, &member.location_name) {
                        (Some(name), _) if ec2 => name.clone(),
                        (_, Some(name)) if ec2 => capital(name),
                        (_, name) => name.clone().unwrap_or_else(|| member.name.clone()),
                    };
                    let part = self.parts.get(&sent).or_else(|| {
                        // A flattened list is called by its elements' name.
                        let list = service.shape(&member.shape)?;
                        let name = list.member.as_ref()?.location_name.as_ref()?;
                        list.flattened.then(|| self.parts.get(name))?
                    });
                    let value = part.and_then(|part| part.value(service, &member.shape, ec2));
                    put(&mut members, &member.name, value);
                }
                Value::Object(members)
            }
            "list" => {
                let of = &shape.member.as_ref()?.shape;
                let items = self.numbered().into_iter();
                items
                    .filter_map(|item| item.value(service, of, ec2))
                    .collect()
            }
            "map" => {
                let (key, value) = (shape.key.as_ref()?, shape.value.as_ref()?);
                let key_name = key.location_name.as_deref().unwrap_or("key");
                let value_name = value.location_name.as_deref().unwrap_or("value");
                let entries = self.numbered().into_iter().filter_map(|entry| {
                    let key = entry.parts.get(key_name)?.text.clone()?;
                    let value = entry.parts.get(value_name)?;
                    Some((
                        key,
                        value.value(service, &shape.value.as_ref()?.shape, ec2)?,
                    ))
                });
                Value::Object(entries.collect())
            }
            _ => scalar(shape, self.text.clone()?),
        })
    }

    /// `member.1`, `entry.1`, an element's own name and `.1`, or just `1`: in the numbers' order.
    fn numbered(&self) -> Vec<&Form> {
        let number = |form: &Form| form.parts.keys().any(|name| name.parse::<u32>().is_ok());
        let holder = match self.parts.values().next() {
            Some(only) if self.parts.len() == 1 && !number(self) => only,
            _ => self,
        };
        let mut items: Vec<_> = holder
            .parts
            .iter()
            .filter_map(|(name, item)| Some((name.parse::<u32>().ok()?, item)))
            .collect();
        items.sort_unstable_by_key(|(number, _)| *number);
        items.into_iter().map(|(_, item)| item).collect()
    }
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters
        .next()
        .map(|first| first.to_ascii_uppercase())
        .into_iter()
        .chain(letters)
        .collect()
}
