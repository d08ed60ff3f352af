//! Methods of `str`, `bytes` and numbers, builtins and `math` against CPython 3.11.
//!
//! `expected.py` writes what Python gives for each expression named here to `expected.txt`.

mod builtins;
mod bytes;
mod case;
mod iterators;
mod math;
mod numbers;
mod statistics;
mod text;
mod wrap;

use std::collections::HashMap;
use std::sync::LazyLock;

use gammaray_support::python::error::Result;
use gammaray_support::python::ops::repr;
use gammaray_support::python::value::Value;

static EXPECTED: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let lines = include_str!("expected.txt").split_terminator('\n');
    lines.filter_map(|line| line.rsplit_once('\t')).collect()
});

/// What a function gave, as the expected file has it.
pub trait Outcome {
    fn outcome(self) -> String;
}

impl<T: Into<Value>> Outcome for Result<T> {
    fn outcome(self) -> String {
        match self {
            Ok(value) => repr(&value.into()),
            Err(error) => format!("{}: {error}", error.class().name),
        }
    }
}

/// What a function gave that cannot raise.
pub struct Got<T>(pub T);

impl<T: Into<Value>> Outcome for Got<T> {
    fn outcome(self) -> String {
        repr(&self.0.into())
    }
}

/// Checks a result against that of a Python expression.
#[track_caller]
pub fn py(expression: &str, outcome: impl Outcome) {
    let expected = EXPECTED.get(expression);
    let expected = expected.unwrap_or_else(|| panic!("run expected.py for {expression}"));
    assert_eq!(outcome.outcome(), **expected, "{expression}");
}

/// One number for what a function gives of each character.
pub fn digest(function: impl Fn(&str) -> String) -> Got<String> {
    let mut number: u64 = 0xcbf2_9ce4_8422_2325;
    for c in (0..0x11_0000).filter_map(char::from_u32) {
        for byte in function(c.encode_utf8(&mut [0; 4])).bytes().chain([0]) {
            number = (number ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
    Got(format!("{number:016x}"))
}
