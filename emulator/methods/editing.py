"""Editing the bot's messages."""

from emulator.errors import bad_request
from emulator.format.rich import rich_message
from emulator.methods.common import caption_of
from emulator.methods.keyboards import check_markup
from emulator.methods.media import album_part
from emulator.methods.registry import Request, method
from emulator.methods.text import text_fields
from emulator.world import access, ephemeral
from emulator.world.model import Chat, Json, Post
from emulator.world.posts import change

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
TEXT_FIELDS = ("text", "entities", "link_preview_options", "rich_message")
CAPTION_FIELDS = ("caption", "caption_entities", "show_caption_above_media")
MEDIA_FIELDS = ("photo", "video", "animation", "audio", "document", "has_media_spoiler")
LIVE_FIELDS = ("location",)


def _target(request: Request) -> tuple[Chat, Post]:
    """Return the message to edit. Refuses missing and foreign ones."""
    if request.get("chat_id") is None or request.get("message_id") is None:
        raise bad_request("message identifier is not specified")
    chat = request.world.chat(request.bot, request["chat_id"])
    access.require_read(request.world, request.bot, chat)
    if chat.is_private:
        access.require_private(request.world, request.bot, chat)
    made = access.message_of(chat, request["message_id"], "edit")
    if made.is_service or not _own(request, chat, made):
        raise bad_request("message can't be edited")
    return chat, made


def _own(request: Request, chat: Chat, made: Post) -> bool:
    if made.author_id == request.bot.id:
        return True
    member = chat.members.get(request.bot.id)
    return chat.type == "channel" and access.may(chat, member, "can_edit_messages")


def _apply(request: Request, chat: Chat, made: Post, content: Json, names: tuple[str, ...]) -> Json:
    """Put the new content and keyboard in place. Refuses an edit that changes nothing."""
    inline, _ = check_markup(request.get("reply_markup"), chat)
    if inline is not None:
        content = content | {"reply_markup": inline}
    touched = (*names, "reply_markup")
    if all(made.view.get(name) == content.get(name) for name in touched):
        raise bad_request(NOT_MODIFIED)
    return change(request.world, chat, made, content, drop=touched)


def _new_text(request: Request) -> Json:
    if rich := request.get("rich_message"):
        return {"rich_message": rich_message(rich)}
    return text_fields(request)


@method("editMessageText")
def edit_message_text(request: Request) -> Json:
    """Replace the words of a text message; without reply_markup its keyboard goes."""
    content = _new_text(request)
    chat, made = _target(request)
    if "text" not in made.view and "rich_message" not in made.view:
        raise bad_request("there is no text in the message to edit")
    return _apply(request, chat, made, content, TEXT_FIELDS)


@method("editMessageCaption")
def edit_message_caption(request: Request) -> Json:
    """Replace or remove the caption of a media message."""
    content = caption_of(request.world, request.params)
    chat, made = _target(request)
    if not any(name in made.view for name in (*MEDIA_FIELDS, "voice")):
        raise bad_request("there is no caption in the message to edit")
    return _apply(request, chat, made, content, CAPTION_FIELDS)


@method("editMessageMedia")
def edit_message_media(request: Request) -> Json:
    """Replace photo, video, animation, audio or document with its caption."""
    content = album_part(request, request["media"])
    chat, made = _target(request)
    return _apply(request, chat, made, content, (*MEDIA_FIELDS, *CAPTION_FIELDS, *TEXT_FIELDS))


@method("editMessageReplyMarkup")
def edit_message_reply_markup(request: Request) -> Json:
    """Replace or remove the inline keyboard."""
    chat, made = _target(request)
    return _apply(request, chat, made, {}, ())


@method("editMessageLiveLocation", "stopMessageLiveLocation")
def edit_live_location(request: Request) -> Json:
    """Move a live location, or stop it."""
    chat, made = _target(request)
    before = made.view.get("location")
    if before is None or "live_period" not in before:
        raise bad_request("message can't be edited")
    location = dict(before)
    if request.method == "stopMessageLiveLocation":
        del location["live_period"]
    for name in ("latitude", "longitude", "horizontal_accuracy", "heading", "live_period"):
        if name in request.params:
            location[name] = request[name]
    return _apply(request, chat, made, {"location": location}, LIVE_FIELDS)


def _edit_ephemeral(request: Request, content: Json, names: tuple[str, ...]) -> bool:
    chat = request.world.chat(request.bot, request["chat_id"])
    made = ephemeral.find(request.world, request.bot, chat, request.params, "edit")
    inline, _ = check_markup(request.get("reply_markup"), chat)
    content = content | {"reply_markup": inline}
    if all(made.view.get(name) == content.get(name) for name in (*names, "reply_markup")):
        raise bad_request(NOT_MODIFIED)
    removed = {name: None for name in names if name not in content}
    ephemeral.change(request.world, chat, made, removed | content)
    return True


@method("editEphemeralMessageText")
def edit_ephemeral_text(request: Request) -> bool:
    """Replace the words of an ephemeral message."""
    return _edit_ephemeral(request, _new_text(request), TEXT_FIELDS)


@method("editEphemeralMessageCaption")
def edit_ephemeral_caption(request: Request) -> bool:
    """Replace the caption of an ephemeral message."""
    return _edit_ephemeral(request, caption_of(request.world, request.params), CAPTION_FIELDS)


@method("editEphemeralMessageMedia")
def edit_ephemeral_media(request: Request) -> bool:
    """Replace the media of an ephemeral message."""
    content = album_part(request, request["media"])
    return _edit_ephemeral(request, content, (*MEDIA_FIELDS, *CAPTION_FIELDS, *TEXT_FIELDS))


@method("editEphemeralMessageReplyMarkup")
def edit_ephemeral_markup(request: Request) -> bool:
    """Replace the keyboard of an ephemeral message."""
    return _edit_ephemeral(request, {}, ())


@method("deleteEphemeralMessage")
def delete_ephemeral(request: Request) -> bool:
    """Take an ephemeral message away from its receiver."""
    chat = request.world.chat(request.bot, request["chat_id"])
    made = ephemeral.find(request.world, request.bot, chat, request.params, "delete")
    del chat.ephemeral[ephemeral.ephemeral_id(made)]
    return True
