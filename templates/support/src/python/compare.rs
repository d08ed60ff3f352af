//! Python's order of values.

use std::cmp::Ordering;

use super::error::{self, Result};
use super::value::Value;

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// `<`.
    Less,
    /// `<=`.
    LessOrEqual,
    /// `>`.
    Greater,
    /// `>=`.
    GreaterOrEqual,
}

impl Order {
    fn symbol(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }

    /// Whether operands so ordered are in this order. NaN is in none.
    pub fn holds(self, ordering: Option<Ordering>) -> bool {
        match self {
            Self::Less => ordering == Some(Ordering::Less),
            Self::LessOrEqual => matches!(ordering, Some(Ordering::Less | Ordering::Equal)),
            Self::Greater => ordering == Some(Ordering::Greater),
            Self::GreaterOrEqual => matches!(ordering, Some(Ordering::Greater | Ordering::Equal)),
        }
    }

    #[cfg(any(feature = "set", feature = "object"))]
    fn reflected(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::Greater => Self::Less,
            Self::GreaterOrEqual => Self::LessOrEqual,
        }
    }
}

/// Whether two values are in an order.
pub fn compare(a: &Value, b: &Value, order: Order) -> Result<bool> {
    if let Some(ordering) = number_ordering(a, b) {
        return Ok(order.holds(ordering));
    }
    match (a, b) {
        (Value::Str(a), Value::Str(b)) => Ok(order.holds(Some(a.cmp(b)))),
        (Value::List(a), Value::List(b)) => compare_items(&a.to_vec(), &b.to_vec(), order),
        #[cfg(feature = "tuple")]
        (Value::Tuple(a), Value::Tuple(b)) => compare_items(a.items(), b.items(), order),
        #[cfg(feature = "bytes")]
        (Value::Bytes(a), Value::Bytes(b)) => Ok(order.holds(Some(a.cmp(b)))),
        #[cfg(feature = "set")]
        (Value::Set(a), Value::Set(b)) => match order {
            Order::Less => Ok(a.is_within(b) && a.len() < b.len()),
            Order::LessOrEqual => Ok(a.is_within(b)),
            Order::Greater | Order::GreaterOrEqual => compare(
                &Value::Set(b.clone()),
                &Value::Set(a.clone()),
                order.reflected(),
            ),
        },
        #[cfg(feature = "decimal")]
        (Value::Decimal(_), _) | (_, Value::Decimal(_)) => {
            let result = super::decimal_compare::compare(a, b, order);
            result.unwrap_or_else(|| Err(unordered(a, b, order)))
        }
        #[cfg(feature = "datetime")]
        (Value::DateTime(_) | Value::Date(_) | Value::Time(_) | Value::TimeDelta(_), _) => {
            let ordering = super::datetime_value::ordering(a, b)?;
            let ordering = ordering.ok_or_else(|| unordered(a, b, order))?;
            Ok(order.holds(Some(ordering)))
        }
        #[cfg(feature = "object")]
        (Value::Object(object), _) => match object.compare(b, order) {
            Some(result) => result,
            None => reflected(a, b, order),
        },
        #[cfg(feature = "object")]
        (_, Value::Object(_)) => reflected(a, b, order),
        _ => Err(unordered(a, b, order)),
    }
}

#[cfg(feature = "object")]
fn reflected(a: &Value, b: &Value, order: Order) -> Result<bool> {
    let result = match b {
        Value::Object(object) => object.compare(a, order.reflected()),
        _ => None,
    };
    result.unwrap_or_else(|| Err(unordered(a, b, order)))
}

/// What values raise that have no order.
fn unordered(a: &Value, b: &Value, order: Order) -> error::Error {
    error::type_error(format!(
        "'{}' not supported between instances of '{}' and '{}'",
        order.symbol(),
        a.type_name(),
        b.type_name()
    ))
}

/// The first items that differ decide, else the lengths.
fn compare_items(a: &[Value], b: &[Value], order: Order) -> Result<bool> {
    match a.iter().zip(b).find(|(a, b)| a != b) {
        Some((a, b)) => compare(a, b, order),
        None => Ok(order.holds(Some(a.len().cmp(&b.len())))),
    }
}

/// How two numbers stand to each other, where both are numbers; `None` in it where one is NaN.
fn number_ordering(a: &Value, b: &Value) -> Option<Option<Ordering>> {
    match (a, b) {
        (Value::Float(a), Value::Float(b)) => Some(a.partial_cmp(b)),
        (Value::Float(a), b) => {
            let ordering = int_to_float(b.as_int()?, *a);
            Some(ordering.map(Ordering::reverse))
        }
        (a, Value::Float(b)) => Some(int_to_float(a.as_int()?, *b)),
        (a, b) => Some(Some(a.as_int()?.cmp(&b.as_int()?))),
    }
}

/// How an int stands to a float, without rounding it.
fn int_to_float(int: i64, float: f64) -> Option<Ordering> {
    const BEYOND: f64 = 9_223_372_036_854_775_808.0;
    if float.is_nan() {
        None
    } else if float >= BEYOND {
        Some(Ordering::Less)
    } else if float < -BEYOND {
        Some(Ordering::Greater)
    } else {
        let whole = int.cmp(&(float.trunc() as i64));
        if whole.is_ne() {
            return Some(whole);
        }
        0f64.partial_cmp(&float.fract())
    }
}
