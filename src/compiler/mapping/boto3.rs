//! `boto3`: clients, DynamoDB tables, paginators, a client's exceptions.
//!
//! Exact: operations of clients whose service is a literal, with arguments by name or `**`;
//! `Table` of the DynamoDB resource with its conditions; paginators run through in a loop.
//! Refused: sessions with a profile, configurations, other resources, waiters, presigned URLs.

use ruff_python_ast::{Expr as PyExpr, ExprCall, Operator};
use ruff_text_size::{Ranged, TextRange};

use super::Mapping;
use crate::compiler::aws::{Reason, Use, Wrapper, Wrappers};
use crate::compiler::ir::{ClassTest, Collection, Entry, Expr, Iterable, Kind, Mode, Need, Steps};
use crate::compiler::lower::{Arguments, Lowerer};
use crate::compiler::program::{Entity, entity};
use crate::compiler::types::Ty;
use crate::diagnostic::Code;

/// The mapping.
pub(super) struct Boto3;

/// What `client.exceptions` is, by service.
const EXCEPTIONS: &str = "client.exceptions";
/// A paginator, by service and method.
const PAGINATOR: &str = "client.get_paginator(…)";
/// A session without options.
const SESSION: &str = "boto3.Session";

impl Mapping for Boto3 {
    fn knows(&self, module: &str) -> bool {
        matches!(module, "boto3" | "botocore")
    }

