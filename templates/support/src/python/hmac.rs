//! Python's `hmac`.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use sha2::digest::DynDigest;

use super::error::{self, Result};
use super::hashlib::{self, Algorithm};
use super::value::Value;

/// The two hashes of a key, before any message.
#[derive(Clone)]
pub struct Keyed {
    inner: Box<dyn DynDigest>,
    outer: Box<dyn DynDigest>,
}

/// Prepares a key.
pub fn keyed(algorithm: &Algorithm, key: &[u8]) -> Keyed {
    let mut block = if key.len() > algorithm.block_size {
        hashlib::hash_of(algorithm, key)
    } else {
        key.to_vec()
    };
    block.resize(algorithm.block_size, 0);
    let start = |pad: u8| {
        let mut state = (algorithm.start)();
        let padded: Vec<u8> = block.iter().map(|byte| byte ^ pad).collect();
        state.update(&padded);
        state
    };
    Keyed {
        inner: start(0x36),
        outer: start(0x5c),
    }
}

impl Keyed {
    /// The code of a message.
    pub fn of(&self, message: &[u8]) -> Vec<u8> {
        let mut keyed = self.clone();
        keyed.inner.update(message);
        keyed.finish()
    }

    fn finish(mut self) -> Vec<u8> {
        self.outer.update(&self.inner.finalize());
        self.outer.finalize().into_vec()
    }
}

/// `hmac.HMAC`
#[derive(Clone)]
pub struct Hmac {
    name: String,
    state: Rc<RefCell<Keyed>>,
}

impl fmt::Debug for Hmac {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "<{}>", self.name)
    }
}

/// `hmac.new(key, msg=None, digestmod=...)`.
pub fn new(key: &[u8], msg: Option<&[u8]>, digestmod: &Algorithm) -> Hmac {
    let mut state = keyed(digestmod, key);
    state.inner.update(msg.unwrap_or_default());
    Hmac {
        name: format!("hmac-{}", digestmod.name),
        state: Rc::new(RefCell::new(state)),
    }
}

/// `hmac.new(key, msg=None, digestmod=...)`.
/// Names of other hashes, known to Python or not, are refused.
pub fn new_named(key: &[u8], msg: Option<&[u8]>, digestmod: &str) -> Result<Hmac> {
    Ok(new(key, msg, &hashlib::algorithm(digestmod)?))
}

/// `hmac.new(key, msg=None, digestmod=...)`.
pub fn new_value(key: &Value, msg: &Value, digestmod: &Algorithm) -> Result<Hmac> {
    let key = key_bytes(key)?;
    let msg = match msg {
        Value::None => None,
        msg => Some(hashlib::data(msg)?),
    };
    Ok(new(key, msg, digestmod))
}

fn key_bytes(key: &Value) -> Result<&[u8]> {
    match key {
        #[cfg(feature = "bytes")]
        Value::Bytes(key) => Ok(key),
        other => {
            let name = other.type_name();
            let text = format!("key: expected bytes or bytearray, but got '{name}'");
            Err(error::type_error(text))
        }
    }
}

/// `hmac.new(key, msg=None, digestmod=...)`.
/// Names of other hashes, known to Python or not, are refused.
pub fn new_named_value(key: &Value, msg: &Value, digestmod: &str) -> Result<Hmac> {
    new_value(key, msg, &hashlib::algorithm(digestmod)?)
}

/// `hmac.HMAC.update(msg)`.
pub fn update(hmac: &Hmac, msg: &[u8]) {
    hmac.state.borrow_mut().inner.update(msg);
}

/// `hmac.HMAC.update(msg)`.
pub fn update_value(hmac: &Hmac, msg: &Value) -> Result<()> {
    update(hmac, hashlib::data(msg)?);
    Ok(())
}

/// `hmac.HMAC.digest()`.
pub fn digest(hmac: &Hmac) -> Vec<u8> {
    hmac.state.borrow().clone().finish()
}

/// `hmac.HMAC.hexdigest()`.
pub fn hexdigest(hmac: &Hmac) -> String {
    hashlib::hex(&digest(hmac))
}

/// `hmac.HMAC.copy()`.
pub fn copy(hmac: &Hmac) -> Hmac {
    Hmac {
        name: hmac.name.clone(),
        state: Rc::new(RefCell::new(hmac.state.borrow().clone())),
    }
}

/// `hmac.HMAC.name`
pub fn name(hmac: &Hmac) -> String {
    hmac.name.clone()
}

/// `hmac.digest(key, msg, digest)`.
pub fn digest_once(key: &[u8], msg: &[u8], digest: &Algorithm) -> Vec<u8> {
    keyed(digest, key).of(msg)
}

/// `hmac.digest(key, msg, digest)`.
/// Names of other hashes, known to Python or not, are refused.
pub fn digest_once_named(key: &[u8], msg: &[u8], digest: &str) -> Result<Vec<u8>> {
    Ok(digest_once(key, msg, &hashlib::algorithm(digest)?))
}

