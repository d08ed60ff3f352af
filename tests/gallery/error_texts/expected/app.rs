//! Reads settings from a nested event and says what is wrong with them.

use crate::python::{
    builtins, dict, dict::Dict, error, error::Error, error::Result, error::or_break, json,
    lambda_context, list::List, methods, numbers, ops, string_case, string_split, value::Value,
};
use crate::state::State;

pub fn handler(
    state: &State,
    event: &Value,
    _context: &lambda_context::LambdaContext,
) -> Result<Value> {
    let results = tried(
        state,
        &dict::get(
            event.expect_dict("get")?,
            "settings",
            Value::from(Dict::new()),
        ),
    )?;
    if dict::get(event.expect_dict("get")?, "strict", Value::None).is_true() {
        return ops::add(
            &event.item("strict")?.item("level")?,
            &event.item("strict")?.item("name")?,
        );
    }
    Ok(Value::from(results))
}

pub fn tried(state: &State, settings: &Value) -> Result<List> {
    Ok({
        let items = List::new();
        for action in state.actions.iter() {
            items.push(Value::from(attempt(&action, settings)?));
        }
        items
    })
}

pub fn attempt(action: &Value, value: &Value) -> Result<Dict> {
    let error = 'attempt: {
        let value_2 = Dict::from([("value", or_break!('attempt, run(action, value)))]);
        return Ok(value_2);
    };
    if error.is(&error::KEY_ERROR) || error.is(&error::INDEX_ERROR) {
        Ok(Dict::from([
            ("lookup", Value::from(error.to_string())),
            ("kind", Value::from(ops::repr(&Value::from(error.clone())))),
            (
                "args",
                Value::from({
                    let items = List::new();
                    for item in Value::from(error.clone()).attribute("args")?.iterate()? {
                        items.push(item);
                    }
                    items
                }),
            ),
        ]))
    } else if error.is(&error::TYPE_ERROR)
        || error.is(&error::VALUE_ERROR)
        || error.is(&error::ATTRIBUTE_ERROR)
    {
        Ok(Dict::from([
            ("bad", Value::from(format!("bad: {error}"))),
            ("repr", Value::from(ops::repr(&Value::from(error.clone())))),
        ]))
    } else if error.is(&error::ARITHMETIC_ERROR) {
        Ok(Dict::from([("arithmetic", Value::from(error.to_string()))]))
    } else {
        Err(error)
    }
}

pub fn run(action: &Value, settings: &Value) -> Result<Value> {
    if action == "port" {
        return Ok(Value::from(port(settings)?));
    } else if action == "host" {
        return host(settings);
    } else if action == "upper" {
        return Ok(Value::from(upper(settings)?));
    } else if action == "total" {
        return total(settings);
    } else if action == "concatenated" {
        return concatenated(settings);
    } else if action == "ratio" {
        return ratio(settings);
    } else if action == "ordered" {
        return Ok(Value::from(ordered(settings)?));
    } else if action == "unpacked" {
        return Ok(Value::from(unpacked(settings)?));
    } else if action == "decoded" {
        return decoded(settings);
    } else if action == "length" {
        return Ok(Value::from(length(settings)?));
    } else if action == "looped" {
        return Ok(Value::from(looped(settings)?));
    } else if action == "joined" {
        return Ok(Value::from(joined(settings)?));
    } else if action == "removed" {
        return removed(settings);
    } else if action == "fraction" {
        return Ok(Value::from(fraction(settings)?));
    }

    Err(Error::with_args(
        &error::NOT_IMPLEMENTED_ERROR,
        vec![action.clone()],
    ))
}

pub fn port(settings: &Value) -> Result<i64> {
    numbers::int_of(&settings.item("port")?)
}

pub fn host(settings: &Value) -> Result<Value> {
    settings.item("hosts")?.item(dict::get(
        settings.expect_dict("get")?,
        "index",
        Value::Int(0),
    ))
}

pub fn upper(settings: &Value) -> Result<String> {
    Ok(string_case::upper(
        settings.item("name")?.expect_str("upper")?,
    ))
}

pub fn total(settings: &Value) -> Result<Value> {
    builtins::sum(settings.item("numbers")?.iterate()?)
}

pub fn concatenated(settings: &Value) -> Result<Value> {
    ops::add(&Value::from("name: "), &settings.item("name")?)
}

pub fn ratio(settings: &Value) -> Result<Value> {
    ops::div(&settings.item("a")?, &settings.item("b")?)
}

pub fn ordered(settings: &Value) -> Result<bool> {
    ops::lt(&settings.item("a")?, &settings.item("b")?)
}

pub fn unpacked(settings: &Value) -> Result<List> {
    let item = settings.item("pair")?;
    let [one, two] = item.unpack()?;
    Ok(List::from([two, one]))
}

pub fn decoded(settings: &Value) -> Result<Value> {
    json::loads_value(&settings.item("json")?)
}

pub fn length(settings: &Value) -> Result<i64> {
    builtins::len_value(&settings.item("name")?)
}

pub fn looped(settings: &Value) -> Result<List> {
    Ok({
        let items = List::new();
        for item in settings.item("numbers")?.iterate()? {
            items.push(item);
        }
        items
    })
}

pub fn joined(settings: &Value) -> Result<String> {
    string_split::join_value(",", &settings.item("words")?)
}

pub fn removed(settings: &Value) -> Result<Value> {
    methods::remove(&settings.item("words")?, &Value::from("missing"))?;
    settings.item("words")
}

pub fn fraction(settings: &Value) -> Result<f64> {
    numbers::float_of(&settings.item("fraction")?)
}
