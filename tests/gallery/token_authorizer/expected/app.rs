use crate::python::{
    builtins, dict::Dict, error, error::Error, error::Result, error::or_break, jose, jose_jwt,
    json, lambda_context, list::List, ops, requests, requests_response, string_encode,
    string_split, time, uuid, value::Value,
};
use crate::state::State;

pub async fn handler(
    state: &State,
    event: &Value,
    _context: &lambda_context::LambdaContext,
) -> Result<Dict> {
    let (scheme, _unused, token) = string_split::partition(
        event.item("authorizationToken")?.expect_str("partition")?,
        " ",
    )?;
    let claims: Value;
    if scheme == "Shared" {
        claims = Value::from(shared(&token)?);
    } else {
        'done: {
            let error = 'attempt: {
                claims =
                    or_break!('attempt, validate(&token, &or_break!('attempt, keys(state).await)));
                break 'done;
            };
            if error.is(&jose::JWT_ERROR) {
                return Err(Error::new(&error::EXCEPTION, "Unauthorized".to_owned()));
            } else {
                return Err(error);
            }
        }
    }
    let effect = if claims.is_true() && claims.contains(&Value::from("sub"))? {
        "Allow".to_owned()
    } else {
        "Deny".to_owned()
    };
    Ok(Dict::from([
        (
            "principalId",
            if effect == "Allow" {
                claims.item("sub")?
            } else {
                Value::from("nobody")
            },
        ),
        ("request", Value::from(uuid::hex(&uuid::uuid1()?))),
        (
            "context",
            Value::from(Dict::from([(
                "claims",
                Value::from(json::dumps_with(
                    &claims,
                    false,
                    true,
                    true,
                    &Value::None,
                    &Value::None,
                    true,
                )?),
            )])),
        ),
        (
            "policyDocument",
            Value::from(Dict::from([
                ("Version", Value::from("2012-10-17")),
                (
                    "Statement",
                    Value::from(List::from([Value::from(Dict::from([
                        ("Action", Value::from("execute-api:Invoke")),
                        ("Effect", Value::from(effect.clone())),
                        ("Resource", event.item("methodArn")?),
                    ]))])),
                ),
            ])),
        ),
    ]))
}

pub fn shared(token: &str) -> Result<Dict> {
    let error = 'attempt: {
        let value = or_break!('attempt, jose_jwt::decode(&Value::from(token), &Value::from("secret"), &Value::from(List::from([Value::from("HS256")])), &Value::None, &Value::from("app"), &Dict::from([("issuer", Value::from("me"))])));
        return Ok(value);
    };
    if error.is(&jose::EXPIRED_SIGNATURE_ERROR) {
        Ok(Dict::from([("expired", Value::Bool(true))]))
    } else if error.is(&jose::JWT_CLAIMS_ERROR) {
        Ok(Dict::from([("claims", Value::from(error.to_string()))]))
    } else if error.is(&jose::JWT_ERROR) {
        Ok(Dict::from([
            ("error", Value::from(error.to_string())),
            ("kind", Value::from(Value::from(error.clone()).class_name())),
        ]))
    } else {
        Err(error)
    }
}

pub async fn keys(state: &State) -> Result<Value> {
    let response = requests::get(
        &Value::from(format!("{}/.well-known/jwks.json", state.pool)),
        &Value::None,
        &Dict::from([("timeout", Value::from((2, 5)))]),
    )
    .await?;
    requests_response::raise_for_status(&response)?;
    requests_response::json(&response)?.item("keys")
}

pub fn validate(token: &str, known: &Value) -> Result<Value> {
    let headers = jose_jwt::get_unverified_headers(&Value::from(token))?;
    let kid = headers.member("kid")?;
    let mut found = Value::None;
    for key in known.iterate()? {
        if key.item("kid")? == kid {
            found = key;
        }
    }
    if found.is_none() {
        builtins::print(&[Value::from("Public key not found")], " ", "\n", false);
        return Ok(Value::Bool(false));
    }
    let public_key = jose::construct(&found, &Value::None)?;
    let item = Value::from(string_split::rsplit(token, Some("."), 1)?);
    let [message, encoded_signature] = item.unpack()?;
    let decoded_signature = jose::base64url_decode(&string_encode::encode(
        encoded_signature.expect_str("encode")?,
        "utf-8",
        "strict",
    )?)?;
    if !jose::verify(
        &public_key,
        &string_encode::encode(message.expect_str("encode")?, "utf8", "strict")?,
        &decoded_signature,
    ) {
        builtins::print(
            &[Value::from("Signature verification failed")],
            " ",
            "\n",
            false,
        );
        return Ok(Value::Bool(false));
    }
    let claims = jose_jwt::get_unverified_claims(&Value::from(token))?;
    if ops::gt(&Value::from(time::time()), &claims.member("exp")?)? {
        builtins::print(&[Value::from("Token is expired")], " ", "\n", false);
        return Ok(Value::Bool(false));
    }
    if claims.member("aud")? != "app" {
        return Ok(Value::Bool(false));
    }
    Ok(Value::from(claims))
}
