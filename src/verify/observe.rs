//! What an invocation did, as far as callers, AWS and the log can tell.

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, NaiveDate, NaiveTime};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::lambda::record::{Call, Exchange, Recording, Request};
use crate::lambda::{Invocation, Outcome};

/// All that is compared.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Observation {
    /// `{"result": …}` or `{"error": {"errorType": …, "errorMessage": …}}`.
    pub outcome: Value,
    /// AWS calls.
    pub calls: Vec<Call>,
    /// Other requests.
    pub requests: Vec<Request>,
    /// Log lines.
    pub log: Vec<Line>,
    /// AWS calls as they went over the wire, where they are kept.
    #[serde(skip)]
    pub exchanges: Vec<Exchange>,
}

/// One line of a log.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// The level, where the line has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// The message.
    pub message: Value,
    /// The other keys of a structured line; those whose values are not kept hold null.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub fields: Map<String, Value>,
}

impl Observation {
    /// Of an invocation and what was recorded of it.
    #[must_use]
    pub fn new(invocation: &Invocation, recording: Recording) -> Self {
        let outcome = match &invocation.outcome {
            Outcome::Answer(answer) => json!({"result": answer}),
            Outcome::Error(error) => {
                // Only the request's id, which all sides share, is put before such messages.
                let message = without_frames(&error.message);
                json!({"error": {"errorType": error.kind, "errorMessage": message}})
            }
        };
        let mut log = lines(&invocation.log.text());
        if invocation.log.dropped > 0 {
            log.push(Line {
                level: None,
                message: format!("{} bytes more", invocation.log.dropped).into(),
                fields: Map::new(),
            });
        }
        Self {
            outcome,
            calls: recording.calls,
            requests: recording.requests,
            log,
            exchanges: recording.exchanges,
        }
    }

    /// `errorType` and `errorMessage`; nothing where the function answered.
    #[must_use]
    pub fn error(&self) -> Option<(&str, &str)> {
        let error = self.outcome.get("error")?;
        let text = |name: &str| error.get(name).and_then(Value::as_str).unwrap_or_default();
        Some((text("errorType"), text("errorMessage")))
    }
}

/// Keys of structured lines whose values differ between languages or runs: places in the source
/// and traces.
const UNKEPT: &[&str] = &[
    "funcName",
    "lineno",
    "exception",
    "stack_trace",
    "stackTrace",
    "traceback",
];

/// Likewise, where they hold the time of the line: code may log times of its own under these names.
const TIMES: &[&str] = &["timestamp", "time", "asctime"];

