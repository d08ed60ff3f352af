"""What is asked and answered."""

INPUT = {
    "$schema": "http://json-schema.org/draft-07/schema",
    "$id": "http://example.com/example.json",
    "type": "object",
    "title": "A request",
    "examples": [{"name": "ada", "tags": ["a"]}],
    "required": ["name"],
    "properties": {
        "name": {"$id": "#/properties/name", "type": "string", "minLength": 1, "maxLength": 5},
        "tags": {"type": "array", "maxItems": 2, "items": {"type": "string", "enum": ["a", "b"]}},
        "size": {"type": ["number", "null"]},
    },
}

OUTPUT = {
    "$schema": "http://json-schema.org/draft-07/schema",
    "type": "object",
    "required": ["statusCode", "body"],
    "properties": {
        "statusCode": {"type": "integer"},
        "body": {"type": "string", "maxLength": 20},
    },
}
