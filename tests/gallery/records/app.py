"""Instances whose attributes are all known, as values of unknown type."""

import json
from dataclasses import dataclass, field
from typing import Optional


@dataclass
class Line:
    """One line of an order."""

    sku: str
    price: float
    count: int = 1
    tags: list = field(default_factory=list)
    note: Optional[str] = None


class Order:
    STATE = "open"

    def __init__(self, ident, lines):
        self.ident = ident
        self.lines = lines
        self.state = Order.STATE
        self.parent = None

    @property
    def total(self):
        return sum(line.price * line.count for line in self.lines)

    def close(self, reason):
        self.state = f"closed: {reason}"
        return self

    def child(self, ident):
        made = Order(ident, [])
        made.parent = self
        return made


class Repository:
    def __init__(self):
        self.orders = {}

    def put(self, order):
        self.orders[order.ident] = order

    def find(self, ident):
        return self.orders.get(ident)


repository = Repository()


def shown(thing):
    if isinstance(thing, Order):
        return f"order {thing.ident} {thing.state} {thing.total}"
    return str(thing)


def handler(event, context):
    lines = [Line(it["sku"], it.get("price", 1.5), it.get("count", 2)) for it in event.get("lines", [])]
    order = Order(event.get("id", "o1"), lines)
    repository.put(order)
    found = repository.find(event.get("find", "o1"))
    if found is not None:
        found.close("found").close("again")
        print(found.state, found is order, found == order, found.STATE)
        found.state = 5
    print(order.state, shown(order), shown(Line("x", 2.5)), shown(3))
    child = order.child("c")
    children = [child, order]
    print([it.ident for it in children], children[0].parent.ident, children[1].parent)
    first = lines[0] if lines else None
    if first:
        first.tags.append("first")
        first.note = "noted"
        print(first, first == Line(first.sku, first.price), first.note)
    totals = {it.ident: it for it in children}
    print(totals["c"].total, hasattr(totals["c"], "total"), getattr(child, "state", "none"))
    try:
        print({first: 1})
    except TypeError as error:
        print(error)
    if event.get("missing"):
        return children[0].missing
    return {"total": order.total, "lines": [{"sku": it.sku, "count": it.count} for it in lines]}
