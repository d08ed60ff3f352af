//! The shapes of the AWS APIs, as far as the program uses them.

#![allow(dead_code, reason = "a program uses some of them")]

use super::error::Result;
use super::value::Value;

/// What a value is.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    Blob,
    Boolean,
    /// Any JSON.
    Document,
    /// With the least value.
    Float(Option<&'static str>),
    /// With the least value.
    Integer(Option<i64>),
    List(&'static List),
    Map(&'static Map),
    /// With the least length.
    String(usize),
    Structure(&'static Structure),
    Timestamp(&'static Timestamp),
}

/// How points in time are read and checked; a program without any has neither.
#[derive(Debug)]
pub struct Timestamp {
    pub read: fn(&str) -> Result<Value>,
    pub check: fn(&Value) -> Result<bool>,
}

/// A structure.
#[derive(Debug, Clone, Copy)]
pub struct Structure {
    pub name: &'static str,
    pub members: &'static [Member],
    pub required: &'static [&'static str],
    /// Whether it has exactly one of its members.
    pub union: bool,
    /// The member that is the whole body.
    pub payload: Option<&'static str>,
}

impl Structure {
    /// A structure of these members.
    pub const fn new(name: &'static str, members: &'static [Member]) -> Self {
        Self {
            name,
            members,
            required: &[],
            union: false,
            payload: None,
        }
    }

    /// With members that must be given.
    pub const fn required(mut self, names: &'static [&'static str]) -> Self {
        self.required = names;
        self
    }

    /// With exactly one of its members.
    pub const fn union(mut self) -> Self {
        self.union = true;
        self
    }

    /// With a member that is the whole body.
    pub const fn payload(mut self, name: &'static str) -> Self {
        self.payload = Some(name);
        self
    }

    /// A member by its name.
    pub fn member(&self, name: &str) -> Option<&'static Member> {
        self.members.iter().find(|member| member.name == name)
    }
}

/// A member of a structure.
#[derive(Debug, Clone, Copy)]
pub struct Member {
    pub name: &'static str,
    pub shape: Shape,
    /// Its name in the message.
    pub wire: &'static str,
    pub place: Place,
    pub condition: Option<Condition>,
    /// Whether it is a list or map without an element of its own in XML.
    pub flattened: bool,
}

/// Where in a message a member is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Body,
    /// An attribute of the element in XML.
    Attribute,
    Header,
    /// All headers with a prefix.
    Headers,
    Status,
}

/// What DynamoDB's resource makes of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    Any,
    Key,
}

impl Member {
    /// A member of the body.
    pub const fn new(name: &'static str, shape: Shape) -> Self {
        Self {
            name,
            shape,
            wire: name,
            place: Place::Body,
            condition: None,
            flattened: false,
        }
    }

    /// With another name in the message.
    pub const fn named(mut self, wire: &'static str) -> Self {
        self.wire = wire;
        self
    }

    /// In a header.
    pub const fn in_header(mut self) -> Self {
        self.place = Place::Header;
        self
    }

    /// In all headers with a prefix.
    pub const fn in_headers(mut self) -> Self {
        self.place = Place::Headers;
        self
    }

    /// The HTTP status.
    pub const fn status(mut self) -> Self {
        self.place = Place::Status;
        self
    }

    /// An attribute in XML.
    pub const fn attribute(mut self) -> Self {
        self.place = Place::Attribute;
        self
    }

    /// A list or map without an element of its own in XML.
    pub const fn flat(mut self) -> Self {
        self.flattened = true;
        self
    }

    /// A condition of DynamoDB.
    pub const fn condition(mut self) -> Self {
        self.condition = Some(Condition::Any);
        self
    }

    /// A condition of DynamoDB on keys.
    pub const fn key_condition(mut self) -> Self {
        self.condition = Some(Condition::Key);
        self
    }
}

/// A list.
#[derive(Debug, Clone, Copy)]
pub struct List {
    pub item: Shape,
    pub min: usize,
    /// Whether it has no element of its own in XML.
    pub flattened: bool,
}

impl List {
    /// A list of items.
    pub const fn of(item: Shape) -> Self {
        Self {
            item,
            min: 0,
            flattened: false,
        }
    }

    /// With the least number of items.
    pub const fn min(mut self, min: usize) -> Self {
        self.min = min;
        self
    }

    /// Without an element of its own in XML.
    pub const fn flattened(mut self) -> Self {
        self.flattened = true;
        self
    }
}

/// A map.
#[derive(Debug, Clone, Copy)]
pub struct Map {
    pub key: Shape,
    pub value: Shape,
    /// The elements' names in XML.
    pub key_name: &'static str,
    pub value_name: &'static str,
    /// Whether it has no element of its own in XML.
    pub flattened: bool,
}

impl Map {
    /// A map of values by keys.
    pub const fn of(key: Shape, value: Shape) -> Self {
        Self {
            key,
            value,
            key_name: "key",
            value_name: "value",
            flattened: false,
        }
    }

    /// With other names of the elements in XML.
    pub const fn named(mut self, key: &'static str, value: &'static str) -> Self {
        self.key_name = key;
        self.value_name = value;
        self
    }

    /// Without an element of its own in XML.
    pub const fn flattened(mut self) -> Self {
        self.flattened = true;
        self
    }
}
