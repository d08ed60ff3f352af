//! Python's `traceback`, without places in the source, which are other ones here.
//!
//! `handled` is the exception that the calling code handles; the compiler gives it.

use std::io::Write;

use super::error::Error;

/// What Python shows of an exception, or of none.
pub fn shown(error: Option<&Error>) -> String {
    error.map_or_else(|| "NoneType: None".to_owned(), shown_error)
}

/// An exception as a traceback shows it, without places in the source.
fn shown_error(error: &Error) -> String {
    let before = error.cause().map_or_else(String::new, |cause| {
        let joined = "The above exception was the direct cause of the following exception:";
        format!("{}\n\n{joined}\n\n", shown_error(&cause))
    });
    let (name, text) = (error.class().name, error.to_string());
    let colon = if text.is_empty() { "" } else { ": " };
    format!("{before}Traceback (most recent call last):\n{name}{colon}{text}")
}

/// `traceback.print_exc()`.
/// It writes no places in the source.
pub fn print_exc(handled: Option<&Error>) {
    let text = shown(handled) + "\n";
    // Nobody is there to be told of a closed standard error.
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::error;

    #[test]
    fn exceptions_are_shown_without_places() {
        assert_eq!(shown(None), "NoneType: None");
        let cause = error::key_error(&"k".into());
        let error = error::value_error("v").with_cause(cause);
        let expected = "Traceback (most recent call last):\nKeyError: 'k'\n\n\
            The above exception was the direct cause of the following exception:\n\n\
            Traceback (most recent call last):\nValueError: v";
        assert_eq!(shown(Some(&error)), expected);
    }
}
