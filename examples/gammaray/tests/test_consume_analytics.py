from decimal import Decimal

import pytest


@pytest.fixture
def table(make_table):
    return make_table("analytics", "day", "id")


@pytest.fixture
def consume(table, load):
    return load("consume_analytics", ANALYTICS_TABLE="analytics")


def test_stores_an_event_under_its_day(consume, table, event, context):
    assert consume.lambda_handler(event("consume-analytics"), context) == {"batchItemFailures": []}
    [item] = table.scan()["Items"]
    assert (item["day"], item["id"], item["count"]) == ("2023-11-14", "event-1", 3)


def test_only_the_poisoned_message_comes_again(consume, table, event, context):
    batch = event("consume-analytics-batch")
    answer = consume.lambda_handler(batch, context)
    poisoned = batch["Records"][2]["messageId"]
    assert answer == {"batchItemFailures": [{"itemIdentifier": poisoned}]}
    stored = {item["id"]: item for item in table.scan()["Items"]}
    assert stored.keys() == {"event-1", "event-2"}
    assert stored["event-2"]["share"] == Decimal("0.25")
