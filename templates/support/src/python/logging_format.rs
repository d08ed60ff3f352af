//! How the Lambda runtime writes what `logging` logs: as text, or as JSON.

use std::io::Write;

use super::dict::Dict;
use super::error::{self, Error, Result};
use super::logging::{Details, level_name};
use super::value::Value;
use super::{environ, invocation, json, percent, time, traceback};

/// One message and what belongs to it.
pub struct Record<'a> {
    /// The logger's name.
    pub logger: String,
    /// The level's number.
    pub level: i64,
    /// The message, or its template.
    pub msg: &'a Value,
    /// What fills the template.
    pub args: &'a [Value],
    /// What is added to the record.
    pub extra: Vec<(Value, Value)>,
    /// What is said of an exception, where it is asked for: `None` if there is none.
    pub exception: Option<Option<Error>>,
}

/// The attributes of a record, which nothing can be added to under the same name.
const TAKEN: &str = "message asctime name msg args levelname levelno pathname filename module \
    exc_info exc_text stack_info lineno funcName created msecs relativeCreated thread threadName \
    processName process";

/// The members of `extra`.
pub fn added(extra: &Value) -> Result<Vec<(Value, Value)>> {
    let members = match extra {
        Value::None => return Ok(Vec::new()),
        Value::Dict(members) => members.pairs(),
        other => {
            other.iterate()?;
            return Err(error::untranslated("extra that is not a dict"));
        }
    };
    for (key, _) in &members {
        let is_taken = |key: &str| TAKEN.split(' ').any(|taken| taken == key);
        if key.as_str().is_some_and(is_taken) {
            let shown = super::ops::repr(key);
            let text = format!("Attempt to overwrite {shown} in LogRecord");
            return Err(error::key_error(&text.into()));
        }
    }
    Ok(members)
}

/// The exception that `exc_info` means.
pub fn exception(details: &Details<'_>) -> Result<Option<Option<Error>>> {
    #[cfg(feature = "object")]
    if let Value::Object(object) = details.exc_info
        && let Some(error) = super::object::downcast::<Error>(object)
    {
        return Ok(Some(Some(error.clone())));
    }
    match details.exc_info.type_name() {
        "tuple" if details.exc_info.is_true() => {
            Err(error::untranslated("exc_info that is a tuple"))
        }
        _ if details.exc_info.is_true() => Ok(Some(details.handled.cloned())),
        _ => Ok(None),
    }
}

/// Writes a record.
pub fn emit(record: &Record<'_>) -> Result<()> {
    let format = environ::find("AWS_LAMBDA_LOG_FORMAT").unwrap_or_default();
    let line = if format.to_uppercase() == "JSON" {
        as_json(record, time::time_ns())?
    } else {
        as_text(record, time::time_ns())?
    };
    let mut out = std::io::stdout().lock();
    // Nobody is there to be told of a closed standard output.
    let _ = out.write_all(line.as_bytes()).and_then(|()| out.flush());
    Ok(())
}

/// What fills a template: a single dict stands for its members.
fn filled(record: &Record<'_>) -> Result<String> {
    let template = record.msg.to_string();
    match record.args {
        [] => Ok(template),
        [Value::Dict(members)] if !members.is_empty() => {
            percent::percent(&template, &record.args[0])
        }
        args => percent::percent_all(&template, args),
    }
}

/// A time as ISO writes it, without its fraction.
fn stamp(nanoseconds: i64) -> String {
    let [year, month, day, hour, minute, second] = time::utc(nanoseconds.div_euclid(1_000_000_000));
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
}

fn as_text(record: &Record<'_>, now: i64) -> Result<String> {
    let message = filled(record)?;
    let (level, stamp) = (level_name(record.level), stamp(now));
    let milliseconds = now / 1_000_000 % 1000;
    let id = invocation::request_id();
    let mut line = format!("[{level}]\t{stamp}.{milliseconds:03}Z\t{id}\t{message}\n");
    match &record.exception {
        None => {}
        Some(error) => {
            line.push_str(&traceback::shown(error.as_ref()));
            line.push('\n');
        }
    }
    Ok(line)
}

