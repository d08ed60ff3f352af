//! The lines that the logger of Powertools for AWS Lambda writes.

use std::io::Write;

use super::dict::Dict;
use super::error::{self, Error, Result};
use super::list::List;
use super::logging::level_name;
use super::traceback;
use super::value::Value;
use super::{json, percent, powertools_settings, time};

/// How lines are laid out.
#[derive(Debug, Clone)]
pub struct Layout {
    /// The keys that come first.
    order: Vec<Value>,
    is_rfc3339: bool,
    has_stack_trace: bool,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            order: ["level", "location", "message", "timestamp"]
                .map(Value::from)
                .to_vec(),
            is_rfc3339: false,
            has_stack_trace: true,
        }
    }
}

/// One message and what belongs to it.
pub struct Message<'a> {
    /// The function and line that logs it.
    pub location: &'a str,
    /// The level's number.
    pub level: i64,
    /// The message, or its template.
    pub msg: &'a Value,
    /// What fills the template.
    pub args: &'a [Value],
    /// The members that only this line has.
    pub extra: &'a [(Value, Value)],
    /// The exception that it tells of.
    pub exception: Option<&'a Error>,
}

/// The keys whose values are templates, or belong to the line itself.
const RESERVED: &str = "name msg args level levelname levelno pathname filename module exc_info \
    exc_text stack_info lineno funcName created msecs relativeCreated thread threadName \
    processName process asctime location timestamp";

const LEVEL: &str = "%(levelname)s";
const LOCATION: &str = "%(funcName)s:%(lineno)d";
const TIMESTAMP: &str = "%(asctime)s";

impl Layout {
    /// A layout whose keys come in an order of the program's.
    pub fn new(order: &Value, is_rfc3339: bool, has_stack_trace: bool) -> Result<Self> {
        let mut layout = Self {
            is_rfc3339,
            has_stack_trace,
            ..Self::default()
        };
        if order.is_true() {
            layout.order = order.iterate()?.collect();
        }
        Ok(layout)
    }

    /// The keys that every line starts with.
    pub fn keys(&self) -> Dict {
        let keys: Dict = self
            .order
            .iter()
            .map(|key| (key.clone(), Value::None))
            .collect();
        keys.insert("level", LEVEL);
        keys.insert("location", LOCATION);
        keys.insert("timestamp", TIMESTAMP);
        keys
    }

    /// A time in nanoseconds since 1970.
    fn stamp(&self, now: i64) -> String {
        let seconds = now.div_euclid(1_000_000_000);
        let [year, month, day, hour, minute, second] = time::utc(seconds);
        let thousandths = now / 1_000_000 % 1000;
        let (between, point, zone) = match self.is_rfc3339 {
            true => ("T", ".", "+00:00"),
            false => (" ", ",", "+0000"),
        };
        format!(
            "{year:04}-{month:02}-{day:02}{between}{hour:02}:{minute:02}:{second:02}\
             {point}{thousandths:03}{zone}"
        )
    }
}

/// Writes the line of a message.
/// What cannot be formatted, of which Python writes a report instead of the line, is refused.
pub fn emit(layout: &Layout, keys: &Dict, message: &Message<'_>) -> Result<()> {
    let line = line(layout, keys, message, time::time_ns());
    let line = line.map_err(|error| match error.is(&error::UNTRANSLATED) {
        true => error,
        false => error::untranslated(format!("a log line that fails: {error}")),
    })?;
    let mut out = std::io::stdout().lock();
    // Nobody is there to be told of a closed standard output.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
    Ok(())
}

/// The line of a message.
fn line(layout: &Layout, keys: &Dict, message: &Message<'_>, now: i64) -> Result<String> {
    let line = Dict::new();
    for (key, value) in keys.pairs() {
        let is_reserved = key.as_str().is_some_and(is_reserved) && value.is_true();
        let value = match is_reserved {
            true => filled(layout, &value, message, now)?,
            false => value,
        };
        line.insert(key, value);
    }
    for (key, value) in message.extra {
        match key.as_str() {
            Some(name) if is_reserved(name) => {}
            Some(name) => line.insert(name, value),
            None => return Err(error::type_error("keywords must be strings")),
        }
    }
    line.insert("message", text(message)?);
    add_exception(layout, &line, message.exception);
    let trace = match keys.find("xray_trace_id") {
        Some(Value::None) => None,
        _ => powertools_settings::trace_id(),
    };
    line.insert("xray_trace_id", trace);
    let members = line
        .pairs()
        .into_iter()
        .filter(|(_, value)| !value.is_none());
    encoded(&members.collect())
}

