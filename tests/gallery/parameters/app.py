"""Reads what is configured: a secret and parameters."""

import os

from aws_lambda_powertools.utilities import parameters
from aws_lambda_powertools.utilities.parameters import get_parameter


def partner_of(key):
    """The partner of a key, or None."""
    keys = parameters.get_secret(os.environ["KEYS"], transform="json", max_age=60)
    return keys.get(key)


def handler(event, context):
    limit = get_parameter(os.environ["LIMIT"])
    config = parameters.get_parameter(os.environ["CONFIG"], transform="json", decrypt=True)
    if event.get("missing"):
        # Nothing is kept of what failed.
        config["more"] = parameters.get_parameter("/app/missing")
    return {
        "partner": partner_of(event.get("key", "k-1")),
        "limit": int(limit),
        "config": config,
        "all": parameters.get_parameters("/app", max_age=5),
    }
