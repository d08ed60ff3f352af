//! What cannot be written as a case of `core.rs`. Expected values are those of CPython 3.11.

use std::rc::Rc;

use gammaray_support::python::dict::Dict;
use gammaray_support::python::error::{self, Error, Result};
use gammaray_support::python::list::List;
use gammaray_support::python::object::{Object, downcast};
use gammaray_support::python::value::Value;
use gammaray_support::python::{bytes, dict, json, list, ops, sort, text};
use gammaray_support::{dict, list};

#[test]
fn exceptions_show_themselves() {
    let text = |text: &str| Value::from(text);
    for (error, shown, represented) in [
        (error::key_error(&text("a")), "'a'", "KeyError('a')"),
        (
            Error::with_args(&error::KEY_ERROR, vec![]),
            "",
            "KeyError()",
        ),
        (
            Error::with_args(&error::KEY_ERROR, vec![text("a"), Value::from(1)]),
            "('a', 1)",
            "KeyError('a', 1)",
        ),
        (
            Error::with_args(
                &error::FILE_NOT_FOUND_ERROR,
                vec![Value::from(2), text("no")],
            ),
            "[Errno 2] no",
            "FileNotFoundError(2, 'no')",
        ),
        (Error::new(&error::OS_ERROR, "x"), "x", "OSError('x')"),
        (
            Error::with_args(&error::VALUE_ERROR, vec![Value::from(1), text("a")]),
            "(1, 'a')",
            "ValueError(1, 'a')",
        ),
        (
            Error::new(&error::VALUE_ERROR, "é\n"),
            "é\n",
            "ValueError('é\\n')",
        ),
        (
            Error::with_args(&error::RUNTIME_ERROR, vec![Value::None]),
            "None",
            "RuntimeError(None)",
        ),
    ] {
        assert_eq!(error.to_string(), shown);
        assert_eq!(ops::repr(&Value::from(error)), represented);
    }
}

#[test]
fn exceptions_have_classes_attributes_and_causes() {
    let cause = error::key_error(&Value::from("a"));
    let error = error::value_error("b")
        .with_cause(cause.clone())
        .with_attribute("code", 5);
    assert!(cause.is(&error::LOOKUP_ERROR) && cause.is(&error::EXCEPTION));
    assert!(!cause.is(&error::VALUE_ERROR));
    assert!(!error::untranslated("x").is(&error::BASE_EXCEPTION));
    assert!(error.cause().is_some_and(|own| own.is_same(&cause)));
    assert_eq!(error.attribute("code"), Some(Value::from(5)));
    assert_eq!(error.attribute("args"), Some(("b",).into()));
    assert!(error.attribute("other").is_none());
}

#[test]
fn undecodable_bytes_say_where() {
    let Err(error) = bytes::decode(b"a\xff", "utf-8", "strict") else {
        unreachable!("it is not UTF-8");
    };
    let represented = r"UnicodeDecodeError('utf-8', b'a\xff', 1, 2, 'invalid start byte')";
    assert_eq!(error.representation(), represented);
    assert_eq!(error.attribute("start"), Some(Value::from(1)));
    assert!(error.is(&error::UNICODE_ERROR));
}

#[test]
fn json_errors_have_attributes() {
    let document = "{\"a\":\n x}";
    let Err(error) = json::loads(document) else {
        unreachable!("it is not JSON");
    };
    let of = |name: &str| error.attribute(name).unwrap_or_default();
    assert_eq!(of("msg"), Value::from("Expecting value"));
    assert_eq!(of("doc"), Value::from(document));
    assert_eq!(
        [of("pos"), of("lineno"), of("colno")],
        [Value::from(7), Value::from(2), Value::from(2)]
    );
    assert_eq!(
        of("args"),
        Value::from(("Expecting value: line 2 column 2 (char 7)",))
    );
    assert!(error.is(&json::JSON_DECODE_ERROR) && error.is(&error::VALUE_ERROR));
}

