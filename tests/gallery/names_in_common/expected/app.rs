//! Modules of a package whose variables have the same names.

use crate::python::{
    builtins, dict::Dict, error::Result, lambda_context, list, list::List, logging_methods,
    value::Value,
};
use crate::state::State;
use crate::stock;

pub fn handler(
    state: &State,
    event: &Value,
    _context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    state.seen.set(state.seen.get() + 1.0);
    list::append(&state.names, Value::from("screw"));
    logging_methods::warning(
        &state.logger,
        &Value::from("%s of %s"),
        &[Value::from(state.seen.get()), Value::Int(5)],
    )?;
    Ok(Dict::from([
        (
            "shop",
            Value::from(List::from([
                Value::from(state.table.clone()),
                Value::Int(5),
                Value::from(state.seen.get()),
                Value::from(builtins::len_list(&state.names)),
            ])),
        ),
        ("opened", Value::from(state.opened.clone())),
        (
            "stock",
            Value::from(List::from([
                Value::from(state.table_2.clone()),
                Value::Int(3),
                Value::from(stock::remember(state, &event.item("name")?)?),
                Value::from(builtins::len_list(&state.names_2)),
            ])),
        ),
    ]))
}
