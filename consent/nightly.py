"""What consent does by itself: children grow up, material texts are asked again, consents run out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from consent.ages import Stage, stage_of, stage_since
from consent.book import Book
from consent.drafting import Act
from consent.links import LinkKind, Links
from consent.purposes import Purpose
from consent.record import Action, Channel, Evidence, Relation
from consent.rights_ports import NightUnits
from core.effects import Effect, Kind, MessageClass
from core.ids import ChildId, PersonId

ASK_AT = time(11)
"""Local hour at which a question about a changed text comes: outside quiet hours of everybody."""

TeenLink = Callable[[str], str]
"""Makes the deep link of a token."""


@dataclass(frozen=True, slots=True)
class Nightly:
    """Jobs of consent; each may run any number of times."""

    units: NightUnits
    book: Book
    links: Links
    teen_link: TeenLink
    school_zone: ZoneInfo

    async def grow_up(self, now: datetime) -> int:
        """Note children who became 14, 16 or 18 and send their parents the link for the child's own answer (L106)."""
        today = now.astimezone(self.school_zone).date()
        async with self.units.begin() as unit:
            grown = 0
            for child, born, known in await unit.growth.children():
                stage = stage_of(born, today)
                if born is None or stage <= known:
                    continue
                began = datetime.combine(stage_since(born, stage), time(), self.school_zone)
                await unit.growth.mark(child, int(stage), max(began, now - timedelta(days=1)))
                if stage is not Stage.ADULT:
                    guardians = await unit.people.guardians_of(child)
                    await unit.outbox.enqueue(*self._ask_teen(child, stage, guardians, now))
                grown += 1
        return grown

    async def ask_again(self, now: datetime) -> int:
        """Ask about material versions: once when published, once more a week later, at a civil local hour (L104)."""
        policy = self.book.policy
        async with self.units.begin() as unit:
            planned = 0
            for purpose, published in (await unit.documents.versions()).items():
                version = next((v for v in reversed(published) if v.material), None)
                if version is None or version.number == published[0].number:
                    continue
                passed = (now - version.published_at) // timedelta(days=policy.days_between_asks)
                ask = min(passed + 1, policy.asks)
                people = await unit.growth.granted_before(purpose, version.number)
                for person, zone in people:
                    planned += await unit.outbox.enqueue(
                        _question(person, purpose, version.number, ask, self._civil(now, zone))
                    )
        return planned

    async def expire(self, now: datetime) -> int:
        """Write down that consents ran out; the fold refuses them anyway from that instant."""
        async with self.units.begin() as unit:
            ended = await unit.growth.run_out(now)
            for line in ended:
                act = Act.of(
                    line.person, now, Channel.SYSTEM, Evidence(), relation=Relation.SYSTEM,
                    source="policy", cause="validity",
                )  # fmt: skip
                entry = await self.book.drafting.entry(
                    unit.consents,
                    act,
                    line.purpose,
                    Action.EXPIRE,
                    child=line.child,
                    refers_to=line.standing,
                )
                await self.book.store(unit, act, [entry])
        return len(ended)

    def _ask_teen(
        self, child: ChildId, stage: Stage, guardians: Sequence[PersonId], now: datetime
    ) -> list[Effect]:
        token = self.links.make(LinkKind.TEEN, PersonId(child), now)
        return [
            Effect(
                key=f"teen:{child}:{int(stage)}:{guardian}",
                kind=Kind.MESSAGE,
                message_class=MessageClass.SERVICE,
                person=guardian,
                content="text:consent-teen-link",
                facts={"link": self.teen_link(token), "age": int(stage)},
                due=self._civil(now, None),
                reasons=(f"child reached {int(stage)}",),
            )
            for guardian in guardians
        ]

    def _civil(self, now: datetime, zone: str | None) -> datetime:
        local = now.astimezone(ZoneInfo(zone) if zone else self.school_zone)
        today = datetime.combine(local.date(), ASK_AT, local.tzinfo)
        return today if today >= local else today + timedelta(days=1)


def _question(person: PersonId, purpose: Purpose, version: int, ask: int, due: datetime) -> Effect:
    return Effect(
        key=f"reask:{person}:{purpose.value}:{version}:{ask}",
        kind=Kind.MESSAGE,
        message_class=MessageClass.SERVICE,
        person=person,
        content="text:consent-changed",
        facts={"buttons": [[["consent-document-button", f"c:open:{purpose.value}:0"]]]},
        due=due,
        reasons=(f"material version {version} of {purpose.value}", f"ask {ask}"),
    )
