"""Reads the messages of a queue by their data classes."""

from aws_lambda_powertools.utilities.data_classes import SQSEvent, event_source
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord


def receipt(record: SQSRecord):
    """What is said of a message."""
    return {
        "id": record.message_id,
        "order": record.json_body["id"],
        "count": record.attributes.approximate_receive_count,
        "group": record.attributes.message_group_id,
        "region": record.aws_region,
    }


@event_source(data_class=SQSEvent)
def handler(event: SQSEvent, context):
    taken = []
    for record in event.records:
        taken.append(receipt(record))
    return {
        "taken": taken,
        "bodies": [record.body for record in event.records if record.body],
        "source": {record.message_id: record.event_source for record in event.records},
    }
