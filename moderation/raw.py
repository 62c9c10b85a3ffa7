"""Read a Bot API Message object (a plain dict) into the normal form.

Handlers pass the raw update they were given; the command line passes lines of a file. What this version of the API
calls content and we do not know is named in `Incoming.unknown`, so that it goes to a person and never passes as empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from moderation.model import (
    TELEGRAM_SERVICE_ID,
    AuthorKind,
    File,
    Incoming,
    Origin,
    OriginKind,
    Reference,
)
from moderation.raw_parts import KNOWN, MEDIA, SERVICE, buttons_of, media_ids, passages_of

Json = Mapping[str, Any]
"""What a JSON reader gives: dicts all the way down (asking for `dict` is several times quicker than for `Mapping`)."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MEDIA, _SERVICE = frozenset(MEDIA), frozenset(SERVICE)
_FILES = frozenset(("document", "audio", "video", "animation"))


def incoming_from_json(obj: Json, *, linked_channel_id: int | None = None) -> Incoming:
    """Read a Message object, or the short form `{"text": ...}`.

    Missing ids become 0 and a missing date 1970: a text alone can be judged. Fields of a wrong type are read as
    absent, never an error; `author` of the short form is not read here (see `author_from_json`).
    """
    chat = _dict(obj.get("chat"))
    kind, author = author_of(obj, linked_channel_id)
    at = _instant(obj.get("edit_date")) or _instant(obj.get("date")) or EPOCH
    reply = _dict(obj.get("reply_to_message"))
    via = _dict(obj.get("via_bot"))
    return Incoming(
        chat_id=_int(chat.get("id")) or 0,
        message_id=_int(obj.get("message_id")) or 0,
        author_id=_int(author.get("id")) or 0,
        at=at,
        author_kind=kind,
        author_name=_name(author),
        author_username=_str(author.get("username")),
        sender_tag=_str(obj.get("sender_tag")),
        topic_id=_topic(obj),
        album_id=_str(obj.get("media_group_id")),
        passages=passages_of(obj),
        media=frozenset(name for name in obj.keys() & _MEDIA if obj[name]),
        media_ids=media_ids(obj),
        unknown=tuple(sorted(obj.keys() - KNOWN)),
        service=_service(obj),
        via_bot_id=_int(via.get("id")),
        via_bot_name=_str(via.get("username")),
        origin=_origin(obj),
        reply_to=_reply(reply, obj) if reply else None,
        external_reply=_external(obj, _int(chat.get("id"))),
        button_urls=tuple(_button_urls(obj)),
        contact_user_id=_int(_dict(obj.get("contact")).get("user_id")),
        files=_files(obj),
        sticker_set=_str(_dict(obj.get("sticker")).get("set_name")),
        is_edit="edit_date" in obj,
        edited_at=_instant(obj.get("edit_date")),
    )


def author_of(obj: Json, linked_channel_id: int | None = None) -> tuple[AuthorKind, Json]:
    """Tell who really wrote: the guest behind a bot, the channel behind the placeholder user, or the user."""
    sender, chat = _dict(obj.get("sender_chat")), _dict(obj.get("chat"))
    user = _dict(obj.get("from"))
    if _service(obj):
        return AuthorKind.SERVICE, user
    if obj.get("is_automatic_forward") or (sender and sender.get("id") == linked_channel_id):
        return AuthorKind.LINKED_CHANNEL, sender or user
    if sender:
        same = sender.get("id") == chat.get("id")
        return (AuthorKind.ANONYMOUS_ADMIN if same else AuthorKind.CHANNEL), sender
    caller = _dict(obj.get("guest_bot_caller_user"))
    if caller:
        return AuthorKind.USER, caller
    if user.get("id") == TELEGRAM_SERVICE_ID:
        return AuthorKind.LINKED_CHANNEL, user
    return (AuthorKind.BOT if user.get("is_bot") else AuthorKind.USER), user


def _service(obj: Json) -> str:
    present = obj.keys() & _SERVICE
    return next((name for name in SERVICE if name in present and obj[name]), "") if present else ""


def _topic(obj: Json) -> int | None:
    return _int(obj.get("message_thread_id")) if obj.get("is_topic_message") else None


def _reply(reply: Json, obj: Json) -> Reference:
    number = _int(reply.get("message_id")) or 0
    author = _dict(reply.get("from")) or _dict(reply.get("sender_chat"))
    root = bool(reply.get("forum_topic_created")) or (
        bool(obj.get("is_topic_message")) and number == obj.get("message_thread_id")
    )
    return Reference(number, _int(author.get("id")), is_topic_root=root)


def _external(obj: Json, chat_id: int | None) -> Reference | None:
    reply = _dict(obj.get("external_reply"))
    if not reply:
        return None
    other = _int(_dict(reply.get("chat")).get("id"))
    return Reference(
        _int(reply.get("message_id")) or 0, chat_id=other, is_same_chat=other == chat_id
    )


def _origin(obj: Json) -> Origin | None:
    origin = _dict(obj.get("forward_origin"))
    if not origin:
        return None
    kind = _str(origin.get("type"))
    user, chat = (
        _dict(origin.get("sender_user")),
        _dict(origin.get("sender_chat")) or _dict(origin.get("chat")),
    )
    if kind == OriginKind.USER and user.get("is_bot"):
        return Origin(OriginKind.BOT, _int(user.get("id")), _name(user))
    known = kind in set(OriginKind)
    named = _name(user) or _str(chat.get("title")) or _str(origin.get("sender_user_name"))
    return Origin(
        OriginKind(kind) if known else OriginKind.HIDDEN_USER,
        _int(user.get("id")) or _int(chat.get("id")),
        named,
    )


def _button_urls(obj: Json) -> Iterable[str]:
    for button in buttons_of(obj):
        for name in ("url", "login_url", "web_app"):
            value = button.get(name)
            url = value.get("url") if isinstance(value, dict) else value
            if isinstance(url, str):
                yield url


def _files(obj: Json) -> tuple[File, ...]:
    if obj.keys().isdisjoint(_FILES):
        return ()
    found = []
    for name in ("document", "audio", "video", "animation"):
        part = _dict(obj.get(name))
        if part.get("file_name") or (name == "document" and part):
            found.append(File(_str(part.get("file_name")), _str(part.get("mime_type"))))
    return tuple(found)


def _name(author: Json) -> str:
    full = f"{_str(author.get('first_name'))} {_str(author.get('last_name'))}".strip()
    return full or _str(author.get("title"))


def _instant(value: object) -> datetime | None:
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**40:
        return datetime.fromtimestamp(min(value, 253_402_300_799), tz=UTC)
    return None


def _dict(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _str(value: object) -> str:
    return value if isinstance(value, str) else ""


def _int(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
