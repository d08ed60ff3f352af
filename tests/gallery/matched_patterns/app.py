"""`match` over events: literals, captures, sequences, mappings, classes, guards."""

import json
from dataclasses import dataclass



class Kinds:
    """Names."""

    STOP = "stop"


@dataclass
class Point:
    x: int
    y: int


class Named:
    def __init__(self, name):
        self.name = name


def kind_of(value):
    match value:
        case None:
            return "none"
        case True | False:
            return "bool"
        case 0:
            return "zero"
        case int():
            return "int"
        case float(number) if number > 1.5:
            return f"big {number}"
        case float():
            return "float"
        case "" | " ":
            return "blank"
        case str(text):
            return f"text {text}"
        case []:
            return "empty"
        case [only]:
            return f"one {only}"
        case [first, *_, last] if first == last:
            return f"ends alike {first}"
        case [first, second]:
            return f"two {first} {second}"
        case [first, *rest]:
            return f"{first} and {rest}"
        case {"type": "circle", "radius": (int() | float()) as radius}:
            return f"circle {radius}"
        case {"type": "square" | "box" as name, **others}:
            return f"{name} {others}"
        case {"point": {"x": x, "y": [y, *_]}}:
            return f"nested {x} {y}"
        case {}:
            return "mapping"
        case _:
            return "other"


def route(method, path):
    """Two values at once."""
    match (method, path.split("/")):
        case ("GET", ["", "items"]):
            return "list"
        case ("GET", ["", "items", item]):
            return f"get {item}"
        case ("POST" | "PUT" as verb, ["", "items", *rest]):
            return f"{verb} {rest}"
        case (other, _):
            found = other
    return f"no {found}"


def command(words):
    match words.split():
        case [Kinds.STOP]:
            return "stopping"
        case ["go", ("north" | "south") as direction]:
            return direction
        case ["drop", *objects] if len(objects) > 1:
            return f"drop {len(objects)}"
        case ["drop", thing]:
            return f"drop {thing}"
    return "what?"


def where(point):
    match point:
        case Point(0, 0):
            return "origin"
        case Point(x=0, y=y):
            return f"on y at {y}"
        case Point(x, 0):
            return f"on x at {x}"
        case Point():
            return "somewhere"


def status(code: int):
    total = 0
    for at in range(3):
        match code + at:
            case 200 | 201:
                continue
            case 404:
                break
            case other:
                total += other
    else:
        return f"all {total}"
    return f"left {total}"


def handler(event, context):
    named = Named(event.get("name"))
    match named:
        case Named(name="root"):
            who = "root"
        case Named(name=None):
            who = "nobody"
        case Named(name=name):
            who = name
    return json.dumps(
        {
            "kinds": [kind_of(value) for value in event.get("values", [])],
            "tuple": kind_of((1, 2, 1)),
            "route": route(event.get("method", "GET"), event.get("path", "/items")),
            "command": command(event.get("words", "")),
            "where": [where(Point(0, 0)), where(Point(0, 2)), where(Point(3, 0)), where(Point(1, 1))],
            "status": [status(200), status(403), status(500)],
            "who": who,
        }
    )