fn as_json(record: &Record<'_>, now: i64) -> Result<String> {
    let level = record.level.clamp(0, 50) / 10 * 10;
    let message = match record.msg {
        Value::Dict(_) if record.args.is_empty() => record.msg.clone(),
        _ => filled(record)?.into(),
    };
    let line = Dict::new();
    line.insert("timestamp", stamp(now) + "Z");
    line.insert("level", level_name(level));
    line.insert("message", message);
    line.insert("logger", record.logger.as_str());
    let mut location = Value::None;
    match &record.exception {
        None => {}
        Some(None) => return Err(error::attribute_error("NoneType", "__name__")),
        Some(Some(error)) => {
            line.insert("stackTrace", super::list::List::new());
            line.insert("errorType", error.class().name);
            line.insert("errorMessage", error.to_string());
            // Python's has a file, a function and a line.
            location = format!("{}:0", record.logger).into();
        }
    }
    line.insert("requestId", invocation::request_id());
    line.insert("location", location);
    if let Some(tenant) = invocation::current().and_then(|current| current.tenant_id.clone()) {
        line.insert("tenantId", tenant);
    }
    add(&line, &record.extra)?;
    let members = line
        .pairs()
        .into_iter()
        .filter(|(_, value)| !value.is_none());
    let line: Dict = members.collect();
    let none = Value::None;
    let text = |value: Value| Ok(Value::Str(value.to_string()));
    let line = json::dumps_with_default(&line.into(), false, true, &none, &none, text, false)?;
    Ok(line + "\n")
}

