//! `boto3`: clients, DynamoDB tables, paginators, a client's exceptions.
//!
//! Exact: operations of clients whose service is known, with arguments by name or `**`; regions,
//! endpoints, credentials, retries and timeouts; sessions; `Table` of the DynamoDB resource with its
//! conditions and batch writers; `Bucket` and `Object` of the S3 resource with the actions that are
//! one operation; paginators and their pages, run through in a loop.
//! Refused: sessions with a profile, other resources, waiters, presigned URLs.

use ruff_python_ast::{Expr as PyExpr, Operator};
use ruff_text_size::TextRange;

mod batch;
mod client;
mod operation;
mod pages;
mod s3;

use super::{Entered, Mapping};
use crate::compiler::aws::Wrappers;
use crate::compiler::ir::{ClassTest, Expr, Iterable, Kind, Mode, Need};
use crate::compiler::lower::{Arguments, Decorated, Decoration, Decorator, Lowerer};
use crate::compiler::program::{Entity, entity};
use crate::compiler::types::Ty;

/// The mapping.
pub(super) struct Boto3;

/// What `client.exceptions` is, by service.
const EXCEPTIONS: &str = "client.exceptions";
/// The client of a resource, as a kind of resource: attribute values are plain Python values.
const CLIENT: &str = "client";
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
            "boto3.client" => Some(client::client(lowerer, arguments, None, range)),
            "boto3.resource" => Some(client::resource(lowerer, arguments, None, range)),
            "boto3.Session" | "boto3.session.Session" => client::session(lowerer, arguments, range),
            "botocore.config.Config" | "botocore.client.Config" => {
                Some(client::config(lowerer, arguments, range))
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
        if (what, name) == (SESSION, "region_name") {
            return Some(client::region_name(None, range));
        }
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
            (Ty::Resource(service, _), _) if &**service == "s3" => {
                s3::attribute(value, name, range)
            }
            (Ty::Client(service), "exceptions") => {
                let made = Entity::Made(EXCEPTIONS.to_owned(), vec![service.to_string()]);
                Some(Expr::new(Kind::Static, entity(made), range))
            }
            (Ty::Resource(_, kind), "exceptions") if &**kind == CLIENT => {
                let made = Entity::Made(EXCEPTIONS.to_owned(), vec!["dynamodb".to_owned()]);
                Some(Expr::new(Kind::Static, entity(made), range))
            }
            (Ty::Resource(_, kind), "meta") if matches!(&**kind, "ServiceResource" | "Table") => {
                let ty = Ty::Resource("dynamodb".into(), format!("{kind} meta").into());
                Some(Expr {
                    ty,
                    ..value.clone()
                })
            }
            (Ty::Resource(_, kind), "client") if kind.ends_with(" meta") => {
                let ty = Ty::Resource("dynamodb".into(), CLIENT.into());
                if kind.starts_with("Table") {
                    let table = Expr {
                        ty: Ty::Resource("dynamodb".into(), "Table".into()),
                        ..value.clone()
                    };
                    let operands = vec![(table, Mode::Receiver)];
                    return Some(Expr::op("{0}.client", operands, ty, range).borrowing_place());
                }
                Some(Expr {
                    ty,
                    ..value.clone()
                })
            }
            (Ty::Opaque(path), "region_name") if &**path == client::SESSION => {
                Some(client::region_name(Some(value.clone()), range))
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
                    return pages::paginator(lowerer, receiver, &service, arguments, range);
                }
                if name == "close" && arguments.is_empty() {
                    return Some(Expr::none(range));
                }
                let called = (&*service, name, false);
                Some(operation::operation(
                    lowerer, receiver, called, arguments, range,
                ))
            }
            Ty::Opaque(path) if &**path == client::SESSION => {
                let session = Some(receiver.clone());
                match name {
                    "client" => Some(client::client(lowerer, arguments, session, range)),
                    "resource" => Some(client::resource(lowerer, arguments, session, range)),
                    _ => None,
                }
            }
            Ty::Resource(service, kind)
                if &**service == "s3" && !kind.starts_with(pages::PAGINATOR) =>
            {
                s3::method(lowerer, receiver, name, arguments, range)
            }
            Ty::Resource(_, kind) if &**kind == CLIENT => {
                let called = ("dynamodb", name, true);
                Some(operation::operation(
                    lowerer, receiver, called, arguments, range,
                ))
            }
            Ty::Resource(_, kind) if &**kind == batch::WRITER => {
                batch::method(lowerer, receiver, name, arguments, range)
            }
            Ty::Resource(service, kind) if kind.starts_with(pages::PAGINATOR) => {
                let method = kind.strip_prefix(pages::PAGINATOR)?.to_owned();
                if name != "paginate" {
                    return None;
                }
                let called = (&**service, method.as_str());
                Some(pages::paginate(lowerer, receiver, called, arguments, range))
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
            Ty::Resource(_, kind) if &**kind == "Table" => Some(operation::table_operation(
                lowerer, receiver, name, arguments, range,
            )),
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

    fn decorate(
        &self,
        lowerer: &mut Lowerer<'_, '_>,
        decorator: &Decorator<'_>,
        _: &mut Decorated,
    ) -> Option<Decoration> {
        client::is_kept(lowerer, decorator).then_some(Decoration::Nothing)
    }

    fn enter(&self, lowerer: &mut Lowerer<'_, '_>, manager: &PyExpr) -> Option<Entered> {
        batch::enter(lowerer, manager)
    }

    fn iterate_value(&self, value: &Expr) -> Option<Iterable> {
        match &value.ty {
            Ty::Resource(_, kind) if kind.starts_with(pages::PAGES) => {
                Some(pages::iterate(value.clone()))
            }
            _ => None,
        }
    }
}
