use crate::python::{
    builtins, dict, dict::Dict, error, error::Result, error::or_break, lambda_context, list,
    list::List, numbers, ops, value::Value,
};

pub fn handler(event: &Value, _context: &lambda_context::LambdaContext) -> Result<Dict> {
    let log = List::new();
    let got = deep(
        &dict::get(event.expect_dict("get")?, "items", Value::from(List::new())),
        &log,
    )?;
    Ok(Dict::from([
        (
            "a",
            Value::from(quiet(&dict::get(
                event.expect_dict("get")?,
                "items",
                Value::from(List::new()),
            ))?),
        ),
        ("b", got),
        ("log", Value::from(log)),
        (
            "c",
            Value::from(simple(&dict::get(
                event.expect_dict("get")?,
                "x",
                Value::None,
            ))),
        ),
    ]))
}

pub fn deep(items: &Value, log: &List) -> Result<Value> {
    let mut items_2 = items.iterate()?;
    while let Some(item) = items_2.step()? {
        let mut breaks = false;
        let left = 'finally: {
            let error_3 = 'attempt: {
                'searched: {
                    for inner in 0..3 {
                        let mut breaks_2 = false;
                        let mut continues_2 = false;
                        let left = 'finally_2: {
                            let error = 'attempt_2: {
                                'done: {
                                    let error = 'attempt_3: {
                                        if item == inner {
                                            breaks_2 = true;
                                            break 'finally_2 None;
                                        }
                                        if inner == 1 {
                                            continues_2 = true;
                                            break 'finally_2 None;
                                        }
                                        if item == 5 {
                                            break 'finally_2 Some(Ok(Value::from("left")));
                                        }
                                        list::append(
                                            log,
                                            Value::from(
                                                or_break!('attempt_3, ops::int_add(or_break!('attempt_3, numbers::int_of(&item)), inner)),
                                            ),
                                        );
                                        break 'done;
                                    };
                                    if error.is(&error::VALUE_ERROR) {
                                        list::append(log, Value::from(error.to_string()));
                                        continues_2 = true;
                                        break 'finally_2 None;
                                    } else {
                                        break 'attempt_2 error;
                                    }
                                }
                                break 'finally_2 None;
                            };
                            Some(Err(error))
                        };
                        list::append(
                            log,
                            Value::from(List::from([Value::from("inner"), Value::from(inner)])),
                        );
                        if let Some(result) = left {
                            match result {
                                Ok(value) => break 'finally Some(Ok(value)),
                                Err(error) => break 'attempt error,
                            }
                        }
                        if breaks_2 {
                            break 'searched;
                        }
                        if continues_2 {
                            continue;
                        }
                    }
                    list::append(log, Value::from("whole"));
                }
                if item == "x" {
                    breaks = true;
                    break 'finally None;
                }
                break 'finally None;
            };
            Some(Err(error_3))
        };
        list::append(log, Value::from(List::from([Value::from("outer"), item])));
        if let Some(result) = left {
            return result;
        }
        if breaks {
            break;
        }
    }
    Ok(Value::from(log.clone()))
}

pub fn quiet(items: &Value) -> Result<List> {
    let log = List::new();
    for item in items.iterate()? {
        let mut continues = false;
        let mut breaks = false;
        'finally: {
            if item == 2 {
                continues = true;
                break 'finally;
            }
            if item == 4 {
                breaks = true;
                break 'finally;
            }
            list::append(&log, Value::from(format!("body {item}")));
        }
        list::append(&log, Value::from(format!("finally {item}")));
        if continues {
            continue;
        }
        if breaks {
            break;
        }
        list::append(&log, Value::from(format!("after {item}")));
    }
    Ok(log)
}

pub fn simple(x: &Value) -> i64 {
    let left = 'finally: {
        if x.is_true() {
            break 'finally Some(1);
        }
        None
    };
    builtins::print(&[Value::from("done")], " ", "\n", false);
    if let Some(result) = left {
        return result;
    }

    2
}
