"""Exceptions with attributes, of their own and of their classes."""

from datetime import date, datetime

from errors import Denied, Invalid, NotFound, ShopError


def checked(event):
    kind = event.get("kind")
    if kind == "missing":
        raise NotFound("nothing here", code="gone")
    if kind == "short":
        raise NotFound("nothing")
    if kind == "denied":
        raise Denied("no", 5)
    if kind == "bare":
        raise Denied
    if kind == "shop":
        raise ShopError(["a", 1])
    if not isinstance(kind, str):
        raise Invalid("kind", kind)
    return kind


def handler(event, context):
    now = datetime(2024, 1, 2, 3)
    today = date(2024, 1, 2)
    print(isinstance(now, date), isinstance(today, datetime), isinstance(now, datetime))
    print(event.get("kind") in {"a", "b", None})
    try:
        return {"kind": checked(event)}
    except Denied as error:
        return {"status": error.status, "args": list(error.args), "text": str(error)}
    except ShopError as error:
        print(repr(error), error.message, type(error).__name__)
        if event.get("again"):
            raise
        answer = {"status": error.status, "kind": error.kind, "code": error.code}
        if isinstance(error, Invalid):
            answer["field"] = error.field
        return answer
