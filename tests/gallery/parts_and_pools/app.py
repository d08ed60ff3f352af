from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import reduce

done = []


def work(item):
    if item == "bad":
        raise ValueError("bad item")
    return [item, len(str(item))]


def handler(event, context):
    items = event.get("items", [])
    out = {}
    with suppress(KeyError, ValueError):
        out["count"] = int(event["count"])
        out["more"] = event["more"]
    try:
        first, *rest = items
        out["first"] = [first, rest]
        *init, last = items
        out["last"] = [init, last]
        one, *middle, two = "abcd"
        out["middle"] = middle
        a, *b, c = items
        out["abc"] = [a, b, c]
    except ValueError as error:
        out["error"] = str(error)
    try:
        with ThreadPoolExecutor(max_workers=3) as pool:
            out["work"] = list(pool.map(work, items))
    except ValueError as error:
        out["failed"] = str(error)
    out["texts"] = sorted(items, key=str)
    with ThreadPoolExecutor() as pool:
        out["lambda"] = list(pool.map(lambda x: str(x) + "!", items))
    return out
