use crate::python::{
    builtins, dict, dict::Dict, error, error::Result, error::or_break, format, lambda_context,
    list, list::List, ops, string, string_case, value::Value,
};

pub fn handler(event: &Value, _context: &lambda_context::LambdaContext) -> Result<Dict> {
    let xs = dict::get(event.expect_dict("get")?, "xs", Value::None);
    let a = dict::get(event.expect_dict("get")?, "a", Value::None);
    let b = dict::get(event.expect_dict("get")?, "b", Value::None);
    let text = "héllo wörld".to_owned();
    let label = format!(
        " a={} b = {b} len( text )={}  text [ 1 ]={}",
        ops::repr(&a),
        format::format(&Value::from(builtins::len(&text)), ">4")?,
        ops::repr(&Value::from(text.clone()).item(Value::Int(1))?)
    );
    let got = List::new();
    for step in [
        Value::None,
        Value::Int(1),
        Value::Int(-1),
        Value::Int(2),
        dict::get(event.expect_dict("get")?, "s", Value::None),
    ]
    .into_iter()
    {
        'done: {
            let error = 'attempt: {
                list::append(&got, or_break!('attempt, xs.slice_by(&a, &b, &step)));
                break 'done;
            };
            if error.is(&error::TYPE_ERROR) || error.is(&error::VALUE_ERROR) {
                list::append(&got, Value::from(error.to_string()));
            } else {
                return Err(error);
            }
        }
    }
    Ok(Dict::from([
        ("got", Value::from(got)),
        (
            "text",
            Value::from(string::slice_by(
                text.as_str(),
                &a,
                &Value::None,
                &Value::None,
            )?),
        ),
        ("label", Value::from(label)),
        (
            "up",
            Value::from(string_case::upper(&string::slice_by(
                text.as_str(),
                &Value::None,
                &b,
                &Value::None,
            )?)),
        ),
    ]))
}
