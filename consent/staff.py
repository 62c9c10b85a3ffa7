"""What staff may see of consents, with every look written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from consent import status
from consent.answers import Status
from consent.rights_ports import StaffUnits
from consent.service import Consents
from core.errors import Refusal
from core.events import Event, EventName
from core.ids import PersonId


@dataclass(frozen=True, slots=True)
class Looked:
    """A person's consents as staff see them: no names, no contacts."""

    person: PersonId
    status: Status
    looks: tuple[tuple[PersonId, str, datetime], ...]


@dataclass(frozen=True, slots=True)
class StaffConsents:
    """Looks for staff."""

    units: StaffUnits
    consents: Consents

    async def look(self, actor: PersonId, name: str, language: str) -> Looked:
        """Show a person's consents and log the look in the same transaction. Refuses `person.not_found`."""
        async with self.units.begin() as unit:
            person = await unit.access.find(name) if name else None
            if person is None:
                raise Refusal("person.not_found")
            await unit.access.record(actor, person, "consents", "command", unit.now)
            await unit.events.record(
                Event(EventName.PERSON_LOOKED_AT, unit.now, person=person, actor=actor)
            )
            shown = await status.of_person(unit, person, language, self.consents.book.policy)
            looks = await unit.access.of_person(person)
        return Looked(person, shown, tuple(looks))

    async def noted(self, actor: PersonId, whom: str, what: str) -> bool:
        """Write down another look, by Telegram id, our number or @name; False when that is nobody we know."""
        async with self.units.begin() as unit:
            known = await unit.people.by_telegram(int(whom)) if whom.isdecimal() else None
            person = known.id if known is not None else await unit.access.find(whom)
            if person is None:
                return False
            await unit.access.record(actor, person, what, "command", unit.now)
            await unit.events.record(
                Event(EventName.PERSON_LOOKED_AT, unit.now, person=person, actor=actor)
            )
            return True
