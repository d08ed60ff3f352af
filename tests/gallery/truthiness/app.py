"""Cleans up forms: what is empty is left out, defaults fill in."""


def is_blank(value):
    if isinstance(value, str):
        return not value.strip()
    return value is None


def first_of(*values):
    for value in values:
        if value:
            return value
    return values[-1] if values else None


def label(value):
    return "yes" if value else "no"


def handler(event, context):
    fields = event.get("fields") or {}
    cleaned = {key: value for key, value in fields.items() if value}
    kept = {key: value for key, value in fields.items() if not is_blank(value)}
    name = fields.get("name") or fields.get("nick") or "anonymous"
    both = fields.get("name") and fields.get("nick")
    count = fields.get("count", 0) or 1
    flag = bool(fields.get("flag")) and not fields.get("off")
    nothing = fields.get("none") or 0 or "" or [] or {}
    answers = {
        "cleaned": cleaned,
        "kept": kept,
        "name": name,
        "both": both,
        "count": count,
        "flag": flag,
        "nothing": nothing,
        "first": first_of(fields.get("a"), fields.get("b"), fields.get("c")),
        "labels": {key: label(value) for key, value in fields.items()},
        "any": any(fields.values()),
        "all": all(fields.values()),
        "none": any([]) or all([]),
        "literals": [bool(it) for it in (0, 0.0, -0.0, "", " ", "0", (), (0,), [], [[]], {}, {"a": None}, None, b"", b"0", float("nan"))],
    }
    if not fields:
        answers["empty"] = True
    elif "name" in fields and not fields["name"]:
        answers["empty"] = "name"
    while fields.get("again"):
        answers["again"] = fields.pop("again")
    assert answers["count"], "count is never zero"
    return answers
