use gammaray_support::python::value::Value;
use gammaray_support::python::{number_text as parse, numbers};

use super::{Got, py};

#[test]
fn ints_of_texts() {
    let int = |text: &str| parse::int(text, 10);
    py(r#"int(" 42\n")"#, int(" 42\n"));
    py("int('-1_000')", int("-1_000"));
    py("int('+7')", int("+7"));
    py("int('٣٤')", int("٣٤"));
    py(r#"int('4\x1c')"#, int("4\x1c"));
    py(r#"int('\u20035\xa0')"#, int("\u{2003}5\u{a0}"));
    py("int('')", int(""));
    py("int('1__0')", int("1__0"));
    py("int('_1')", int("_1"));
    py("int('1_')", int("1_"));
    py("int('- 1')", int("- 1"));
    py("int('--1')", int("--1"));
    py("int('1.5')", int("1.5"));
    py("int('²')", int("²"));
    py("int('0x1f')", int("0x1f"));
    py("int('007')", int("007"));
    py(r#"int('it`s "x"')"#, int("it`s \"x\""));
    py("int('x' * 300)", int(&"x".repeat(300)));
    py("int('-9223372036854775808')", int("-9223372036854775808"));
    assert_eq!(
        int("9223372036854775808").map_err(|error| error.to_string()),
        Err("integer beyond 64 bits".to_owned())
    );
}

#[test]
fn ints_of_other_bases() {
    py("int('ff', 16)", parse::int("ff", 16));
    py("int('0xFF', 16)", parse::int("0xFF", 16));
    py("int('-0x_ff', 0)", parse::int("-0x_ff", 0));
    py("int('0b12', 0)", parse::int("0b12", 0));
    py("int('0o17', 0)", parse::int("0o17", 0));
    py("int('010', 0)", parse::int("010", 0));
    py("int('0_0', 0)", parse::int("0_0", 0));
    py("int('', 0)", parse::int("", 0));
    py("int('0x', 16)", parse::int("0x", 16));
    py("int('0b1', 16)", parse::int("0b1", 16));
    py("int('z', 36)", parse::int("z", 36));
    py("int('1', 1)", parse::int("1", 1));
    py("int('1', -5)", parse::int("1", -5));
    py("int('12', 2)", parse::int("12", 2));
    py("int('0x1', 8)", parse::int("0x1", 8));
    py("int(1, 10)", numbers::int_with_base(&1.into(), 10));
    py("int(None, 10)", numbers::int_with_base(&Value::None, 10));
}

#[test]
fn ints_of_values() {
    let int = |value: Value| numbers::int_of(&value);
    py("int(2.9)", int(2.9.into()));
    py("int(-2.9)", int((-2.9).into()));
    py("int(True)", int(true.into()));
    py("int(float('nan'))", int(f64::NAN.into()));
    py("int(float('-inf'))", int(f64::NEG_INFINITY.into()));
    py("int(None)", int(Value::None));
    py(
        "int([])",
        int(gammaray_support::python::list::list![].into()),
    );
    py("int(b'12')", int(Value::Bytes(b"12".to_vec())));
    py("int(b'1x')", int(Value::Bytes(b"1x".to_vec())));
    py(r#"int(b'\xff')"#, int(Value::Bytes(vec![0xff])));
    assert!(int(1e300.into()).is_err());
}

#[test]
fn floats() {
    let float = parse::float;
    py(r#"float(' 1.5\n')"#, float(" 1.5\n"));
    py("float('1_0.2_5')", float("1_0.2_5"));
    py("float('1._5')", float("1._5"));
    py("float('1_e5')", float("1_e5"));
    py("float('1e1_0')", float("1e1_0"));
    py("float('1e400')", float("1e400"));
    py("float('-Infinity')", float("-Infinity"));
    py("float('+NAN')", float("+NAN"));
    py("float('.5')", float(".5"));
    py("float('5.')", float("5."));
    py("float('.')", float("."));
    py("float('')", float(""));
    py("float('1,5')", float("1,5"));
    py("float('e5')", float("e5"));
    py("float('0x1')", float("0x1"));
    py("float('١.٥')", float("١.٥"));
    py("float('infinit')", float("infinit"));
    py("float('1 2')", float("1 2"));
    py("float(None)", numbers::float_of(&Value::None));
    py("float(True)", numbers::float_of(&true.into()));
    py(
        "float(9007199254740993)",
        numbers::float_of(&9007199254740993i64.into()),
    );
    py(
        "float({})",
        numbers::float_of(&gammaray_support::python::dict::Dict::new().into()),
    );
}

#[test]
fn rounded() {
    py("round(2.5)", numbers::round_float(2.5));
    py("round(-0.5)", numbers::round_float(-0.5));
    py("round(3.5)", numbers::round_float(3.5));
    py(
        "round(0.49999999999999994)",
        numbers::round_float(0.49999999999999994),
    );
    py("round(float('nan'))", numbers::round_float(f64::NAN));
    py("round(float('inf'))", numbers::round_float(f64::INFINITY));
    let to = numbers::round_float_to;
    py("round(2.675, 2)", to(2.675, 2));
    py("round(0.125, 2)", to(0.125, 2));
    py("round(0.375, 2)", to(0.375, 2));
    py("round(2.5, 0)", to(2.5, 0));
    py("round(0.5, 0)", to(0.5, 0));
    py("round(-0.04, 1)", to(-0.04, 1));
    py("round(1e22, 3)", to(1e22, 3));
    py("round(1.1e-320, 322)", to(1.1e-320, 322));
    py("round(1.5, 400)", to(1.5, 400));
    py("round(1234.5, -2)", to(1234.5, -2));
    py("round(150.0, -2)", to(150.0, -2));
    py("round(250.0, -2)", to(250.0, -2));
    py("round(250.1, -2)", to(250.1, -2));
    py("round(-250.0, -2)", to(-250.0, -2));
    py("round(-4.0, -1)", to(-4.0, -1));
    py("round(5e20, -21)", to(5e20, -21));
    py("round(6e20, -21)", to(6e20, -21));
    py("round(1e10, -400)", to(1e10, -400));
    py("round(float('nan'), 2)", to(f64::NAN, 2));
    py("round(125, -1)", numbers::round_int_to(125, -1));
    py("round(135, -1)", numbers::round_int_to(135, -1));
    py("round(-125, -1)", numbers::round_int_to(-125, -1));
    py("round(125, -5)", numbers::round_int_to(125, -5));
    py("round(125, 2)", numbers::round_int_to(125, 2));
    py("round(True)", numbers::round(&true.into()));
    py("round('1')", numbers::round(&"1".into()));
    py("round(None, 2)", numbers::round_to(&Value::None, &2.into()));
    py(
        "round(1.25, None)",
        numbers::round_to(&1.25.into(), &Value::None),
    );
    py(
        "round(1.25, '1')",
        numbers::round_to(&1.25.into(), &"1".into()),
    );
    py("round(1.25, 1)", numbers::round_to(&1.25.into(), &1.into()));
    py("round(7, None)", numbers::round_to(&7.into(), &Value::None));
}

#[test]
fn computed() {
    py("abs(-3)", numbers::abs(&(-3).into()));
    py("abs(-3.5)", numbers::abs(&(-3.5).into()));
    py("abs('x')", numbers::abs(&"x".into()));
    py("divmod(-7, 3)", numbers::divmod_int(-7, 3));
    py("divmod(7, 0)", numbers::divmod_int(7, 0));
    py(
        "divmod(-7.5, 2)",
        numbers::divmod(&(-7.5).into(), &2.into()),
    );
    py("divmod(7.5, 0)", numbers::divmod(&7.5.into(), &0.into()));
    py("divmod('7', 2)", numbers::divmod(&"7".into(), &2.into()));
    py("pow(3, -2)", numbers::pow(&3.into(), &(-2).into()));
    py("pow('a', 2)", numbers::pow(&"a".into(), &2.into()));
    py("pow(3, 200, 7)", numbers::pow_modulo(3, 200, 7));
    py("pow(-3, 5, -7)", numbers::pow_modulo(-3, 5, -7));
    py("pow(3, 5, 1)", numbers::pow_modulo(3, 5, 1));
    py("pow(3, 0, -1)", numbers::pow_modulo(3, 0, -1));
    py("pow(3, 5, 0)", numbers::pow_modulo(3, 5, 0));
    py(
        "pow(9223372036854775807, 65537, 9223372036854775783)",
        numbers::pow_modulo(i64::MAX, 65537, 9223372036854775783),
    );
    py("hex(-255)", Got(numbers::hex(-255)));
    py("oct(8)", Got(numbers::oct(8)));
    py("bin(-5)", Got(numbers::bin(-5)));
    py("hex('a')", numbers::hex_value(&"a".into()));
    py("bin(1.0)", numbers::bin_value(&1.0.into()));
    py("(-255).bit_length()", Got(numbers::bit_length(-255)));
    py("(0).bit_length()", Got(numbers::bit_length(0)));
    py("(-7).bit_count()", Got(numbers::bit_count(-7)));
    py("(1.0).is_integer()", Got(numbers::is_integer(1.0)));
    py(
        "float('inf').is_integer()",
        Got(numbers::is_integer(f64::INFINITY)),
    );
}

#[test]
fn bytes_of_ints() {
    let to = numbers::to_bytes;
    py("(258).to_bytes(2, 'big')", to(258, 2, "big", false));
    py("(258).to_bytes(4, 'little')", to(258, 4, "little", false));
    py("(258).to_bytes(1, 'big')", to(258, 1, "big", false));
    py("(-1).to_bytes(2, 'big')", to(-1, 2, "big", false));
    py(
        "(-2).to_bytes(9, 'big', signed=True)",
        to(-2, 9, "big", true),
    );
    py(
        "(128).to_bytes(1, 'big', signed=True)",
        to(128, 1, "big", true),
    );
    py(
        "(-128).to_bytes(1, 'big', signed=True)",
        to(-128, 1, "big", true),
    );
    py(
        "(-129).to_bytes(1, 'big', signed=True)",
        to(-129, 1, "big", true),
    );
    py("(0).to_bytes(0, 'big', signed=True)", to(0, 0, "big", true));
    py(
        "(-1).to_bytes(0, 'big', signed=True)",
        to(-1, 0, "big", true),
    );
    py("(1).to_bytes(-1, 'big')", to(1, -1, "big", false));
    py("(1).to_bytes(1, 'x')", to(1, 1, "x", false));
    let from = numbers::from_bytes;
    py(
        "int.from_bytes(b'ab', 'little')",
        from(b"ab", "little", false),
    );
    py(
        r#"int.from_bytes(b'\xff\x80', 'big', signed=True)"#,
        from(b"\xff\x80", "big", true),
    );
    py("int.from_bytes(b'', 'big')", from(b"", "big", false));
    py(
        r#"int.from_bytes(b'\x80' + b'\0' * 7, 'big', signed=True)"#,
        from(b"\x80\0\0\0\0\0\0\0", "big", true),
    );
    assert!(from(b"\x80\0\0\0\0\0\0\0", "big", false).is_err());
    assert!(from(&[1; 40], "big", false).is_err());
}
