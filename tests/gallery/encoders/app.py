"""JSON of what JSON does not have."""

import json
from datetime import date
from decimal import Decimal

from helpers import Encoder, SetEncoder, Shapes


def handler(event, context):
    parsed = json.loads(event.get("body", "{}"), parse_float=Decimal)
    price = parsed.get("price", Decimal("2"))
    item = {"price": price, "day": date(2024, 2, 29), "whole": Decimal("3.00")}
    if event.get("object"):
        item["object"] = {1, 2}
    print(json.dumps({"tags": {3, 1, 2}}, cls=SetEncoder))
    print(Shapes.area(2, event.get("height", 3)), Shapes.named("square"))
    text = json.dumps(item, cls=Encoder, sort_keys=True)
    return {"statusCode": 200, "body": text, "type": type(price).__name__}
