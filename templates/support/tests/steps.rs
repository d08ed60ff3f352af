//! Loops over what they change; expectations are CPython 3.11's.

use gammaray_support::python::dict::{self, Dict};
use gammaray_support::python::iterate::{self, Enumerated, Iter, Pairs};
use gammaray_support::python::list::{self, List};
use gammaray_support::python::value::Value;

fn members() -> Dict {
    Dict::from([("a", Value::Int(1)), ("b", Value::Int(2))])
}

#[test]
fn items_are_looked_up_when_they_are_reached() {
    let members = members();
    let mut pairs = Pairs::of(&members);
    assert!(pairs.step().unwrap().is_some());
    members.insert("b", Value::Int(9));
    assert_eq!(pairs.step().unwrap().unwrap().1, Value::Int(9));
    assert!(pairs.step().unwrap().is_none());
}

#[test]
fn a_dict_that_grows_ends_the_loop() {
    let members = members();
    let mut values = Iter::of_values(&members);
    values.step().unwrap();
    members.insert("c", Value::Int(3));
    let error = values.step().unwrap_err();
    assert_eq!(
        error.representation(),
        "RuntimeError('dictionary changed size during iteration')"
    );
}

#[test]
fn members_taken_out_and_put_in_are_refused() {
    let members = members();
    let mut keys = Iter::of_dict(&members);
    keys.step().unwrap();
    dict::pop(&members, &Value::from("a")).unwrap();
    members.insert("c", Value::Int(3));
    assert_eq!(keys.step().unwrap_err().class().name, "Untranslated");
}

#[test]
fn reversed_steps_down_from_where_the_list_ended() {
    let items = List::from([1, 2, 3].map(Value::Int));
    let mut reversed = iterate::reversed(&Value::from(&items)).unwrap();
    assert_eq!(reversed.step().unwrap(), Some(Value::Int(3)));
    list::remove(&items, &Value::Int(3)).unwrap();
    assert_eq!(reversed.step().unwrap(), Some(Value::Int(2)));
    items.push(Value::Int(4));
    assert_eq!(reversed.step().unwrap(), Some(Value::Int(1)));
    assert_eq!(reversed.step().unwrap(), None);
    assert_eq!(reversed.step().unwrap(), None);
}

#[test]
fn numbered_items_see_the_list_grow() {
    let items = List::from([Value::Int(7)]);
    let mut numbered = Enumerated::of(0, items.iter());
    assert_eq!(numbered.step().unwrap(), Some((0, Value::Int(7))));
    items.push(Value::Int(8));
    assert_eq!(numbered.step().unwrap(), Some((1, Value::Int(8))));
    assert_eq!(numbered.step().unwrap(), None);
}

#[test]
fn bounds_of_any_type() {
    let items = Value::from(List::from([1, 2].map(Value::Int)));
    let none = Value::None;
    let text = |value: &Value, start: &Value, step: &Value| {
        value.slice_by(start, &none, step).unwrap_err().to_string()
    };
    let part = items.slice_by(&Value::Bool(true), &none, &none).unwrap();
    assert_eq!(part.to_string(), "[2]");
    let not_a_bound = "slice indices must be integers or None or have an __index__ method";
    assert_eq!(text(&items, &Value::from("x"), &none), not_a_bound);
    assert_eq!(
        text(&Value::from("ab"), &Value::Float(1.5), &none),
        not_a_bound
    );
    assert_eq!(
        text(&items, &Value::from("x"), &Value::Int(0)),
        "slice step cannot be zero"
    );
    let dict = Value::from(Dict::new());
    assert_eq!(
        text(&dict, &Value::from("x"), &none),
        "unhashable type: 'slice'"
    );
    assert_eq!(
        text(&Value::Int(5), &none, &none),
        "'int' object is not subscriptable"
    );
}
