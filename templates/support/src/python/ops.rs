//! Python's operators on values whose types are known only when the program runs.

use super::compare::{Order, compare};
use super::dict::Dict;
use super::error::{self, Error, Result};
use super::list::List;
use super::text;
use super::value::Value;

/// `repr(value, /)`.
pub fn repr(value: &Value) -> String {
    match value {
        Value::None => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Int(number) => number.to_string(),
        Value::Float(number) => text::float_repr(*number),
        Value::Str(text) => text::str_repr(text),
        Value::List(list) => format!("[{}]", repr_items(&list.to_vec())),
        Value::Dict(dict) => repr_dict(dict),
        #[cfg(feature = "tuple")]
        Value::Tuple(items) => match items.items() {
            [item] => format!("({},)", repr(item)),
            items => format!("({})", repr_items(items)),
        },
        #[cfg(feature = "bytes")]
        Value::Bytes(bytes) => text::bytes_repr(bytes),
        #[cfg(feature = "set")]
        Value::Set(set) if set.is_empty() => "set()".to_owned(),
        #[cfg(feature = "set")]
        Value::Set(set) => format!("{{{}}}", repr_items(&set.to_vec())),
        #[cfg(feature = "decimal")]
        Value::Decimal(number) => super::decimal::representation(number),
        #[cfg(feature = "datetime")]
        Value::DateTime(value) => super::datetime::representation(value),
        #[cfg(feature = "datetime")]
        Value::Date(value) => super::date::representation(value),
        #[cfg(feature = "datetime")]
        Value::Time(value) => super::time_of_day::representation(value),
        #[cfg(feature = "datetime")]
        Value::TimeDelta(value) => super::timedelta::representation(value),
        #[cfg(feature = "datetime")]
        Value::TimeZone(zone) => super::timezone::representation(zone),
        #[cfg(feature = "object")]
        Value::Object(object) => object.representation(),
    }
}

/// The texts of items between brackets.
pub fn repr_items(items: &[Value]) -> String {
    let texts: Vec<String> = items.iter().map(repr).collect();
    texts.join(", ")
}

fn repr_dict(dict: &Dict) -> String {
    let pairs = dict.pairs();
    let members = pairs
        .iter()
        .map(|(key, value)| format!("{}: {}", repr(key), repr(value)));
    format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
}

/// `ascii(value, /)`.
pub fn ascii(value: &Value) -> String {
    match value {
        Value::Str(text) => text::str_ascii(text),
        other => text::escape_non_ascii(&repr(other)),
    }
}

/// Two operands that are numbers.
enum Numbers {
    Ints(i64, i64),
    Floats(f64, f64),
}

/// The operands as numbers of the type in which Python computes.
fn numbers(a: &Value, b: &Value) -> Option<Numbers> {
    if let (Some(a), Some(b)) = (a.as_int(), b.as_int()) {
        return Some(Numbers::Ints(a, b));
    }
    let float = |value: &Value| match value {
        Value::Float(number) => Some(*number),
        other => other.as_int().map(|number| number as f64),
    };
    Some(Numbers::Floats(float(a)?, float(b)?))
}

/// What an operator raises that the operands' types do not have.
pub fn unsupported(operator: &str, a: &Value, b: &Value) -> Error {
    let (left, right) = (a.type_name(), b.type_name());
    #[cfg(feature = "object")]
    if matches!(a, Value::Object(_)) || matches!(b, Value::Object(_)) {
        let text = format!("the operator {operator} of {left} and {right}");
        return error::untranslated(text);
    }
    error::type_error(format!(
        "unsupported operand type(s) for {operator}: '{left}' and '{right}'"
    ))
}

/// As `a + b`.
pub fn add(a: &Value, b: &Value) -> Result<Value> {
    #[cfg(feature = "decimal")]
    if let Some(result) = super::decimal_arithmetic::binary(a, b, super::decimal_arithmetic::add) {
        return result;
    }
    #[cfg(feature = "datetime")]
    if let Some(result) = super::datetime_value::add(a, b) {
        return result;
    }
    match numbers(a, b) {
        Some(Numbers::Ints(a, b)) => return int_add(a, b).map(Value::Int),
        Some(Numbers::Floats(a, b)) => return Ok(Value::Float(a + b)),
        None => {}
    }
    match (a, b) {
        (Value::Str(a), Value::Str(b)) => Ok(Value::Str(format!("{a}{b}"))),
        (Value::List(a), Value::List(b)) => {
            let mut items = a.to_vec();
            items.extend(b.to_vec());
            Ok(Value::List(List::from(items)))
        }
        #[cfg(feature = "tuple")]
        (Value::Tuple(a), Value::Tuple(b)) => {
            Ok(Value::Tuple(a.iter().chain(b.iter()).cloned().collect()))
        }
        #[cfg(feature = "bytes")]
        (Value::Bytes(a), Value::Bytes(b)) => Ok(Value::Bytes([a.as_slice(), b].concat())),
        _ => Err(no_sum(a, b)),
    }
}

