//! The parameters and secrets of Powertools for AWS Lambda, which it keeps for a while.
//!
//! `call` is the AWS call, of which the compiler makes a function: it takes the parameters of the
//! call and returns what boto3 returns.

use std::cell::RefCell;

use super::dict::{self, Dict};
use super::error::{Class, EXCEPTION, Error, Result};
use super::powertools_settings as settings;
use super::value::Value;
use super::{base64, bytes, environ, error, json, numbers, time};

/// `aws_lambda_powertools.utilities.parameters.exceptions.GetParameterError`
pub static GET_PARAMETER_ERROR: Class = Class::new("GetParameterError", &[&EXCEPTION]);
/// `aws_lambda_powertools.utilities.parameters.exceptions.TransformParameterError`
pub static TRANSFORM_PARAMETER_ERROR: Class = Class::new("TransformParameterError", &[&EXCEPTION]);

/// By what a value is kept: its service, its name and its transformation.
type Key = (&'static str, String, Option<String>);

/// A value that is kept.
#[derive(Debug)]
struct Kept {
    key: Key,
    value: Value,
    /// Until when, in nanoseconds since 1970.
    until: i64,
}

thread_local! {
    static KEPT: RefCell<Vec<Kept>> = const { RefCell::new(Vec::new()) };
}

/// `aws_lambda_powertools.utilities.parameters.clear_caches()`.
pub fn clear_caches() {
    KEPT.with_borrow_mut(Vec::clear);
}

/// The value that is kept under a key.
fn kept(key: &Key) -> Option<Value> {
    let now = time::time_ns();
    KEPT.with_borrow(|kept| {
        let found = kept.iter().find(|it| it.key == *key && it.until >= now);
        found.map(|it| it.value.clone())
    })
}

/// Keeps a value for so many seconds.
fn keep(key: Key, value: &Value, max_age: i64) {
    if max_age <= 0 {
        return;
    }
    let until = time::time_ns().saturating_add(max_age.saturating_mul(1_000_000_000));
    let value = value.clone();
    KEPT.with_borrow_mut(|kept| {
        kept.retain(|it| it.key != key);
        kept.push(Kept { key, value, until });
    });
}

/// For how many seconds a value is kept.
fn age(max_age: Option<i64>) -> Result<i64> {
    match (max_age, environ::find("POWERTOOLS_PARAMETERS_MAX_AGE")) {
        (Some(age), _) => Ok(age),
        (None, Some(age)) => numbers::int_of(&age.into()),
        (None, None) => Ok(300),
    }
}

/// As `GetParameterError(str(error))`, of what an `except Exception` catches.
fn failed(error: Error) -> Error {
    match error.is(&EXCEPTION) {
        true => Error::new(&GET_PARAMETER_ERROR, error.to_string()),
        false => error,
    }
}

/// `aws_lambda_powertools.utilities.parameters.get_secret(name, transform=None, force_fetch=False, max_age=None)`.
/// The call is `get_secret_value` of Secrets Manager.
pub async fn get_secret(
    name: &str,
    transform: Option<&str>,
    force_fetch: bool,
    max_age: Option<i64>,
    call: impl AsyncFnOnce(Dict) -> Result<Value>,
) -> Result<Value> {
    let max_age = age(max_age)?;
    let key = ("secrets", name.to_owned(), transform.map(str::to_owned));
    if let Some(value) = kept(&key).filter(|_| !force_fetch) {
        return Ok(value);
    }
    let parameters = Dict::new();
    parameters.insert("SecretId", name);
    let secret = call(parameters).await.and_then(|answer| {
        let is_text = answer.contains(&"SecretString".into())?;
        answer.item(if is_text {
            "SecretString"
        } else {
            "SecretBinary"
        })
    });
    finished(key, secret.map_err(failed)?, max_age)
}

/// `aws_lambda_powertools.utilities.parameters.get_parameter(name, transform=None, decrypt=None, force_fetch=False, max_age=None)`.
/// The call is `get_parameter` of Systems Manager.
pub async fn get_parameter(
    name: &str,
    transform: Option<&str>,
    decrypt: Option<bool>,
    force_fetch: bool,
    max_age: Option<i64>,
    call: impl AsyncFnOnce(Dict) -> Result<Value>,
) -> Result<Value> {
    let max_age = age(max_age)?;
    let decrypt = settings::switch(decrypt, "POWERTOOLS_PARAMETERS_SSM_DECRYPT", false)?;
    let key = ("ssm", name.to_owned(), transform.map(str::to_owned));
    if let Some(value) = kept(&key).filter(|_| !force_fetch) {
        return Ok(value);
    }
    let parameters = Dict::new();
    parameters.insert("Name", name);
    parameters.insert("WithDecryption", decrypt);
    let answer = call(parameters).await;
    let value = answer.and_then(|answer| answer.item("Parameter")?.item("Value"));
    finished(key, value.map_err(failed)?, max_age)
}

/// A value, transformed and kept.
fn finished(key: Key, value: Value, max_age: i64) -> Result<Value> {
    let value = match key.2.as_deref() {
        Some(transform) if !transform.is_empty() => transformed(&key.1, &value, transform)?,
        _ => value,
    };
    if !value.is_none() {
        keep(key, &value, max_age);
    }
    Ok(value)
}

/// `aws_lambda_powertools.utilities.parameters.get_parameters(path, transform=None, recursive=True, decrypt=None, *, max_age=None)`.
/// The call is `get_parameters_by_path` of Systems Manager for all pages, which it returns.
pub async fn get_parameters(
    path: &str,
    transform: Option<&str>,
    recursive: bool,
    decrypt: Option<bool>,
    max_age: Option<i64>,
    call: impl AsyncFnOnce(Dict) -> Result<Value>,
) -> Result<Value> {
    let max_age = age(max_age)?;
    let decrypt = settings::switch(decrypt, "POWERTOOLS_PARAMETERS_SSM_DECRYPT", false)?;
    let key = ("ssm path", path.to_owned(), transform.map(str::to_owned));
    if let Some(values) = kept(&key) {
        return Ok(values);
    }
    let parameters = Dict::new();
    parameters.insert("Path", path);
    parameters.insert("WithDecryption", decrypt);
    parameters.insert("Recursive", recursive);
    let pages = call(parameters).await;
    let values = pages.and_then(|pages| by_name(path, &pages));
    let values = values.map_err(failed)?;
    if let Some(transform) = transform.filter(|it| !it.is_empty()) {
        for (name, value) in values.pairs() {
            let made = match transformed(&name.to_string(), &value, transform) {
                Err(error) if error.is(&TRANSFORM_PARAMETER_ERROR) => Value::None,
                made => made?,
            };
            values.insert(name, made);
        }
    }
    let values = Value::from(values);
    keep(key, &values, max_age);
    Ok(values)
}

/// The values of pages of parameters by their names below a path.
fn by_name(path: &str, pages: &Value) -> Result<Dict> {
    let values = Dict::new();
    for page in pages.iterate()? {
        let parameters = dict::get(page.expect_dict("get")?, "Parameters", Value::None);
        if parameters.is_none() {
            continue;
        }
        for parameter in parameters.iterate()? {
            let name = parameter.item("Name")?;
            let name = name.expect_str("startswith")?;
            let name = name.strip_prefix(path).unwrap_or(name);
            values.insert(name.trim_start_matches('/'), parameter.item("Value")?);
        }
    }
    Ok(values)
}

/// A value, made of its text: `json`, `binary`, or what the end of its name says.
fn transformed(name: &str, value: &Value, transform: &str) -> Result<Value> {
    let value = match value {
        Value::Bytes(bytes) => bytes::decode(bytes, "utf-8", "strict")?.into(),
        value => value.clone(),
    };
    let by_name = || name.rsplit('.').next().unwrap_or_default();
    let made = match (transform, by_name()) {
        ("json", _) | ("auto", "json") => json::loads_value(&value),
        ("binary", _) | ("auto", "binary") => {
            base64::b64decode_value(&value, &Value::None, false).map(Value::Bytes)
        }
        ("auto", _) => Ok(value),
        _ => Err(error::type_error("'NoneType' object is not callable")),
    };
    made.map_err(|error| {
        if !error.is(&EXCEPTION) {
            return error;
        }
        let text = format!("Unable to transform value using '{transform}' transform: {error}");
        Error::new(&TRANSFORM_PARAMETER_ERROR, text).with_cause(error)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::dict::dict;
    use crate::python::list::{List, list};

    fn shown(result: Result<Value>) -> String {
        match result {
            Ok(value) => super::super::ops::repr(&value),
            Err(error) => format!("{} {error}", error.class().name),
        }
    }

    fn wait<T>(future: impl Future<Output = T>) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        runtime.expect("a runtime").block_on(future)
    }

    /// What a secret is, with what was asked for.
    fn secret(answer: &Dict, name: &str, transform: Option<&str>, max_age: Option<i64>) -> String {
        let asked = RefCell::new(String::new());
        let call = async |parameters: Dict| {
            *asked.borrow_mut() = Value::from(parameters).to_string();
            Ok(Value::from(answer.clone()))
        };
        let value = wait(get_secret(name, transform, false, max_age, call));
        format!("{} {}", shown(value), asked.borrow())
    }

    #[test]
    fn secrets_are_kept() {
        let answer = dict! {"SecretString": r#"{"a": 1}"#};
        let of = |name: &str, transform, max_age| secret(&answer, name, transform, max_age);
        let text = r#"'{"a": 1}'"#;
        assert_eq!(of("n", None, None), format!("{text} {{'SecretId': 'n'}}"));
        assert_eq!(of("n", None, None), format!("{text} "));
        assert_eq!(of("n", Some("json"), None), "{'a': 1} {'SecretId': 'n'}");
        assert_eq!(of("n", Some("json"), None), "{'a': 1} ");
        assert_eq!(
            of("m.json", Some("auto"), None),
            "{'a': 1} {'SecretId': 'm.json'}"
        );
        assert_eq!(
            of("m", Some("auto"), None),
            format!("{text} {{'SecretId': 'm'}}")
        );
        for _ in 0..2 {
            assert_eq!(
                of("y", None, Some(0)),
                format!("{text} {{'SecretId': 'y'}}")
            );
        }
        let failure = "TransformParameterError Unable to transform value using";
        let padding =
            format!("{failure} 'binary' transform: Incorrect padding {{'SecretId': 'x'}}");
        assert_eq!(of("x", Some("binary"), None), padding);
        let unknown = "'nope' transform: 'NoneType' object is not callable {'SecretId': 'x'}";
        assert_eq!(of("x", Some("nope"), None), format!("{failure} {unknown}"));
        clear_caches();
        assert_eq!(of("n", None, None), format!("{text} {{'SecretId': 'n'}}"));
        environ::put("POWERTOOLS_PARAMETERS_MAX_AGE", Some("x"));
        let age = "ValueError invalid literal for int() with base 10: 'x' ";
        assert_eq!(of("n", None, None), age);
    }

    #[test]
    fn secrets_may_be_bytes_or_missing() {
        let of = |answer: Dict, name: &str, transform| {
            clear_caches();
            secret(&answer, name, transform, None)
        };
        let bytes = of(dict! {"SecretBinary": vec![0_u8]}, "n", None);
        assert_eq!(bytes, "b'\\x00' {'SecretId': 'n'}");
        let loaded = of(dict! {"SecretBinary": b"{}".to_vec()}, "n", Some("json"));
        assert_eq!(loaded, "{} {'SecretId': 'n'}");
        let decoded = of(dict! {"SecretString": "aGk="}, "n.binary", Some("auto"));
        assert_eq!(decoded, "b'hi' {'SecretId': 'n.binary'}");
        let missing = of(Dict::new(), "n", None);
        assert_eq!(
            missing,
            "GetParameterError 'SecretBinary' {'SecretId': 'n'}"
        );
        let failed = async |_| Err(error::key_error(&"q".into()));
        let failed = wait(get_secret("f", None, false, None, failed));
        assert_eq!(shown(failed), "GetParameterError 'q'");
        let refused = async |_| Err(error::untranslated("it"));
        let refused = wait(get_secret("f", None, false, None, refused));
        assert_eq!(shown(refused), "Untranslated it");
    }

    #[test]
    fn parameters_are_read_by_name_and_path() {
        let call = async |parameters: Dict| {
            assert_eq!(
                Value::from(parameters).to_string(),
                "{'Name': 'p', 'WithDecryption': True}"
            );
            Ok(dict! {"Parameter": dict! {"Value": "v"}}.into())
        };
        let value = wait(get_parameter("p", None, Some(true), false, None, call));
        assert_eq!(shown(value), "'v'");
        let pages = || {
            let parameter = |name: &str, value: &str| dict! {"Name": name, "Value": value};
            let first = list![parameter("/a/b", "1"), parameter("/a/c/d.json", "{}")];
            let pages = [
                dict! {"Parameters": first},
                dict! {"Parameters": list![parameter("x", "{")]},
                Dict::new(),
            ];
            Ok(pages.into_iter().collect::<List>().into())
        };
        let call = async |parameters: Dict| {
            let expected = "{'Path': '/a', 'WithDecryption': False, 'Recursive': True}";
            assert_eq!(Value::from(parameters).to_string(), expected);
            pages()
        };
        let values = wait(get_parameters("/a", None, true, None, None, call));
        assert_eq!(shown(values), "{'b': '1', 'c/d.json': '{}', 'x': '{'}");
        let values = wait(get_parameters(
            "/a",
            Some("json"),
            false,
            None,
            None,
            async |_| pages(),
        ));
        assert_eq!(shown(values), "{'b': 1, 'c/d.json': {}, 'x': None}");
        let again = async |_| Err(error::untranslated("a second call"));
        let values = wait(get_parameters("/a", Some("json"), false, None, None, again));
        assert_eq!(shown(values), "{'b': 1, 'c/d.json': {}, 'x': None}");
    }
}
