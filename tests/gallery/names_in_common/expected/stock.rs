//! What is in stock; its names are those of the shop's, and stand for other things.

use crate::python::{error::Result, list, logging_methods, ops, string_split, value::Value};
use crate::state::State;

pub fn remember(state: &State, name: &Value) -> Result<String> {
    state.seen_2.set(ops::int_add(state.seen_2.get(), 1)?);
    list::append(&state.names_2, name.clone());
    logging_methods::warning(
        &state.logger_2,
        &Value::from("%s of %s"),
        &[Value::from(state.seen_2.get()), Value::Int(3)],
    )?;
    Ok(format!(
        "{}:{}",
        state.table_2,
        string_split::join(",", &state.names_2)?
    ))
}
