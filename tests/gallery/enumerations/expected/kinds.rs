//! Kinds of orders.

use crate::python::{equal, error, error::Result, format, object, ops, value::Value};
use std::rc::Rc;

#[allow(dead_code, reason = "members that nothing names")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Color {
    Red,
    Green,
}

impl Color {
    /// The member's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Red => "RED",
            Self::Green => "GREEN",
        }
    }

    /// The member's value.
    pub fn value(self) -> i64 {
        match self {
            Self::Red => 1,
            Self::Green => 2,
        }
    }
}

impl object::Object for Color {
    fn type_name(&self) -> &'static str {
        "Color"
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

    fn equals(&self, other: &Value) -> Option<bool> {
        Some(object::instance(other) == Some(self))
    }

    fn hash_key(&self) -> Option<Value> {
        Some(self.name().into())
    }

    fn representation(&self) -> String {
        let value = ops::repr(&Value::from(self.value()));
        format!("<Color.{}: {value}>", self.name())
    }

    fn text(&self) -> String {
        format!("Color.{}", self.name())
    }

    fn format(&self, spec: &str) -> Result<String> {
        format::format(&self.text().into(), spec)
    }
}

impl From<Color> for Value {
    fn from(member: Color) -> Self {
        Self::Object(Rc::new(member))
    }
}

#[allow(dead_code, reason = "members that nothing names")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mixed {
    None,
    Yes,
    Half,
    Name,
}

impl Mixed {
    /// The members, in order.
    pub const ALL: [Self; 4] = [Self::None, Self::Yes, Self::Half, Self::Name];

    /// The member's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "NONE",
            Self::Yes => "YES",
            Self::Half => "HALF",
            Self::Name => "NAME",
        }
    }

    /// The member's value.
    pub fn value(self) -> Value {
        match self {
            Self::None => Value::None,
            Self::Yes => Value::Bool(true),
            Self::Half => Value::Float(0.5),
            Self::Name => Value::from("name"),
        }
    }
}

impl object::Object for Mixed {
    fn type_name(&self) -> &'static str {
        "Mixed"
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        match name {
            "name" | "_name_" => Some(self.name().into()),
            "value" | "_value_" => Some(self.value()),
            _ => None,
        }
    }

    fn is_true(&self) -> bool {
        true
    }

    fn equals(&self, other: &Value) -> Option<bool> {
        Some(object::instance(other) == Some(self))
    }

    fn hash_key(&self) -> Option<Value> {
        Some(self.name().into())
    }

    fn representation(&self) -> String {
        let value = ops::repr(&self.value());
        format!("<Mixed.{}: {value}>", self.name())
    }

    fn text(&self) -> String {
        format!("Mixed.{}", self.name())
    }

    fn format(&self, spec: &str) -> Result<String> {
        format::format(&self.text().into(), spec)
    }
}

impl From<Mixed> for Value {
    fn from(member: Mixed) -> Self {
        Self::Object(Rc::new(member))
    }
}

#[allow(dead_code, reason = "members that nothing names")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Low,
    High,
}

impl Level {
    /// The members, in order.
    pub const ALL: [Self; 2] = [Self::Low, Self::High];

    /// The member's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "LOW",
            Self::High => "HIGH",
        }
    }

    /// The member's value.
    pub fn value(self) -> i64 {
        match self {
            Self::Low => 1,
            Self::High => 10,
        }
    }

    /// The member of a name.
    pub fn of_name(name: &Value) -> Result<Self> {
        equal::check_hashable(name)?;
        let mut members = Self::ALL.into_iter();
        members
            .find(|it| *name == it.name())
            .ok_or_else(|| error::key_error(name))
    }
}

/// What is answered.
#[allow(dead_code, reason = "members that nothing names")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusCodes {
    Success,
    UnAuthorized,
    NotFound,
}

impl StatusCodes {
    /// The members, in order.
    pub const ALL: [Self; 3] = [Self::Success, Self::UnAuthorized, Self::NotFound];

    /// The member's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Success => "SUCCESS",
            Self::UnAuthorized => "UN_AUTHORIZED",
            Self::NotFound => "NOT_FOUND",
        }
    }

    /// The member's value.
    pub fn value(self) -> i64 {
        match self {
            Self::Success => 200,
            Self::UnAuthorized => 401,
            Self::NotFound => 404,
        }
    }

    /// As `StatusCodes(value)`.
    pub fn of_value(value: &Value) -> Result<Self> {
        if let Some(member) = object::instance(value) {
            return Ok(*member);
        }
        let mut members = Self::ALL.into_iter();
        let member = members.find(|it| *value == it.value());
        member.ok_or_else(|| {
            error::value_error(format!("{} is not a valid StatusCodes", ops::repr(value)))
        })
    }
}

impl object::Object for StatusCodes {
    fn type_name(&self) -> &'static str {
        "StatusCodes"
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

    fn equals(&self, other: &Value) -> Option<bool> {
        Some(object::instance(other) == Some(self))
    }

    fn hash_key(&self) -> Option<Value> {
        Some(self.name().into())
    }

    fn representation(&self) -> String {
        let value = ops::repr(&Value::from(self.value()));
        format!("<StatusCodes.{}: {value}>", self.name())
    }

    fn text(&self) -> String {
        format!("StatusCodes.{}", self.name())
    }

    fn format(&self, spec: &str) -> Result<String> {
        format::format(&self.text().into(), spec)
    }
}

impl From<StatusCodes> for Value {
    fn from(member: StatusCodes) -> Self {
        Self::Object(Rc::new(member))
    }
}

#[allow(dead_code, reason = "members that nothing names")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tier {
    Basic,
    Premium,
}

impl Tier {
    /// The members, in order.
    pub const ALL: [Self; 2] = [Self::Basic, Self::Premium];

    /// The member's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Basic => "BASIC",
            Self::Premium => "PREMIUM",
        }
    }

    /// The member's value.
    pub fn value(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::Premium => "premium",
        }
    }
}

impl Tier {
    pub fn default_() -> Tier {
        Tier::Basic
    }

    pub fn is_paid(self) -> bool {
        self != Tier::Basic
    }

    pub fn label(self, prefix: &str) -> String {
        format!("{prefix}-{}", self.value())
    }
}
