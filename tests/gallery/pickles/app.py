"""Answers as the workshop on multi-tenant applications writes them."""

import json
from decimal import Decimal
from types import SimpleNamespace

import jsonpickle


class HttpVerb:
    GET = "GET"
    POST = "POST"
    ALL = "*"


class Policy:
    """A policy whose attributes begin as the class has them."""

    version = "2012-10-17"
    stage = "<<stage>>"
    methods = []

    def __init__(self, principal):
        self.principal = principal
        self.methods = []

    def allow(self, verb):
        if verb != "*" and not hasattr(HttpVerb, verb):
            raise NameError("Invalid HTTP verb " + verb)
        self.methods.append(f"{self.stage}/{verb}")

    def build(self):
        return {"principal": self.principal, "methods": self.methods, "version": self.version}


class Product:
    key = ""

    def __init__(self, shard, sku, price):
        self.shardId = shard
        self.sku = sku
        self.price = price
        self.key = shard + ":" + sku


def encoded(thing):
    jsonpickle.set_encoder_options("simplejson", use_decimal=True, sort_keys=True)
    jsonpickle.set_preferred_backend("simplejson")
    return jsonpickle.encode(thing, unpicklable=False, use_decimal=True)


def handler(event, context):
    payload = json.loads(
        event["body"], object_hook=lambda d: SimpleNamespace(**d), parse_float=Decimal
    )
    policy = Policy(payload.user)
    policy.stage = payload.stage
    policy.allow(event.get("verb", "GET"))
    product = Product("s1", payload.sku, payload.price)
    products = [product, vars(Product("s2", "other", Decimal("2.50")))]
    print(payload, policy.build(), HttpVerb.ALL)
    return {"body": encoded(products), "product": encoded(product), "stage": policy.stage}
