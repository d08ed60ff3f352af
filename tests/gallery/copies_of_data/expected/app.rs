//! What is made of instances of dataclasses.

use crate::python::{
    builtins, dataclasses, date, datetime_value, decimal, dict, dict::Dict, error, error::Result,
    format, json, lambda_context, list, list::List, object, ops, string_case, value::Value,
};
use std::cell::RefCell;
use std::rc::Rc;

pub struct Basket {
    pub owner: Value,
    pub items: List,
    pub notes: Dict,
    pub since: RefCell<Option<date::Date>>,
}

impl object::Object for Basket {
    fn type_name(&self) -> &'static str {
        "Basket"
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        match name {
            "owner" => Some(self.owner.clone()),
            "items" => Some(Value::from(self.items.clone())),
            "notes" => Some(Value::from(self.notes.clone())),
            "since" => Some(Value::from(self.since.borrow().clone())),
            _ => None,
        }
    }

    fn read_attribute(&self, name: &str) -> Result<Value> {
        match name {
            "add" => Err(error::untranslated(format!(
                "the attribute {name} of a Basket"
            ))),
            _ => object::Object::attribute(self, name).ok_or_else(|| object::lacks("Basket", name)),
        }
    }

    fn equals(&self, other: &Value) -> Option<bool> {
        let other: &Self = object::instance(other)?;
        Some(
            self.owner == other.owner
                && Value::from(self.items.clone()) == Value::from(other.items.clone())
                && Value::from(self.notes.clone()) == Value::from(other.notes.clone())
                && Value::from(self.since.borrow().clone())
                    == Value::from(other.since.borrow().clone()),
        )
    }

    fn representation(&self) -> String {
        format!(
            "Basket(owner={}, items={}, notes={}, since={})",
            ops::repr(&self.owner),
            ops::repr(&Value::from(self.items.clone())),
            ops::repr(&Value::from(self.notes.clone())),
            ops::repr(&Value::from(self.since.borrow().clone()))
        )
    }

    fn data_fields(&self) -> Option<&'static [&'static str]> {
        Some(&["owner", "items", "notes", "since"])
    }
}

impl From<Rc<Basket>> for Value {
    fn from(instance: Rc<Basket>) -> Self {
        Self::Object(instance)
    }
}

impl Basket {
    pub fn add_(&self, item: &Rc<Item>) {
        list::append(&self.items, Value::from(item.clone()));
    }
}

/// An amount of money.
pub struct Price {
    pub amount: decimal::Decimal,
    pub currency: Value,
}

impl object::Object for Price {
    fn type_name(&self) -> &'static str {
        "Price"
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        match name {
            "amount" => Some(Value::from(self.amount.clone())),
            "currency" => Some(self.currency.clone()),
            _ => None,
        }
    }

    fn equals(&self, other: &Value) -> Option<bool> {
        let other: &Self = object::instance(other)?;
        Some(
            Value::from(self.amount.clone()) == Value::from(other.amount.clone())
                && self.currency == other.currency,
        )
    }

    fn representation(&self) -> String {
        format!(
            "Price(amount={}, currency={})",
            ops::repr(&Value::from(self.amount.clone())),
            ops::repr(&self.currency)
        )
    }

    fn data_fields(&self) -> Option<&'static [&'static str]> {
        Some(&["amount", "currency"])
    }
}

impl From<Rc<Price>> for Value {
    fn from(instance: Rc<Price>) -> Self {
        Self::Object(instance)
    }
}

#[allow(dead_code, reason = "members that nothing names")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Book,
    Food,
}

impl Kind {
    /// The member's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Book => "BOOK",
            Self::Food => "FOOD",
        }
    }

    /// The member's value.
    pub fn value(self) -> &'static str {
        match self {
            Self::Book => "book",
            Self::Food => "food",
        }
    }
}

impl object::Object for Kind {
    fn type_name(&self) -> &'static str {
        "Kind"
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        match name {
            "name" | "_name_" => Some(self.name().into()),
            "value" | "_value_" => Some(Value::from(self.value())),
            _ => None,
        }
    }

    fn is_true(&self) -> bool {
        true
    }

    fn is_its_copy(&self) -> bool {
        true
    }

    fn equals(&self, other: &Value) -> Option<bool> {
        Some(object::instance(other) == Some(self))
    }

    fn hash_key(&self) -> Option<Value> {
        Some(self.name().into())
    }

    fn representation(&self) -> String {
        let value = ops::repr(&Value::from(self.value()));
        format!("<Kind.{}: {value}>", self.name())
    }

    fn text(&self) -> String {
        format!("Kind.{}", self.name())
    }

    fn format(&self, spec: &str) -> Result<String> {
        format::format(&self.text().into(), spec)
    }
}

impl From<Kind> for Value {
    fn from(member: Kind) -> Self {
        Self::Object(Rc::new(member))
    }
}

/// So many of one article.
pub struct Item {
    pub name: Value,
    pub price: Rc<Price>,
    pub kind: Kind,
    pub tags: Value,
}

