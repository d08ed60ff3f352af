"""The tags of notes."""

from aws_lambda_powertools.event_handler.api_gateway import Router

router = Router()


@router.get("/")
def list_tags():
    return ["a", "b"]


@router.get("/<tag>/of/<note_id>")
def tag_of(note_id: str, tag: str):
    return {"tag": tag, "note": note_id, "path": router.current_event.path}
