"""Reads a price list from S3 into the table."""

import csv
import io
import os
from decimal import Decimal, InvalidOperation
from urllib.parse import unquote_plus

import boto3

from orders_common.aws import client, table


def rows(bucket, key):
    """Article and price of each line; lines that are none are passed over."""
    body = client("s3").get_object(Bucket=bucket, Key=key)["Body"].read().decode("utf-8-sig")
    for row in csv.DictReader(io.StringIO(body), delimiter=";"):
        try:
            yield row["article"].strip(), Decimal(row["price"].replace(",", "."))
        except (KeyError, AttributeError, InvalidOperation):
            continue


def archive(bucket, key):
    """Moves a list that was read out of the way."""
    source = boto3.resource("s3").Object(bucket, key)
    target = boto3.resource("s3").Bucket(bucket).Object(f"done/{key}")
    target.copy_from(CopySource={"Bucket": bucket, "Key": key})
    source.delete()


def handler(event, context):
    prices = table(os.environ["ORDERS_TABLE"])
    imported = 0
    for record in event["Records"]:
        bucket = record["s3"]["bucket"]["name"]
        key = unquote_plus(record["s3"]["object"]["key"])
        with prices.batch_writer() as batch:
            for article, price in rows(bucket, key):
                batch.put_item(Item={"pk": f"ARTICLE#{article}", "sk": "PRICE", "price": price})
                imported += 1
        archive(bucket, key)
    return {"imported": imported}
