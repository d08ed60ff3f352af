//! Functions as values. Expected texts are those of CPython 3.11.

use gammaray_support::python::function;
use gammaray_support::python::value::Value;

#[test]
fn a_function_is_known_by_its_definition() {
    let one = function::function("app::one", "one");
    assert_eq!(function::called(&one).unwrap(), "app::one");
    assert_eq!(one, function::function("app::one", "one"));
    assert_ne!(one, function::function("app::two", "one"));
    assert_ne!(one, Value::from("app::one"));
    assert_eq!(one.type_name(), "function");
    assert!(one.is_true());
    assert!(function::is_callable(&one).unwrap());
    assert!(!function::is_callable(&Value::Int(1)).unwrap());
}

#[test]
fn a_closure_keeps_what_it_reads() {
    let kept = function::closure("app::add", "add", vec![Value::Int(3)]);
    assert_eq!(function::captured(&kept, 0).unwrap(), Value::Int(3));
    assert!(function::captured(&kept, 1).is_err());
    assert_eq!(kept, kept.clone());
    assert_ne!(
        kept,
        function::closure("app::add", "add", vec![Value::Int(3)])
    );
}

#[test]
fn what_is_not_a_function_cannot_be_called() {
    let text = |value: Value| function::called(&value).unwrap_err().to_string();
    assert_eq!(text(Value::Int(3)), "'int' object is not callable");
    assert_eq!(text(Value::None), "'NoneType' object is not callable");
    assert_eq!(text(Value::from("a")), "'str' object is not callable");
    let misfit = function::misfit(&function::function("app::one", "one")).unwrap_err();
    assert_eq!(misfit.class().name, "Untranslated");
}
