//! Python's list.

use std::cell::RefCell;
use std::rc::Rc;

use super::value::Value;

/// A list. Clones share its items.
#[derive(Debug, Clone, Default)]
pub struct List(Rc<RefCell<Vec<Value>>>);

impl List {
    /// Whether it has no items.
    pub fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }
}
