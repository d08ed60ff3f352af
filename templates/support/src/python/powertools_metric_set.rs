//! The metrics that Powertools for AWS Lambda collects, and the lines in which it writes them: the
//! embedded metric format of CloudWatch.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::builtins;
use super::dict::Dict;
use super::error::{Class, EXCEPTION, Error, Result};
use super::json;
use super::list::List;
use super::powertools_metric_unit::{HIGH, MetricResolution, MetricUnit, unit_value};
use super::powertools_settings as settings;
use super::value::Value;
use super::{numbers, string_fit, time};

/// `aws_lambda_powertools.metrics.SchemaValidationError`
pub static SCHEMA_VALIDATION_ERROR: Class = Class::new("SchemaValidationError", &[&EXCEPTION]);
/// `aws_lambda_powertools.metrics.MetricValueError`
pub static METRIC_VALUE_ERROR: Class = Class::new("MetricValueError", &[&EXCEPTION]);
/// `aws_lambda_powertools.metrics.provider.cloudwatch_emf.exceptions.MetricNameError`
pub static METRIC_NAME_ERROR: Class = Class::new("MetricNameError", &[&EXCEPTION]);

/// So many metrics, or values of one, are written at once.
const MOST_METRICS: usize = 100;
const MOST_DIMENSIONS: usize = 29;

/// Metrics that are written together.
#[derive(Debug, Default)]
pub struct MetricSet {
    /// The metrics.
    metrics: RefCell<Vec<Metric>>,
    /// The dimensions of all of them.
    pub dimensions: Dict,
    /// What belongs to them but is no metric.
    pub metadata: Dict,
    /// The time that the program gave them.
    pub timestamp: Cell<Option<i64>>,
}

#[derive(Debug)]
struct Metric {
    name: String,
    unit: MetricUnit,
    resolution: MetricResolution,
    values: List,
}

/// Where metrics are put.
#[derive(Debug, Clone)]
pub struct Target {
    /// The namespace, unless there is none.
    pub namespace: Option<String>,
    /// The service, which is a dimension.
    pub service: Option<String>,
}

impl Target {
    /// What the program gives, or else variables.
    pub fn new(service: Option<&str>, namespace: Option<&str>) -> Self {
        Self {
            namespace: settings::choice(namespace, "POWERTOOLS_METRICS_NAMESPACE"),
            service: settings::choice(service, "POWERTOOLS_SERVICE_NAME"),
        }
    }
}

fn failed(class: &'static Class, text: impl Into<String>) -> Error {
    Error::new(class, text)
}

impl MetricSet {
    /// Whether it has no metrics.
    pub fn is_empty(&self) -> bool {
        self.metrics.borrow().is_empty()
    }

    /// Takes the metrics out.
    pub fn clear(&self) {
        self.metrics.borrow_mut().clear();
    }

    /// Adds a value of a metric; writes the metrics where they are many.
    pub fn add(
        &self,
        target: &Target,
        name: &str,
        unit: MetricUnit,
        value: &Value,
        resolution: MetricResolution,
    ) -> Result<()> {
        let name = checked_name(name)?;
        let value = checked_value(value)?;
        let mut metrics = self.metrics.borrow_mut();
        let known = metrics.iter_mut().find(|metric| metric.name == name);
        let count = match known {
            Some(metric) => {
                (metric.unit, metric.resolution) = (unit, resolution);
                metric.values.push(value);
                metric.values.len()
            }
            None => {
                let values: List = [value].into_iter().collect();
                metrics.push(Metric {
                    name,
                    unit,
                    resolution,
                    values,
                });
                1
            }
        };
        let is_many = metrics.len() == MOST_METRICS || count == MOST_METRICS;
        drop(metrics);
        if is_many {
            write(&json::dumps(&self.serialized(target)?.into())?);
            self.clear();
        }
        Ok(())
    }

