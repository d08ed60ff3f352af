//! What an invocation did, as far as callers, AWS and the log can tell.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::lambda::record::{Call, Recording, Request};
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

/// Keys of structured lines whose values differ between languages or runs: places in the source,
/// times, traces.
const UNKEPT: &[&str] = &[
    "timestamp",
    "time",
    "asctime",
    "location",
    "filename",
    "funcName",
    "lineno",
    "exception",
    "stack_trace",
    "stackTrace",
    "traceback",
];

const TRACEBACK: &str = "Traceback (most recent call last):";

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
    let (mut in_traceback, mut after_warning) = (false, false);
    for text in without_reports(text)
        .split('\n')
        .map(|line| line.strip_suffix('\r').unwrap_or(line))
    {
        if text.is_empty() {
            continue;
        }
        if text == TRACEBACK {
            in_traceback = true;
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
            continue;
        }
        lines.push(line(text));
    }
    lines
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
        let mut first = |names: &[&str]| names.iter().find_map(|name| fields.shift_remove(*name));
        let level = first(&["level", "levelname", "log_level", "severity"]);
        let message = first(&["message", "msg"]).unwrap_or_default();
        for (name, value) in &mut fields {
            if UNKEPT.contains(&name.as_str()) {
                *value = Value::Null;
            }
        }
        return Line {
            level: level.and_then(|level| level.as_str().map(str::to_owned)),
            message,
            fields,
        };
    }
    // `[INFO]\t2026-01-02T03:04:05.678Z\t<request id>\tmessage`, the Python runtime's own form.
    let mut parts = text.splitn(4, '\t');
    let level = parts
        .next()
        .and_then(|part| part.strip_prefix('[')?.strip_suffix(']'));
    if let (Some(level), Some(_), Some(_), Some(message)) =
        (level, parts.next(), parts.next(), parts.next())
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
    fn a_message_has_no_places_in_the_source() {
        let message = "All failed.\n\nTraceback (most recent call last):\n  File \"a.py\", line 1\n    \
            x()\n    ^^^\nKeyError: 'x'\n";
        assert_eq!(without_frames(message), "All failed.\n\nKeyError: 'x'\n");
        assert_eq!(without_frames("as it is"), "as it is");
    }
}
