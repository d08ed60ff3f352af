"""Creates a dashboard for the caller."""

import json
import os
import time
import uuid
from datetime import datetime, timezone

import boto3
from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.metrics import MetricUnit

logger = Logger()
tracer = Tracer()
metrics = Metrics(namespace="GammaRay")

dashboards = boto3.resource("dynamodb").Table(os.environ["DASHBOARDS_TABLE"])
sqs = boto3.client("sqs")

KINDS = ("s3", "lambda", "dynamodb")
MAX_WIDGETS = 20


class InvalidDashboard(ValueError):
    """What the caller sent is not a dashboard."""


def parse(body):
    """The dashboard of a request's body."""
    try:
        dashboard = json.loads(body or "")
    except json.JSONDecodeError as error:
        raise InvalidDashboard("the body is not JSON") from error
    if not isinstance(dashboard, dict):
        raise InvalidDashboard("the body is not an object")
    name = dashboard.get("name", "").strip()
    if not name:
        raise InvalidDashboard("name is missing")
    widgets = dashboard.get("widgets", [])
    if len(widgets) > MAX_WIDGETS:
        raise InvalidDashboard(f"more than {MAX_WIDGETS} widgets")
    for index, widget in enumerate(widgets):
        if widget.get("kind") not in KINDS:
            raise InvalidDashboard(f"widget {index}: kind must be one of {', '.join(KINDS)}")
    return {"name": name, "widgets": widgets}


@tracer.capture_method
def save(owner, dashboard):
    """Stores a dashboard under a new id."""
    item = {
        "owner": owner,
        "id": str(uuid.uuid4()),
        "created": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        **dashboard,
    }
    dashboards.put_item(Item=item, ConditionExpression="attribute_not_exists(id)")
    return item


def send_analytics(action, **details):
    """Tells analytics what was done."""
    event = {"id": str(uuid.uuid4()), "action": action, "at": int(time.time()), **details}
    sqs.send_message(QueueUrl=os.environ["ANALYTICS_QUEUE_URL"], MessageBody=json.dumps(event))


def answer(status, body):
    """A response of the REST API."""
    return {
        "statusCode": status,
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps(body),
    }


@metrics.log_metrics
@logger.inject_lambda_context(log_event=False)
@tracer.capture_lambda_handler
def lambda_handler(event, context):
    """POST /dashboards with a name and widgets."""
    authorizer = event["requestContext"].get("authorizer") or {}
    owner = authorizer.get("username", "anonymous")
    try:
        dashboard = parse(event.get("body"))
    except InvalidDashboard as error:
        logger.info("refused", extra={"reason": str(error)})
        return answer(400, {"message": str(error)})
    item = save(owner, dashboard)
    metrics.add_metric(name="DashboardsCreated", unit=MetricUnit.Count, value=1)
    send_analytics("create-dashboard", user=owner, widgets=len(item["widgets"]))
    return answer(201, item)
