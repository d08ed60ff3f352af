//! The units and resolutions of the metrics of Powertools for AWS Lambda.

use super::error::{self, Class, EXCEPTION, Error, Result};
use super::list::List;
use super::value::Value;

/// `aws_lambda_powertools.metrics.MetricUnitError`
pub static METRIC_UNIT_ERROR: Class = Class::new("MetricUnitError", &[&EXCEPTION]);
/// `aws_lambda_powertools.metrics.MetricResolutionError`
pub static METRIC_RESOLUTION_ERROR: Class = Class::new("MetricResolutionError", &[&EXCEPTION]);

/// `aws_lambda_powertools.metrics.MetricUnit`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MetricUnit(&'static str);

/// `aws_lambda_powertools.metrics.MetricUnit.Seconds`
pub const SECONDS: MetricUnit = MetricUnit("Seconds");
/// `aws_lambda_powertools.metrics.MetricUnit.Microseconds`
pub const MICROSECONDS: MetricUnit = MetricUnit("Microseconds");
/// `aws_lambda_powertools.metrics.MetricUnit.Milliseconds`
pub const MILLISECONDS: MetricUnit = MetricUnit("Milliseconds");
/// `aws_lambda_powertools.metrics.MetricUnit.Bytes`
pub const BYTES: MetricUnit = MetricUnit("Bytes");
/// `aws_lambda_powertools.metrics.MetricUnit.Kilobytes`
pub const KILOBYTES: MetricUnit = MetricUnit("Kilobytes");
/// `aws_lambda_powertools.metrics.MetricUnit.Megabytes`
pub const MEGABYTES: MetricUnit = MetricUnit("Megabytes");
/// `aws_lambda_powertools.metrics.MetricUnit.Gigabytes`
pub const GIGABYTES: MetricUnit = MetricUnit("Gigabytes");
/// `aws_lambda_powertools.metrics.MetricUnit.Terabytes`
pub const TERABYTES: MetricUnit = MetricUnit("Terabytes");
/// `aws_lambda_powertools.metrics.MetricUnit.Bits`
pub const BITS: MetricUnit = MetricUnit("Bits");
/// `aws_lambda_powertools.metrics.MetricUnit.Kilobits`
pub const KILOBITS: MetricUnit = MetricUnit("Kilobits");
/// `aws_lambda_powertools.metrics.MetricUnit.Megabits`
pub const MEGABITS: MetricUnit = MetricUnit("Megabits");
/// `aws_lambda_powertools.metrics.MetricUnit.Gigabits`
pub const GIGABITS: MetricUnit = MetricUnit("Gigabits");
/// `aws_lambda_powertools.metrics.MetricUnit.Terabits`
pub const TERABITS: MetricUnit = MetricUnit("Terabits");
/// `aws_lambda_powertools.metrics.MetricUnit.Percent`
pub const PERCENT: MetricUnit = MetricUnit("Percent");
/// `aws_lambda_powertools.metrics.MetricUnit.Count`
pub const COUNT: MetricUnit = MetricUnit("Count");
/// `aws_lambda_powertools.metrics.MetricUnit.BytesPerSecond`
pub const BYTES_PER_SECOND: MetricUnit = MetricUnit("Bytes/Second");
/// `aws_lambda_powertools.metrics.MetricUnit.KilobytesPerSecond`
pub const KILOBYTES_PER_SECOND: MetricUnit = MetricUnit("Kilobytes/Second");
/// `aws_lambda_powertools.metrics.MetricUnit.MegabytesPerSecond`
pub const MEGABYTES_PER_SECOND: MetricUnit = MetricUnit("Megabytes/Second");
/// `aws_lambda_powertools.metrics.MetricUnit.GigabytesPerSecond`
pub const GIGABYTES_PER_SECOND: MetricUnit = MetricUnit("Gigabytes/Second");
/// `aws_lambda_powertools.metrics.MetricUnit.TerabytesPerSecond`
pub const TERABYTES_PER_SECOND: MetricUnit = MetricUnit("Terabytes/Second");
/// `aws_lambda_powertools.metrics.MetricUnit.BitsPerSecond`
pub const BITS_PER_SECOND: MetricUnit = MetricUnit("Bits/Second");
/// `aws_lambda_powertools.metrics.MetricUnit.KilobitsPerSecond`
pub const KILOBITS_PER_SECOND: MetricUnit = MetricUnit("Kilobits/Second");
/// `aws_lambda_powertools.metrics.MetricUnit.MegabitsPerSecond`
pub const MEGABITS_PER_SECOND: MetricUnit = MetricUnit("Megabits/Second");
/// `aws_lambda_powertools.metrics.MetricUnit.GigabitsPerSecond`
pub const GIGABITS_PER_SECOND: MetricUnit = MetricUnit("Gigabits/Second");
/// `aws_lambda_powertools.metrics.MetricUnit.TerabitsPerSecond`
pub const TERABITS_PER_SECOND: MetricUnit = MetricUnit("Terabits/Second");
/// `aws_lambda_powertools.metrics.MetricUnit.CountPerSecond`
pub const COUNT_PER_SECOND: MetricUnit = MetricUnit("Count/Second");
/// `aws_lambda_powertools.metrics.MetricUnit.NoUnit`
pub const NO_UNIT: MetricUnit = MetricUnit("None");

