//! Python's tuple, where its length or types are not known.

use std::rc::Rc;

use super::value::Value;

/// A tuple.
#[derive(Debug, Clone)]
pub struct Tuple(Rc<[Value]>);

impl Tuple {
    /// Whether it has no items.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
