"""Hands orders of the queue to the warehouse; each message succeeds or fails by itself."""

import json
import logging
import os

import boto3
from botocore.exceptions import ClientError

from orders_common.orders import OrderStore

logger = logging.getLogger()
logger.setLevel(os.environ.get("LOG_LEVEL", "INFO"))

sns = boto3.client("sns")
store = OrderStore()


def fulfil(order):
    """Marks an order as packed and tells whoever listens."""
    found = store.get(order["customer"], order["id"])
    if not found:
        raise LookupError(f"there is no order {order['id']}")
    store.set_status(order["customer"], order["id"], "packed")
    sns.publish(
        TopicArn=os.environ["TOPIC_ARN"],
        Subject="Order packed",
        Message=json.dumps({"id": order["id"], "lines": len(found["lines"])}),
        MessageAttributes={"kind": {"DataType": "String", "StringValue": "packed"}},
    )


def handler(event, context):
    failures = []
    for record in event["Records"]:
        try:
            fulfil(json.loads(record["body"]))
        except (ClientError, LookupError, KeyError, json.JSONDecodeError) as error:
            logger.error("message %s failed: %s", record["messageId"], error)
            failures.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failures}
