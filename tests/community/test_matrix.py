"""Every role at every guarded command and button: let in exactly where the table of rights says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.dispatcher.event.bases import CancelHandler
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Chat, Message, User

from bot.routes import routers
from community.actions import GRANTS, OPEN_TO_ALL, Action, allowed
from core.ids import TelegramId
from core.roles import Role
from handlers.actor import Actor
from handlers.filters import Data
from handlers.guard import May

INSIDE = {Action.DUTY_MANAGE, *GRANTS.values()}
"""Rights asked further in: what is done to whom decides about them (`handlers.admins.duty`, `community.roles`)."""
PARENTS = (
    "again:ask", "ama:", "appeal:", "c:", "esc:rate:", "fs:", "home:", "item:", "kid:", "leave:", "men:", "menu:",
    "move:", "open:", "p:", "pause:", "progress:", "q:", "report:", "score:", "stop:", "survey:", "t:",
)  # fmt: skip
"""Beginnings of buttons that need no role: the use case behind each asks whose child, question or pair it is."""
STAFF_BUTTONS = (
    "ama:no:", "ama:run:", "ama:yes:", "case:", "duty:", "esc:answer:", "esc:ask:", "esc:close:", "esc:over:", "esc:take:",
    "join:", "pol:",
)  # fmt: skip
LINE_UPS = [frozenset[Role](), *(frozenset({role}) for role in Role)]


def handlers(router: Router) -> Iterator[tuple[str, str, list[Any]]]:
    """List handlers of a router and below as name, kind of event, filters."""
    for kind in ("message", "callback_query"):
        for handler in router.observers[kind].handlers:
            filters = [one.callback for one in handler.filters or []]
            yield f"{router.name}.{handler.callback.__name__}", kind, filters
    for child in router.sub_routers:
        yield from handlers(child)


EVERYTHING = [one for router in routers() for one in handlers(router)]
GUARDED = [
    (name, kind, filters[-1])
    for name, kind, filters in EVERYTHING
    if filters and isinstance(filters[-1], May)
]
OPEN = [one for one in EVERYTHING if not one[2] or not isinstance(one[2][-1], May)]


def prefixes(among: list[tuple[str, str, list[Any]]]) -> set[str]:
    return {
        prefix
        for _, _, filters in among
        for one in filters
        if isinstance(one, Data)
        for prefix in one.prefixes
    }


def event(kind: str) -> Message | CallbackQuery:
    user = User(id=7, is_bot=False, first_name="Вера")
    message = Message(
        message_id=1,
        date=datetime(2026, 11, 23, tzinfo=UTC),
        chat=Chat(id=-100, type="supergroup"),
        from_user=user,
        text="/x",
    )
    if kind == "message":
        return message
    return CallbackQuery(id="1", from_user=user, chat_instance="1", data="x", message=message)


async def lets_in(guard: May, kind: str, roles: frozenset[Role]) -> bool:
    actor = Actor(TelegramId(7), None, "ru", ZoneInfo("Europe/Moscow"), roles)
    try:
        return bool(await guard(event(kind), actor=actor))
    except CancelHandler:
        return False


async def test_each_role_enters_exactly_the_handlers_its_rights_open():
    """Role x action at the door of every guarded command and button, those without a role first."""
    wrong = [
        (name, sorted(roles))
        for name, kind, guard in GUARDED
        for roles in LINE_UPS
        if await lets_in(guard, kind, roles) is not allowed(guard.action, roles)
    ]
    assert wrong == []
    assert len(GUARDED) > 60


def test_every_right_of_the_table_is_asked_somewhere():
    asked = {guard.action for _, _, guard in GUARDED}
    assert set(Action) - asked - OPEN_TO_ALL == INSIDE


def test_a_button_without_a_guard_is_one_of_a_parents():
    """Deny by default: a new prefix is either guarded or written down here."""
    unguarded = prefixes(OPEN)
    assert {one for one in unguarded if not one.startswith(PARENTS)} == set()
    assert {one for one in unguarded if one.startswith(STAFF_BUTTONS)} == set()
    assert prefixes([one for one in EVERYTHING if one not in OPEN]) > set()


def test_no_command_of_the_staff_is_open():
    staff = {
        command
        for _, kind, filters in EVERYTHING
        if kind == "message" and filters and isinstance(filters[-1], May)
        for one in filters
        if isinstance(one, Command)
        for command in one.commands
    }
    open_ones = {
        command
        for _, kind, filters in OPEN
        if kind == "message"
        for one in filters
        if isinstance(one, Command)
        for command in one.commands
    }
    assert staff & open_ones <= {"ama", "rules"}, "the parent's own sides of /ama and /rules"