/// Whether a field of a structured line is not compared.
fn is_unkept(name: &str, value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    match name {
        // `handler:12`, as Powertools writes it.
        "location" => text
            .rsplit_once(':')
            .is_some_and(|(_, line)| is_number(line)),
        "filename" => text.ends_with(".py") || text.ends_with(".rs"),
        name if TIMES.contains(&name) => is_now(value),
        name => UNKEPT.contains(&name),
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a value is a time of about now, or may be one in a form that is not known here.
fn is_now(value: &Value) -> bool {
    const DAY: f64 = 86_400.0;
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = now.unwrap_or_default().as_secs_f64();
    match value {
        Value::String(text) => match text.get(..10).map(str::parse::<NaiveDate>) {
            Some(Ok(date)) => {
                let noon = date.and_time(NaiveTime::MIN).and_utc().timestamp() as f64 + DAY / 2.0;
                (noon - now).abs() <= 1.5 * DAY
            }
            _ => text.bytes().filter(u8::is_ascii_digit).count() >= 6,
        },
        Value::Number(number) => {
            let number = number.as_f64().unwrap_or_default();
            let units = [1.0, 1e3, 1e6, 1e9];
            units.iter().any(|unit| (number / unit - now).abs() < DAY)
        }
        _ => false,
    }
}

const TRACEBACK: &str = "Traceback (most recent call last):";

/// What stands between the tracebacks of an exception and of the one that it came from.
const CHAINED: &[&str] = &[
    "During handling of the above exception, another exception occurred:",
    "The above exception was the direct cause of the following exception:",
];

/// A message without the places in the source that tracebacks in it name. Powertools puts those of
/// all its records into one message.
fn without_frames(message: &str) -> String {
    let mut in_frames = false;
    let kept = message.split('\n').filter(|line| {
        in_frames = *line == TRACEBACK || (in_frames && line.starts_with(' '));
        !in_frames
    });
    kept.collect::<Vec<_>>().join("\n")
}

/// A log without the Python runtime's own reports of unhandled exceptions. Those have returns for
/// their line ends, except in the exception's message.
fn without_reports(mut text: &str) -> String {
    let end = format!("\r{TRACEBACK}");
    let mut kept = String::new();
    while let Some((before, after)) = text.split_once(&end) {
        let start = match before.rfind("\n[ERROR] ") {
            Some(place) => place + 1,
            None if before.starts_with("[ERROR] ") => 0,
            None => before.len(),
        };
        kept.push_str(&before[..start]);
        text = after.split_once('\n').map_or("", |(_, rest)| rest);
    }
    kept.push_str(text);
    kept
}

/// The lines of a log without what the runtimes themselves print.
fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut in_traceback, mut after_warning, mut traced) = (false, false, false);
    for text in without_reports(text)
        .split('\n')
        .map(|line| line.strip_suffix('\r').unwrap_or(line))
    {
        if text.is_empty() {
            continue;
        }
        if text == TRACEBACK {
            (in_traceback, traced) = (true, true);
            continue;
        }
        if traced && CHAINED.contains(&text) {
            continue;
        }
        if std::mem::take(&mut after_warning) && text.starts_with("  ") {
            continue;
        }
        if is_warning(text) {
            after_warning = true;
            continue;
        }
        if in_traceback {
            // Its last line, the exception itself, is the first that is not indented.
            in_traceback = text.starts_with([' ', '\u{a0}']);
            lines.extend(behind(text));
            continue;
        }
        lines.push(line(text));
    }
    lines
}

/// The record behind the last line of a traceback, which the Python runtime ends without a line end.
fn behind(text: &str) -> Option<Line> {
    let starts = text.match_indices('[').skip_while(|(at, _)| *at == 0);
    let mut records = starts.map(|(at, _)| line(&text[at..]));
    records.find(|record| {
        let level = record.level.as_deref();
        level.is_some_and(|level| !level.contains('['))
    })
}

/// Whether Python's `warnings` wrote it: where a library is and what it minds, with the source line
/// below. No other language says that.
fn is_warning(text: &str) -> bool {
    let said = text.split_once(".py:").map(|(_, said)| said);
    let said = said.and_then(|said| {
        said.trim_start_matches(|it: char| it.is_ascii_digit())
            .strip_prefix(": ")
    });
    let category = said.and_then(|said| said.split_once(": "));
    category.is_some_and(|(category, _)| category.ends_with("Warning"))
}