fn no_sum(a: &Value, b: &Value) -> Error {
    let other = b.type_name();
    #[cfg(feature = "object")]
    if matches!(b, Value::Object(_)) {
        return unsupported("+", a, b);
    }
    match a.type_name() {
        kind @ ("str" | "list" | "tuple") => error::type_error(format!(
            "can only concatenate {kind} (not \"{other}\") to {kind}"
        )),
        "bytes" => error::type_error(format!("can't concat {other} to bytes")),
        _ => unsupported("+", a, b),
    }
}

/// As `a - b`.
pub fn sub(a: &Value, b: &Value) -> Result<Value> {
    #[cfg(feature = "decimal")]
    if let Some(result) = super::decimal_arithmetic::binary(a, b, super::decimal_arithmetic::sub) {
        return result;
    }
    #[cfg(feature = "datetime")]
    if let Some(result) = super::datetime_value::sub(a, b) {
        return result;
    }
    match numbers(a, b) {
        Some(Numbers::Ints(a, b)) => return int_sub(a, b).map(Value::Int),
        Some(Numbers::Floats(a, b)) => return Ok(Value::Float(a - b)),
        None => {}
    }
    match (a, b) {
        #[cfg(feature = "set")]
        (Value::Set(a), Value::Set(b)) => Ok(Value::Set(a.without(b))),
        _ => Err(unsupported("-", a, b)),
    }
}

/// As `a * b`.
pub fn mul(a: &Value, b: &Value) -> Result<Value> {
    #[cfg(feature = "decimal")]
    if let Some(result) = super::decimal_arithmetic::binary(a, b, super::decimal_arithmetic::mul) {
        return result;
    }
    #[cfg(feature = "datetime")]
    if let Some(result) = super::datetime_value::mul(a, b) {
        return result;
    }
    match numbers(a, b) {
        Some(Numbers::Ints(a, b)) => return int_mul(a, b).map(Value::Int),
        Some(Numbers::Floats(a, b)) => return Ok(Value::Float(a * b)),
        None => {}
    }
    match (a.as_int(), b.as_int()) {
        (Some(count), None) => repeat(b, count).unwrap_or_else(|| Err(unsupported("*", a, b))),
        (None, Some(count)) => repeat(a, count).unwrap_or_else(|| Err(unsupported("*", a, b))),
        _ if is_sequence(a) => Err(no_count(b)),
        _ if is_sequence(b) => Err(no_count(a)),
        _ => Err(unsupported("*", a, b)),
    }
}

fn is_sequence(value: &Value) -> bool {
    matches!(value.type_name(), "str" | "list" | "tuple" | "bytes")
}

fn no_count(by: &Value) -> Error {
    let name = by.type_name();
    error::type_error(format!(
        "can't multiply sequence by non-int of type '{name}'"
    ))
}

/// A sequence, so many times.
fn repeat(value: &Value, count: i64) -> Option<Result<Value>> {
    let times = usize::try_from(count).unwrap_or(0);
    Some(Ok(match value {
        Value::Str(text) => {
            if text
                .len()
                .checked_mul(times)
                .is_none_or(|size| size > isize::MAX as usize)
            {
                return Some(Err(Error::with_args(&error::MEMORY_ERROR, Vec::new())));
            }
            Value::Str(text.repeat(times))
        }
        Value::List(list) => Value::List(List::from(cycled(&list.to_vec(), times))),
        #[cfg(feature = "tuple")]
        Value::Tuple(items) => Value::Tuple(cycled(items.items(), times).into()),
        #[cfg(feature = "bytes")]
        Value::Bytes(bytes) => Value::Bytes(cycled(bytes, times)),
        _ => return None,
    }))
}

fn cycled<T: Clone>(items: &[T], times: usize) -> Vec<T> {
    (0..times).flat_map(|_| items.iter().cloned()).collect()
}

