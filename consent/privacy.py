"""Use cases of a person's rights: everything in one file, erasure, leaving."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from consent.archive import pack
from consent.book import Book, own_child
from consent.drafting import Act
from consent.fields import as_json
from consent.purposes import Purpose
from consent.record import Action, Channel, Evidence
from consent.rights_ports import Erased, PrivacyUnits
from core.errors import Refusal
from core.events import Event, EventName
from core.ids import ChildId, PersonId

Forget = Callable[[PersonId], Awaitable[None]]
"""Drops what memory or another store keeps of a person: dialogue state, cached facts."""
_NOTHING = Evidence()

LEAVING: Mapping[str, tuple[str, ...]] = {
    "cause": ("price", "time", "child", "other_school", "messages", "other"),
    "better": ("lessons", "teachers", "messages", "support", "price", "nothing"),
    "change": ("schedule", "topics", "frequency", "price", "nothing"),
}
"""The three questions on leaving and their answers (R331 R332 R333); all may be left unanswered."""


class Journal(Protocol):
    """The list of erasures outside the database: a restored backup is held against it."""

    def append(self, entries: Sequence[Mapping[str, Any]]) -> None: ...


@dataclass(frozen=True, slots=True)
class Act179:
    """The act of destruction with the extract of the log (order 179 of Roskomnadzor), without personal data.

    No acts: another parent keeps the child.
    """

    id: str
    completed_at: datetime | None
    acts: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Privacy:
    """Exports, erases, lets go. `forgetters` run after the commit; `sweep` clears the database's own log."""

    units: PrivacyUnits
    book: Book
    journal: Journal
    sweep: Callable[[], Awaitable[None]]
    forgetters: Sequence[Forget] = field(default_factory=tuple)

    async def export(
        self, person: PersonId, language: str, labels: Mapping[str, str], title: str
    ) -> bytes:
        """Pack everything stored about a person into one ZIP."""
        async with self.units.reading() as unit:
            if await unit.people.get(person) is None:
                raise Refusal("person.unknown")
            children = [child.id for child in await unit.people.children_of(person)]
            sections: dict[str, Any] = await unit.exports.of_person(person, children)
            records = await unit.consents.records(person)
            sections["consents"] = [as_json(record) for record in records]
            texts = {}
            for served in await unit.documents.servings(person):
                found = await unit.documents.find(served.purpose, served.version, served.language)
                if found is not None:
                    texts[f"{served.purpose.value}.{served.version}.{served.language}.md"] = (
                        found.text
                    )
            now = unit.now
        return pack(sections, texts, labels, now, title=title, language=language)

    async def children(self, person: PersonId) -> list[tuple[ChildId, str | None]]:
        """List a person's children with the names the person gave them."""
        async with self.units.reading() as unit:
            return [(child.id, child.name) for child in await unit.people.children_of(person)]

    async def delete_me(
        self, person: PersonId, *, evidence: Evidence = _NOTHING, cause: str = "request"
    ) -> Act179:
        """Erase a person and the children nobody else stands for. Refuses `privacy.nothing`."""
        async with self.units.begin() as unit:
            act = Act.of(person, unit.now, Channel.BOT, evidence, source="erasure", cause=cause)
            lines = await unit.consents.lines(person)
            entries = [
                await self.book.drafting.entry(
                    unit.consents,
                    act,
                    line.purpose,
                    Action.WITHDRAW,
                    child=line.child,
                    refers_to=line.standing,
                )
                for line in lines
                if line.standing.action is Action.GRANT
            ]
            await self.book.store(unit, act, entries)
            erased = await unit.erasures.person(person, cause, unit.now, unit.now)
            await unit.events.record(Event(EventName.PERSON_ERASED, unit.now, person=person))
        return await self._afterwards(person, erased)

    async def delete_child(
        self, person: PersonId, child: ChildId, *, evidence: Evidence = _NOTHING
    ) -> Act179:
        """Erase one child. Another parent's child is only let go of: the tie and the person's own consents end."""
        async with self.units.begin() as unit:
            await own_child(unit, person, child)
            act = Act.of(person, unit.now, Channel.BOT, evidence, source="erasure", cause="request")
            lines = [ln for ln in await unit.consents.lines(person) if ln.child == child]
            entries = [
                await self.book.drafting.entry(
                    unit.consents,
                    act,
                    Purpose.CHILD_DATA,
                    Action.WITHDRAW,
                    child=child,
                    refers_to=line.standing,
                )
                for line in lines
                if line.standing.action is Action.GRANT
            ]
            await self.book.store(unit, act, entries)
            erased: list[Erased] = []
            if await unit.people.guardians_of(child) == [person]:
                erased.append(await unit.erasures.child(child, "request", unit.now, unit.now))
            else:
                await unit.erasures.untie(person, child)
            await unit.events.record(
                Event(EventName.CHILD_ERASED, unit.now, person=person, child=child)
            )
        return await self._afterwards(person, erased)

    async def leave(self, person: PersonId) -> None:
        """Note that a family goes; the messages are stopped by `Consents.stop`, the door stays open."""
        async with self.units.begin() as unit:
            await unit.events.record(Event(EventName.PERSON_LEFT, unit.now, person=person))

    async def say_why(self, person: PersonId, question: str, answer: str) -> None:
        """Keep one answer of the leaving survey. Refuses `consent.stale` for what is not on the list."""
        if answer not in LEAVING.get(question, ()):
            raise Refusal("consent.stale")
        async with self.units.begin() as unit:
            facts = {"question": question, "answer": answer}
            await unit.events.record(
                Event(EventName.PERSON_LEFT_WHY, unit.now, person=person, facts=facts)
            )

    async def _afterwards(self, person: PersonId, erased: Sequence[Erased]) -> Act179:
        self.journal.append([_entry(one) for one in erased])
        for forget in self.forgetters:
            await forget(person)
        await self.sweep()
        if not erased:
            return Act179("", None, ())
        last = erased[-1]
        return Act179(last.id, last.completed_at, tuple(one.act for one in erased))


def _entry(erased: Erased) -> dict[str, Any]:
    return {
        "id": erased.id,
        "scope": erased.scope,
        "key": erased.key,
        "born_at": erased.born_at.isoformat(),
        "at": erased.completed_at.isoformat(),
        "cause": erased.cause,
    }
