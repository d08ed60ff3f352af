"""Reads what was put into a bucket by its data class."""

from aws_lambda_powertools.utilities.data_classes import S3Event, event_source


@event_source(data_class=S3Event)
def handler(event, context):
    sizes = {}
    for record in event.records:
        sizes[record.s3.get_object.key] = record.s3.get_object.size
    first = event.record
    return {
        "bucket": event.bucket_name,
        "key": event.object_key,
        "sizes": sizes,
        "by": first.user_identity.principal_id,
        "name": first.event_name,
    }
