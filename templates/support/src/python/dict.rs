//! Python's dict.

use std::cell::RefCell;
use std::rc::Rc;

use indexmap::IndexMap;

use super::value::Value;

/// A dict. Clones share its members, which keep their order.
#[derive(Debug, Clone, Default)]
pub struct Dict(Rc<RefCell<IndexMap<String, Value>>>);

impl Dict {
    /// Whether it has no members.
    pub fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }
}
