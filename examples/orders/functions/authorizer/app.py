"""Lets partners in who know a key."""

import hmac
import os

from aws_lambda_powertools.utilities import parameters

MAX_AGE_SECONDS = 300


def partner_of(key):
    """The partner of a key, or None; keys are read at most every five minutes."""
    keys = parameters.get_secret(os.environ["KEYS_SECRET"], transform="json", max_age=MAX_AGE_SECONDS)
    for known, partner in keys.items():
        if hmac.compare_digest(known, key):
            return partner
    return None


def handler(event, context):
    """The simple response of an HTTP API authorizer."""
    key = event["headers"].get("x-partner-key", "")
    partner = partner_of(key) if key else None
    return {"isAuthorized": partner is not None, "context": {"partner": partner or ""}}