/// Adds members under names that a line does not have, nor could have.
fn add(line: &Dict, members: &[(Value, Value)]) -> Result<()> {
    for (key, value) in members {
        let is_reserved = match key.as_str() {
            Some("stackTrace" | "errorType" | "errorMessage") => true,
            Some("aws_request_id" | "tenant_id" | "_frame_type") => true,
            _ => line.contains(key)?,
        };
        if !is_reserved {
            line.set_item(key, value)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::dict::dict;

    /// 2026-01-02T03:04:05.678Z.
    const NOW: i64 = 1_767_323_045_678_000_000;

    fn record<'a>(level: i64, msg: &'a Value, args: &'a [Value]) -> Record<'a> {
        Record {
            logger: "a.b".to_owned(),
            level,
            msg,
            args,
            extra: Vec::new(),
            exception: None,
        }
    }

    fn raised<T: std::fmt::Display>(result: Result<T>) -> String {
        match result {
            Ok(value) => value.to_string(),
            Err(error) => format!("{}: {error}", error.class().name),
        }
    }

    #[test]
    fn text_lines_are_those_of_the_runtime() {
        let start = "2026-01-02T03:04:05.678Z\t\t";
        let (dict, float): (Value, Value) = (dict! {"a": 1}.into(), 2.5.into());
        let empty = Value::from(Dict::new());
        for (level, msg, args, expected) in [
            (20, "a", vec![], format!("[INFO]\t{start}a\n")),
            (25, "%", vec![], format!("[Level 25]\t{start}%\n")),
            (
                30,
                "n %s %d",
                vec!["x".into(), 3.into()],
                format!("[WARNING]\t{start}n x 3\n"),
            ),
            (
                40,
                "n %(a)s",
                vec![dict.clone()],
                format!("[ERROR]\t{start}n 1\n"),
            ),
            (
                50,
                "x %s",
                vec![empty.clone()],
                format!("[CRITICAL]\t{start}x {{}}\n"),
            ),
            (
                20,
                "x",
                vec![float],
                "TypeError: not all arguments converted during string formatting".to_owned(),
            ),
            (
                20,
                "x",
                vec![empty],
                "TypeError: not all arguments converted during string formatting".to_owned(),
            ),
            (
                20,
                "x %s %s",
                vec![1.into()],
                "TypeError: not enough arguments for format string".to_owned(),
            ),
            (
                20,
                "%",
                vec![1.into()],
                "ValueError: incomplete format".to_owned(),
            ),
        ] {
            let msg = Value::from(msg);
            assert_eq!(raised(as_text(&record(level, &msg, &args), NOW)), expected);
        }
        let line = as_text(&record(20, &dict, &[]), NOW);
        assert_eq!(raised(line), format!("[INFO]\t{start}{{'a': 1}}\n"));
    }

    #[test]
    fn exceptions_follow_their_message() {
        let msg = Value::from("bad");
        let mut record = record(40, &msg, &[]);
        let cause = error::key_error(&"k".into());
        let error = error::value_error("v\nw").with_cause(cause);
        record.exception = Some(Some(error));
        let head = "[ERROR]\t2026-01-02T03:04:05.678Z\t\tbad\n";
        let trace = "Traceback (most recent call last):\n";
        let joined = "The above exception was the direct cause of the following exception:";
        let expected =
            format!("{head}{trace}KeyError: 'k'\n\n{joined}\n\n{trace}ValueError: v\nw\n");
        assert_eq!(raised(as_text(&record, NOW)), expected);
        let empty = Error::with_args(&error::VALUE_ERROR, Vec::new());
        record.exception = Some(Some(empty));
        let expected = format!("{head}{trace}ValueError\n");
        assert_eq!(raised(as_text(&record, NOW)), expected);
        record.exception = Some(None);
        assert_eq!(
            raised(as_text(&record, NOW)),
            format!("{head}NoneType: None\n")
        );
        assert_eq!(
            raised(as_json(&record, NOW)),
            "AttributeError: 'NoneType' object has no attribute '__name__'"
        );
    }

    #[test]
    fn json_lines_are_those_of_the_runtime() -> Result<()> {
        let head = r#"{"timestamp": "2026-01-02T03:04:05Z", "level": "#;
        let tail = r#""logger": "a.b", "requestId": """#;
        let msg = Value::from("é %s");
        let args = ["x".into()];
        let mut one = record(25, &msg, &args);
        one.extra =
            added(&dict! {"q": 1, "level": 3, "errorType": 2, "v": Value::None, 5: 1}.into())?;
        let expected =
            format!("{head}\"INFO\", \"message\": \"é x\", {tail}, \"q\": 1, \"5\": 1}}\n");
        assert_eq!(raised(as_json(&one, NOW)), expected);
        let dict = dict! {"a": f64::NAN, 1: error::value_error("x")}.into();
        let mut two = record(55, &dict, &[]);
        let expected =
            format!("{head}\"CRITICAL\", \"message\": {{\"a\": NaN, \"1\": \"x\"}}, {tail}}}\n");
        assert_eq!(raised(as_json(&two, NOW)), expected);
        two.msg = &msg;
        two.exception = Some(Some(error::key_error(&"k".into())));
        let error = r#""stackTrace": [], "errorType": "KeyError", "errorMessage": "'k'""#;
        let expected = format!(
            "{head}\"CRITICAL\", \"message\": \"é %s\", \"logger\": \"a.b\", {error}, \
             \"requestId\": \"\", \"location\": \"a.b:0\"}}\n"
        );
        assert_eq!(raised(as_json(&two, NOW)), expected);
        Ok(())
    }

    #[test]
    fn what_a_record_has_cannot_be_added() {
        for key in ["msg", "message", "asctime"] {
            let extra = Dict::new();
            extra.insert(key, 1);
            let expected = format!("KeyError: \"Attempt to overwrite '{key}' in LogRecord\"");
            assert_eq!(raised(added(&extra.into()).map(|_| "")), expected);
        }
        let expected = "TypeError: 'int' object is not iterable";
        assert_eq!(raised(added(&5.into()).map(|_| "")), expected);
    }
}