    /// Adds a dimension.
    pub fn add_dimension(&self, name: &str, value: &Value) -> Result<()> {
        if self.dimensions.len() == MOST_DIMENSIONS {
            let text = format!(
                "Maximum number of dimensions exceeded ({MOST_DIMENSIONS}): Unable to add \
                 dimension {name}."
            );
            return Err(failed(&SCHEMA_VALIDATION_ERROR, text));
        }
        self.dimensions.insert(name, value.to_string());
        Ok(())
    }

    /// What is written of the metrics.
    pub fn serialized(&self, target: &Target) -> Result<Dict> {
        if let Some(service) = target.service.as_deref().filter(|it| !it.is_empty())
            && !self
                .dimensions
                .find("service")
                .is_some_and(|it| it.is_true())
        {
            self.add_service(service)?;
        }
        let metrics = self.metrics.borrow();
        if metrics.is_empty() {
            let text = "Must contain at least one metric.";
            return Err(failed(&SCHEMA_VALIDATION_ERROR, text));
        }
        let Some(namespace) = &target.namespace else {
            let text = "Must contain a metric namespace.";
            return Err(failed(&SCHEMA_VALIDATION_ERROR, text));
        };
        let directive = Dict::new();
        directive.insert("Namespace", namespace);
        let names: List = self.dimensions.to_keys().into_iter().collect();
        directive.insert("Dimensions", [names].into_iter().collect::<List>());
        directive.insert("Metrics", metrics.iter().map(definition).collect::<List>());
        let about = Dict::new();
        let now = || time::time_ns() / 1_000_000;
        let timestamp = self.timestamp.get().filter(|timestamp| *timestamp != 0);
        about.insert("Timestamp", timestamp.unwrap_or_else(now));
        about.insert(
            "CloudWatchMetrics",
            [directive].into_iter().collect::<List>(),
        );
        let line = Dict::new();
        line.insert("_aws", about);
        for (key, value) in self
            .dimensions
            .pairs()
            .into_iter()
            .chain(self.metadata.pairs())
        {
            line.insert(key, value);
        }
        for metric in metrics.iter() {
            line.insert(metric.name.as_str(), metric.values.clone());
        }
        Ok(line)
    }

    /// Adds the service, unless it is blank.
    fn add_service(&self, service: &str) -> Result<()> {
        match string_fit::strip(service, None).is_empty() {
            true => Ok(()),
            false => self.add_dimension("service", &service.into()),
        }
    }
}

fn definition(metric: &Metric) -> Dict {
    let definition = Dict::new();
    definition.insert("Name", metric.name.as_str());
    definition.insert("Unit", unit_value(metric.unit));
    if metric.resolution == HIGH {
        definition.insert("StorageResolution", 1);
    }
    definition
}

/// Raises what a name or value raises that is wrong.
pub fn check(name: &str, value: &Value) -> Result<()> {
    checked_name(name)?;
    checked_value(value).map(drop)
}

fn checked_name(name: &str) -> Result<String> {
    let name = string_fit::strip(name, None);
    match name.chars().count() {
        1..=255 => Ok(name),
        _ => {
            let text = "The metric name should be between 1 and 255 characters";
            Err(failed(&METRIC_NAME_ERROR, text))
        }
    }
}

fn checked_value(value: &Value) -> Result<f64> {
    match value.type_name() {
        "int" | "float" | "bool" | "decimal.Decimal" => numbers::float_of(value),
        _ => Err(failed(
            &METRIC_VALUE_ERROR,
            format!("{value} is not a valid number"),
        )),
    }
}

/// Metrics as JSON without blanks.
pub fn compact(metrics: &Value) -> Result<String> {
    let separators: List = [",", ":"].into_iter().collect();
    let none = &Value::None;
    json::dumps_with(metrics, false, true, true, none, &separators.into(), false)
}

/// Writes a line of metrics.
pub fn write(line: &str) {
    builtins::print(&[line.into()], " ", "\n", true);
}

thread_local! {
    static SHARED: Rc<MetricSet> = Rc::default();
}

/// The metrics of the program.
pub fn shared() -> Rc<MetricSet> {
    SHARED.with(Rc::clone)
}
