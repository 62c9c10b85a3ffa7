"""A bot at work, and noon in Moscow."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.app import running
from bot.demo.stage import settings_for
from core.clock import SystemClock
from emulator.session import EmulatorSession
from tests.bot.house import Place, at_work
from tests.home.family import Parent

MOSCOW = ZoneInfo("Europe/Moscow")


def to_noon(place: Place) -> None:
    """Move on to the next noon in Moscow: outside quiet hours, whenever the tests run."""
    now = place.house.clock.now().astimezone(MOSCOW)
    noon = now.replace(hour=12, minute=0, second=0, microsecond=0)
    noon += timedelta(days=0 if noon > now else 1)
    place.emulator.clock.advance((noon - now).total_seconds())


@asynccontextmanager
async def at_work_again(before: Place, folder: Path) -> AsyncIterator[Place]:
    """Start the bot again in the world it was stopped in."""
    session = EmulatorSession(before.emulator)
    clock = before.house.clock
    assert isinstance(clock, SystemClock)
    async with running(settings_for(folder, listen_port=0), session, clock) as at:
        yield replace(before, house=at.house)


@pytest.fixture
async def place(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Place]:
    async with at_work(sqlite_template, tmp_path, listen_port=0) as at:
        to_noon(at)
        yield at


@pytest.fixture
def parent(place: Place) -> Parent:
    return Parent(place, place.town.person("Вера", user_id=5001, language_code="ru"))


def local(instant: datetime, zone: str = "Europe/Moscow") -> datetime:
    return instant.astimezone(ZoneInfo(zone))
