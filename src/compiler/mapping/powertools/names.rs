//! The names of Powertools: what is defined in one module is imported from many.
//!
//! Within an area of the package a name stands for one thing, whichever module it is imported from.
//! Exact for the areas listed; compared with the versions 3.20 and 3.37.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::compiler::support::{Kind, support};

const PACKAGE: &str = "aws_lambda_powertools";

/// Areas whose names are unique in them, and whether names of the package itself are of them.
const AREAS: [(&str, bool); 9] = [
    ("logging", true),
    ("metrics", true),
    ("tracing", true),
    ("event_handler", false),
    ("utilities.batch", false),
    ("utilities.data_classes", false),
    ("utilities.idempotency", false),
    ("utilities.parameters", false),
    ("utilities.validation", false),
];

/// Modules of those areas that have names of their own.
const OTHERS: [&str; 3] = ["openapi", "middlewares", "datadog"];

/// The area of a module's path, and the rest of it.
fn area_of(path: &str) -> Option<(&'static str, &str)> {
    let inner = path.strip_prefix(PACKAGE)?.strip_prefix('.')?;
    AREAS.iter().find_map(|(area, _)| {
        let rest = inner.strip_prefix(area)?.strip_prefix('.')?;
        Some((*area, rest))
    })
}

/// The mapped names by area and last part.
fn index() -> &'static BTreeMap<(&'static str, &'static str), &'static str> {
    static INDEX: OnceLock<BTreeMap<(&str, &str), &str>> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut found = BTreeMap::new();
        for (name, overloads) in support().signatures() {
            let Some((module, last)) = name.rsplit_once('.') else {
                continue;
            };
            let is_member = module.contains(char::is_uppercase);
            let is_method = overloads.iter().all(|it| it.receiver.is_some());
            let is_attribute = overloads.iter().all(|it| it.kind == Kind::Attribute);
            if is_member || is_method || is_attribute {
                continue;
            }
            if module == PACKAGE {
                let shared = AREAS.iter().filter(|(_, shares)| *shares);
                found.extend(shared.map(|(area, _)| ((*area, last), name.as_str())));
            } else if let Some((area, _)) = area_of(name) {
                found.insert((area, last), name.as_str());
            }
        }
        found
    })
}

/// The name under which something is mapped, where it is not this one.
pub(super) fn canonical(name: &str) -> Option<String> {
    if !support().overloads(name).is_empty() {
        return None;
    }
    let (area, rest) = area_of(name)?;
    let parts: Vec<&str> = rest.split('.').collect();
    for (at, part) in parts.iter().enumerate() {
        if OTHERS.contains(part) {
            return None;
        }
        if let Some(known) = index().get(&(area, *part)) {
            let members: String = parts[at + 1..].iter().map(|it| format!(".{it}")).collect();
            return Some(format!("{known}{members}")).filter(|it| it != name);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_has_one_name() {
        for (name, expected) in [
            ("logging.logger.Logger", Some("Logger")),
            ("logging.Logger", Some("Logger")),
            ("tracing.tracer.Tracer", Some("Tracer")),
            (
                "metrics.base.MetricUnit.Count",
                Some("metrics.MetricUnit.Count"),
            ),
            ("metrics.Metrics", Some("Metrics")),
            ("metrics.MetricUnit.Count", None),
            ("metrics.provider.datadog.Metrics", None),
            ("event_handler.openapi.models.Response", None),
            (
                "event_handler.api_gateway.Response",
                Some("event_handler.Response"),
            ),
            (
                "utilities.data_classes.sqs_event.SQSEvent",
                Some("utilities.data_classes.SQSEvent"),
            ),
            ("utilities.parser.models.S3Object", None),
        ] {
            let found = canonical(&format!("{PACKAGE}.{name}"));
            assert_eq!(
                found,
                expected.map(|it| format!("{PACKAGE}.{it}")),
                "{name}"
            );
        }
    }
}
