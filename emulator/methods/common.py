"""Steps that the sending methods share."""

from dataclasses import dataclass
from typing import Any

from emulator.errors import bad_request
from emulator.format.model import Entity
from emulator.format.text import MAX_CAPTION, formatted
from emulator.format.utf16 import length
from emulator.methods.keyboards import check_markup
from emulator.methods.registry import Request
from emulator.world import access, ephemeral
from emulator.world.model import GENERAL_TOPIC, Bot, Chat, Json, Post
from emulator.world.posts import Author, post
from emulator.world.world import Quirk, World


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message goes."""

    chat: Chat
    thread_id: int | None
    reply_to: Post | None


def author_of(chat: Chat, bot: Bot) -> Author:
    """Return a bot as an author; an anonymous administrator bot writes as the chat."""
    member = chat.members.get(bot.id)
    if chat.is_group and member is not None and member.is_admin and member.is_anonymous:
        return Author(bot, sender_chat=chat, signature=member.custom_title, is_bot=True)
    return Author(bot, is_bot=True)


def resolve_place(request: Request, kind: str) -> Place:
    """Find the chat, the thread and the message answered to; refuse where the bot may not write."""
    if request.get("business_connection_id"):
        raise bad_request("business connection not found")
    chat = request.world.chat(request.bot, request["chat_id"])
    thread_id = request.get("message_thread_id")
    if thread_id is None:
        reply_to = _reply_target(request, chat)
        if reply_to is not None and reply_to.view.get("is_topic_message"):
            thread_id = reply_to.view["message_thread_id"]
        access.require_write(request.world, request.bot, chat, kind, thread_id)
    else:
        access.require_write(request.world, request.bot, chat, kind, thread_id)
        if chat.is_private:
            _check_private_topic(request, chat, thread_id)
        reply_to = _reply_target(request, chat)
    return Place(chat, thread_id, reply_to)


def _check_private_topic(request: Request, chat: Chat, thread_id: int) -> None:
    """Refuse an unknown topic of a private chat, unless the world repeats Telegram's faults of 2026."""
    quirks = request.world.quirks
    if Quirk.PRIVATE_TOPICS_FAIL in quirks:
        raise bad_request("message thread not found")
    if thread_id in chat.deleted_topics and Quirk.DELETED_PRIVATE_TOPIC_IGNORED in quirks:
        return
    if thread_id not in chat.topics:
        raise bad_request("message thread not found")


def _reply_target(request: Request, chat: Chat) -> Post | None:
    reply = request.get("reply_parameters") or {}
    wanted = reply.get("message_id") or request.get("reply_to_message_id")
    if not wanted:
        return None
    elsewhere = reply.get("chat_id")
    source = chat if elsewhere is None else request.world.chat(request.bot, elsewhere)
    found = source.posts.get(wanted)
    if found is None:
        if reply.get("allow_sending_without_reply") or request.get("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")
    return found if source is chat else None


def send(request: Request, kind: str, content: Json) -> Json:
    """Put a message of the bot into the chat of the request and return it."""
    target = ephemeral.parameters(request.params)
    place = resolve_place(request, kind)
    inline, prompt = check_markup(request.get("reply_markup"), place.chat)
    if inline is not None:
        content = content | {"reply_markup": inline}
    if request.get("protect_content"):
        content = content | {"has_protected_content": True}
    if effect := request.get("message_effect_id"):
        if not place.chat.is_private:
            raise bad_request("EFFECT_ID_INVALID")
        content = content | {"effect_id": effect}
    if target is not None:
        return ephemeral.send(
            request.world, request.bot, place.chat, target, content, place.thread_id
        )
    made = post(
        request.world,
        place.chat,
        author_of(place.chat, request.bot),
        content,
        thread_id=None if place.thread_id == GENERAL_TOPIC else place.thread_id,
        reply_to=place.reply_to,
        prompt=prompt,
    )
    return made.view


def rich_text(
    world: World, text: str, parse_mode: str | None, entities: list[Any] | None
) -> tuple[str, list[Entity]]:
    """Parse text and name the people it mentions by id; a mention of nobody is dropped, as in Telegram."""
    words, found = formatted(text, parse_mode, entities)
    kept: list[Entity] = []
    for entity in found:
        if entity["type"] == "text_mention":
            user = world.users.get(entity["user"]["id"])
            if user is None:
                continue
            entity["user"] = user.card()
        kept.append(entity)
    return words, kept


def caption_fields(request: Request) -> Json:
    """Return the caption of the request with its entities. Refuses one that is too long."""
    return caption_of(request.world, request.params)


def caption_of(world: World, params: Json) -> Json:
    """Return the caption of a request or an album's part. Refuses one that is too long."""
    raw = params.get("caption")
    if not raw:
        return {}
    words, entities = rich_text(
        world, raw, params.get("parse_mode"), params.get("caption_entities")
    )
    if length(words) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    content: Json = {"caption": words} if words else {}
    if entities:
        content["caption_entities"] = entities
    if params.get("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return content
