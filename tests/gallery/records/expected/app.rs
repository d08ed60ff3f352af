//! Instances whose attributes are all known, as values of unknown type.

use crate::python::{
    builtins, dict, dict::Dict, error, error::Result, error::or_break, lambda_context, list,
    list::List, object, ops, value::Value,
};
use crate::state::State;
use std::cell::RefCell;
use std::rc::Rc;

pub struct Repository {
    pub orders: Dict,
}

impl Repository {
    pub fn new() -> Rc<Repository> {
        let orders = Dict::new();
        Rc::new(Repository { orders })
    }

    pub fn put(&self, order: &Rc<Order>) -> Result<()> {
        self.orders
            .set_item(order.ident.clone(), Value::from(order.clone()))?;
        Ok(())
    }

    pub fn find(&self, ident: &Value) -> Result<Value> {
        dict::get_value(&self.orders, ident, Value::None)
    }
}

/// One line of an order.
pub struct Line {
    pub sku: Value,
    pub price: Value,
    pub count: Value,
    pub tags: List,
    pub note: RefCell<Value>,
}

impl object::Object for Line {
    fn type_name(&self) -> &'static str {
        "Line"
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        match name {
            "sku" => Some(self.sku.clone()),
            "price" => Some(self.price.clone()),
            "count" => Some(self.count.clone()),
            "tags" => Some(Value::from(self.tags.clone())),
            "note" => Some(self.note.borrow().clone()),
            _ => None,
        }
    }

    fn set_attribute(&self, name: &str, value: Value) -> Result<()> {
        match name {
            "note" => {
                self.note.replace(value);
            }
            _ => {
                return Err(error::untranslated(format!(
                    "setting {name} of a {}",
                    self.type_name()
                )));
            }
        }
        Ok(())
    }

    fn equals(&self, other: &Value) -> Option<bool> {
        let other: &Self = object::instance(other)?;
        Some(
            self.sku == other.sku
                && self.price == other.price
                && self.count == other.count
                && Value::from(self.tags.clone()) == Value::from(other.tags.clone())
                && self.note.borrow().clone() == other.note.borrow().clone(),
        )
    }

    fn representation(&self) -> String {
        format!(
            "Line(sku={}, price={}, count={}, tags={}, note={})",
            ops::repr(&self.sku),
            ops::repr(&self.price),
            ops::repr(&self.count),
            ops::repr(&Value::from(self.tags.clone())),
            ops::repr(&self.note.borrow().clone())
        )
    }
}

impl From<Rc<Line>> for Value {
    fn from(instance: Rc<Line>) -> Self {
        Self::Object(instance)
    }
}

pub struct Order {
    pub ident: Value,
    pub lines: List,
    pub state_: RefCell<Value>,
    pub parent: RefCell<Option<Rc<Order>>>,
}

impl object::Object for Order {
    fn type_name(&self) -> &'static str {
        "Order"
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        match name {
            "ident" => Some(self.ident.clone()),
            "lines" => Some(Value::from(self.lines.clone())),
            "state" => Some(self.state_.borrow().clone()),
            "parent" => Some(Value::from(self.parent.borrow().clone())),
            "STATE" => Some(Value::from("open")),
            _ => None,
        }
    }

    fn read_attribute(&self, name: &str) -> Result<Value> {
        match name {
            "total" => self.total(),
            "child" | "close" => Err(error::untranslated(format!(
                "the attribute {name} of a Order"
            ))),
            _ => object::Object::attribute(self, name).ok_or_else(|| object::lacks("Order", name)),
        }
    }

    fn set_attribute(&self, name: &str, value: Value) -> Result<()> {
        match name {
            "state" => {
                self.state_.replace(value);
            }
            _ => {
                return Err(error::untranslated(format!(
                    "setting {name} of a {}",
                    self.type_name()
                )));
            }
        }
        Ok(())
    }

    fn representation(&self) -> String {
        format!("<app.Order object at {self:p}>")
    }
}

impl From<Rc<Order>> for Value {
    fn from(instance: Rc<Order>) -> Self {
        Self::Object(instance)
    }
}

impl Order {
    pub fn new(ident: &Value, lines: &List) -> Rc<Order> {
        let ident = ident.clone();
        let lines = lines.clone();
        let state_ = Value::from("open");
        let parent: Option<Rc<Order>> = None;
        Rc::new(Order {
            ident,
            lines,
            state_: RefCell::new(state_),
            parent: RefCell::new(parent),
        })
    }

    pub fn child(self: &Rc<Self>, ident: &str) -> Rc<Order> {
        let made = Order::new(&Value::from(ident), &List::new());
        made.parent.replace(Some(self.clone()));
        made
    }

    pub fn total(&self) -> Result<Value> {
        let mut total = Value::Int(0);
        for line in self.lines.iter() {
            total = ops::add(
                &total,
                &ops::mul(&line.attribute("price")?, &line.attribute("count")?)?,
            )?;
        }
        Ok(total.clone())
    }

