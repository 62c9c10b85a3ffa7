"""People who answer documents, and short ways to ask what is allowed."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from consent.book import Book
from consent.documents import Document
from consent.fold import ConsentPolicy, Permission
from consent.ports import About
from consent.purposes import ASKED, Purpose
from consent.record import Controller, Evidence
from consent.service import Consents
from core.clock import ManualClock
from core.ids import ChildId, PersonId
from storage.database import Database


def document(purpose: Purpose, version: int = 1, *, language="ru", material=True, text="Текст."):
    return Document(purpose, language, version, f"Документ {purpose}", "Коротко.", text, material)


@dataclass
class School:
    database: Database
    clock: ManualClock
    consents: Consents
    numbers: itertools.count = field(default_factory=lambda: itertools.count(1001))

    async def publish(self, *documents: Document) -> None:
        async with self.database.begin() as unit:
            for one in documents:
                await unit.documents.publish(one, unit.now)

    async def parent(self, *grants: Purpose) -> PersonId:
        async with self.database.begin() as unit:
            person = (await unit.people.add(next(self.numbers), "ru", unit.now)).id
        for purpose in grants:
            await self.says(person, purpose, grant=True)
        return person

    async def child(self, *parents: PersonId, born: str = "2019-05", name: str = "Варя") -> ChildId:
        from storage.tables.people import guardians

        async with self.database.begin() as unit:
            child = await unit.people.add_child(parents[0], unit.now, name=name, born=born)
            for parent in parents[1:]:
                await unit.connection.execute(
                    guardians.insert().values(
                        person_id=parent,
                        child_id=child,
                        relation="parent",
                        verified_by="declared",
                        since=unit.now,
                    )
                )
        return child

    async def says(self, person: PersonId, purpose: Purpose, *, grant: bool, child=None):
        """Show the current document and answer it, a second apart."""
        served = await self.consents.serve(person, purpose, language="ru", child=child)
        await self.clock.advance(timedelta(seconds=1))
        return await self.consents.answer(
            person,
            purpose,
            grant=grant,
            version=served.document.version,
            child=child,
            evidence=Evidence(chat=7700042, message=5, callback="cb", update=77),
        )

    async def may(self, person: PersonId, purpose: Purpose, child=None) -> Permission:
        return await self.consents.may(person, purpose, child)

    async def gate(self, people: Sequence[About], purpose: Purpose):
        async with self.database.begin() as unit:
            return await unit.consents.permissions(people, purpose, unit.now)


def school_of(database: Database, clock: ManualClock, policy=ConsentPolicy()) -> School:  # noqa: B008
    return School(database, clock, Consents(database, Book(Controller(), policy)))


async def opened(database: Database, clock: ManualClock, policy=ConsentPolicy()) -> School:  # noqa: B008
    school = school_of(database, clock, policy)
    await school.publish(*(document(purpose) for purpose in ASKED))
    return school