/// `aws_lambda_powertools.metrics.MetricUnit.value`
pub fn unit_value(unit: MetricUnit) -> String {
    unit.0.to_owned()
}

/// The names of the units and their values, where those differ.
const UNITS: [(&str, &str); 27] = [
    ("Seconds", "Seconds"),
    ("Microseconds", "Microseconds"),
    ("Milliseconds", "Milliseconds"),
    ("Bytes", "Bytes"),
    ("Kilobytes", "Kilobytes"),
    ("Megabytes", "Megabytes"),
    ("Gigabytes", "Gigabytes"),
    ("Terabytes", "Terabytes"),
    ("Bits", "Bits"),
    ("Kilobits", "Kilobits"),
    ("Megabits", "Megabits"),
    ("Gigabits", "Gigabits"),
    ("Terabits", "Terabits"),
    ("Percent", "Percent"),
    ("Count", "Count"),
    ("BytesPerSecond", "Bytes/Second"),
    ("KilobytesPerSecond", "Kilobytes/Second"),
    ("MegabytesPerSecond", "Megabytes/Second"),
    ("GigabytesPerSecond", "Gigabytes/Second"),
    ("TerabytesPerSecond", "Terabytes/Second"),
    ("BitsPerSecond", "Bits/Second"),
    ("KilobitsPerSecond", "Kilobits/Second"),
    ("MegabitsPerSecond", "Megabits/Second"),
    ("GigabitsPerSecond", "Gigabits/Second"),
    ("TerabitsPerSecond", "Terabits/Second"),
    ("CountPerSecond", "Count/Second"),
    ("NoUnit", "None"),
];

/// The unit that a text means.
pub fn unit_named(unit: &Value) -> Result<MetricUnit> {
    let Value::Str(text) = unit else {
        return Err(error::untranslated("a metric unit that is not a str"));
    };
    let by_name = UNITS.iter().find(|(name, _)| name == text);
    let by_value = || UNITS.iter().find(|(_, value)| value == text);
    match by_name.or_else(by_value) {
        Some((_, value)) => Ok(MetricUnit(value)),
        None => {
            let names: List = UNITS.iter().map(|(name, _)| *name).collect();
            let names = Value::from(names);
            let text = format!("Invalid metric unit '{text}', expected either option: {names}");
            Err(Error::new(&METRIC_UNIT_ERROR, text))
        }
    }
}

/// `aws_lambda_powertools.metrics.MetricResolution`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MetricResolution(i64);

/// `aws_lambda_powertools.metrics.MetricResolution.Standard`
pub const STANDARD: MetricResolution = MetricResolution(60);
/// `aws_lambda_powertools.metrics.MetricResolution.High`
pub const HIGH: MetricResolution = MetricResolution(1);

/// `aws_lambda_powertools.metrics.MetricResolution.value`
pub fn resolution_value(resolution: MetricResolution) -> i64 {
    resolution.0
}

/// The resolution of so many seconds.
pub fn resolution_of(seconds: i64) -> Result<MetricResolution> {
    match seconds {
        60 => Ok(STANDARD),
        1 => Ok(HIGH),
        other => {
            let text =
                format!("Invalid metric resolution '{other}', expected either option: [60, 1]");
            Err(Error::new(&METRIC_RESOLUTION_ERROR, text))
        }
    }
}
