//! Python's `hashlib`: MD5, SHA-1 and SHA-2.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use sha2::digest::DynDigest;

use super::error::{self, Result};
use super::hmac;
use super::value::Value;

/// A way to make a digest, as the functions of this module are when they are passed on.
pub struct Algorithm {
    /// Its name in Python.
    pub name: &'static str,
    /// The bytes that it works on at once.
    pub block_size: usize,
    /// The state before any data.
    pub start: fn() -> Box<dyn DynDigest>,
}

/// `hashlib.md5`
pub const MD5: Algorithm = Algorithm {
    name: "md5",
    block_size: 64,
    start: || Box::<md5::Md5>::default(),
};
/// `hashlib.sha1`
pub const SHA1: Algorithm = Algorithm {
    name: "sha1",
    block_size: 64,
    start: || Box::<sha1::Sha1>::default(),
};
/// `hashlib.sha224`
pub const SHA224: Algorithm = Algorithm {
    name: "sha224",
    block_size: 64,
    start: || Box::<sha2::Sha224>::default(),
};
/// `hashlib.sha256`
pub const SHA256: Algorithm = Algorithm {
    name: "sha256",
    block_size: 64,
    start: || Box::<sha2::Sha256>::default(),
};
/// `hashlib.sha384`
pub const SHA384: Algorithm = Algorithm {
    name: "sha384",
    block_size: 128,
    start: || Box::<sha2::Sha384>::default(),
};
/// `hashlib.sha512`
pub const SHA512: Algorithm = Algorithm {
    name: "sha512",
    block_size: 128,
    start: || Box::<sha2::Sha512>::default(),
};

/// The algorithm of a name. Python knows more names than this program.
pub fn algorithm(name: &str) -> Result<Algorithm> {
    match name.to_ascii_lowercase().as_str() {
        "md5" => Ok(MD5),
        "sha1" => Ok(SHA1),
        "sha224" => Ok(SHA224),
        "sha256" => Ok(SHA256),
        "sha384" => Ok(SHA384),
        "sha512" => Ok(SHA512),
        _ => Err(error::untranslated(format!("the hash {name}"))),
    }
}

/// The digest of some data.
pub fn hash_of(algorithm: &Algorithm, data: &[u8]) -> Vec<u8> {
    let mut state = (algorithm.start)();
    state.update(data);
    state.finalize().into_vec()
}

/// `hashlib.HASH`
#[derive(Clone)]
pub struct Hash {
    name: &'static str,
    block_size: usize,
    state: Rc<RefCell<Box<dyn DynDigest>>>,
}

impl fmt::Debug for Hash {
    /// As `repr(hash)`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "<{} _hashlib.HASH object>", self.name)
    }
}

fn started(algorithm: Algorithm, data: &[u8]) -> Hash {
    let mut state = (algorithm.start)();
    state.update(data);
    Hash {
        name: algorithm.name,
        block_size: algorithm.block_size,
        state: Rc::new(RefCell::new(state)),
    }
}

/// The bytes that are hashed.
pub fn data(value: &Value) -> Result<&[u8]> {
    match value {
        #[cfg(feature = "bytes")]
        Value::Bytes(bytes) => Ok(bytes),
        Value::Str(_) => Err(error::type_error("Strings must be encoded before hashing")),
        _ => Err(error::type_error(
            "object supporting the buffer API required",
        )),
    }
}

/// `hashlib.md5(string=b'', *, usedforsecurity=True)`.
pub fn md5(string: &[u8], _usedforsecurity: bool) -> Hash {
    started(MD5, string)
}

/// `hashlib.md5(string, *, usedforsecurity=True)`.
pub fn md5_value(string: &Value, _usedforsecurity: bool) -> Result<Hash> {
    Ok(started(MD5, data(string)?))
}

/// `hashlib.sha1(string=b'', *, usedforsecurity=True)`.
pub fn sha1(string: &[u8], _usedforsecurity: bool) -> Hash {
    started(SHA1, string)
}

/// `hashlib.sha1(string, *, usedforsecurity=True)`.
pub fn sha1_value(string: &Value, _usedforsecurity: bool) -> Result<Hash> {
    Ok(started(SHA1, data(string)?))
}

/// `hashlib.sha224(string=b'', *, usedforsecurity=True)`.
pub fn sha224(string: &[u8], _usedforsecurity: bool) -> Hash {
    started(SHA224, string)
}

/// `hashlib.sha224(string, *, usedforsecurity=True)`.
pub fn sha224_value(string: &Value, _usedforsecurity: bool) -> Result<Hash> {
    Ok(started(SHA224, data(string)?))
}

/// `hashlib.sha256(string=b'', *, usedforsecurity=True)`.
pub fn sha256(string: &[u8], _usedforsecurity: bool) -> Hash {
    started(SHA256, string)
}

/// `hashlib.sha256(string, *, usedforsecurity=True)`.
pub fn sha256_value(string: &Value, _usedforsecurity: bool) -> Result<Hash> {
    Ok(started(SHA256, data(string)?))
}

/// `hashlib.sha384(string=b'', *, usedforsecurity=True)`.
pub fn sha384(string: &[u8], _usedforsecurity: bool) -> Hash {
    started(SHA384, string)
}

/// `hashlib.sha384(string, *, usedforsecurity=True)`.
pub fn sha384_value(string: &Value, _usedforsecurity: bool) -> Result<Hash> {
    Ok(started(SHA384, data(string)?))
}

/// `hashlib.sha512(string=b'', *, usedforsecurity=True)`.
pub fn sha512(string: &[u8], _usedforsecurity: bool) -> Hash {
    started(SHA512, string)
}