/// As `a / b`.
pub fn div(a: &Value, b: &Value) -> Result<Value> {
    #[cfg(feature = "decimal")]
    if let Some(result) = super::decimal_arithmetic::binary(a, b, super::decimal_arithmetic::div) {
        return result;
    }
    #[cfg(feature = "datetime")]
    if let Some(result) = super::datetime_value::div(a, b) {
        return result;
    }
    match numbers(a, b) {
        Some(Numbers::Ints(a, b)) => int_div(a, b).map(Value::Float),
        Some(Numbers::Floats(a, b)) => float_div(a, b).map(Value::Float),
        None => Err(unsupported("/", a, b)),
    }
}

/// As `a // b`.
pub fn floor_div(a: &Value, b: &Value) -> Result<Value> {
    #[cfg(feature = "decimal")]
    if let Some(result) =
        super::decimal_arithmetic::binary(a, b, super::decimal_arithmetic::floor_div)
    {
        return result;
    }
    #[cfg(feature = "datetime")]
    if let Some(result) = super::datetime_value::floor_div(a, b) {
        return result;
    }
    match numbers(a, b) {
        Some(Numbers::Ints(a, b)) => int_floor_div(a, b).map(Value::Int),
        Some(Numbers::Floats(a, b)) => float_floor_div(a, b).map(Value::Float),
        None => Err(unsupported("//", a, b)),
    }
}

/// As `a % b`, which formats where `a` is a `str`.
pub fn modulo(a: &Value, b: &Value) -> Result<Value> {
    #[cfg(feature = "decimal")]
    if let Some(result) = super::decimal_arithmetic::binary(a, b, super::decimal_arithmetic::modulo)
    {
        return result;
    }
    #[cfg(feature = "datetime")]
    if let Some(result) = super::datetime_value::modulo(a, b) {
        return result;
    }
    match numbers(a, b) {
        Some(Numbers::Ints(a, b)) => return int_modulo(a, b).map(Value::Int),
        Some(Numbers::Floats(a, b)) => return float_modulo(a, b).map(Value::Float),
        None => {}
    }
    match a {
        Value::Str(template) => super::percent::percent(template, b).map(Value::Str),
        #[cfg(feature = "bytes")]
        Value::Bytes(_) => Err(error::untranslated("the operator % of bytes")),
        _ => Err(unsupported("%", a, b)),
    }
}

/// As `a ** b`.
pub fn pow(a: &Value, b: &Value) -> Result<Value> {
    #[cfg(feature = "decimal")]
    if let Some(result) = super::decimal_arithmetic::binary(a, b, super::decimal_power::pow) {
        return result;
    }
    match numbers(a, b) {
        Some(Numbers::Ints(a, b)) if b < 0 => float_pow(a as f64, b as f64).map(Value::Float),
        Some(Numbers::Ints(a, b)) => int_pow(a, b).map(Value::Int),
        Some(Numbers::Floats(a, b)) => float_pow(a, b).map(Value::Float),
        None => Err(unsupported("** or pow()", a, b)),
    }
}

/// As `-value`.
pub fn neg(value: &Value) -> Result<Value> {
    match value {
        Value::Float(number) => Ok(Value::Float(-number)),
        #[cfg(feature = "decimal")]
        Value::Decimal(number) => super::decimal_arithmetic::neg(number).map(Value::Decimal),
        #[cfg(feature = "datetime")]
        Value::TimeDelta(span) => super::timedelta::neg(span).map(Value::TimeDelta),
        other => match other.as_int() {
            Some(number) => int_neg(number).map(Value::Int),
            None => Err(bad_operand("-", other)),
        },
    }
}

/// As `+value`.
pub fn pos(value: &Value) -> Result<Value> {
    match value {
        Value::Float(number) => Ok(Value::Float(*number)),
        #[cfg(feature = "decimal")]
        Value::Decimal(number) => super::decimal_arithmetic::pos(number).map(Value::Decimal),
        #[cfg(feature = "datetime")]
        Value::TimeDelta(span) => Ok(Value::TimeDelta(span.clone())),
        other => match other.as_int() {
            Some(number) => Ok(Value::Int(number)),
            None => Err(bad_operand("+", other)),
        },
    }
}

/// As `~value`.
pub fn invert(value: &Value) -> Result<Value> {
    match value.as_int() {
        Some(number) => Ok(Value::Int(!number)),
        None => Err(bad_operand("~", value)),
    }
}

fn bad_operand(operator: &str, value: &Value) -> Error {
    let name = value.type_name();
    #[cfg(feature = "object")]
    if matches!(value, Value::Object(_)) {
        return error::untranslated(format!("the operator {operator} of {name}"));
    }
    error::type_error(format!("bad operand type for unary {operator}: '{name}'"))
}

