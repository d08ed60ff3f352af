//! The types of the intermediate representation: Rust's where they are known, `Value` where not.
//!
//! A lattice: [`Ty::Never`] below, [`Ty::Value`] above what has a Python value at run time. Types
//! that exist only while compiling ([`Ty::Static`]) join with nothing but themselves.

use std::sync::Arc;

use super::program::Entity;
use super::support::support;

/// A type.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Ty {
    /// Nothing was seen yet, or the place is never reached.
    #[default]
    Never,
    /// `None`: `()`.
    None,
    /// `bool`.
    Bool,
    /// `i64`.
    Int,
    /// `f64`.
    Float,
    /// `String`, `&str` where borrowed.
    Str,
    /// `Vec<u8>`, `&[u8]` where borrowed.
    Bytes,
    /// `List`.
    List,
    /// `Dict`.
    Dict,
    /// `Set`.
    Set,
    /// A tuple whose length is known.
    Tuple(Vec<Ty>),
    /// A type or `None`.
    Option(Box<Ty>),
    /// A struct of the support modules, by its Rust path (`decimal::Decimal`).
    Opaque(Arc<str>),
    /// Instances of an opaque type that are run over once: `Vec<T>`.
    Run(Box<Ty>),
    /// An instance of a class of the program, by its index.
    Instance(usize),
    /// A member of an enumeration of the program, by its class, and what it is besides.
    Member(usize, Mixin),
    /// A caught exception.
    Error,
    /// A client of an AWS service, by boto3's name of it.
    Client(Arc<str>),
    /// A boto3 resource, by service and type (`dynamodb`, `Table`).
    Resource(Arc<str>, Arc<str>),
    /// A value whose type is known only when the program runs.
    Value,
    /// What was given or raised: `Result<T>`. Only what is done around a function has it.
    Outcome(Box<Ty>),
    /// Something that exists only while compiling: a module, a function, a class.
    Static(Arc<Entity>),
}

/// What a member of an enumeration is besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mixin {
    /// Nothing else.
    None,
    /// A `str`.
    Str,
    /// An `int`.
    Int,
}

impl Ty {
    /// The opaque type of a Rust path.
    pub fn opaque(path: &str) -> Self {
        Self::Opaque(path.into())
    }

    /// `Option` of it; options do not nest, and a value may be `None` anyway.
    pub fn option(self) -> Self {
        match self {
            Self::Option(_) | Self::None | Self::Value | Self::Never => self,
            other => Self::Option(Box::new(other)),
        }
    }

    /// Whether it can be put into a `Value`.
    pub fn is_dynamic(&self) -> bool {
        match self {
            Self::Tuple(items) => items.iter().all(Self::is_dynamic),
            Self::Option(inner) => inner.is_dynamic(),
            Self::Client(_) | Self::Resource(..) => false,
            Self::Static(found) => matches!(**found, Entity::Function(_)),
            Self::Run(_) | Self::Outcome(_) => false,
            Self::Member(_, mixin) => *mixin == Mixin::None,
            Self::Opaque(path) => support().values.contains_key(&**path),
            _ => true,
        }
    }

    /// Whether Rust copies it.
    pub fn is_copy(&self) -> bool {
        match self {
            Self::None | Self::Bool | Self::Int | Self::Float | Self::Member(..) => true,
            Self::Option(inner) => inner.is_copy(),
            Self::Tuple(items) => items.iter().all(Self::is_copy),
            _ => false,
        }
    }

    /// The smallest type that holds both, or nothing where no Rust type does.
    pub fn join(&self, other: &Self) -> Option<Self> {
        use Ty::{Never, None as Nothing, Option as Opt, Static, Tuple, Value};
        Some(match (self, other) {
            (a, b) if a == b => a.clone(),
            (Never, it) | (it, Never) => it.clone(),
            // A function exists when the program runs only as a value.
            (Nothing | Opt(_), Static(_)) | (Static(_), Nothing | Opt(_)) => {
                return (self.is_dynamic() && other.is_dynamic()).then_some(Value);
            }
            (Nothing, it) | (it, Nothing) => it.clone().option(),
            (Opt(a), Opt(b)) => a.join(b)?.option(),
            (Opt(a), b) | (b, Opt(a)) => a.join(b)?.option(),
            (Tuple(a), Tuple(b)) if a.len() == b.len() => {
                let items = a.iter().zip(b).map(|(a, b)| a.join(b));
                Tuple(items.collect::<Option<_>>()?)
            }
            (a, b) if a.is_dynamic() && b.is_dynamic() => Value,
            _ => return None,
        })
    }
}

/// Opaque types that are variants of `Value`.
pub const VALUES: [&str; 5] = [
    "decimal::Decimal",
    "datetime::DateTime",
    "date::Date",
    "time_of_day::Time",
    "timedelta::TimeDelta",
];

/// How many rounds a fixpoint over types may take: the lattice is low, programs are small.
pub const MAX_ROUNDS: usize = 40;
