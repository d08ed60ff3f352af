"""Calls the handler of `app.py` in the working folder with each event of the standard input."""

import contextlib
import io
import json
import os
import sys

sys.path.insert(0, os.getcwd())


class Context:
    aws_request_id = "0"
    function_name = "battery"


def outcome(handler, event):
    try:
        answer = handler(event, Context())
    except BaseException as error:  # noqa: BLE001
        return {"error": [type(error).__name__, str(error)]}
    try:
        return {"answer": json.loads(json.dumps(answer))}
    except Exception as error:  # noqa: BLE001
        return {"error": ["Runtime.MarshalError", f"Unable to marshal response: {error}"]}


events = json.load(sys.stdin)
with contextlib.redirect_stdout(io.StringIO()):
    from app import handler

    outcomes = [outcome(handler, event) for event in events]
print("\n\x1e" + json.dumps(outcomes), end="")
