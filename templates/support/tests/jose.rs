//! Tokens and keys; all were made by python-jose 3.5, and read by it to the same results.

use gammaray_support::dict;
use gammaray_support::list;
use gammaray_support::python::dict::Dict;
use gammaray_support::python::error::Result;
use gammaray_support::python::jose;
use gammaray_support::python::jose_jwt::{self, get_unverified_claims, get_unverified_headers};
use gammaray_support::python::json;
use gammaray_support::python::value::Value;

const PUBLIC: &str = r#"{"alg": "RS256", "kty": "RSA", "n": "sLBkMOHatBlLOt9soOaQy0bFOc8Z9OmMj3QMGOs8nWBaXgehVRTL7BuzABDsf0qCtQ8rkAYAXTl1To_xUZ9uwk64F-bpiXlqDgzIch48F_oUpZeiw5Q_7uIVRCr6WI7NyOcZVa6AaQX3DGyMfxraIP_7cLR_hJeEVVMF-kA-BFkuEYZYgtXsrSucsiebPrX0cOjKbxjyTjtJca-JtE88JYoD4zKsFKF0D-13RmNPeUX8x6_5RtwW3Y-fEuofyMUWrbEA6cJwUDbVhXuFq9IfRjlRLlGvn-ZPcSMN5kkwGxDBbIUmP4kIctx5u4GZUpeG7uqeRWU-whfzoMJDQyaRFQ", "e": "AQAB", "kid": "k1"}"#;
const RSA: &str = "eyJhbGciOiJSUzI1NiIsImtpZCI6ImsxIiwidHlwIjoiSldUIn0.eyJzdWIiOiJ1IiwiYXVkIjoiYXBwIiwiZXhwIjo0MTAyNDQ0ODAwLCJpYXQiOjEsIm5hbWUiOiJcdTAwZTkifQ.GqtY8fChPC5ei6Ys7Mzlh2xo9x-5WqZniigWYQWxkIX8C-ovB8iddSicJSGxqcrQn4Fop-wAJsXPS-Dmuf3v1IMCC1iPCQns4rRlxwfNVWfQOkAM47wGEzWMS_nd8Wbwt6ceEobUVcc0MlOyjMddjphUlxL8Xzr4eXi5fQRIJzjQBM9m3lJ3zPgWOUHhJKNrM0-xSAVA1NLzS0GryCmhKIz2wbJjAC3pSqTXwicbQ5jIIL5wkirGF4tzZr6nkzvDtVFV3vIH8bf0rvBjd3K9BbNz3GLtATQFCZp_oJn_zVS9rZBhUkv5nyJZqooqa5fHLR4sJ8eSyEOtfoGtd4CSGQ";
const HMAC: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ1IiwiYXVkIjpbImFwcCIsImIiXSwiaXNzIjoibWUiLCJleHAiOjQxMDI0NDQ4MDB9.ZQnjSDkXRwOy5vWs0UAWYP4yHwdqz0FQS68norPU7xk";
const EXPIRED: &str =
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjF9.8onrqJhmsoas7S-2eOXSmQe1UZfbsK0zZyIw7ik8gZE";
const HASHED: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjQxMDI0NDQ4MDAsImF0X2hhc2giOiJzZGE1RzJmQ3I2WGpJcGlObEdKampRIn0.zXynD4S1gjRY2uHHyQBiqhDzkzEIOJ3t4PT-VwboDAc";

fn shown<T: Into<Value>>(result: Result<T>) -> String {
    match result {
        Ok(value) => value.into().to_string(),
        Err(error) => format!("{}: {error}", error.class().name),
    }
}

fn decoded(token: &str, key: impl Into<Value>, kwargs: &Dict) -> String {
    let option = |name: &str| kwargs.find(name).unwrap_or_default();
    shown(jose_jwt::decode(
        &token.into(),
        &key.into(),
        &option("algorithms"),
        &option("options"),
        &option("audience"),
        kwargs,
    ))
}

