"""Turns changes of the orders table into events on the bus."""

import json
import os
from datetime import datetime, timezone
from decimal import Decimal

import boto3
from boto3.dynamodb.types import TypeDeserializer

events = boto3.client("events")
deserializer = TypeDeserializer()

BATCH = 10
DETAIL_TYPES = {"new": "OrderCreated", "packed": "OrderPacked", "shipped": "OrderShipped"}


def item(image):
    """A stream image as plain values."""
    return {name: deserializer.deserialize(value) for name, value in image.items()}


def entry(record):
    """The bus entry of a change, or None where the status stayed."""
    new = item(record["dynamodb"].get("NewImage", {}))
    old = item(record["dynamodb"].get("OldImage", {}))
    if not new.get("sk", "").startswith("ORDER#") or new.get("status") == old.get("status"):
        return None
    return {
        "Time": datetime.fromtimestamp(record["dynamodb"]["ApproximateCreationDateTime"], timezone.utc),
        "Source": "orders",
        "DetailType": DETAIL_TYPES.get(new["status"], "OrderChanged"),
        "Detail": json.dumps({"id": new["id"], "total": new["total"]}, default=number),
        "EventBusName": os.environ["BUS_NAME"],
    }


def number(value):
    return float(value) if isinstance(value, Decimal) else str(value)


def handler(event, context):
    entries = [found for found in map(entry, event["Records"]) if found]
    failed = 0
    for start in range(0, len(entries), BATCH):
        answer = events.put_events(Entries=entries[start : start + BATCH])
        failed += answer["FailedEntryCount"]
    if failed:
        raise RuntimeError(f"{failed} of {len(entries)} events were not taken")
    return {"sent": len(entries)}
