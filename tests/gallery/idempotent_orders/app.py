"""Takes each order once, however often it comes."""

import os

from aws_lambda_powertools.utilities.idempotency import (
    DynamoDBPersistenceLayer,
    IdempotencyConfig,
    idempotent_function,
)

store = DynamoDBPersistenceLayer(table_name=os.environ["RESULTS"])
config = IdempotencyConfig(event_key_jmespath="token", expires_after_seconds=60)
taken = []


@idempotent_function(data_keyword_argument="order", persistence_store=store, config=config)
def take(order: dict, amount=1) -> dict:
    """Takes an order."""
    if order["id"] == "broken":
        raise ValueError("the order is broken")
    taken.append(order["id"])
    return {"id": order["id"], "amount": amount}


def handler(event, context):
    taken.clear()
    answers = []
    for order in event["orders"]:
        config.register_lambda_context(context)
        answers.append(take(order=order, amount=len(answers)))
    return {"answers": answers, "taken": list(taken)}
