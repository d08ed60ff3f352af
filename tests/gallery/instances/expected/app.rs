//! Instances in lists and dicts, given to functions, asked for what they are.

use crate::models;
use crate::python::{
    builtins, convert, dict, dict::Dict, error, error::Result, error::or_break, iterate, json,
    lambda_context, list, list::List, object, ops, sequences, value::Value,
};
use std::rc::Rc;

pub fn handler(event: &Value, _context: &lambda_context::LambdaContext) -> Result<Dict> {
    let user = models::UserInfo::new(
        "ada",
        &dict::get(event.expect_dict("get")?, "tenant", Value::None),
        (),
    );
    user.attributes.insert(
        "email",
        dict::get(event.expect_dict("get")?, "email", Value::None),
    );
    let basket = models::Basket::new(&user)?;
    let products = List::new();
    let mut items = iterate::Enumerated::of(
        0,
        dict::get(event.expect_dict("get")?, "skus", Value::from(List::new())).iterate()?,
    );
    while let Some((index, sku)) = items.step()? {
        let product = models::Product::new(&sku, ops::int_add(index, 1)?, 2);
        list::append(&products, Value::from(product.clone()));
        basket.add_(&product)?;
    }
    let seen = Dict::from([
        ("user", Value::from(user.clone())),
        ("products", Value::from(products.clone())),
        (
            "point",
            Value::from(Rc::new(models::Point {
                attributes: Dict::from([("x", Value::Int(1)), ("y", Value::Int(2))]),
            })),
        ),
    ]);
    builtins::print(
        &[Value::from({
            let items = List::new();
            for it in ops::add(
                &Value::from(products.clone()),
                &Value::from(List::from([
                    Value::from(user.clone()),
                    Value::from(Rc::new(models::Point {
                        attributes: Dict::from([("x", Value::Int(3)), ("y", Value::Int(4))]),
                    })),
                    Value::Int(5),
                ])),
            )?
            .iterate()?
            {
                items.push(named(&it)?);
            }
            items
        })],
        " ",
        "\n",
        false,
    );
    let totals = {
        let items = List::new();
        for it in products.iter() {
            items.push(it.attribute("total")?);
        }
        items
    };
    let texts = {
        let items = List::new();
        for it in products.iter() {
            items.push(Value::from(
                object::receiver::<models::Product>(&it, "describe")?.describe("the")?,
            ));
        }
        items
    };
    let counter = models::Counter::new();
    let counters = Dict::from([("main", Value::from(counter.clone()))]);
    counter.increase()?;
    builtins::print(
        &[
            counters.member("main")?.attribute("value")?,
            counter.increase()?,
            counters.member("main")?.attribute("value")?,
        ],
        " ",
        "\n",
        false,
    );
    builtins::print(
        &[
            Value::from(Rc::new(models::Point {
                attributes: Dict::from([("x", Value::Int(1)), ("y", Value::Int(2))]),
            })),
            Value::from(ops::repr(&seen.member("point")?)),
            Value::from(
                seen.member("point")?
                    == Value::from(Rc::new(models::Point {
                        attributes: Dict::from([("x", Value::Int(1)), ("y", Value::Int(2))]),
                    })),
            ),
            Value::from(
                Value::from(Rc::new(models::Point {
                    attributes: Dict::from([("x", Value::Int(1)), ("y", Value::Int(2))]),
                })) == Value::from(Rc::new(models::Point {
                    attributes: Dict::from([("x", Value::Int(2)), ("y", Value::Int(2))]),
                })),
            ),
        ],
        " ",
        "\n",
        false,
    );
    if !products.is_empty() {
        renamed(&Value::from(products.clone()).item(Value::Int(0))?, "new")?;
        builtins::print(
            &[
                Value::from(products.clone())
                    .item(Value::Int(0))?
                    .attribute("sku")?,
                Value::from(products.clone())
                    .item(Value::Int(0))?
                    .attribute("KIND")?,
                Value::from(basket.count()?),
            ],
            " ",
            "\n",
            false,
        );
        builtins::print(
            &[
                Value::from({
                    let item = Value::from(products.clone()).item(Value::Int(0))?;
                    basket.attribute("items")?.contains(&item)?
                }),
                Value::from(
                    Value::from(products).item(Value::Int(0))?
                        == basket.attribute("items")?.item(Value::Int(0))?,
                ),
            ],
            " ",
            "\n",
            false,
        );
    }
    'done: {
        let error = 'attempt: {
            builtins::print(
                &[
                    or_break!('attempt, basket.attribute("email")),
                    or_break!('attempt, or_break!('attempt, basket.attribute("last")).attribute("sku")),
                ],
                " ",
                "\n",
                false,
            );
            break 'done;
        };
        if error.is(&error::ATTRIBUTE_ERROR) {
            builtins::print(&[Value::from(error)], " ", "\n", false);
        } else {
            return Err(error);
        }
    }
    if dict::get(event.expect_dict("get")?, "ask", Value::None).is_true() {
        builtins::print(
            &[seen.member("user")?.attribute("nothing")?],
            " ",
            "\n",
            false,
        );
    }
    if dict::get(event.expect_dict("get")?, "dump", Value::None).is_true() {
        json::dumps(&Value::from(seen.clone()))?;
    }
    builtins::print(
        &[
            Value::from(seen.member("user")?.is_same(&Value::from(user.clone()))),
            Value::from(
                basket
                    .attribute("owner")?
                    .is_same(&Value::from(counter.clone())),
            ),
            Value::from(Value::from(counter.clone()).is_same(&Value::from(counter.clone()))),
        ],
        " ",
        "\n",
        false,
    );
    builtins::print(
        &[
            Value::from(Value::from(user.clone()).has_attribute("email")?),
            Value::from(Value::from(basket.clone()).has_attribute("email")?),
            Value::from(seen.member("point")?.has_attribute("z")?),
        ],
        " ",
        "\n",
        false,
    );
    let members = user.attributes.clone();
    members.insert("tenant_id", Value::from("changed"));
    builtins::print(
        &[
            user.attribute("tenant_id")?,
            Value::from(Value::from(user.attributes.clone()) == Value::from(members)),
            Value::from(sequences::sorted(
                seen.member("user")?.attribute("__dict__")?.iterate()?,
                false,
            )?),
        ],
        " ",
        "\n",
        false,
    );
    let encoded = json::dumps_default(&Value::from(basket), |it| it.attribute("__dict__"))?;
    Ok({
        let dict = Dict::new();
        dict::update(&dict, &answer(&user.attributes)?);
        dict.insert("totals", Value::from(totals));
        dict.insert("texts", Value::from(texts));
        dict.insert("encoded", Value::from(encoded));
        dict
    })
}

pub fn named(thing: &Value) -> Result<Value> {
    if object::is_instance::<models::Product>(thing) {
        return thing.attribute("sku");
    }
    if object::is_instance::<models::Point>(thing) {
        return Ok(Value::from(format!("point {}", thing.attribute("x")?)));
    }
    convert::attribute_or(thing, "user_name", Value::from("nobody"))
}

pub fn renamed(thing: &Value, name: &str) -> Result<()> {
    thing.set_attribute("sku", Value::from(name))?;
    Ok(())
}

pub fn answer(message: &Dict) -> Result<Dict> {
    Ok(Dict::from([
        ("statusCode", Value::Int(200)),
        (
            "body",
            Value::from(json::dumps(&Value::from(Dict::from([(
                "message",
                Value::from(message.clone()),
            )])))?),
        ),
    ]))
}
