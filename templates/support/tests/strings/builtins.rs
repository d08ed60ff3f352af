use gammaray_support::python::dict::{Dict, dict};
use gammaray_support::python::error::Result;
use gammaray_support::python::list::{List, list};
use gammaray_support::python::value::Value;
use gammaray_support::python::{builtins as b, sequences as s};

use super::{Got, py};

fn length(value: Value) -> Result<Value> {
    b::len_value(&value).map(|length| Value::from((length,)))
}

fn last(item: Value) -> Result<Value> {
    item.item(-1)
}

#[test]
fn lengths_and_characters() {
    py("len('añ')", Got(b::len("añ")));
    py("len([1])", Got(b::len_list(&list![1i64])));
    py("(len({'a': 1}),)", length(dict! {"a": 1i64}.into()));
    py("(len(b'ab'),)", length(Value::Bytes(b"ab".to_vec())));
    py("(len((1, 2)),)", length(Value::from((1i64, 2i64))));
    py("len(None)", length(Value::None));
    py("len(5)", length(5.into()));
    py("ord('ñ')", b::ord("ñ"));
    py("ord('ab')", b::ord("ab"));
    py("ord('')", b::ord(""));
    py("ord(5)", b::ord_value(&5.into()));
    py("ord(b'a')", b::ord_value(&Value::Bytes(b"a".to_vec())));
    py("ord(b'ab')", b::ord_value(&Value::Bytes(b"ab".to_vec())));
    py("chr(241)", b::chr(241));
    py("chr(-1)", b::chr(-1));
    py("chr(0x110000)", b::chr(0x11_0000));
    py("chr(2 ** 40)", b::chr(1 << 40));
    py("chr('a')", b::chr_value(&"a".into()));
}

#[test]
fn sums() {
    py("sum([1, 2.5, True])", b::sum(list![1i64, 2.5, true]));
    py("sum([])", b::sum(List::new()));
    py("sum(['a'])", b::sum(list!["a"]));
    py("sum([0.1] * 10)", b::sum(vec![Value::Float(0.1); 10]));
    py(
        "sum([[1], [2]], [])",
        b::sum_from(list![list![1i64], list![2i64]], &List::new().into()),
    );
    py("sum(['a'], '')", b::sum_from(list!["a"], &"".into()));
    py(
        "sum([b'a'], b'')",
        b::sum_from(list![], &Value::Bytes(Vec::new())),
    );
    py("sum([1], 'a')", b::sum_from(list![1i64], &"a".into()));
    py("sum([1], 10)", b::sum_from(list![1i64], &10.into()));
    py("sum([1, None])", b::sum(list![1i64, Value::None]));
    py("any([0, '', 'a'])", Got(b::any(list![0i64, "", "a"])));
    py("any([])", Got(b::any(list![])));
    py("all([])", Got(b::all(list![])));
    py("all([1, []])", Got(b::all(list![1i64, list![]])));
}

#[test]
fn extremes() {
    py("min([3, 1, 2])", b::min(list![3i64, 1i64, 2i64]));
    py("max([3, 1, 3.0])", b::max(list![3i64, 1i64, 3.0]));
    py("max(['b', 'ab'])", b::max(list!["b", "ab"]));
    py("min([])", b::min(list![]));
    py("max([])", b::max(list![]));
    py("max([1, 'a'])", b::max(list![1i64, "a"]));
    py("min([1, 'a'])", b::min(list![1i64, "a"]));
    py("min([None, 1])", b::min(list![Value::None, 1i64]));
    py("min([], default=None)", b::min_or(list![], Value::None));
    py("max([1], default=5)", b::max_or(list![1i64], 5.into()));
    py(
        "max(['ab', 'ca', 'bb'], key=lambda it: it[-1])",
        b::max_by(list!["ab", "ca", "bb"], last),
    );
    py(
        "min(['ab', 'bb', 'cb'], key=lambda it: it[-1])",
        b::min_by(list!["ab", "bb", "cb"], last),
    );
    py(
        "min(['ab', ''], key=lambda it: it[-1])",
        b::min_by(list!["ab", ""], last),
    );
    py("max([], key=len)", b::max_by(list![], last));
    py(
        "min([], key=len, default=0)",
        b::min_by_or(list![], last, 0.into()),
    );
    py(
        "max([], key=len, default=0)",
        b::max_by_or(list![], last, 0.into()),
    );
    py("min(1, 2.0)", b::min_of(&[1.into(), 2.0.into()]));
    py("max(1, 'a')", b::max_of(&[1.into(), "a".into()]));
    py(
        "max(1, 5, 3, 5.0)",
        b::max_of(&[1.into(), 5.into(), 3.into(), 5.0.into()]),
    );
    py("max(*[])", b::max_of(&[]));
    py("min(*[[2, 1]])", b::min_of(&[list![2i64, 1i64].into()]));
    py("min(*[5])", b::min_of(&[5.into()]));
    assert_eq!((b::min_int(1, 2), b::max_int(1, 2)), (1, 2));
}

