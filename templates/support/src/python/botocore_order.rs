//! The order of parameters.

use serde_json::{Map, Value as Json};

use super::value::Value;

/// The order of a value's members.
#[derive(Debug)]
pub enum Order {
    Members(Vec<(String, Order)>),
    Items(Vec<Order>),
    None,
}

impl Order {
    /// The order in which a value has its members.
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Dict(dict) => {
                let members = dict.pairs().into_iter();
                let members = members.map(|(key, value)| (key.to_string(), Self::of(&value)));
                Self::Members(members.collect())
            }
            Value::List(items) => Self::Items(items.iter().map(|it| Self::of(&it)).collect()),
            #[cfg(feature = "tuple")]
            Value::Tuple(items) => Self::Items(items.iter().map(Self::of).collect()),
            _ => Self::None,
        }
    }

    /// JSON with its members in this order; what is not in it comes last.
    pub fn applied(&self, json: Json) -> Json {
        match (self, json) {
            (Self::Members(order), Json::Object(mut members)) => {
                let mut ordered = Map::new();
                for (name, order) in order {
                    if let Some(value) = members.shift_remove(name) {
                        ordered.insert(name.clone(), order.applied(value));
                    }
                }
                ordered.extend(members);
                Json::Object(ordered)
            }
            (Self::Items(order), Json::Array(items)) => {
                let mut order = order.iter();
                let next = |item| order.next().unwrap_or(&Self::None).applied(item);
                Json::Array(items.into_iter().map(next).collect())
            }
            (_, json) => json,
        }
    }
}
