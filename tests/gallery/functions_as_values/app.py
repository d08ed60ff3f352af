"""Handlers in a dict, functions as arguments, lambdas in variables, functions in functions."""

import json

SEEN = []


def created(event):
    """Notes what was made."""
    SEEN.append(event["id"])
    return {"created": event["id"], "seen": len(SEEN)}


def removed(event):
    return {"removed": event["id"]}


def nothing(event, reason="unknown"):
    return {"nothing": reason, "kind": event.get("kind")}


HANDLERS = {"created": created, "removed": removed}
OPERATIONS = {
    "add": lambda a, b: a + b,
    "times": lambda a, b: a * b,
    "first": lambda a, b: a,
}
shout = lambda text: text.upper() + "!"


def double(x):
    return x * 2


def increment(x):
    return x + 1


PIPELINE = (double, increment)


def apply(function, *values):
    """Calls what it is given."""
    return [function(value) for value in values]


def twice(function, value):
    return function(function(value))


def choose(kind):
    if kind == "double":
        return double
    if kind == "add":
        return lambda x: x + 10
    return None


def multiplier(factor):
    def multiply(x):
        return x * factor

    return multiply


def by_price(item):
    return item["price"]


def total(items, weigh=by_price):
    return sum(weigh(item) for item in items)


def handler(event, context):
    found = HANDLERS.get(event.get("kind"), nothing)
    answer = {"found": found(event)}
    rate = event.get("rate", 3)
    log = []

    def price(amount):
        log.append(amount)
        return round(amount * rate, 2)

    def prices(amounts):
        return [price(amount) for amount in amounts]

    answer["prices"] = prices([1, 2, 3])
    answer["sorted"] = sorted([3, 1, 2], key=lambda n: -n * rate)
    answer["log"] = log
    answer["applied"] = apply(double, 1, 2) + apply(lambda x: x - rate, 5)
    answer["twice"] = twice(shout, "a")
    value = event.get("value", 4)
    for step in PIPELINE:
        value = step(value)
    answer["value"] = value
    chosen = choose(event.get("choice"))
    answer["chosen"] = chosen(1) if chosen is not None else "none"
    answer["callable"] = callable(chosen)
    triple = multiplier(3)
    answer["closures"] = [triple(2), multiplier("ab")(2), apply(triple, 1)]
    operation = event.get("operation", "add")
    if operation not in OPERATIONS:
        raise ValueError(f"unknown operation: {operation}")
    answer["operation"] = OPERATIONS[operation](event.get("a", 2), event.get("b", 5))
    items = event.get("items", [])
    answer["total"] = total(items)
    answer["count"] = total(items, lambda item: 1)
    answer["dearest"] = max(items, key=by_price, default=None)
    answer["same"] = HANDLERS["created"] == created
    if event.get("call"):
        answer["called"] = event["call"](1)
    return json.dumps(answer)
