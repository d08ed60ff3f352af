import json

import pytest


@pytest.fixture
def dashboards(make_table):
    return make_table("dashboards", "owner", "id")


@pytest.fixture
def create_dashboard(dashboards, queue, load):
    return load("create_dashboard", DASHBOARDS_TABLE="dashboards", ANALYTICS_QUEUE_URL=queue.url)


def test_stores_a_dashboard_and_tells_analytics(
    create_dashboard, dashboards, event, context, queue
):
    answer = create_dashboard.lambda_handler(event("create-dashboard"), context)
    assert answer["statusCode"] == 201
    [item] = dashboards.scan()["Items"]
    assert item["id"] == json.loads(answer["body"])["id"]
    assert (item["owner"], item["name"]) == ("ada", "Storage")
    [sent] = queue.bodies()
    assert (sent["action"], sent["widgets"]) == ("create-dashboard", 1)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("create-dashboard-not-json", "the body is not JSON"),
        ("create-dashboard-no-name", "name is missing"),
        ("create-dashboard-unknown-kind", "widget 0: kind must be one of s3, lambda, dynamodb"),
    ],
)
def test_refuses_what_is_no_dashboard(create_dashboard, event, context, queue, name, message):
    answer = create_dashboard.lambda_handler(event(name), context)
    assert (answer["statusCode"], json.loads(answer["body"])) == (400, {"message": message})
    assert queue.bodies() == []
