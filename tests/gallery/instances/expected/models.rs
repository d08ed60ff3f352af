//! What orders are made of.

use crate::python::{
    builtins, dict::Dict, error, error::Result, in_place, list, list::List, object, ops,
    value::Value,
};
use std::rc::Rc;

pub struct UserInfo {
    pub attributes: Dict,
}

impl UserInfo {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Result<Value> {
        self.attributes
            .find(name)
            .ok_or_else(|| error::attribute_error("UserInfo", name))
    }
}

impl object::Object for UserInfo {
    fn type_name(&self) -> &'static str {
        "UserInfo"
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        match name {
            "__dict__" => Some(self.attributes.clone().into()),
            _ => self.attributes.find(name),
        }
    }

    fn set_attribute(&self, name: &str, value: Value) -> Result<()> {
        self.attributes.insert(name, value);
        Ok(())
    }

    fn representation(&self) -> String {
        format!("<models.UserInfo object at {self:p}>")
    }
}

impl From<Rc<UserInfo>> for Value {
    fn from(instance: Rc<UserInfo>) -> Self {
        Self::Object(instance)
    }
}

impl UserInfo {
    pub fn new(user_name: &str, tenant_id: &Value, _email: ()) -> Rc<UserInfo> {
        let this = Rc::new(UserInfo {
            attributes: Dict::new(),
        });
        this.attributes.insert("user_name", Value::from(user_name));
        this.attributes.insert("tenant_id", tenant_id.clone());
        this.attributes.insert("email", Value::None);
        this
    }
}

pub struct Basket {
    pub attributes: Dict,
}

impl Basket {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Result<Value> {
        self.attributes
            .find(name)
            .ok_or_else(|| error::attribute_error("Basket", name))
    }
}

impl object::Object for Basket {
    fn type_name(&self) -> &'static str {
        "Basket"
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        match name {
            "__dict__" => Some(self.attributes.clone().into()),
            _ => self.attributes.find(name),
        }
    }

    fn read_attribute(&self, name: &str) -> Result<Value> {
        match name {
            "add" | "count" => Err(error::untranslated(format!(
                "the attribute {name} of a Basket"
            ))),
            _ => object::Object::attribute(self, name).ok_or_else(|| object::lacks("Basket", name)),
        }
    }

    fn set_attribute(&self, name: &str, value: Value) -> Result<()> {
        self.attributes.insert(name, value);
        Ok(())
    }

    fn representation(&self) -> String {
        format!("<models.Basket object at {self:p}>")
    }
}

impl From<Rc<Basket>> for Value {
    fn from(instance: Rc<Basket>) -> Self {
        Self::Object(instance)
    }
}

impl Basket {
    pub fn new(owner: &Rc<UserInfo>) -> Result<Rc<Basket>> {
        let this = Rc::new(Basket {
            attributes: Dict::new(),
        });
        this.attributes.insert("owner", Value::from(owner.clone()));
        this.attributes.insert("items", Value::from(List::new()));
        if owner.attribute("email")?.is_true() {
            this.attributes.insert("email", owner.attribute("email")?);
        }
        Ok(this)
    }

    pub fn add_(self: &Rc<Self>, product: &Rc<Product>) -> Result<Rc<Basket>> {
        list::append(
            self.attribute("items")?.expect_list("append")?,
            Value::from(product.clone()),
        );
        self.attributes.insert("last", Value::from(product.clone()));
        Ok(self.clone())
    }

    pub fn count(&self) -> Result<i64> {
        builtins::len_value(&self.attribute("items")?)
    }
}

/// A product of the shop.
pub struct Product {
    pub attributes: Dict,
}

impl Product {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Result<Value> {
        self.attributes
            .find(name)
            .ok_or_else(|| error::attribute_error("Product", name))
    }
}