    fn call(
        &self,
        lowerer: &mut Lowerer<'_, '_>,
        name: &str,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Option<Expr> {
        match name {
            "boto3.client" => Some(client(lowerer, arguments, range)),
            "boto3.resource" => Some(resource(lowerer, arguments, range)),
            "boto3.Session" | "boto3.session.Session" if arguments.is_empty() => {
                let made = Entity::Made(SESSION.to_owned(), Vec::new());
                Some(Expr::new(Kind::Static, entity(made), range))
            }
            _ => None,
        }
    }

    fn made_attribute(
        &self,
        _: &mut Lowerer<'_, '_>,
        what: &str,
        parts: &[String],
        name: &str,
        range: TextRange,
    ) -> Option<Expr> {
        let made = match (what, parts) {
            (SESSION, _) => Entity::External(format!("boto3.{name}")),
            (EXCEPTIONS, [service]) => Entity::Made(
                EXCEPTIONS.to_owned(),
                vec![service.clone(), name.to_owned()],
            ),
            _ => return None,
        };
        Some(Expr::new(Kind::Static, entity(made), range))
    }

    fn made_class(&self, what: &str, parts: &[String]) -> Option<ClassTest> {
        let (EXCEPTIONS, [service, name]) = (what, parts) else {
            return None;
        };
        if name == "ClientError" {
            return Some(ClassTest {
                path: "botocore::CLIENT_ERROR".to_owned(),
                need: Some(Need::Item("botocore".to_owned(), "CLIENT_ERROR".to_owned())),
            });
        }
        let wrapper = Wrappers::default().exception(service, name).ok()?;
        Some(ClassTest {
            path: format!("aws::{}::exceptions::{}", wrapper.module, wrapper.function),
            need: Some(Need::Exception(service.clone(), name.clone())),
        })
    }

    fn attribute(
        &self,
        _: &mut Lowerer<'_, '_>,
        value: &Expr,
        name: &str,
        range: TextRange,
    ) -> Option<Expr> {
        match (&value.ty, name) {
            (Ty::Client(service), "exceptions") => {
                let made = Entity::Made(EXCEPTIONS.to_owned(), vec![service.to_string()]);
                Some(Expr::new(Kind::Static, entity(made), range))
            }
            (Ty::Resource(service, _), "meta") => {
                let made = Entity::Made("resource.meta".to_owned(), vec![service.to_string()]);
                Some(Expr::new(Kind::Static, entity(made), range))
            }
            (Ty::Resource(_, kind), "name" | "table_name") if &**kind == "Table" => {
                let operands = vec![(value.clone(), Mode::Receiver)];
                Some(Expr::op("{0}.name", operands, Ty::Str, range).borrowing_place())
            }
            _ => None,
        }
    }

    fn method(
        &self,
        lowerer: &mut Lowerer<'_, '_>,
        receiver: &Expr,
        name: &str,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Option<Expr> {
        match &receiver.ty {
            Ty::Client(service) => {
                let service = service.to_string();
                if name == "get_paginator" {
                    let method = arguments.text(0, "operation_name")?.to_owned();
                    let made = Entity::Made(PAGINATOR.to_owned(), vec![service, method]);
                    return Some(Expr::new(Kind::Static, entity(made), range));
                }
                if name == "close" && arguments.is_empty() {
                    return Some(Expr::none(range));
                }
                Some(operation(
                    lowerer, receiver, &service, name, arguments, range,
                ))
            }
            Ty::Resource(_, kind) if &**kind == "ServiceResource" && name == "Table" => {
                let name = arguments.get(0, "name")?.clone();
                let name = match name.ty {
                    Ty::Str => name,
                    _ => lowerer.coerce(name, &Ty::Str),
                };
                let operands = vec![(receiver.clone(), Mode::Owned), (name, Mode::Owned)];
                let ty = Ty::Resource("dynamodb".into(), "Table".into());
                let template = "Table { client: {0}, name: {1} }";
                let table = Expr::op(template, operands, ty, range);
                Some(table.item("dynamodb_table", "Table"))
            }
            Ty::Resource(_, kind) if &**kind == "Table" => {
                Some(table_operation(lowerer, receiver, name, arguments, range))
            }
            _ => None,
        }
    }

    fn operator(
        &self,
        _: &mut Lowerer<'_, '_>,
        left: &Expr,
        op: Operator,
        right: &Expr,
        range: TextRange,
    ) -> Option<Expr> {
        let condition = Ty::opaque("dynamodb_conditions::ConditionBase");
        if left.ty != condition || right.ty != condition {
            return None;
        }
        let name = match op {
            Operator::BitAnd => "and",
            Operator::BitOr => "or",
            _ => return None,
        };
        let operands = vec![(left.clone(), Mode::Ref), (right.clone(), Mode::Ref)];
        let template = format!("dynamodb_conditions::{name}({{0}}, {{1}})");
        let found = Expr::op(&template, operands, condition, range);
        Some(found.item("dynamodb_conditions", name))
    }

    fn iterate(&self, lowerer: &mut Lowerer<'_, '_>, call: &ExprCall) -> Option<Iterable> {
        let PyExpr::Attribute(attribute) = &*call.func else {
            return None;
        };
        if attribute.attr.as_str() != "paginate" {
            return None;
        }
        let range = call.range();
        let paginator = lowerer.expr(&attribute.value);
        let Ty::Static(found) = &paginator.ty else {
            return None;
        };
        let Entity::Made(what, parts) = &**found else {
            return None;
        };
        let (PAGINATOR, [service, method]) = (what.as_str(), &parts[..]) else {
            return None;
        };
        // The paginator is asked of the client where the loop begins.
        let client = client_of(lowerer, service, range);
        let arguments = lowerer.arguments(&call.arguments);
        let (members, input) = input(lowerer, &arguments, Vec::new(), range)?;
        let use_ = Use {
            members: members.clone(),
            ..Use::default()
        };
        match Wrappers::default().pages(service, method, use_) {
            Ok(wrapper) => {
                let template = format!(
                    "aws::{}::{}({{0}}, {{1}})",
                    wrapper.module, wrapper.function
                );
                let operands = vec![(client, Mode::Ref), (input, Mode::Ref)];
                let need = Need::Operation {
                    service: service.clone(),
                    method: method.clone(),
                    members,
                    resource: false,
                    pages: true,
                };
                let pages = Expr::op(&template, operands, Ty::Never, range);
                Some(Iterable {
                    expr: pages.raising().needing(need),
                    item: Ty::Dict,
                    steps: Steps::Awaiting,
                })
            }
            Err(Reason(reason)) => {
                let expr = lowerer.refuse(range, Code::UnmappedCall, reason, "");
                Some(Iterable {
                    expr,
                    item: Ty::Never,
                    steps: Steps::Plain,
                })
            }
        }
    }
}

fn client(lowerer: &mut Lowerer<'_, '_>, arguments: &Arguments<'_>, range: TextRange) -> Expr {
    let Some(service) = arguments.text(0, "service_name").map(str::to_owned) else {
        return lowerer.refuse(
            range,
            Code::UnknownType,
            "the service of this client is not known while compiling",
            "name it: `boto3.client(\"s3\")`",
        );
    };
    if let Err(Reason(reason)) = Wrappers::default().client(&service) {
        return lowerer.refuse(range, Code::UnmappedCall, reason, "");
    }
    made(
        lowerer,
        &service,
        Ty::Client(service.as_str().into()),
        arguments,
        range,
    )
}

/// A new client of a service.
fn client_of(lowerer: &mut Lowerer<'_, '_>, service: &str, range: TextRange) -> Expr {
    let ty = Ty::Client(service.into());
    made(lowerer, service, ty, &Arguments::default(), range)
}

fn made(
    lowerer: &mut Lowerer<'_, '_>,
    service: &str,
    ty: Ty,
    arguments: &Arguments<'_>,
    range: TextRange,
) -> Expr {
    let mut operands = Vec::new();
    let mut options = Vec::new();
    for (name, argument) in &arguments.keywords {
        match name.as_str() {
            "service_name" => {}
            "region_name" | "endpoint_url" => {
                let value = lowerer.coerce(argument.value.clone(), &Ty::Str.option());
                options.push(format!("{name}: {{{}}}", operands.len()));
                operands.push((value, Mode::Owned));
            }
            _ => {
                let message = format!("the argument `{name}` of a client is not mapped to Rust");
                let place = argument.value.range;
                return lowerer.refuse(place, Code::UnmappedArgument, message, "");
            }
        }
    }
    if arguments.positional.len() > 1 || arguments.spread.is_some() {
        return lowerer.unsupported(range, "this way to make a client");
    }
    let module = match Wrappers::default().client(service) {
        Ok(wrapper) => wrapper.module,
        Err(_) => service.to_owned(),
    };
    let options = match options.is_empty() {
        true => "ClientOptions::default()".to_owned(),
        false => format!(
            "ClientOptions {{ {}, ..ClientOptions::default() }}",
            options.join(", ")
        ),
    };
    let template = format!("aws::{module}::client(config, botocore_client::{options})");
    Expr::op(&template, operands, ty, range)
        .raising()
        .needing(Need::Config)
        .needing(Need::Client(service.to_owned()))
        .item("botocore_client", "ClientOptions")
}

fn resource(lowerer: &mut Lowerer<'_, '_>, arguments: &Arguments<'_>, range: TextRange) -> Expr {
    match arguments.text(0, "service_name") {
        Some("dynamodb") => {
            let ty = Ty::Resource("dynamodb".into(), "ServiceResource".into());
            made(lowerer, "dynamodb", ty, arguments, range)
        }
        Some(other) => {
            let message = format!("boto3's resource of {other} is not mapped to Rust");
            let help = format!("use the client: `boto3.client(\"{other}\")`");
            lowerer.refuse(range, Code::UnmappedCall, message, &help)
        }
        None => lowerer.refuse(
            range,
            Code::UnknownType,
            "the service of this resource is not known while compiling",
            "name it: `boto3.resource(\"dynamodb\")`",
        ),
    }
}

/// The names of the arguments, where all are known, and the dict of them.
fn input(
    lowerer: &mut Lowerer<'_, '_>,
    arguments: &Arguments<'_>,
    first: Vec<(String, Expr)>,
    range: TextRange,
) -> Option<(Option<Vec<String>>, Expr)> {
    if !arguments.positional.is_empty() || arguments.rest.is_some() {
        let message = "an operation takes its arguments by name";
        lowerer.refuse(range, Code::UnmappedArgument, message, "");
        return None;
    }
    let mut entries = Vec::new();
    let mut names: Vec<String> = Vec::new();
    for (name, value) in first {
        names.push(name.clone());
        entries.push(Entry::Pair(Expr::text(name, range), lowerer.dynamic(value)));
    }
    for (name, argument) in &arguments.keywords {
        let value = argument.value.clone();
        names.push(name.clone());
        let key = Expr::text(name.clone(), value.range);
        entries.push(Entry::Pair(key, lowerer.dynamic(value)));
    }
    let mut members = Some(names);
    if let Some(spread) = &arguments.spread {
        members = None;
        let value = match spread.value.ty {
            Ty::Dict => spread.value.clone(),
            _ => lowerer.dynamic(spread.value.clone()),
        };
        entries.push(Entry::Spread(value));
    }
    let dict = Expr::new(Kind::Collect(Collection::Dict, entries), Ty::Dict, range);
    Some((members, dict))
}

fn operation(
    lowerer: &mut Lowerer<'_, '_>,
    client: &Expr,
    service: &str,
    method: &str,
    arguments: &Arguments<'_>,
    range: TextRange,
) -> Expr {
    let Some((members, input)) = input(lowerer, arguments, Vec::new(), range) else {
        return Expr::new(Kind::None, Ty::Never, range);
    };
    let use_ = Use {
        members: members.clone(),
        ..Use::default()
    };
    let found = Wrappers::default().operation(service, method, use_);
    let client = (client.clone(), Mode::Ref);
    call(
        lowerer,
        found,
        "{0}",
        client,
        input,
        members,
        (service, method, false),
        range,
    )
}

#[expect(clippy::too_many_arguments, reason = "one call, from two places")]
fn call(
    lowerer: &mut Lowerer<'_, '_>,
    found: Result<Wrapper, Reason>,
    client_hole: &str,
    client: (Expr, Mode),
    input: Expr,
    members: Option<Vec<String>>,
    (service, method, resource): (&str, &str, bool),
    range: TextRange,
) -> Expr {
    match found {
        Ok(wrapper) => {
            let template = format!(
                "aws::{}::{}({client_hole}, {{1}})",
                wrapper.module, wrapper.function
            );
            let need = Need::Operation {
                service: service.to_owned(),
                method: method.to_owned(),
                members,
                resource,
                pages: false,
            };
            let operands = vec![client, (input, Mode::Ref)];
            let answer = Expr::op(&template, operands, Ty::Dict, range);
            answer.raising().awaiting().needing(need)
        }
        Err(Reason(reason)) => lowerer.refuse(range, Code::UnmappedCall, reason, ""),
    }
}

fn table_operation(
    lowerer: &mut Lowerer<'_, '_>,
    table: &Expr,
    method: &str,
    arguments: &Arguments<'_>,
    range: TextRange,
) -> Expr {
    const METHODS: [&str; 6] = [
        "get_item",
        "put_item",
        "query",
        "scan",
        "update_item",
        "delete_item",
    ];
    if !METHODS.contains(&method) || !table.is_simple() {
        let message = format!("`Table.{method}` is not mapped to Rust here");
        let help = "call it on a table that has a name";
        return lowerer.refuse(range, Code::UnmappedCall, message, help);
    }
    let operands = vec![(table.clone(), Mode::Receiver)];
    let name = Expr::op("{0}.name", operands, Ty::Str, range).borrowing_place();
    let first = vec![("TableName".to_owned(), name)];
    let Some((members, input)) = input(lowerer, arguments, first, range) else {
        return Expr::new(Kind::None, Ty::Never, range);
    };
    let use_ = Use {
        members: members.clone(),
        resource: true,
        ..Use::default()
    };
    let found = Wrappers::default().operation("dynamodb", method, use_);
    let client = (table.clone(), Mode::Receiver);
    let called = ("dynamodb", method, true);
    call(
        lowerer,
        found,
        "&{0}.client",
        client,
        input,
        members,
        called,
        range,
    )
}
