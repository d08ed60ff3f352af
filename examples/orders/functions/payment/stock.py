"""A task of the fulfilment: takes what was ordered off the stock."""

import os

from orders_common.aws import client
from orders_common.orders import OrderStore


class OutOfStock(Exception):
    """There are not enough of an article."""


def reserve(event, context):
    """All lines in one transaction, or none."""
    order = OrderStore().get(event["customer"], event["id"])
    dynamodb = client("dynamodb")
    try:
        dynamodb.transact_write_items(
            TransactItems=[
                {
                    "Update": {
                        "TableName": os.environ["ORDERS_TABLE"],
                        "Key": {"pk": {"S": f"ARTICLE#{line['article']}"}, "sk": {"S": "STOCK"}},
                        "UpdateExpression": "SET stock = stock - :quantity",
                        "ConditionExpression": "stock >= :quantity",
                        "ExpressionAttributeValues": {":quantity": {"N": str(line["quantity"])}},
                    }
                }
                for line in order["lines"]
            ]
        )
    except dynamodb.exceptions.TransactionCanceledException as error:
        raise OutOfStock(event["id"]) from error
    return {**event, "total": str(order["total"])}
