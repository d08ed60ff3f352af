//! Keys and signatures of Python's `jose`: HMAC, and RSA by public keys that are JWKs.

use std::fmt;
use std::rc::Rc;

use aws_lc_rs::signature::{
    RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY,
    RSA_PKCS1_2048_8192_SHA384, RsaParameters, RsaPublicKeyComponents,
};

use super::base64::urlsafe_b64decode_bytes;
use super::dict::Dict;
use super::error::{self, Class, EXCEPTION, Error, Result};
use super::hashlib::{Algorithm, SHA256, SHA384, SHA512};
use super::hmac;
use super::object::Object;
use super::value::Value;

/// `jose.exceptions.JOSEError`
pub static JOSE_ERROR: Class = Class::new("JOSEError", &[&EXCEPTION]);
/// `jose.exceptions.JWSError`
pub static JWS_ERROR: Class = Class::new("JWSError", &[&JOSE_ERROR]);
/// `jose.exceptions.JWTError`. `jose.JWTError` is the same.
pub static JWT_ERROR: Class = Class::new("JWTError", &[&JOSE_ERROR]);
/// `jose.exceptions.JWTClaimsError`. `jose.jwt.JWTClaimsError` is the same.
pub static JWT_CLAIMS_ERROR: Class = Class::new("JWTClaimsError", &[&JWT_ERROR]);
/// `jose.exceptions.ExpiredSignatureError`. `jose.jwt.ExpiredSignatureError` is the same.
pub static EXPIRED_SIGNATURE_ERROR: Class = Class::new("ExpiredSignatureError", &[&JWT_ERROR]);
/// `jose.exceptions.JWKError`. `jose.jwk.JWKError` is the same.
pub static JWK_ERROR: Class = Class::new("JWKError", &[&JOSE_ERROR]);

/// `jose.backends.base.Key`
#[derive(Clone)]
pub enum JoseKey {
    /// A secret that both sides know.
    Hmac(&'static Algorithm, Vec<u8>),
    /// A public key: modulus and exponent.
    Rsa(&'static RsaParameters, Vec<u8>, Vec<u8>),
}

impl fmt::Debug for JoseKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("<key>")
    }
}

/// `jose.utils.base64url_decode(input)`.
pub fn base64url_decode(input: &[u8]) -> Result<Vec<u8>> {
    let mut padded = input.to_vec();
    while !padded.len().is_multiple_of(4) {
        padded.push(b'=');
    }
    urlsafe_b64decode_bytes(&padded)
}

/// `jose.jwk.construct(key_data, algorithm=None)`.
/// Keys on curves, private keys and keys in PEM are refused.
pub fn construct(key_data: &Value, algorithm: &Value) -> Result<JoseKey> {
    let told = match (algorithm, key_data) {
        (algorithm, Value::Dict(members)) if !algorithm.is_true() => {
            members.find("alg").unwrap_or_default()
        }
        (algorithm, _) => algorithm.clone(),
    };
    let unknown = || Error::new(&JWK_ERROR, "Unable to find an algorithm for key");
    match told.as_str().unwrap_or_default() {
        "HS256" => secret(key_data, &SHA256),
        "HS384" => secret(key_data, &SHA384),
        "HS512" => secret(key_data, &SHA512),
        "RS256" => public(
            key_data,
            &RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
            1024,
        ),
        "RS384" => public(key_data, &RSA_PKCS1_2048_8192_SHA384, 2048),
        "RS512" => public(
            key_data,
            &RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY,
            1024,
        ),
        "" => Err(unknown()),
        other => {
            let known = ["ES", "RSA", "A1", "A2", "dir"];
            match known.iter().any(|start| other.starts_with(start)) {
                true => Err(error::untranslated(format!("a key for {other}"))),
                false => Err(unknown()),
            }
        }
    }
}

