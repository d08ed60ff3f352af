def pairs(d, log):
    for k, v in d.items():
        log.append([k, v])
        if k == "a":
            d["b"] = "changed"
        if k == "grow":
            d["new"] = 1


def values(d, log):
    for v in d.values():
        log.append(v)
        if v == "drop":
            d.pop("a")
        d["a"] = 7


def keys(d, log):
    for k in d:
        log.append(k)
        d.update({k + "x": 1}) if k == "grow" else None
        d[k] = 2
    for k in list(d):
        del d[k]


def lists(xs, log):
    for x in reversed(xs):
        log.append(x)
        if x == 2:
            xs.remove(x)
    for x in xs:
        if x == 1 and len(xs) < 9:
            xs.append(5)
        if x == 3:
            xs.remove(3)
    for i, x in enumerate(xs):
        log.append([i, x])
        if i < 2:
            xs.append(i)


def handler(event, context):
    log = []
    errors = []
    for work in ("pairs", "values", "keys", "lists"):
        try:
            if work == "pairs":
                pairs(dict(event["d"]), log)
            elif work == "values":
                values(dict(event["d"]), log)
            elif work == "keys":
                keys(event["d"], log)
            else:
                lists(event["xs"], log)
        except RuntimeError as error:
            errors.append(str(error))
    out = {}
    for k, v in event["d"].items():
        out[k] = v
    return {"log": log, "errors": errors, "event": event, "out": out}
