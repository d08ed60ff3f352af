"""Errors of the shop."""


class ShopError(Exception):
    """Anything that goes wrong."""

    status = 500
    kind = "shop"

    def __init__(self, message, code="general"):
        self.code = code
        self.message = message
        super().__init__(self.message)


class NotFound(ShopError):
    status = 404


class Invalid(ShopError):
    kind = "invalid"

    def __init__(self, field, value):
        text = f"{field} is {value!r}"
        super().__init__(text, code="invalid")
        self.field = field


class Denied(Exception):
    """Without a constructor."""

    status = 403
