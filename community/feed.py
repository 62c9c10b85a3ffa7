"""A person's calendar: duty of their own and the sessions they keep or asked to be reminded of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from community.ama.model import State
from community.ama.planning import entry as session_entry
from community.ama.ports import AmaUnits
from community.calendars import Entry
from community.duty import Hours, hours
from core.ids import PersonId

PAST, AHEAD = timedelta(days=31), timedelta(days=62)
"""How far back and ahead of today a feed reaches; calendars ask for it again every few hours."""


class Addresses(Protocol):
    """Makes the addresses of pages; None while the school has no address of its own."""

    def feed(self, person: PersonId) -> str | None: ...
    def transcript(self, session: int) -> str | None: ...


class NoAddresses:
    """A school without pages."""

    def feed(self, person: PersonId) -> str | None:  # noqa: ARG002 - the port's shape
        return None

    def transcript(self, session: int) -> str | None:  # noqa: ARG002 - the port's shape
        return None


@dataclass(frozen=True, slots=True)
class Feed:
    """Gathers the entries of one person."""

    units: AmaUnits

    async def of(self, person: PersonId, duty_title: str, now: datetime) -> list[Entry]:
        """List entries from PAST to AHEAD of `now`; a cancelled session is there as cancelled."""
        start, end = now - PAST, now + AHEAD
        found: list[Entry] = []
        async with self.units.reading() as unit:
            for home in await unit.communities.all():
                roster = await unit.duty.roster(home.id)
                own = [one for one in hours(roster, start, end) if one.expert == person]
                found += [duty_entry(one, duty_title) for one in own]
                for held in await unit.ama.of_community(home.id):
                    if not start <= held.starts < end:
                        continue
                    people = {one.person for one in await unit.ama.subscribers(held.id)}
                    if person == held.expert or person in people:
                        cancelled = held.state is State.CANCELLED
                        found.append(session_entry(held, cancelled=cancelled))
        return sorted(found, key=lambda one: (one.start, one.uid))


def duty_entry(duty: Hours, title: str) -> Entry:
    """Make the calendar entry of one stretch of duty."""
    uid = f"duty-{duty.expert}-{duty.start:%Y%m%dT%H%M}@opora"
    return Entry(uid, duty.start, duty.end, title)
