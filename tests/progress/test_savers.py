"""The reminder that may save a streak: rare, on its own day, and looked at again when it leaves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.reading import packs
from core.effects import RowState
from delivery.planning import Planning
from delivery.streaks import StreakWriter
from scheduler.progress.facts import LearningFacts
from scheduler.progress.model import Lesson
from scheduler.savers import Savers

MOSCOW = ZoneInfo("Europe/Moscow")
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
LIBRARY = packs()
FACTS = LearningFacts(MOSCOW)
SCHOOL = {"school": "Опора", "lesson_url": "https://school.example/lesson"}
LAST_FREEZE_SPENT = (6, 5, 3, 1)
"""Days ago with a lesson: four kept, two frozen, none left."""


class Family:
    def __init__(self, town):
        self.town = town
        self.savers = Savers(town.units, Planning(town.gate), FACTS)
        writer = StreakWriter(lambda: LIBRARY, FACTS)
        self.worker = town.worker(
            makers={"streak": writer}, preparers={"streak": writer}, library=LIBRARY, school=SCHOOL
        )

    async def learns(self, *days_ago, hour="17:00", born="2019-05"):
        self.parent, self.vera = await self.town.parent()
        async with self.town.database.begin() as unit:
            self.child = await unit.people.add_child(self.parent, unit.now, name="Маша", born=born)
            schedule = {"days": [1, 2, 3, 4, 5, 6, 7], "time": hour}
            register = (0, "", schedule)
            await unit.learning.save_registers(
                {("child", self.child): {f"schedule:{MONDAY.isoformat()}": register}}
            )
        for days in days_ago:
            await self.lesson(MONDAY - timedelta(days=days))

    async def lesson(self, at):
        day = at.astimezone(MOSCOW).date().isoformat()
        number = int(at.timestamp())
        lesson = Lesson(number, self.child, "finish", at, day, "Europe/Moscow", "", 20)
        async with self.town.database.begin() as unit:
            await unit.learning.add_lessons([lesson])

    async def at(self, hour, minute=0):
        self.town.clock.advance_to(MONDAY.replace(hour=hour, minute=minute))
        await self.worker.drain(patience=0)

    async def row(self):
        return await self.town.row(f"streak:{self.parent}:{self.child}:2026-11-23")


@pytest.fixture
async def family(town):
    return Family(town)


async def test_it_comes_two_hours_after_the_usual_hour_when_the_streak_would_end(family):
    await family.learns(*LAST_FREEZE_SPENT)
    assert await family.savers.tick() == 1
    assert await family.savers.tick() == 0
    await family.at(15)
    assert family.town.seen(family.vera) == []
    await family.at(16)
    [text] = family.town.seen(family.vera)
    assert "Цепочка Маши выросла до 4 звеньев" in text


@pytest.mark.parametrize(
    ("case", "lessons"),
    [
        ("a freeze is left", (5, 4, 3, 1)),
        ("the lesson of the day is done", (*LAST_FREEZE_SPENT, 0)),
        ("too short to miss", (6, 3)),
        ("it ended already", (9, 8, 7, 3)),
        ("never a lesson", ()),
    ],
)
async def test_nobody_is_bothered_when_there_is_nothing_to_save(family, case, lessons):
    await family.learns(*lessons)
    assert await family.savers.tick() == 0, case


async def test_a_lesson_finished_between_planning_and_sending_cancels_it(family):
    """L62."""
    await family.learns(*LAST_FREEZE_SPENT)
    await family.savers.tick()
    await family.at(14)
    await family.lesson(family.town.clock.now())
    await family.at(16)
    assert family.town.seen(family.vera) == []
    assert (await family.row()).state is RowState.SUPPRESSED


async def test_one_that_would_fall_into_quiet_hours_comes_earlier_the_same_day(family):
    """L63."""
    await family.learns(*LAST_FREEZE_SPENT, hour="20:30")
    await family.savers.tick()
    row = await family.row()
    assert row.due.astimezone(MOSCOW).strftime("%d %H:%M") == "23 20:30"
    await family.at(17, 35)
    assert len(family.town.seen(family.vera)) == 1


async def test_without_personalisation_neither_name_nor_number_is_told(family):
    """L64."""
    await family.learns(*LAST_FREEZE_SPENT)
    await family.savers.tick()
    family.town.units.refused.add((family.parent, "personalisation"))
    await family.at(16)
    assert family.town.seen(family.vera) == []
    assert (await family.row()).reason == "consent.personalisation"


async def test_on_the_day_of_the_digest_the_digest_comes_alone(family):
    await family.learns(*LAST_FREEZE_SPENT)
    async with family.town.database.begin() as unit:
        await unit.people.change(family.parent, preferences={"digest_weekday": 0})
    assert await family.savers.tick() == 0
