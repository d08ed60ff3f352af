"""The HTTP API: listing, reading and creating orders."""

import json
import os
import uuid
from decimal import Decimal

from aws_lambda_powertools import Logger, Tracer
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response, content_types
from aws_lambda_powertools.event_handler.exceptions import BadRequestError, NotFoundError
from aws_lambda_powertools.utilities.idempotency import (
    DynamoDBPersistenceLayer,
    IdempotencyConfig,
    idempotent_function,
)

from orders_common.aws import client
from orders_common.orders import Line, Order, OrderStore

logger = Logger()
tracer = Tracer()
app = APIGatewayHttpResolver()
store = OrderStore()
persistence = DynamoDBPersistenceLayer(table_name=os.environ["IDEMPOTENCY_TABLE"])
config = IdempotencyConfig(event_key_jmespath="token", expires_after_seconds=3600)


def plain(value):
    """Decimals as JSON knows them."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


def customer():
    """The caller, by the JWT or the partner that the authorizer found."""
    authorizer = app.current_event.raw_event["requestContext"].get("authorizer", {})
    if "jwt" in authorizer:
        return authorizer["jwt"]["claims"]["sub"]
    return authorizer.get("lambda", {}).get("partner", "unknown")


def respond(status, body):
    """A JSON response."""
    return Response(
        status_code=status,
        content_type=content_types.APPLICATION_JSON,
        body=json.dumps(body, default=plain),
    )


@app.get("/orders")
@tracer.capture_method
def list_orders():
    orders = list(store.of_customer(customer()))
    return respond(200, {"orders": orders, "count": len(orders)})


@app.get("/orders/<order_id>")
def get_order(order_id: str):
    order = store.get(customer(), order_id)
    if order is None:
        raise NotFoundError(f"there is no order {order_id}")
    return respond(200, order)


@idempotent_function(data_keyword_argument="order", persistence_store=persistence, config=config)
def create(order: dict) -> dict:
    """Stores an order and starts its fulfilment, once for each token."""
    lines = [
        Line(line["article"], int(line.get("quantity", 1)), Decimal(str(line["price"])))
        for line in order["lines"]
    ]
    item = store.put(Order(id=order["id"], customer=order["customer"], lines=lines))
    client("stepfunctions").start_execution(
        stateMachineArn=os.environ["FULFILMENT_MACHINE"],
        name=order["id"],
        input=json.dumps({"customer": order["customer"], "id": order["id"]}),
    )
    return {"id": item["id"], "status": item["status"], "total": str(item["total"])}


@app.post("/orders")
@app.post("/partner/orders")
def create_order():
    body = app.current_event.json_body
    if not body.get("lines"):
        raise BadRequestError("an order needs at least one line")
    token = app.current_event.headers.get("idempotency-key") or str(uuid.uuid4())
    created = create(
        order={
            "token": token,
            "id": str(uuid.uuid4()),
            "customer": customer(),
            "lines": body["lines"],
        }
    )
    return respond(201, created)


@logger.inject_lambda_context
@tracer.capture_lambda_handler
def handler(event, context):
    return app.resolve(event, context)
