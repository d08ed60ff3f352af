import json
from decimal import Decimal

import boto3
import pytest


@pytest.fixture
def api(load):
    machine = boto3.client("stepfunctions").create_state_machine(
        name="fulfilment",
        definition=json.dumps({"StartAt": "End", "States": {"End": {"Type": "Succeed"}}}),
        roleArn="arn:aws:iam::123456789012:role/machine",
    )["stateMachineArn"]
    return load(
        "functions/api/app.py", FULFILMENT_MACHINE=machine, IDEMPOTENCY_TABLE="idempotency"
    )


def body(answer):
    return json.loads(answer["body"])


def test_creates_lists_and_reads_an_order(api, aws, event, context):
    created = api.handler(event("api-create"), context)
    assert created["statusCode"] == 201
    assert body(created)["total"] == "31.50"
    listed = body(api.handler(event("api-list"), context))
    assert listed["count"] == 1
    assert listed["orders"][0]["total"] == 31.5
    read = event("api-get")
    read["pathParameters"] = {"order_id": body(created)["id"]}
    read["rawPath"] = read["requestContext"]["http"]["path"] = f"/orders/{body(created)['id']}"
    assert body(api.handler(read, context))["status"] == "new"
    machine = boto3.client("stepfunctions")
    [execution] = machine.list_executions(stateMachineArn=api.os.environ["FULFILMENT_MACHINE"])[
        "executions"
    ]
    assert execution["name"] == body(created)["id"]


def test_a_token_creates_one_order(api, aws, event, context):
    first = api.handler(event("api-create"), context)
    second = api.handler(event("api-create"), context)
    assert body(first) == body(second)
    assert aws.orders.scan()["Count"] == 1


def test_a_partner_orders_for_itself(api, aws, event, context):
    api.handler(event("api-partner-create"), context)
    [item] = aws.orders.scan()["Items"]
    assert (item["pk"], item["total"]) == ("CUSTOMER#acme", Decimal("9.99"))


@pytest.mark.parametrize(
    ("name", "status"), [("api-get", 404), ("api-create-empty", 400), ("api-unknown", 404)]
)
def test_refuses(api, event, context, name, status):
    assert api.handler(event(name), context)["statusCode"] == status
