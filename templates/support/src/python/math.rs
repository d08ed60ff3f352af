//! Python's `math`: functions of floats. Those that are not exact are as the C library of the
//! system has them, which is what Python calls too.

use super::error::{self, Error, Result};
use super::value::Value;

/// `math.pi`
pub const PI: f64 = std::f64::consts::PI;
/// `math.e`
pub const E: f64 = std::f64::consts::E;
/// `math.tau`
pub const TAU: f64 = std::f64::consts::TAU;
/// `math.inf`
pub const INF: f64 = f64::INFINITY;
/// `math.nan`
pub const NAN: f64 = f64::NAN;

/// The float that a function is given.
pub fn real(value: &Value) -> Result<f64> {
    match value {
        Value::Float(number) => Ok(*number),
        #[cfg(feature = "decimal")]
        Value::Decimal(number) => Ok(super::decimal_convert::to_float(number)),
        other => other.as_int().map(|number| number as f64).ok_or_else(|| {
            let name = other.type_name();
            #[cfg(feature = "object")]
            if matches!(other, Value::Object(_)) {
                return error::untranslated(format!("math of a value that is a {name}"));
            }
            error::type_error(format!("must be real number, not {name}"))
        }),
    }
}

/// A result, which raises where it is not finite though what it comes from is.
fn checked(result: f64, from: f64) -> Result<f64> {
    if result.is_nan() && !from.is_nan() {
        return Err(domain_error());
    }
    if result.is_infinite() && from.is_finite() {
        return Err(Error::new(&error::OVERFLOW_ERROR, "math range error"));
    }
    Ok(result)
}

fn domain_error() -> Error {
    error::value_error("math domain error")
}

/// `math.sqrt(x, /)`
pub fn sqrt(x: f64) -> Result<f64> {
    checked(x.sqrt(), x)
}

/// `math.sqrt(x, /)`
pub fn sqrt_value(x: &Value) -> Result<f64> {
    sqrt(real(x)?)
}

/// `math.pow(x, y, /)`
pub fn pow(x: f64, y: f64) -> Result<f64> {
    let power = x.powf(y);
    if x.is_finite() && y.is_finite() {
        if power.is_nan() || (x == 0.0 && y < 0.0) {
            return Err(domain_error());
        }
        return checked(power, x);
    }
    Ok(power)
}

/// `math.pow(x, y, /)`
pub fn pow_value(x: &Value, y: &Value) -> Result<f64> {
    pow(real(x)?, real(y)?)
}

/// `math.exp(x, /)`
pub fn exp(x: f64) -> Result<f64> {
    checked(x.exp(), x)
}

/// `math.exp(x, /)`
pub fn exp_value(x: &Value) -> Result<f64> {
    exp(real(x)?)
}

/// `math.log(x, /)`
pub fn log(x: f64) -> Result<f64> {
    logarithm(x, f64::ln)
}

/// `math.log(x, base, /)`
pub fn log_to(x: f64, base: f64) -> Result<f64> {
    let (x, base) = (log(x)?, log(base)?);
    super::ops::float_div(x, base)
}

/// `math.log(x, /)`
pub fn log_value(x: &Value) -> Result<f64> {
    log(real(x)?)
}

/// `math.log(x, base, /)`
pub fn log_to_value(x: &Value, base: &Value) -> Result<f64> {
    log_to(real(x)?, real(base)?)
}

/// `math.log2(x, /)`
pub fn log2(x: f64) -> Result<f64> {
    logarithm(x, f64::log2)
}

/// `math.log2(x, /)`
pub fn log2_value(x: &Value) -> Result<f64> {
    log2(real(x)?)
}

/// `math.log10(x, /)`
pub fn log10(x: f64) -> Result<f64> {
    logarithm(x, f64::log10)
}

/// `math.log10(x, /)`
pub fn log10_value(x: &Value) -> Result<f64> {
    log10(real(x)?)
}

fn logarithm(x: f64, log: impl Fn(f64) -> f64) -> Result<f64> {
    if x <= 0.0 {
        return Err(domain_error());
    }
    Ok(log(x))
}

/// `math.sin(x, /)`
pub fn sin(x: f64) -> Result<f64> {
    checked(x.sin(), x)
}

/// `math.sin(x, /)`
pub fn sin_value(x: &Value) -> Result<f64> {
    sin(real(x)?)
}

/// `math.cos(x, /)`
pub fn cos(x: f64) -> Result<f64> {
    checked(x.cos(), x)
}

/// `math.cos(x, /)`
pub fn cos_value(x: &Value) -> Result<f64> {
    cos(real(x)?)
}

/// `math.tan(x, /)`
pub fn tan(x: f64) -> Result<f64> {
    checked(x.tan(), x)
}

