//! Modules of the standard library against what CPython 3.11 does, as `std/make_cases.py` wrote it
//! down.

use gammaray_support::list;
use gammaray_support::python::error::{self, Result};
use gammaray_support::python::list::List;
use gammaray_support::python::value::Value;
use gammaray_support::python::{json, ops, re, re_match, urllib_quote, urllib_split};

type Failure = Box<dyn std::error::Error>;

#[test]
fn does_what_cpython_does() -> std::result::Result<(), Failure> {
    let path = std::env::var("STD_CASES").unwrap_or_else(|_| "tests/std/cases.json".to_owned());
    let cases = json::loads(&std::fs::read_to_string(path)?)?;
    let (mut failures, mut refused, mut count) = (Vec::new(), 0, 0);
    for case in cases.iterate()? {
        count += 1;
        let name = case.item("op")?;
        let written = case.item("args")?;
        let args: Result<Vec<Value>> = written.iterate()?.map(|arg| decoded(&arg)).collect();
        let expected = case.item("ok").or_else(|_| case.item("error"))?.to_string();
        let actual = match run(name.expect_str("op")?, &args?) {
            Ok(value) => ops::repr(&value),
            // Patterns that are wrong are refused, too.
            Err(error) if error.is(&error::UNTRANSLATED) => {
                refused += usize::from(!expected.starts_with("error: "));
                continue;
            }
            Err(error) => format!("{}: {error}", error.class().name),
        };
        if actual != expected {
            failures.push(format!(
                "{name} {written}\n  Python: {expected}\n  Rust:   {actual}"
            ));
        }
    }
    let shown = failures.join("\n");
    assert!(
        failures.is_empty(),
        "{} of {count}:\n{shown}",
        failures.len()
    );
    assert!(refused * 8 <= count, "{refused} of {count} refused");
    Ok(())
}

/// The value that a case means.
fn decoded(written: &Value) -> Result<Value> {
    let items = |value: &Value| -> Result<Vec<Value>> {
        value.iterate()?.map(|item| decoded(&item)).collect()
    };
    let members = match written {
        Value::List(_) => return Ok(Value::List(items(written)?.into())),
        Value::Dict(members) => members,
        other => return Ok(other.clone()),
    };
    let Some((kind, value)) = members.pair_at(0) else {
        return Err(error::type_error("a value has a kind"));
    };
    Ok(match kind.expect_str("kind")? {
        "$float" => Value::Float(value.expect_str("float")?.parse().unwrap_or_default()),
        "$tuple" => Value::Tuple(items(&value)?.into()),
        "$bytes" => {
            let bytes = value
                .iterate()?
                .filter_map(|it| u8::try_from(it.as_int()?).ok());
            Value::Bytes(bytes.collect())
        }
        _ => {
            let pairs: Result<Vec<(Value, Value)>> = items(&value)?
                .iter()
                .map(|pair| Ok((pair.item(0)?, pair.item(1)?)))
                .collect();
            Value::Dict(pairs?.into_iter().collect())
        }
    })
}

fn text(value: &Value) -> Result<&str> {
    value.expect_str("text")
}

fn run(name: &str, args: &[Value]) -> Result<Value> {
    match name {
        "quote" | "quote_plus" | "unquote" | "unquote_plus" | "urlencode" | "urlencode_quote"
        | "parse_qs" | "parse_qsl" => queries(name, args),
        "urlparse" | "urlsplit" | "urljoin" => urls(name, args),
        _ => expressions(name, args),
    }
}

fn expressions(name: &str, args: &[Value]) -> Result<Value> {
    let flags = args.last().and_then(Value::as_int).unwrap_or_default();
    let found = match name {
        "re_search" => re::search_value(text(&args[0])?, &args[1], flags)?,
        "re_match" => re::match_start_value(text(&args[0])?, &args[1], flags)?,
        "re_fullmatch" => re::fullmatch_value(text(&args[0])?, &args[1], flags)?,
        "re_findall" => return Ok(re::findall_value(text(&args[0])?, &args[1], flags)?.into()),
        "re_split" => {
            let most = args[2].as_int().unwrap_or_default();
            return Ok(re::split_value(text(&args[0])?, &args[1], most, flags)?.into());
        }
        "re_escape" => return Ok(re::escape(text(&args[0])?).into()),
        "re_sub" => {
            let (pattern, template) = (text(&args[0])?, text(&args[1])?);
            let count = args[3].as_int().unwrap_or_default();
            return Ok(re::sub_value(pattern, template, &args[2], count, flags)?.into());
        }
        other => return Err(error::type_error(format!("no {other}"))),
    };
    let Some(found) = found else {
        return Ok(Value::None);
    };
    let groups = re_match::groups(&found, &Value::None);
    let spans: Result<Vec<Value>> = (0..=groups.len())
        .map(|group| re_match::span(&found, group as i64).map(Value::from))
        .collect();
    let named = re_match::groupdict(&found, &Value::None);
    Ok((
        re_match::span(&found, 0)?,
        groups,
        named,
        List::from(spans?),
    )
        .into())
}

fn queries(name: &str, args: &[Value]) -> Result<Value> {
    use urllib_quote as parse;
    let first = &args[0];
    Ok(match name {
        "quote" => parse::quote_value(first, text(&args[1])?)?.into(),
        "quote_plus" => parse::quote_plus_value(first, text(&args[1])?)?.into(),
        "unquote" => parse::unquote_value(first)?.into(),
        "unquote_plus" => parse::unquote_plus_value(first)?.into(),
        "urlencode_quote" => {
            let (doseq, safe) = (args[1].is_true(), text(&args[2])?);
            parse::urlencode_via(first, doseq, safe, &parse::QUOTE)?.into()
        }
        "urlencode" => parse::urlencode(first, args[1].is_true(), text(&args[2])?)?.into(),
        _ => {
            let (keep, strict) = (args[1].is_true(), args[2].is_true());
            let (most, separator) = (args[3].as_int(), text(&args[4])?);
            if name == "parse_qs" {
                parse::parse_qs_value(first, keep, strict, most, separator)?.into()
            } else {
                parse::parse_qsl_value(first, keep, strict, most, separator)?.into()
            }
        }
    })
}

fn urls(name: &str, args: &[Value]) -> Result<Value> {
    use urllib_split as parse;
    let first = &args[0];
    if name == "urljoin" {
        return Ok(parse::urljoin(text(first)?, text(&args[1])?, true)?.into());
    }
    if name == "urlsplit" {
        let it = parse::urlsplit_value(first, text(&args[1])?, args[2].is_true())?;
        return Ok(list![
            parse::split_scheme(&it),
            parse::split_netloc(&it),
            parse::split_path(&it),
            parse::split_query(&it),
            parse::split_fragment(&it),
            parse::split_hostname(&it),
            parse::split_geturl(&it),
        ]
        .into());
    }
    let it = parse::urlparse_value(first, "", true)?;
    let port = parse::parse_port(&it).map_or_else(|error| error.to_string().into(), Value::from);
    let facts: List = list![
        parse::parse_scheme(&it),
        parse::parse_netloc(&it),
        parse::parse_path(&it),
        parse::parse_params(&it),
        parse::parse_query(&it),
        parse::parse_fragment(&it),
        parse::parse_hostname(&it),
        port,
        parse::parse_username(&it),
        parse::parse_password(&it),
        parse::parse_geturl(&it),
    ];
    Ok(facts.into())
}
