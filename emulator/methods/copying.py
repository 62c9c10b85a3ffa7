"""Forwarding and copying, one message or a batch."""

from emulator.errors import bad_request
from emulator.methods.common import author_of, caption_of, resolve_place, send
from emulator.methods.registry import Request, method
from emulator.world import access
from emulator.world.forwarding import content_of, forwarded
from emulator.world.model import Chat, Json, Post
from emulator.world.posts import post

MAX_BATCH = 100
CAPTIONED = ("photo", "video", "animation", "audio", "document", "voice")


def _source(request: Request) -> Chat:
    chat = request.world.chat(request.bot, request["from_chat_id"])
    access.require_read(request.world, request.bot, chat)
    return chat


def _portable(made: Post, verb: str) -> None:
    if made.is_service or made.view.get("has_protected_content"):
        raise bad_request(f"message can't be {verb}")


def _kind(content: Json) -> str:
    return next((name for name in access.KINDS if name in content), "text")


@method("forwardMessage")
def forward_message(request: Request) -> Json:
    """Forward a message with its origin."""
    source = _source(request)
    made = access.message_of(source, request["message_id"], "forward")
    _portable(made, "forwarded")
    content = forwarded(request.world, source, made)
    return send(request, _kind(content), content)


@method("copyMessage")
def copy_message(request: Request) -> Json:
    """Send the same content as the bot's own message; a caption may be replaced."""
    source = _source(request)
    made = access.message_of(source, request["message_id"], "copy")
    _portable(made, "copied")
    content = _copied(made)
    if "caption" in request.params and any(name in content for name in CAPTIONED):
        content = _without_caption(content) | caption_of(request.world, request.params)
    return {"message_id": send(request, _kind(content), content)["message_id"]}


def _copied(made: Post) -> Json:
    content = content_of(made)
    content.pop("forward_origin", None)
    if (
        content.get("poll", {}).get("type") == "quiz"
        and "correct_option_ids" not in content["poll"]
    ):
        raise bad_request("message can't be copied")
    return content


def _without_caption(content: Json) -> Json:
    return {name: value for name, value in content.items() if not name.startswith("caption")}


def _batch(request: Request) -> tuple[Chat, list[Post]]:
    numbers = request["message_ids"]
    if not numbers:
        raise bad_request("message identifiers are not specified")
    if len(numbers) > MAX_BATCH:
        raise bad_request("too many message identifiers specified")
    if numbers != sorted(set(numbers)):
        raise bad_request("message identifiers must be in a strictly increasing order")
    source = _source(request)
    return source, [source.posts[number] for number in numbers if number in source.posts]


@method("forwardMessages", "copyMessages")
def pass_on_messages(request: Request) -> list[Json]:
    """Forward or copy up to a hundred messages; missing ones are passed over, albums stay albums."""
    forwarding = request.method == "forwardMessages"
    source, found = _batch(request)
    found = [
        made for made in found if not made.is_service and "has_protected_content" not in made.view
    ]
    if not found:
        raise bad_request(f"there are no messages to {'forward' if forwarding else 'copy'}")
    place = resolve_place(request, "text")
    albums: dict[str, str] = {}
    sent: list[Json] = []
    for made in found:
        content = forwarded(request.world, source, made) if forwarding else _copied(made)
        if request.get("remove_caption"):
            content = _without_caption(content)
        if album := made.view.get("media_group_id"):
            content["media_group_id"] = albums.setdefault(album, request.world.next_album_id())
        author = author_of(place.chat, request.bot)
        new = post(request.world, place.chat, author, content, thread_id=place.thread_id)
        sent.append({"message_id": new.id})
    return sent