impl object::Object for Item {
    fn type_name(&self) -> &'static str {
        "Item"
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        match name {
            "name" => Some(self.name.clone()),
            "price" => Some(Value::from(self.price.clone())),
            "kind" => Some(Value::from(self.kind)),
            "tags" => Some(self.tags.clone()),
            "label" => Some(Value::from(self.label())),
            _ => None,
        }
    }

    fn equals(&self, other: &Value) -> Option<bool> {
        let other: &Self = object::instance(other)?;
        Some(
            self.name == other.name
                && Value::from(self.price.clone()) == Value::from(other.price.clone())
                && Value::from(self.kind) == Value::from(other.kind)
                && self.tags == other.tags,
        )
    }

    fn representation(&self) -> String {
        format!(
            "Item(name={}, price={}, kind={}, tags={})",
            ops::repr(&self.name),
            ops::repr(&Value::from(self.price.clone())),
            ops::repr(&Value::from(self.kind)),
            ops::repr(&self.tags)
        )
    }

    fn data_fields(&self) -> Option<&'static [&'static str]> {
        Some(&["name", "price", "kind", "tags"])
    }
}

impl From<Rc<Item>> for Value {
    fn from(instance: Rc<Item>) -> Self {
        Self::Object(instance)
    }
}

impl Item {
    pub fn label(&self) -> String {
        format!("{} ({})", self.name, self.kind.value())
    }
}

pub fn handler(event: &Value, _context: &lambda_context::LambdaContext) -> Result<Dict> {
    let basket = fill(
        &Rc::new(Basket {
            owner: event.item("owner")?,
            items: List::new(),
            notes: Dict::new(),
            since: RefCell::new(None),
        }),
        &event.item("entries")?,
    )?;
    if event.contains(&Value::from("since"))? {
        basket
            .since
            .replace(Some(date::fromisoformat_value(&event.item("since")?)?));
    }
    let value = Value::from(basket.items.clone()).slice(None, Some(1), None)?;
    basket.notes.insert("first", value);
    let copied = dataclasses::asdict(&Value::from(basket.clone()))?;
    // The copy shares nothing with the basket.
    list::append(
        copied.member("items")?.expect_list("append")?,
        Value::from(Dict::from([("name", Value::from("more"))])),
    );
    for item in basket.items.iter() {
        list::append(
            item.attribute("tags")?.expect_list("append")?,
            Value::from("seen"),
        );
    }
    Ok(Dict::from([
        (
            "copied",
            json::loads(&json::dumps_default(&Value::from(copied), |value_2| {
                plain(&value_2)
            })?)?,
        ),
        (
            "whole",
            Value::from(json::dumps_default(
                &Value::from(basket.clone()),
                |value_3| plain(&value_3),
            )?),
        ),
        (
            "prices",
            Value::from({
                let items = List::new();
                for item in basket.items.iter() {
                    items.push(Value::from(
                        dataclasses::astuple(&item.attribute("price")?)?.to_string(),
                    ));
                }
                items
            }),
        ),
        (
            "labels",
            Value::from({
                let items = List::new();
                for item in basket.items.iter() {
                    items.push(item.attribute("label")?);
                }
                items
            }),
        ),
        (
            "stated",
            if !basket.items.is_empty() {
                Value::from({
                    let dict = Dict::new();
                    dict::update(
                        &dict,
                        &dataclasses::asdict(
                            &Value::from(basket.items.clone())
                                .item(Value::Int(0))?
                                .attribute("price")?,
                        )?,
                    );
                    dict.insert("amount", Value::None);
                    dict
                })
            } else {
                Value::from(Dict::new())
            },
        ),
        (
            "is",
            Value::from(List::from([
                Value::from(dataclasses::is_dataclass(&Value::from(basket.clone()))),
                Value::from(dataclasses::is_dataclass(event)),
                Value::Bool(true),
            ])),
        ),
        (
            "doubled",
            Value::from({
                let items = List::new();
                for name in event.item("entries")?.iterate()? {
                    let item_2 = name.to_string();
                    let size = builtins::len(&item_2);
                    if size != 0 {
                        items.push(Value::from(size));
                    }
                }
                items
            }),
        ),
    ]))
}

/// Puts an item of each entry into the basket.
pub fn fill(basket: &Rc<Basket>, entries: &Value) -> Result<Rc<Basket>> {
    let mut items = entries.iterate()?;
    while let Some(entry) = items.step()? {
        let mut price = Rc::new(Price {
            amount: decimal::decimal(&Value::from(entry.item("price")?.to_string()))?,
            currency: Value::from("EUR"),
        });
        if entry.contains(&Value::from("currency"))? {
            let changed = entry.item("currency")?;
            price = Rc::new(Price {
                amount: price.amount.clone(),
                currency: changed,
            });
        }
        let mut item = Rc::new(Item {
            name: entry.item("name")?,
            price,
            kind: Kind::Book,
            tags: dict::get(entry.expect_dict("get")?, "tags", Value::from(List::new())),
        });
        if dict::get(entry.expect_dict("get")?, "food", Value::None).is_true() {
            let changed_2 = Kind::Food;
            let changed_3 = string_case::upper(item.name.expect_str("upper")?);
            item = Rc::new(Item {
                name: Value::from(changed_3),
                price: item.price.clone(),
                kind: changed_2,
                tags: item.tags.clone(),
            });
        }
        basket.add_(&item);
    }
    Ok(basket.clone())
}

/// What JSON does not know.
pub fn plain(value: &Value) -> Result<Value> {
    if matches!(value, Value::Decimal(_)) {
        return Ok(Value::from(value.to_string()));
    }
    if dataclasses::is_dataclass(value) {
        return Ok(Value::from(dataclasses::asdict(value)?));
    }
    if object::is_instance::<Kind>(value) {
        return value.attribute("name");
    }
    Ok(Value::from(datetime_value::isoformat(value)?))
}
