use gammaray_support::python::dict::{Dict, dict};
use gammaray_support::python::error::Result;
use gammaray_support::python::list::list;
use gammaray_support::python::value::Value;
use gammaray_support::python::{
    functools, html, math as m, math_integers as i, ops, string_constants as c,
    string_translate as t,
};

use super::{Got, py};

const INF: f64 = f64::INFINITY;
const NAN: f64 = f64::NAN;

#[test]
fn whole_numbers() {
    py("math.ceil(-1.5)", i::ceil(-1.5));
    py("math.ceil(1.2)", i::ceil(1.2));
    py("math.floor(-1.5)", i::floor(-1.5));
    py("math.trunc(-1.5)", i::trunc(-1.5));
    py("math.floor(math.nan)", i::floor(NAN));
    py("math.ceil(math.inf)", i::ceil(INF));
    py("math.ceil('1')", i::ceil_value(&"1".into()));
    py("math.floor(None)", i::floor_value(&Value::None));
    py("math.floor(True)", i::floor_value(&true.into()));
    py("math.trunc('1')", i::trunc_value(&"1".into()));
    py("math.trunc(2.7)", i::trunc_value(&2.7.into()));
    py("math.gcd(12, -18)", i::gcd(&[12.into(), (-18).into()]));
    py("math.gcd()", i::gcd(&[]));
    py("math.gcd(12, 1.0)", i::gcd(&[12.into(), 1.0.into()]));
    py(
        "math.lcm(4, 6, 10)",
        i::lcm(&[4.into(), 6.into(), 10.into()]),
    );
    py("math.lcm(4, 0)", i::lcm(&[4.into(), 0.into()]));
    py("math.lcm()", i::lcm(&[]));
    py("math.factorial(20)", i::factorial(20));
    py("math.factorial(0)", i::factorial(0));
    py("math.factorial(-1)", i::factorial(-1));
    py("math.isqrt(99)", i::isqrt(99));
    py("math.isqrt(-1)", i::isqrt(-1));
    py("math.comb(60, 30)", i::comb(60, 30));
    py("math.comb(3, 5)", i::comb(3, 5));
    py("math.comb(-3, 5)", i::comb(-3, 5));
    py("math.comb(3, -5)", i::comb(3, -5));
    py("math.perm(10, 3)", i::perm(10, 3));
    py("math.perm(3, 5)", i::perm(3, 5));
    py("math.prod([2, 3.5])", i::prod(list![2i64, 3.5], &1.into()));
    py("math.prod([], start='a')", i::prod(list![], &"a".into()));
}

#[test]
fn roots_powers_and_logarithms() {
    py("math.sqrt(2)", m::sqrt(2.0));
    py("math.sqrt(-1)", m::sqrt(-1.0));
    py("math.sqrt(math.inf)", m::sqrt(INF));
    py("math.sqrt('4')", m::sqrt_value(&"4".into()));
    py("math.pow(2, 0.5)", m::pow(2.0, 0.5));
    py("math.pow(-8, 1/3)", m::pow(-8.0, 1.0 / 3.0));
    py("math.pow(0, -1)", m::pow(0.0, -1.0));
    py("math.pow(10, 400)", m::pow(10.0, 400.0));
    py("math.pow(math.nan, 0)", m::pow(NAN, 0.0));
    py("math.pow(-math.inf, 3)", m::pow(-INF, 3.0));
    py("math.pow(0, -math.inf)", m::pow(0.0, -INF));
    py("math.pow(-1, math.inf)", m::pow(-1.0, INF));
    py("math.exp(1)", m::exp(1.0));
    py("math.exp(1000)", m::exp(1000.0));
    py("math.exp(-math.inf)", m::exp(-INF));
    py("math.log(10)", m::log(10.0));
    py("math.log(0)", m::log(0.0));
    py("math.log(-1)", m::log(-1.0));
    py("math.log(-math.inf)", m::log(-INF));
    py("math.log(math.inf)", m::log(INF));
    py("math.log(8, 2)", m::log_to(8.0, 2.0));
    py("math.log(8, 1)", m::log_to(8.0, 1.0));
    py("math.log(8, 0)", m::log_to(8.0, 0.0));
    py("math.log2(10)", m::log2(10.0));
    py("math.log10(1000)", m::log10(1000.0));
    py("math.log10(0)", m::log10(0.0));
    py("math.log(None)", m::log_value(&Value::None));
}

#[test]
fn angles() {
    py("math.sin(1)", m::sin(1.0));
    py("math.sin(math.inf)", m::sin(INF));
    py("math.cos(2)", m::cos(2.0));
    py("math.tan(1)", m::tan(1.0));
    py("math.asin(0.5)", m::asin(0.5));
    py("math.asin(2)", m::asin(2.0));
    py("math.acos(-0.5)", m::acos(-0.5));
    py("math.atan(3)", Got(m::atan(3.0)));
    py("math.atan2(-1, -2)", Got(m::atan2(-1.0, -2.0)));
    py("math.atan2(0.0, -0.0)", Got(m::atan2(0.0, -0.0)));
    py("math.radians(77.1)", Got(m::radians(77.1)));
    py("math.degrees(1.3)", Got(m::degrees(1.3)));
    py("math.radians('1')", m::radians_value(&"1".into()));
}