/// `hashlib.sha512(string, *, usedforsecurity=True)`.
pub fn sha512_value(string: &Value, _usedforsecurity: bool) -> Result<Hash> {
    Ok(started(SHA512, data(string)?))
}

/// `hashlib.new(name, data=b'')`.
/// Names of other hashes, known to Python or not, are refused.
pub fn new(name: &str, data: &[u8]) -> Result<Hash> {
    Ok(started(algorithm(name)?, data))
}

/// `hashlib.new(name, data)`.
pub fn new_value(name: &str, data: &Value) -> Result<Hash> {
    new(name, self::data(data)?)
}

/// `hashlib.HASH.update(data, /)`.
pub fn update(hash: &Hash, data: &[u8]) {
    hash.state.borrow_mut().update(data);
}

/// `hashlib.HASH.update(data, /)`.
pub fn update_value(hash: &Hash, data: &Value) -> Result<()> {
    update(hash, self::data(data)?);
    Ok(())
}

/// `hashlib.HASH.digest()`.
pub fn digest(hash: &Hash) -> Vec<u8> {
    hash.state.borrow().box_clone().finalize().into_vec()
}

/// `hashlib.HASH.hexdigest()`.
pub fn hexdigest(hash: &Hash) -> String {
    hex(&digest(hash))
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `hashlib.HASH.copy()`.
pub fn copy(hash: &Hash) -> Hash {
    let state = hash.state.borrow().box_clone();
    Hash {
        state: Rc::new(RefCell::new(state)),
        ..*hash
    }
}

/// `hashlib.HASH.name`
pub fn name(hash: &Hash) -> String {
    hash.name.to_owned()
}

/// `hashlib.HASH.digest_size`
pub fn digest_size(hash: &Hash) -> i64 {
    hash.state.borrow().output_size() as i64
}

/// `hashlib.HASH.block_size`
pub fn block_size(hash: &Hash) -> i64 {
    hash.block_size as i64
}

/// `hashlib.pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None)`.
/// Names of other hashes, known to Python or not, are refused.
pub fn pbkdf2_hmac(
    hash_name: &str,
    password: &[u8],
    salt: &[u8],
    iterations: i64,
    dklen: Option<i64>,
) -> Result<Vec<u8>> {
    let algorithm = algorithm(hash_name)?;
    if iterations < 1 {
        return Err(error::value_error(
            "iteration value must be greater than 0.",
        ));
    }
    let size = (algorithm.start)().output_size();
    let length = match dklen {
        None => size,
        Some(length @ 1..) => usize::try_from(length).unwrap_or(usize::MAX),
        Some(_) => return Err(error::value_error("key length must be greater than 0.")),
    };
    let keyed = hmac::keyed(&algorithm, password);
    let mut derived = Vec::new();
    let mut block = 0_u32;
    while derived.len() < length {
        block += 1;
        let mut last = keyed.of(&[salt, &block.to_be_bytes()].concat());
        let mut sum = last.clone();
        for _ in 1..iterations {
            last = keyed.of(&last);
            sum.iter_mut()
                .zip(&last)
                .for_each(|(sum, byte)| *sum ^= byte);
        }
        derived.extend(sum);
    }
    derived.truncate(length);
    Ok(derived)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_what_it_is_given() -> Result<()> {
        for (name, expected) in [
            ("md5", "900150983cd24fb0d6963f7d28e17f72"),
            ("sha1", "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (
                "sha224",
                "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7",
            ),
            (
                "SHA256",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            ),
        ] {
            let hash = new(name, b"a")?;
            let other = copy(&hash);
            update(&hash, b"bc");
            assert_eq!(hexdigest(&hash), expected);
            assert_ne!(hexdigest(&other), expected);
        }
        assert_eq!(hexdigest(&sha512(b"", true)).len(), 128);
        assert_eq!(digest_size(&sha384(b"", true)), 48);
        Ok(())
    }

    #[test]
    fn derives_keys() -> Result<()> {
        let key = pbkdf2_hmac("sha256", b"p", b"s", 1, None)?;
        let expected = "372cc9815244c4a2b75955b1358cde090d9c122d1a7de302a904e04d35ba6b06";
        assert_eq!(hex(&key), expected);
        let key = pbkdf2_hmac("md5", b"p", b"s", 2, Some(40))?;
        let expected =
            "c9641e374bfab7720f6fbfe73bcfa7bc313a0a04a27da95b0f221db7435f19c1e0dad2c02dec0c8e";
        assert_eq!(hex(&key), expected);
        Ok(())
    }

    #[test]
    fn raises_what_python_raises() {
        let text = |result: Result<String>| match result {
            Ok(text) => text,
            Err(error) => format!("{}: {error}", error.class().name),
        };
        let hash = |value: &Value| text(sha256_value(value, true).map(|hash| hexdigest(&hash)));
        let encoded = "TypeError: Strings must be encoded before hashing";
        assert_eq!(hash(&"a".into()), encoded);
        let buffer = "TypeError: object supporting the buffer API required";
        assert_eq!(hash(&Value::None), buffer);
        let derived = |iterations, length| {
            text(pbkdf2_hmac("sha1", b"p", b"s", iterations, length).map(|key| hex(&key)))
        };
        let iterations = "ValueError: iteration value must be greater than 0.";
        assert_eq!(derived(0, None), iterations);
        let length = "ValueError: key length must be greater than 0.";
        assert_eq!(derived(1, Some(0)), length);
    }
}
