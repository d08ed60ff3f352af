//! The tokens of Python's `jose.jwt`.

use super::base64::urlsafe_b64encode;
use super::bytes;
use super::dict::Dict;
use super::error::{self, Error, Result, VALUE_ERROR};
use super::hashlib::{self, SHA256, SHA384, SHA512};
use super::jose::{
    EXPIRED_SIGNATURE_ERROR, JWS_ERROR, JWT_CLAIMS_ERROR, JWT_ERROR, JoseKey, base64url_decode,
    construct, verify,
};
use super::json;
use super::numbers::int_of;
use super::object::instance;
use super::time;
use super::value::Value;

/// A token in its parts.
struct Token {
    header: Dict,
    payload: Vec<u8>,
    signed: Vec<u8>,
    signature: Vec<u8>,
}

fn jws_error(text: impl Into<String>) -> Error {
    Error::new(&JWS_ERROR, text)
}

fn token_bytes(token: &Value) -> Result<&[u8]> {
    match token {
        Value::Str(text) => Ok(text.as_bytes()),
        Value::Bytes(bytes) => Ok(bytes),
        other => Err(other.lacks("rsplit")),
    }
}

fn loaded(token: &Value) -> Result<Token> {
    let bytes = token_bytes(token)?;
    let few = || jws_error("Not enough segments");
    let last = bytes
        .iter()
        .rposition(|byte| *byte == b'.')
        .ok_or_else(few)?;
    let signed = &bytes[..last];
    let first = signed
        .iter()
        .position(|byte| *byte == b'.')
        .ok_or_else(few)?;
    let header = base64url_decode(&signed[..first]).map_err(|_| few())?;
    let header = bytes::decode(&header, "utf-8", "strict").and_then(|text| json::loads(&text));
    let header = header.map_err(|raised| invalid(raised, "Invalid header string"))?;
    let Value::Dict(header) = header else {
        return Err(jws_error("Invalid header string: must be a json object"));
    };
    let payload = base64url_decode(&signed[first + 1..]);
    let signature = base64url_decode(&bytes[last + 1..]);
    Ok(Token {
        header,
        payload: payload.map_err(|_| jws_error("Invalid payload padding"))?,
        signed: signed.to_vec(),
        signature: signature.map_err(|_| jws_error("Invalid crypto padding"))?,
    })
}

fn invalid(raised: Error, what: &str) -> Error {
    match raised.is(&VALUE_ERROR) {
        true => jws_error(format!("{what}: {raised}")),
        false => raised,
    }
}

/// `jose.jwt.get_unverified_header(token)`.
pub fn get_unverified_header(token: &Value) -> Result<Dict> {
    match loaded(token) {
        Ok(token) => Ok(token.header),
        Err(raised) => Err(undecoded(raised, "Error decoding token headers.")),
    }
}

/// `jose.jwt.get_unverified_headers(token)`.
pub fn get_unverified_headers(token: &Value) -> Result<Dict> {
    get_unverified_header(token)
}

/// `jose.jwt.get_unverified_claims(token)`.
pub fn get_unverified_claims(token: &Value) -> Result<Dict> {
    let token = loaded(token);
    let token = token.map_err(|raised| undecoded(raised, "Error decoding token claims."))?;
    claims(&token.payload, "Invalid claims string")
}

fn undecoded(raised: Error, text: &str) -> Error {
    match raised.is(&error::EXCEPTION) {
        true => Error::new(&JWT_ERROR, text),
        false => raised,
    }
}

fn claims(payload: &[u8], what: &str) -> Result<Dict> {
    let read = bytes::decode(payload, "utf-8", "strict").and_then(|text| json::loads(&text));
    match read {
        Ok(Value::Dict(claims)) => Ok(claims),
        Ok(_) => Err(Error::new(
            &JWT_ERROR,
            format!("{what}: must be a json object"),
        )),
        Err(raised) if raised.is(&VALUE_ERROR) => {
            Err(Error::new(&JWT_ERROR, format!("{what}: {raised}")))
        }
        Err(raised) => Err(raised),
    }
}

