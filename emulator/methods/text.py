"""Sending text and rich messages."""

from emulator.errors import bad_request
from emulator.format.rich import rich_message
from emulator.format.text import MAX_TEXT
from emulator.format.utf16 import length
from emulator.methods.common import rich_text, send
from emulator.methods.registry import Request, method
from emulator.world.model import Json


def text_fields(request: Request) -> Json:
    """Return the text of the request with its entities. Refuses empty and too long texts."""
    raw = request.get("text", "")
    if not raw:
        raise bad_request("message text is empty")
    words, entities = rich_text(
        request.world, raw, request.get("parse_mode"), request.get("entities")
    )
    if not words:
        raise bad_request("text must be non-empty")
    if length(words) > MAX_TEXT:
        raise bad_request("message is too long")
    content: Json = {"text": words}
    if entities:
        content["entities"] = entities
    if options := request.get("link_preview_options"):
        content["link_preview_options"] = options
    return content


@method("sendMessage")
def send_message(request: Request) -> Json:
    """Send text."""
    return send(request, "text", text_fields(request))


@method("sendRichMessage")
def send_rich_message(request: Request) -> Json:
    """Send a message of blocks: headings, lists, tables."""
    content = {"rich_message": rich_message(request["rich_message"])}
    return send(request, "rich_message", content)
