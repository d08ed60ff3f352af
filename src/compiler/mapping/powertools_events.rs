//! The data classes of AWS Lambda Powertools: `event_source`.
//!
//! Exact: the event of a function that `event_source` decorates is of the data class; its
//! attributes and methods are functions of the support modules.
//! Refused: `event_source` with a data class of the program, or with more than the class.

use super::Mapping;
use crate::compiler::lower::{Argument, Arguments, Decorated, Decoration, Decorator, Lowerer};
use crate::compiler::program::Entity;
use crate::compiler::types::Ty;

/// The mapping.
pub(super) struct Events;

const EVENT_SOURCE: &str = "aws_lambda_powertools.utilities.data_classes.event_source";

impl Mapping for Events {
    fn knows(&self, module: &str) -> bool {
        module == "aws_lambda_powertools"
    }

    fn decorate(
        &self,
        lowerer: &mut Lowerer<'_, '_>,
        decorator: &Decorator<'_>,
        decorated: &mut Decorated,
    ) -> Option<Decoration> {
        if decorator.name != EVENT_SOURCE {
            return None;
        }
        let ([], [(keyword, argument)]) = (
            &*decorator.arguments.positional,
            &*decorator.arguments.keywords,
        ) else {
            return None;
        };
        let (Ty::Static(class), "data_class") = (&argument.value.ty, keyword.as_str()) else {
            return None;
        };
        let Entity::External(class) = &**class else {
            return None;
        };
        // The class is known before its event is.
        let event = decorated.arguments.first_mut()?;
        let mut arguments = Arguments::default();
        arguments.positional.push(Argument {
            ast: None,
            value: event.clone(),
        });
        *event = lowerer.external_call_with(class, &arguments, decorator.range);
        Some(Decoration::before(Vec::new()))
    }
}

/// The requirement of a version of Powertools whose utilities are not as they are mapped: before
/// its third, headers, parameters and what is kept are others.
pub fn other_version<'p>(lowerer: &Lowerer<'p, '_>, python: &str) -> Option<&'p str> {
    const UTILITIES: [&str; 2] = [
        "aws_lambda_powertools.utilities.",
        "aws_lambda_powertools.event_handler.",
    ];
    if !UTILITIES.iter().any(|it| python.starts_with(it)) {
        return None;
    }
    let mut required = lowerer.program.required.iter();
    let found = required
        .find(|it| it.name.as_deref() == Some("aws-lambda-powertools") && is_before(&it.text, 3));
    found.map(|it| it.text.as_str())
}

/// Whether a requirement takes no version from a major one on.
fn is_before(requirement: &str, major: u32) -> bool {
    let bounds = requirement.split([';', ',']).filter_map(|part| {
        let at = part.find(['=', '~', '<'])?;
        let (operator, version) = part[at..].split_at(
            part[at..]
                .find(|it: char| it.is_ascii_digit())
                .unwrap_or(part.len() - at),
        );
        let version: String = version.chars().take_while(char::is_ascii_digit).collect();
        Some((
            operator.trim().to_owned(),
            version.parse::<u32>().ok()?,
            part,
        ))
    });
    let mut bounds = bounds.filter(|(_, _, part)| !part.contains(['>', '!']));
    bounds.any(|(operator, version, _)| match operator.as_str() {
        "<" => version <= major,
        _ => version < major,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_versions_are_told_by_their_requirements() {
        for (requirement, expected) in [
            ("aws-lambda-powertools", false),
            ("aws-lambda-powertools==1.16.1", true),
            ("aws-lambda-powertools[all] ~= 2.20", true),
            ("aws-lambda-powertools==3.20.0", false),
            ("aws-lambda-powertools>=2.31.0", false),
            ("aws-lambda-powertools>=2.31.0,<3", true),
            ("aws-lambda-powertools<4", false),
            ("aws-lambda-powertools!=2.1", false),
        ] {
            assert_eq!(is_before(requirement, 3), expected, "{requirement}");
        }
    }
}
