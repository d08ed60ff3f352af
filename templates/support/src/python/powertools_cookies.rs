//! The cookies of Powertools for AWS Lambda.

use std::fmt::Write;

use super::error::{self, Result};
use super::value::Value;

/// `aws_lambda_powertools.shared.cookies.Cookie`
#[derive(Debug, Clone)]
pub struct Cookie(String);

/// `aws_lambda_powertools.shared.cookies.SameSite`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SameSite(&'static str);

/// `aws_lambda_powertools.shared.cookies.SameSite.DEFAULT_MODE`
pub const DEFAULT_MODE: SameSite = SameSite("");
/// `aws_lambda_powertools.shared.cookies.SameSite.LAX_MODE`
pub const LAX_MODE: SameSite = SameSite("Lax");
/// `aws_lambda_powertools.shared.cookies.SameSite.STRICT_MODE`
pub const STRICT_MODE: SameSite = SameSite("Strict");
/// `aws_lambda_powertools.shared.cookies.SameSite.NONE_MODE`
pub const NONE_MODE: SameSite = SameSite("None");

/// `aws_lambda_powertools.shared.cookies.Cookie(name, value, path='', domain='', secure=True, http_only=False)`.
pub fn cookie(
    name: &Value,
    value: &Value,
    path: &str,
    domain: &str,
    secure: bool,
    http_only: bool,
) -> Cookie {
    let mut text = format!("{name}={value}");
    place(&mut text, path, domain);
    flags(&mut text, secure, http_only);
    Cookie(text)
}

/// `aws_lambda_powertools.shared.cookies.Cookie(name, value, path='', secure=True, http_only=False, *, max_age=None, same_site=None)`.
/// An age of 0, which versions of Powertools write in different ways, is refused.
pub fn cookie_with_age(
    name: &Value,
    value: &Value,
    path: &str,
    secure: bool,
    http_only: bool,
    max_age: Option<i64>,
    same_site: Option<SameSite>,
) -> Result<Cookie> {
    let mut text = format!("{name}={value}");
    place(&mut text, path, "");
    match max_age {
        None => {}
        Some(0) => return Err(error::untranslated("a cookie of the age 0")),
        Some(age) => _ = write!(text, "; Max-Age={}", age.max(0)),
    }
    flags(&mut text, secure, http_only);
    if let Some(SameSite(mode)) = same_site {
        _ = write!(text, "; SameSite={mode}");
    }
    Ok(Cookie(text))
}

fn place(text: &mut String, path: &str, domain: &str) {
    for (name, value) in [("Path", path), ("Domain", domain)] {
        if !value.is_empty() {
            _ = write!(text, "; {name}={value}");
        }
    }
}

fn flags(text: &mut String, secure: bool, http_only: bool) {
    if http_only {
        text.push_str("; HttpOnly");
    }
    if secure {
        text.push_str("; Secure");
    }
}

impl Cookie {
    /// As `str(cookie)`.
    pub fn text(&self) -> String {
        self.0.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_those_of_powertools() -> Result<()> {
        let (name, value) = ("a".into(), Value::from(1));
        let plain = cookie(&name, &value, "", "", true, false);
        assert_eq!(plain.text(), "a=1; Secure");
        let placed = cookie(&name, &value, "/p", "d.e", false, true);
        assert_eq!(placed.text(), "a=1; Path=/p; Domain=d.e; HttpOnly");
        let aged = |age| cookie_with_age(&name, &value, "/", true, true, age, Some(LAX_MODE));
        let expected = "a=1; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax";
        assert_eq!(aged(Some(-5))?.text(), expected);
        assert!(aged(Some(0)).is_err());
        Ok(())
    }
}
