//! Collections of resource objects, such as `bucket.objects`.

use super::super::facts::Via;
use super::{Site, Solver, Symbol, Value, ValueId};

/// Methods of a collection that narrow or list it.
const LISTING: &[&str] = &["all", "filter", "limit", "page_size", "pages"];

impl<'a> Solver<'a> {
    pub(super) fn collection(
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

    pub(super) fn list(&mut self, collection: ValueId, site: Site, passed: Option<u32>) {
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

    pub(super) fn collection_method(
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
}