fn check_type(key: &Dict, expected: &str) -> Result<()> {
    match key.find("kty") {
        Some(kind) if kind == expected => Ok(()),
        kind => Err(Error::new(
            &JWK_ERROR,
            format!(
                "Incorrect key type. Expected: '{expected}', Received: {}",
                kind.unwrap_or_default()
            ),
        )),
    }
}

fn secret(key: &Value, algorithm: &'static Algorithm) -> Result<JoseKey> {
    let bytes = match key {
        Value::Dict(members) => {
            check_type(members, "oct")?;
            let digits = members.find("k").unwrap_or_default();
            base64url_decode(digits.expect_str("encode")?.as_bytes())?
        }
        Value::Str(text) => text.as_bytes().to_vec(),
        Value::Bytes(bytes) => bytes.clone(),
        _ => {
            let text = "Expecting a string- or bytes-formatted key.";
            return Err(Error::new(&JWK_ERROR, text));
        }
    };
    let text = String::from_utf8_lossy(&bytes);
    if !matches!(key, Value::Dict(_)) && (text.contains("-----BEGIN") || text.contains("ssh-")) {
        return Err(error::untranslated("a secret that is a public key"));
    }
    Ok(JoseKey::Hmac(algorithm, bytes))
}

fn public(key: &Value, parameters: &'static RsaParameters, least: usize) -> Result<JoseKey> {
    let members = match key {
        Value::Dict(members) => members,
        Value::Str(_) | Value::Bytes(_) => {
            return Err(error::untranslated("a public key that is no JWK"));
        }
        other => {
            let text = format!("Unable to parse an RSA_JWK from key: {other}");
            return Err(Error::new(&JWK_ERROR, text));
        }
    };
    check_type(members, "RSA")?;
    if members.has("d") {
        return Err(error::untranslated("a private key"));
    }
    let (modulus, exponent) = (number(members, "n")?, number(members, "e")?);
    let bits = modulus.first().map_or(0, |first| {
        modulus.len() * 8 - first.leading_zeros() as usize
    });
    let is_odd = |number: &[u8]| number.last().is_some_and(|last| last & 1 == 1);
    let is_usual = (least..=8192).contains(&bits)
        && is_odd(&modulus)
        && is_odd(&exponent)
        && exponent.len() <= 4
        && exponent != [1];
    match is_usual {
        true => Ok(JoseKey::Rsa(parameters, modulus, exponent)),
        false => Err(error::untranslated("an unusual RSA key")),
    }
}

/// A number of a JWK, without zeros before it.
fn number(key: &Dict, name: &str) -> Result<Vec<u8>> {
    let Some(Value::Str(digits)) = key.find(name) else {
        return Err(error::untranslated(format!(
            "an RSA key whose `{name}` is no str"
        )));
    };
    let bytes = urlsafe_b64decode_bytes(format!("{digits}==").as_bytes())?;
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    Ok(bytes.get(zeros..).unwrap_or_default().to_vec())
}

/// `jose.backends.base.Key.verify(msg, sig)`.
pub fn verify(key: &JoseKey, msg: &[u8], sig: &[u8]) -> bool {
    match key {
        JoseKey::Hmac(algorithm, secret) => {
            hmac::compare_digest_bytes(sig, &hmac::digest_once(secret, msg, algorithm))
        }
        JoseKey::Rsa(parameters, n, e) => RsaPublicKeyComponents { n, e }
            .verify(parameters, msg, sig)
            .is_ok(),
    }
}

impl Object for JoseKey {
    fn type_name(&self) -> &'static str {
        match self {
            Self::Hmac(..) => "HMACKey",
            Self::Rsa(..) => "CryptographyRSAKey",
        }
    }

    fn attribute(&self, _name: &str) -> Option<Value> {
        None
    }

    fn read_attribute(&self, name: &str) -> Result<Value> {
        Err(error::untranslated(format!(
            "the attribute {name} of a key"
        )))
    }
}

impl From<JoseKey> for Value {
    fn from(key: JoseKey) -> Self {
        Self::Object(Rc::new(key))
    }
}