/// `jose.jwt.decode(token, key, algorithms=None, options=None, audience=None, **kwargs)`.
/// Keys on curves and keys in PEM are refused. The further arguments are `issuer`, `subject` and
/// `access_token`.
pub fn decode(
    token: &Value,
    key: &Value,
    algorithms: &Value,
    options: &Value,
    audience: &Value,
    kwargs: &Dict,
) -> Result<Dict> {
    let option = |name: &str, usual: bool| match options {
        Value::Dict(members) => members.find(name).unwrap_or(Value::Bool(usual)),
        _ => Value::Bool(usual),
    };
    let found = loaded(token).and_then(|token| {
        if option("verify_signature", true).is_true() {
            check_signature(&token, key, algorithms)?;
        }
        Ok(token)
    });
    let token = found.map_err(|raised| match raised.is(&JWS_ERROR) {
        true => Error::with_args(&JWT_ERROR, vec![raised.into()]),
        false => raised,
    })?;
    let claims = claims(&token.payload, "Invalid payload string")?;
    let checked = Checked {
        claims: &claims,
        audience,
        algorithm: token.header.find("alg").unwrap_or_default(),
        kwargs,
        leeway: match option("leeway", false) {
            Value::Bool(_) => 0,
            Value::Int(seconds) => seconds,
            _ => return Err(error::untranslated("a leeway that is no int")),
        },
    };
    for (name, _) in CHECKS {
        let required = option(&format!("require_{name}"), false).is_true();
        if required && !claims.has(name) {
            let text = format!("missing required key \"{name}\" among claims");
            return Err(Error::new(&JWT_ERROR, text));
        }
    }
    if !matches!(audience, Value::None | Value::Str(_)) {
        let text = "audience must be a string or None";
        return Err(Error::new(&JWT_ERROR, text));
    }
    for (name, check) in CHECKS {
        let required = option(&format!("require_{name}"), false).is_true();
        if required || option(&format!("verify_{name}"), true).is_true() {
            check(&checked)?;
        }
    }
    Ok(claims)
}

fn check_signature(token: &Token, key: &Value, algorithms: &Value) -> Result<()> {
    let algorithm = token.header.find("alg").filter(Value::is_true);
    let Some(algorithm) = algorithm else {
        let text = "No algorithm was specified in the JWS header.";
        return Err(jws_error(text));
    };
    if !algorithms.is_none() && !algorithms.contains(&algorithm)? {
        return Err(jws_error("The specified alg value is not allowed"));
    }
    for key in keys(key)? {
        let key = match instance::<JoseKey>(&key) {
            Some(key) => key.clone(),
            None => construct(&key, &algorithm)?,
        };
        if verify(&key, &token.signed, &token.signature) {
            return Ok(());
        }
    }
    Err(jws_error("Signature verification failed."))
}

/// The keys that something stands for.
fn keys(key: &Value) -> Result<Vec<Value>> {
    let read = match key {
        Value::Str(text) => match json::loads(text) {
            Ok(found @ (Value::Dict(_) | Value::List(_) | Value::Str(_))) => found,
            Ok(Value::Int(_) | Value::Float(_)) => Value::from(text.trim()),
            Ok(_) => return Err(error::untranslated("a key that is a constant of JSON")),
            Err(_) => key.clone(),
        },
        key => key.clone(),
    };
    match &read {
        Value::Dict(members) => match members.find("keys") {
            Some(keys) => Ok(keys.iterate()?.collect()),
            None if members.has("kty") || members.is_empty() => Ok(vec![read]),
            None => Ok(members
                .pairs()
                .into_iter()
                .map(|(_, value)| value)
                .collect()),
        },
        Value::List(_) | Value::Tuple(_) => Ok(read.iterate()?.collect()),
        _ => Ok(vec![read]),
    }
}

/// What is known of a token whose claims are checked.
struct Checked<'a> {
    claims: &'a Dict,
    audience: &'a Value,
    algorithm: Value,
    kwargs: &'a Dict,
    leeway: i64,
}

