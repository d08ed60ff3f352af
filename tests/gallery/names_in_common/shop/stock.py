"""What is in stock; its names are those of the shop's, and stand for other things."""

import logging
import os

logger = logging.getLogger("stock")
limit = 3
table = os.environ.get("STOCK_TABLE", "stock")
names = ["bolt"]
seen = 0


def remember(name):
    global seen
    seen += 1
    names.append(name)
    logger.warning("%s of %s", seen, limit)
    return f"{table}:{','.join(names)}"
