"""Takes orders of a queue; each message succeeds or fails by itself."""

import json

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
taken = []


def take(record: SQSRecord, lambda_context: LambdaContext):
    order = json.loads(record.body)
    if order["id"] == 0:
        raise ValueError(f"{record.message_id} is no order")
    taken.append((order["id"], lambda_context.aws_request_id != ""))


def handler(event, context: LambdaContext):
    taken.clear()
    answer = process_partial_response(
        event=event, record_handler=take, processor=processor, context=context
    )
    return {**answer, "taken": [list(it) for it in taken]}