/// `math.asin(x, /)`
pub fn asin(x: f64) -> Result<f64> {
    checked(x.asin(), x)
}

/// `math.acos(x, /)`
pub fn acos(x: f64) -> Result<f64> {
    checked(x.acos(), x)
}

/// `math.atan(x, /)`
pub fn atan(x: f64) -> f64 {
    x.atan()
}

/// `math.atan2(y, x, /)`
pub fn atan2(y: f64, x: f64) -> f64 {
    y.atan2(x)
}

/// `math.atan2(y, x, /)`
pub fn atan2_value(y: &Value, x: &Value) -> Result<f64> {
    Ok(real(y)?.atan2(real(x)?))
}

/// `math.radians(x, /)`
pub fn radians(x: f64) -> f64 {
    x * (PI / 180.0)
}

/// `math.radians(x, /)`
pub fn radians_value(x: &Value) -> Result<f64> {
    real(x).map(radians)
}

/// `math.degrees(x, /)`
pub fn degrees(x: f64) -> f64 {
    x * (180.0 / PI)
}

/// `math.degrees(x, /)`
pub fn degrees_value(x: &Value) -> Result<f64> {
    real(x).map(degrees)
}

/// `math.fabs(x, /)`
pub fn fabs(x: f64) -> f64 {
    x.abs()
}

/// `math.fabs(x, /)`
pub fn fabs_value(x: &Value) -> Result<f64> {
    real(x).map(fabs)
}

/// `math.fmod(x, y, /)`
pub fn fmod(x: f64, y: f64) -> Result<f64> {
    let rest = x % y;
    if rest.is_nan() && !x.is_nan() && !y.is_nan() {
        return Err(domain_error());
    }
    Ok(rest)
}

/// `math.modf(x, /)`
pub fn modf(x: f64) -> (f64, f64) {
    if x.is_infinite() {
        return (0f64.copysign(x), x);
    }
    (x.fract().copysign(x), x.trunc())
}

/// `math.copysign(x, y, /)`
pub fn copysign(x: f64, y: f64) -> f64 {
    x.copysign(y)
}

/// `math.isnan(x, /)`
pub fn isnan(x: &Value) -> Result<bool> {
    real(x).map(f64::is_nan)
}

/// `math.isinf(x, /)`
pub fn isinf(x: &Value) -> Result<bool> {
    real(x).map(f64::is_infinite)
}

/// `math.isfinite(x, /)`
pub fn isfinite(x: &Value) -> Result<bool> {
    real(x).map(f64::is_finite)
}

/// `math.isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)`
pub fn isclose(a: f64, b: f64, rel_tol: f64, abs_tol: f64) -> Result<bool> {
    if rel_tol < 0.0 || abs_tol < 0.0 {
        return Err(error::value_error("tolerances must be non-negative"));
    }
    if a == b {
        return Ok(true);
    }
    if a.is_infinite() || b.is_infinite() {
        return Ok(false);
    }
    let difference = (b - a).abs();
    let within = |limit: f64| difference <= limit;
    Ok(within((rel_tol * b).abs()) || within((rel_tol * a).abs()) || within(abs_tol))
}

/// `math.fsum(seq, /)`
/// Sums that are not finite are refused.
pub fn fsum(seq: impl IntoIterator<Item = Value>) -> Result<f64> {
    // Numbers that do not overlap, the smallest first, whose exact sum is the sum so far.
    let mut parts: Vec<f64> = Vec::new();
    for item in seq {
        let mut sum = real(&item)?;
        let mut kept = Vec::with_capacity(parts.len() + 1);
        for part in parts {
            let (large, small) = if sum.abs() < part.abs() {
                (part, sum)
            } else {
                (sum, part)
            };
            sum = large + small;
            let lost = small - (sum - large);
            if lost != 0.0 {
                kept.push(lost);
            }
        }
        if !sum.is_finite() {
            return Err(error::untranslated("a sum that is not finite"));
        }
        kept.push(sum);
        parts = kept;
    }
    Ok(rounded_sum(parts))
}

/// The sum of numbers that do not overlap, rounded once.
fn rounded_sum(mut parts: Vec<f64>) -> f64 {
    let mut sum = parts.pop().unwrap_or(0.0);
    while let Some(part) = parts.pop() {
        let whole = sum;
        sum = whole + part;
        let lost = part - (sum - whole);
        if lost == 0.0 {
            continue;
        }
        // Exactly between two floats, what follows decides.
        let same_side = parts
            .last()
            .is_some_and(|next| (lost < 0.0) == (*next < 0.0));
        let twice = lost * 2.0;
        let other = sum + twice;
        if same_side && parts.last() != Some(&0.0) && other - sum == twice {
            sum = other;
        }
        break;
    }
    sum
}
