"""Items written in batches."""

import os

import boto3

table = boto3.resource("dynamodb").Table(os.environ["TABLE"])


def fill(batch, count):
    for at in range(count):
        batch.put_item(Item={"pk": f"item-{at}", "at": at})


def write(event):
    """Writes what is asked for; a bad item ends it, what waits is written all the same."""
    written = 0
    with table.batch_writer() as batch:
        for name in event["names"]:
            batch.put_item(Item={"pk": name})
            written += 1
            if name == "stop":
                return {"stopped": written}
        for name in event.get("gone", []):
            batch.delete_item(Key={"pk": name})
        fill(batch, event.get("count", 0))
    return {"written": written}


def handler(event, context):
    answer = {}
    try:
        answer.update(write(event))
    except (ValueError, TypeError) as error:
        answer["error"] = str(error)
    with table.batch_writer(overwrite_by_pkeys=["pk"]) as batch:
        batch.put_item({"pk": "twice", "n": 1})
        batch.put_item({"pk": "twice", "n": 2})
    items = table.scan()["Items"]
    answer["items"] = sorted(item["pk"] for item in items)
    return answer
