"""What is made of instances of dataclasses."""

import dataclasses
import json
from dataclasses import asdict, astuple, dataclass, field, is_dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum


class Kind(Enum):
    BOOK = "book"
    FOOD = "food"


@dataclass
class Price:
    """An amount of money."""

    amount: Decimal
    currency: str = "EUR"


@dataclass
class Item:
    """So many of one article."""

    name: str
    price: Price
    kind: Kind = Kind.BOOK
    tags: list = field(default_factory=list)

    @property
    def label(self):
        return f"{self.name} ({self.kind.value})"


@dataclass
class Basket:
    owner: str
    items: list = field(default_factory=list)
    notes: dict = field(default_factory=dict)
    since: date = None

    def add(self, item):
        self.items.append(item)


def plain(value):
    """What JSON does not know."""
    if isinstance(value, Decimal):
        return str(value)
    if is_dataclass(value):
        return asdict(value)
    if isinstance(value, Kind):
        return value.name
    return value.isoformat()


def fill(basket, entries):
    """Puts an item of each entry into the basket."""
    for entry in entries:
        price = Price(Decimal(str(entry["price"])))
        if "currency" in entry:
            price = replace(price, currency=entry["currency"])
        item = Item(entry["name"], price, tags=entry.get("tags", []))
        if entry.get("food"):
            item = dataclasses.replace(item, kind=Kind.FOOD, name=item.name.upper())
        basket.add(item)
    return basket


def handler(event, context):
    basket = fill(Basket(event["owner"]), event["entries"])
    if "since" in event:
        basket.since = date.fromisoformat(event["since"])
    basket.notes["first"] = basket.items[:1]
    copied = asdict(basket)
    # The copy shares nothing with the basket.
    copied["items"].append({"name": "more"})
    for item in basket.items:
        item.tags.append("seen")
    return {
        "copied": json.loads(json.dumps(copied, default=plain)),
        "whole": json.dumps(basket, default=plain),
        "prices": [str(astuple(item.price)) for item in basket.items],
        "labels": [item.label for item in basket.items],
        "stated": {**asdict(basket.items[0].price), "amount": None} if basket.items else {},
        "is": [is_dataclass(basket), is_dataclass(event), is_dataclass(Basket)],
        "doubled": [size for size in map(len, (str(name) for name in event["entries"])) if size],
    }
