"""What happens to members whoever does it: sanctions by hand, returns, surges, the bot's own standing, a move."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Protocol

from aiogram import Bot, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.types import (
    ChatMemberBanned,
    ChatMemberRestricted,
    ChatMemberUpdated,
    Message,
    MessageReactionUpdated,
)

from core.clock import Clock
from handlers.filters import Group, Has
from moderation.executor import Executor, Standing
from moderation.raids import Raids

PRESENT = frozenset({"creator", "administrator", "member"})


class Cache(Protocol):
    """A cache of one chat's facts."""

    def forget(self, chat_id: int) -> None: ...


class Places(Protocol):
    """The cache of communities."""

    async def load_communities(self) -> None: ...


def router() -> Router:
    """Build the router; its handlers only take note, every update goes on to the others."""
    routes = Router(name="groups.members")
    routes.chat_member.register(on_member, Group())
    routes.my_chat_member.register(on_bot, Group())
    routes.message_reaction.register(on_reaction, Group())
    routes.message.register(on_move, Has("migrate_to_chat_id"))
    routes.message.register(on_moved, Has("migrate_from_chat_id"))
    return routes


async def on_member(
    event: ChatMemberUpdated,
    executor: Executor,
    raids: Raids,
    admins: Cache,
    bot: Bot,
    clock: Clock,
) -> None:
    """Take note of a member's change and let the others see it."""
    admins.forget(event.chat.id)
    standing = standing_of(event)
    await executor.changed(event.chat.id, standing)
    by_hand = event.from_user.id not in {bot.id, standing.user_id}
    if standing.came_in and not by_hand and not event.new_chat_member.user.is_bot:
        await raids.joined(event.chat.id, standing.user_id, clock.now())
    raise SkipHandler


def standing_of(event: ChatMemberUpdated) -> Standing:
    """Read a change of standing."""
    old, new = event.old_chat_member, event.new_chat_member
    until = getattr(new, "until_date", None)
    return Standing(
        user_id=new.user.id,
        status=new.status,
        by=event.from_user.id,
        at=event.date,
        until=_instant(until),
        silenced=_silenced(new),
        was_held=isinstance(old, ChatMemberBanned) or _silenced(old),
        came_in=not _present(old) and _present(new),
    )


def _instant(until: object) -> datetime | None:
    """Read an end; Telegram writes for ever as 0."""
    if isinstance(until, datetime) and until.timestamp() > 0:
        return until.astimezone(UTC)
    return None


def _silenced(member: object) -> bool:
    return isinstance(member, ChatMemberRestricted) and not member.can_send_messages


def _present(member: Any) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status in PRESENT


async def on_bot(event: ChatMemberUpdated, executor: Executor, admins: Cache) -> None:
    """Follow the bot's own standing."""
    admins.forget(event.chat.id)
    away = event.new_chat_member.status in {"left", "kicked"}
    await executor.bot_changed(event.chat.id, is_in=not away)
    raise SkipHandler


async def on_reaction(event: MessageReactionUpdated, raids: Raids, clock: Clock) -> None:
    """Count a person's reactions; taking one back is none. Anonymous ones name nobody."""
    if event.user is not None and len(event.new_reaction) > len(event.old_reaction):
        await raids.reacted(event.chat.id, event.user.id, clock.now())
    raise SkipHandler


async def on_move(message: Message, executor: Executor, directory: Places) -> None:
    """Follow the chat to its new id, from the old side."""
    if message.migrate_to_chat_id is not None:
        await _moved(message.chat.id, message.migrate_to_chat_id, executor, directory)
    raise SkipHandler


async def on_moved(message: Message, executor: Executor, directory: Places) -> None:
    """Follow the chat to its new id, from the new side."""
    if message.migrate_from_chat_id is not None:
        await _moved(message.migrate_from_chat_id, message.chat.id, executor, directory)
    raise SkipHandler


async def _moved(old: int, new: int, executor: Executor, directory: Places) -> None:
    await executor.migrated(old, new)
    await directory.load_communities()
