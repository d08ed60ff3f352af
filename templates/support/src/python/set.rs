//! Python's set.

use std::cell::RefCell;
use std::rc::Rc;

use super::value::Value;

/// A set. Clones share its items.
#[derive(Debug, Clone, Default)]
pub struct Set(Rc<RefCell<Vec<Value>>>);

impl Set {
    /// Whether it has no items.
    pub fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }
}