#[test]
fn hooks_make_values() -> Result<()> {
    let text = Value::from(r#"{"a": [1.50, 2], "b": {"c": 1e3}}"#);
    let kept = json::loads_parse_float(&text, |number| Ok(format!("<{number}>").into()))?;
    assert_eq!(
        ops::repr(&kept),
        "{'a': ['<1.50>', 2], 'b': {'c': '<1e3>'}}"
    );
    let counted = json::loads_object_hook(&text, |dict| match dict {
        Value::Dict(dict) => Ok((dict.len() as i64).into()),
        other => Ok(other),
    })?;
    assert_eq!(counted, Value::from(2));
    let refused = json::loads("[123456789012345678901234567890]");
    assert!(refused.is_err_and(|error| error.is(&error::UNTRANSLATED)));
    let event = json::loads_event(b"[1");
    let message = "Unable to unmarshal input: Expecting ',' delimiter: line 1 column 3 (char 2)";
    assert!(event.is_err_and(|error| error.to_string() == message));
    Ok(())
}

#[test]
fn what_contains_itself_is_no_json() {
    let list = List::new();
    list.push(&list);
    let refused = json::dumps(&list.clone().into());
    assert!(refused.is_err_and(|error| error.to_string() == "Circular reference detected"));
    list::clear(&list);
    let shared = Value::from(list!["a"]);
    let twice = Value::from(list![&shared, &shared]);
    assert_eq!(
        json::dumps(&twice).ok().as_deref(),
        Some(r#"[["a"], ["a"]]"#)
    );
}

#[test]
fn names_share_what_they_name() -> Result<()> {
    let inner = list![1];
    let outer = Value::from(dict! {"a": &inner, "b": (1, "x")});
    inner.push(2);
    outer.item("a")?.set_item(0, "changed")?;
    assert_eq!(ops::repr(&outer), "{'a': ['changed', 2], 'b': (1, 'x')}");
    assert!(outer.item("a")?.is_same(&Value::from(inner)));
    assert!(!Value::from(list![1]).is_same(&Value::from(list![1])));
    Ok(())
}

#[test]
fn a_loop_sees_what_it_changes() -> Result<()> {
    let list = list![1, 2, 3];
    let seen = List::new();
    for item in &list {
        seen.push(&item);
        if ops::lt(&item, &Value::from(3))? {
            list.push(ops::add(&item, &Value::from(10))?);
        }
        if item == Value::from(2) {
            list::remove(&list, &Value::from(1))?;
        }
    }
    assert_eq!(ops::repr(&Value::from(seen)), "[1, 2, 11, 12]");
    assert_eq!(ops::repr(&Value::from(list)), "[2, 3, 11, 12]");

    let dict = dict! {"a": 1};
    let mut keys = Value::from(&dict).iterate()?;
    assert_eq!(keys.step()?, Some(Value::from("a")));
    dict.insert("b", 2);
    let raised = keys.step();
    let message = "dictionary changed size during iteration";
    assert!(raised.is_err_and(|error| error.to_string() == message));
    Ok(())
}

#[test]
fn dicts_keep_their_order() -> Result<()> {
    let dict = dict! {"b": 1, "a": 2};
    dict::pop(&dict, &Value::from("b"))?;
    dict.insert("b", 3);
    dict.insert("a", 9);
    assert_eq!(ops::repr(&Value::from(dict)), "{'a': 9, 'b': 3}");
    let numbers = Dict::new();
    for (key, value) in [
        (Value::Int(1), "a"),
        (Value::from(1.0), "b"),
        (Value::from(true), "c"),
    ] {
        numbers.set_item(key, value)?;
    }
    assert_eq!(ops::repr(&Value::from(numbers)), "{1: 'c'}");
    Ok(())
}

#[test]
fn printable_is_what_python_prints() {
    let printable = (0..0x11_0000)
        .filter_map(char::from_u32)
        .filter(|c| text::is_printable(*c));
    let (count, sum) = printable.fold((0u32, 0u32), |(count, sum), c| {
        (count + 1, sum.wrapping_mul(31).wrapping_add(u32::from(c)))
    });
    assert_eq!((count, sum), (144_516, 458_796_132));
}

#[test]
fn sorting_stops_at_what_it_raises() {
    let items = list![3, 1, 2];
    let raised = list::sort_by(&items, |_| Err(error::value_error("no")), false);
    assert!(raised.is_err());
    assert_eq!(ops::repr(&Value::from(items)), "[3, 1, 2]");
    let many: Vec<Value> = (0..100).map(|_| Value::Float(f64::NAN)).collect();
    assert!(sort::sorted(many, false).is_err_and(|error| error.is(&error::UNTRANSLATED)));
}

#[test]
fn methods_of_other_types_are_told_from_missing_ones() {
    let missing = Value::Int(1).expect_str("split").map(str::to_owned);
    let message = "'int' object has no attribute 'split'";
    assert!(missing.is_err_and(|error| error.to_string() == message));
    let other = Value::from(&b"a b"[..])
        .expect_str("split")
        .map(str::to_owned);
    assert!(other.is_err_and(|error| error.is(&error::UNTRANSLATED)));
}

#[derive(Debug)]
struct Point(i64);

impl Object for Point {
    fn type_name(&self) -> &'static str {
        "Point"
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        (name == "x").then(|| self.0.into())
    }
}

#[test]
fn objects_are_what_their_class_says() -> Result<()> {
    let object: Rc<dyn Object> = Rc::new(Point(5));
    let value = Value::from(object.clone());
    assert_eq!(value.attribute("x")?, Value::from(5));
    assert!(value == value.clone() && value != Value::from(Rc::new(Point(5)) as Rc<dyn Object>));
    assert!(value.is_true() && downcast::<Point>(&object).is_some());
    for (raised, message) in [
        (
            value.attribute("y").map(|_| ()),
            "'Point' object has no attribute 'y'",
        ),
        (
            value.set_attribute("x", 1),
            "'Point' object has no attribute 'x'",
        ),
        (
            value.item(0).map(|_| ()),
            "'Point' object is not subscriptable",
        ),
        (
            value.iterate().map(|_| ()),
            "'Point' object is not iterable",
        ),
        (
            value.contains(&Value::from(1)).map(|_| ()),
            "argument of type 'Point' is not iterable",
        ),
        (
            json::dumps(&value).map(|_| ()),
            "Object of type Point is not JSON serializable",
        ),
        (
            ops::lt(&value, &Value::from(1)).map(|_| ()),
            "'<' not supported between instances of 'Point' and 'int'",
        ),
    ] {
        assert_eq!(
            raised.map_err(|error| error.to_string()),
            Err(message.to_owned())
        );
    }
    Ok(())
}
