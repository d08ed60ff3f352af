//! What a function may do in AWS, as the template grants it.

use super::globals::Properties;
use super::scope::{Scope, intrinsic};
use super::template::{Resource, Template};
use super::value::Value;
use crate::source::Span;
use crate::yaml::Node;

/// One grant.
#[derive(Debug, Clone)]
pub struct Grant {
    /// What grants it.
    pub source: GrantSource,
    /// Its place in the template.
    pub span: Span,
}

/// The forms of a grant.
#[derive(Debug, Clone)]
pub enum GrantSource {
    /// A SAM policy template.
    PolicyTemplate {
        /// Its name, such as `DynamoDBReadPolicy`.
        name: String,
        /// Its parameters.
        parameters: Value,
    },
    /// A statement of a policy document.
    Statement {
        /// Whether it denies.
        denied: bool,
        /// Actions and patterns.
        actions: Vec<Value>,
        /// Resources and patterns.
        resources: Vec<Value>,
        /// Whether it lists what is *not* granted (`NotAction`).
        not_action: bool,
    },
    /// A managed policy, by name or ARN.
    Managed(Value),
    /// A SAM connector.
    Connector {
        /// `Read`, `Write`.
        permissions: Vec<String>,
        /// The type of the destination, such as `AWS::DynamoDB::Table`.
        destination: Option<String>,
    },
    /// A role from outside the template.
    Role(Value),
}

/// The grants of a function: its policies, or those of the role of the template that it takes,
/// and the connectors that begin at it.
pub(super) fn read(
    template: &Template,
    properties: &Properties<'_>,
    resource: &Resource,
    scope: &Scope<'_>,
) -> Vec<Grant> {
    let mut grants = Vec::new();
    match properties.get("Role") {
        Some(role) => of_role(template, role, scope, &mut grants),
        None => {
            if let Some(policies) = properties.get("Policies") {
                of_policies(policies, scope, &mut grants);
            }
        }
    }
    of_connectors(template, resource, scope, &mut grants);
    grants
}

fn of_policies(node: &Node, scope: &Scope<'_>, grants: &mut Vec<Grant>) {
    if let Some(items) = node.as_sequence().filter(|_| intrinsic(node).is_none()) {
        for item in items {
            of_policies(item, scope, grants);
        }
        return;
    }
    if node.get("Statement").is_some() {
        of_document(node, scope, grants);
        return;
    }
    let entries = node.raw_entries().filter(|_| intrinsic(node).is_none());
    if let Some([entry]) = entries
        && let Some(name) = entry.key.as_text()
    {
        let parameters = scope.resolve(&entry.value);
        let source = GrantSource::PolicyTemplate {
            name: name.to_owned(),
            parameters,
        };
        grants.push(Grant {
            source,
            span: node.span,
        });
        return;
    }
    match scope.resolve(node) {
        Value::Null => {}
        Value::List(items) => grants.extend(items.into_iter().map(|item| Grant {
            source: GrantSource::Managed(item),
            span: node.span,
        })),
        value => grants.push(Grant {
            source: GrantSource::Managed(value),
            span: node.span,
        }),
    }
}

fn of_document(node: &Node, scope: &Scope<'_>, grants: &mut Vec<Grant>) {
    let Some(statements) = node.get("Statement").map(|node| node.target()) else {
        return;
    };
    match statements.as_sequence() {
        Some(items) => {
            for item in items {
                of_statement(item, scope, grants);
            }
        }
        None => of_statement(statements, scope, grants),
    }
}

fn of_statement(node: &Node, scope: &Scope<'_>, grants: &mut Vec<Grant>) {
    if !node.is_mapping() {
        return;
    }
    let list = |name: &str| match node.get(name).map(|node| scope.resolve(node)) {
        Some(Value::List(items)) => items,
        Some(Value::Null) | None => Vec::new(),
        Some(one) => vec![one],
    };
    let not_action = node.get("NotAction").is_some();
    let source = GrantSource::Statement {
        denied: node.get("Effect").and_then(|node| node.as_text()) == Some("Deny"),
        actions: list(if not_action { "NotAction" } else { "Action" }),
        resources: list("Resource"),
        not_action,
    };
    grants.push(Grant {
        source,
        span: node.span,
    });
}

