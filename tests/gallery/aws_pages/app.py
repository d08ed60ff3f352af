"""Pages of answers."""

import os

import boto3

dynamodb = boto3.client("dynamodb")
queues = boto3.client("sqs", region_name="eu-west-1")


def drafts(size):
    """A paginator and its pages in variables; the pages are run through twice."""
    paginator = dynamodb.get_paginator("scan")
    pages = paginator.paginate(TableName=os.environ["TABLE"], PaginationConfig={"PageSize": size})
    names = []
    for page in pages:
        names.extend(item["pk"]["S"] for item in page["Items"])
    again = 0
    for page in pages:
        again += page["Count"]
    return sorted(names), again


def tables(client):
    return [name for page in client.get_paginator("list_tables").paginate() for name in page["TableNames"]]


def handler(event, context):
    for name in event["names"]:
        dynamodb.put_item(TableName=os.environ["TABLE"], Item={"pk": {"S": name}})
    try:
        names, again = drafts(event["size"])
    except dynamodb.exceptions.ResourceNotFoundException:
        return {"error": "no table"}
    found = 0
    for page in queues.get_paginator("list_queues").paginate(QueueNamePrefix="x"):
        found += len(page.get("QueueUrls", []))
    return {"names": names, "again": again, "tables": len(tables(dynamodb)), "queues": found}