#[test]
fn tokens_are_decoded() {
    let app = || dict! {"audience": "app"};
    let claims = "{'sub': 'u', 'aud': 'app', 'exp': 4102444800, 'iat': 1, 'name': 'é'}";
    let public = || json::loads(PUBLIC).unwrap();
    assert_eq!(decoded(RSA, public(), &app()), claims);
    assert_eq!(decoded(RSA, PUBLIC, &app()), claims);
    assert_eq!(
        decoded(RSA, dict! {"keys": list![public()]}, &app()),
        claims
    );
    let failed = "JWTError: Signature verification failed.";
    let forged = format!("{}abc", &RSA[..RSA.len() - 3]);
    assert_eq!(decoded(&forged, public(), &app()), failed);
    assert_eq!(decoded(HMAC, "other", &app()), failed);
    let kwargs = dict! {"audience": "app", "options": dict! {"require_jti": true}};
    let text = "JWTError: missing required key \"jti\" among claims";
    assert_eq!(decoded(RSA, public(), &kwargs), text);
    let all = "{'sub': 'u', 'aud': ['app', 'b'], 'iss': 'me', 'exp': 4102444800}";
    let kwargs = dict! {"audience": "app", "issuer": "me", "algorithms": list!["HS256"]};
    assert_eq!(decoded(HMAC, "secret", &kwargs), all);
}

#[test]
fn claims_are_checked() {
    for (token, kwargs, expected) in [
        (HMAC, Dict::new(), "JWTClaimsError: Invalid audience"),
        (
            HMAC,
            dict! {"audience": "app", "algorithms": "RS256"},
            "JWTError: The specified alg value is not allowed",
        ),
        (
            HMAC,
            dict! {"audience": "app", "issuer": "you"},
            "JWTClaimsError: Invalid issuer",
        ),
        (
            EXPIRED,
            Dict::new(),
            "ExpiredSignatureError: Signature has expired.",
        ),
        (
            EXPIRED,
            dict! {"options": dict! {"verify_exp": false}},
            "{'exp': 1}",
        ),
        (
            HASHED,
            Dict::new(),
            "JWTClaimsError: No access_token provided to compare against at_hash claim.",
        ),
        (
            HASHED,
            dict! {"access_token": "at"},
            "{'exp': 4102444800, 'at_hash': 'sda5G2fCr6XjIpiNlGJjjQ'}",
        ),
        ("a.b", Dict::new(), "JWTError: Not enough segments"),
        (
            "!!.e30.",
            Dict::new(),
            "JWTError: Invalid header string: Expecting value: line 1 column 1 (char 0)",
        ),
        (
            "abc.e30.x",
            Dict::new(),
            "JWTError: Invalid header string: 'utf-8' codec can't decode byte 0xb7 in position 1: \
             invalid start byte",
        ),
        ("e30.e30.x", Dict::new(), "JWTError: Invalid crypto padding"),
    ] {
        assert_eq!(decoded(token, "secret", &kwargs), expected, "{token}");
    }
    let none = jose_jwt::decode(
        &Value::None,
        &"secret".into(),
        &Value::None,
        &Value::None,
        &Value::None,
        &Dict::new(),
    );
    assert_eq!(
        shown(none),
        "AttributeError: 'NoneType' object has no attribute 'rsplit'"
    );
}

#[test]
fn parts_are_read_without_a_key() {
    let header = "{'alg': 'RS256', 'kid': 'k1', 'typ': 'JWT'}";
    assert_eq!(shown(get_unverified_headers(&RSA.into())), header);
    for (token, expected) in [
        (EXPIRED, "{'exp': 1}"),
        (
            "e30.W10.",
            "JWTError: Invalid claims string: must be a json object",
        ),
        ("e30.e.", "JWTError: Error decoding token claims."),
        (
            "e30.YWI.",
            "JWTError: Invalid claims string: Expecting value: line 1 column 1 (char 0)",
        ),
    ] {
        assert_eq!(
            shown(get_unverified_claims(&token.into())),
            expected,
            "{token}"
        );
    }
    let broken = shown(get_unverified_headers(&"abc".into()));
    assert_eq!(broken, "JWTError: Error decoding token headers.");
}

#[test]
fn keys_verify_signatures() {
    let key = jose::construct(&json::loads(PUBLIC).unwrap(), &Value::None).unwrap();
    let (message, signature) = RSA.rsplit_once('.').unwrap();
    let signature = jose::base64url_decode(signature.as_bytes()).unwrap();
    assert!(jose::verify(&key, message.as_bytes(), &signature));
    assert!(!jose::verify(&key, b"other", &signature));
    for (key, expected) in [
        (
            dict! {"kty": "RSA"},
            "JWKError: Unable to find an algorithm for key",
        ),
        (
            dict! {"kty": "EC", "alg": "RS256"},
            "JWKError: Incorrect key type. Expected: 'RSA', Received: EC",
        ),
        (
            dict! {"kty": "RSA", "alg": "XX"},
            "JWKError: Unable to find an algorithm for key",
        ),
        (
            dict! {"kty": "EC", "alg": "ES256"},
            "Untranslated: a key for ES256",
        ),
    ] {
        assert_eq!(shown(jose::construct(&key.into(), &Value::None)), expected);
    }
}
