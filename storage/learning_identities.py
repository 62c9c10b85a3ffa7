"""Ids of the platform and whom they mean, looked up for a page of events at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.ids import ChildId, PersonId
from scheduler.progress.fold import CHILD_EVENTS
from scheduler.progress.identities import CONTACTS, missing_of
from scheduler.progress.model import Guardian, PlatformEvent, State, Whom
from storage.seal import Seal
from storage.tables.consents import suppressions
from storage.tables.learning import platform_events
from storage.tables.people import children, guardians, identities, people

Ref = tuple[str, str]
"""(source, blind index)."""
Ids = tuple[PersonId | None, ChildId | None]


class LearningIdentities:
    """Reads and binds identities."""

    def __init__(self, connection: AsyncConnection, now: datetime, seal: Seal) -> None:
        self._connection = connection
        self._now = now
        self._seal = seal

    async def known(self, refs: Collection[Ref]) -> dict[Ref, Ids]:
        """Look identities up."""
        query = sa.select(identities).where(
            identities.c.external_id.in_({ref for _, ref in refs}),
            identities.c.source.in_({source for source, _ in refs}),
        )
        return {
            (row.source, row.external_id): (
                PersonId(row.person_id) if row.person_id is not None else None,
                ChildId(row.child_id) if row.child_id is not None else None,
            )
            for row in await self._connection.execute(query)
        }

    async def bind(
        self, source: str, ref: str, person: PersonId | None, child: ChildId | None
    ) -> None:
        """Bind an id and wake what waited for it."""
        whom = {
            name: key
            for name, key in (("person_id", person), ("child_id", child))
            if key is not None
        }
        insert = (
            postgresql.insert if self._connection.dialect.name == "postgresql" else sqlite.insert
        )
        await self._connection.execute(
            insert(identities)
            .values(source=source, external_id=ref, linked_at=self._now, **whom)
            .on_conflict_do_update(
                index_elements=["source", "external_id"], set_={"linked_at": self._now, **whom}
            )
        )
        await wake(self._connection, source, ref)

    async def whom(self, events: Sequence[PlatformEvent]) -> dict[int, Whom]:
        """Tell whom each event is about."""
        refs = {(one.source, ref) for one in events for ref in (one.user, one.learner) if ref}
        known = await self.known(refs)
        gone = await self._suppressed(refs - known.keys())
        unwanted = await self._unwanted([e for e in events if (e.source, e.user) not in known])
        people_known = {person for person, _ in known.values() if person is not None}
        wards = await self._wards(people_known)
        found = {one.id: self._one(one, known, gone, wards) for one in events}
        stand = await self._guardians({one.child for one in found.values() if one.child})
        return {
            one.id: missing_of(
                one,
                Whom(
                    whom.person,
                    whom.child,
                    tuple(stand[whom.child]) if whom.child is not None else (),
                    suppressed=whom.suppressed or one.id in unwanted,
                ),
                len(wards[whom.person]) if whom.person is not None else 0,
            )
            for one in events
            for whom in (found[one.id],)
        }

    @staticmethod
    def _one(
        event: PlatformEvent,
        known: dict[Ref, Ids],
        gone: set[Ref],
        wards: dict[PersonId, list[ChildId]],
    ) -> Whom:
        user = (event.source, event.user or "")
        learner = (event.source, event.learner or "")
        person, child = known.get(user, (None, None))
        if event.learner is not None:
            child = known.get(learner, (None, None))[1]
        elif child is None and person is not None and event.name in CHILD_EVENTS:
            mine = wards[person]
            child = mine[0] if len(mine) == 1 else None
        suppressed = learner in gone or (user in gone and child is None)
        return Whom(person, child, suppressed=suppressed)

    async def _wards(self, persons: Collection[PersonId]) -> dict[PersonId, list[ChildId]]:
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
        for person, child in await self._connection.execute(query):
            found[PersonId(person)].append(ChildId(child))
        return found

    async def _guardians(self, wanted: Iterable[ChildId]) -> dict[ChildId, list[Guardian]]:
        query = (
            sa.select(guardians.c.child_id, people.c.id, people.c.zone)
            .join(people, people.c.id == guardians.c.person_id)
            .where(guardians.c.child_id.in_(list(wanted)), guardians.c.until.is_(None))
            .order_by(people.c.id)
        )
        found: dict[ChildId, list[Guardian]] = defaultdict(list)
        for child, person, zone in await self._connection.execute(query):
            found[ChildId(child)].append(Guardian(PersonId(person), zone))
        return found

    async def _suppressed(self, refs: Collection[Ref]) -> set[Ref]:
        """List ids of those who were erased and must not come back by an import."""
        hashes = {
            self._seal.blind(f"suppress:external:{source}:{ref}"): (source, ref)
            for source, ref in refs
        }
        return {hashes[found] for found in await self._kept_out(hashes)}

    async def _unwanted(self, events: Sequence[PlatformEvent]) -> set[int]:
        """List events about nobody known that bring the phone or e-mail of somebody erased (L110)."""
        hashes: dict[str, set[int]] = defaultdict(set)
        for event in events:
            said = orjson.loads(event.private) if event.private else {}
            for kind in CONTACTS:
                if said.get(kind):
                    hashes[self._seal.blind(f"suppress:{kind}:{said[kind]}")].add(event.id)
        kept_out = await self._kept_out(hashes)
        return {event for found in kept_out for event in hashes[found]}

    async def _kept_out(self, hashes: Collection[str]) -> set[str]:
        if not hashes:
            return set()
        query = sa.select(suppressions.c.hash).where(
            suppressions.c.hash.in_(list(hashes)), suppressions.c.lifted_at.is_(None)
        )
        return set((await self._connection.execute(query)).scalars())


async def wake(connection: AsyncConnection, source: str, ref: str) -> None:
    """Give back the events that waited for an id to become known."""
    for column in (platform_events.c.user_ref, platform_events.c.learner_ref):
        await connection.execute(
            sa.update(platform_events)
            .where(
                platform_events.c.state == sa.literal_column(f"'{State.PARKED.value}'"),
                platform_events.c.source == source,
                column == ref,
            )
            .values(state=State.RECEIVED.value, error=None)
        )
