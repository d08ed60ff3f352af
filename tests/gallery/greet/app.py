"""Greets."""

import json
import os

GREETINGS = ("hello", "hi")
counts = {}


def greeting(name, loud=False):
    """What is said."""
    text = f"{GREETINGS[0]}, {name}"
    if loud:
        return text.upper()
    return text


def count(name):
    counts[name] = counts.get(name, 0) + 1
    return counts[name]


def handler(event, context):
    # The body may be missing.
    try:
        body = json.loads(event.get("body") or "{}")
    except json.JSONDecodeError as error:
        return {"statusCode": 400, "body": json.dumps({"message": str(error)})}
    name = body.get("name", "nobody")
    if name in ("admin", "root"):
        raise ValueError(f"{name} is refused")
    items = [item for item in body.get("items", []) if item]
    total = 0
    for index, item in enumerate(items):
        if item == "stop":
            break
        total += index
    answer = {"greeting": greeting(name, loud=True), "count": count(name), "total": total}
    return {"statusCode": 200, "body": json.dumps({**answer, "stage": os.getenv("STAGE", "dev")})}
