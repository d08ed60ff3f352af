use crate::python::{
    builtins, dict, dict::Dict, error, error::Error, error::Result, error::or_break,
    lambda_context, list::List, numbers, sequences, value::Value,
};

pub fn handler(event: &Value, _context: &lambda_context::LambdaContext) -> Result<Dict> {
    let items = dict::get(event.expect_dict("get")?, "items", Value::from(List::new()));
    let out = Dict::new();
    'done: {
        let error_2 = 'attempt: {
            out.insert(
                "count",
                Value::from(
                    or_break!('attempt, numbers::int_of(&or_break!('attempt, event.item("count")))),
                ),
            );
            out.insert("more", or_break!('attempt, event.item("more")));
            break 'done;
        };
        if error_2.is(&error::KEY_ERROR) || error_2.is(&error::VALUE_ERROR) {
        } else {
            return Err(error_2);
        }
    }
    'done_2: {
        let error = 'attempt_2: {
            let item_2 = or_break!('attempt_2, items.gathered(1, 0));
            let [first, rest] = or_break!('attempt_2, item_2.unpack());
            out.insert("first", Value::from(List::from([first, rest])));
            let item_2 = or_break!('attempt_2, items.gathered(0, 1));
            let [init, last] = or_break!('attempt_2, item_2.unpack());
            out.insert("last", Value::from(List::from([init, last])));
            let item_2 = or_break!('attempt_2, Value::from("abcd").gathered(1, 1));
            let [_one, middle, _two] = or_break!('attempt_2, item_2.unpack());
            out.insert("middle", middle);
            let item_2 = or_break!('attempt_2, items.gathered(1, 1));
            let [a, b, c] = or_break!('attempt_2, item_2.unpack());
            out.insert("abc", Value::from(List::from([a, b, c])));
            break 'done_2;
        };
        if error.is(&error::VALUE_ERROR) {
            out.insert("error", Value::from(error.to_string()));
        } else {
            return Err(error);
        }
    }
    'done_4: {
        let error = 'attempt_3: {
            let results = List::new();
            let mut failed: Option<Error> = None;
            for item in or_break!('attempt_3, items.iterate()) {
                'done_3: {
                    let error = 'attempt_4: {
                        results.push(Value::from(or_break!('attempt_4, work(&item))));
                        break 'done_3;
                    };
                    if !error.is(&error::UNTRANSLATED) {
                        failed = failed.or(Some(error));
                    } else {
                        break 'attempt_3 error;
                    }
                }
            }
            if let Some(error) = &failed {
                break 'attempt_3 error.clone();
            }
            out.insert("work", Value::from(results.clone()));
            break 'done_4;
        };
        if error.is(&error::VALUE_ERROR) {
            out.insert("failed", Value::from(error.to_string()));
        } else {
            return Err(error);
        }
    }
    out.insert(
        "texts",
        Value::from(sequences::sorted_by(
            items.iterate()?,
            |value| Ok(Value::from(value.to_string())),
            false,
        )?),
    );
    let results_2 = List::new();
    for item in items.iterate()? {
        results_2.push(Value::from(format!("{item}!")));
    }
    out.insert("lambda", Value::from(results_2.clone()));
    Ok(out)
}

pub fn work(item: &Value) -> Result<List> {
    if item == "bad" {
        return Err(Error::new(&error::VALUE_ERROR, "bad item".to_owned()));
    }
    Ok(List::from([
        item.clone(),
        Value::from(builtins::len(&item.to_string())),
    ]))
}
