"""Grades answers; names live where Python has them live."""

limit = 3
seen = set()


def grade(answers):
    for position, answer in enumerate(answers):
        if answer == "wrong":
            break
    else:
        return "all right"
    return f"wrong at {position} of {len(answers)}"


def last_of(values):
    for value in values:
        pass
    return value


def raise_limit(by):
    global limit
    limit += by
    return limit


def parse(text):
    try:
        return int(text)
    except ValueError as error:
        message = str(error)
    return [message]


def unbound(flag):
    if flag:
        value = 1
    return value


def shadow(list):
    len = 5
    return [item for item in list if item != len]


def comprehension(item, items):
    doubled = [item * 2 for item in items]
    return item, doubled


def handler(event, context):
    answers = event.get("answers", [])
    result = {
        "grade": grade(answers),
        "limit": raise_limit(len(answers)),
        "parsed": [parse(answer) for answer in answers],
        "shadow": shadow([1, 5, 7]),
        "comprehension": comprehension("outer", ["in"]),
    }
    for answer in answers:
        if answer in seen:
            continue
        seen.add(answer)
    result["seen"] = sorted(seen)
    result["last"] = last_of(answers)
    result["unbound"] = unbound(len(answers) > 1)
    result["loop"] = answer
    return result
