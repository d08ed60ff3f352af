use crate::python::{
    builtins, dict, dict::Dict, error, error::Result, error::or_break, iterate, lambda_context,
    list, list::List, methods, ops, sequences, value::Value,
};

pub fn handler(event: &Value, _context: &lambda_context::LambdaContext) -> Result<Dict> {
    let log = List::new();
    let errors = List::new();
    for work in [
        "pairs".to_owned(),
        "values".to_owned(),
        "keys".to_owned(),
        "lists".to_owned(),
    ]
    .into_iter()
    {
        'done: {
            let error = 'attempt: {
                if work == "pairs" {
                    or_break!('attempt, pairs(&or_break!('attempt, sequences::dict_of(&or_break!('attempt, event.item("d")))), &log));
                } else if work == "values" {
                    or_break!('attempt, values(&or_break!('attempt, sequences::dict_of(&or_break!('attempt, event.item("d")))), &log));
                } else if work == "keys" {
                    or_break!('attempt, keys(&or_break!('attempt, event.item("d")), &log));
                } else {
                    or_break!('attempt, lists(&or_break!('attempt, event.item("xs")), &log));
                }

                break 'done;
            };
            if error.is(&error::RUNTIME_ERROR) {
                list::append(&errors, Value::from(error.to_string()));
            } else {
                return Err(error);
            }
        }
    }
    let out = Dict::new();
    for (k, v) in event.item("d")?.expect_dict("items")?.pairs().into_iter() {
        out.set_item(k, v)?;
    }
    Ok(Dict::from([
        ("log", Value::from(log)),
        ("errors", Value::from(errors)),
        ("event", event.clone()),
        ("out", Value::from(out)),
    ]))
}

pub fn pairs(d: &Dict, log: &List) -> Result<()> {
    let mut items = iterate::Pairs::of(d);
    while let Some((k, v)) = items.step()? {
        list::append(log, Value::from(List::from([k.clone(), v])));
        if k == "a" {
            d.insert("b", Value::from("changed"));
        }
        if k == "grow" {
            d.insert("new", Value::Int(1));
        }
    }
    Ok(())
}

pub fn values(d: &Dict, log: &List) -> Result<()> {
    let mut items = iterate::Iter::of_values(d);
    while let Some(v) = items.step()? {
        list::append(log, v.clone());
        if v == "drop" {
            dict::pop(d, &Value::from("a"))?;
        }
        d.insert("a", Value::Int(7));
    }
    Ok(())
}

pub fn keys(d: &Value, log: &List) -> Result<()> {
    let mut k: Value;
    let mut items = d.iterate()?;
    while let Some(k_) = items.step()? {
        k = k_;
        list::append(log, k.clone());
        if k == "grow" {
            methods::update(
                d,
                &Value::from({
                    let dict = Dict::new();
                    dict.set_item(ops::add(&k, &Value::from("x"))?, Value::Int(1))?;
                    dict
                }),
            )?;
        }
        d.set_item(k.clone(), Value::Int(2))?;
    }
    for k_ in ({
        let items = List::new();
        for item in d.iterate()? {
            items.push(item);
        }
        items
    })
    .iter()
    {
        k = k_;
        d.delete_item(k.clone())?;
    }
    Ok(())
}

pub fn lists(xs: &Value, log: &List) -> Result<()> {
    let mut x: Value;
    let mut items = iterate::reversed(xs)?;
    while let Some(x_) = items.step()? {
        x = x_;
        list::append(log, x.clone());
        if x == 2 {
            methods::remove(xs, &x)?;
        }
    }
    let mut items = xs.iterate()?;
    while let Some(x_) = items.step()? {
        x = x_;
        if x == 1 && builtins::len_value(xs)? < 9 {
            list::append(xs.expect_list("append")?, Value::Int(5));
        }
        if x == 3 {
            methods::remove(xs, &Value::Int(3))?;
        }
    }
    let mut items = iterate::Enumerated::of(0, xs.iterate()?);
    while let Some((i, x_)) = items.step()? {
        x = x_;
        list::append(log, Value::from(List::from([Value::from(i), x.clone()])));
        if i < 2 {
            list::append(xs.expect_list("append")?, Value::from(i));
        }
    }
    Ok(())
}
