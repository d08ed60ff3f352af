"""Answers at a URL of its own."""

from aws_lambda_powertools.event_handler import LambdaFunctionUrlResolver, Response
from aws_lambda_powertools.event_handler.exceptions import UnauthorizedError

app = LambdaFunctionUrlResolver(strip_prefixes=["/api"])


def caller():
    key = app.current_event.headers.get("X-Key")
    if not key:
        raise UnauthorizedError("who are you?")
    return key


@app.get("/")
def hello():
    return f"hello, {caller()}"


@app.post("/echo/.+")
def echo():
    event = app.current_event
    return Response(
        200,
        "text/plain",
        f"{event.raw_path} {event.decoded_body} {event.request_context.http.user_agent}",
        {"x-stage": event.request_context.stage, "x-all": ["a", "b"]},
    )


def handler(event, context):
    return app.resolve(event, context)
