"""Notes, over a REST API with cross-origin requests."""

from aws_lambda_powertools.event_handler import APIGatewayRestResolver, CORSConfig, Response, content_types
from aws_lambda_powertools.event_handler.exceptions import BadRequestError, NotFoundError

from tags import router

cors = CORSConfig(allow_origin="https://example.com", extra_origins=["https://other.example"], max_age=300)
app = APIGatewayRestResolver(cors=cors, strip_prefixes=["/v1"])
app.include_router(router, prefix="/tags")

notes = {"1": {"id": "1", "text": "first"}}


@app.get("/notes")
def list_notes():
    limit = app.current_event.get_query_string_value("limit", "10")
    return {"notes": list(notes.values())[: int(limit)]}


@app.get("/notes/<note_id>", cache_control="max-age=60")
def get_note(note_id: str):
    if note_id not in notes:
        raise NotFoundError(f"there is no note {note_id}")
    return notes[note_id]


@app.put("/notes/<note_id>")
@app.post("/notes/<note_id>")
def put_note(note_id, overwrite=True):
    body = app.current_event.json_body
    if not body:
        raise BadRequestError("a note needs a text")
    return {"id": note_id, "text": body["text"], "overwrite": overwrite}, 201


@app.route("/notes/<note_id>/text", method=["GET", "HEAD"], cors=False)
def text_of(note_id):
    return Response(
        status_code=200,
        content_type=content_types.TEXT_PLAIN,
        body=notes[note_id]["text"],
        headers={"X-Note": note_id},
    )


@app.delete("/notes/<note_id>")
def delete_note(note_id):
    if note_id == "0":
        raise ValueError("the note 0 cannot be deleted")
    return None, 204


@app.get("/me")
def me():
    return {
        "id": app.lambda_context.aws_request_id != "",
        "method": app.current_event.http_method,
        "agent": app.current_event.headers.get("user-agent"),
    }


@app.get("/")
def root():
    return "notes"


def handler(event, context):
    return app.resolve(event, context)