fn is_reserved(key: &str) -> bool {
    RESERVED.split(' ').any(|reserved| reserved == key)
}

/// The value of a key that is a template.
fn filled(layout: &Layout, value: &Value, message: &Message<'_>, now: i64) -> Result<Value> {
    match value.as_str() {
        Some(LEVEL) => Ok(level_name(message.level).into()),
        Some(LOCATION) => Ok(message.location.into()),
        Some(TIMESTAMP) => Ok(layout.stamp(now).into()),
        Some(text) if !text.contains('%') => Ok(text.into()),
        _ => Err(error::untranslated(format!("the log key {value}"))),
    }
}

/// The message itself: a dict as it is, and what a text holds where that is JSON.
fn text(message: &Message<'_>) -> Result<Value> {
    match message.msg {
        Value::Dict(members) => Ok(members.clone().into()),
        template if !message.args.is_empty() => {
            let template = template.to_string();
            let filled = match message.args {
                [Value::Dict(members)] if !members.is_empty() => {
                    percent::percent(&template, &message.args[0])
                }
                args => percent::percent_all(&template, args),
            };
            filled.map(Value::Str)
        }
        Value::Str(text) => match json::loads(text) {
            Err(error) if error.is(&error::VALUE_ERROR) => Ok(text.as_str().into()),
            loaded => loaded,
        },
        other => Ok(other.clone()),
    }
}

/// Adds what is said of an exception. The places in the source are left out.
fn add_exception(layout: &Layout, line: &Dict, exception: Option<&Error>) {
    let add = |name: &str, value: Value| {
        if !line.has(name) {
            line.insert(name, value);
        }
    };
    add(
        "exception",
        exception.map(|error| traceback::shown(Some(error))).into(),
    );
    add("exception_name", exception.map(|it| it.class().name).into());
    add("exception_notes", Value::None);
    if !layout.has_stack_trace {
        return;
    }
    let stack_trace = exception.map(|error| {
        let trace = Dict::new();
        trace.insert("type", error.class().name);
        trace.insert("value", error.to_string());
        trace.insert("frames", List::new());
        trace
    });
    line.insert("stack_trace", stack_trace);
}

