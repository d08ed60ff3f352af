//! Takes orders of a queue; each message succeeds or fails by itself.

use crate::python::{
    dict, dict::Dict, error, error::Error, error::Result, json, lambda_context, list, list::List,
    powertools_batch, powertools_sqs, value::Value,
};
use crate::state::State;

pub fn handler(
    state: &State,
    event: &Value,
    context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    list::clear(&state.taken);
    for record in powertools_batch::begin(&state.processor, event)? {
        let result = take(state, &powertools_sqs::sqs_record(&record), context);
        powertools_batch::settle(&state.processor, &record, result)?;
    }
    let answer = powertools_batch::finish(&state.processor)?;
    Ok({
        let dict = Dict::new();
        dict::update(&dict, &answer);
        dict.insert(
            "taken",
            Value::from({
                let items = List::new();
                for it in state.taken.iter() {
                    items.push(Value::from({
                        let items_2 = List::new();
                        for item in it.iterate()? {
                            items_2.push(item);
                        }
                        items_2
                    }));
                }
                items
            }),
        );
        dict
    })
}

pub fn take(
    state: &State,
    record: &powertools_sqs::SqsRecord,
    lambda_context: &lambda_context::LambdaContext,
) -> Result<()> {
    let order = json::loads_value(&powertools_sqs::record_body(record)?)?;
    if order.item("id")? == 0 {
        return Err(Error::new(
            &error::VALUE_ERROR,
            format!("{} is no order", powertools_sqs::record_message_id(record)?),
        ));
    }
    list::append(
        &state.taken,
        Value::from((
            order.item("id")?,
            !lambda_context::aws_request_id(lambda_context).is_empty(),
        )),
    );
    Ok(())
}
