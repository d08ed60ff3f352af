"""Items one by one."""

log = []
LIMIT = 4


class Pages:
    def __init__(self, items):
        self.items = items

    def each(self, size):
        for start in range(0, len(self.items), size):
            log.append(["page", start])
            yield self.items[start : start + size]


def rows(items):
    """Names and numbers; what is none is passed over."""
    for item in items:
        log.append(["row", item])
        try:
            yield item["name"].strip(), int(item["number"])
        except (KeyError, ValueError):
            continue


def flat(items, prefix="-"):
    for name, number in rows(items):
        if number > LIMIT:
            return
        yield prefix + name
    yield from ["end", prefix]


def squares(n):
    count = 0
    while count < n:
        count += 1
        yield count * count


def handler(event, context):
    log.clear()
    items = event.get("items", [])
    out = []
    for name, number in rows(items):
        log.append(["got", name, number])
        if number == 3:
            break
        out.append(name)
    pages = Pages(items)
    for page in pages.each(2):
        log.append(len(page))
    names = list(flat(items))
    text = ",".join(flat(items, "+"))
    total = [x for x in squares(event.get("n", 3)) if x != 4]
    return {"out": out, "names": names, "text": text, "total": total, "log": list(log)}
