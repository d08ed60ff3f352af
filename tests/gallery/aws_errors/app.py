"""Errors that are not caught, whose class depends on the version of botocore."""

import boto3

s3 = boto3.client("s3")
sqs = boto3.client("sqs")


def handler(event, context):
    if "bucket" in event:
        try:
            answer = s3.get_object(Bucket=event["bucket"], Key=event["key"])
        except s3.exceptions.NoSuchKey:
            return {"missing": event["key"]}
        return {"type": answer["ContentType"]}
    return {"queues": sqs.list_queues().get("QueueUrls", [])}