type Check = fn(&Checked<'_>) -> Result<()>;

/// The checks by their names in the options, in their order.
const CHECKS: [(&str, Check); 8] = [
    ("iat", check_issued),
    ("nbf", check_begun),
    ("exp", check_expired),
    ("aud", check_audience),
    ("iss", check_issuer),
    ("sub", check_subject),
    ("jti", check_id),
    ("at_hash", check_hash),
];

fn wrong(text: &str) -> Error {
    Error::new(&JWT_CLAIMS_ERROR, text)
}

/// A claim that is a moment.
fn moment(checked: &Checked<'_>, name: &str, what: &str) -> Result<Option<i64>> {
    let Some(claim) = checked.claims.find(name) else {
        return Ok(None);
    };
    let number = int_of(&claim).map_err(|raised| match raised.is(&VALUE_ERROR) {
        true => wrong(&format!("{what} claim ({name}) must be an integer.")),
        false => raised,
    });
    number.map(Some)
}

fn now() -> i64 {
    time::time().floor() as i64
}

fn check_issued(checked: &Checked<'_>) -> Result<()> {
    moment(checked, "iat", "Issued At").map(|_| ())
}

fn check_begun(checked: &Checked<'_>) -> Result<()> {
    match moment(checked, "nbf", "Not Before")? {
        Some(begin) if begin > now().saturating_add(checked.leeway) => {
            Err(wrong("The token is not yet valid (nbf)"))
        }
        _ => Ok(()),
    }
}

fn check_expired(checked: &Checked<'_>) -> Result<()> {
    match moment(checked, "exp", "Expiration Time")? {
        Some(end) if end < now().saturating_sub(checked.leeway) => {
            let text = "Signature has expired.";
            Err(Error::new(&EXPIRED_SIGNATURE_ERROR, text))
        }
        _ => Ok(()),
    }
}

fn check_audience(checked: &Checked<'_>) -> Result<()> {
    let known = match checked.claims.find("aud") {
        None => return Ok(()),
        Some(Value::List(known)) => known.iter().collect(),
        Some(known @ Value::Str(_)) => vec![known],
        Some(_) => return Err(wrong("Invalid claim format in token")),
    };
    if known.iter().any(|it| !matches!(it, Value::Str(_))) {
        return Err(wrong("Invalid claim format in token"));
    }
    match known.contains(checked.audience) {
        true => Ok(()),
        false => Err(wrong("Invalid audience")),
    }
}

fn check_issuer(checked: &Checked<'_>) -> Result<()> {
    let issuer = checked.kwargs.find("issuer").unwrap_or_default();
    let claim = checked.claims.find("iss").unwrap_or_default();
    let is_known = match &issuer {
        Value::None => return Ok(()),
        Value::Str(_) => claim == issuer,
        several => several.contains(&claim)?,
    };
    match is_known {
        true => Ok(()),
        false => Err(wrong("Invalid issuer")),
    }
}

fn check_subject(checked: &Checked<'_>) -> Result<()> {
    let Some(claim) = checked.claims.find("sub") else {
        return Ok(());
    };
    if !matches!(claim, Value::Str(_)) {
        return Err(wrong("Subject must be a string."));
    }
    match checked.kwargs.find("subject") {
        Some(subject) if !subject.is_none() && subject != claim => Err(wrong("Invalid subject")),
        _ => Ok(()),
    }
}

fn check_id(checked: &Checked<'_>) -> Result<()> {
    match checked.claims.find("jti") {
        None | Some(Value::Str(_)) => Ok(()),
        Some(_) => Err(wrong("JWT ID must be a string.")),
    }
}

fn check_hash(checked: &Checked<'_>) -> Result<()> {
    let Some(claim) = checked.claims.find("at_hash") else {
        return Ok(());
    };
    let token = match checked.kwargs.find("access_token") {
        Some(Value::Str(token)) if !token.is_empty() => token,
        Some(other) if other.is_true() => {
            return Err(error::untranslated("an access token that is no str"));
        }
        _ => {
            let text = "No access_token provided to compare against at_hash claim.";
            return Err(wrong(text));
        }
    };
    let hash = match checked.algorithm.as_str().unwrap_or_default() {
        name if name.ends_with("256") => &SHA256,
        name if name.ends_with("384") => &SHA384,
        name if name.ends_with("512") => &SHA512,
        _ => return Err(error::untranslated("a token of no algorithm")),
    };
    let digest = hashlib::hash_of(hash, token.as_bytes());
    let half = urlsafe_b64encode(&digest[..digest.len() / 2]);
    let half = String::from_utf8_lossy(&half).replace('=', "");
    match claim == *half {
        true => Ok(()),
        false => Err(wrong("at_hash claim does not match access_token.")),
    }
}
