//! What all data classes of Powertools for AWS Lambda share: each wraps the value of an event, or
//! a part of it, and reads the members when they are asked for.

use std::cell::OnceCell;
use std::rc::Rc;

use super::dict::{self, Dict};
use super::error::{self, Error, Result};
use super::iterate::Iter;
use super::list::List;
use super::value::Value;

/// `aws_lambda_powertools.utilities.data_classes.common.DictWrapper`
pub trait DictWrapper {
    /// What it wraps.
    fn data(&self) -> &Value;
}

/// As `self[name]`.
pub fn member(wrapper: &impl DictWrapper, name: &str) -> Result<Value> {
    match wrapper.data() {
        Value::Dict(members) => members.member(name),
        other => other.item(name),
    }
}

/// As `self.get(name)`.
pub fn find(wrapper: &impl DictWrapper, name: &str) -> Result<Value> {
    let members = wrapper.data().expect_dict("get")?;
    Ok(members.find(name).unwrap_or_default())
}

/// As `self.get(name) or default`.
pub fn find_or(wrapper: &impl DictWrapper, name: &str, default: impl Into<Value>) -> Result<Value> {
    let found = find(wrapper, name)?;
    match found.is_true() {
        true => Ok(found),
        false => Ok(default.into()),
    }
}

/// As `self._data[name] = value`.
pub fn put(wrapper: &impl DictWrapper, name: &str, value: &Value) -> Result<()> {
    wrapper.data().set_item(name, value)
}

/// The items of a member, each wrapped.
pub fn each<T>(
    wrapper: &impl DictWrapper,
    name: &str,
    wrap: impl FnMut(Value) -> T,
) -> Result<Vec<T>> {
    Ok(member(wrapper, name)?.iterate()?.map(wrap).collect())
}

/// A value wrapped, where it is not `None`.
pub fn some<T>(value: Value, wrap: impl FnOnce(Value) -> T) -> Option<T> {
    (!value.is_none()).then(|| wrap(value))
}

/// As `next(records)` of no records.
pub fn no_record() -> Error {
    Error::with_args(&error::STOP_ITERATION, Vec::new())
}

/// `aws_lambda_powertools.utilities.data_classes.common.DictWrapper.raw_event`
pub fn raw_event(wrapper: &impl DictWrapper) -> Value {
    wrapper.data().clone()
}

/// `aws_lambda_powertools.utilities.data_classes.common.DictWrapper.get(key, default=None)`.
pub fn get(wrapper: &impl DictWrapper, key: &str, default: Value) -> Result<Value> {
    let members = wrapper.data().expect_dict("get")?;
    Ok(dict::get(members, key, default))
}

/// `aws_lambda_powertools.utilities.data_classes.common.DictWrapper.__getitem__(key)`.
pub fn item(wrapper: &impl DictWrapper, key: &Value) -> Result<Value> {
    wrapper.data().item(key)
}

/// `aws_lambda_powertools.utilities.data_classes.common.DictWrapper.__contains__(key)`.
pub fn contains(wrapper: &impl DictWrapper, key: &Value) -> Result<bool> {
    match item(wrapper, key) {
        Ok(_) => Ok(true),
        Err(error) if error.is(&error::KEY_ERROR) => Ok(false),
        Err(error) => Err(error),
    }
}

/// `aws_lambda_powertools.utilities.data_classes.common.DictWrapper.__iter__()`.
pub fn iterate(wrapper: &impl DictWrapper) -> Result<Iter> {
    wrapper.data().iterate()
}

/// `aws_lambda_powertools.utilities.data_classes.common.DictWrapper.__eq__(other)`.
pub fn equals(wrapper: &impl DictWrapper, other: &impl DictWrapper) -> bool {
    wrapper.data() == other.data()
}

/// `aws_lambda_powertools.utilities.data_classes.common.DictWrapper.__bool__()`.
pub fn is_true(wrapper: &impl DictWrapper) -> Result<bool> {
    match wrapper.data() {
        Value::Dict(members) => Ok(!members.is_empty()),
        Value::None | Value::Bool(_) | Value::Int(_) | Value::Float(_) => {
            let name = wrapper.data().type_name();
            let text = format!("object of type '{name}' has no len()");
            Err(error::type_error(text))
        }
        _ => Err(error::untranslated("a data class of no dict")),
    }
}

/// `aws_lambda_powertools.utilities.data_classes.common.CaseInsensitiveDict`
#[derive(Debug, Clone)]
pub struct CaseInsensitiveDict(Dict);

