"""Keeping the duty roster: hours, days off, swaps, limits, the week as a list and as a calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from community.duty import (
    Exemption,
    Hours,
    Kind,
    Load,
    Roster,
    Shift,
    Swap,
    check_shift,
    hours,
)
from community.escalation_ports import EscalationUnit, EscalationUnits
from community.model import Speciality
from community.words import local_day, message
from core.errors import Refusal
from core.events import Event, EventName
from core.ids import CommunityId, PersonId
from core.roles import Role

WEEK = timedelta(days=7)
BIGGEST_LIMIT = 50


@dataclass(frozen=True, slots=True)
class Week:
    """Duty of the coming seven days and what each expert holds."""

    stretches: tuple[Hours, ...]
    loads: Mapping[PersonId, Load]
    roster: Roster


@dataclass(frozen=True, slots=True)
class DutyBook:
    """Use cases of duty. Hours are on the expert's own clock."""

    units: EscalationUnits

    async def week(self, community: CommunityId, now: datetime) -> Week:
        """Show who is on duty in the coming seven days."""
        async with self.units.reading() as unit:
            roster = await unit.duty.roster(community)
            loads = await unit.escalations.loads(community)
        return Week(tuple(hours(roster, now, now + WEEK)), loads, roster)

    async def add_shift(
        self,
        community: CommunityId,
        expert: PersonId,
        weekday: int,
        starts: time,
        ends: time,
        zone: str,
        *,
        author: PersonId,
        now: datetime,
    ) -> int:
        """Add weekly hours. Refused: `duty.not_an_expert`, `duty.overlap`."""
        async with self.units.begin() as unit:
            speciality = await _speciality(unit, community, expert, now)
            shift = Shift(0, expert, speciality, weekday, starts, ends, zone)
            check_shift(await unit.duty.roster(community), shift)
            key = await unit.duty.add_shift(community, shift)
            await _changed(unit, community, expert, author, now)
            return key

    async def drop_shift(
        self, community: CommunityId, shift: int, *, author: PersonId, manager: bool, now: datetime
    ) -> None:
        """Remove weekly hours: one's own, or anybody's for a manager. Refused: `duty.unknown`."""
        async with self.units.begin() as unit:
            roster = await unit.duty.roster(community)
            found = next((s for s in roster.shifts if s.id == shift), None)
            if found is None or (found.expert != author and not manager):
                raise Refusal("duty.unknown")
            await unit.duty.drop_shift(community, shift)
            await _changed(unit, community, found.expert, author, now)

    async def day_off(
        self,
        community: CommunityId,
        expert: PersonId,
        day: date,
        *,
        author: PersonId,
        now: datetime,
    ) -> None:
        """Take a local day off."""
        await self._exempt(
            community, expert, day, Kind.OFF, time(0), time(0), "UTC", author=author, now=now
        )

    async def extra_hours(
        self,
        community: CommunityId,
        expert: PersonId,
        day: date,
        starts: time,
        ends: time,
        zone: str,
        *,
        author: PersonId,
        now: datetime,
    ) -> None:
        """Add hours on one local day."""
        await self._exempt(
            community, expert, day, Kind.EXTRA, starts, ends, zone, author=author, now=now
        )

    async def offer_swap(
        self, community: CommunityId, gives: PersonId, takes: PersonId, day: date, now: datetime
    ) -> int:
        """Ask another expert of the same speciality to take the hours of a day; it counts once accepted.

        Refused: `duty.not_an_expert`, `duty.other_speciality`, `duty.no_hours` when there is nothing to give.
        """
        async with self.units.begin() as unit:
            own = await _speciality(unit, community, gives, now)
            if await _speciality(unit, community, takes, now) is not own:
                raise Refusal("duty.other_speciality")
            roster = await unit.duty.roster(community)
            if not any(s.expert == gives and s.weekday == day.weekday() for s in roster.shifts):
                raise Refusal("duty.no_hours")
            swap = await unit.duty.ask_swap(community, day, gives, takes, now)
            buttons = ((("duty-swap-accept-button", f"duty:swap:{swap}"),),)
            facts = {"day": local_day(day)}
            await unit.outbox.enqueue(
                message(
                    f"duty:swap:{swap}:asked",
                    "duty-swap-asked",
                    person=takes,
                    facts=facts,
                    buttons=buttons,
                )
            )
            return swap

    async def accept_swap(self, swap: int, takes: PersonId, now: datetime) -> Swap:
        """Accept a swap; the giver hears it. Refused: `duty.swap_over`."""
        async with self.units.begin() as unit:
            accepted = await unit.duty.accept_swap(swap, takes, now)
            if accepted is None:
                raise Refusal("duty.swap_over")
            facts = {"day": local_day(accepted.day)}
            await unit.outbox.enqueue(
                message(
                    f"duty:swap:{swap}:told",
                    "duty-swap-told",
                    person=accepted.gives,
                    facts=facts,
                )
            )
            return accepted

    async def set_limit(
        self,
        community: CommunityId,
        expert: PersonId,
        limit: int,
        *,
        author: PersonId,
        now: datetime,
    ) -> None:
        """Set how many open questions an expert holds at once. Refused: `input.number`."""
        if not 1 <= limit <= BIGGEST_LIMIT:
            raise Refusal("input.number")
        async with self.units.begin() as unit:
            await unit.duty.set_limit(community, expert, limit)
            await _changed(unit, community, expert, author, now)

    async def _exempt(
        self,
        community: CommunityId,
        expert: PersonId,
        day: date,
        kind: Kind,
        starts: time,
        ends: time,
        zone: str,
        *,
        author: PersonId,
        now: datetime,
    ) -> None:
        async with self.units.begin() as unit:
            speciality = await _speciality(unit, community, expert, now)
            exemption = Exemption(0, expert, speciality, day, kind, starts, ends, zone)
            await unit.duty.add_exemption(community, exemption)
            await _changed(unit, community, expert, author, now)


async def _speciality(
    unit: EscalationUnit, community: CommunityId, expert: PersonId, now: datetime
) -> Speciality:
    for grant in await unit.roles.holders(Role.EXPERT, community, now):
        if grant.person == expert and grant.speciality is not None:
            return grant.speciality
    raise Refusal("duty.not_an_expert")


async def _changed(
    unit: EscalationUnit,
    community: CommunityId,
    expert: PersonId,
    author: PersonId,
    now: datetime,
) -> None:
    facts = {"community": community}
    await unit.events.record(
        Event(EventName.DUTY_CHANGED, now, person=expert, actor=author, facts=facts)
    )
