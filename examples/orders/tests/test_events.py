"""The functions behind queues, streams, buckets, rules and schedules."""

import json
from decimal import Decimal

import boto3
import pytest


@pytest.fixture
def order(aws):
    item = {
        "pk": "CUSTOMER#ada",
        "sk": "ORDER#1",
        "id": "1",
        "customer": "ada",
        "status": "new",
        "total": Decimal("10.5"),
        "lines": [{"article": "lamp", "quantity": 2, "price": Decimal("5.25")}],
    }
    aws.orders.put_item(Item=item)
    return item


def status(aws, item):
    return aws.orders.get_item(Key={"pk": item["pk"], "sk": item["sk"]})["Item"]["status"]


def test_fulfil_packs_and_tells(load, aws, order, event, context, topic_messages):
    fulfil = load("functions/fulfil/app.py", TOPIC_ARN=aws.topic)
    assert fulfil.handler(event("fulfil"), context) == {"batchItemFailures": []}
    assert status(aws, order) == "packed"
    assert topic_messages() == [{"id": "1", "lines": 1}]


def test_fulfil_names_the_messages_that_failed(load, aws, order, event, context):
    fulfil = load("functions/fulfil/app.py", TOPIC_ARN=aws.topic)
    answer = fulfil.handler(event("fulfil-poisoned"), context)
    failed = [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]
    assert failed == ["message-1", "message-2", "message-3"]


def test_stream_sends_changes_of_status(load, aws, event, context):
    boto3.client("events").create_event_bus(Name="orders-dev")
    stream = load("functions/stream/app.py", BUS_NAME="orders-dev")
    assert stream.handler(event("stream"), context) == {"sent": 2}
    assert stream.entry(event("stream")["Records"][0])["DetailType"] == "OrderCreated"


def test_prices_are_imported_and_archived(load, aws, event, context):
    s3 = boto3.client("s3")
    s3.create_bucket(
        Bucket="prices-123456789012",
        CreateBucketConfiguration={"LocationConstraint": "eu-west-1"},
    )
    s3.put_object(
        Bucket="prices-123456789012",
        Key="new list.csv",
        Body="article;price\nlamp;5,25\nchair;\ntable;100".encode("utf-8-sig"),
    )
    prices = load("functions/import_prices/app.py")
    assert prices.handler(event("import-prices"), context) == {"imported": 2}
    found = {item["pk"]: item["price"] for item in aws.orders.scan()["Items"]}
    assert found == {"ARTICLE#lamp": Decimal("5.25"), "ARTICLE#table": Decimal(100)}
    keys = [item["Key"] for item in s3.list_objects_v2(Bucket="prices-123456789012")["Contents"]]
    assert keys == ["done/new list.csv"]


def test_notify_publishes_and_posts(load, aws, event, context, topic_messages, monkeypatch):
    boto3.client("ssm").put_parameter(Name="hook", Value="https://hook.test/", Type="String")
    notify = load("functions/notify/app.py", TOPIC_ARN=aws.topic, WEBHOOK_PARAMETER="hook")
    posts = []

    class Answer:
        @staticmethod
        def raise_for_status():
            return None

    def post(url, json, timeout):
        posts.append((url, json, timeout))
        return Answer

    monkeypatch.setattr(notify.requests, "post", post)
    assert notify.handler(event("notify"), context) == {"told": "1"}
    assert posts == [("https://hook.test/", {"id": "1", "total": 10.5}, 3)]
    assert topic_messages() == [{"id": "1", "total": 10.5}]


def test_cleanup_removes_old_drafts(load, aws, order, event, context):
    for number in range(30):
        aws.orders.put_item(
            Item={"pk": "CUSTOMER#ada", "sk": f"ORDER#d{number}", "status": "draft", "created": "2020"}
        )
    cleanup = load("functions/cleanup/app.py")
    assert cleanup.handler(event("cleanup"), context) == {"removed": 30}
    assert aws.orders.scan()["Count"] == 1


def test_stock_is_reserved_or_not(load, aws, order, context):
    stock = load("functions/payment/stock.py")
    article = {"pk": "ARTICLE#lamp", "sk": "STOCK", "stock": 3}
    aws.orders.put_item(Item=article)
    event = {"customer": "ada", "id": "1"}
    assert stock.reserve(event, context) == {**event, "total": "10.5"}
    with pytest.raises(stock.OutOfStock):
        stock.reserve(event, context)
    assert aws.orders.get_item(Key={"pk": "ARTICLE#lamp", "sk": "STOCK"})["Item"]["stock"] == 1


def test_partners_need_a_key(load, aws, event, context):
    boto3.client("secretsmanager").create_secret(
        Name="keys", SecretString=json.dumps({"k-1": "acme"})
    )
    authorizer = load("functions/authorizer/app.py", KEYS_SECRET="keys")
    allowed = authorizer.handler(event("partner-authorizer-valid"), context)
    assert allowed == {"isAuthorized": True, "context": {"partner": "acme"}}
    for name in ["partner-authorizer-unknown", "partner-authorizer-none"]:
        assert not authorizer.handler(event(name), context)["isAuthorized"]


def test_mails_are_sent(load, aws, event, context):
    ses = boto3.client("ses")
    ses.verify_email_identity(EmailAddress="orders@example.com")
    mail = load("notifications/functions/send_email/app.py", SENDER="orders@example.com")
    mail.handler(event("send-email"), context)
    assert ses.get_send_quota()["SentLast24Hours"] == 1
