//! boto3 and its asynchronous relatives: what their objects give, and which methods call AWS.
//!
//! Services, operations and resource objects come from the catalogue; what is written here are
//! the methods that boto3 adds by hand.

use super::super::facts::Via;
use super::call::Argument;
use super::{Event, Site, Solver, Symbol, Value, ValueId};
use crate::aws::{ResourceDef, Service};

/// Methods of a client that call nothing.
const QUIET: &[&str] = &[
    "can_paginate",
    "close",
    "generate_presigned_url",
    "generate_presigned_post",
    "generate_db_auth_token",
    "generate_db_connect_auth_token",
    "generate_db_connect_admin_auth_token",
    "__enter__",
    "__exit__",
    "__aenter__",
    "__aexit__",
];

impl<'a> Solver<'a> {
    pub(in crate::python::solve) fn service(&self, name: Symbol) -> Option<&'a Service> {
        let catalogue = self.catalogue;
        catalogue.service(self.pool.text(name))
    }

    /// The definition of a service resource's or resource object's type.
    pub(in crate::python::solve) fn definition(
        &self,
        of: ValueId,
    ) -> Option<(Symbol, &'a ResourceDef)> {
        match self.pool.value(of) {
            Value::Resource(Some(service)) => {
                let resources = self.service(service)?.resources()?;
                Some((service, &resources.service))
            }
            Value::ResourceObject { service, kind, .. } => {
                let resources = self.service(service)?.resources()?;
                Some((service, resources.types.get(self.pool.text(kind))?))
            }
            _ => None,
        }
    }

    /// What an annotation of `mypy_boto3_*` or `types_*` names.
    pub(in crate::python::solve) fn aws_type(&mut self, path: Symbol, made: Site) -> Option<Value> {
        let text = self.pool.text(path).to_owned();
        let package = text.split('.').next()?;
        let service = ["mypy_boto3_", "types_boto3_", "types_aiobotocore_"]
            .into_iter()
            .find_map(|prefix| package.strip_prefix(prefix))?
            .replace('_', "-");
        let known = self.catalogue.service(&service)?;
        let service = self.pool.symbol(&service);
        let name = text.rsplit('.').next()?;
        if name.ends_with("Client") {
            return Some(Value::Client(Some(service)));
        }
        if name.ends_with("ServiceResource") {
            return Some(Value::Resource(Some(service)));
        }
        known.resources()?.types.get(name)?;
        let kind = self.pool.symbol(name);
        Some(Value::ResourceObject {
            service,
            kind,
            made,
            lazy: false,
        })
    }

    /// The client or resource that `client("s3")` makes.
    pub(in crate::python::solve) fn make_client(
        &mut self,
        arguments: &[Argument],
        resource: bool,
        site: Site,
    ) -> Vec<ValueId> {
        self.makes_client(site);
        let names = self.argument(arguments, 0, "service_name", site.instance);
        let names = names.unwrap_or_default();
        let mut made = Vec::new();
        for name in names {
            let service = match self.pool.value(name) {
                Value::Text(name) => Some(name).filter(|&it| self.service(it).is_some()),
                _ => None,
            };
            made.push(self.pool.id(match resource {
                true => Value::Resource(service),
                false => Value::Client(service),
            }));
        }
        made
    }

    pub(in crate::python::solve) fn aws_attribute(
        &mut self,
        object: ValueId,
        name: Symbol,
        site: Site,
        found: &mut Vec<ValueId>,
    ) {
        let text = self.pool.text(name).to_owned();
        let value = match self.pool.value(object) {
            Value::Client(_) | Value::Resource(_) | Value::ResourceObject { .. }
                if text == "meta" =>
            {
                match self.pool.value(object) {
                    Value::Client(service) | Value::Resource(service) => service.map(Value::Meta),
                    Value::ResourceObject { service, .. } => Some(Value::Meta(service)),
                    _ => None,
                }
            }
            Value::Client(_) if text == "exceptions" => {
                let path = self.pool.symbol("botocore.exceptions");
                Some(Value::External(path))
            }
            Value::Meta(service) => (text == "client").then_some(Value::Client(Some(service))),
            Value::Resource(Some(_)) | Value::ResourceObject { .. } => {
                self.resource_attribute(object, name, &text, site)
            }
            Value::Container(_)
            | Value::Session
            | Value::Client(_)
            | Value::Resource(None)
            | Value::Collection { .. }
            | Value::Paginator { .. }
            | Value::Waiter { .. } => Some(Value::Bound { base: object, name }),
            _ => None,
        };
        let value = value.unwrap_or(Value::Opaque);
        found.push(self.pool.id(value));
    }

    pub(in crate::python::solve) fn aws_event(
        &mut self,
        site: Site,
        service: Symbol,
        operation: Symbol,
        via: Via,
        on: Option<ValueId>,
        argument: Option<u32>,
    ) {
        let event = Event::Aws {
            service,
            operation,
            via,
            on,
            argument,
        };
        self.note(site, event);
    }

    pub(in crate::python::solve) fn powertools_event(
        &mut self,
        site: Site,
        via: Via,
        service: &str,
        operation: &str,
    ) {
        let service = self.pool.symbol(service);
        let operation = self.pool.symbol(operation);
        self.aws_event(site, service, operation, via, None, None);
    }

    /// Calls a method of a container or AWS object.
    pub(in crate::python::solve) fn call_bound(
        &mut self,
        base: ValueId,
        name: Symbol,
        arguments: &[Argument],
        site: Site,
        concurrent: bool,
    ) -> Vec<ValueId> {
        if let Value::Container(_) = self.pool.value(base) {
            return self.container_method(base, name, arguments, site);
        }
        let argument = None;
        let results = self.call_aws_method(base, name, arguments, site, argument);
        if concurrent {
            self.gathered.insert(site);
        }
        results
    }

    pub(in crate::python::solve) fn call_aws_method(
        &mut self,
        base: ValueId,
        name: Symbol,
        arguments: &[Argument],
        site: Site,
        passed: Option<u32>,
    ) -> Vec<ValueId> {
        let text = self.pool.text(name).to_owned();
        match self.pool.value(base) {
            Value::Session => match text.as_str() {
                "client" | "create_client" => self.make_client(arguments, false, site),
                "resource" => self.make_client(arguments, true, site),
                _ => vec![self.opaque],
            },
            Value::Client(Some(service)) => {
                self.client_method(base, service, name, &text, arguments, site, passed)
            }
            Value::Client(None) | Value::Resource(None) => {
                let quiet = QUIET.contains(&text.as_str()) || text == "get_available_subresources";
                if !quiet {
                    self.unresolved(site, "the client's service is not known");
                }
                vec![self.opaque]
            }
            Value::Paginator { service, operation } => {
                if text == "paginate" {
                    match operation {
                        Some(operation) => {
                            self.aws_event(site, service, operation, Via::Paginator, None, passed);
                        }
                        None => self.unresolved(site, "the paginator's operation is not known"),
                    }
                }
                vec![self.opaque]
            }
            Value::Waiter { service, waiter } => {
                if text == "wait" {
                    self.wait(site, service, waiter, None, passed);
                }
                vec![self.opaque]
            }
            Value::Resource(Some(_)) | Value::ResourceObject { .. } => {
                self.resource_method(base, &text, arguments, site, passed)
            }
            Value::Collection { .. } => self.collection_method(base, &text, site, passed),
            _ => vec![self.opaque],
        }
    }

    pub(in crate::python::solve) fn wait(
        &mut self,
        site: Site,
        service: Symbol,
        waiter: Option<Symbol>,
        on: Option<ValueId>,
        passed: Option<u32>,
    ) {
        let known = waiter.and_then(|waiter| {
            let name = self.pool.text(waiter);
            let service = self.service(service)?;
            service
                .waiter(name)
                .or_else(|| service.waiters().iter().find(|it| it.name == name))
        });
        match known {
            Some(waiter) => {
                let operation = self.pool.symbol(&waiter.operation);
                self.aws_event(site, service, operation, Via::Waiter, on, passed);
            }
            None => self.unresolved(site, "the waiter is not known"),
        }
    }

    #[expect(clippy::too_many_arguments, reason = "a call's parts")]
    fn client_method(
        &mut self,
        client: ValueId,
        service: Symbol,
        name: Symbol,
        text: &str,
        arguments: &[Argument],
        site: Site,
        passed: Option<u32>,
    ) -> Vec<ValueId> {
        if QUIET.contains(&text) {
            let same = matches!(text, "__enter__" | "__aenter__");
            return vec![if same { client } else { self.opaque }];
        }
        let Some(known) = self.service(service) else {
            return vec![self.opaque];
        };
        if matches!(text, "get_paginator" | "get_waiter") {
            let parameter = match text {
                "get_waiter" => "waiter_name",
                _ => "operation_name",
            };
            let names = self.argument(arguments, 0, parameter, site.instance);
            return self.named(service, text == "get_waiter", &names.unwrap_or_default());
        }
        if self.pool.text(service) == "s3"
            && let Some(operation) = transfer(text)
        {
            let operation = self.pool.symbol(operation);
            self.aws_event(site, service, operation, Via::Transfer, None, passed);
            return vec![self.pool.id(Value::Pending(site))];
        }
        match known.operation_by_method(text) {
            Some(operation) => {
                let operation = self.pool.symbol(&operation.name);
                self.aws_event(site, service, operation, Via::Client, None, passed);
                vec![self.pool.id(Value::Pending(site))]
            }
            None if text.starts_with('_') => {
                self.unresolved(site, "a private method of the client is called");
                vec![self.opaque]
            }
            None => {
                let event = Event::NoSuchMethod {
                    service,
                    method: name,
                };
                self.note(site, event);
                vec![self.opaque]
            }
        }
    }

    /// The paginators or waiters of these names.
    fn named(&mut self, service: Symbol, waiter: bool, names: &[ValueId]) -> Vec<ValueId> {
        let mut found = Vec::new();
        for &name in names {
            let text = match self.pool.value(name) {
                Value::Text(text) => Some(text),
                _ => None,
            };
            let value = if waiter {
                Value::Waiter {
                    service,
                    waiter: text,
                }
            } else {
                let known = text.and_then(|it| {
                    self.service(service)?
                        .operation_by_method(self.pool.text(it))
                });
                let operation = known.map(|it| self.pool.symbol(&it.name));
                Value::Paginator { service, operation }
            };
            found.push(self.pool.id(value));
        }
        found
    }
}

/// The operation behind one of S3's transfer methods. Large files go in parts; the operation
/// named is the one for a small file, whose permission covers the parts too.
pub(super) fn transfer(method: &str) -> Option<&'static str> {
    Some(match method {
        "upload_file" | "upload_fileobj" => "PutObject",
        "download_file" | "download_fileobj" => "GetObject",
        "copy" => "CopyObject",
        _ => return None,
    })
}
