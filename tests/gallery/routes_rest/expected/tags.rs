//! The tags of notes.

use crate::python::{
    dict::Dict, error::Result, list::List, powertools_event_handler, powertools_proxy_event,
    value::Value,
};
use crate::state::State;

pub fn list_tags() -> List {
    List::from([Value::from("a"), Value::from("b")])
}

pub fn tag_of(state: &State, note_id: &str, tag: &str) -> Result<Dict> {
    Ok(Dict::from([
        ("tag", Value::from(tag)),
        ("note", Value::from(note_id)),
        (
            "path",
            powertools_proxy_event::path(&powertools_event_handler::rest_current_event(
                &state.app,
            )?)?,
        ),
    ]))
}
