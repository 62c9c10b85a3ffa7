"""Events of the platform, and what was folded from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.ids import ChildId, PersonId
from scheduler.progress.model import Lesson, PlatformEvent, Registers, State, Whom
from storage.contacts import Contacts
from storage.learning_identities import LearningIdentities
from storage.seal import Seal
from storage.tables.learning import (
    learning_amnesties,
    learning_lessons,
    learning_states,
    platform_events,
)
from storage.tables.people import children, guardians, people

Subject = tuple[str, int]
_OPEN = platform_events.c.state == sa.literal_column("'received'")
WAITING = (State.PARKED.value, State.RECEIVED.value)


class Learning:
    """One repository over the tables of learning."""

    def __init__(self, connection: AsyncConnection, now: datetime, seal: Seal) -> None:
        self._connection = connection
        self._now = now
        self._seal = seal
        self._insert = (
            postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        )
        self._identities = LearningIdentities(connection, now, seal)

    async def pending(self, limit: int) -> list[PlatformEvent]:
        """Lock and list events nobody took yet, in the order they came."""
        query = (
            sa.select(platform_events)
            .where(_OPEN, platform_events.c.attempts >= 0)
            .order_by(platform_events.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        rows = (await self._connection.execute(query)).mappings()
        return [event_of(row, self._seal) for row in rows]

    async def whom(self, events: Sequence[PlatformEvent]) -> dict[int, Whom]:
        """Tell whom each event is about, by the identities known."""
        return await self._identities.whom(events)

    async def known(
        self, source: str, refs: Collection[str]
    ) -> dict[str, tuple[PersonId | None, ChildId | None]]:
        """Look identities of one source up."""
        found = await self._identities.known({(source, ref) for ref in refs})
        return {ref: ids for (_, ref), ids in found.items()}

    async def identify(
        self,
        source: str,
        ref: str,
        *,
        person: PersonId | None = None,
        child: ChildId | None = None,
    ) -> None:
        """Bind an id of the platform; what waited for it is taken at the next look."""
        await self._identities.bind(source, ref, person, child)

    def blind(self, external: str) -> str:
        return self._seal.blind(external)

    async def only_child(self, person: PersonId) -> ChildId | None:
        """Find the one child of a person; None when there are none or several."""
        found = (await self.wards([person])).get(person, [])
        return found[0] if len(found) == 1 else None

    async def keep_contact(self, person: PersonId, kind: str, value: str) -> None:
        """Keep a contact in its normal form, sealed."""
        await Contacts(self._connection, self._seal).keep(person, kind, value, self._now)

    async def lend_zone(self, person: PersonId, zone: str) -> None:
        """Set a person's zone unless they chose one."""
        await self._connection.execute(
            sa.update(people)
            .where(people.c.id == person, people.c.zone.is_(None))
            .values(zone=zone)
        )

    async def settle(self, state: State, events: Collection[int], error: str | None = None) -> None:
        """Set the state of events; those held back lose what they held."""
        if not events:
            return
        values: dict[str, Any] = {"state": state.value, "error": error}
        if state is State.WITHHELD:
            values |= {"facts": {}, "sealed": None, "user_ref": None, "learner_ref": None}
        await self._connection.execute(
            sa.update(platform_events).where(platform_events.c.id.in_(list(events))).values(values)
        )

    async def attach(self, whom: Mapping[int, Whom]) -> None:
        """Note whom events were about; they are applied and keep nothing sealed."""
        if not whom:
            return
        statement = (
            sa.update(platform_events)
            .where(platform_events.c.id == sa.bindparam("event"))
            .values(
                person_id=sa.bindparam("person"),
                child_id=sa.bindparam("child"),
                state=State.APPLIED.value,
                error=None,
                sealed=None,
            )
        )
        rows = [
            {"event": event, "person": found.person, "child": found.child}
            for event, found in whom.items()
        ]
        await self._connection.execute(statement, rows)

    async def tried(self, event: int, error: str, most: int) -> None:
        """Count a failed attempt; after `most` of them the event has failed."""
        tries = platform_events.c.attempts + 1
        await self._connection.execute(
            sa.update(platform_events)
            .where(platform_events.c.id == event)
            .values(
                attempts=tries,
                error=f"take.{error}"[:80],
                state=sa.case((tries >= most, State.FAILED.value), else_=platform_events.c.state),
            )
        )

    async def expire(self, before: datetime) -> int:
        """Empty parked events received before an instant."""
        done = await self._connection.execute(
            sa.update(platform_events)
            .where(
                platform_events.c.state == State.PARKED.value,
                platform_events.c.received_at < before,
            )
            .values(
                state=State.EXPIRED.value, facts={}, sealed=None, user_ref=None, learner_ref=None
            )
        )
        return int(done.rowcount)

    async def registers(self, subjects: Collection[Subject]) -> dict[Subject, Registers]:
        """Read registers of children and people."""
        found: dict[Subject, Registers] = {}
        for kind in {kind for kind, _ in subjects}:
            keys = [key for other, key in subjects if other == kind]
            query = sa.select(learning_states.c.subject_id, learning_states.c.registers).where(
                learning_states.c.kind == kind, learning_states.c.subject_id.in_(keys)
            )
            for key, registers in (await self._connection.execute(query)).all():
                found[kind, key] = {name: tuple(one) for name, one in registers.items()}
        return found

    async def save_registers(self, registers: Mapping[Subject, Registers]) -> None:
        """Write registers."""
        rows = [
            {
                "kind": kind,
                "subject_id": key,
                f"{kind}_id": key,
                ("person_id" if kind == "child" else "child_id"): None,
                "registers": {name: list(one) for name, one in known.items()},
            }
            for (kind, key), known in registers.items()
        ]
        if not rows:
            return
        insert = self._insert(learning_states)
        await self._connection.execute(
            insert.on_conflict_do_update(
                index_elements=["kind", "subject_id"],
                set_={"registers": insert.excluded.registers},
            ),
            rows,
        )

    async def add_lessons(self, lessons: Sequence[Lesson]) -> None:
        """Keep lessons; one that is there stays as it is."""
        rows = [
            {
                "event_id": one.event,
                "child_id": one.child,
                "kind": one.kind,
                "at": one.at,
                "day": one.day,
                "zone": one.zone,
                "lesson": one.lesson[:190],
                "minutes": one.minutes,
            }
            for one in lessons
        ]
        if rows:
            await self._connection.execute(
                self._insert(learning_lessons).on_conflict_do_nothing(), rows
            )

    async def lessons(self, wanted: Collection[ChildId]) -> dict[ChildId, list[Lesson]]:
        """Read the lessons of children, in order."""
        query = (
            sa.select(learning_lessons)
            .where(learning_lessons.c.child_id.in_(list(wanted)))
            .order_by(learning_lessons.c.at, learning_lessons.c.event_id)
        )
        found: dict[ChildId, list[Lesson]] = defaultdict(list)
        for row in (await self._connection.execute(query)).all():
            child = ChildId(row.child_id)
            found[child].append(
                Lesson(
                    event=row.event_id,
                    child=child,
                    kind=row.kind,
                    at=row.at,
                    day=row.day,
                    zone=row.zone,
                    lesson=row.lesson,
                    minutes=row.minutes,
                )
            )
        return found

    async def wards(self, persons: Collection[PersonId]) -> dict[PersonId, list[ChildId]]:
        """List the children of people, in the order they were added."""
        query = (
            sa.select(guardians.c.person_id, guardians.c.child_id)
            .join(children, children.c.id == guardians.c.child_id)
            .where(
                guardians.c.person_id.in_(list(persons)),
                guardians.c.until.is_(None),
                children.c.erased_at.is_(None),
            )
            .order_by(guardians.c.child_id)
        )
        found: dict[PersonId, list[ChildId]] = defaultdict(list)
        for person, child in (await self._connection.execute(query)).all():
            found[PersonId(person)].append(ChildId(child))
        return found

    async def zones(self, wanted: Collection[ChildId]) -> dict[ChildId, str | None]:
        """Tell the zone each child's first guardian with one lives in."""
        query = (
            sa.select(guardians.c.child_id, people.c.zone)
            .join(people, people.c.id == guardians.c.person_id)
            .where(
                guardians.c.child_id.in_(list(wanted)),
                guardians.c.until.is_(None),
                people.c.zone.is_not(None),
            )
            .order_by(people.c.id.desc())
        )
        return {
            ChildId(child): zone for child, zone in (await self._connection.execute(query)).all()
        }

    async def amnesty(self) -> set[date]:
        """List days on which a missed lesson costs nothing."""
        days = (await self._connection.execute(sa.select(learning_amnesties.c.day))).scalars()
        return {date.fromisoformat(day) for day in days}

    async def forgive(self, day: date, reason: str) -> None:
        """Declare such a day; a second time changes nothing."""
        statement = self._insert(learning_amnesties).values(
            day=day.isoformat(), reason=reason, at=self._now
        )
        await self._connection.execute(statement.on_conflict_do_nothing())


def event_of(row: sa.RowMapping, seal: Seal) -> PlatformEvent:
    """Read an event back."""
    return PlatformEvent(
        id=row["id"],
        source=row["source"],
        message=row["message"],
        type=row["type"],
        name=row["name"],
        at=row["at"],
        received_at=row["received_at"],
        user=row["user_ref"],
        learner=row["learner_ref"],
        history=row["history"],
        facts=row["facts"],
        private=seal.open(row["sealed"]).encode() if row["sealed"] is not None else None,
        state=State(row["state"]),
        error=row["error"],
        attempts=row["attempts"],
    )
