//! `dataclasses`: the decorator, `field`, and what is made of instances.
//!
//! Exact: construction by position and keyword, defaults, `default_factory` of `list` and `dict`;
//! `asdict`, `astuple`, `is_dataclass`, `replace` of an instance whose class is known.
//! Refused: `frozen`, `order` and the other options, `__post_init__`, inheritance, `dict_factory`.

use ruff_text_size::TextRange;

use super::Mapping;
use crate::compiler::ir::{Expr, Kind};
use crate::compiler::lower::{Argument, Arguments, Lowerer};
use crate::compiler::program::Entity;
use crate::compiler::types::Ty;

/// The mapping.
pub(super) struct Dataclasses;

impl Mapping for Dataclasses {
    fn knows(&self, module: &str) -> bool {
        module == "dataclasses"
    }

    fn call(
        &self,
        lowerer: &mut Lowerer<'_, '_>,
        name: &str,
        arguments: &Arguments<'_>,
        range: TextRange,
    ) -> Option<Expr> {
        match name.strip_prefix("dataclasses.")? {
            "replace" => replaced(lowerer, arguments, range),
            "is_dataclass" => {
                lowerer.types.ask_fields();
                let [argument] = &arguments.positional[..] else {
                    return None;
                };
                let Ty::Static(found) = &argument.value.ty else {
                    return None;
                };
                let Entity::Class(class) = **found else {
                    return None;
                };
                let is_data = lowerer.data_field_names(class).is_some();
                Some(Expr::new(Kind::Bool(is_data), Ty::Bool, range))
            }
            "asdict" | "astuple" => {
                lowerer.types.ask_fields();
                None
            }
            _ => None,
        }
    }
}

/// `replace(instance, **changes)`: a new instance of the fields that are not given anew.
fn replaced(
    lowerer: &mut Lowerer<'_, '_>,
    arguments: &Arguments<'_>,
    range: TextRange,
) -> Option<Expr> {
    let [instance] = &arguments.positional[..] else {
        return None;
    };
    let Ty::Instance(class) = instance.value.ty else {
        return match instance.value.ty {
            Ty::Never => Some(lowerer.unknown(range)),
            _ => None,
        };
    };
    let fields = lowerer.data_field_names(class)?;
    let mut changes = arguments.clone();
    changes.positional.clear();
    let mut before = Vec::new();
    // The changes are made before the other fields are read.
    let read = lowerer.bound_inside(instance.value.clone(), "instance", &mut before);
    for (_, argument) in &mut changes.keywords {
        let value = argument.value.clone();
        if !value.is_literal() && value.ty != Ty::Never {
            argument.value = lowerer.bound_inside(value, "changed", &mut before);
        }
    }
    for name in fields {
        if !changes.keywords.iter().any(|(known, _)| *known == name) {
            let value = lowerer.field(read.clone(), class, &name, range);
            changes.keywords.push((name, Argument { ast: None, value }));
        }
    }
    Some(lowerer.construct(class, &changes, range).after(before))
}
