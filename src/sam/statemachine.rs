//! Functions that are tasks of a state machine: named in an inline definition, or passed to a
//! definition file by `DefinitionSubstitutions`.

use std::path::Path;

use super::authorizer::named_by;
use super::event::{Event, EventKind, Payload};
use super::function::Function;
use super::scope::Scope;
use super::template::{Resource, Template};
use super::value::Value;

pub(super) fn attach(
    _root: &Path,
    template: &Template,
    scope: &Scope<'_>,
    functions: &mut [Function],
) {
    let machines = [
        "AWS::Serverless::StateMachine",
        "AWS::StepFunctions::StateMachine",
    ];
    for resource in template
        .resources
        .iter()
        .filter(|r| machines.contains(&r.kind.as_str()))
    {
        for property in ["DefinitionSubstitutions", "Definition", "DefinitionString"] {
            let Some(node) = resource.property(property) else {
                continue;
            };
            attach_value(resource, &scope.resolve(node), functions);
        }
    }
}

fn attach_value(resource: &Resource, value: &Value, functions: &mut [Function]) {
    for function in named_by(functions, value) {
        if function
            .events
            .iter()
            .any(|event| event.name == resource.id)
        {
            continue;
        }
        let mut event = Event::new(
            &resource.id,
            EventKind::StateMachineTask,
            Payload::Custom,
            resource.span,
        );
        event.source = Some(Value::Text(resource.id.clone()));
        function.events.push(event);
    }
}
