import json
import os

import boto3
import requests
from aws_requests_auth.aws_auth import AWSRequestsAuth
from requests.exceptions import HTTPError, RequestException

PRICES = os.environ["PRICES_URL"]
HOOK = "https://hooks.example.com/orders"


def sign(host):
    session = boto3.Session()
    credentials = session.get_credentials()
    return AWSRequestsAuth(
        aws_access_key=credentials.access_key,
        aws_secret_access_key=credentials.secret_key,
        aws_token=credentials.token,
        aws_host=host,
        aws_region="eu-west-1",
        aws_service="execute-api",
    )


def price_of(sku, currency):
    # The service answers 404 for what it does not know.
    response = requests.get(
        f"{PRICES}/prices/{sku}",
        params={"currency": currency, "tags": ["a", "b c"], "none": None},
        headers={"Accept": "application/json", "X-Caller": "orders"},
        timeout=5,
    )
    if response.status_code == 404:
        return None
    response.raise_for_status()
    return response.json()["price"]


def tell(order, total):
    answer = requests.post(HOOK, json={"id": order["id"], "total": total}, auth=("hook", "s3cret"))
    if not answer.ok:
        print(f"hook said {answer.status_code} {answer.reason}: {answer.text}")
    return answer.headers.get("X-Receipt", "none")


def form(order):
    data = {"id": order["id"], "note": order.get("note", "ä b")}
    return requests.put("https://forms.example.com/put", data=data, headers={"Authorization": "k"})


def handler(event, context):
    try:
        prices = [price_of(line["sku"], event["currency"]) for line in event["lines"]]
    except HTTPError as error:
        status = error.response.status_code
        return {"statusCode": 502, "error": str(error), "status": status}
    except RequestException as error:
        return {"statusCode": 503, "error": str(error), "kind": type(error).__name__}
    except ValueError as error:
        return {"statusCode": 500, "error": str(error)}
    total = sum(price for price in prices if price is not None)
    receipt = tell(event, total)
    put = form(event)
    body = json.dumps({"id": event["id"]})
    signed = requests.request(
        "PATCH",
        "https://abc.execute-api.eu-west-1.amazonaws.com/prod/orders?b=2&a=1",
        data=body,
        auth=sign("abc.execute-api.eu-west-1.amazonaws.com"),
        headers={"content-type": "application/json"},
    )
    gone = requests.delete(HOOK + "/" + event["id"])
    return {
        "total": total,
        "receipt": receipt,
        "put": put.content.decode("utf-8"),
        "url": put.url,
        "signed": signed.json(),
        "gone": gone.status_code,
        "kind": gone.headers["content-type"],
    }
