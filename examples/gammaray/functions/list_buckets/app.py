"""Lists the buckets of the account with their regions."""

import asyncio
import json
import os
import time
import uuid

from aiobotocore.session import get_session
from botocore.exceptions import ClientError

QUEUE_URL = os.environ["ANALYTICS_QUEUE_URL"]
DEFAULT_REGION = "us-east-1"

session = get_session()


async def bucket_region(s3, name):
    """The region of a bucket; S3 answers null for buckets in us-east-1."""
    try:
        answer = await s3.get_bucket_location(Bucket=name)
    except ClientError as error:
        return {"name": name, "region": None, "error": error.response["Error"]["Code"]}
    return {"name": name, "region": answer.get("LocationConstraint") or DEFAULT_REGION}


async def list_buckets():
    """All buckets with their regions, in the order in which S3 lists them."""
    async with session.create_client("s3") as s3:
        answer = await s3.list_buckets()
        names = [bucket["Name"] for bucket in answer["Buckets"]]
        return await asyncio.gather(*[bucket_region(s3, name) for name in names])


async def send_analytics(action, **details):
    """Tells analytics what was done."""
    event = {"id": str(uuid.uuid4()), "action": action, "at": int(time.time()), **details}
    async with session.create_client("sqs") as sqs:
        await sqs.send_message(QueueUrl=QUEUE_URL, MessageBody=json.dumps(event))


async def respond(event):
    """The answer to a request, sent after analytics was told."""
    authorizer = event.get("requestContext", {}).get("authorizer") or {}
    buckets = await list_buckets()
    await send_analytics("list-buckets", user=authorizer.get("username"), count=len(buckets))
    wanted = (event.get("queryStringParameters") or {}).get("region")
    if wanted:
        buckets = [bucket for bucket in buckets if bucket["region"] == wanted]
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps({"buckets": buckets, "count": len(buckets)}),
    }


def lambda_handler(event, context):
    """GET /buckets, with an optional query parameter `region`."""
    return asyncio.run(respond(event))
