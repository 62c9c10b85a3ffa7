"""What journeys know about people and children, loaded in sets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from core.cohorts import Cohort, cohort_of, full_months, full_years, tone_of
from core.ids import ChildId, PersonId
from core.localtime import known_zone
from core.outgoing import Reader
from scheduler.journeys.model import NO_CHILD, Fact, Subject
from storage.outbox_readers import Readers
from storage.seal import Seal
from storage.tables.journeys import answers
from storage.tables.people import children, guardians, people

Pair = tuple[PersonId, ChildId]
Opened = Mapping[ChildId, tuple[str | None, date | None]]
_OLDEST = 17
"""Full years from which a child is out of the product (L26)."""

_PERSONS: sa.BindParameter[int] = sa.bindparam("persons", expanding=True)
_ANSWERS = sa.select(answers).where(answers.c.person_id.in_(_PERSONS))
_SINCE = sa.select(people.c.id, people.c.started_at, people.c.created_at).where(
    people.c.id.in_(_PERSONS)
)
"""Statements are built once: building one costs more than running it."""


class Subjects:
    """People and children as journeys see them. Learning facts come from elsewhere."""

    def __init__(self, connection: AsyncConnection, now: datetime, seal: Seal) -> None:
        self._connection = connection
        self._now = now
        self._readers = Readers(connection, now, seal)

    async def load(self, pairs: Collection[Pair]) -> dict[Pair, Subject]:
        """Describe each pair; a person who is gone is left out."""
        persons = {person for person, _ in pairs}
        readers = await self._readers.load(persons)
        wards = {child for reader in readers.values() for child in reader.children}
        opened = await self._readers.children(wards)
        said = await self._answers(persons)
        since = await self._since(persons)
        return {
            (person, child): self._subject(
                readers[person], child, opened, said[person, child] | said[person, NO_CHILD],
                since.get(person),
            )
            for person, child in pairs
            if person in readers and not readers[person].erased
        }  # fmt: skip

    async def families(self, after: int, limit: int) -> list[tuple[PersonId, Sequence[ChildId]]]:
        """List reachable guardians with their children, by id above `after`."""
        page = (
            sa.select(people.c.id)
            .where(
                people.c.id > after,
                people.c.channel == "active",
                people.c.erased_at.is_(None),
                sa.select(guardians.c.person_id)
                .where(guardians.c.person_id == people.c.id, guardians.c.until.is_(None))
                .exists(),
            )
            .order_by(people.c.id)
            .limit(limit)
        )
        persons = list((await self._connection.execute(page)).scalars())
        query = (
            sa.select(guardians.c.person_id, guardians.c.child_id)
            .join(children, children.c.id == guardians.c.child_id)
            .where(
                guardians.c.person_id.in_(persons),
                guardians.c.until.is_(None),
                children.c.erased_at.is_(None),
            )
            .order_by(guardians.c.child_id)
        )
        wards: dict[int, list[ChildId]] = defaultdict(list)
        for person, child in (await self._connection.execute(query)).all():
            wards[person].append(ChildId(child))
        return [(PersonId(person), wards[person]) for person in persons]

    async def dates(self, name: str, pairs: Collection[Pair]) -> Mapping[Pair, date]:
        """Tell birthdays (of children whose full date is known) and anniversaries (of the first start)."""
        if name == "birthday":
            opened = await self._readers.children({child for _, child in pairs})
            return {
                (person, child): born
                for person, child in pairs
                if (born := opened.get(child, (None, None))[1]) is not None and born.day != 1
            }
        if name == "anniversary":
            since = await self._since({person for person, _ in pairs})
            return {
                (person, child): since[person].date() for person, child in pairs if person in since
            }
        return {}

    def _subject(
        self,
        reader: Reader,
        child: ChildId,
        opened: Opened,
        said: Mapping[str, Fact],
        since: datetime | None,
    ) -> Subject:
        zone = known_zone(reader.zone) if reader.zone else None
        today = self._now.astimezone(zone).date()
        mine = [child] if child != NO_CHILD else sorted(reader.children)
        births = [born for one in mine if (born := opened.get(one, (None, None))[1])]
        cohorts = [cohort_of(born, today) for born in sorted(births, reverse=True)]
        cohort = next((one for one in cohorts if one is not Cohort.UNKNOWN), Cohort.UNKNOWN)
        facts: dict[str, Fact] = {
            "birth_known": bool(births),
            "children": len(reader.children),
            "cohort": cohort.value,
            "tone": tone_of(cohort).value,
            "language": reader.language,
            **said,
        }
        if since is not None:
            facts["months_with_us"] = full_months(since.date(), today)
        if len(births) == 1:
            facts["age"] = full_years(births[0], today)
        return Subject(
            person=reader.person,
            child=child,
            zone=reader.zone,
            language=reader.language,
            reachable=reader.channel == "active",
            has_child=child in reader.children if child != NO_CHILD else bool(reader.children),
            grown_up=bool(births) and all(full_years(b, today) >= _OLDEST for b in births),
            cohort=cohort,
            tone=tone_of(cohort),
            facts=facts,
        )

    async def _answers(self, persons: Collection[PersonId]) -> dict[Pair, dict[str, Fact]]:
        """Read answers given by buttons; digits are numbers, so that conditions may compare them."""
        said: dict[Pair, dict[str, Fact]] = defaultdict(dict)
        asked = {"persons": list(persons)}
        for row in (await self._connection.execute(_ANSWERS, asked)).mappings():
            value: str = row["value"]
            known: Fact = int(value) if value.isdecimal() else value
            said[PersonId(row["person_id"]), ChildId(row["child_id"])][row["fact"]] = known
        return said

    async def _since(self, persons: Collection[PersonId]) -> dict[PersonId, datetime]:
        rows = (await self._connection.execute(_SINCE, {"persons": list(persons)})).all()
        return {PersonId(person): started or created for person, started, created in rows}
