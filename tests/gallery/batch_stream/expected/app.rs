//! Counts the words of a stream's records.

use crate::python::{
    builtins, dict::Dict, error, error::Error, error::Result, lambda_context, powertools_batch,
    powertools_kinesis, string_split, value::Value,
};
use crate::state::State;

pub fn handler(
    state: &State,
    event: &Value,
    _context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    for record in powertools_batch::begin(&state.processor, event)? {
        let result = count(&powertools_kinesis::kinesis_stream_record(&record));
        powertools_batch::settle(&state.processor, &record, result)?;
    }
    powertools_batch::finish(&state.processor)
}

pub fn count(record: &powertools_kinesis::KinesisStreamRecord) -> Result<i64> {
    let text =
        powertools_kinesis::payload_data_as_text(&powertools_kinesis::record_kinesis(record)?)?;
    if text.is_empty() {
        return Err(Error::with_args(
            &error::LOOKUP_ERROR,
            vec![powertools_kinesis::payload_partition_key(
                &powertools_kinesis::record_kinesis(record)?,
            )?],
        ));
    }
    Ok(builtins::len_list(&string_split::split(&text, None, -1)?))
}
