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