impl object::Object for Product {
    fn type_name(&self) -> &'static str {
        "Product"
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        match name {
            "KIND" => Some(Value::from("product")),
            "__dict__" => Some(self.attributes.clone().into()),
            _ => self.attributes.find(name),
        }
    }

    fn read_attribute(&self, name: &str) -> Result<Value> {
        match name {
            "total" => self.total(),
            "describe" => Err(error::untranslated(format!(
                "the attribute {name} of a Product"
            ))),
            _ => {
                object::Object::attribute(self, name).ok_or_else(|| object::lacks("Product", name))
            }
        }
    }

    fn set_attribute(&self, name: &str, value: Value) -> Result<()> {
        self.attributes.insert(name, value);
        Ok(())
    }

    fn representation(&self) -> String {
        format!("<models.Product object at {self:p}>")
    }
}

impl From<Rc<Product>> for Value {
    fn from(instance: Rc<Product>) -> Self {
        Self::Object(instance)
    }
}

impl Product {
    pub fn new(sku: &Value, price: i64, quantity: i64) -> Rc<Product> {
        let this = Rc::new(Product {
            attributes: Dict::new(),
        });
        this.attributes.insert("sku", sku.clone());
        this.attributes.insert("price", Value::from(price));
        this.attributes.insert("quantity", Value::from(quantity));
        this
    }

    pub fn describe(&self, prefix: &str) -> Result<String> {
        Ok(format!(
            "{prefix} {}: {}",
            self.attribute("sku")?,
            self.total()?
        ))
    }

    pub fn total(&self) -> Result<Value> {
        ops::mul(&self.attribute("price")?, &self.attribute("quantity")?)
    }
}

pub struct Point {
    pub attributes: Dict,
}

impl Point {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Result<Value> {
        self.attributes
            .find(name)
            .ok_or_else(|| error::attribute_error("Point", name))
    }
}

impl object::Object for Point {
    fn type_name(&self) -> &'static str {
        "Point"
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        match name {
            "__dict__" => Some(self.attributes.clone().into()),
            _ => self.attributes.find(name),
        }
    }

    fn set_attribute(&self, name: &str, value: Value) -> Result<()> {
        self.attributes.insert(name, value);
        Ok(())
    }

    fn equals(&self, other: &Value) -> Option<bool> {
        let other: &Self = object::instance(other)?;
        Some(
            self.attributes.find("x") == other.attributes.find("x")
                && self.attributes.find("y") == other.attributes.find("y"),
        )
    }

    fn representation(&self) -> String {
        format!(
            "Point(x={}, y={})",
            self.attributes
                .find("x")
                .as_ref()
                .map(ops::repr)
                .unwrap_or_default(),
            self.attributes
                .find("y")
                .as_ref()
                .map(ops::repr)
                .unwrap_or_default()
        )
    }
}

impl From<Rc<Point>> for Value {
    fn from(instance: Rc<Point>) -> Self {
        Self::Object(instance)
    }
}

pub struct Counter {
    pub attributes: Dict,
}

impl Counter {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Result<Value> {
        self.attributes
            .find(name)
            .ok_or_else(|| error::attribute_error("Counter", name))
    }
}

impl object::Object for Counter {
    fn type_name(&self) -> &'static str {
        "Counter"
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        match name {
            "__dict__" => Some(self.attributes.clone().into()),
            _ => self.attributes.find(name),
        }
    }

    fn read_attribute(&self, name: &str) -> Result<Value> {
        match name {
            "increase" => Err(error::untranslated(format!(
                "the attribute {name} of a Counter"
            ))),
            _ => {
                object::Object::attribute(self, name).ok_or_else(|| object::lacks("Counter", name))
            }
        }
    }

    fn set_attribute(&self, name: &str, value: Value) -> Result<()> {
        self.attributes.insert(name, value);
        Ok(())
    }

    fn representation(&self) -> String {
        format!("<models.Counter object at {self:p}>")
    }
}

impl From<Rc<Counter>> for Value {
    fn from(instance: Rc<Counter>) -> Self {
        Self::Object(instance)
    }
}

impl Counter {
    pub fn new() -> Rc<Counter> {
        let this = Rc::new(Counter {
            attributes: Dict::new(),
        });
        this.attributes.insert("value", Value::Int(0));
        this
    }

    pub fn increase(&self) -> Result<Value> {
        self.attributes.insert(
            "value",
            in_place::in_place_add(&self.attribute("value")?, &Value::Int(1))?,
        );
        self.attribute("value")
    }
}
