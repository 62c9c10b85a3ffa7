"""Commands of moderators in groups: by reply, mention or id, with durations in words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import Message

from community.actions import Action
from community.places import Places
from core.errors import Refusal
from handlers.actor import Actor
from handlers.moderators.history import history_words
from handlers.moderators.rights import MayOrAnonymous, actor_id, tell
from moderation.commands import Order, read, replied_to
from moderation.manual import Place
from moderation.sanctions import Done, Sanctions
from texts.durations import in_words, parse
from texts.markup import Markup
from texts.say import Texts

RIGHTS = {
    "warn": Action.MEMBER_WARN,
    "mute": Action.MEMBER_MUTE,
    "ban": Action.MEMBER_BAN,
    "unban": Action.MEMBER_UNBAN,
    "unmute": Action.MEMBER_UNBAN,
    "note": Action.MEMBER_NOTE,
    "history": Action.MEMBER_HISTORY,
    "purge": Action.MESSAGES_PURGE,
}
MISUSED = frozenset({"moderation.no_target", "moderation.no_words", "input.duration"})
"""Refusals that are answered with help."""


def router() -> Router:
    """Build the router. A command to another bot is none of ours (M86)."""
    routes = Router(name="moderators.commands")
    for name, action in RIGHTS.items():
        routes.message.register(on_command, Command(name), MayOrAnonymous(action))
    return routes


async def on_command(
    message: Message,
    *,
    raw: Mapping[str, Any],
    actor: Actor,
    sanctions: Sanctions,
    places: Places,
    bot: Bot,
    texts: Texts,
) -> None:
    """Read the command, do it, tell who gave it; help when it is misused, and the command goes either way."""
    name = (message.text or "/").split()[0][1:].split("@")[0]
    home = await places.at(message.chat.id)
    inside = message.chat.id == home.chat
    topic = message.message_thread_id if inside and message.is_topic_message else None
    place = Place(
        home.chat, topic, message.message_id, actor_id(message, actor), given_in=message.chat.id
    )
    try:
        order = read(raw.get("message") or {}, parse, bot.id)
        words = await WORDS[name](Asked(place, order, raw, texts, actor, sanctions))
    except Refusal as refusal:
        await sanctions.misused(place)
        if refusal.code not in MISUSED:
            words = texts.refusal(actor.language, refusal.code, refusal.facts)
        else:
            words = texts.say_by_name(actor.language, f"command-help-{HELP.get(name, name)}", {})
    await tell(message, bot, words, openly=not inside)


class Asked:
    """A command at hand with what answering it takes."""

    def __init__(
        self,
        place: Place,
        order: Order,
        raw: Mapping[str, Any],
        texts: Texts,
        actor: Actor,
        sanctions: Sanctions,
    ) -> None:
        self.place, self.order, self.raw = place, order, raw
        self.texts, self.actor, self.sanctions = texts, actor, sanctions

    def say(self, key: str, done: Done, **facts: Any) -> Markup:
        """Say a result with the name it is about and how long it lasts."""
        language = self.actor.language
        if done.duration is not None:
            facts["duration"] = in_words(self.texts, language, done.duration, accusative=True)
        return self.texts.say_by_name(language, key, {"name": self.name, **facts})

    @property
    def name(self) -> str:
        """Say who the command is about."""
        target = self.order.target
        return target.name or target.username or str(target.user_id or f"№ {target.case_id}")


async def _warn(asked: Asked) -> Markup:
    return asked.say("command-warned", await asked.sanctions.warn(asked.place, asked.order))


async def _mute(asked: Asked) -> Markup:
    return asked.say("command-muted", await asked.sanctions.mute(asked.place, asked.order))


async def _ban(asked: Asked) -> Markup:
    done = await asked.sanctions.ban(asked.place, asked.order)
    if done.asked:
        return asked.say("command-ban-asked", done)
    return asked.say("command-banned-for" if done.duration else "command-banned", done)


async def _unban(asked: Asked) -> Markup:
    return asked.say("command-unbanned", await asked.sanctions.unban(asked.place, asked.order))


async def _note(asked: Asked) -> Markup:
    return asked.say("command-noted", await asked.sanctions.note(asked.place, asked.order))


async def _history(asked: Asked) -> Markup:
    found = await asked.sanctions.history(asked.place, asked.order)
    await asked.sanctions.misused(asked.place)
    return history_words(found, asked.name, asked.actor, asked.texts)


async def _purge(asked: Asked) -> Markup:
    first = replied_to(asked.raw.get("message") or {}, 0).message_id
    if first is None:
        raise Refusal("moderation.no_target")
    done = await asked.sanctions.purge(asked.place, first)
    key = "command-purged-left" if done.left else "command-purged"
    return asked.texts.say_by_name(
        asked.actor.language, key, {"count": done.count, "left": done.left}
    )


WORDS: Mapping[str, Callable[[Asked], Awaitable[Markup]]] = {
    "warn": _warn,
    "mute": _mute,
    "ban": _ban,
    "unban": _unban,
    "unmute": _unban,
    "note": _note,
    "history": _history,
    "purge": _purge,
}
HELP = {"unmute": "unban"}
"""Commands that share their help."""
