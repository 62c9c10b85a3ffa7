"""The filter on privileged handlers: denies by default, answers, logs ids only."""

from __future__ import annotations

import importlib
import pkgutil
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import Chat, Message, User

import handlers.admins
from community.actions import Action
from core.ids import TelegramId
from core.roles import Role
from handlers.actor import Actor
from handlers.guard import may, unguarded

PRIVILEGED = ("handlers.admins", "handlers.experts", "handlers.mentors", "handlers.moderators")


def actor(*roles: Role) -> Actor:
    return Actor(TelegramId(7), None, "ru", ZoneInfo("Europe/Moscow"), frozenset(roles))


def message(text: str = "/ban") -> Message:
    return Message(
        message_id=1,
        date=datetime(2026, 11, 23, tzinfo=UTC),
        chat=Chat(id=7, type="private"),
        from_user=User(id=7, is_bot=False, first_name="Вера"),
        text=text,
    )


@pytest.mark.parametrize(
    ("case", "who", "passes"),
    [
        ("nobody known", None, False),
        ("a parent", actor(), False),
        ("a mentor", actor(Role.MENTOR), False),
        ("a moderator", actor(Role.MODERATOR), True),
        ("a mentor who moderates", actor(Role.MENTOR, Role.MODERATOR), True),
    ],
)
async def test_only_those_with_the_right_pass(case, who, passes):
    assert await may(Action.MEMBER_BAN)(message(), actor=who) is passes


async def test_a_denial_logs_the_action_and_the_id_but_not_the_words(caplog):
    caplog.set_level("INFO")
    await may(Action.MEMBER_BAN)(message("/ban секретные слова"), actor=actor())
    [record] = [r for r in caplog.records if r.name == "handlers.guard"]
    assert (record.action, record.telegram_id) == ("member.ban", 7)
    assert "секретные" not in str(record.__dict__)


async def on_ban(message: Message) -> None:
    """Stand for a privileged handler."""


def test_a_router_with_an_open_handler_is_found_out():
    closed, opened, early = Router(name="a"), Router(name="b"), Router(name="c")
    closed.message.register(on_ban, Command("ban"), may(Action.MEMBER_BAN))
    opened.message.register(on_ban, Command("ban"))
    early.callback_query.register(on_ban, may(Action.MEMBER_BAN), F.data == "ban")
    closed.include_routers(opened, early)
    assert unguarded(closed) == ["b.message.on_ban", "c.callback_query.on_ban"]


def privileged_modules() -> list[str]:
    found = []
    for package_name in PRIVILEGED:
        try:
            package = importlib.import_module(package_name)
        except ModuleNotFoundError:
            continue
        found += [
            f"{package_name}.{module.name}" for module in pkgutil.iter_modules(package.__path__)
        ]
    return found


def test_the_privileged_packages_are_seen():
    assert handlers.admins.__name__ + ".roles" in privileged_modules()


@pytest.mark.parametrize("name", privileged_modules())
def test_every_handler_of_a_privileged_module_asks_for_a_right(name):
    factory = getattr(importlib.import_module(name), "router", None)
    if factory is not None:
        assert unguarded(factory()) == []
