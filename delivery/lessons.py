"""Write the reminder of a lesson, if there is still something to remind of when it is claimed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from core.cohorts import Tone, cohort_of, tone_of
from core.ids import ChildId
from core.localtime import local_day
from core.outgoing import OutboxRow
from delivery.render import Audience, ChildFacts, NothingToSay, Renderer, Words
from delivery.streaks import Records
from scheduler.journeys.model import NO_CHILD
from scheduler.lessons import ANSWER, KIND, Schedule, wanted
from texts.packs import Library

__all__ = ["KIND", "LessonWriter"]
_ITEMS = {Tone.HABIT: "reminder-lesson-young", Tone.AUTONOMY: "reminder-lesson-teen"}
_ANY = "reminder-lesson-any"


@dataclass(frozen=True, slots=True)
class LessonWriter:
    """`prepare` chooses the item in the claiming transaction; a row it did not turn into one has nothing to say."""

    library: Callable[[], Library]
    records: Records

    async def prepare(self, unit: Any, row: OutboxRow, audience: Audience) -> OutboxRow:
        """Look again: a lesson done already (L62), moved, or reminders switched off end it."""
        begins = datetime.fromisoformat(row.content.partition(":")[2])
        left = await self._left(unit, row, begins, audience)
        if not left:
            return row
        day = local_day(begins, audience.zone)
        child = left[0] if len(left) == 1 else None
        born = audience.children.get(child or 0, ChildFacts()).born
        tone = tone_of(cohort_of(born, day)) if child and not audience.generic else Tone.NEUTRAL
        item = self.library().item(_ITEMS.get(tone, _ANY), lang=audience.language)
        hour = begins.astimezone(audience.zone).strftime("%H:%M")
        return replace(row, content=f"item:{item.ref}", child=child, facts={"lesson_hour": hour})

    async def _left(
        self, unit: Any, row: OutboxRow, begins: datetime, audience: Audience
    ) -> list[ChildId]:
        """List the children whose lesson is still to come at this instant."""
        mine = {one.id for one in await unit.people.children_of(row.person)}
        children = [ChildId(one) for one in row.facts.get("children", ()) if one in mine]
        records = await self.records.records(unit, children)
        said = await unit.facts.of(row.person)
        day = local_day(begins, audience.zone)
        left = []
        for child in children:
            schedule = Schedule.of(records[child].registers)
            if schedule is None or schedule.on(day, audience.zone) != begins:
                continue
            done = any(one.day == day.isoformat() for one in records[child].finished)
            answer = said.get((child, ANSWER)) or said.get((NO_CHILD, ANSWER))
            if not done and wanted(schedule, answer):
                left.append(child)
        return left

    def __call__(self, row: OutboxRow, audience: Audience, renderer: Renderer) -> Words:  # noqa: ARG002 - the protocol's
        """Say nothing. Raises NothingToSay."""
        raise NothingToSay
