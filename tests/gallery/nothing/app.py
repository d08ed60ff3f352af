"""What may be None, and names of exceptions."""


def remember(entry, log=None):
    log = {} if log is None else log
    log[entry] = log.get(entry, 0) + 1
    return log


def size(items=None):
    if items is None:
        found = "none"
    else:
        found = f"{len(items)} items"
    return found


def pick(first=None, second=None):
    if first is None or second is None:
        kind = "half"
    elif first == second:
        kind = "same"
    else:
        kind = first + second
    return kind


def looped(start=None):
    found = []
    value = start
    while value is not None and len(found) < 5:
        found.append(value)
        value = value[1:] or None
    return found


def last(items):
    best = None
    for item in items:
        if best is None:
            best = item
        elif item > best:
            best = item
    return best if best is not None else "nothing"


def handler(event, context):
    name = event.get("name")
    answer = {"log": remember("a", remember("b")), "size": [size(), size(["a"])]}
    answer["pick"] = [pick(), pick("a"), pick("a", "a"), pick("a", "b")]
    answer["looped"] = [looped("abc"), looped(), looped("abcdefgh")]
    answer["last"] = last(event.get("items") or [])
    answer["name"] = "missing" if not name else name
    answer["upper"] = None if name is None else str(name).upper()
    return answer
