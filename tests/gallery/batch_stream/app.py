"""Counts the words of a stream's records."""

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.kinesis_stream_event import KinesisStreamRecord

processor = BatchProcessor(EventType.KinesisDataStreams, raise_on_entire_batch_failure=False)


def count(record: KinesisStreamRecord):
    text = record.kinesis.data_as_text()
    if not text:
        raise LookupError(record.kinesis.partition_key)
    return len(text.split())


def handler(event, context):
    return process_partial_response(event, count, processor)
