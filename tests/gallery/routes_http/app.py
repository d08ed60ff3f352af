"""An HTTP API that handles exceptions and unknown routes itself."""

import json

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.exceptions import InternalServerError, NotFoundError, ServiceError

app = APIGatewayHttpResolver()


class Unsure(ValueError):
    """Something that is not known."""


def respond(status, **members):
    return Response(status_code=status, content_type="application/json", body=json.dumps(members))


@app.not_found
def unknown(error: NotFoundError):
    return respond(404, path=app.current_event.path)


@app.exception_handler(ValueError)
def invalid(error):
    return respond(422, error=str(error))


@app.exception_handler([KeyError, Unsure])
def missing(error):
    if app.current_event.http_method == "DELETE":
        raise ServiceError(418, "missing and deleted")
    return respond(400, missing=str(error))


@app.get("/sum")
def total():
    numbers = app.current_event.query_string_parameters.get("numbers", "")
    return {"sum": sum([int(number) for number in numbers.split(",")])}


@app.post("/items/<name>")
@app.delete("/items/<name>")
def item(name: str):
    body = app.current_event.json_body
    if name == "unsure":
        raise Unsure(name)
    if name == "broken":
        raise InternalServerError("it is broken")
    if name == "failed":
        raise RuntimeError("it failed")
    return {"name": name, "size": body["size"]}


def handler(event, context):
    answer = app.resolve(event, context)
    return answer
