"""Kinds of orders."""

from enum import Enum, IntEnum, auto, unique


class StatusCodes(Enum):
    """What is answered."""

    SUCCESS = 200
    UN_AUTHORIZED = 401
    NOT_FOUND = 404
    OK = 200


class Color(Enum):
    RED = auto()
    GREEN = auto()


class Tier(str, Enum):
    BASIC = "basic"
    PREMIUM = "premium"

    @property
    def is_paid(self):
        return self is not Tier.BASIC

    def label(self, prefix):
        return f"{prefix}-{self.value}"

    @classmethod
    def default(cls):
        return cls.BASIC


@unique
class Level(IntEnum):
    LOW = 1
    HIGH = 10


class Mixed(Enum):
    NONE = None
    YES = True
    HALF = 0.5
    NAME = "name"
