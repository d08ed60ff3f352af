log = []


def double(x):
    log.append(["double", x])
    return x + x


def odd(x):
    log.append(["odd", x])
    return x % 2


def handler(event, context):
    log.clear()
    xs = event.get("xs", [1, 2, 3])
    for y in map(double, xs):
        log.append(["body", y])
        if y == 4:
            break
    for y in filter(odd, xs):
        log.append(["kept", y])
    for y in filter(None, xs):
        log.append(["true", y])
    for y in (double(x) for x in xs if odd(x)):
        if y == 2:
            continue
        log.append(["gen", y])
    else:
        log.append("end")
    a = any(double(x) == 4 for x in xs)
    b = all(odd(x) for x in xs)
    if any(x == 2 for x in xs):
        log.append("two")
    elif any(odd(x) for x in xs):
        log.append("odd")
    elif all(x for x in xs):
        log.append("all")
    c = sum(double(x) for x in xs)
    d = max(double(x) for x in xs)
    e = min(x["a"] if isinstance(x, dict) else x for x in xs)
    f = next((x for x in xs if odd(x)), None)
    g = next(iter(xs), "none")
    h = next((double(x) for x in xs if x != 1), 0)
    n = next(x for x in xs if x)
    s = sorted(set(str(x) for x in xs))
    m = dict((str(x), double(x)) for x in xs)
    j = ",".join(str(double(x)) for x in xs)
    t = list(map(str, xs))
    u = list(filter(odd, xs))
    v = tuple(x for x in xs)
    nested = any(x == y + 1 for x in xs for y in xs)
    lam = list(map(lambda q: q * 2, xs))
    return {"log": list(log), "r": [a, b, c, d, e, f, g, h, n, s, m, j, t, u, v, nested, lam], "first": next(iter(m))}
