//! Merges carts; what several carts share is shared.

use crate::python::{
    builtins, copy, dict, dict::Dict, error::Result, in_place, lambda_context, list, list::List,
    ops, sequences, value::Value,
};
use crate::state::State;

pub fn handler(
    state: &State,
    event: &Value,
    _context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    let items = event.item("items")?;
    let alias = items.clone();
    list::append(alias.expect_list("append")?, Value::from("added"));
    let shallow = {
        let items_2 = List::new();
        for item in items.iterate()? {
            items_2.push(item);
        }
        items_2
    };
    list::append(&shallow, Value::from("only here"));
    let deep = copy::deepcopy(event)?;
    list::append(
        deep.item("items")?.expect_list("append")?,
        Value::from("deep"),
    );
    let rows = ops::mul(
        &Value::from(List::from([ops::mul(
            &Value::from(List::from([Value::Int(0)])),
            &Value::Int(2),
        )?])),
        &Value::Int(3),
    )?;
    rows.item(Value::Int(0))?
        .set_item(Value::Int(1), Value::Int(1))?;
    let separate = {
        let items_2 = List::new();
        for _unused in 0..3 {
            items_2.push(ops::mul(
                &Value::from(List::from([Value::Int(0)])),
                &Value::Int(2),
            )?);
        }
        items_2
    };
    Value::from(separate.clone())
        .item(Value::Int(0))?
        .set_item(Value::Int(1), Value::Int(1))?;
    let defaults = dict::copy(&state.defaults);
    list::append(
        defaults
            .member("meta")?
            .item("tags")?
            .expect_list("append")?,
        Value::from(builtins::len_value(&items)?),
    );
    defaults.insert(
        "items",
        ops::add(
            &defaults.member("items")?,
            &Value::from(List::from([Value::Int(1)])),
        )?,
    );
    let pair = (List::new(), "fixed".to_owned());
    list::append(
        &pair.0,
        dict::get(event.expect_dict("get")?, "id", Value::None),
    );
    let value = List::new();
    let first = value.clone();
    let second = value.clone();
    list::append(&first, Value::Int(1));
    let extended = extend(&items, &List::from([Value::from("e")]))?;
    let replaced = replace(&items, &List::from([Value::from("r")]))?;
    list::append(&state.history, items.clone());
    let swapped = Dict::from([("a", Value::Int(1)), ("b", Value::Int(2))]);
    let (part, part_2) = (swapped.member("b")?, swapped.member("a")?);
    swapped.insert("a", part);
    swapped.insert("b", part_2);
    let mut text = dict::get(event.expect_dict("get")?, "text", Value::from(""));
    let before = text.clone();
    text = in_place::in_place_add(&text, &Value::from("!"))?;
    let nested = dict::setdefault(
        event.expect_dict("setdefault")?,
        &Value::from("nested"),
        Value::from(Dict::new()),
    )?;
    nested.set_item("touched", Value::Bool(true))?;
    let same = nested == event.item("nested")?;
    let mut items_2 = items.iterate()?;
    while let Some(item) = items_2.step()? {
        if item == "grow" && builtins::len_value(&items)? < 12 {
            list::append(items.expect_list("append")?, Value::from("grown"));
        }
    }
    Ok(Dict::from([
        ("items", items),
        ("alias", alias),
        ("shallow", Value::from(shallow)),
        ("deep", deep),
        ("rows", rows),
        ("separate", Value::from(separate)),
        ("defaults", Value::from(state.defaults.clone())),
        ("pair", Value::from(pair)),
        ("second", Value::from(second)),
        ("extended", extended),
        ("replaced", replaced),
        (
            "added",
            Value::from(add(
                &dict::get(event.expect_dict("get")?, "id", Value::None),
                None,
            )?),
        ),
        (
            "remembered",
            Value::from(remember(
                &dict::get(event.expect_dict("get")?, "id", Value::None).to_string(),
                None,
            )?),
        ),
        ("history", Value::from(builtins::len_list(&state.history))),
        ("swapped", Value::from(swapped)),
        ("text", Value::from(List::from([before, text]))),
        (
            "merged",
            Value::from(merged(
                &nested,
                &Dict::from([("more", Value::from(List::from([Value::from(same)])))]),
            )?),
        ),
        ("event", event.clone()),
    ]))
}

pub fn extend(target: &Value, more: &List) -> Result<Value> {
    let mut target = target.clone();
    target = in_place::in_place_add(&target, &Value::from(more.clone()))?;
    Ok(target)
}

pub fn replace(target: &Value, more: &List) -> Result<Value> {
    let mut target = target.clone();
    target = ops::add(&target, &Value::from(more.clone()))?;
    Ok(target)
}

pub fn add(item: &Value, cart: Option<&List>) -> Result<Option<List>> {
    let mut cart = cart.cloned();
    cart = Some(match cart.clone() {
        Some(value) if !value.is_empty() => value,
        _ => List::new(),
    });
    list::append(
        Value::from(cart.clone()).expect_list("append")?,
        item.clone(),
    );
    Ok(cart)
}

pub fn remember(entry: &str, log: Option<&Dict>) -> Result<Option<Dict>> {
    let mut log = log.cloned();
    log = Some(if let Some(log) = &log {
        log.clone()
    } else {
        Dict::new()
    });
    Value::from(log.clone()).set_item(
        entry,
        ops::add(
            &dict::get(
                Value::from(log.clone()).expect_dict("get")?,
                entry,
                Value::Int(0),
            ),
            &Value::Int(1),
        )?,
    )?;
    Ok(log)
}

pub fn merged(one: &Value, other: &Dict) -> Result<Dict> {
    let result = sequences::dict_of(one)?;
    dict::update(&result, other);
    Ok(result)
}
