//! The metrics of Powertools for AWS Lambda. All objects of the class share the metrics, dimensions
//! and metadata, as Python's do.

use std::cell::Cell;
use std::rc::Rc;

use super::dict::{self, Dict};
use super::error::{self, Result};
use super::lambda_context::{self, LambdaContext};
use super::powertools_metric_set::{self as metric_set, MetricSet, Target};
use super::powertools_metric_unit::{
    COUNT, MetricResolution, MetricUnit, STANDARD, resolution_of, unit_named,
};
use super::powertools_settings as settings;
use super::value::Value;
use super::{environ, string_fit};

/// `aws_lambda_powertools.Metrics`
#[derive(Debug, Clone)]
pub struct Metrics {
    set: Rc<MetricSet>,
    target: Target,
    /// The dimensions that metrics always have.
    default_dimensions: Dict,
}

thread_local! {
    static COUNT_OF_OBJECTS: Cell<usize> = const { Cell::new(0) };
}

thread_local! {
    static IS_COLD: Cell<bool> = const { Cell::new(true) };
}

/// `aws_lambda_powertools.Metrics(service=None, namespace=None)`.
pub fn metrics(service: Option<&str>, namespace: Option<&str>) -> Metrics {
    COUNT_OF_OBJECTS.set(COUNT_OF_OBJECTS.get() + 1);
    Metrics {
        set: metric_set::shared(),
        target: Target::new(service, namespace),
        default_dimensions: Dict::new(),
    }
}

/// `aws_lambda_powertools.Metrics.namespace`
pub fn namespace(metrics: &Metrics) -> Option<String> {
    metrics.target.namespace.clone()
}

/// `aws_lambda_powertools.Metrics.service`
pub fn service(metrics: &Metrics) -> Option<String> {
    metrics.target.service.clone()
}

/// `aws_lambda_powertools.Metrics.add_metric(name, unit, value)`.
pub fn add_metric(metrics: &Metrics, name: &str, unit: MetricUnit, value: &Value) -> Result<()> {
    add_metric_of(metrics, name, unit, value, STANDARD)
}

/// `aws_lambda_powertools.Metrics.add_metric(name, unit, value, resolution)`.
pub fn add_metric_of(
    metrics: &Metrics,
    name: &str,
    unit: MetricUnit,
    value: &Value,
    resolution: MetricResolution,
) -> Result<()> {
    metrics
        .set
        .add(&metrics.target, name, unit, value, resolution)
}

/// `aws_lambda_powertools.Metrics.add_metric(name, unit, value, resolution=60)`.
pub fn add_metric_named(
    metrics: &Metrics,
    name: &str,
    unit: &Value,
    value: &Value,
    resolution: i64,
) -> Result<()> {
    metric_set::check(name, value)?;
    let unit = unit_named(unit)?;
    add_metric_of(metrics, name, unit, value, resolution_of(resolution)?)
}

/// `aws_lambda_powertools.Metrics.add_dimension(name, value)`.
/// Without the warnings about blank dimensions, which are left out, and about those that change.
pub fn add_dimension(metrics: &Metrics, name: &str, value: &Value) -> Result<()> {
    let is_blank = |text: &str| string_fit::strip(text, None).is_empty();
    let is_full = metrics.set.dimensions.len() == 29;
    if !is_full && (is_blank(name) || is_blank(&value.to_string())) {
        return Ok(());
    }
    metrics.set.add_dimension(name, value)
}

/// `aws_lambda_powertools.Metrics.add_metadata(key, value)`.
pub fn add_metadata(metrics: &Metrics, key: &Value, value: &Value) {
    metrics.set.metadata.insert(key.to_string(), value);
}

/// `aws_lambda_powertools.Metrics.set_timestamp(timestamp)`.
pub fn set_timestamp(metrics: &Metrics, timestamp: i64) {
    metrics.set.timestamp.set(Some(timestamp));
}

/// `aws_lambda_powertools.Metrics.set_default_dimensions(**dimensions)`.
/// Where the program makes more than one `Metrics`, versions of Powertools differ in whose these
/// are; that is refused.
pub fn set_default_dimensions(metrics: &Metrics, dimensions: &Dict) -> Result<()> {
    if COUNT_OF_OBJECTS.get() > 1 && !dimensions.is_empty() {
        return Err(error::untranslated(
            "default dimensions of one of many Metrics",
        ));
    }
    for (name, value) in dimensions.pairs() {
        add_dimension(metrics, name.expect_str("strip")?, &value)?;
    }
    dict::update(&metrics.default_dimensions, dimensions);
    Ok(())
}

/// `aws_lambda_powertools.Metrics.clear_default_dimensions()`.
pub fn clear_default_dimensions(metrics: &Metrics) {
    dict::clear(&metrics.default_dimensions);
}

/// `aws_lambda_powertools.Metrics.serialize_metric_set()`.
pub fn serialize_metric_set(metrics: &Metrics) -> Result<Dict> {
    metrics.set.serialized(&metrics.target)
}