/// Whether two sequences are equal, in a time that says nothing of where they differ.
fn are_equal(a: &[u8], b: &[u8]) -> bool {
    let difference = a.iter().zip(b).fold(0, |sum, (a, b)| sum | (a ^ b));
    a.len() == b.len() && std::hint::black_box(difference) == 0
}

/// `hmac.compare_digest(a, b, /)`.
pub fn compare_digest(a: &str, b: &str) -> Result<bool> {
    if !a.is_ascii() || !b.is_ascii() {
        let text = "comparing strings with non-ASCII characters is not supported";
        return Err(error::type_error(text));
    }
    Ok(are_equal(a.as_bytes(), b.as_bytes()))
}

/// `hmac.compare_digest(a, b, /)`.
pub fn compare_digest_bytes(a: &[u8], b: &[u8]) -> bool {
    are_equal(a, b)
}

/// `hmac.compare_digest(a, b, /)`.
pub fn compare_digest_value(a: &Value, b: &Value) -> Result<bool> {
    let (type_a, type_b) = (a.type_name(), b.type_name());
    match (a, b) {
        (Value::Str(a), Value::Str(b)) => compare_digest(a, b),
        #[cfg(feature = "bytes")]
        (Value::Bytes(a), Value::Bytes(b)) => Ok(compare_digest_bytes(a, b)),
        #[cfg(feature = "bytes")]
        (Value::Bytes(_), _) => Err(bytes_required(type_b)),
        #[cfg(feature = "bytes")]
        (_, Value::Bytes(_)) => Err(bytes_required(type_a)),
        _ => Err(error::type_error(format!(
            "unsupported operand types(s) or combination of types: '{type_a}' and '{type_b}'"
        ))),
    }
}

#[cfg(feature = "bytes")]
fn bytes_required(type_name: &str) -> error::Error {
    error::type_error(format!(
        "a bytes-like object is required, not '{type_name}'"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_python() -> Result<()> {
        let hmac = new(b"a", Some(b"b"), &hashlib::SHA256);
        assert_eq!(
            hexdigest(&hmac),
            "08de329931e295683776aa9a43529bd0b275286df3160300c49ba4e841833013"
        );
        assert_eq!(name(&hmac), "hmac-sha256");
        let hmac = new_named(b"a", None, "sha1")?;
        let empty = "0d52c8826c64273943e97610abe886c862af2fb8";
        assert_eq!(hexdigest(&hmac), empty);
        let other = copy(&hmac);
        update(&hmac, b"b");
        let once = digest_once(b"a", b"b", &hashlib::SHA1);
        assert_eq!(digest(&hmac), once);
        assert_eq!(hexdigest(&other), empty);
        let long = digest_once(&[7; 200], b"x", &hashlib::SHA512);
        assert!(hashlib::hex(&long).starts_with("e7bc211b1389e7a4"));
        Ok(())
    }

    #[test]
    fn raises_what_python_raises() {
        let text = |a: &Value, b: &Value| match compare_digest_value(a, b) {
            Ok(equal) => equal.to_string(),
            Err(error) => format!("{}: {error}", error.class().name),
        };
        let values = ["a".into(), "é".into(), Value::Int(1), Value::None];
        let [a, accent, one, none] = &values;
        let ascii = "TypeError: comparing strings with non-ASCII characters is not supported";
        let types = "TypeError: unsupported operand types(s) or combination of types: ";
        assert_eq!(text(a, a), "true");
        assert_eq!(text(accent, a), ascii);
        assert_eq!(text(a, accent), ascii);
        assert_eq!(text(one, a), format!("{types}'int' and 'str'"));
        assert_eq!(
            text(none, none),
            format!("{types}'NoneType' and 'NoneType'")
        );
    }

    #[cfg(feature = "bytes")]
    #[test]
    fn bytes_are_compared_with_bytes() {
        let text = |a: &Value, b: &Value| match compare_digest_value(a, b) {
            Ok(equal) => equal.to_string(),
            Err(error) => format!("{}: {error}", error.class().name),
        };
        let bytes = Value::Bytes(b"a".to_vec());
        assert_eq!(text(&bytes, &bytes), "true");
        assert_eq!(text(&bytes, &Value::Bytes(b"ab".to_vec())), "false");
        let required = "TypeError: a bytes-like object is required, not";
        assert_eq!(text(&bytes, &1.into()), format!("{required} 'int'"));
        assert_eq!(text(&"a".into(), &bytes), format!("{required} 'str'"));
        let key = new_value(&"a".into(), &bytes, &hashlib::SHA1).map(|_| ());
        let expected = "key: expected bytes or bytearray, but got 'str'";
        assert_eq!(
            key.map_err(|error| error.to_string()),
            Err(expected.to_owned())
        );
    }
}