/// As `a & b`.
pub fn bit_and(a: &Value, b: &Value) -> Result<Value> {
    match (a, b) {
        (Value::Bool(a), Value::Bool(b)) => Ok(Value::Bool(*a && *b)),
        #[cfg(feature = "set")]
        (Value::Set(a), Value::Set(b)) => Ok(Value::Set(a.common(b))),
        _ => bits(a, b, "&", |a, b| Ok(a & b)),
    }
}

/// As `a | b`.
pub fn bit_or(a: &Value, b: &Value) -> Result<Value> {
    match (a, b) {
        (Value::Bool(a), Value::Bool(b)) => Ok(Value::Bool(*a || *b)),
        (Value::Dict(a), Value::Dict(b)) => Ok(Value::Dict(
            a.pairs().into_iter().chain(b.pairs()).collect(),
        )),
        #[cfg(feature = "set")]
        (Value::Set(a), Value::Set(b)) => Ok(Value::Set(a.with(b))),
        _ => bits(a, b, "|", |a, b| Ok(a | b)),
    }
}

/// As `a ^ b`.
pub fn bit_xor(a: &Value, b: &Value) -> Result<Value> {
    match (a, b) {
        (Value::Bool(a), Value::Bool(b)) => Ok(Value::Bool(a != b)),
        #[cfg(feature = "set")]
        (Value::Set(a), Value::Set(b)) => Ok(Value::Set(a.without(b).with(&b.without(a)))),
        _ => bits(a, b, "^", |a, b| Ok(a ^ b)),
    }
}

/// As `a << b`.
pub fn shift_left(a: &Value, b: &Value) -> Result<Value> {
    bits(a, b, "<<", int_shift_left)
}

/// As `a >> b`.
pub fn shift_right(a: &Value, b: &Value) -> Result<Value> {
    bits(a, b, ">>", int_shift_right)
}

fn bits(
    a: &Value,
    b: &Value,
    operator: &str,
    compute: impl Fn(i64, i64) -> Result<i64>,
) -> Result<Value> {
    match (a.as_int(), b.as_int()) {
        (Some(a), Some(b)) => compute(a, b).map(Value::Int),
        _ => Err(unsupported(operator, a, b)),
    }
}

/// As `a < b`.
pub fn lt(a: &Value, b: &Value) -> Result<bool> {
    compare(a, b, Order::Less)
}

/// As `a <= b`.
pub fn le(a: &Value, b: &Value) -> Result<bool> {
    compare(a, b, Order::LessOrEqual)
}

/// As `a > b`.
pub fn gt(a: &Value, b: &Value) -> Result<bool> {
    compare(a, b, Order::Greater)
}

/// As `a >= b`.
pub fn ge(a: &Value, b: &Value) -> Result<bool> {
    compare(a, b, Order::GreaterOrEqual)
}
/// What an integer raises that Python has and 64 bits do not.
pub fn beyond_64_bits() -> Error {
    error::untranslated("integer beyond 64 bits")
}

/// As `a + b` of ints.
pub fn int_add(a: i64, b: i64) -> Result<i64> {
    a.checked_add(b).ok_or_else(beyond_64_bits)
}

/// As `a - b` of ints.
pub fn int_sub(a: i64, b: i64) -> Result<i64> {
    a.checked_sub(b).ok_or_else(beyond_64_bits)
}

/// As `a * b` of ints.
pub fn int_mul(a: i64, b: i64) -> Result<i64> {
    a.checked_mul(b).ok_or_else(beyond_64_bits)
}

/// As `-a` of an int.
pub fn int_neg(a: i64) -> Result<i64> {
    a.checked_neg().ok_or_else(beyond_64_bits)
}

/// As `a / b` of ints.
pub fn int_div(a: i64, b: i64) -> Result<f64> {
    const EXACT: u64 = 1 << 53;
    if b == 0 {
        return Err(division_by_zero("division by zero"));
    }
    if a.unsigned_abs() <= EXACT && b.unsigned_abs() <= EXACT {
        return Ok(a as f64 / b as f64);
    }
    let magnitude = quotient(a.unsigned_abs().into(), b.unsigned_abs().into());
    Ok(if (a < 0) == (b < 0) {
        magnitude
    } else {
        -magnitude
    })
}