/// The JSON of a line.
fn encoded(line: &Dict) -> Result<String> {
    let indent = match powertools_settings::is_development()? {
        true => Value::Int(4),
        false => Value::None,
    };
    let separators = List::new();
    separators.push(",");
    separators.push(":");
    let default = |value: Value| Ok(Value::Str(value.to_string()));
    json::dumps_with_default(
        &line.clone().into(),
        false,
        true,
        &indent,
        &separators.into(),
        default,
        false,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::dict::dict;
    use crate::python::environ;

    /// 2026-01-02T03:04:05.677Z.
    const NOW: i64 = 1_767_323_045_677_000_000;

    fn said_by(layout: &Layout, keys: &Dict, message: &Message<'_>) -> String {
        let line = line(layout, keys, message, NOW);
        line.unwrap_or_else(|error| format!("{}: {error}", error.class().name))
    }

    fn said(level: i64, msg: &Value, args: &[Value], extra: Dict) -> String {
        let layout = Layout::default();
        let keys = layout.keys();
        keys.insert("service", "s");
        let message = Message {
            location: "f:17",
            level,
            msg,
            args,
            extra: &extra.pairs(),
            exception: None,
        };
        said_by(&layout, &keys, &message)
    }

    #[test]
    fn lines_are_those_of_powertools() {
        let line = |level: &str, message: &str, more: &str| {
            format!(
                "{{\"level\":\"{level}\",\"location\":\"f:17\"{message},\
                 \"timestamp\":\"2026-01-02 03:04:05,677+0000\",\"service\":\"s\"{more}}}"
            )
        };
        let dict = dict! {"a": 1, 2: Value::None, "é": 1.5};
        for (level, msg, args, expected) in [
            (
                20,
                Value::from("a"),
                vec![],
                line("INFO", r#","message":"a""#, ""),
            ),
            (
                30,
                "a %s %d".into(),
                vec!["x".into(), 3.into()],
                line("WARNING", r#","message":"a x 3""#, ""),
            ),
            (
                30,
                "a %(k)s".into(),
                vec![dict! {"k": 1}.into()],
                line("WARNING", r#","message":"a 1""#, ""),
            ),
            (
                40,
                dict.into(),
                vec![],
                line("ERROR", r#","message":{"a":1,"2":null,"é":1.5}"#, ""),
            ),
            (
                20,
                r#"{"a": [1, 2.50]}"#.into(),
                vec![],
                line("INFO", r#","message":{"a":[1,2.5]}"#, ""),
            ),
            (
                20,
                "12".into(),
                vec![],
                line("INFO", r#","message":12"#, ""),
            ),
            (20, 12.into(), vec![], line("INFO", r#","message":12"#, "")),
            (20, Value::None, vec![], line("INFO", "", "")),
        ] {
            assert_eq!(said(level, &msg, &args, Dict::new()), expected);
        }
        let extra = dict! {"a": 1, "level": 2, "location": "Berlin", "z": Value::None, "b": "é"};
        let expected = line("INFO", r#","message":"m""#, r#","a":1,"b":"é""#);
        assert_eq!(said(20, &"m".into(), &[], extra), expected);
        let expected = line("INFO", r#","message":"m""#, "").replace(r#""s""#, r#""other""#);
        let extra = dict! {"service": "other"};
        assert_eq!(said(20, &"m".into(), &[], extra), expected);
    }

    #[test]
    fn keys_and_their_order_are_the_program_s() -> Result<()> {
        let order = List::new();
        order.push("message");
        order.push("level");
        let layout = Layout::new(&order.into(), true, true)?;
        let keys = layout.keys();
        keys.insert("region", "eu");
        keys.insert("name", "n");
        keys.insert("module", Value::None);
        let msg = Value::from("a");
        let message = Message {
            location: "f:1",
            level: 20,
            msg: &msg,
            args: &[],
            extra: &[],
            exception: None,
        };
        let start = r#"{"message":"a","level":"INFO","location":"f:1","timestamp":"#;
        let end = r#""2026-01-02T03:04:05.677+00:00","region":"eu","name":"n""#;
        assert_eq!(said_by(&layout, &keys, &message), format!("{start}{end}}}"));
        environ::put("_X_AMZN_TRACE_ID", Some("Root=1-2-3;Parent=4"));
        let traced = format!("{start}{end},\"xray_trace_id\":\"1-2-3\"}}");
        assert_eq!(said_by(&layout, &keys, &message), traced);
        keys.insert("xray_trace_id", Value::None);
        assert_eq!(said_by(&layout, &keys, &message), format!("{start}{end}}}"));
        keys.insert("name", "%(process)d");
        let refused = "Untranslated: the log key %(process)d";
        assert_eq!(said_by(&layout, &keys, &message), refused);
        Ok(())
    }

    #[test]
    fn exceptions_are_told_without_places() {
        let layout = Layout::default();
        let error = error::key_error(&"k".into());
        let (msg, keys) = (Value::from("bad"), layout.keys());
        let mut message = Message {
            location: "f:17",
            level: 40,
            msg: &msg,
            args: &[],
            extra: &[],
            exception: Some(&error),
        };
        let start = r#"{"level":"ERROR","location":"f:17","message":"bad","timestamp":"2026-01-02 03:04:05,677+0000","#;
        let end = r#""exception_name":"KeyError","stack_trace":{"type":"KeyError","value":"'k'","frames":[]}}"#;
        let trace = r#""exception":"Traceback (most recent call last):\nKeyError: 'k'","#;
        assert_eq!(
            said_by(&layout, &keys, &message),
            format!("{start}{trace}{end}")
        );
        let extra = [("exception".into(), "mine".into())];
        message.extra = &extra;
        let own = format!("{start}\"exception\":\"mine\",{end}");
        assert_eq!(said_by(&layout, &keys, &message), own);
    }
}
