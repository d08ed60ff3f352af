//! `dataclasses`: the decorator, `field`; `asdict` of an instance.
//!
//! Exact: construction by position and keyword, defaults, `default_factory` of `list` and `dict`.
//! Refused: `frozen`, `order` and the other options, `__post_init__`, inheritance.

use super::Mapping;

/// The mapping.
pub(super) struct Dataclasses;

impl Mapping for Dataclasses {
    fn knows(&self, module: &str) -> bool {
        module == "dataclasses"
    }
}
