"""Use cases of the preference centre that are not consents: day, hour, quiet hours, zone, topics, pause."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import available_timezones

from consent.ports import Units
from consent.preferences import Preferences
from core.errors import Refusal
from core.ids import PersonId


class Centre:
    """Reads and changes a parent's wishes."""

    def __init__(self, units: Units) -> None:
        self.units = units

    async def preferences(self, person: PersonId) -> Preferences:
        """Read what the parent chose. Refuses `person.unknown`."""
        async with self.units.reading() as unit:
            known = await unit.people.get(person)
        if known is None:
            raise Refusal("person.unknown")
        return Preferences.read(known.preferences)

    async def choose_digest(self, person: PersonId, weekday: int, hour: int) -> Preferences:
        return await self._change(person, lambda wishes: wishes.with_digest(weekday, hour))

    async def choose_quiet(self, person: PersonId, start: int, end: int) -> Preferences:
        return await self._change(person, lambda wishes: wishes.with_quiet(start, end))

    async def switch_topic(self, person: PersonId, topic: str) -> Preferences:
        return await self._change(person, lambda wishes: wishes.with_topic(topic))

    async def pause(self, person: PersonId, weeks: int) -> Preferences:
        """Pause for 1, 2 or 4 weeks; 0 ends a pause and replays nothing."""
        async with self.units.begin() as unit:
            known = await unit.people.get(person)
            if known is None:
                raise Refusal("person.unknown")
            wishes = Preferences.read(known.preferences).paused(weeks, unit.now)
            await unit.people.change(person, preferences=dict(known.preferences) | _form(wishes))
            return wishes

    async def choose_zone(self, person: PersonId, zone: str) -> None:
        """Refuses `zone.unknown`."""
        if zone not in available_timezones():
            raise Refusal("zone.unknown")
        async with self.units.begin() as unit:
            await unit.people.change(person, zone=zone)

    async def reached(self, person: PersonId, channel: str) -> None:
        """Note whether messages can reach a person: `active` or `blocked`."""
        async with self.units.begin() as unit:
            await unit.people.change(person, channel=channel)

    async def stopped_by(self, person: PersonId, cause: str) -> str | None:
        """Find the receipt of the last stop for this cause while all it withdrew is still withdrawn."""
        async with self.units.reading() as unit:
            held = {line.standing.record for line in await unit.consents.lines(person)}
            ended = [r for r in await unit.consents.records(person) if r.cause == cause]
        last = ended[-1].receipt if ended else None
        mine = {record.id for record in ended if record.receipt == last}
        return last if mine and mine <= held else None

    async def _change(
        self, person: PersonId, change: Callable[[Preferences], Preferences]
    ) -> Preferences:
        async with self.units.begin() as unit:
            known = await unit.people.get(person)
            if known is None:
                raise Refusal("person.unknown")
            wishes = change(Preferences.read(known.preferences))
            await unit.people.change(person, preferences=dict(known.preferences) | _form(wishes))
            return wishes


def _form(wishes: Preferences) -> dict[str, object]:
    """Write every key, so that a wish taken back is gone."""
    return dict.fromkeys(("topics", "paused_until")) | wishes.written()
