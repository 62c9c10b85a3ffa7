"""Reading a chat exported by Telegram Desktop (result.json) as messages of the Bot API."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

Json = Mapping[str, Any]
SUPERGROUP = -1_000_000_000_000
ENTITIES = {"link": "url", "strikethrough": "strikethrough", "mention_name": "text_mention"}
"""Names the export gives to entities, where they differ."""
MEDIA = {
    "sticker": "sticker",
    "voice_message": "voice",
    "video_message": "video_note",
    "video_file": "video",
    "animation": "animation",
    "audio_file": "audio",
}
_NUMBER = re.compile(r"\d+")


class NotAnExport(ValueError):  # noqa: N818 - it says what the file is not
    """The file is no export of Telegram Desktop."""


def messages(export: Json) -> Iterator[dict[str, Any]]:
    """Yield messages of a chat, or of every chat of a whole account, in the order of the file.

    NotAnExport: there is neither `messages` nor `chats`.
    """
    if "messages" in export:
        yield from _chat(export)
    elif "chats" in export:
        for chat in export["chats"].get("list", ()):
            yield from _chat(chat)
    else:
        raise NotAnExport("neither messages nor chats in it")


def _chat(chat: Json) -> Iterator[dict[str, Any]]:
    number = int(chat.get("id") or 0)
    kind = "channel" if "channel" in str(chat.get("type")) else "supergroup"
    card = {"id": SUPERGROUP - number, "type": kind, "title": chat.get("name") or ""}
    for entry in chat.get("messages", ()):
        if entry.get("type") == "message":
            yield _message(entry, card)


def _message(entry: Json, chat: Json) -> dict[str, Any]:
    text, entities = _text(entry)
    made: dict[str, Any] = {
        "message_id": int(entry.get("id") or 0),
        "date": _seconds(entry.get("date_unixtime")),
        "chat": chat,
        **_author(entry),
        **_media(entry),
    }
    where = "caption" if _media(entry) else "text"
    if text:
        made[where] = text
        made["caption_entities" if where == "caption" else "entities"] = entities
    if entry.get("forwarded_from"):
        made["forward_origin"] = {
            "type": "hidden_user",
            "sender_user_name": str(entry["forwarded_from"]),
        }
    if entry.get("reply_to_message_id"):
        made["reply_to_message"] = {"message_id": int(entry["reply_to_message_id"])}
    if entry.get("via_bot"):
        made["via_bot"] = {"id": 0, "username": str(entry["via_bot"]).removeprefix("@")}
    return made


def _author(entry: Json) -> dict[str, Any]:
    tag, name = str(entry.get("from_id") or ""), str(entry.get("from") or "")
    found = _NUMBER.search(tag)
    number = int(found[0]) if found else 0
    if tag.startswith("channel"):
        return {"sender_chat": {"id": SUPERGROUP - number, "title": name, "type": "channel"}}
    return {"from": {"id": number, "is_bot": False, "first_name": name}}


def _text(entry: Json) -> tuple[str, list[dict[str, Any]]]:
    parts = entry.get("text_entities")
    if parts is None:
        given = entry.get("text") or ""
        parts = given if isinstance(given, list) else [given]
    text, entities, at = "", [], 0
    for part in parts:
        words = part if isinstance(part, str) else str(part.get("text") or "")
        length = len(words.encode("utf-16-le")) // 2
        kind = "plain" if isinstance(part, str) else str(part.get("type"))
        if kind != "plain" and length:
            entity: dict[str, Any] = {
                "type": ENTITIES.get(kind, kind),
                "offset": at,
                "length": length,
            }
            if part.get("href"):
                entity |= {"type": "text_link", "url": part["href"]}
            entities.append(entity)
        text, at = text + words, at + length
    return text, entities


def _media(entry: Json) -> dict[str, Any]:
    file = {"file_id": str(entry.get("file") or ""), "file_unique_id": str(entry.get("file") or "")}
    if entry.get("photo"):
        photo = str(entry["photo"])
        return {"photo": [{"file_id": photo, "file_unique_id": photo, "width": 1, "height": 1}]}
    if (kind := MEDIA.get(str(entry.get("media_type")))) is not None:
        return {kind: file | {"duration": 0}}
    if entry.get("file"):
        named = {
            "file_name": str(entry.get("file_name") or ""),
            "mime_type": str(entry.get("mime_type") or ""),
        }
        return {"document": file | named}
    if entry.get("contact_information"):
        return {"contact": {"phone_number": "", "first_name": ""}}
    if entry.get("location_information"):
        return {"location": {"latitude": 0.0, "longitude": 0.0}}
    return {}


def _seconds(value: object) -> int:
    return int(str(value)) if value is not None and str(value).isdecimal() else 0
