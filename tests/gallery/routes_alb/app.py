"""Answers a load balancer."""

from aws_lambda_powertools.event_handler import ALBResolver, CORSConfig, Response
from aws_lambda_powertools.event_handler.exceptions import ServiceError

app = ALBResolver(cors=CORSConfig(allow_credentials=True, expose_headers=["x-count"]))


@app.get("/items")
def items():
    return {"names": app.current_event.get_multi_value_query_string_values("name", ["none"])}


@app.post("/items")
def add():
    return Response(status_code=204, headers={"x-count": ["1", "2"]})


@app.patch("/items/<name>/<part>")
def change(name, part):
    if part == "none":
        raise ServiceError(410, {"gone": name})
    return [name, part], 202


def handler(event, context):
    return app.resolve(event, context)
