import json
import os
import time
import uuid

import requests
from jose import jwk, jwt
from jose.exceptions import ExpiredSignatureError, JWTClaimsError, JWTError
from jose.utils import base64url_decode

POOL = os.environ["POOL_URL"]
AUDIENCE = "app"


def keys():
    response = requests.get(POOL + "/.well-known/jwks.json", timeout=(2, 5))
    response.raise_for_status()
    return response.json()["keys"]


def validate(token, known):
    headers = jwt.get_unverified_headers(token)
    kid = headers["kid"]
    found = None
    for key in known:
        if key["kid"] == kid:
            found = key
    if found is None:
        print("Public key not found")
        return False
    public_key = jwk.construct(found)
    message, encoded_signature = str(token).rsplit(".", 1)
    decoded_signature = base64url_decode(encoded_signature.encode("utf-8"))
    if not public_key.verify(message.encode("utf8"), decoded_signature):
        print("Signature verification failed")
        return False
    claims = jwt.get_unverified_claims(token)
    if time.time() > claims["exp"]:
        print("Token is expired")
        return False
    if claims["aud"] != AUDIENCE:
        return False
    return claims


def shared(token):
    try:
        return jwt.decode(token, "secret", algorithms=["HS256"], audience=AUDIENCE, issuer="me")
    except ExpiredSignatureError:
        return {"expired": True}
    except JWTClaimsError as error:
        return {"claims": str(error)}
    except JWTError as error:
        return {"error": str(error), "kind": type(error).__name__}


def handler(event, context):
    scheme, _, token = event["authorizationToken"].partition(" ")
    if scheme == "Shared":
        claims = shared(token)
    else:
        try:
            claims = validate(token, keys())
        except JWTError as error:
            raise Exception("Unauthorized") from error
    effect = "Allow" if claims and "sub" in claims else "Deny"
    return {
        "principalId": claims["sub"] if effect == "Allow" else "nobody",
        "request": uuid.uuid1().hex,
        "context": {"claims": json.dumps(claims, sort_keys=True)},
        "policyDocument": {
            "Version": "2012-10-17",
            "Statement": [{"Action": "execute-api:Invoke", "Effect": effect, "Resource": event["methodArn"]}],
        },
    }
