"""Broadcasts: draft, count, confirm once, plan page by page, pause, go on, cancel, report, reach those who missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any, Generic
from zoneinfo import ZoneInfo

from consent.advertising import AdItem, Advertising, advertising_allowed
from consent.ports import About
from consent.purposes import Purpose
from core.clock import Clock
from core.cohorts import Cohort
from core.effects import Effect, Kind, MessageClass
from core.errors import Refusal
from core.ids import PersonId, uuid7
from scheduler.campaigns_model import LIVE, Campaign, CampaignState, Recipient, Report, Segment
from scheduler.campaigns_ports import CampaignUnit, Outgoing, Units, UnitT
from scheduler.plan.campaigns import effect_for, is_meant

PAGE = 1000
NOBODY = Advertising()


@dataclass(frozen=True, slots=True)
class Broadcasts(Generic[UnitT]):
    """The use cases behind `/broadcast`. Every change of state is one transaction and happens once."""

    units: Units[UnitT]
    outgoing: Outgoing[UnitT]
    clock: Clock
    school_zone: ZoneInfo
    advertising: Advertising = NOBODY
    """Who advertises; nobody: no offers."""

    async def draft(self, person: PersonId, missed_of: str | None = None) -> Campaign:
        """Give the person's draft, a fresh one if there is none."""
        async with self.units.begin() as unit:
            known = await unit.campaigns.draft_of(person)
            if known is not None and known.segment.missed_of == missed_of:
                return known
            key = uuid7(self.clock.now())
            await unit.campaigns.add(key, person, Segment(missed_of=missed_of))
            if (
                missed_of is not None
                and (origin := await unit.campaigns.get(missed_of)) is not None
            ):
                await unit.campaigns.edit(
                    key,
                    title=origin.title,
                    body=origin.body,
                    label=origin.label,
                    message_class=origin.message_class.value,
                    repeats=missed_of,
                )
            return await _known(unit, key)

    async def write(self, key: str, body: str) -> Campaign:
        """Set the words (Telegram HTML). Refusal `broadcast.started`: it is no draft any more."""
        return await self._edit(key, body=body, title=" ".join(body.split())[:60])

    async def mark(self, key: str, label: str) -> Campaign:
        """Set the advertising label: who advertises, and the token of the ad register."""
        return await self._edit(key, label=label)

    async def choose_class(self, key: str, message_class: MessageClass) -> Campaign:
        """Set what kind of message it is. Refusal `advertising.no_advertiser`: no offers while nobody is named."""
        if message_class is MessageClass.MARKETING and not self.advertising.advertiser.strip():
            raise Refusal("advertising.no_advertiser")
        return await self._edit(key, message_class=message_class.value)

    async def narrow(self, key: str, segment: Segment) -> Campaign:
        return await self._edit(key, segment=segment.to_json())

    async def schedule(self, key: str, day: date | None, at: time | None) -> Campaign:
        """Set the day and hour in the recipients' own time; None is at once."""
        return await self._edit(
            key,
            local_day=day.isoformat() if day else None,
            local_hour=at.isoformat("minutes") if at else None,
        )

    async def count(self, key: str) -> Mapping[str, int]:
        """Foresee how many it would reach: `go`, and how many each reason would leave out."""
        counts: Counter[str] = Counter()
        async with self.units.reading() as unit:
            campaign = await _known(unit, key)
            after = 0
            while page := await unit.campaigns.page(after, PAGE, campaign.segment.missed_of):
                after = page[-1].person
                effects = await self._effects(unit, campaign, page)
                counts.update(await self.outgoing.foresee(unit, effects))
        return counts

    async def test(self, key: str, person: PersonId) -> None:
        """Send it to the person who wrote it; it counts nowhere (L89)."""
        async with self.units.begin() as unit:
            campaign = await _known(unit, key)
            await unit.outbox.enqueue(
                Effect(
                    key=f"campaign-test:{uuid7(unit.now)}",
                    kind=Kind.MESSAGE,
                    message_class=MessageClass.CONTROL,
                    person=person,
                    content=f"campaign:{campaign.key}",
                    facts={"test": 1},
                )
            )

    async def confirm(self, key: str, person: PersonId) -> Campaign:
        """Start it. Of two taps or two admins one succeeds; Refusal `broadcast.started` for the other (L88).

        Also refused: `broadcast.no_text` without words, `broadcast.label_needed` for an offer without its ad label,
        and what `consent.advertising` says (L121).
        """
        async with self.units.begin() as unit:
            campaign = await _known(unit, key)
            if not campaign.body.strip():
                raise Refusal("broadcast.no_text")
            if campaign.message_class is MessageClass.MARKETING and not campaign.label:
                raise Refusal("broadcast.label_needed")
            if (
                refusal := advertising_allowed(_as_advertising(campaign), self.advertising)
            ) is not None:
                raise refusal
            confirmed = await unit.campaigns.turn(
                key,
                CampaignState.CONFIRMED,
                CampaignState.DRAFT,
                confirmed_by=person,
                confirmed_at=unit.now,
            )
            if not confirmed:
                raise Refusal("broadcast.started")
            return await _known(unit, key)

    async def pause(self, key: str, person: PersonId) -> None:
        """Stop sending; what was handed over already is reported when it ends."""
        async with self.units.begin() as unit:
            running = (CampaignState.CONFIRMED, CampaignState.RUNNING)
            await _turn(unit, key, CampaignState.PAUSED, *running)
            await unit.holds.stop(f"campaign:{key}", "paused", by=person)

    async def resume(self, key: str) -> None:
        """Go on with exactly what remains (L82); planning that was interrupted goes on too."""
        async with self.units.begin() as unit:
            await _turn(unit, key, CampaignState.CONFIRMED, CampaignState.PAUSED)
            await unit.holds.lift(f"campaign:{key}")

    async def cancel(self, key: str) -> int:
        """End it and tell how many rows were taken back (L83)."""
        async with self.units.begin() as unit:
            await _turn(unit, key, CampaignState.CANCELLED, *LIVE, CampaignState.DRAFT)
            await unit.holds.lift(f"campaign:{key}")
            return await unit.outbox.cancel_campaign(key, "broadcast.cancelled")

    async def report(self, key: str) -> tuple[Campaign, Report]:
        async with self.units.reading() as unit:
            return await _known(unit, key), await unit.campaigns.report(key)

    async def tick(self) -> int:
        """Plan what was confirmed, finish what is done; tell how many rows are new."""
        async with self.units.reading() as unit:
            live = await unit.campaigns.in_states([CampaignState.CONFIRMED, CampaignState.RUNNING])
        planned = 0
        for campaign in live:
            if campaign.state is CampaignState.CONFIRMED:
                planned += await self._plan(campaign)
            else:
                await self._finish(campaign)
        return planned

    async def _plan(self, campaign: Campaign) -> int:
        """Plan page by page; the cursor moves with the rows, so a crash repeats and loses nothing."""
        planned, going = 0, True
        while going:
            async with self.units.begin() as unit:
                current = await unit.campaigns.get(campaign.key)
                if current is None or current.state is not CampaignState.CONFIRMED:
                    return planned
                missed_of = current.segment.missed_of
                page = await unit.campaigns.page(current.cursor, PAGE, missed_of)
                if not page:
                    await unit.campaigns.turn(
                        campaign.key, CampaignState.RUNNING, CampaignState.CONFIRMED
                    )
                    return planned
                effects = await self._effects(unit, current, page)
                added = await self.outgoing.plan(unit, effects)
                await unit.campaigns.progressed(campaign.key, added, page[-1].person)
                planned += added
        return planned

    async def _finish(self, campaign: Campaign) -> None:
        async with self.units.begin() as unit:
            if (await unit.campaigns.report(campaign.key)).open == 0:
                await unit.campaigns.turn(
                    campaign.key, CampaignState.FINISHED, CampaignState.RUNNING
                )

    async def _effects(
        self, unit: CampaignUnit, campaign: Campaign, page: Sequence[Recipient]
    ) -> list[Effect]:
        seen = await _as_allowed(unit, page) if campaign.segment.cohorts else page
        return [
            effect_for(campaign, one, unit.now, self.school_zone)
            for one in seen
            if is_meant(campaign.segment, one, unit.now)
        ]

    async def _edit(self, key: str, **values: Any) -> Campaign:
        async with self.units.begin() as unit:
            if not await unit.campaigns.edit(key, **values):
                raise Refusal("broadcast.started")
            return await _known(unit, key)


async def _as_allowed(unit: CampaignUnit, page: Sequence[Recipient]) -> list[Recipient]:
    """Leave out what is known of children where nobody agreed to choose messages by it (L101)."""
    abouts = [About(one.person) for one in page]
    allowed = await unit.consents.permissions(abouts, Purpose.PERSONALISATION, unit.now)
    nobody = frozenset({Cohort.UNKNOWN})
    return [
        one if allowed[about].allowed else replace(one, cohorts=nobody)
        for one, about in zip(page, abouts, strict=True)
    ]


async def _turn(unit: CampaignUnit, key: str, to: CampaignState, *before: CampaignState) -> None:
    if not await unit.campaigns.turn(key, to, *before):
        raise Refusal("broadcast.over")


def _as_advertising(campaign: Campaign) -> AdItem:
    """Describe a broadcast to the advertising law: the school speaks of its own services."""
    return AdItem(campaign.message_class, Purpose.MARKETING, campaign.body, campaign.label or "")


async def _known(unit: CampaignUnit, key: str) -> Campaign:
    campaign = await unit.campaigns.get(key)
    if campaign is None:
        raise Refusal("broadcast.unknown")
    return campaign
