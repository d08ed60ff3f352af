"""The order in which things are evaluated, and what is bound when."""
import os

notes = []


def note(name, value):
    notes.append(name)
    return value


def combine(first, second=None, third=None):
    return [first, second, third]


def unbound(flag):
    if flag:
        value = 1
    return value


def search(answers):
    for position, answer in enumerate(answers):
        if answer == 3:
            break
    else:
        return "none"
    return f"{position}"


def carried(items):
    out = []
    for item in items:
        if item > 1:
            last = item
        if item > 2:
            out.append(last)
    return out


def handler(event, context):
    notes.clear()
    got = combine(note("a", 1), third=note("c", 3), second=note("b", 2))
    ok = note("low", 1) < note("middle", event["n"]) < note("high", 3)
    found = note("needle", 1) in note("hay", event["list"])
    region = "x" if os.environ.get("EMPTY") else "y"
    result = {"notes": list(notes), "got": got, "ok": ok, "found": found, "region": region}
    result["carried"] = carried(event["list"])
    result["search"] = search(event["list"])
    result["unbound"] = unbound(event["flag"])
    return result
