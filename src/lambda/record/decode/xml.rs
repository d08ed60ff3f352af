//! XML bodies by their shapes.

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Map, Value};

use super::value::{put, scalar};
use crate::aws::Service;

/// An element: its text, its attributes as elements, and the elements in it.
#[derive(Debug, Default)]
pub(super) struct Element {
    name: String,
    text: String,
    parts: Vec<Element>,
}

/// Deeper than any model goes.
const DEPTH: usize = 64;

impl Element {
    /// The root element of a document.
    pub(super) fn read(body: &[u8]) -> Option<Self> {
        let mut reader = Reader::from_str(std::str::from_utf8(body).ok()?);
        let mut open = vec![Self::default()];
        loop {
            match reader.read_event().ok()? {
                Event::Start(start) if open.len() < DEPTH => open.push(Self::opened(&start)),
                Event::Empty(empty) => open.last_mut()?.parts.push(Self::opened(&empty)),
                Event::Text(text) => open.last_mut()?.text.push_str(&text),
                Event::GeneralRef(reference) => {
                    let entity = format!("&{};", &*reference);
                    let text = quick_xml::escape::unescape(&entity).ok()?;
                    open.last_mut()?.text.push_str(&text);
                }
                Event::End(_) => {
                    let element = open.pop()?;
                    open.last_mut()?.parts.push(element);
                }
                Event::Eof => return open.pop()?.parts.pop(),
                Event::Start(_) => return None,
                _ => {}
            }
        }
    }

    fn opened(start: &quick_xml::events::BytesStart<'_>) -> Self {
        let attributes = start.attributes().flatten().map(|attribute| Self {
            name: attribute.key.as_ref().to_owned(),
            text: attribute.value.into_owned(),
            parts: Vec::new(),
        });
        Self {
            name: start.local_name().as_ref().to_owned(),
            text: String::new(),
            parts: attributes.collect(),
        }
    }

    /// As a value of a shape.
    pub(super) fn value(&self, service: &Service, name: &str) -> Option<Value> {
        let shape = service.shape(name)?;
        Some(match shape.kind.as_str() {
            "structure" => {
                let mut members = Map::new();
                for member in &shape.members {
                    let inner = service.shape(&member.shape);
                    let flat = inner.filter(|inner| inner.flattened);
                    let own = flat.and_then(|list| list.member.as_ref()?.location_name.as_ref());
                    let sent = own
                        .or(member.location_name.as_ref())
                        .unwrap_or(&member.name);
                    let mut found = self.parts.iter().filter(|part| &part.name == sent);
                    let value = match flat.and_then(|list| list.member.as_ref()) {
                        Some(of) => {
                            let items: Vec<_> = found
                                .filter_map(|item| item.value(service, &of.shape))
                                .collect();
                            (!items.is_empty()).then_some(Value::Array(items))
                        }
                        None => found
                            .next()
                            .and_then(|part| part.value(service, &member.shape)),
                    };
                    put(&mut members, &member.name, value);
                }
                Value::Object(members)
            }
            "list" => {
                let of = &shape.member.as_ref()?.shape;
                let items = self.parts.iter();
                items.filter_map(|item| item.value(service, of)).collect()
            }
            "map" => {
                let text = |entry: &Self, place: usize| Some(entry.parts.get(place)?.text.clone());
                let of = &shape.value.as_ref()?.shape;
                let entries = self.parts.iter().filter_map(|entry| {
                    Some((text(entry, 0)?, entry.parts.get(1)?.value(service, of)?))
                });
                Value::Object(entries.collect())
            }
            _ => scalar(shape, self.text.clone()),
        })
    }
}
