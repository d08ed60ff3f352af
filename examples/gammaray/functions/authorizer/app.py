"""Checks the Basic credentials of a request against the users table."""

import base64
import binascii
import hashlib
import hmac
import os

import boto3
from aws_lambda_powertools import Logger, Tracer
from aws_lambda_powertools.utilities.data_classes import event_source
from aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event import (
    APIGatewayAuthorizerRequestEvent,
    APIGatewayAuthorizerResponse,
)
from aws_lambda_powertools.utilities.typing import LambdaContext

logger = Logger()
tracer = Tracer()

users = boto3.resource("dynamodb").Table(os.environ["USERS_TABLE"])

ITERATIONS = 10_000


def credentials(header):
    """The user name and password of an Authorization header, or None."""
    scheme, _, encoded = (header or "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        decoded = base64.b64decode(encoded, validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return None
    username, colon, password = decoded.partition(":")
    if not colon:
        return None
    return username, password


def hashed(password, salt):
    """The password as the users table holds it."""
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), ITERATIONS).hex()


@tracer.capture_method
def is_valid(username, password):
    """Whether the users table knows the user by this password."""
    user = users.get_item(Key={"username": username}).get("Item")
    if user is None or user.get("disabled"):
        return False
    return hmac.compare_digest(user["password"], hashed(password, user["salt"]))


@logger.inject_lambda_context
@tracer.capture_lambda_handler
@event_source(data_class=APIGatewayAuthorizerRequestEvent)
def lambda_handler(event: APIGatewayAuthorizerRequestEvent, context: LambdaContext) -> dict:
    """Answers with a policy that allows or denies the API's stage."""
    arn = event.parsed_arn
    found = credentials(event.headers.get("Authorization"))
    username = found[0] if found else "anonymous"
    policy = APIGatewayAuthorizerResponse(
        principal_id=username,
        region=arn.region,
        aws_account_id=arn.aws_account_id,
        api_id=arn.api_id,
        stage=arn.stage,
        context={"username": username},
    )
    if found and is_valid(*found):
        policy.allow_all_routes()
    else:
        logger.warning("request denied", extra={"username": username})
        policy.deny_all_routes()
    return policy.asdict()