fn line(text: &str) -> Line {
    if let Ok(Value::Object(mut fields)) = serde_json::from_str(text) {
        let mut first = |names: &[&str]| {
            let name = names.iter().find(|name| fields.contains_key(**name))?;
            let value = fields.shift_remove(*name);
            if *name != names[0] {
                // What it is called is kept, as those who search the log must know it.
                fields.insert((*name).to_owned(), Value::Null);
            }
            value
        };
        let level = first(&["level", "levelname", "log_level", "severity"]);
        let message = first(&["message", "msg"]).unwrap_or_default();
        for (name, value) in &mut fields {
            if is_unkept(name, value) {
                *value = Value::Null;
            }
        }
        let level = level.map(|level| match level {
            Value::String(level) => level,
            other => other.to_string(),
        });
        return Line {
            level,
            message,
            fields,
        };
    }
    // `[INFO]\t2026-01-02T03:04:05.678Z\t<request id>\tmessage`, the Python runtime's own form.
    let mut parts = text.splitn(4, '\t');
    let level = parts
        .next()
        .and_then(|part| part.strip_prefix('[')?.strip_suffix(']'));
    if let (Some(level), Some(time), Some(_), Some(message)) =
        (level, parts.next(), parts.next(), parts.next())
        && DateTime::parse_from_rfc3339(time).is_ok()
    {
        return Line {
            level: Some(level.to_owned()),
            message: message.into(),
            fields: Map::new(),
        };
    }
    Line {
        level: None,
        message: text.into(),
        fields: Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_runtime_reports_is_no_line_of_the_log() {
        let log = "before\n\
            [ERROR] KeyError: 'x'\rTraceback (most recent call last):\r\u{a0} File \"a.py\"\n\
            between\n\
            [ERROR] Failed: one\n\ntwo\n\rTraceback (most recent call last):\r\u{a0} File \"b.py\"\n\
            [ERROR] of the code's own\n\
            after";
        let messages: Vec<_> = lines(log).into_iter().map(|line| line.message).collect();
        assert_eq!(
            messages,
            ["before", "between", "[ERROR] of the code's own", "after"]
        );
        let only = "[ERROR] KeyError: 'x'\rTraceback (most recent call last):\n";
        assert_eq!(lines(only), []);
    }

    #[test]
    fn what_code_says_under_a_logger_s_names_is_kept() {
        let fields = |text: &str| Value::Object(line(text).fields);
        let own = json!({
            "location": "Berlin", "filename": "a.csv", "time": 12, "timestamp": "2001-02-03T04:05:06Z",
        });
        assert_eq!(fields(&own.to_string()), own);
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let time = now.as_secs();
        let now = DateTime::from_timestamp(i64::try_from(time).unwrap(), 0).unwrap();
        let timestamp = format!("{now:?}");
        let logger = json!({
            "location": "handler:12", "filename": "app.py", "time": time, "timestamp": timestamp,
        });
        let unkept = json!({"location": null, "filename": null, "time": null, "timestamp": null});
        assert_eq!(fields(&logger.to_string()), unkept);
        let named = |text: &str| line(text).fields.keys().cloned().collect::<Vec<_>>();
        assert_eq!(named(r#"{"level": "INFO", "message": "m"}"#), [""; 0]);
        assert_eq!(
            named(r#"{"severity": "INFO", "msg": "m"}"#),
            ["severity", "msg"]
        );
        assert_eq!(
            line(r#"{"level": 30, "message": "m"}"#).level.as_deref(),
            Some("30")
        );
        let table = line("[a]\tb\tc\td");
        assert_eq!((table.level, table.message), (None, json!("[a]\tb\tc\td")));
    }

    #[test]
    fn tracebacks_of_one_exception_after_another_are_no_lines() {
        let log = "before\nTraceback (most recent call last):\n  File \"a.py\", line 1\nKeyError: 1\n\n\
            During handling of the above exception, another exception occurred:\n\n\
            Traceback (most recent call last):\n  File \"a.py\", line 2\nValueError: 2\nafter";
        let messages: Vec<_> = lines(log).into_iter().map(|line| line.message).collect();
        assert_eq!(messages, ["before", "after"]);
    }

    #[test]
    fn a_record_behind_a_traceback_is_a_line() {
        let log = "Traceback (most recent call last):\n  File \"a.py\", line 1\nKeyError: '[x]'\
            [INFO]\t2026-01-02T03:04:05.678Z\tid\tgoes on\nafter";
        let found: Vec<_> = lines(log)
            .into_iter()
            .map(|it| (it.level, it.message))
            .collect();
        let info = (Some("INFO".to_owned()), json!("goes on"));
        assert_eq!(found, [info, (None, json!("after"))]);
    }

    #[test]
    fn a_message_has_no_places_in_the_source() {
        let message = "All failed.\n\nTraceback (most recent call last):\n  File \"a.py\", line 1\n    \
            x()\n    ^^^\nKeyError: 'x'\n";
        assert_eq!(without_frames(message), "All failed.\n\nKeyError: 'x'\n");
        assert_eq!(without_frames("as it is"), "as it is");
    }
}
