"""Removes orders that were left as drafts."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import boto3

dynamodb = boto3.client("dynamodb")

KEPT = timedelta(days=30)
WORKERS = 8


def drafts(before):
    """Keys of drafts older than a moment, over all pages."""
    paginator = dynamodb.get_paginator("scan")
    pages = paginator.paginate(
        TableName=os.environ["ORDERS_TABLE"],
        FilterExpression="#status = :draft AND created < :before",
        ProjectionExpression="pk, sk",
        ExpressionAttributeNames={"#status": "status"},
        ExpressionAttributeValues={":draft": {"S": "draft"}, ":before": {"S": before.isoformat()}},
    )
    for page in pages:
        yield from page["Items"]


def remove(key):
    dynamodb.delete_item(TableName=os.environ["ORDERS_TABLE"], Key=key)


def handler(event, context):
    keys = list(drafts(datetime.now(timezone.utc) - KEPT))
    with ThreadPoolExecutor(max_workers=WORKERS) as pool:
        list(pool.map(remove, keys))
    return {"removed": len(keys)}
