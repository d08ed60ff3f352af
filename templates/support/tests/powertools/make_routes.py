"""Writes routes.json: what Powertools for AWS Lambda answers to events, for tests/powertools_routes.rs."""

import json
import pathlib
from decimal import Decimal

from aws_lambda_powertools.event_handler import (
    ALBResolver,
    APIGatewayHttpResolver,
    APIGatewayRestResolver,
    CORSConfig,
    LambdaFunctionUrlResolver,
    Response,
)
from aws_lambda_powertools.event_handler.exceptions import (
    BadRequestError,
    InternalServerError,
    NotFoundError,
    ServiceError,
    UnauthorizedError,
)
from aws_lambda_powertools.shared.cookies import Cookie

CORS = CORSConfig(
    allow_origin="https://a.example",
    extra_origins=["https://b.example"],
    allow_headers=["X-Mine"],
    expose_headers=["X-Yours", "X-Theirs"],
    max_age=300,
    allow_credentials=True,
)


def made(kind, cors):
    app = kind(cors=CORS if cors else None, strip_prefixes=["/pre"])

    @app.get("/dict")
    def as_dict():
        return {"a": 1, "d": Decimal("1.50"), "é": None}

    @app.get("/text", cache_control="max-age=3")
    def as_text():
        return "text"

    @app.get("/none")
    def as_none():
        return None

    @app.post("/pair", cache_control="max-age=3")
    def as_pair():
        return {"made": True}, 201

    @app.get("/items/<item_id>")
    def item(item_id):
        return {"id": item_id}

    @app.get("/items/special")
    def special():
        return {"special": True}

    @app.put("/items/<item_id>/parts/<part_id>", cors=True)
    def part(item_id, part_id):
        return [item_id, part_id]

    @app.get("/html")
    def html():
        headers = {"X-One": "1", "X-Two": ["1", "2"], "X-None": None}
        return Response(200, "text/html", "<p>é</p>", headers)

    @app.get("/json")
    def as_json():
        return Response(202, "application/json; charset=utf-8", {"a": [1, 2]})

    @app.get("/bytes")
    def as_bytes():
        return Response(200, "image/png", b"\x00\xff")

    @app.get("/bare")
    def bare():
        return Response(204)

    @app.get("/cookies")
    def cookies():
        return Response(200, "text/plain", "c", cookies=[Cookie("a", "1"), Cookie("b", "2", secure=False)])

    @app.get("/bad")
    def bad():
        raise BadRequestError("bad")

    @app.get("/missing")
    def missing():
        raise NotFoundError

    @app.get("/unauthorized")
    def unauthorized():
        raise UnauthorizedError({"why": "é"})

    @app.get("/service")
    def service():
        raise ServiceError(418, "tea")

    @app.get("/internal", cache_control="max-age=3")
    def internal():
        raise InternalServerError("oh")

    @app.get("/other")
    def other():
        raise KeyError("other")

    @app.get("/set")
    def as_set():
        return {"a": {1}}

    return app


def rest(method, path, headers=None, many=None):
    event = {"httpMethod": method, "path": path, "headers": headers or {}, "requestContext": {"stage": "s"}}
    if many is not None:
        event["multiValueHeaders"] = many
    return event


def http(method, path, headers=None, stage="$default"):
    context = {"stage": stage, "http": {"method": method}}
    return {"rawPath": path, "headers": headers or {}, "requestContext": context}


PATHS = [
    ("GET", "/dict"), ("GET", "/dict/"), ("get", "/text"), ("GET", "/none"), ("POST", "/pair"), ("GET", "/items/7"),
    ("GET", "/items/special"), ("GET", "/items/a%20b@c/"), ("PUT", "/items/1/parts/2"), ("GET", "/html"), ("GET", "/json"),
    ("GET", "/bytes"), ("GET", "/bare"), ("GET", "/cookies"), ("GET", "/bad"), ("GET", "/missing"), ("GET", "/unauthorized"),
    ("GET", "/service"), ("GET", "/internal"), ("GET", "/other"), ("GET", "/set"), ("GET", "/nowhere"), ("OPTIONS", "/dict"),
    ("GET", "/pre/dict"), ("GET", "/pre"), ("GET", "/predict"), ("DELETE", "/dict"),
]
ORIGINS = [{}, {"Origin": "https://a.example"}, {"origin": "https://c.example"}]
KINDS = {"rest": APIGatewayRestResolver, "http": APIGatewayHttpResolver, "url": LambdaFunctionUrlResolver, "alb": ALBResolver}


def events(kind):
    request = http if kind in ("http", "url") else rest
    for method, path in PATHS:
        for headers in ORIGINS:
            yield request(method, path, headers)
    if request is http:
        yield http("GET", "/prod/dict", stage="prod")
        yield http("GET", "/dict", {"origin": "https://b.example,https://a.example"})
        yield http("GET", "/dict", {"accept-encoding": "gzip, br"})
        yield {"rawPath": "/dict"}
    else:
        for path in ("/html", "/cookies", "/none"):
            yield rest("GET", path, {"Origin": "https://a.example"}, {"Origin": ["https://b.example"]})
            yield rest("GET", path, {"Origin": "https://a.example"}, {})
        yield {"path": "/dict"}
        yield {"httpMethod": "GET", "path": "/dict"}


def main():
    cases = []
    for kind, resolver in KINDS.items():
        for cors in (False, True):
            app = made(resolver, cors)
            for event in events(kind):
                case = {"kind": kind, "cors": cors, "event": event}
                try:
                    case["answer"] = json.dumps(app.resolve(event, None))
                except Exception as error:
                    case["error"] = f"{type(error).__name__}: {error}"
                cases.append(case)
    path = pathlib.Path(__file__).with_name("routes.json")
    path.write_text("[\n" + ",\n".join(map(json.dumps, cases)) + "\n]\n")


main()
