"""`/rules` for parents: the rules of the community, shown to who asks."""

from __future__ import annotations

from collections.abc import Mapping

from aiogram import Bot, Router
from aiogram.filters import Command, Filter
from aiogram.types import Message
from typing_extensions import override

from community.actions import Action, allowed
from handlers.actor import Actor
from handlers.moderators.rights import tell
from texts.markup import Markup


class IsParent(Filter):
    """Somebody who has no numbers to set."""

    @override
    async def __call__(self, message: Message, actor: Actor | None = None) -> bool:
        return actor is None or not allowed(Action.POLICY_SEE, actor.roles)


def router() -> Router:
    """Build the router; it stands before the one of staff."""
    routes = Router(name="groups.rules_text")
    routes.message.register(on_rules, Command("rules"), IsParent())
    return routes


async def on_rules(message: Message, actor: Actor, rules_text: Mapping[str, str], bot: Bot) -> None:
    """Show the rules in the asker's language."""
    words = rules_text.get(actor.language) or next(iter(rules_text.values()), "")
    if words:
        await tell(message, bot, Markup(words))