/// The quotient of integers, rounded once. The divisor is not 0 and has no more than 70 bits.
pub fn quotient(dividend: u128, divisor: u128) -> f64 {
    // With more bits than a float has; what is cut off only breaks ties.
    let shift = dividend.leading_zeros() & 127;
    let shifted = dividend << shift;
    let quotient = (shifted / divisor) | u128::from(!shifted.is_multiple_of(divisor));
    quotient as f64 / 2f64.powi(shift as i32)
}

/// As `a // b` of ints.
pub fn int_floor_div(a: i64, b: i64) -> Result<i64> {
    if b == 0 {
        return Err(division_by_zero("integer division or modulo by zero"));
    }
    let quotient = a.checked_div(b).ok_or_else(beyond_64_bits)?;
    let down = a % b != 0 && (a < 0) != (b < 0);
    Ok(quotient - i64::from(down))
}

/// As `a % b` of ints.
pub fn int_modulo(a: i64, b: i64) -> Result<i64> {
    if b == 0 {
        return Err(division_by_zero("integer modulo by zero"));
    }
    let rest = a.wrapping_rem(b);
    Ok(if rest != 0 && (rest < 0) != (b < 0) {
        rest + b
    } else {
        rest
    })
}

/// As `a ** b` of ints. A negative `b`, which gives a float, is refused.
pub fn int_pow(a: i64, b: i64) -> Result<i64> {
    match a {
        _ if b < 0 => Err(error::untranslated("an int to a negative power")),
        1 => Ok(1),
        0 => Ok(i64::from(b == 0)),
        -1 => Ok(if b % 2 == 0 { 1 } else { -1 }),
        _ => {
            let power = u32::try_from(b).ok().and_then(|b| a.checked_pow(b));
            power.ok_or_else(beyond_64_bits)
        }
    }
}

/// As `a << b` of ints.
pub fn int_shift_left(a: i64, b: i64) -> Result<i64> {
    match b {
        _ if b < 0 => Err(error::value_error("negative shift count")),
        _ if a == 0 => Ok(0),
        0..=63 => i64::try_from(i128::from(a) << b).map_err(|_| beyond_64_bits()),
        _ => Err(beyond_64_bits()),
    }
}

/// As `a >> b` of ints.
pub fn int_shift_right(a: i64, b: i64) -> Result<i64> {
    if b < 0 {
        return Err(error::value_error("negative shift count"));
    }
    Ok(a >> b.min(63))
}

fn division_by_zero(text: &str) -> Error {
    Error::new(&error::ZERO_DIVISION_ERROR, text)
}

/// As `a / b` of floats.
pub fn float_div(a: f64, b: f64) -> Result<f64> {
    if b == 0.0 {
        return Err(division_by_zero("float division by zero"));
    }
    Ok(a / b)
}

/// As `a // b` of floats.
pub fn float_floor_div(a: f64, b: f64) -> Result<f64> {
    if b == 0.0 {
        return Err(division_by_zero("float floor division by zero"));
    }
    let rest = a % b;
    let mut quotient = (a - rest) / b;
    if rest != 0.0 && (rest < 0.0) != (b < 0.0) {
        quotient -= 1.0;
    }
    if quotient == 0.0 {
        return Ok(0f64.copysign(a / b));
    }
    let floor = quotient.floor();
    Ok(if quotient - floor > 0.5 {
        floor + 1.0
    } else {
        floor
    })
}

/// As `a % b` of floats.
pub fn float_modulo(a: f64, b: f64) -> Result<f64> {
    if b == 0.0 {
        return Err(division_by_zero("float modulo"));
    }
    let rest = a % b;
    if rest == 0.0 {
        return Ok(0f64.copysign(b));
    }
    Ok(if (rest < 0.0) != (b < 0.0) {
        rest + b
    } else {
        rest
    })
}

/// As `a ** b` of floats. A complex result is refused.
pub fn float_pow(a: f64, b: f64) -> Result<f64> {
    if a == 0.0 && b < 0.0 && b.is_finite() {
        let text = "0.0 cannot be raised to a negative power";
        return Err(division_by_zero(text));
    }
    if a < 0.0 && a.is_finite() && b.is_finite() && b.fract() != 0.0 {
        return Err(error::untranslated("a complex number"));
    }
    let power = a.powf(b);
    if power.is_infinite() && a.is_finite() && b.is_finite() {
        let text = Value::from("Numerical result out of range");
        return Err(Error::with_args(
            &error::OVERFLOW_ERROR,
            vec![Value::Int(34), text],
        ));
    }
    Ok(power)
}
