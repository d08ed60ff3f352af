"""Asks services of others over HTTP."""

import json
import logging
import os
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen
import urllib.request

logger = logging.getLogger()
logger.setLevel("INFO")

RATES = "https://rates.example.com/latest"


class Rejected(Exception):
    """The service did not take it."""


def rate(currency):
    """What a currency is worth; the service answers in JSON."""
    query = urlencode({"base": "EUR", "symbols": currency})
    with urlopen(f"{RATES}?{query}", timeout=4) as response:
        logger.info("%s %s from %s", response.status, response.reason, response.geturl())
        return json.loads(response.read().decode("utf-8"))["rates"][currency]


def send(order):
    """Posts an order; what the service says of an error is kept."""
    body = json.dumps(order).encode("utf-8")
    request = Request("https://shop.example.com/orders", data=body, headers={"Content-Type": "application/json"})
    request.add_header("X-Order", order["id"])
    try:
        with urllib.request.urlopen(request, timeout=2.5) as response:
            kind = response.headers.get("content-type", "none")
            answer = json.load(response)
    except HTTPError as error:
        detail = error.read().decode()
        logger.warning("%s: %s", error, detail)
        if error.code == 422:
            raise Rejected(f"{error.reason}: {detail}") from error
        return {"code": error.code, "detail": detail, "shown": repr(error)}
    except URLError as error:
        return {"unreachable": str(error), "why": str(error.reason)}
    return {"answer": answer, "kind": kind}


def lines(url):
    """The lines of a text; the last is read once more when all is over."""
    with urlopen(url) as response:
        found = [line.decode().strip() for line in response]
    return {"lines": found, "rest": len(response.read())}


def check(url):
    """Whether something answers."""
    request = urllib.request.Request(url, method="HEAD")
    try:
        return urlopen(request, None, 1).getcode()
    except HTTPError as error:
        return -error.code
    except (URLError, ValueError) as error:
        return str(error)


def handler(event, context):
    what = event["what"]
    if what == "rate":
        return {"rate": rate(event["currency"])}
    if what == "send":
        return send(event["order"])
    if what == "lines":
        return lines(os.environ.get("TEXTS", "https://texts.example.com") + event["path"])
    return {"alive": [check(url) for url in event["urls"]]}
