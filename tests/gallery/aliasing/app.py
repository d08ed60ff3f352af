"""Merges carts; what several carts share is shared."""

import copy

DEFAULTS = {"items": [], "meta": {"source": "web", "tags": []}}
history = []


def add(item, cart=None):
    cart = cart or []
    cart.append(item)
    return cart


def remember(entry, log=None):
    log = {} if log is None else log
    log[entry] = log.get(entry, 0) + 1
    return log


def merged(one, other):
    result = dict(one)
    result.update(other)
    return result


def extend(target, more):
    target += more
    return target


def replace(target, more):
    target = target + more
    return target


def handler(event, context):
    items = event["items"]
    alias = items
    alias.append("added")
    shallow = list(items)
    shallow.append("only here")
    deep = copy.deepcopy(event)
    deep["items"].append("deep")
    rows = [[0] * 2] * 3
    rows[0][1] = 1
    separate = [[0] * 2 for _ in range(3)]
    separate[0][1] = 1
    defaults = DEFAULTS.copy()
    defaults["meta"]["tags"].append(len(items))
    defaults["items"] = defaults["items"] + [1]
    pair = ([], "fixed")
    pair[0].append(event.get("id"))
    first = second = []
    first.append(1)
    extended = extend(items, ["e"])
    replaced = replace(items, ["r"])
    history.append(items)
    swapped = {"a": 1, "b": 2}
    swapped["a"], swapped["b"] = swapped["b"], swapped["a"]
    text = event.get("text", "")
    before = text
    text += "!"
    nested = event.setdefault("nested", {})
    nested["touched"] = True
    same = nested == event["nested"]
    for item in items:
        if item == "grow" and len(items) < 12:
            items.append("grown")
    return {
        "items": items,
        "alias": alias,
        "shallow": shallow,
        "deep": deep,
        "rows": rows,
        "separate": separate,
        "defaults": DEFAULTS,
        "pair": pair,
        "second": second,
        "extended": extended,
        "replaced": replaced,
        "added": add(event.get("id")),
        "remembered": remember(str(event.get("id"))),
        "history": len(history),
        "swapped": swapped,
        "text": [before, text],
        "merged": merged(nested, {"more": [same]}),
        "event": event,
    }
