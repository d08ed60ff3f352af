//! A handler that is logged, traced and counted, with all decorators at once.

use crate::python::{
    dict, dict::Dict, error, error::Class, error::Error, error::Result, error::or_break,
    lambda_context, ops, powertools_jmespath, powertools_logger, powertools_logger_context,
    powertools_logger_methods, powertools_metric_unit, powertools_metrics, powertools_tracer,
    value::Value,
};
use crate::state::State;
use std::rc::Rc;

/// Too much.
pub static REFUSED: Class = Class {
    name: "Refused",
    bases: &[&error::EXCEPTION],
};

/// Sells.
pub struct Shop {
    pub title: String,
}

impl Shop {
    pub fn new(title: &str) -> Rc<Shop> {
        let title = title.to_owned();
        Rc::new(Shop { title })
    }

    /// `sell_inner` with `@tracer.capture_method` around it.
    pub fn sell(&self, state: &State, count: i64) -> Result<Dict> {
        powertools_tracer::begin(&state.tracer, "app.Shop.sell")?;
        let result = self.sell_inner(state, count);
        powertools_tracer::end_method(
            &state.tracer,
            "app.Shop.sell",
            result,
            |response| Value::from(response.clone()),
            None,
            Some(false),
        )
    }

    pub fn sell_inner(&self, state: &State, count: i64) -> Result<Dict> {
        powertools_logger::append_keys(
            &state.logger,
            &Dict::from([("shop", Value::from(self.title.clone()))]),
        )?;
        powertools_metrics::add_metric(
            &state.metrics,
            "Sold",
            powertools_metric_unit::COUNT,
            &Value::from(count),
        )?;
        powertools_metrics::add_dimension(
            &state.metrics,
            "shop",
            &Value::from(self.title.clone()),
        )?;
        Ok(Dict::from([
            ("shop", Value::from(self.title.clone())),
            ("count", Value::from(count)),
        ]))
    }
}

/// `handler_inner` with `@metrics.log_metrics`, `@logger.inject_lambda_context`, `@tracer.capture_lambda_handler` around it.
pub fn handler(
    state: &State,
    event: &Value,
    context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    let result_2 = 'captured: {
        if let Err(error) = powertools_logger_context::inject_lambda_context(
            &state.logger,
            event,
            context,
            Some(true),
            Some(powertools_jmespath::API_GATEWAY_REST),
            true,
        ) {
            break 'captured Err(error);
        }
        if let Err(error) = powertools_tracer::begin(&state.tracer, "handler") {
            break 'captured Err(error);
        }
        let result = handler_inner(state, event, context);
        powertools_tracer::end_handler(
            &state.tracer,
            "handler",
            result,
            |response| Value::from(response.clone()),
            None,
            None,
        )
    };
    powertools_metrics::log_metrics(&state.metrics, context, result_2, true, false)
}

/// Answers.
pub fn handler_inner(
    state: &State,
    event: &Value,
    _context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    note(state, event, true)?;
    let mut number = Value::Int(0);
    'done: {
        let error = 'attempt: {
            number = or_break!('attempt, double(state, &dict::get(or_break!('attempt, event.expect_dict("get")), "n", Value::None)));
            break 'done;
        };
        if error.is(&REFUSED) {
            powertools_logger_methods::exception(
                &state.logger,
                "handler:61",
                &Value::from("refused"),
                &[],
                &Value::None,
                &Dict::new(),
                Some(&error),
            )?;
            powertools_logger_methods::error_of(
                &state.logger,
                "handler:62",
                &Value::from("again: %s"),
                &[Value::from(error.clone())],
                &Value::Bool(true),
                &Value::None,
                Some(&error),
            )?;
        } else {
            return Err(error);
        }
    }
    powertools_tracer::put_annotation(&state.tracer, "number", &number)?;
    powertools_tracer::put_metadata(&state.tracer, "event", event, None)?;
    if number == 8 {
        return Err(Error::new(&error::VALUE_ERROR, "eight".to_owned()));
    }
    powertools_logger_methods::warning_with(
        &state.logger,
        "handler:67",
        &Value::from(Dict::from([("number", number.clone())])),
        &[],
        &Value::None,
        &Dict::from([("more", Value::Int(1))]),
    )?;
    Ok(Dict::from([
        ("number", number),
        ("sold", Value::from(state.shop.sell(state, 3)?)),
        (
            "level",
            Value::from(powertools_logger::log_level(&state.logger)),
        ),
    ]))
}

/// `note_inner` with `@tracer.capture_method` around it.
pub fn note(state: &State, event: &Value, loud: bool) -> Result<()> {
    powertools_tracer::begin(&state.tracer, "app.note")?;
    let result = note_inner(state, event, loud);
    powertools_tracer::end_method(
        &state.tracer,
        "app.note",
        result,
        |()| Value::None,
        Some(false),
        None,
    )?;
    Ok(())
}

/// `double_inner` with `@tracer.capture_method` around it.
pub fn double(state: &State, number: &Value) -> Result<Value> {
    powertools_tracer::begin(&state.tracer, "app.double")?;
    let result = double_inner(number);
    powertools_tracer::end_method(
        &state.tracer,
        "app.double",
        result,
        Value::clone,
        None,
        None,
    )
}

pub fn note_inner(state: &State, event: &Value, loud: bool) -> Result<()> {
    powertools_logger_methods::info_with(
        &state.logger,
        "note:29",
        &Value::from("noted"),
        &[],
        &Value::from(Dict::from([
            ("loud", Value::from(loud)),
            ("n", dict::get(event.expect_dict("get")?, "n", Value::None)),
        ])),
        &Dict::new(),
    )?;
    Ok(())
}

/// Twice; raises where there is nothing to double.
pub fn double_inner(number: &Value) -> Result<Value> {
    if number.is_none() {
        return Err(Error::new(&REFUSED, "nothing to double".to_owned()));
    }
    ops::mul(number, &Value::Int(2))
}
