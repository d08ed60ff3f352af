//! boto3 and its asynchronous relatives: what their objects give, and which methods call AWS.
//!
//! Services, operations and resource objects come from the catalogue; what is written here are
//! the methods that boto3 adds by hand.

use super::super::facts::Via;
use super::call::{Argument, Passing};
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

/// Methods of a collection that narrow or list it.
const LISTING: &[&str] = &["all", "filter", "limit", "page_size", "pages"];

impl<'a> Solver<'a> {
    fn service(&self, name: Symbol) -> Option<&'a Service> {
        let catalogue = self.catalogue;
        catalogue.service(self.pool.text(name))
    }

    /// The definition of a service resource's or resource object's type.
    fn definition(&self, of: ValueId) -> Option<(Symbol, &'a ResourceDef)> {
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
    pub(super) fn aws_type(&mut self, path: Symbol, made: Site) -> Option<Value> {
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
    pub(super) fn make_client(
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

    pub(super) fn aws_attribute(
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

    fn resource_attribute(
        &mut self,
        object: ValueId,
        name: Symbol,
        text: &str,
        site: Site,
    ) -> Option<Value> {
        let (service, definition) = self.definition(object)?;
        if definition.collections.contains_key(text) {
            return Some(Value::Collection {
                owner: object,
                name,
                listed: false,
            });
        }
        if let Some(identifier) = definition.identifiers.iter().find(|it| it.name == text) {
            let member = self.member(service, &identifier.member);
            let member = self.pool.symbol(member);
            let cell = self.field(object, member);
            let held = self.read(cell, site.instance);
            return Some(
                held.first()
                    .map_or(Value::Opaque, |&it| self.pool.value(it)),
            );
        }
        // A lower-case reference is an attribute, such as `object_summary.bucket`.
        if let Some(kind) = definition.has.get(text)
            && text.starts_with(|it: char| it.is_ascii_lowercase())
        {
            let kind = self.pool.symbol(kind);
            return Some(Value::ResourceObject {
                service,
                kind,
                made: site,
                lazy: false,
            });
        }
        if let (Some(shape), Some(load)) = (&definition.shape, &definition.load) {
            let squeezed = text.replace('_', "");
            let members = self.service(service)?.shape(shape)?;
            let is_member = members
                .members
                .iter()
                .any(|it| it.name.eq_ignore_ascii_case(&squeezed));
            let identifies = definition
                .identifiers
                .iter()
                .any(|it| it.member.eq_ignore_ascii_case(&squeezed));
            let lazy = matches!(
                self.pool.value(object),
                Value::ResourceObject { lazy: true, .. }
            );
            if is_member && !identifies && lazy && !definition.actions.contains_key(text) {
                let operation = self.pool.symbol(load);
                self.aws_event(site, service, operation, Via::Attribute, Some(object), None);
                return Some(Value::Opaque);
            }
        }
        Some(Value::Bound { base: object, name })
    }

    /// The API's name of an identifier, where the catalogue knows only the resource's own.
    fn member<'m>(&self, service: Symbol, member: &'m str) -> &'m str {
        match (self.pool.text(service), member) {
            ("s3", "Name" | "BucketName") => "Bucket",
            ("s3", "ObjectKey") => "Key",
            ("sqs", "Url") => "QueueUrl",
            ("sns", "Arn") => "TopicArn",
            ("dynamodb", "Name") => "TableName",
            _ => member,
        }
    }

    fn aws_event(
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

    pub(super) fn powertools_event(&mut self, site: Site, service: &str, operation: &str) {
        let service = self.pool.symbol(service);
        let operation = self.pool.symbol(operation);
        self.aws_event(site, service, operation, Via::Powertools, None, None);
    }

    /// Calls a method of a container or AWS object.
    pub(super) fn call_bound(
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

    pub(super) fn call_aws_method(
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

    fn wait(
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

    fn resource_method(
        &mut self,
        object: ValueId,
        text: &str,
        arguments: &[Argument],
        site: Site,
        passed: Option<u32>,
    ) -> Vec<ValueId> {
        let Some((service, definition)) = self.definition(object) else {
            return vec![self.opaque];
        };
        if let Some(action) = definition.actions.get(text) {
            let operation = self.pool.symbol(&action.operation);
            self.aws_event(
                site,
                service,
                operation,
                Via::Resource,
                Some(object),
                passed,
            );
            return match &action.returns {
                Some(kind) => {
                    let kind = self.pool.symbol(kind);
                    let made = site;
                    let object = Value::ResourceObject {
                        service,
                        kind,
                        made,
                        lazy: false,
                    };
                    vec![self.pool.id(object)]
                }
                None => vec![self.pool.id(Value::Pending(site))],
            };
        }
        if let Some(kind) = self.factory(object, service, definition, text) {
            return self.make_object(object, service, kind, arguments, site);
        }
        if let Some(waiter) = definition.waiters.get(text) {
            let waiter = self.pool.symbol(waiter);
            self.wait(site, service, Some(waiter), Some(object), passed);
            return vec![self.opaque];
        }
        let loads = matches!(text, "load" | "reload");
        if let Some(load) = definition.load.as_ref().filter(|_| loads) {
            let operation = self.pool.symbol(load);
            self.aws_event(
                site,
                service,
                operation,
                Via::Attribute,
                Some(object),
                passed,
            );
            return vec![self.opaque];
        }
        if self.pool.text(service) == "dynamodb" && text == "batch_writer" {
            let operation = self.pool.symbol("BatchWriteItem");
            self.aws_event(
                site,
                service,
                operation,
                Via::Resource,
                Some(object),
                passed,
            );
        } else if self.pool.text(service) == "s3"
            && let Some(operation) = transfer(text)
        {
            let operation = self.pool.symbol(operation);
            self.aws_event(
                site,
                service,
                operation,
                Via::Transfer,
                Some(object),
                passed,
            );
        } else if text != "get_available_subresources" && text != "close" {
            let method = self.pool.symbol(text);
            self.note(site, Event::NoSuchMethod { service, method });
        }
        vec![self.opaque]
    }

    /// The type that `object.Name(...)` makes. boto3 gives the service resource a factory for
    /// each of the service's types, also for those that its model does not list.
    fn factory(
        &self,
        object: ValueId,
        service: Symbol,
        definition: &'a ResourceDef,
        name: &str,
    ) -> Option<&'a str> {
        let listed = definition
            .has
            .iter()
            .find(|(known, _)| *known == name || is_snake_case_of(known, name));
        if let Some((_, kind)) = listed {
            return Some(kind);
        }
        if !matches!(self.pool.value(object), Value::Resource(_)) {
            return None;
        }
        let types = &self.service(service)?.resources()?.types;
        types.get_key_value(name).map(|(kind, _)| kind.as_str())
    }

    /// `resource.Table(name)`, `bucket.Object(key)`: an object with its identifiers.
    fn make_object(
        &mut self,
        parent: ValueId,
        service: Symbol,
        kind: &str,
        arguments: &[Argument],
        site: Site,
    ) -> Vec<ValueId> {
        let kind_symbol = self.pool.symbol(kind);
        let object = self.pool.id(Value::ResourceObject {
            service,
            kind: kind_symbol,
            made: site,
            lazy: true,
        });
        let Some((_, definition)) = self.definition(object) else {
            return vec![object];
        };
        let mut position = 0;
        for identifier in &definition.identifiers {
            let member = self.member(service, &identifier.member);
            let member = self.pool.symbol(member);
            let inherited = self.fields.get(&(parent, member)).copied();
            let values = match inherited {
                Some(cell) => self.read(cell, site.instance),
                None => {
                    let values =
                        self.argument(arguments, position, &identifier.name, site.instance);
                    position += 1;
                    values.unwrap_or_default()
                }
            };
            let cell = self.field(object, member);
            self.add_all(cell, &values);
        }
        vec![object]
    }

    fn collection(
        &self,
        collection: ValueId,
    ) -> Option<(Symbol, ValueId, &'a str, Option<&'a str>)> {
        let Value::Collection { owner, name, .. } = self.pool.value(collection) else {
            return None;
        };
        let (service, definition) = self.definition(owner)?;
        let found = definition.collections.get(self.pool.text(name))?;
        Some((service, owner, &found.operation, found.item.as_deref()))
    }

    fn list(&mut self, collection: ValueId, site: Site, passed: Option<u32>) {
        let Some((service, owner, operation, _)) = self.collection(collection) else {
            return;
        };
        let operation = self.pool.symbol(operation);
        self.aws_event(
            site,
            service,
            operation,
            Via::Collection,
            Some(owner),
            passed,
        );
    }

    fn collection_method(
        &mut self,
        collection: ValueId,
        text: &str,
        site: Site,
        passed: Option<u32>,
    ) -> Vec<ValueId> {
        let Value::Collection {
            owner,
            name,
            listed,
        } = self.pool.value(collection)
        else {
            return vec![self.opaque];
        };
        if !listed {
            self.list(collection, site, passed);
        }
        if LISTING.contains(&text) {
            let listed = true;
            return vec![self.pool.id(Value::Collection {
                owner,
                name,
                listed,
            })];
        }
        let batch = self
            .collection(collection)
            .and_then(|(service, owner, _, item)| {
                let definition = self.service(service)?.resources()?.types.get(item?)?;
                let action = definition.batch_actions.get(text)?;
                Some((service, owner, action.operation.as_str()))
            });
        if let Some((service, owner, operation)) = batch {
            let operation = self.pool.symbol(operation);
            self.aws_event(
                site,
                service,
                operation,
                Via::Collection,
                Some(owner),
                passed,
            );
        }
        vec![self.opaque]
    }

    /// The objects that iterating over a collection gives.
    pub(super) fn collection_items(
        &mut self,
        collection: ValueId,
        site: Site,
        found: &mut Vec<ValueId>,
    ) {
        if let Value::Collection { listed: false, .. } = self.pool.value(collection) {
            self.list(collection, site, None);
        }
        if let Some((service, _, _, Some(item))) = self.collection(collection) {
            let kind = self.pool.symbol(item);
            let made = site;
            found.push(self.pool.id(Value::ResourceObject {
                service,
                kind,
                made,
                lazy: false,
            }));
        }
    }

    fn container_method(
        &mut self,
        container: ValueId,
        name: Symbol,
        arguments: &[Argument],
        site: Site,
    ) -> Vec<ValueId> {
        let reader = site.instance;
        let positional: Vec<Vec<ValueId>> = arguments
            .iter()
            .filter(|it| it.how == Passing::Positional)
            .map(|it| it.values.clone())
            .collect();
        let first = positional.first().cloned().unwrap_or_default();
        let second = positional.get(1).cloned().unwrap_or_default();
        match self.pool.text(name) {
            "append" | "add" | "appendleft" => self.store(container, &[], &first),
            "insert" => self.store(container, &[], &second),
            "extend" | "update" => {
                for (name, values) in self.entries(&first, reader) {
                    let key = self.pool.id(Value::Text(name));
                    self.store(container, &[key], &values);
                }
                let values = self.elements(&first, site);
                self.store(container, &[], &values);
            }
            "get" | "pop" => {
                let mut found = self.load(container, &first, reader);
                found.extend(second);
                return found;
            }
            "setdefault" => {
                self.store(container, &first, &second);
                return self.load(container, &first, reader);
            }
            "copy" | "values" => return vec![container],
            "items" => return vec![self.pairs(&[container], site)],
            _ => return vec![self.opaque],
        }
        Vec::new()
    }

    /// A sequence whose elements unpack to a key and an element of these containers.
    pub(super) fn pairs(&mut self, containers: &[ValueId], site: Site) -> ValueId {
        let pairs = self.pool.id(Value::Container(site));
        let values = self.elements(containers, site);
        let any = self.field(pairs, self.any);
        self.add(any, pairs);
        let unknown = self.field(pairs, self.unknown_key);
        self.add(unknown, self.opaque);
        self.add_all(unknown, &values);
        pairs
    }
}

/// Whether `snake` is the snake case of `camel`, as `version_data` is of `VersionData`.
fn is_snake_case_of(snake: &str, camel: &str) -> bool {
    camel.starts_with(|it: char| it.is_ascii_uppercase())
        && snake.replace('_', "").eq_ignore_ascii_case(camel)
}

/// The operation behind one of S3's transfer methods. Large files go in parts; the operation
/// named is the one for a small file, whose permission covers the parts too.
fn transfer(method: &str) -> Option<&'static str> {
    Some(match method {
        "upload_file" | "upload_fileobj" => "PutObject",
        "download_file" | "download_fileobj" => "GetObject",
        "copy" => "CopyObject",
        _ => return None,
    })
}
