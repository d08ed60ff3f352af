//! Threads and futures. Expected texts are those of CPython 3.11.

use gammaray_support::python::error::{self, Error};
use gammaray_support::python::list::List;
use gammaray_support::python::value::Value;
use gammaray_support::python::{futures, matching, thread};

#[test]
fn a_thread_is_started_once_and_then_joined() {
    let made = thread::thread("app::work", "work", vec![Value::Int(1)]);
    let text = thread::join(&made).unwrap_err().to_string();
    assert_eq!(text, "cannot join thread before it is started");
    assert_eq!(thread::key(&made).unwrap(), "app::work");
    assert_eq!(thread::given(&made, 0).unwrap(), Value::Int(1));
    thread::start(&made).unwrap();
    let again = thread::start(&made).unwrap_err();
    assert_eq!(again.to_string(), "threads can only be started once");
    assert_eq!(again.class().name, "RuntimeError");
    thread::join(&made).unwrap();
    assert!(thread::start(&Value::Int(1)).is_err());
}

#[test]
fn a_future_gives_or_raises_what_the_call_did() {
    let given = futures::future(Ok(Value::Int(4)));
    assert_eq!(futures::result(&given).unwrap(), Value::Int(4));
    let raised = futures::future(Err(Error::new(&error::VALUE_ERROR, "no")));
    assert_eq!(futures::result(&raised).unwrap_err().to_string(), "no");
    assert_eq!(
        futures::result(&raised).unwrap_err().class().name,
        "ValueError"
    );
    let all = Value::from(List::from([given, raised]));
    assert_eq!(futures::as_completed(&all).unwrap().len(), 2);
}

#[test]
fn patterns_see_sequences_and_mappings() {
    let items = Value::from(List::from([Value::Int(1), Value::Int(2), Value::Int(3)]));
    assert!(matching::is_sequence(&items, 3) && !matching::is_sequence(&items, 2));
    assert!(matching::has_items(&items, 2) && !matching::has_items(&items, 4));
    assert!(!matching::has_items(&Value::from("abc"), 0));
    let rest = matching::rest(&items, 1, 1).unwrap();
    assert_eq!(Value::from(rest), Value::from(List::from([Value::Int(2)])));
    assert!(!matching::has_key(&items, &Value::Int(1)).unwrap());
}
