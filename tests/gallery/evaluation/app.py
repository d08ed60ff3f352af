"""A pipeline that notes each step; the notes show the order."""

steps = []


def note(name, value=None):
    steps.append(name)
    return value


def combine(first, second, third=None, *rest, **options):
    return [first, second, third, list(rest), options]


def either(flag):
    return note("left", flag) or note("right", "right")


def handler(event, context):
    steps.clear()
    flag = event.get("flag")
    values = {}
    values[note("key", "k")] = note("value", 1)
    combined = combine(note("a", 1), third=note("c", 3), second=note("b", 2))
    spread = combine(*[note("x", 1), note("y", 2)], note("z", 3), *(4, 5), last=note("l", 6), **{"m": note("m", 7)})
    chosen = note("yes", 1) if note("condition", flag) else note("no", 2)
    chain = note("low", 1) < note("middle", event.get("middle", 2)) < note("high", 3)
    both = note("and", flag) and note("then", "then")
    either(flag)
    table = {note("k1", "one"): note("v1", 1), note("k2", "two"): note("v2", 2)}
    pair = note("p1", 1), note("p2", 2)
    left, values["right"] = note("rhs", [10, 20])
    values[note("k", "count")] = values.get("count", 0)
    values[note("k", "count")] += note("increment", 5)
    text = f"{note('f1', 'a')}-{note('f2', 'b'):>3}-{note('f3', 3)!r}"
    joined = note("self", ", ").join([note("e1", "p"), note("e2", "q")])
    picked = [note("list", "abc"), note("other", "def")][note("index", 1)]
    membership = note("needle", "k") in note("hay", values)
    negated = not note("not", flag)
    try:
        note("before", 1) / note("zero", event.get("divisor", 0)) + note("after", 1)
    except ZeroDivisionError:
        note("caught")
    finally:
        note("finally")
    compared = [note("i", number) for number in range(3) if note("if", number) != 1]
    return {
        "steps": list(steps),
        "values": values,
        "combined": combined,
        "spread": spread,
        "results": [chosen, chain, both, left, text, joined, picked, membership, negated],
        "table": table,
        "pair": pair,
        "compared": compared,
    }
