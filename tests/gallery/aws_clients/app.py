"""Clients made in all the ways that are known."""

import os
from functools import lru_cache

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

config = Config(connect_timeout=5, read_timeout=7.5, retries={"max_attempts": 1, "mode": "standard"})
session = boto3.session.Session()
abroad = boto3.Session(region_name="eu-central-1")
queues = abroad.client("sqs", config=config)
table = None
dynamodb = None


class Store:
    """A table in an attribute."""

    def __init__(self, name):
        self._table = boto3.resource("dynamodb").Table(name)
        self.client = boto3.client("dynamodb")

    def get(self, key):
        return self._table.get_item(Key={"pk": key}).get("Item")

    def put(self, item):
        self._table.put_item(Item=item)


store = Store(os.environ["TABLE"])


@lru_cache(maxsize=None)
def client(service):
    """The client of a service."""
    return boto3.client(service)


@lru_cache
def cached():
    return boto3.resource("dynamodb").Table(os.environ["TABLE"])


def own_table(event, resource):
    """A table with the credentials of the event, where it has some."""
    keys = event.get("keys")
    if keys:
        resource = boto3.resource(
            "dynamodb",
            aws_access_key_id=keys["access"],
            aws_secret_access_key=keys["secret"],
            aws_session_token=keys.get("token"),
        )
    else:
        if not resource:
            resource = boto3.resource("dynamodb")
    return resource.Table(os.environ["TABLE"])


def global_table():
    global table
    if table is None:
        table = boto3.resource("dynamodb", "us-east-1").Table(os.environ["TABLE"])
    return table


def count(of):
    """A table as a parameter."""
    return of.scan(Select="COUNT")["Count"]


def handler(event, context):
    key = event["key"]
    try:
        mine = own_table(event, dynamodb)
        found = mine.get_item(Key={"pk": key})
        item = found.get("Item")
        if event.get("put"):
            store.put({"pk": key, "n": 1})
            store.client.delete_item(TableName=os.environ["TABLE"], Key={"pk": {"S": key}})
            store.put({"pk": key, "n": 2})
        seen = store.get(key)
        got = global_table().get_item(Key={"pk": key}).get("Item")
        other = boto3.resource("dynamodb").Table(os.environ["TABLE"])
        native = other.meta.client.get_item(TableName=other.name, Key={"pk": key})
    except ClientError as error:
        return {"error": error.response["Error"]["Code"]}
    except BotoCoreError as error:
        return {"unusual": str(error)}
    names = client("sqs").list_queues(QueueNamePrefix=key).get("QueueUrls", [])
    return {
        "item": item and str(item.get("n")),
        "seen": seen and str(seen["n"]),
        "got": got and str(got["n"]),
        "native": str(native.get("Item")),
        "count": count(global_table()) + count(cached()),
        "region": session.region_name,
        "abroad": abroad.region_name,
        "queues": len(queues.list_queues().get("QueueUrls", [])) + len(names),
    }
