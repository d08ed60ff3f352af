"""Stores analytics events; what cannot be stored goes back to the queue."""

import json
import os
from datetime import datetime, timezone
from decimal import Decimal

import boto3
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

logger = Logger()
processor = BatchProcessor(event_type=EventType.SQS)

table = boto3.resource("dynamodb").Table(os.environ["ANALYTICS_TABLE"])

DAYS_KEPT = 90


def record_handler(record: SQSRecord):
    """Stores one event under its day; raises where it is not one."""
    event = json.loads(record.body, parse_float=Decimal)
    at = int(event["at"])
    day = datetime.fromtimestamp(at, timezone.utc).strftime("%Y-%m-%d")
    item = {**event, "day": day, "expires": at + DAYS_KEPT * 86_400}
    table.put_item(Item=item)
    logger.debug("stored", extra={"event_id": item["id"]})


def lambda_handler(event, context):
    """Answers with the messages that failed, so that SQS delivers only those again."""
    return process_partial_response(
        event=event,
        record_handler=record_handler,
        processor=processor,
        context=context,
    )
