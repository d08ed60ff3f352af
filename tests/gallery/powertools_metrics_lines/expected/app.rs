//! Metrics that are written by hand, alone, and where a handler ends.

use crate::python::{
    builtins, dict, dict::Dict, error, error::Error, error::Result, error::or_break, json,
    lambda_context, powertools_metric_set, powertools_metric_unit, powertools_metrics,
    value::Value,
};
use crate::state::State;

/// `handler_inner` with `@metrics.log_metrics` around it.
pub fn handler(
    state: &State,
    event: &Value,
    context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    let result = handler_inner(state, event, context);
    powertools_metrics::log_metrics(&state.metrics, context, result, false, true)
}

pub fn handler_inner(
    state: &State,
    event: &Value,
    _context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    record(state, "Orders", "Count", 2)?;
    let metric = powertools_metrics::single_metric(
        "Alone",
        powertools_metric_unit::SECONDS,
        &Value::Float(1.5),
        None,
    )?;
    let result = 'captured: {
        match powertools_metrics::add_single_dimension(
            &metric,
            "kind",
            &dict::get(
                match event.expect_dict("get") {
                    Ok(value) => value,
                    Err(error) => break 'captured Err(error),
                },
                "kind",
                Value::from("plain"),
            ),
        ) {
            Ok(value) => value,
            Err(error) => break 'captured Err(error),
        };
        if dict::get(
            match event.expect_dict("get") {
                Ok(value) => value,
                Err(error) => break 'captured Err(error),
            },
            "fail",
            Value::None,
        )
        .is_true()
        {
            break 'captured Err(Error::new(&error::KEY_ERROR, "fail".to_owned()));
        }
        Ok(())
    };
    powertools_metrics::end_single_metric(&metric, result)?;
    powertools_metrics::add_metadata(
        &state.metrics,
        &Value::from("order"),
        &dict::get(event.expect_dict("get")?, "order", Value::None),
    );
    'done: {
        let error = 'attempt: {
            or_break!('attempt, powertools_metrics::add_metric(&state.metrics, "Size", powertools_metric_unit::BYTES, &dict::get(or_break!('attempt, event.expect_dict("get")), "size", Value::None)));
            break 'done;
        };
        if error.is(&powertools_metric_set::METRIC_VALUE_ERROR) {
            return Ok(Dict::from([("error", Value::from(error.to_string()))]));
        } else {
            return Err(error);
        }
    }
    powertools_metrics::add_metric_of(
        &state.metrics,
        "Fast",
        powertools_metric_unit::MILLISECONDS,
        &Value::Int(7),
        powertools_metric_unit::HIGH,
    )?;
    powertools_metrics::flush_metrics(&state.metrics, false)?;
    if dict::get(event.expect_dict("get")?, "more", Value::None).is_true() {
        powertools_metrics::add_metric_named(
            &state.metrics,
            "More",
            &Value::from("Percent"),
            &Value::Int(50),
            60,
        )?;
    }
    Ok(Dict::from([(
        "size",
        dict::get(event.expect_dict("get")?, "size", Value::None),
    )]))
}

/// A metric as the caller prints it.
pub fn record(state: &State, name: &str, unit: &str, value: i64) -> Result<()> {
    powertools_metrics::add_dimension(&state.metrics, "tenant", &Value::from("t-1"))?;
    powertools_metrics::add_metric_named(
        &state.metrics,
        name,
        &Value::from(unit),
        &Value::from(value),
        60,
    )?;
    let found = powertools_metrics::serialize_metric_set(&state.metrics)?;
    powertools_metrics::clear_metrics(&state.metrics)?;
    builtins::print(
        &[Value::from(json::dumps(&Value::from(found))?)],
        " ",
        "\n",
        false,
    );
    Ok(())
}
