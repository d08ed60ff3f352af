"""Orders and how they are stored: all of a customer's orders under one partition key."""

import os
from dataclasses import asdict, dataclass, field
from decimal import Decimal

from boto3.dynamodb.conditions import Key

from orders_common.aws import table


@dataclass
class Line:
    """So many of one article."""

    article: str
    quantity: int
    price: Decimal

    @property
    def total(self):
        return self.price * self.quantity


@dataclass
class Order:
    """What a customer ordered."""

    id: str
    customer: str
    lines: list = field(default_factory=list)
    status: str = "new"

    @property
    def total(self):
        return sum((line.total for line in self.lines), Decimal(0))


class OrderStore:
    """The orders table."""

    def __init__(self, name=None):
        self._table = table(name or os.environ["ORDERS_TABLE"])

    def get(self, customer, order_id):
        """One order's item, or None."""
        answer = self._table.get_item(Key={"pk": f"CUSTOMER#{customer}", "sk": f"ORDER#{order_id}"})
        return answer.get("Item")

    def put(self, order):
        """Stores a new order."""
        item = {
            "pk": f"CUSTOMER#{order.customer}",
            "sk": f"ORDER#{order.id}",
            "total": order.total,
            **asdict(order),
        }
        self._table.put_item(Item=item, ConditionExpression="attribute_not_exists(pk)")
        return item

    def of_customer(self, customer):
        """All orders of a customer, page by page."""
        query = {"KeyConditionExpression": Key("pk").eq(f"CUSTOMER#{customer}") & Key("sk").begins_with("ORDER#")}
        while True:
            page = self._table.query(**query)
            yield from page["Items"]
            if "LastEvaluatedKey" not in page:
                return
            query["ExclusiveStartKey"] = page["LastEvaluatedKey"]

    def set_status(self, customer, order_id, status):
        """Moves an order on."""
        self._table.update_item(
            Key={"pk": f"CUSTOMER#{customer}", "sk": f"ORDER#{order_id}"},
            UpdateExpression="SET #status = :status",
            ExpressionAttributeNames={"#status": "status"},
            ExpressionAttributeValues={":status": status},
        )
