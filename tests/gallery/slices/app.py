"""Masks personal data in texts, by code points."""


def mask(text, keep=2):
    if len(text) <= keep:
        return "*" * len(text)
    return text[:keep] + "*" * (len(text) - keep)


def windows(items, size):
    return [items[start:start + size] for start in range(0, len(items), size)]


def corners(items):
    first, last = items[0], items[-1]
    return {"first": first, "middle": items[1:-1], "last": last}


def handler(event, context):
    text = event["text"]
    step = event.get("step", 2)
    pieces = {
        "masked": mask(text),
        "reversed": text[::-1],
        "every": text[::step],
        "tail": text[-3:],
        "head": text[:-3],
        "inner": text[1:-1],
        "beyond": text[5:100],
        "crossed": text[4:2],
        "back": text[4:1:-1],
        "copy": text[:],
        "window": windows(text, 3),
        "upper": [letter.upper() for letter in text],
        "length": len(text),
        "last": text[-1:] or None,
    }
    items = list(event.get("items", []))
    numbers = items[:]
    numbers.insert(1, "x")
    numbers[-1] = None
    del numbers[0]
    pieces["numbers"] = numbers
    pieces["untouched"] = items
    pieces["corners"] = corners(items)
    pieces["third"] = text[2]
    return pieces
