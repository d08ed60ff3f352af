//! Transfers between accounts, undone in part when they fail.

use crate::python::{
    builtins, dict, dict::Dict, error, error::Class, error::Error, error::Result, error::or_break,
    in_place, lambda_context, list, list::List, ops, sequences, value::Value,
};
use crate::state::State;

/// A transfer that cannot be.
pub static TRANSFER_ERROR: Class = Class {
    name: "TransferError",
    bases: &[&error::EXCEPTION],
};

pub static OVERDRAWN: Class = Class {
    name: "Overdrawn",
    bases: &[&TRANSFER_ERROR],
};

pub fn handler(
    state: &State,
    event: &Value,
    _context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    let accounts = sequences::dict_of(&dict::get(
        event.expect_dict("get")?,
        "accounts",
        Value::from(Dict::from([
            ("ada", Value::Int(10)),
            ("bob", Value::Int(5)),
        ])),
    ))?;
    let log = List::new();
    let failed = List::new();
    let mut items = dict::get(
        event.expect_dict("get")?,
        "orders",
        Value::from(List::new()),
    )
    .iterate()?;
    while let Some(order) = items.step()? {
        'done: {
            let error = 'attempt: {
                or_break!('attempt, transfer(&accounts, &or_break!('attempt, order.item("from")), &or_break!('attempt, order.item("to")), &or_break!('attempt, order.item("amount")), &log));
                break 'done;
            };
            if error.is(&OVERDRAWN) {
                list::append(
                    &failed,
                    Value::from(Dict::from([
                        ("account", Value::from(error.clone()).attribute("account")?),
                        ("missing", Value::from(error.clone()).attribute("missing")?),
                        ("text", Value::from(error.to_string())),
                    ])),
                );
            } else if error.is(&TRANSFER_ERROR) {
                list::append(
                    &failed,
                    Value::from(Dict::from([
                        ("text", Value::from(error.to_string())),
                        (
                            "cause",
                            Value::from(ops::repr(
                                &Value::from(error.clone()).attribute("__cause__")?,
                            )),
                        ),
                    ])),
                );
            } else {
                return Err(error);
            }
        }
    }
    if dict::get(event.expect_dict("get")?, "fatal", Value::None).is_true() {
        withdraw(&accounts, &Value::from("ada"), &Value::Int(1000))?;
    }
    Ok(Dict::from([
        ("accounts", Value::from(accounts)),
        ("log", Value::from(log)),
        ("failed", Value::from(failed)),
        (
            "outcomes",
            Value::from({
                let items = List::new();
                for value in [0, 3, 5].into_iter() {
                    items.push(outcome(state, value)?);
                }
                items
            }),
        ),
        (
            "loops",
            Value::from(List::from([
                Value::from(loop_(&List::from([
                    Value::Int(1),
                    Value::Int(2),
                    Value::Int(3),
                ]))),
                Value::from(loop_(&List::from([
                    Value::Int(1),
                    Value::Int(4),
                    Value::Int(3),
                ]))),
                Value::from(loop_(&List::new())),
            ])),
        ),
        (
            "nested",
            Value::from(List::from([
                Value::from(nested(0)?),
                Value::from(nested(2)?),
            ])),
        ),
        ("seen", Value::from(builtins::len_list(&state.seen))),
    ]))
}

pub fn transfer(
    accounts: &Dict,
    source: &Value,
    target: &Value,
    amount: &Value,
    log: &List,
) -> Result<bool> {
    list::append(log, Value::from(format!("{source}->{target}")));
    let result = 'finally: {
        let error = 'attempt: {
            let error = 'attempt_2: {
                or_break!('attempt_2, withdraw(accounts, source, amount));
                or_break!('attempt_2, accounts.set_item(target.clone(), or_break!('attempt_2, in_place::in_place_add(&or_break!('attempt_2, accounts.get_item(target)), amount))));
                list::append(log, Value::from("done"));
                break 'finally Ok(true);
            };
            if error.is(&error::KEY_ERROR) {
                list::append(log, Value::from(format!("unknown {error}")));
                break 'attempt Error::new(&TRANSFER_ERROR, "no such account".to_owned())
                    .with_cause(error);
            } else if error.is(&OVERDRAWN) {
                list::append(log, Value::from("overdrawn"));
                break 'attempt error;
            } else {
                break 'attempt error;
            }
        };
        Err(error)
    };
    list::append(log, Value::from("closed"));
    result
}

pub fn withdraw(accounts: &Dict, name: &Value, amount: &Value) -> Result<()> {
    if ops::lt(&accounts.get_item(name)?, amount)? {
        return Err(overdrawn(
            name,
            &ops::sub(amount, &accounts.get_item(name)?)?,
        ));
    }
    accounts.set_item(
        name.clone(),
        in_place::in_place_sub(&accounts.get_item(name)?, amount)?,
    )?;
    Ok(())
}

pub fn outcome(state: &State, value: i64) -> Result<Value> {
    let result = 'finally: {
        let error = 'attempt: {
            let error = 'attempt_2: {
                break 'finally Ok(Value::from(
                    or_break!('attempt_2, ops::int_floor_div(10, value)),
                ));
            };
            if error.is(&error::ZERO_DIVISION_ERROR) {
                break 'finally Ok(Value::from("zero"));
            } else {
                break 'attempt error;
            }
        };
        Err(error)
    };
    list::append(&state.seen, Value::from(value));
    result
}

pub fn loop_(values: &List) -> List {
    let passed = List::new();
    'searched: {
        for value in values.iter() {
            let mut continues = false;
            let mut breaks = false;
            'finally: {
                if value == 2 {
                    continues = true;
                    break 'finally;
                }
                if value == 4 {
                    breaks = true;
                    break 'finally;
                }
                list::append(&passed, value.clone());
            }
            list::append(&passed, Value::from(format!("f{value}")));
            if continues {
                continue;
            }
            if breaks {
                break 'searched;
            }
        }
        list::append(&passed, Value::from("else"));
    }
    passed
}

pub fn nested(value: i64) -> Result<List> {
    let trail = List::new();
    'done_2: {
        let error = 'attempt: {
            let left = 'finally: {
                let error = 'attempt_2: {
                    'done: {
                        let error = 'attempt_3: {
                            list::append(
                                &trail,
                                Value::from(or_break!('attempt_3, ops::int_div(1, value))),
                            );
                            break 'done;
                        };
                        if error.is(&error::ZERO_DIVISION_ERROR) {
                            list::append(&trail, Value::from("inner"));
                            break 'attempt_2 Error::new(&error::VALUE_ERROR, "outer".to_owned())
                                .with_cause(error);
                        } else {
                            break 'attempt_2 error;
                        }
                    }
                    break 'finally None;
                };
                Some(Err(error))
            };
            list::append(&trail, Value::from("inner finally"));
            if let Some(result) = left {
                match result {
                    Ok(value) => return Ok(value),
                    Err(error) => break 'attempt error,
                }
            }

            break 'done_2;
        };
        if error.is(&error::VALUE_ERROR) {
            list::append(
                &trail,
                Value::from(format!(
                    "{error} from {}",
                    ops::repr(&Value::from(error.clone()).attribute("__cause__")?)
                )),
            );
        } else {
            return Err(error);
        }
    }
    Ok(trail)
}

pub fn overdrawn(account: &Value, missing: &Value) -> Error {
    Error::with_args(
        &OVERDRAWN,
        vec![Value::from(format!("{account} lacks {missing}"))],
    )
    .with_attribute("account", account.clone())
    .with_attribute("missing", missing.clone())
}
