"""Encoders of what JSON does not have."""

import json
from datetime import date, datetime
from decimal import Decimal


class Encoder(json.JSONEncoder):
    """Decimals as numbers, dates as texts."""

    def default(self, o):
        if isinstance(o, datetime) or isinstance(o, date):
            return o.isoformat()
        if isinstance(o, Decimal):
            if abs(o) % 1 > 0:
                return float(o)
            return int(o)
        return super(Encoder, self).default(o)


class SetEncoder(json.JSONEncoder):
    def default(self, obj):
        if isinstance(obj, set):
            return sorted(obj)
        return json.JSONEncoder.default(self, obj)


class Shapes:
    """A place for functions."""

    SIDES = 4

    @staticmethod
    def area(width, height):
        return width * height

    @classmethod
    def named(cls, name):
        return f"{name} of {cls.SIDES} sides"
