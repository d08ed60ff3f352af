"""Two modules whose variables have the same names."""

import logging
import os

import stock
from stock import remember

logger = logging.getLogger("shop")
limit = 5
table = os.environ.get("SHOP_TABLE", "shop")
names = ["nut"]
seen = 0.5


def handler(event, context):
    global seen
    seen += 1
    names.append("screw")
    logger.warning("%s of %s", seen, limit)
    return {
        "shop": [table, limit, seen, len(names)],
        "stock": [stock.table, stock.limit, remember(event["name"]), len(stock.names)],
    }