    pub fn close(self: &Rc<Self>, reason: &str) -> Rc<Order> {
        self.state_
            .replace(Value::from(format!("closed: {reason}")));
        self.clone()
    }
}

pub fn handler(
    state: &State,
    event: &Value,
    _context: &lambda_context::LambdaContext,
) -> Result<Value> {
    let lines = {
        let items = List::new();
        for it in
            dict::get(event.expect_dict("get")?, "lines", Value::from(List::new())).iterate()?
        {
            items.push(Value::from(Rc::new(Line {
                sku: it.item("sku")?,
                price: dict::get(it.expect_dict("get")?, "price", Value::Float(1.5)),
                count: dict::get(it.expect_dict("get")?, "count", Value::Int(2)),
                tags: List::new(),
                note: RefCell::new(Value::None),
            })));
        }
        items
    };
    let order = Order::new(
        &dict::get(event.expect_dict("get")?, "id", Value::from("o1")),
        &lines,
    );
    state.repository.put(&order)?;
    let found = state.repository.find(&dict::get(
        event.expect_dict("get")?,
        "find",
        Value::from("o1"),
    ))?;
    if !found.is_none() {
        object::receiver::<Order>(&found, "close")?
            .close("found")
            .close("again");
        builtins::print(
            &[
                found.attribute("state")?,
                Value::from(found.is_same(&Value::from(order.clone()))),
                Value::from(found == Value::from(order.clone())),
                found.attribute("STATE")?,
            ],
            " ",
            "\n",
            false,
        );
        found.set_attribute("state", Value::Int(5))?;
    }
    builtins::print(
        &[
            order.state_.borrow().clone(),
            Value::from(shown(&Value::from(order.clone()))?),
            Value::from(shown(&Value::from(Rc::new(Line {
                sku: Value::from("x"),
                price: Value::Float(2.5),
                count: Value::Int(1),
                tags: List::new(),
                note: RefCell::new(Value::None),
            })))?),
            Value::from(shown(&Value::Int(3))?),
        ],
        " ",
        "\n",
        false,
    );
    let child = order.child("c");
    let children = List::from([Value::from(child.clone()), Value::from(order.clone())]);
    builtins::print(
        &[
            Value::from({
                let items = List::new();
                for it in children.iter() {
                    items.push(it.attribute("ident")?);
                }
                items
            }),
            Value::from(children.clone())
                .item(Value::Int(0))?
                .attribute("parent")?
                .attribute("ident")?,
            Value::from(children.clone())
                .item(Value::Int(1))?
                .attribute("parent")?,
        ],
        " ",
        "\n",
        false,
    );
    let first = if !lines.is_empty() {
        Value::from(lines.clone()).item(Value::Int(0))?
    } else {
        Value::None
    };
    if first.is_true() {
        list::append(
            first.attribute("tags")?.expect_list("append")?,
            Value::from("first"),
        );
        first.set_attribute("note", Value::from("noted"))?;
        builtins::print(
            &[
                first.clone(),
                Value::from(
                    first
                        == Value::from(Rc::new(Line {
                            sku: first.attribute("sku")?,
                            price: first.attribute("price")?,
                            count: Value::Int(1),
                            tags: List::new(),
                            note: RefCell::new(Value::None),
                        })),
                ),
                first.attribute("note")?,
            ],
            " ",
            "\n",
            false,
        );
    }
    let totals = {
        let members = Dict::new();
        for it in children.iter() {
            members.set_item(it.attribute("ident")?, it.clone())?;
        }
        members
    };
    builtins::print(
        &[
            totals.member("c")?.attribute("total")?,
            Value::from(totals.member("c")?.has_attribute("total")?),
            child.state_.borrow().clone(),
        ],
        " ",
        "\n",
        false,
    );
    'done: {
        let error = 'attempt: {
            builtins::print(
                &[Value::from({
                    let dict = Dict::new();
                    or_break!('attempt, dict.set_item(first, Value::Int(1)));
                    dict
                })],
                " ",
                "\n",
                false,
            );
            break 'done;
        };
        if error.is(&error::TYPE_ERROR) {
            builtins::print(&[Value::from(error)], " ", "\n", false);
        } else {
            return Err(error);
        }
    }
    if dict::get(event.expect_dict("get")?, "missing", Value::None).is_true() {
        return Value::from(children)
            .item(Value::Int(0))?
            .attribute("missing");
    }
    Ok(Value::from(Dict::from([
        ("total", order.total()?),
        (
            "lines",
            Value::from({
                let items = List::new();
                for it in lines.iter() {
                    items.push(Value::from(Dict::from([
                        ("sku", it.attribute("sku")?),
                        ("count", it.attribute("count")?),
                    ])));
                }
                items
            }),
        ),
    ])))
}

pub fn shown(thing: &Value) -> Result<String> {
    if object::is_instance::<Order>(thing) {
        return Ok(format!(
            "order {} {} {}",
            thing.attribute("ident")?,
            thing.attribute("state")?,
            thing.attribute("total")?
        ));
    }
    Ok(thing.to_string())
}
