//! Reads the messages of a queue by their data classes.

use crate::python::{
    dict::Dict, error::Result, lambda_context, list, list::List, powertools_sqs, value::Value,
};

/// `handler_inner` with `@event_source` around it.
pub fn handler(event: &Value, context: &lambda_context::LambdaContext) -> Result<Dict> {
    handler_inner(&powertools_sqs::sqs_event(event), context)
}

pub fn handler_inner(
    event: &powertools_sqs::SqsEvent,
    _context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    let taken = List::new();
    for record in powertools_sqs::event_records(event)?.into_iter() {
        list::append(&taken, Value::from(receipt(&record)?));
    }
    Ok(Dict::from([
        ("taken", Value::from(taken)),
        (
            "bodies",
            Value::from({
                let items = List::new();
                for record in powertools_sqs::event_records(event)?.into_iter() {
                    if powertools_sqs::record_body(&record)?.is_true() {
                        items.push(powertools_sqs::record_body(&record)?);
                    }
                }
                items
            }),
        ),
        (
            "source",
            Value::from({
                let members = Dict::new();
                for record in powertools_sqs::event_records(event)?.into_iter() {
                    members.set_item(
                        powertools_sqs::record_message_id(&record)?,
                        powertools_sqs::record_event_source(&record)?,
                    )?;
                }
                members
            }),
        ),
    ]))
}

/// What is said of a message.
pub fn receipt(record: &powertools_sqs::SqsRecord) -> Result<Dict> {
    Ok(Dict::from([
        ("id", powertools_sqs::record_message_id(record)?),
        (
            "order",
            powertools_sqs::record_json_body(record)?.item("id")?,
        ),
        (
            "count",
            powertools_sqs::record_attributes_approximate_receive_count(
                &powertools_sqs::record_attributes(record)?,
            )?,
        ),
        (
            "group",
            powertools_sqs::record_attributes_message_group_id(
                &powertools_sqs::record_attributes(record)?,
            )?,
        ),
        ("region", powertools_sqs::record_aws_region(record)?),
    ]))
}
