"""`/stats`: the last seven days of moderation."""

from __future__ import annotations

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import Message

from community.actions import Action
from community.places import Places
from core.clock import Clock
from handlers.actor import Actor
from handlers.guard import may
from handlers.moderators.rights import tell
from moderation.stats import Week
from moderation.weekly import Weekly
from texts.markup import Markup
from texts.say import Texts


def router() -> Router:
    """Build the router."""
    routes = Router(name="moderators.figures")
    routes.message.register(on_stats, Command("stats"), may(Action.STATS_SEE))
    return routes


async def on_stats(
    message: Message,
    *,
    actor: Actor,
    weekly: Weekly,
    places: Places,
    clock: Clock,
    bot: Bot,
    texts: Texts,
) -> None:
    """Tell load, speed, reversals and the use of rules, at once."""
    home = await places.at(message.chat.id)
    figures, names = await weekly.look(home.chat, clock.now())
    words = stats_words(figures, names, actor.language, texts)
    await tell(message, bot, words, openly=message.chat.id != home.chat)


def stats_words(figures: Week, names: dict[int, str], language: str, texts: Texts) -> Markup:
    """Write a week's figures."""
    load = [
        texts.say(language, "case-weekly-moderator", name=names[number], count=count)
        for number, count in figures.load
    ]
    rules = [
        texts.say_by_name(
            language,
            "case-weekly-rule" if one.precision is not None else "case-weekly-rule-open",
            {
                "rule": texts.say_by_name(language, f"rule-{one.rule.replace('_', '-')}", {}),
                "cases": one.cases,
                "percent": round((one.precision or 0) * 100),
            },
        )
        for one in figures.rules
    ]
    if figures.median_minutes is None or figures.slowest_minutes is None:
        speed = texts.say(language, "case-weekly-no-speed")
    else:
        speed = texts.say(
            language,
            "case-weekly-speed",
            minutes=figures.median_minutes,
            slowest=figures.slowest_minutes,
        )
    return texts.say(
        language,
        "case-weekly",
        cases=figures.cases,
        decided=figures.decided,
        undone=figures.undone,
        waiting=figures.waiting,
        appeals=figures.appeals,
        upheld=figures.upheld,
        speed=speed,
        load=Markup("\n".join(load)),
        rules=Markup("\n".join(rules)),
    )