#[test]
fn sequences() {
    py(
        "sorted([3, 1, 2.5, True])",
        s::sorted(list![3i64, 1i64, 2.5, true], false),
    );
    py(
        "sorted(['b', 'a'], reverse=True)",
        s::sorted(list!["b", "a"], true),
    );
    py("sorted([1, 'a'])", s::sorted(list![1i64, "a"], false));
    py(
        "sorted(['cb', 'ab', 'ba'], key=lambda it: it[-1], reverse=True)",
        s::sorted_by(list!["cb", "ab", "ba"], last, true),
    );
    py(
        "list(reversed([1, 2]))",
        s::reversed(&list![1i64, 2i64].into()),
    );
    py("list(reversed('añ'))", s::reversed(&"añ".into()));
    py(
        "list(reversed({'a': 1, 'b': 2}))",
        s::reversed(&dict! {"a": 1i64, "b": 2i64}.into()),
    );
    py("reversed(5)", s::reversed(&5.into()));
    py(
        "reversed({1})",
        s::reversed(&s::set_of(list![1i64]).map_or(Value::None, Value::from)),
    );
    py(
        "list(enumerate('ab', 1))",
        Got(s::enumerate(list!["a", "b"], 1)),
    );
    py(
        "list(zip([1, 2], 'a'))",
        Got(s::zip(list![1i64, 2i64], list!["a"])),
    );
    py(
        "list(zip([1], [2], [3]))",
        Got(s::zip3(list![1i64], list![2i64], list![3i64])),
    );
    let rows = [list![1i64, 2i64].into(), "ab".into(), list![3i64].into()];
    py("list(zip(*[[1, 2], 'ab', [3]]))", s::zip_all(&rows));
    py("list(zip())", s::zip_all(&[]));
    py(
        "list(zip([1], 2))",
        s::zip_all(&[list![1i64].into(), 2.into()]),
    );
    py("list(range(3))", Got(s::range(3)));
    py("list(range(-3))", Got(s::range(-3)));
    py("list(range(2, 5))", Got(s::range_from(2, 5)));
    py("list(range(10, 0, -3))", s::range_by(10, 0, -3));
    py("list(range(0, 10, 4))", s::range_by(0, 10, 4));
    py("range(0, 1, 0)", s::range_by(0, 1, 0));
    py("range('a')", s::range_value(&"a".into()));
    py("range(1.0)", s::range_value(&1.0.into()));
    py(
        "range(0, None)",
        s::range_values(&0.into(), &Value::None, &1.into()),
    );
    let near_end: Vec<i64> = s::steps(i64::MAX - 1, i64::MAX, 5)
        .into_iter()
        .flatten()
        .collect();
    assert_eq!(near_end, [i64::MAX - 1]);
}

#[test]
fn dicts_of_pairs() {
    py(
        "dict([('a', 1), ['b', 2]])",
        s::dict_of(&list![("a", 1i64), list!["b", 2i64]].into()),
    );
    py("dict(['ab'])", s::dict_of(&list!["ab"].into()));
    py("dict(['abc'])", s::dict_of(&list!["abc"].into()));
    py("dict([1])", s::dict_of(&list![1i64].into()));
    py("dict(5)", s::dict_of(&5.into()));
    py("dict(None)", s::dict_of(&Value::None));
    py(
        "dict([([], 1)])",
        s::dict_of(&list![(list![], 1i64)].into()),
    );
    py("dict({})", s::dict_of(&Dict::new().into()));
    py("set([[]])", s::set_of(list![list![]]));
}

#[test]
fn printed() {
    let args = [1.into(), "a".into(), Value::None, list!["a"].into()];
    assert_eq!(b::printed(&args, " ", "\n"), "1 a None ['a']\n");
    assert_eq!(b::printed(&[], " ", "\n"), "\n");
    assert_eq!(b::printed(&args[..2], "", ""), "1a");
}
