"""Reads settings from a nested event and says what is wrong with them."""

import json


def port(settings):
    return int(settings["port"])


def host(settings):
    return settings["hosts"][settings.get("index", 0)]


def upper(settings):
    return settings["name"].upper()


def total(settings):
    return sum(settings["numbers"])


def concatenated(settings):
    return "name: " + settings["name"]


def ratio(settings):
    return settings["a"] / settings["b"]


def ordered(settings):
    return settings["a"] < settings["b"]


def unpacked(settings):
    one, two = settings["pair"]
    return [two, one]


def decoded(settings):
    return json.loads(settings["json"])


def length(settings):
    return len(settings["name"])


def looped(settings):
    return [item for item in settings["numbers"]]


def joined(settings):
    return ",".join(settings["words"])


def removed(settings):
    settings["words"].remove("missing")
    return settings["words"]


def fraction(settings):
    return float(settings["fraction"])


ACTIONS = ["port", "host", "upper", "total", "concatenated", "ratio", "ordered", "unpacked", "decoded", "length", "looped", "joined", "removed", "fraction"]


def run(action, settings):
    if action == "port":
        return port(settings)
    elif action == "host":
        return host(settings)
    elif action == "upper":
        return upper(settings)
    elif action == "total":
        return total(settings)
    elif action == "concatenated":
        return concatenated(settings)
    elif action == "ratio":
        return ratio(settings)
    elif action == "ordered":
        return ordered(settings)
    elif action == "unpacked":
        return unpacked(settings)
    elif action == "decoded":
        return decoded(settings)
    elif action == "length":
        return length(settings)
    elif action == "looped":
        return looped(settings)
    elif action == "joined":
        return joined(settings)
    elif action == "removed":
        return removed(settings)
    elif action == "fraction":
        return fraction(settings)
    raise NotImplementedError(action)


def attempt(action, value):
    try:
        return {"value": run(action, value)}
    except (KeyError, IndexError) as error:
        return {"lookup": str(error), "kind": repr(error), "args": list(error.args)}
    except (TypeError, ValueError, AttributeError) as error:
        return {"bad": f"bad: {error}", "repr": repr(error)}
    except ArithmeticError as error:
        return {"arithmetic": str(error)}


def tried(settings):
    return [attempt(action, settings) for action in ACTIONS]


def handler(event, context):
    results = tried(event.get("settings", {}))
    if event.get("strict"):
        return event["strict"]["level"] + event["strict"]["name"]
    return results
