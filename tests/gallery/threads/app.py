"""Threads that fill a list and write to a table; calls that are submitted to a pool."""

import concurrent.futures
import json
import os
import threading
from concurrent.futures import ThreadPoolExecutor, as_completed

import boto3

table = boto3.resource("dynamodb").Table(os.environ.get("TABLE", "items"))
RESULTS = {}


def read(key, found, client):
    """Reads an item into a list."""
    answer = client.get_item(TableName="items", Key={"id": {"S": key}})
    if "Item" in answer:
        found.append(answer["Item"]["value"]["S"])


def write(user, item, suffix="!"):
    if item == "bad":
        raise ValueError("bad item")
    table.put_item(Item={"id": item, "value": user + suffix})


def square(n, offset=0):
    if n < 0:
        raise ValueError(f"negative: {n}")
    return n * n + offset


def note(name):
    RESULTS[name] = len(name)


def check(order):
    return (len(order) > 1, f"{len(order)} products")


def check_total(order):
    return (sum(order) < 10, "too much")


def validate(order):
    messages = []
    with concurrent.futures.ThreadPoolExecutor(max_workers=3) as executor:
        futures = [executor.submit(check, order), executor.submit(check_total, order)]
        for future in concurrent.futures.as_completed(futures):
            valid, message = future.result()
            if not valid:
                messages.append(message)
    return sorted(messages)


def handler(event, context):
    items = event.get("items", [])
    client = boto3.client("dynamodb")
    threads = []
    for item in items:
        thread = threading.Thread(target=write, args=("ann", item), kwargs={"suffix": "?"})
        threads.append(thread)
        thread.start()
    for thread in threads:
        thread.join()
    found = []
    readers = []
    for item in items:
        readers.append(threading.Thread(target=read, args=[item, found, client], daemon=True))
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join(timeout=5)
    RESULTS.clear()
    one = threading.Thread(target=note, args=("one",))
    if event.get("early"):
        one.join()
    one.start()
    if event.get("twice"):
        one.start()
    one.join()
    numbers = event.get("numbers", [1, 2, 3])
    with ThreadPoolExecutor(max_workers=4) as pool:
        futures = [pool.submit(square, n, offset=1) for n in numbers]
        named = {pool.submit(square, n): n for n in numbers}
    total = 0
    for future in as_completed(named):
        total += named[future] * future.result()
    squares = []
    try:
        for future in futures:
            squares.append(future.result())
    except ValueError as error:
        squares.append(str(error))
    return json.dumps(
        {
            "found": sorted(found),
            "results": RESULTS,
            "squares": squares,
            "total": total,
            "messages": validate(numbers),
        }
    )