#[test]
fn parts_and_tolerances() {
    py("math.fmod(-7.5, 2)", m::fmod(-7.5, 2.0));
    py("math.fmod(1, 0)", m::fmod(1.0, 0.0));
    py("math.fmod(1, math.inf)", m::fmod(1.0, INF));
    py("math.fmod(math.inf, 1)", m::fmod(INF, 1.0));
    py("math.modf(-2.5)", Got(m::modf(-2.5)));
    py("math.modf(-math.inf)", Got(m::modf(-INF)));
    py("math.modf(-3.0)", Got(m::modf(-3.0)));
    py("math.copysign(3, -0.0)", Got(m::copysign(3.0, -0.0)));
    py("math.isnan('a')", m::isnan(&"a".into()));
    py("math.isnan(math.nan)", m::isnan(&NAN.into()));
    py("math.isinf(1)", m::isinf(&1.into()));
    py("math.isfinite(1)", m::isfinite(&1.into()));
    let close = |a, b| m::isclose(a, b, 1e-9, 0.0);
    py("math.isclose(1, 1 + 1e-10)", close(1.0, 1.0 + 1e-10));
    py("math.isclose(1, 1 + 1e-8)", close(1.0, 1.0 + 1e-8));
    py("math.isclose(math.inf, math.inf)", close(INF, INF));
    py("math.isclose(math.inf, 1e308)", close(INF, 1e308));
    py(
        "math.isclose(0, 1e-12, abs_tol=1e-9)",
        m::isclose(0.0, 1e-12, 1e-9, 1e-9),
    );
    py(
        "math.isclose(1, 1, rel_tol=-1)",
        m::isclose(1.0, 1.0, -1.0, 0.0),
    );
    py(
        "math.fsum([0.1] * 10)",
        m::fsum(vec![Value::Float(0.1); 10]),
    );
    py(
        "math.fsum([1e100, 1.0, -1e100])",
        m::fsum(list![1e100, 1.0, -1e100]),
    );
    py(
        "math.fsum([1, 1e-16, 1e-16])",
        m::fsum(list![1i64, 1e-16, 1e-16]),
    );
    py(
        "math.fsum([1e16, 1, 1e-16])",
        m::fsum(list![1e16, 1i64, 1e-16]),
    );
    py("math.fsum([])", m::fsum(list![]));
    py("math.fsum(['a'])", m::fsum(list!["a"]));
    py("math.pi, math.e, math.tau", Got((m::PI, m::E, m::TAU)));
}

#[test]
fn constants() {
    py("string.ascii_letters", Got(c::ASCII_LETTERS));
    py(
        "string.ascii_lowercase + string.ascii_uppercase",
        Got([c::ASCII_LOWERCASE, c::ASCII_UPPERCASE].concat()),
    );
    py(
        "string.digits + string.hexdigits + string.octdigits",
        Got([c::DIGITS, c::HEXDIGITS, c::OCTDIGITS].concat()),
    );
    py(
        "string.punctuation + string.whitespace",
        Got([c::PUNCTUATION, c::WHITESPACE].concat()),
    );
    py("string.printable", Got(c::PRINTABLE));
    py(
        "string.capwords('  hELLO  wORLD ')",
        Got(c::capwords("  hELLO  wORLD ")),
    );
    py(
        r#"html.escape('<a href="x">\'&amp;</a>')"#,
        Got(html::escape("<a href=\"x\">'&amp;</a>", true)),
    );
    py(
        r#"html.escape('"<', quote=False)"#,
        Got(html::escape("\"<", false)),
    );
}

#[test]
fn reduced() {
    let add = |a: Value, b: Value| -> Result<Value> { ops::add(&a, &b) };
    py(
        "functools.reduce(operator.add, [1, 2, 3])",
        functools::reduce(add, &Value::from(list![1i64, 2i64, 3i64])),
    );
    py(
        "functools.reduce(operator.add, [])",
        functools::reduce(add, &Value::from(list![])),
    );
    py(
        "functools.reduce(operator.add, [1, 'a'])",
        functools::reduce(add, &Value::from(list![1i64, "a"])),
    );
    py(
        "functools.reduce(operator.add, [], 5)",
        functools::reduce_from(add, &Value::from(list![]), 5.into()),
    );
}

#[test]
fn translated() {
    let table = |x, y, z| t::maketrans_of(x, y, z).unwrap_or_default();
    py(
        "'hallo'.translate(str.maketrans('al', 'eñ', 'o'))",
        t::translate("hallo", &table("al", "eñ", "o")),
    );
    py("str.maketrans('ab', 'c')", t::maketrans_of("ab", "c", ""));
    py(
        "str.maketrans({'a': 'bc', 98: None})",
        t::maketrans(&dict! {"a": "bc", 98i64: Value::None}.into()),
    );
    py(
        "str.maketrans({'ab': 1})",
        t::maketrans(&dict! {"ab": 1i64}.into()),
    );
    py(
        "str.maketrans({1.5: 1})",
        t::maketrans(&dict! {1.5: 1i64}.into()),
    );
    py("str.maketrans('a')", t::maketrans(&"a".into()));
    let of = |value: Value| -> Dict {
        dict! {97i64: value}
    };
    py(
        "'ab'.translate({97: 'xy'})",
        t::translate("ab", &of("xy".into())),
    );
    py(
        "'ab'.translate({97: None})",
        t::translate("ab", &of(Value::None)),
    );
    py(
        "'ab'.translate({97: 241})",
        t::translate("ab", &of(241.into())),
    );
    py(
        "'ab'.translate({97: 1.5})",
        t::translate("ab", &of(1.5.into())),
    );
    py(
        "'ab'.translate({97: -1})",
        t::translate("ab", &of((-1).into())),
    );
    py(
        "'ab'.translate({'a': 'x'})",
        t::translate("ab", &dict! {"a": "x"}),
    );
}