/// `aws_lambda_powertools.Metrics.clear_metrics()`.
pub fn clear_metrics(metrics: &Metrics) -> Result<()> {
    metrics.set.clear();
    dict::clear(&metrics.set.dimensions);
    dict::clear(&metrics.set.metadata);
    for (name, value) in metrics.default_dimensions.pairs() {
        add_dimension(metrics, name.expect_str("strip")?, &value)?;
    }
    Ok(())
}

/// Whether metrics are not written.
fn is_disabled() -> Result<bool> {
    let variable = "POWERTOOLS_METRICS_DISABLED";
    let is_development = settings::is_development()?;
    let is_disabled = settings::switch(None, variable, false)?;
    Ok(is_disabled || (is_development && environ::find(variable).is_none()))
}

/// `aws_lambda_powertools.Metrics.flush_metrics(raise_on_empty_metrics=False)`.
/// Without the warning about no metrics.
pub fn flush_metrics(metrics: &Metrics, raise_on_empty_metrics: bool) -> Result<()> {
    if !raise_on_empty_metrics && metrics.set.is_empty() {
        return Ok(());
    }
    if is_disabled()? {
        return Ok(());
    }
    let line = metrics.set.serialized(&metrics.target)?;
    metric_set::write(&metric_set::compact(&line.into())?);
    clear_metrics(metrics)
}

/// `aws_lambda_powertools.Metrics.log_metrics(capture_cold_start_metric=False, raise_on_empty_metrics=False)`.
/// A decorator: it is called with what the handler returned or raised. Default dimensions are set
/// where the handler is decorated, by `set_default_dimensions`.
pub fn log_metrics<T>(
    metrics: &Metrics,
    context: &LambdaContext,
    result: Result<T>,
    capture_cold_start_metric: bool,
    raise_on_empty_metrics: bool,
) -> Result<T> {
    let captured = match result {
        Ok(_) if capture_cold_start_metric => add_cold_start_metric(metrics, context),
        _ => Ok(()),
    };
    flush_metrics(metrics, raise_on_empty_metrics)?;
    captured?;
    result
}

/// Writes that the function starts, the first time.
fn add_cold_start_metric(metrics: &Metrics, context: &LambdaContext) -> Result<()> {
    if settings::is_provisioned() || !IS_COLD.get() {
        return Ok(());
    }
    let name = match environ::find("POWERTOOLS_METRICS_FUNCTION_NAME") {
        Some(name) if !name.is_empty() => name,
        _ => lambda_context::function_name(context)?,
    };
    let namespace = metrics.target.namespace.as_deref();
    let (set, target) = (MetricSet::default(), Target::new(None, namespace));
    set.add(&target, "ColdStart", COUNT, &1.into(), STANDARD)?;
    set.add_dimension("function_name", &name.into())?;
    if let Some(service) = metrics
        .target
        .service
        .as_deref()
        .filter(|it| !it.is_empty())
    {
        set.add_dimension("service", &service.into())?;
    }
    write_single(&set, &target)?;
    IS_COLD.set(false);
    Ok(())
}

/// Writes the one metric of a set; `null` where that fails.
fn write_single(set: &MetricSet, target: &Target) -> Result<()> {
    let line = set.serialized(target);
    let written = line
        .as_ref()
        .map_or(Value::None, |line| line.clone().into());
    metric_set::write(&metric_set::compact(&written)?);
    line.map(drop)
}

/// `aws_lambda_powertools.metrics.SingleMetric`
#[derive(Debug, Clone)]
pub struct SingleMetric {
    set: Rc<MetricSet>,
    target: Target,
}

/// `aws_lambda_powertools.single_metric(name, unit, value, *, namespace=None)`.
/// A context manager: `end_single_metric` ends it.
pub fn single_metric(
    name: &str,
    unit: MetricUnit,
    value: &Value,
    namespace: Option<&str>,
) -> Result<SingleMetric> {
    let metric = SingleMetric {
        set: Rc::default(),
        target: Target::new(None, namespace),
    };
    let added = metric.set.add(&metric.target, name, unit, value, STANDARD);
    end_if_failed(added).map(|()| metric)
}

/// What is written where a single metric does not come to its end.
fn end_if_failed<T>(result: Result<T>) -> Result<T> {
    if result.is_err() {
        metric_set::write("null");
    }
    result
}

/// The end of `single_metric`, with what its block ended with.
pub fn end_single_metric<T>(metric: &SingleMetric, result: Result<T>) -> Result<T> {
    let value = end_if_failed(result)?;
    write_single(&metric.set, &metric.target).map(|()| value)
}

/// `aws_lambda_powertools.metrics.SingleMetric.add_dimension(name, value)`.
pub fn add_single_dimension(metric: &SingleMetric, name: &str, value: &Value) -> Result<()> {
    metric.set.add_dimension(name, value)
}

