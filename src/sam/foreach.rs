//! Resources, with the loops of `Fn::ForEach` (transform `AWS::LanguageExtensions`) expanded
//! where the list that they run over is known.

use std::sync::Arc;

use super::scope::Scope;
use super::template::Resource;
use super::value::Value;
use crate::source::Span;
use crate::yaml::{Entry, Node};

/// How many resources one template may have after expansion; CloudFormation's limit is 500.
pub(super) const MAX_RESOURCES: usize = 5_000;

const LOOP: &str = "Fn::ForEach::";

pub(super) fn resources(root: &Node, scope: &Scope<'_>) -> Vec<Resource> {
    let mut found = Vec::new();
    if let Some(section) = root.get("Resources") {
        expand(section, scope, &[], &mut found);
    }
    found
}

fn expand(
    section: &Node,
    scope: &Scope<'_>,
    variables: &[(String, String)],
    found: &mut Vec<Resource>,
) {
    for entry in section.entries() {
        if found.len() >= MAX_RESOURCES {
            return;
        }
        let Some(key) = entry.key.as_text() else {
            continue;
        };
        if key.starts_with(LOOP) {
            expand_loop(&entry.value, scope, variables, found);
        } else {
            found.extend(resource(entry, &scope.expand_key(key), variables));
        }
    }
}

/// `Fn::ForEach::Name: [variable, list, {key template: body}]`.
fn expand_loop(
    node: &Node,
    scope: &Scope<'_>,
    variables: &[(String, String)],
    found: &mut Vec<Resource>,
) {
    let Some([variable, list, body]) = node.as_sequence() else {
        return;
    };
    let Some(variable) = variable.as_text() else {
        return;
    };
    let Value::List(items) = scope.resolve(list) else {
        return;
    };
    for item in items.iter().filter_map(Value::as_text) {
        let mut variables = variables.to_vec();
        variables.push((variable.to_owned(), item.to_owned()));
        expand(
            body,
            &scope.with_variable(variable, item),
            &variables,
            found,
        );
    }
}

fn resource(entry: &Entry, id: &str, variables: &[(String, String)]) -> Option<Resource> {
    let kind = entry.value.get("Type")?.as_text()?;
    let condition = entry.value.get("Condition").and_then(|node| node.as_text());
    Some(Resource {
        id: id.to_owned(),
        kind: kind.to_owned(),
        id_span: entry.key.span,
        span: Span::new(
            entry.key.outer.start,
            entry.value.outer.end.max(entry.key.outer.end),
        ),
        condition: condition.map(str::to_owned),
        body: Arc::clone(&entry.value),
        variables: variables.to_vec(),
    })
}
