//! The variables that set up Powertools for AWS Lambda.

use super::environ;
use super::error::{self, Result};
use super::text;

/// A value that was given, or else that of a variable.
pub fn choice(given: Option<&str>, variable: &str) -> Option<String> {
    given.map(str::to_owned).or_else(|| environ::find(variable))
}

/// A switch that was given, or else that of a variable, or else its default.
pub fn switch(given: Option<bool>, variable: &str, default: bool) -> Result<bool> {
    if let Some(given) = given {
        return Ok(given);
    }
    let Some(value) = environ::find(variable) else {
        return Ok(default);
    };
    match value.to_lowercase().as_str() {
        "1" | "y" | "yes" | "t" | "true" | "on" => Ok(true),
        "0" | "n" | "no" | "f" | "false" | "off" => Ok(false),
        other => {
            let shown = text::str_repr(other);
            Err(error::value_error(format!("invalid truth value {shown}")))
        }
    }
}

/// Whether what is written is laid out for a developer.
pub fn is_development() -> Result<bool> {
    switch(None, "POWERTOOLS_DEV", false)
}

/// Whether Lambda started the process ahead of its first invocation.
pub fn is_provisioned() -> bool {
    environ::find("AWS_LAMBDA_INITIALIZATION_TYPE").as_deref() == Some("provisioned-concurrency")
}

/// The trace of the current invocation, as X-Ray names it.
pub fn trace_id() -> Option<String> {
    let header = environ::find("_X_AMZN_TRACE_ID").filter(|header| !header.is_empty())?;
    let root = header.split(';').next().unwrap_or_default();
    Some(root.replace("Root=", ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn switches_are_those_of_powertools() {
        let read = |value: &str| {
            environ::put("POWERTOOLS_A", Some(value));
            switch(None, "POWERTOOLS_A", false).map_err(|error| error.to_string())
        };
        assert_eq!(read("Yes"), Ok(true));
        assert_eq!(read("OFF"), Ok(false));
        assert_eq!(read("Maybe"), Err("invalid truth value 'maybe'".to_owned()));
        assert_eq!(read(""), Err("invalid truth value ''".to_owned()));
        assert!(switch(Some(true), "POWERTOOLS_A", false).is_ok_and(|it| it));
    }

    #[test]
    fn a_trace_is_the_root_of_the_header() {
        environ::put("_X_AMZN_TRACE_ID", Some("Root=1-2-3;Parent=4;Sampled=1"));
        assert_eq!(trace_id().as_deref(), Some("1-2-3"));
        environ::put("_X_AMZN_TRACE_ID", None);
        assert_eq!(trace_id(), None);
    }
}
