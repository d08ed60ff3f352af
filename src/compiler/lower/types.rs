//! What is known of types, over the whole program.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::enumeration::Enumeration;
use crate::compiler::types::Ty;

/// A body: a function's, or what runs at import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// What the modules run when they are imported.
    Import,
    /// A function's body.
    Function(usize),
}

/// A place that holds values.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A local variable, by the name it has in Python.
    Local(Scope, String),
    /// A module's variable.
    Global(usize),
    /// A parameter.
    Parameter(usize, usize),
    /// What a function returns.
    Return(usize),
    /// An attribute of a class's instances.
    Field(usize, String),
}

/// Types of places, as far as they are known.
#[derive(Debug, Default)]
pub struct Types {
    places: BTreeMap<Place, Ty>,
    /// Strings that places hold, where it is one that is known while compiling.
    texts: BTreeMap<Place, Option<String>>,
    /// Functions that something reaches, in the order in which they were reached.
    pub reached: Vec<usize>,
    /// Functions that become values.
    pub taken: Vec<usize>,
    /// What functions read of those around them.
    captures: BTreeMap<usize, Vec<String>>,
    /// Classes of which an instance is made.
    pub classes: Vec<usize>,
    /// Classes as enumerations, as far as they were looked at.
    pub enumerations: BTreeMap<usize, Option<Rc<Enumeration>>>,
    /// What is asked of enumerations: their members, names, values.
    pub members: BTreeSet<(usize, String)>,
    /// Classes whose instances become values of unknown type.
    pub dynamic: BTreeSet<usize>,
    /// Attributes that values of unknown type are asked for.
    pub asked: BTreeSet<String>,
    /// Classes whose instances keep their attributes in a dict.
    pub open: BTreeSet<usize>,
    /// Attributes that are set of values of unknown type.
    pub assigned: BTreeSet<String>,
    /// Whether values of unknown type are asked for the dict of their attributes.
    pub asks_members: bool,
    /// Whether values of unknown type are asked for the fields of a dataclass.
    pub asks_fields: bool,
    /// Classes of the program that are called.
    pub constructed: BTreeSet<usize>,
    /// Whether something changed since the round began.
    pub changed: bool,
    /// Places that hold values of types that no Rust type holds together.
    pub conflicts: Vec<(Place, Ty, Ty)>,
}

impl Types {
    /// The type of a place.
    pub fn of(&self, place: &Place) -> Ty {
        self.places.get(place).cloned().unwrap_or_default()
    }

    /// Notes that a place holds a value of a type.
    pub fn flows(&mut self, place: Place, ty: &Ty) {
        let known = self.places.entry(place.clone()).or_default();
        match known.join(ty) {
            Some(joined) if joined == *known => {}
            Some(joined) => {
                *known = joined;
                self.changed = true;
            }
            None => self.conflicts.push((place, known.clone(), ty.clone())),
        }
    }

    /// The string that a place holds: nothing where nothing was seen yet, or where it is not known.
    pub fn text(&self, place: &Place) -> Option<Option<String>> {
        self.texts.get(place).cloned()
    }

    /// Notes that a place holds a string that is known, or something else.
    pub fn text_flows(&mut self, place: Place, text: Option<&str>) {
        let text = text.map(str::to_owned);
        let known = self.texts.get(&place);
        let joined = match known {
            Some(known) if *known != text => None,
            _ => text,
        };
        if known != Some(&joined) {
            self.texts.insert(place, joined);
            self.changed = true;
        }
    }

    /// Notes that an instance of a class is made.
    pub fn use_class(&mut self, class: usize) {
        if !self.classes.contains(&class) {
            self.classes.push(class);
            self.changed = true;
        }
    }

    /// Notes that something of an enumeration is used.
    pub fn use_members(&mut self, class: usize, what: &str) {
        self.members.insert((class, what.to_owned()));
    }

    /// Notes that values of a type become values of unknown type.
    pub fn be_dynamic(&mut self, ty: &Ty) {
        match ty {
            Ty::Instance(class) | Ty::Member(class, _) => {
                self.changed |= self.dynamic.insert(*class);
            }
            Ty::Tuple(items) => items.iter().for_each(|it| self.be_dynamic(it)),
            Ty::Option(inner) => self.be_dynamic(inner),
            _ => {}
        }
    }

    /// Notes that values of unknown type are asked for the dict of their attributes.
    pub fn ask_members(&mut self) {
        self.changed |= !std::mem::replace(&mut self.asks_members, true);
    }

    /// Notes that values of unknown type are asked for the fields of a dataclass.
    pub fn ask_fields(&mut self) {
        self.changed |= !std::mem::replace(&mut self.asks_fields, true);
    }

    /// Notes that a value of unknown type is asked for an attribute.
    pub fn ask(&mut self, name: &str) {
        self.changed |= self.asked.insert(name.to_owned());
    }

    /// Notes that a function becomes a value.
    pub fn take(&mut self, function: usize) {
        if !self.taken.contains(&function) {
            self.taken.push(function);
            self.changed = true;
        }
        self.reach(function);
    }

    /// What a function reads of those around it.
    pub fn captures(&self, function: usize) -> Vec<String> {
        self.captures.get(&function).cloned().unwrap_or_default()
    }

    /// Notes that a function reads a variable of one around it.
    pub fn capture(&mut self, function: usize, name: &str) {
        let known = self.captures.entry(function).or_default();
        if !known.iter().any(|it| it == name) {
            known.push(name.to_owned());
            self.changed = true;
        }
    }

    /// Notes that a function is used.
    pub fn reach(&mut self, function: usize) {
        if !self.reached.contains(&function) {
            self.reached.push(function);
            self.changed = true;
        }
    }
}
