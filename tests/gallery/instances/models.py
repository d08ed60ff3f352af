"""What orders are made of."""

from dataclasses import dataclass


class Product:
    """A product of the shop."""

    KIND = "product"

    def __init__(self, sku, price, quantity=1):
        self.sku = sku
        self.price = price
        self.quantity = quantity

    @property
    def total(self):
        return self.price * self.quantity

    def describe(self, prefix):
        return f"{prefix} {self.sku}: {self.total}"


class UserInfo:
    def __init__(self, user_name=None, tenant_id=None, email=None):
        self.user_name = user_name
        self.tenant_id = tenant_id
        self.email = email


class Basket:
    def __init__(self, owner):
        self.owner = owner
        self.items = []
        if owner.email:
            self.email = owner.email

    def add(self, product):
        self.items.append(product)
        self.last = product
        return self

    def count(self):
        return len(self.items)


@dataclass
class Point:
    x: int
    y: int = 2


class Counter:
    def __init__(self):
        self.value = 0

    def increase(self):
        self.value += 1
        return self.value