fn of_role(template: &Template, node: &Node, scope: &Scope<'_>, grants: &mut Vec<Grant>) {
    let value = scope.resolve(node);
    let role = value.reference().and_then(|(id, _)| template.resource(id));
    let Some(role) = role.filter(|role| role.kind == "AWS::IAM::Role") else {
        grants.push(Grant {
            source: GrantSource::Role(value),
            span: node.span,
        });
        return;
    };
    for policy in role
        .property("Policies")
        .and_then(Node::as_sequence)
        .unwrap_or_default()
    {
        if let Some(document) = policy.get("PolicyDocument") {
            of_document(document, scope, grants);
        }
    }
    if let Some(managed) = role.property("ManagedPolicyArns") {
        let arns = scope.resolve(managed);
        for arn in arns
            .as_list()
            .map_or_else(|| vec![arns.clone()], <[Value]>::to_vec)
        {
            of_managed(template, arn, managed.span, scope, grants);
        }
    }
    for policy in &template.resources {
        let attached = matches!(
            policy.kind.as_str(),
            "AWS::IAM::Policy" | "AWS::IAM::ManagedPolicy"
        ) && policy.property("Roles").is_some_and(|roles| {
            let roles = scope.resolve(roles);
            roles
                .references()
                .iter()
                .any(|reference| reference.id == role.id)
        });
        if let Some(document) = policy.property("PolicyDocument").filter(|_| attached) {
            of_document(document, scope, grants);
        }
    }
}

/// A managed policy of the template is read; one from elsewhere is kept by name.
fn of_managed(
    template: &Template,
    arn: Value,
    span: Span,
    scope: &Scope<'_>,
    grants: &mut Vec<Grant>,
) {
    let own = arn.reference().and_then(|(id, _)| template.resource(id));
    let document = own.and_then(|policy| policy.property("PolicyDocument"));
    match document {
        Some(document) => of_document(document, scope, grants),
        None => grants.push(Grant {
            source: GrantSource::Managed(arn),
            span,
        }),
    }
}

/// Connectors embedded in the function, and `AWS::Serverless::Connector` resources whose source
/// it is.
fn of_connectors(
    template: &Template,
    resource: &Resource,
    scope: &Scope<'_>,
    grants: &mut Vec<Grant>,
) {
    let embedded = resource
        .body
        .get("Connectors")
        .map(|node| node.entries())
        .unwrap_or_default();
    for entry in embedded {
        let properties = entry.value.get("Properties");
        grants.extend(properties.map(|node| connector(template, node, scope)));
    }
    for other in template
        .resources
        .iter()
        .filter(|r| r.kind == "AWS::Serverless::Connector")
    {
        let source = other.property("Source").and_then(|node| node.get("Id"));
        if source.and_then(|node| node.as_text()) == Some(&resource.id) {
            grants.extend(
                other
                    .properties()
                    .map(|node| connector(template, node, scope)),
            );
        }
    }
}

fn connector(template: &Template, properties: &Node, scope: &Scope<'_>) -> Grant {
    let permissions = properties
        .get("Permissions")
        .map(|node| scope.resolve(node));
    let destination = properties.get("Destination").and_then(|destination| {
        let kind = destination.get("Type").and_then(|node| node.as_text());
        let id = destination.get("Id").and_then(|node| node.as_text());
        let of_resource = || template.resource(id?).map(|resource| resource.kind.clone());
        kind.map(str::to_owned).or_else(of_resource)
    });
    let permissions = permissions
        .as_ref()
        .and_then(Value::as_list)
        .unwrap_or_default();
    let permissions = permissions.iter().map(ToString::to_string).collect();
    Grant {
        source: GrantSource::Connector {
            permissions,
            destination,
        },
        span: properties.span,
    }
}
