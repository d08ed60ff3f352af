"""Reads a request of a REST API by its data class."""

import json

from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEvent, event_source
from aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event import (
    APIGatewayProxyEvent as Request,
)


def seen(request):
    """What is seen of a request."""
    identity = request.request_context.identity
    return {
        "method": request.http_method,
        "path": request.path,
        "agent": request.headers.get("User-Agent", "none"),
        "has_type": "content-type" in request.headers,
        "id": request.path_parameters.get("id"),
        "limit": request.get_query_string_value("limit", "10"),
        "tags": request.get_multi_value_query_string_values("tag"),
        "stage": request.request_context.stage,
        "ip": identity.source_ip,
        "stages": request.stage_variables.get("alias"),
    }


@event_source(data_class=APIGatewayProxyEvent)
def handler(event: APIGatewayProxyEvent, context):
    answer = seen(event)
    # The body is JSON, if there is one.
    body = event.json_body
    if body is not None:
        answer["body"] = body
    if event.is_base64_encoded:
        answer["text"] = event.decoded_body
    raw = Request(event.raw_event)
    answer["resource"] = raw["resource"]
    answer["known"] = "requestContext" in raw
    answer["nothing"] = raw.get("nothing", "default")
    if not event.headers:
        answer["headers"] = "none"
    return {"statusCode": 200, "body": json.dumps(answer)}