/// `aws_lambda_powertools.metrics.SingleMetric.add_metadata(key, value)`.
pub fn add_single_metadata(metric: &SingleMetric, key: &Value, value: &Value) {
    metric.set.metadata.insert(key.to_string(), value);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::dict::dict;
    use crate::python::powertools_metric_unit::{BYTES_PER_SECOND, HIGH};

    fn shown<T>(result: Result<T>) -> String {
        match result {
            Ok(_) => String::new(),
            Err(error) => format!("{} {error}", error.class().name),
        }
    }

    fn line(metrics: &Metrics) -> String {
        let line = metrics.set.serialized(&metrics.target);
        let line = line.and_then(|line| metric_set::compact(&line.into()));
        line.unwrap_or_else(|error| format!("{} {error}", error.class().name))
    }

    #[test]
    fn lines_are_those_of_powertools() -> Result<()> {
        let metrics = metrics(Some("svc"), Some("NS"));
        set_timestamp(&metrics, 5);
        let empty = "SchemaValidationError Must contain at least one metric.";
        assert_eq!(shown(flush_metrics(&metrics, true)), empty);
        flush_metrics(&metrics, false)?;
        add_metric(&metrics, " A ", COUNT, &1.into())?;
        add_metric_named(&metrics, "A", &"CountPerSecond".into(), &2.5.into(), 60)?;
        add_metric_of(&metrics, "B", BYTES_PER_SECOND, &true.into(), HIGH)?;
        add_dimension(&metrics, "env", &"é".into())?;
        add_dimension(&metrics, " ", &"x".into())?;
        add_metadata(&metrics, &"k".into(), &dict! {"a": 1}.into());
        add_metadata(&metrics, &7.into(), &1.into());
        let expected = r#"{"_aws":{"Timestamp":5,"CloudWatchMetrics":[{"Namespace":"NS","Dimensions":[["service","env"]],"Metrics":[{"Name":"A","Unit":"Count/Second"},{"Name":"B","Unit":"Bytes/Second","StorageResolution":1}]}]},"service":"svc","env":"\u00e9","k":{"a":1},"7":1,"A":[1.0,2.5],"B":[1.0]}"#;
        assert_eq!(line(&metrics), expected);
        flush_metrics(&metrics, false)?;
        set_default_dimensions(&metrics, &dict! {"stage": "prod", "n": 3})?;
        for value in 0..100 {
            add_metric_named(&metrics, "many", &"None".into(), &Value::Int(value), 60)?;
        }
        assert!(metrics.set.is_empty());
        let expected = r#"{"_aws":{"Timestamp":5,"CloudWatchMetrics":[{"Namespace":"NS","Dimensions":[["stage","n","service"]],"Metrics":[{"Name":"h","Unit":"Count"}]}]},"stage":"prod","n":"3","service":"svc","h":[1.0]}"#;
        add_metric(&metrics, "h", COUNT, &1.into())?;
        assert_eq!(line(&metrics), expected);
        flush_metrics(&metrics, false)?;
        add_metric(&metrics, "h", COUNT, &1.into())?;
        assert_eq!(line(&metrics), expected);
        Ok(())
    }

    #[test]
    fn raises_what_python_raises() -> Result<()> {
        let metrics = metrics(Some("svc"), None);
        let add = |name: &str, unit: &str, value: Value, resolution| {
            shown(add_metric_named(
                &metrics,
                name,
                &unit.into(),
                &value,
                resolution,
            ))
        };
        let name = "MetricNameError The metric name should be between 1 and 255 characters";
        assert_eq!(add("", "Nope", 1.into(), 60), name);
        let unit = "MetricUnitError Invalid metric unit 'Nope', expected either option: ['Seconds', 'Microseconds', 'Milliseconds', 'Bytes', 'Kilobytes', 'Megabytes', 'Gigabytes', 'Terabytes', 'Bits', 'Kilobits', 'Megabits', 'Gigabits', 'Terabits', 'Percent', 'Count', 'BytesPerSecond', 'KilobytesPerSecond', 'MegabytesPerSecond', 'GigabytesPerSecond', 'TerabytesPerSecond', 'BitsPerSecond', 'KilobitsPerSecond', 'MegabitsPerSecond', 'GigabitsPerSecond', 'TerabitsPerSecond', 'CountPerSecond', 'NoUnit']";
        assert_eq!(add("x", "Nope", 1.into(), 5), unit);
        let value = "MetricValueError 1 is not a valid number";
        assert_eq!(add("x", "Count", "1".into(), 60), value);
        let text =
            "MetricResolutionError Invalid metric resolution '5', expected either option: [60, 1]";
        assert_eq!(add("x", "Count", 1.into(), 5), text);
        for index in metrics.set.dimensions.len()..29 {
            add_dimension(&metrics, &index.to_string(), &"v".into())?;
        }
        let full = "SchemaValidationError Maximum number of dimensions exceeded (29): Unable to add dimension";
        assert_eq!(
            shown(add_dimension(&metrics, "one", &"v".into())),
            format!("{full} one.")
        );
        assert_eq!(
            shown(add_dimension(&metrics, "", &"v".into())),
            format!("{full} .")
        );
        add_metric(&metrics, "q", COUNT, &1.into())?;
        assert_eq!(
            shown(flush_metrics(&metrics, false)),
            format!("{full} service.")
        );
        let single = single_metric("S", COUNT, &2.into(), None)?;
        let none = "SchemaValidationError Must contain a metric namespace.";
        assert_eq!(shown(end_single_metric(&single, Ok(()))), none);
        Ok(())
    }
}
