//! Python's `math`: functions that give or take integers.

use super::error::{self, Error, Result};
use super::math::real;
use super::numbers::{index, truncated};
use super::ops::{self, beyond_64_bits};
use super::value::Value;

/// `math.ceil(x, /)`
pub fn ceil_int(x: i64) -> i64 {
    x
}

/// `math.ceil(x, /)`
pub fn ceil(x: f64) -> Result<i64> {
    truncated(x.ceil())
}

/// `math.ceil(x, /)`
pub fn ceil_value(x: &Value) -> Result<i64> {
    #[cfg(feature = "decimal")]
    if let Value::Decimal(number) = x {
        return super::decimal_convert::ceil(number);
    }
    whole(x, f64::ceil)
}

/// `math.floor(x, /)`
pub fn floor_int(x: i64) -> i64 {
    x
}

/// `math.floor(x, /)`
pub fn floor(x: f64) -> Result<i64> {
    truncated(x.floor())
}

/// `math.floor(x, /)`
pub fn floor_value(x: &Value) -> Result<i64> {
    #[cfg(feature = "decimal")]
    if let Value::Decimal(number) = x {
        return super::decimal_convert::floor(number);
    }
    whole(x, f64::floor)
}

fn whole(x: &Value, rounded: impl Fn(f64) -> f64) -> Result<i64> {
    match x.as_int() {
        Some(number) => Ok(number),
        None => truncated(rounded(real(x)?)),
    }
}

/// `math.trunc(x, /)`
pub fn trunc_int(x: i64) -> i64 {
    x
}

/// `math.trunc(x, /)`
pub fn trunc(x: f64) -> Result<i64> {
    truncated(x)
}

/// `math.trunc(x, /)`
pub fn trunc_value(x: &Value) -> Result<i64> {
    #[cfg(feature = "decimal")]
    if let Value::Decimal(number) = x {
        return super::decimal_convert::to_int(number);
    }
    whole(x, f64::trunc).map_err(|error| {
        if error.is(&error::TYPE_ERROR) {
            let name = x.type_name();
            error::type_error(format!("type {name} doesn't define __trunc__ method"))
        } else {
            error
        }
    })
}

/// `math.gcd(*integers)`
pub fn gcd(integers: &[Value]) -> Result<i64> {
    let mut divisor = 0;
    for number in integers {
        divisor = common_divisor(divisor, index(number)?.unsigned_abs());
    }
    i64::try_from(divisor).map_err(|_| beyond_64_bits())
}

/// `math.lcm(*integers)`
pub fn lcm(integers: &[Value]) -> Result<i64> {
    let mut multiple = 1u64;
    for number in integers {
        let number = index(number)?.unsigned_abs();
        let divisor = common_divisor(multiple, number).max(1);
        let next = multiple.checked_mul(number / divisor);
        multiple = next.ok_or_else(beyond_64_bits)?;
    }
    i64::try_from(multiple).map_err(|_| beyond_64_bits())
}

fn common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

/// `math.factorial(n, /)`
pub fn factorial(n: i64) -> Result<i64> {
    if n < 0 {
        let text = "factorial() not defined for negative values";
        return Err(error::value_error(text));
    }
    (2..=n).try_fold(1, ops::int_mul)
}

/// `math.isqrt(n, /)`
pub fn isqrt(n: i64) -> Result<i64> {
    let text = "isqrt() argument must be nonnegative";
    n.checked_isqrt().ok_or_else(|| error::value_error(text))
}

/// `math.comb(n, k, /)`
pub fn comb(n: i64, k: i64) -> Result<i64> {
    check_sizes(n, k)?;
    let count = |k: i64| {
        (0..k).try_fold(1i128, |chosen, at| {
            let next = chosen.checked_mul(i128::from(n - at))? / i128::from(at + 1);
            Some(next).filter(|next| *next <= i128::from(i64::MAX))
        })
    };
    let chosen = if k > n { Some(0) } else { count(k.min(n - k)) };
    let chosen = chosen.and_then(|chosen| i64::try_from(chosen).ok());
    chosen.ok_or_else(beyond_64_bits)
}

/// `math.perm(n, k, /)`
pub fn perm(n: i64, k: i64) -> Result<i64> {
    check_sizes(n, k)?;
    if k > n {
        return Ok(0);
    }
    (0..k).try_fold(1, |product, at| ops::int_mul(product, n - at))
}

fn check_sizes(n: i64, k: i64) -> Result<()> {
    for (name, number) in [("n", n), ("k", k)] {
        if number < 0 {
            let text = format!("{name} must be a non-negative integer");
            return Err(Error::new(&error::VALUE_ERROR, text));
        }
    }
    Ok(())
}

/// `math.prod(iterable, /, *, start=1)`
pub fn prod(iterable: impl IntoIterator<Item = Value>, start: &Value) -> Result<Value> {
    let mut items = iterable.into_iter();
    items.try_fold(start.clone(), |product, item| ops::mul(&product, &item))
}
