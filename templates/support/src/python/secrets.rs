//! Python's `secrets`.

use super::error::{self, Result};
use super::list::List;
use super::value::Value;
use super::{base64, hmac, os, random};

/// Random bytes, 32 where no number is given.
fn token(nbytes: Option<i64>) -> Result<Vec<u8>> {
    let Ok(size) = usize::try_from(nbytes.unwrap_or(32)) else {
        return Err(error::value_error("negative argument not allowed"));
    };
    let mut bytes = vec![0; size];
    os::fill(&mut bytes)?;
    Ok(bytes)
}

/// `secrets.token_bytes(nbytes=None)`.
#[cfg(feature = "bytes")]
pub fn token_bytes(nbytes: Option<i64>) -> Result<Vec<u8>> {
    token(nbytes)
}

/// `secrets.token_hex(nbytes=None)`.
pub fn token_hex(nbytes: Option<i64>) -> Result<String> {
    let bytes = token(nbytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// `secrets.token_urlsafe(nbytes=None)`.
pub fn token_urlsafe(nbytes: Option<i64>) -> Result<String> {
    let text = base64::encoded(&token(nbytes)?, base64::URL_SAFE);
    Ok(text.trim_end_matches('=').to_owned())
}

/// `secrets.randbelow(exclusive_upper_bound)`.
pub fn randbelow(exclusive_upper_bound: i64) -> Result<i64> {
    match u64::try_from(exclusive_upper_bound) {
        Ok(end @ 1..) => Ok(random::below(end)? as i64),
        _ => Err(error::value_error("Upper bound must be positive.")),
    }
}

/// `secrets.randbits(k)`.
/// Of at most 63 bits.
pub fn randbits(k: i64) -> Result<i64> {
    random::getrandbits(k)
}

/// `secrets.choice(seq)`.
pub fn choice(seq: &str) -> Result<String> {
    random::choice(seq)
}

/// `secrets.choice(seq)`.
pub fn choice_list(seq: &List) -> Result<Value> {
    random::choice_list(seq)
}

/// `secrets.choice(seq)`.
pub fn choice_value(seq: &Value) -> Result<Value> {
    random::choice_value(seq)
}

/// `secrets.compare_digest(a, b, /)`.
pub fn compare_digest(a: &Value, b: &Value) -> Result<bool> {
    hmac::compare_digest_value(a, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_have_their_lengths() -> Result<()> {
        assert_eq!(token_hex(None)?.len(), 64);
        assert_eq!(token_hex(Some(2))?.len(), 4);
        assert_eq!(token_urlsafe(None)?.len(), 43);
        assert_eq!(token_urlsafe(Some(0))?, "");
        assert!((0..3).contains(&randbelow(3)?));
        Ok(())
    }

    #[test]
    fn raises_what_python_raises() {
        let text = |result: Result<String>| result.map_err(|error| error.to_string());
        let expected = Err("negative argument not allowed".to_owned());
        assert_eq!(text(token_hex(Some(-1))), expected);
        let below = randbelow(0).map_err(|error| error.to_string());
        assert_eq!(below, Err("Upper bound must be positive.".to_owned()));
    }
}
