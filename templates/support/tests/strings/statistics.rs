use gammaray_support::python::list::list;
use gammaray_support::python::statistics as s;
use gammaray_support::python::value::Value;

use super::py;

#[test]
fn means() {
    py(
        "statistics.mean([1, 2, 3])",
        s::mean(list![1i64, 2i64, 3i64]),
    );
    py("statistics.mean([1, 2])", s::mean(list![1i64, 2i64]));
    py(
        "statistics.mean([0.1, 0.2, 0.3])",
        s::mean(list![0.1, 0.2, 0.3]),
    );
    py("statistics.mean([1, 2.5])", s::mean(list![1i64, 2.5]));
    py(
        "statistics.mean([0.1] * 7)",
        s::mean(vec![Value::Float(0.1); 7]),
    );
    py("statistics.mean([-1.5, 1.5])", s::mean(list![-1.5, 1.5]));
    py("statistics.mean([])", s::mean(list![]));
    py("statistics.mean(['a'])", s::mean(list!["a"]));
    py(
        "statistics.fmean([0.1, 0.2, 1])",
        s::fmean(list![0.1, 0.2, 1i64]),
    );
    py("statistics.fmean([])", s::fmean(list![]));
}

/// `expected.py` has the same numbers.
#[test]
fn means_of_many_numbers() {
    let mut state = 12345u64;
    let mut next = || {
        state = (state * 1_103_515_245 + 12345) % (1 << 31);
        state as f64
    };
    let mut means = gammaray_support::python::list::List::new();
    for count in 1..200 {
        let numbers =
            (0..count % 9 + 1).map(|_| Value::Float(next() / (next() + 1.0) - next() / 1e9));
        let mean = s::mean(numbers.collect::<Vec<_>>());
        means.push(mean.unwrap_or_default());
    }
    py(
        "means_of_many_numbers()",
        super::Got(std::mem::take(&mut means)),
    );
}

#[test]
fn middles() {
    py(
        "statistics.median([3, 1, 2])",
        s::median(list![3i64, 1i64, 2i64]),
    );
    py(
        "statistics.median([4, 1, 2, 3])",
        s::median(list![4i64, 1i64, 2i64, 3i64]),
    );
    py("statistics.median([])", s::median(list![]));
    py(
        "statistics.median_low([4, 1, 2, 3])",
        s::median_low(list![4i64, 1i64, 2i64, 3i64]),
    );
    py(
        "statistics.median_high([4, 1, 2, 3])",
        s::median_high(list![4i64, 1i64, 2i64, 3i64]),
    );
    py(
        "statistics.mode(['b', 'a', 'a', 'b'])",
        s::mode(list!["b", "a", "a", "b"]),
    );
    py("statistics.mode([])", s::mode(list![]));
}
