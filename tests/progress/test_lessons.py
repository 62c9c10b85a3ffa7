"""The reminder of a lesson: half an hour before the hour a parent chose, and looked at again when it leaves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.reading import packs
from consent.purposes import Purpose
from core.effects import RowState
from delivery.lessons import LessonWriter
from delivery.planning import Planning
from scheduler.lessons import LessonReminders
from scheduler.progress.facts import LearningFacts
from scheduler.progress.lesson_days import LessonDays
from scheduler.progress.model import Lesson

MOSCOW = ZoneInfo("Europe/Moscow")
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
LIBRARY = packs()
FACTS = LearningFacts(MOSCOW)
SCHOOL = {"school": "Опора", "lesson_url": "https://school.example/lesson"}


class Family:
    def __init__(self, town):
        self.town = town
        self.reminders = LessonReminders(town.units, Planning(town.gate), MOSCOW)
        writer = LessonWriter(lambda: LIBRARY, FACTS)
        self.worker = town.worker(
            makers={"lesson": writer}, preparers={"lesson": writer}, library=LIBRARY, school=SCHOOL
        )

    async def child(self, born="2019-05", name="Маша"):
        if not hasattr(self, "parent"):
            self.parent, self.vera = await self.town.parent()
        async with self.town.database.begin() as unit:
            return await unit.people.add_child(self.parent, unit.now, name=name, born=born)

    async def chooses(self, child, hour=17):
        await LessonDays(self.town.database).choose(self.parent, child, {1}, hour)

    async def says(self, answer, child):
        async with self.town.database.begin() as unit:
            await unit.facts.keep(self.parent, child, "reminders", answer)

    async def seen_at(self, hour, minute):
        """Let the hours pass as the bot does, then look at 12 + 3 = 15 Moscow time and so on."""
        wanted = MONDAY.replace(hour=hour - 3, minute=minute)
        while self.town.clock.now() < wanted:
            await self.reminders.tick()
            step = min(wanted, self.town.clock.now() + timedelta(minutes=20))
            self.town.clock.advance_to(step)
            await self.worker.drain(patience=0)
        return self.town.seen(self.vera)

    async def row(self, at="20261123T1400"):
        return await self.town.row(f"lesson:{self.parent}:{at}")


@pytest.fixture
async def family(town):
    return Family(town)


@pytest.mark.parametrize(
    ("born", "words"),
    [
        ("2019-05", "В 17:00 у Маши занятие. Как раз хватит времени"),
        ("2012-05", "Занятие сегодня в 17:00. Напоминать вслух не обязательно"),
        (None, "Через полчаса занятие, в 17:00."),
    ],
)
async def test_it_comes_half_an_hour_before_the_hour_the_parent_chose(family, born, words):
    child = await family.child(born=born)
    await family.chooses(child)
    assert await family.seen_at(16, 20) == []
    [text] = await family.seen_at(16, 40)
    assert text.startswith(words)
    assert len(await family.seen_at(17, 30)) == 1


async def test_without_consent_to_personalisation_no_name_is_in_it(family):
    """L64 L101."""
    child = await family.child()
    await family.chooses(child)
    family.town.units.refused.add((family.parent, Purpose.PERSONALISATION.value))
    [text] = await family.seen_at(16, 40)
    assert text.startswith("Через полчаса занятие, в 17:00.")


async def test_two_children_at_one_hour_are_one_message(family):
    """L28."""
    for name in ("Маша", "Лев"):
        await family.chooses(await family.child(name=name))
    [text] = await family.seen_at(16, 40)
    assert text.startswith("Через полчаса занятие, в 17:00.")


@pytest.mark.parametrize(
    ("case", "answer", "comes"),
    [("L83 said no", "off", False), ("said yes", "on", True), ("said nothing", None, False)],
)
async def test_the_platforms_schedule_reminds_only_those_who_asked(family, case, answer, comes):
    child = await family.child()
    schedule = {"days": [1], "time": "17:00"}
    async with family.town.database.begin() as unit:
        register = {f"schedule:{MONDAY.isoformat()}": (0, "lms", schedule)}
        await unit.learning.save_registers({("child", child): register})
    if answer is not None:
        await family.says(answer, child)
    assert bool(await family.seen_at(16, 40)) == comes, case


@pytest.mark.parametrize("what", ["L62 done", "L14 moved", "L83 switched off"])
async def test_what_changed_after_planning_is_seen_when_it_leaves(family, what):
    child = await family.child()
    await family.chooses(child)
    await family.seen_at(16, 20)
    assert (await family.row()).state is RowState.PLANNED
    if what == "L62 done":
        at = family.town.clock.now()
        lesson = Lesson(1, child, "finish", at, "2026-11-23", "Europe/Moscow", "", 20)
        async with family.town.database.begin() as unit:
            await unit.learning.add_lessons([lesson])
    elif what == "L14 moved":
        await family.chooses(child, hour=19)
    else:
        await family.says("off", child)
    assert await family.seen_at(16, 59) == []
    assert (await family.row()).state is RowState.SUPPRESSED
    assert bool(await family.seen_at(18, 40)) == (what == "L14 moved")


async def test_after_a_stop_of_the_bot_over_the_lesson_nothing_is_made_up_for(family):
    """L14 L17."""
    child = await family.child()
    await family.chooses(child)
    await family.seen_at(16, 20)
    family.town.clock.advance_to(MONDAY.replace(hour=14, minute=5))
    await family.worker.drain(patience=0)
    assert family.town.seen(family.vera) == []
    assert (await family.row()).state is RowState.EXPIRED
