"""Decorators of the program's own: around a handler, with arguments, one over another."""

import functools
import json
import logging
from functools import wraps

from guards import authorized

logger = logging.getLogger()
logger.setLevel(logging.INFO)

LIMIT = 3


class BadInput(Exception):
    """What a client did wrong."""

    def __init__(self, message, status=400):
        super().__init__(message)
        self.status = status


def respond(func):
    """Answers as API Gateway expects it."""

    @functools.wraps(func)
    def wrapper(event, context):
        try:
            body = func(event, context)
            return {"statusCode": 200, "body": json.dumps(body)}
        except BadInput as error:
            logger.warning("bad input in %s: %s", func.__name__, error)
            return {"statusCode": error.status, "body": json.dumps({"error": str(error)})}
        except KeyError as error:
            return {"statusCode": 422, "body": json.dumps({"missing": error.args[0]})}

    return wrapper


def retry(times, error=None, *, quiet=False):
    def decorate(func):
        @wraps(func)
        def wrapper(*args, **kwargs):
            last = None
            for attempt in range(times):
                try:
                    return func(*args, **kwargs)
                except ValueError as raised:
                    if not quiet:
                        logger.info("attempt %d: %s", attempt, raised)
                    last = raised
            if error:
                raise BadInput(error) from last
            raise last

        return wrapper

    return decorate


def counted(func):
    @wraps(func)
    def wrapper(*args, **kwargs):
        CALLS.append(func.__name__)
        return func(*args, **kwargs)

    return wrapper


CALLS = []


@counted
@retry(LIMIT, error="too often")
def divide(amount, by, digits=2):
    """Divides."""
    CALLS.append(by)
    if by > 10:
        raise ValueError(f"{by} is too much")
    return round(amount / by, digits)


@retry(times=2, quiet=True)
def parse(text):
    CALLS.append(text)
    return int(text)


@counted
def plain(*, name):
    return f"{name}!"


@respond
@authorized("admin", "writer")
def handler(event, context):
    CALLS.clear()
    answer = {"plain": plain(name=event.get("name", "x"))}
    answer["divided"] = divide(event["amount"], event.get("by", 3))
    answer["digits"] = divide(event["amount"], by=7, digits=4)
    if "text" in event:
        answer["parsed"] = parse(event["text"])
    answer["calls"] = list(CALLS)
    answer["name"] = divide.__name__
    return answer
