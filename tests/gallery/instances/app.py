"""Instances in lists and dicts, given to functions, asked for what they are."""

import json

from models import Basket, Counter, Point, Product, UserInfo


def answer(message):
    return {"statusCode": 200, "body": json.dumps({"message": message})}


def named(thing):
    if isinstance(thing, Product):
        return thing.sku
    if isinstance(thing, Point):
        return f"point {thing.x}"
    return getattr(thing, "user_name", "nobody")


def renamed(thing, name):
    thing.sku = name


def handler(event, context):
    user = UserInfo("ada", event.get("tenant"))
    user.email = event.get("email")
    basket = Basket(user)
    products = []
    for index, sku in enumerate(event.get("skus", [])):
        product = Product(sku, index + 1, quantity=2)
        products.append(product)
        basket.add(product)
    seen = {"user": user, "products": products, "point": Point(1)}
    print([named(it) for it in products + [user, Point(3, 4), 5]])
    totals = [it.total for it in products]
    texts = [it.describe("the") for it in products]
    counter = Counter()
    counters = {"main": counter}
    counter.increase()
    print(counters["main"].value, counter.increase(), counters["main"].value)
    print(Point(1), repr(seen["point"]), seen["point"] == Point(1, 2), Point(1) == Point(2))
    if products:
        renamed(products[0], "new")
        print(products[0].sku, products[0].KIND, basket.count())
        print(products[0] in basket.items, products[0] == basket.items[0])
    try:
        print(basket.email, basket.last.sku)
    except AttributeError as error:
        print(error)
    if event.get("ask"):
        print(seen["user"].nothing)
    if event.get("dump"):
        json.dumps(seen)
    print(seen["user"] is user, basket.owner is counter, counter is counter)
    print(hasattr(user, "email"), hasattr(basket, "email"), hasattr(seen["point"], "z"))
    members = vars(user)
    members["tenant_id"] = "changed"
    print(user.tenant_id, user.__dict__ == members, sorted(seen["user"].__dict__))
    encoded = json.dumps(basket, default=lambda it: it.__dict__)
    return {**answer(user.__dict__), "totals": totals, "texts": texts, "encoded": encoded}