/// `aws_lambda_powertools.utilities.data_classes.common.CaseInsensitiveDict(data=None)`.
/// Data that is not a dict is refused.
pub fn case_insensitive(data: &Value) -> Result<CaseInsensitiveDict> {
    let headers = Dict::new();
    let members = match data {
        Value::None => Vec::new(),
        Value::Dict(members) => members.pairs(),
        other => {
            let name = other.type_name();
            return Err(error::untranslated(format!("headers that are a {name}")));
        }
    };
    for (key, value) in members {
        headers.insert(key.expect_str("lower")?.to_lowercase(), value);
    }
    Ok(CaseInsensitiveDict(headers))
}

/// `aws_lambda_powertools.utilities.data_classes.common.CaseInsensitiveDict.get(k, default=None)`.
pub fn header(headers: &CaseInsensitiveDict, k: &str, default: Value) -> Value {
    dict::get(&headers.0, &k.to_lowercase(), default)
}

/// `aws_lambda_powertools.utilities.data_classes.common.CaseInsensitiveDict.get(k, default=None)`.
pub fn header_value(headers: &CaseInsensitiveDict, k: &Value, default: Value) -> Result<Value> {
    Ok(header(headers, k.expect_str("lower")?, default))
}

/// `aws_lambda_powertools.utilities.data_classes.common.CaseInsensitiveDict.__getitem__(k)`.
pub fn header_item(headers: &CaseInsensitiveDict, k: &Value) -> Result<Value> {
    headers.0.member(&k.expect_str("lower")?.to_lowercase())
}

/// `aws_lambda_powertools.utilities.data_classes.common.CaseInsensitiveDict.__contains__(k)`.
pub fn has_header(headers: &CaseInsensitiveDict, k: &Value) -> Result<bool> {
    Ok(headers.0.has(&k.expect_str("lower")?.to_lowercase()))
}

/// `aws_lambda_powertools.utilities.data_classes.common.CaseInsensitiveDict.__setitem__(k, v)`.
pub fn set_header(headers: &CaseInsensitiveDict, k: &Value, v: Value) -> Result<()> {
    headers.0.insert(k.expect_str("lower")?.to_lowercase(), v);
    Ok(())
}

/// `aws_lambda_powertools.utilities.data_classes.common.CaseInsensitiveDict.items()`.
#[cfg(feature = "tuple")]
pub fn headers(headers: &CaseInsensitiveDict) -> List {
    dict::items(&headers.0)
}

/// `aws_lambda_powertools.utilities.data_classes.common.CaseInsensitiveDict.keys()`.
pub fn header_names(headers: &CaseInsensitiveDict) -> List {
    dict::keys(&headers.0)
}

/// `aws_lambda_powertools.utilities.data_classes.common.CaseInsensitiveDict.values()`.
pub fn header_values(headers: &CaseInsensitiveDict) -> List {
    dict::values(&headers.0)
}

/// `aws_lambda_powertools.utilities.data_classes.common.CaseInsensitiveDict.__bool__()`.
pub fn has_headers(headers: &CaseInsensitiveDict) -> bool {
    !headers.0.is_empty()
}

/// `len(obj)`.
pub fn header_count(obj: &CaseInsensitiveDict) -> i64 {
    i64::try_from(obj.0.len()).unwrap_or(i64::MAX)
}

/// `dict(iterable)`.
pub fn header_dict(iterable: &CaseInsensitiveDict) -> Dict {
    dict::copy(&iterable.0)
}

/// `aws_lambda_powertools.utilities.data_classes.common.DictWrapper.get_header_value(name, default_value=None, case_sensitive=False)`.
/// Of the classes that have headers.
pub fn get_header_value(
    wrapper: &impl DictWrapper,
    name: &str,
    default_value: Value,
    _case_sensitive: bool,
) -> Result<Value> {
    let headers = case_insensitive(&find(wrapper, "headers")?)?;
    Ok(header(&headers, name, default_value))
}

/// What is made once, when it is first asked for.
#[derive(Debug, Clone, Default)]
pub struct Once(Rc<OnceCell<Value>>);

impl Once {
    /// What was made, or else is made now.
    pub fn get_or_make(&self, make: impl FnOnce() -> Result<Value>) -> Result<Value> {
        if let Some(made) = self.0.get() {
            return Ok(made.clone());
        }
        let made = make()?;
        // Nothing else can have been made meanwhile that should be kept.
        let _ = self.0.set(made.clone());
        Ok(made)
    }
}
