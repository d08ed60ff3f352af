use crate::python::{
    builtins, dict, dict::Dict, error, error::Result, lambda_context, list, list::List, ops,
    sequences, set::Set, string_split, tuple, value::Value,
};
use crate::state::State;

pub fn handler(
    state: &State,
    event: &Value,
    _context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    list::clear(&state.log);
    let xs = dict::get(
        event.expect_dict("get")?,
        "xs",
        Value::from(List::from([Value::Int(1), Value::Int(2), Value::Int(3)])),
    );
    let mut y: Value;
    for item_2 in xs.iterate()? {
        y = double(state, &item_2)?;
        list::append(
            &state.log,
            Value::from(List::from([Value::from("body"), y.clone()])),
        );
        if y == 4 {
            break;
        }
    }
    for item_3 in xs.iterate()? {
        if odd(state, &item_3)?.is_true() {
            y = item_3.clone();
            list::append(
                &state.log,
                Value::from(List::from([Value::from("kept"), y.clone()])),
            );
        }
    }
    for item_4 in xs.iterate()? {
        if item_4.is_true() {
            y = item_4.clone();
            list::append(
                &state.log,
                Value::from(List::from([Value::from("true"), y.clone()])),
            );
        }
    }
    for x_2 in xs.iterate()? {
        if odd(state, &x_2)?.is_true() {
            y = double(state, &x_2)?;
            if y == 2 {
                continue;
            }
            list::append(
                &state.log,
                Value::from(List::from([Value::from("gen"), y.clone()])),
            );
        }
    }
    list::append(&state.log, Value::from("end"));

    let mut any = false;
    for x_3 in xs.iterate()? {
        if double(state, &x_3)? == 4 {
            any = true;
            break;
        }
    }
    let a = any;
    let mut all = true;
    for x_4 in xs.iterate()? {
        if !odd(state, &x_4)?.is_true() {
            all = false;
            break;
        }
    }
    let b = all;
    let mut any_2 = false;
    for x_5 in xs.iterate()? {
        if x_5 == 2 {
            any_2 = true;
            break;
        }
    }
    if any_2 {
        list::append(&state.log, Value::from("two"));
    } else {
        let mut any_3 = false;
        for x_6 in xs.iterate()? {
            if odd(state, &x_6)?.is_true() {
                any_3 = true;
                break;
            }
        }
        if any_3 {
            list::append(&state.log, Value::from("odd"));
        } else {
            let mut all_2 = true;
            for x_7 in xs.iterate()? {
                if !x_7.is_true() {
                    all_2 = false;
                    break;
                }
            }
            if all_2 {
                list::append(&state.log, Value::from("all"));
            }
        }
    }
    let mut total = Value::Int(0);
    for x_8 in xs.iterate()? {
        total = ops::add(&total, &double(state, &x_8)?)?;
    }
    let c = total.clone();
    let d = builtins::expect_one(
        {
            let mut total_2 = None;
            for x_9 in xs.iterate()? {
                total_2 = builtins::max_next(total_2.clone(), double(state, &x_9)?)?;
            }
            total_2
        },
        "max",
    )?;
    let e = builtins::expect_one(
        {
            let mut total_3 = None;
            for x_10 in xs.iterate()? {
                total_3 = builtins::min_next(
                    total_3.clone(),
                    if matches!(x_10, Value::Dict(_)) {
                        x_10.item("a")?
                    } else {
                        x_10.clone()
                    },
                )?;
            }
            total_3
        },
        "min",
    )?;
    let mut found = Value::None;
    for x_11 in xs.iterate()? {
        if odd(state, &x_11)?.is_true() {
            found = x_11;
            break;
        }
    }
    let f = found.clone();
    let g = xs.iterate()?.next().unwrap_or(Value::from("none"));
    let mut found_2 = Value::Int(0);
    for x_12 in xs.iterate()? {
        if x_12 != 1 {
            found_2 = double(state, &x_12)?;
            break;
        }
    }
    let h = found_2.clone();
    let n = ({
        let mut found_3 = None;
        for x_13 in xs.iterate()? {
            if x_13.is_true() {
                found_3 = Some(x_13);
                break;
            }
        }
        found_3
    })
    .ok_or_else(error::stop_iteration)?;
    let s = sequences::sorted(
        Value::from({
            let items = Set::new();
            for x in xs.iterate()? {
                items.add(Value::from(x.to_string()))?;
            }
            items
        })
        .iterate()?,
        false,
    )?;
    let m = {
        let members = Dict::new();
        for x in xs.iterate()? {
            members.insert(x.to_string(), double(state, &x)?);
        }
        members
    };
    let j = string_split::join(
        ",",
        &({
            let items = List::new();
            for x in xs.iterate()? {
                items.push(Value::from(double(state, &x)?.to_string()));
            }
            items
        }),
    )?;
    let t = {
        let items = List::new();
        for item in xs.iterate()? {
            items.push(Value::from(item.to_string()));
        }
        items
    };
    let u = {
        let items = List::new();
        for item in xs.iterate()? {
            if odd(state, &item)?.is_true() {
                items.push(item.clone());
            }
        }
        items
    };
    let v = Value::from(tuple::tuple(
        ({
            let items = List::new();
            for x in xs.iterate()? {
                items.push(x);
            }
            items
        })
        .iter(),
    ));
    let mut any_4 = false;
    for x_14 in xs.iterate()? {
        for y_2 in xs.iterate()? {
            if x_14 == ops::add(&y_2, &Value::Int(1))? {
                any_4 = true;
                break;
            }
        }
        if any_4 {
            break;
        }
    }
    let nested = any_4;
    let lam = {
        let items = List::new();
        for item in xs.iterate()? {
            items.push(ops::mul(&item, &Value::Int(2))?);
        }
        items
    };
    Ok(Dict::from([
        (
            "log",
            Value::from({
                let items = List::new();
                for item in state.log.iter() {
                    items.push(item);
                }
                items
            }),
        ),
        (
            "r",
            Value::from(List::from([
                Value::from(a),
                Value::from(b),
                c,
                d,
                e,
                f,
                g,
                h,
                n,
                Value::from(s),
                Value::from(m.clone()),
                Value::from(j),
                Value::from(t),
                Value::from(u),
                v,
                Value::from(nested),
                Value::from(lam),
            ])),
        ),
        (
            "first",
            m.to_keys()
                .into_iter()
                .next()
                .ok_or_else(error::stop_iteration)?,
        ),
    ]))
}

pub fn double(state: &State, x: &Value) -> Result<Value> {
    list::append(
        &state.log,
        Value::from(List::from([Value::from("double"), x.clone()])),
    );
    ops::add(x, x)
}

pub fn odd(state: &State, x: &Value) -> Result<Value> {
    list::append(
        &state.log,
        Value::from(List::from([Value::from("odd"), x.clone()])),
    );
    ops::modulo(x, &Value::Int(2))
}
