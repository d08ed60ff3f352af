"""Answers requests that a schema allows, with answers that one allows."""

from aws_lambda_powertools.utilities.validation import SchemaValidationError, validate, validator

from schemas import INPUT, OUTPUT


def is_request(event):
    try:
        validate(event=event, schema=INPUT)
    except SchemaValidationError:
        return False
    return True


@validator(inbound_schema=INPUT, outbound_schema=OUTPUT)
def handler(event, context):
    size = event.get("size")
    if size == 0:
        return {"statusCode": 204, "body": None}
    tags = ",".join(event.get("tags", []))
    if not is_request({**event, "name": tags}):
        return {"statusCode": 400.0, "body": tags}
    return {"statusCode": 200, "body": f"{event['name']} {tags} {size}"}
