"""Commands about a chat: `/slow`, `/raid`, `/calm`, and the button that opens the gate."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from aiogram import Bot, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from community.actions import Action
from community.places import Places
from core.errors import Refusal
from handlers.actor import Actor
from handlers.filters import Data
from handlers.guard import may
from handlers.moderators.rights import MayOrAnonymous, actor_id, tell
from moderation.manual import Place
from moderation.policies import Policies
from moderation.raids import Raids
from moderation.sanctions import Sanctions
from texts.durations import in_words, parse
from texts.markup import Markup
from texts.say import Texts
from texts.templates import Template

OFF = frozenset({"off", "выкл", "стоп", "нет", "0"})
CHECKLIST = "calm-checklist"
RAID_TIME = timedelta(hours=1)
SLOW_KEY = "topic_policy.slow_seconds"
LONGEST_SLOW = 86_400


def router() -> Router:
    """Build the router."""
    routes = Router(name="moderators.chat")
    routes.message.register(on_slow, Command("slow"), MayOrAnonymous(Action.CHAT_SLOW))
    routes.message.register(on_raid, Command("raid"), MayOrAnonymous(Action.RAID_SWITCH))
    routes.message.register(on_calm, Command("calm"), MayOrAnonymous(Action.CASE_DECIDE))
    routes.callback_query.register(on_open, Data("raid:open:"), may(Action.RAID_SWITCH))
    return routes


async def on_slow(
    message: Message,
    *,
    command: CommandObject,
    actor: Actor,
    policies: Policies,
    places: Places,
    bot: Bot,
    texts: Texts,
) -> None:
    """Set the least time between two messages of one author in this topic: `/slow 30с`, `/slow off`."""
    home = await places.at(message.chat.id)
    topic = message.message_thread_id if message.is_topic_message else None
    words = (command.args or "").strip().lower()
    length = parse(words)
    if words not in OFF and length is None:
        await tell(message, bot, texts.say(actor.language, "command-help-slow"))
        return
    seconds = (
        0 if words in OFF or length is None else min(int(length.total_seconds()), LONGEST_SLOW)
    )
    author = actor_id(message, actor)
    await policies.change(home.chat, topic, SLOW_KEY, seconds or None, author)
    if not seconds:
        said = texts.say(actor.language, "command-slow-off")
    else:
        shown = in_words(texts, actor.language, timedelta(seconds=seconds), accusative=True)
        said = texts.say(actor.language, "command-slow", duration=shown)
    await tell(message, bot, said)


async def on_raid(
    message: Message,
    *,
    command: CommandObject,
    actor: Actor,
    raids: Raids,
    places: Places,
    bot: Bot,
    texts: Texts,
) -> None:
    """Close the gate for a time (an hour when none is said) or open it: `/raid 30м`, `/raid off`."""
    home = await places.at(message.chat.id)
    words = (command.args or "").strip().lower()
    if words in OFF:
        opened = await raids.open(home.chat, actor_id(message, actor))
        key = "command-raid-off" if opened else "command-raid-was-off"
        await tell(message, bot, texts.say_by_name(actor.language, key, {}))
        return
    length = parse(words) if words else RAID_TIME
    if length is None:
        await tell(message, bot, texts.say(actor.language, "command-help-raid"))
        return
    await raids.close(home.chat, actor_id(message, actor), length)
    shown = in_words(texts, actor.language, length, accusative=True)
    await tell(message, bot, texts.say(actor.language, "command-raid-on", duration=shown))


async def on_open(query: CallbackQuery, actor: Actor, raids: Raids, texts: Texts) -> None:
    """Open the gate from its card."""
    chat = (query.data or "").rsplit(":", 1)[-1]
    await raids.open(int(chat), actor.telegram_id)
    await query.answer(texts.plain(actor.language, "done-alert"))
    if isinstance(query.message, Message):
        await query.message.edit_reply_markup(reply_markup=None)


async def on_calm(
    message: Message,
    *,
    command: CommandObject,
    actor: Actor,
    sanctions: Sanctions,
    places: Places,
    calm: Mapping[tuple[str, str], Template],
    bot: Bot,
    texts: Texts,
) -> None:
    """Show the checklist and the ready words; say one of them: `/calm calm-private name=Вера; topic=Общение`.

    Refused: `template.unfilled` while a place is empty (M101).
    """
    language = actor.language
    mine = {name: one for (lang, name), one in calm.items() if lang == language}
    mine = mine or {name: one for (lang, name), one in calm.items() if lang == "ru"}
    name, _, given = (command.args or "").strip().partition(" ")
    template = mine.get(name)
    if template is None or template.steps:
        lines = [mine[CHECKLIST].fill({}) if CHECKLIST in mine else ""]
        lines.append(texts.say(language, "command-calm"))
        lines += [
            texts.say(language, "command-calm-line", id=one.id, title=one.title)
            for one in mine.values()
            if not one.steps
        ]
        await tell(message, bot, Markup("\n".join(lines)))
        return
    facts = _facts(given)
    replied = message.reply_to_message
    if replied is not None and replied.from_user is not None and not replied.forum_topic_created:
        facts.setdefault("name", replied.from_user.first_name)
    if empty := template.missing(facts):
        raise Refusal("template.unfilled", names=", ".join(empty))
    home = await places.at(message.chat.id)
    topic = message.message_thread_id if message.is_topic_message else None
    author = actor_id(message, actor)
    place = Place(home.chat, topic, message.message_id, author, given_in=message.chat.id)
    reply_to = replied.message_id if replied is not None and "name" in facts else None
    await sanctions.say(place, template.fill(facts), reply_to)


def _facts(words: str) -> dict[str, str]:
    """Read `place=words; place=words`."""
    pairs = (part.partition("=") for part in words.split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs if value.strip()}
