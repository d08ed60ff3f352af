//! Reads what was put into a bucket by its data class.

use crate::python::{dict::Dict, error::Result, lambda_context, powertools_s3, value::Value};

/// `handler_inner` with `@event_source` around it.
pub fn handler(event: &Value, context: &lambda_context::LambdaContext) -> Result<Dict> {
    handler_inner(&powertools_s3::s3_event(event), context)
}

pub fn handler_inner(
    event: &powertools_s3::S3Event,
    _context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    let sizes = Dict::new();
    for record in powertools_s3::event_records(event)?.into_iter() {
        let value = powertools_s3::object_size(&powertools_s3::message_get_object(
            &powertools_s3::event_record_s3(&record)?,
        )?)?;
        sizes.set_item(
            powertools_s3::object_key(&powertools_s3::message_get_object(
                &powertools_s3::event_record_s3(&record)?,
            )?)?,
            Value::from(value),
        )?;
    }
    let first = powertools_s3::event_record(event)?;
    Ok(Dict::from([
        ("bucket", powertools_s3::event_bucket_name(event)?),
        ("key", Value::from(powertools_s3::event_object_key(event)?)),
        ("sizes", Value::from(sizes)),
        (
            "by",
            powertools_s3::identity_principal_id(&powertools_s3::event_record_user_identity(
                &first,
            )?)?,
        ),
        ("name", powertools_s3::event_record_event_name(&first)?),
    ]))
}
