"""Lesson days a parent chooses in the bot: said like a schedule of the platform, so that streaks go by them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from core.errors import Refusal
from core.ids import ChildId, PersonId
from core.people import Child
from scheduler.progress.fold import SCHEDULE, join, schedules
from scheduler.progress.model import Registers
from scheduler.progress.ports import Subject

SOURCE = "bot"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WEEK = range(1, 8)
_DAY = range(24)


class Learning(Protocol):
    """What was folded from events."""

    async def registers(self, subjects: Collection[Subject]) -> dict[Subject, Registers]: ...

    async def save_registers(self, registers: Mapping[Subject, Registers]) -> None: ...


class People(Protocol):
    """Whose children they are."""

    async def children_of(self, person: PersonId) -> list[Child]: ...


class Unit(Protocol):
    """One transaction, or a look."""

    @property
    def now(self) -> datetime: ...

    @property
    def learning(self) -> Learning: ...

    @property
    def people(self) -> People: ...


class Units(Protocol):
    """Opens transactions and looks."""

    def begin(self) -> AbstractAsyncContextManager[Unit]: ...

    def reading(self) -> AbstractAsyncContextManager[Unit]: ...


@dataclass(frozen=True, slots=True)
class LessonDays:
    """Reads and sets ISO weekdays and the local hour of lessons of one child."""

    units: Units

    async def of(self, child: ChildId) -> frozenset[int]:
        """Tell the weekdays in force; none when nobody said any."""
        async with self.units.reading() as unit:
            known = await unit.learning.registers([("child", child)])
        told = schedules(known.get(("child", child), {}))
        return frozenset(int(day) for day in told[-1][1].get("days", ())) if told else frozenset()

    async def choose(
        self, person: PersonId, child: ChildId, days: Collection[int], hour: int
    ) -> None:
        """Keep weekdays and hour; what the platform says later counts again.

        Refuses `child.not_yours`, and `button.stale` for what is no weekday or hour.
        """
        if not days or not set(days) <= set(_WEEK) or hour not in _DAY:
            raise Refusal("button.stale")
        async with self.units.begin() as unit:
            if child not in {one.id for one in await unit.people.children_of(person)}:
                raise Refusal("child.not_yours")
            subject: Subject = ("child", child)
            known = (await unit.learning.registers([subject])).get(subject, {})
            stamp = (unit.now - _EPOCH) // timedelta(microseconds=1)
            schedule = {"days": sorted(set(days)), "time": f"{hour:02}:00"}
            said = {SCHEDULE + unit.now.isoformat(): (stamp, SOURCE, schedule)}
            await unit.learning.save_registers({subject: join(known, said)})
