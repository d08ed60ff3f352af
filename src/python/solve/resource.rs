//! boto3's resource objects: their attributes, factories and methods.

use super::super::facts::Via;
use super::aws::transfer;
use super::call::Argument;
use super::{Event, Site, Solver, Symbol, Value, ValueId};
use crate::aws::ResourceDef;

impl<'a> Solver<'a> {
    pub(super) fn resource_attribute(
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
    pub(super) fn member<'m>(&self, service: Symbol, member: &'m str) -> &'m str {
        match (self.pool.text(service), member) {
            ("s3", "Name" | "BucketName") => "Bucket",
            ("s3", "ObjectKey") => "Key",
            ("sqs", "Url") => "QueueUrl",
            ("sns", "Arn") => "TopicArn",
            ("dynamodb", "Name") => "TableName",
            _ => member,
        }
    }

    pub(super) fn resource_method(
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
        if let Some((operation, via)) = self.added(object, service, definition, text) {
            let operation = self.pool.symbol(operation);
            self.aws_event(site, service, operation, via, Some(object), passed);
        } else if text != "get_available_subresources" && text != "close" {
            let method = self.pool.symbol(text);
            self.note(site, Event::NoSuchMethod { service, method });
        }
        vec![self.opaque]
    }

    /// The operation behind a method that boto3 adds to a resource object by hand.
    pub(super) fn added(
        &self,
        object: ValueId,
        service: Symbol,
        definition: &'a ResourceDef,
        method: &str,
    ) -> Option<(&'a str, Via)> {
        let kind = match self.pool.value(object) {
            Value::ResourceObject { kind, .. } => self.pool.text(kind),
            _ => "",
        };
        let found = match (self.pool.text(service), kind, method) {
            (_, _, "load" | "reload") if definition.load.is_some() => {
                return Some((definition.load.as_deref()?, Via::Attribute));
            }
            ("s3", "ObjectSummary", "load") => ("HeadObject", Via::Attribute),
            ("s3", "Bucket", "load") => ("ListBuckets", Via::Attribute),
            ("s3", _, _) => (transfer(method)?, Via::Transfer),
            ("dynamodb", "Table", "batch_writer") => ("BatchWriteItem", Via::Resource),
            ("ec2", _, "create_tags") => ("CreateTags", Via::Resource),
            ("ec2", _, "delete_tags") => ("DeleteTags", Via::Resource),
            _ => return None,
        };
        Some(found)
    }

    /// The type that `object.Name(...)` makes. boto3 gives the service resource a factory for
    /// each of the service's types, also for those that its model does not list.
    pub(super) fn factory(
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
    pub(super) fn make_object(
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
}

/// Whether `snake` is the snake case of `camel`, as `version_data` is of `VersionData`.
fn is_snake_case_of(snake: &str, camel: &str) -> bool {
    camel.starts_with(|it: char| it.is_ascii_uppercase())
        && snake.replace('_', "").eq_ignore_ascii_case(camel)
}
