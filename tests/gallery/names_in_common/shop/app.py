"""Modules of a package whose variables have the same names."""

import logging
import os

from shop import opened, stock
from shop.stock import remember

logger = logging.getLogger("shop")
limit = 5
table = os.environ.get("SHOP_TABLE", "shop")
names = ["nut"]
seen = 0.5
opened.append("shop")
print("the shop is imported")


def handler(event, context):
    global seen
    seen += 1
    names.append("screw")
    logger.warning("%s of %s", seen, limit)
    return {
        "shop": [table, limit, seen, len(names)],
        "opened": opened,
        "stock": [stock.table, stock.limit, remember(event["name"]), len(stock.names)],
    }
