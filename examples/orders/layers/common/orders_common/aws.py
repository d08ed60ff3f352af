"""Clients, each made once and kept."""

from functools import lru_cache

import boto3


@lru_cache(maxsize=None)
def client(service):
    """The client of a service."""
    return boto3.client(service)


@lru_cache(maxsize=None)
def table(name):
    """A DynamoDB table."""
    return boto3.resource("dynamodb").Table(name)
