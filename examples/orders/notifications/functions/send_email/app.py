"""Mails the customer of each notification."""

import json
import os

import boto3

ses = boto3.client("ses")

TEXT = "Your order {id} with {lines} lines was packed."


def handler(event, context):
    for record in event["Records"]:
        order = json.loads(record["Sns"]["Message"])
        ses.send_email(
            Source=os.environ["SENDER"],
            Destination={"ToAddresses": [order.get("email", "orders@example.com")]},
            Message={
                "Subject": {"Data": record["Sns"].get("Subject") or "Your order"},
                "Body": {"Text": {"Data": TEXT.format(id=order["id"], lines=order["lines"])}},
            },
        )
