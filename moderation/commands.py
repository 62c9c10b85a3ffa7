"""Reading a moderator's command: whom, how long, why. Pure; the words of a duration are read by the caller's parser."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import orjson

from core.errors import Refusal
from moderation.raw import author_of

Parse = Callable[[str], timedelta | None]
"""Reads `2ч`, `3 дня`, `1 час 30 минут`; None when the words are no duration."""
LONGEST_DURATION = 5
"""Words looked at for a duration."""
LONGEST_REASON = 300
ANONYMOUS = 1_087_968_824
"""Telegram's placeholder behind anonymous administrators."""
_CASE = re.compile(r"^(?:appeal|case(?::[a-z]+)*):(\d+)$")


@dataclass(frozen=True, slots=True)
class Target:
    """Whom a command is about: a user, a channel (id below zero), a name to be found, or the subject of a case."""

    user_id: int | None = None
    username: str = ""
    case_id: int | None = None
    message_id: int | None = None
    name: str = ""
    body: bytes | None = None
    """Raw JSON of the message replied to: the evidence of what was decided by hand."""

    @property
    def is_known(self) -> bool:
        return bool(self.user_id or self.username or self.case_id)


@dataclass(frozen=True, slots=True)
class Order:
    """A command as read. `reason` is what was left of its words."""

    target: Target
    duration: timedelta | None = None
    reason: str = ""


def read(message: Mapping[str, Any], parse: Parse, own_bot: int) -> Order:
    """Read a command message (raw JSON): by reply, mention or id.

    Telegram's implicit reply to the opening of a topic is no reply (M60); a reply to a notice or card of the bot
    itself is about the subject of its case (M87).
    """
    words = str(message.get("text") or "").split()[1:]
    target = replied_to(message, own_bot)
    if not target.is_known:
        target, words = _named(message, words)
    duration, words = _duration(words, parse)
    return Order(target, duration, " ".join(words)[:LONGEST_REASON])


def replied_to(message: Mapping[str, Any], own_bot: int) -> Target:
    """Tell whom the message replied to is by; nobody when it replies to nothing of a person's."""
    reply = message.get("reply_to_message") or {}
    if not reply or reply.get("forum_topic_created") or _is_root(message, reply):
        return Target()
    _, author = author_of(reply)
    number = author.get("id")
    if number == own_bot:
        return Target(case_id=_case_of(reply))
    name = str(author.get("first_name") or author.get("title") or "")
    message_id = reply.get("message_id")
    return Target(user_id=number, message_id=message_id, name=name, body=orjson.dumps(reply))


def need(target: Target) -> Target:
    """Refuse a command about nobody: `moderation.no_target`."""
    if not target.is_known:
        raise Refusal("moderation.no_target")
    return target


def _is_root(message: Mapping[str, Any], reply: Mapping[str, Any]) -> bool:
    thread = message.get("message_thread_id")
    return bool(message.get("is_topic_message")) and reply.get("message_id") == thread


def _case_of(reply: Mapping[str, Any]) -> int | None:
    rows = (reply.get("reply_markup") or {}).get("inline_keyboard") or []
    for row in rows:
        for button in row:
            if found := _CASE.match(str(button.get("callback_data") or "")):
                return int(found[1])
    return None


def _named(message: Mapping[str, Any], words: list[str]) -> tuple[Target, list[str]]:
    for entity in message.get("entities") or ():
        user = entity.get("user") or {}
        if entity.get("type") == "text_mention" and user.get("id"):
            text = str(message.get("text") or "").encode("utf-16-le")
            start, size = entity["offset"] * 2, entity["length"] * 2
            shown = text[start : start + size].decode("utf-16-le").split()
            rest = [word for word in words if word not in shown]
            return Target(user_id=user["id"], name=str(user.get("first_name", ""))), rest
    for place, word in enumerate(words):
        rest = words[:place] + words[place + 1 :]
        if re.fullmatch(r"@\w{4,32}", word):
            return Target(username=word[1:]), rest
        if place == 0 and re.fullmatch(r"-?\d{5,16}", word):
            return Target(user_id=int(word)), rest
    return Target(), words


def _duration(words: list[str], parse: Parse) -> tuple[timedelta | None, list[str]]:
    """Take the longest beginning that reads as a duration."""
    for count in range(min(len(words), LONGEST_DURATION), 0, -1):
        found = parse(" ".join(words[:count]))
        if found is not None:
            return found, words[count:]
    return None, words
