use gammaray_support::python::error::Result;
use gammaray_support::python::itertools as i;
use gammaray_support::python::list::{List, list};
use gammaray_support::python::value::Value;

use super::{Got, py};

fn numbers() -> List {
    list![1i64, 2i64, 3i64, 4i64]
}

fn below_three(value: Value) -> Result<Value> {
    gammaray_support::python::ops::lt(&value, &3.into()).map(Value::from)
}

#[test]
fn chained_and_sliced() {
    py(
        "list(itertools.chain([1], 'ab'))",
        i::chain(&[list![1i64].into(), "ab".into()]),
    );
    py(
        "list(itertools.chain([1], 2))",
        i::chain(&[list![1i64].into(), 2.into()]),
    );
    py(
        "list(itertools.chain.from_iterable([[1], [2]]))",
        i::from_iterable(list![list![1i64], list![2i64]]),
    );
    py(
        "list(itertools.islice([1, 2, 3, 4], 2))",
        i::islice(numbers(), 2),
    );
    py(
        "list(itertools.islice([1, 2, 3, 4], -1))",
        i::islice(numbers(), -1),
    );
    py(
        "list(itertools.islice([1, 2, 3, 4], 1, None, 2))",
        i::islice_from(numbers(), 1, None, 2),
    );
    py(
        "list(itertools.islice([1, 2, 3, 4], 1, 3))",
        i::islice_from(numbers(), 1, Some(3), 1),
    );
    py(
        "list(itertools.islice([1, 2, 3, 4], 3, 1))",
        i::islice_from(numbers(), 3, Some(1), 1),
    );
    py(
        "list(itertools.islice([1, 2, 3, 4], -1, 3))",
        i::islice_from(numbers(), -1, Some(3), 1),
    );
    py(
        "list(itertools.islice([1, 2, 3, 4], 1, 3, 0))",
        i::islice_from(numbers(), 1, Some(3), 0),
    );
    py(
        "list(itertools.repeat('a', 2))",
        Got(i::repeat(&"a".into(), 2)),
    );
    py(
        "list(itertools.repeat('a', -2))",
        Got(i::repeat(&"a".into(), -2)),
    );
}

#[test]
fn combined() {
    py(
        "list(itertools.zip_longest([1, 2], 'a'))",
        Got(i::zip_longest(list![1i64, 2i64], list!["a"], &Value::None)),
    );
    py(
        "list(itertools.zip_longest([1], 'ab', fillvalue=0))",
        Got(i::zip_longest(list![1i64], list!["a", "b"], &0.into())),
    );
    py(
        "list(itertools.product([1, 2], 'ab'))",
        Got(i::product(list![1i64, 2i64], list!["a", "b"])),
    );
    py(
        "list(itertools.combinations([1, 2, 3, 4], 2))",
        i::combinations(numbers(), 2),
    );
    py(
        "list(itertools.combinations([1, 2, 3, 4], 0))",
        i::combinations(numbers(), 0),
    );
    py(
        "list(itertools.combinations([1, 2, 3, 4], 5))",
        i::combinations(numbers(), 5),
    );
    py(
        "list(itertools.combinations([1, 2, 3, 4], -1))",
        i::combinations(numbers(), -1),
    );
    py(
        "list(itertools.accumulate([1, 2, 3, 4]))",
        i::accumulate(numbers()),
    );
    py(
        "list(itertools.accumulate([1, 'a']))",
        i::accumulate(list![1i64, "a"]),
    );
}

#[test]
fn chosen() {
    let items = || list![1i64, 4i64, 2i64];
    py(
        "list(itertools.takewhile(lambda it: it < 3, [1, 4, 2]))",
        i::takewhile(below_three, items()),
    );
    py(
        "list(itertools.dropwhile(lambda it: it < 3, [1, 4, 2]))",
        i::dropwhile(below_three, items()),
    );
    py(
        "list(itertools.filterfalse(lambda it: it < 3, [1, 4, 2]))",
        i::filterfalse(below_three, items()),
    );
    py(
        "list(itertools.takewhile(lambda it: it < 3, ['a']))",
        i::takewhile(below_three, list!["a"]),
    );
    py(
        "[(key, list(items)) for key, items in itertools.groupby([1, 2, 3, 1], lambda it: it < 3)]",
        i::groupby_key(list![1i64, 2i64, 3i64, 1i64], below_three),
    );
    py(
        "[(key, list(items)) for key, items in itertools.groupby('aab')]",
        i::groupby(list!["a", "a", "b"]),
    );
}
