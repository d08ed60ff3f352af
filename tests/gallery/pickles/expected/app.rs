//! Answers as the workshop on multi-tenant applications writes them.

use crate::python::{
    builtins, decimal, dict, dict::Dict, error, error::Error, error::Result, json, jsonpickle,
    lambda_context, list, list::List, namespace, object, ops, value::Value,
};
use std::cell::RefCell;
use std::rc::Rc;

/// A policy whose attributes begin as the class has them.
pub struct Policy {
    pub principal: Value,
    pub methods: List,
    pub stage: RefCell<Value>,
}

impl Policy {
    pub fn new(principal: &Value) -> Rc<Policy> {
        let stage = Value::from("<<stage>>");
        let principal = principal.clone();
        let methods = List::new();
        Rc::new(Policy {
            principal,
            methods,
            stage: RefCell::new(stage),
        })
    }

    pub fn allow(&self, verb: &Value) -> Result<()> {
        if verb != "*" && !object::is_name(verb, &["ALL", "GET", "POST"])? {
            return Err(Error::with_args(
                &error::NAME_ERROR,
                vec![ops::add(&Value::from("Invalid HTTP verb "), verb)?],
            ));
        }
        list::append(
            &self.methods,
            Value::from(format!("{}/{verb}", self.stage.borrow().clone())),
        );
        Ok(())
    }

    pub fn build(&self) -> Dict {
        Dict::from([
            ("principal", self.principal.clone()),
            ("methods", Value::from(self.methods.clone())),
            ("version", Value::from("2012-10-17")),
        ])
    }
}

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
            "__dict__" => Some(self.attributes.clone().into()),
            _ => self.attributes.find(name),
        }
    }

    fn representation(&self) -> String {
        format!("<app.Product object at {self:p}>")
    }
}

impl From<Rc<Product>> for Value {
    fn from(instance: Rc<Product>) -> Self {
        Self::Object(instance)
    }
}

impl Product {
    pub fn new(shard: &str, sku: &Value, price: &Value) -> Result<Rc<Product>> {
        let this = Rc::new(Product {
            attributes: Dict::new(),
        });
        this.attributes.insert("shardId", Value::from(shard));
        this.attributes.insert("sku", sku.clone());
        this.attributes.insert("price", price.clone());
        this.attributes
            .insert("key", ops::add(&Value::from(format!("{shard}:")), sku)?);
        Ok(this)
    }
}

pub fn handler(event: &Value, _context: &lambda_context::LambdaContext) -> Result<Dict> {
    let payload = json::loads_hooks(
        &event.item("body")?,
        |d| Ok(namespace::simple_namespace(&dict::keywords(&d, &[])?)),
        |value| Ok(Value::from(decimal::decimal(&value)?)),
    )?;
    let policy = Policy::new(&payload.attribute("user")?);
    policy.stage.replace(payload.attribute("stage")?);
    policy.allow(&dict::get(
        event.expect_dict("get")?,
        "verb",
        Value::from("GET"),
    ))?;
    let product = Product::new(
        "s1",
        &payload.attribute("sku")?,
        &payload.attribute("price")?,
    )?;
    let products = List::from([
        Value::from(product.clone()),
        Value::from(
            Product::new(
                "s2",
                &Value::from("other"),
                &Value::from(decimal::decimal(&Value::from("2.50"))?),
            )?
            .attributes
            .clone(),
        ),
    ]);
    builtins::print(
        &[payload, Value::from(policy.build()), Value::from("*")],
        " ",
        "\n",
        false,
    );
    Ok(Dict::from([
        ("body", Value::from(encoded(&Value::from(products))?)),
        ("product", Value::from(encoded(&Value::from(product))?)),
        ("stage", policy.stage.borrow().clone()),
    ]))
}

pub fn encoded(thing: &Value) -> Result<String> {
    jsonpickle::set_encoder_options("simplejson", true, true)?;
    jsonpickle::set_preferred_backend("simplejson")?;
    jsonpickle::encode(thing, false, true)
}
