"""Families of the simulation: who they are, what they agree to, and what happens to them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.simulate.house import SimulatedHouse
from bot.simulate.judge import Book
from consent.purposes import Purpose
from core.effects import Effect, Kind, MessageClass
from core.events import Event, EventName
from core.ids import ChildId, PersonId
from scheduler.journeys.model import Happening

ZONES = (
    "Europe/Moscow", "Europe/Kaliningrad", "Asia/Yekaterinburg", "Asia/Vladivostok", "Asia/Kamchatka", "Europe/Berlin",
    "America/New_York", "Asia/Kathmandu", "Pacific/Chatham", "Asia/Tashkent",
)  # fmt: skip
NAMES = ("Маша", "Пётр", "Варя", "Лев", "Соня", "Тимур", "Аня", "Илья")


@dataclass(slots=True)
class Family:
    """A parent with children, and the actor who plays the parent."""

    person: PersonId
    children: list[ChildId]
    actor: Any


class Neighbourhood:
    """Makes families and lets life happen to them; every choice comes from one seeded chance."""

    def __init__(self, house: SimulatedHouse, chance: random.Random) -> None:
        self.house = house
        self.chance = chance
        self.families: list[Family] = []
        self._receipts = 0

    async def move_in(self) -> None:
        """Let one more family start the bot, answer the consents and add its children."""
        house, chance = self.house, self.chance
        actor = house.town.person(f"P{len(self.families)}")
        actor.start()
        zone = chance.choice(ZONES)
        async with house.database.begin() as unit:
            person = (await unit.people.add(actor.id, "ru", unit.now)).id
            await unit.people.change(person, channel="active", zone=zone, started_at=unit.now)
            children = []
            for _ in range(chance.choice((1, 1, 1, 2))):
                age = timedelta(days=chance.randrange(200, 6000))
                born: date = (unit.now - age).date()
                name = chance.choice(NAMES)
                children.append(
                    await unit.people.add_child(person, unit.now, name=name, born=born.isoformat())
                )
        book = house.judge.books[person] = Book(ZoneInfo(zone))
        family = Family(person, children, actor)
        self.families.append(family)
        if chance.random() < 0.9:  # noqa: PLR2004 - most agree to digests
            for child in children:
                await self._agree(person, Purpose.CHILD_DATA, child)
            book.care = True
        if chance.random() < 0.6:  # noqa: PLR2004
            await self._agree(person, Purpose.PERSONALISATION)
        if chance.random() < 0.5:  # noqa: PLR2004
            await self._agree(person, Purpose.MARKETING)
            book.marketing = True
        async with house.database.begin() as unit:
            happenings = [Happening("child_added", unit.now, person, child) for child in children]
            await house.engine.happened(unit, *happenings)

    async def _agree(
        self, person: PersonId, purpose: Purpose, child: ChildId | None = None
    ) -> None:
        served = await self.house.consents.serve(person, purpose, language="ru", child=child)
        await self.house.consents.answer(
            person, purpose, grant=True, version=served.document.version, child=child
        )

    def choose(self) -> tuple[str, Family]:
        """Choose what happens, and to whom. Of an erased person nothing is known any more but the messenger."""
        family = self.chance.choice(self.families)
        what = self.chance.choices(
            ("lesson", "receipt", "stop", "block", "unblock", "move", "erase"),
            (60, 25, 3, 2, 4, 5, 1),
        )[0]
        if self.house.judge.books[family.person].erased and what not in {"block", "unblock"}:
            what = "nothing"
        return what, family

    async def happens(self, what: str, family: Family) -> None:
        """Let one thing happen to one family."""
        await getattr(self, f"_{what}")(family)

    async def learn(self, lessons: Sequence[tuple[datetime, Family]]) -> None:
        """Let children finish lessons, all in one transaction."""
        house = self.house
        heard = []
        for at, family in lessons:
            child = self.chance.choice(family.children)
            house.lessons.done[child] += 1
            house.lessons.at[child] = at
            heard.append(Happening("lesson_finish", at, family.person, child))
        async with house.database.begin() as unit:
            await house.engine.happened(unit, *heard)

    async def _nothing(self, family: Family) -> None:
        """Let a day pass as any other."""

    async def _receipt(self, family: Family) -> None:
        self._receipts += 1
        effect = Effect(
            f"receipt:{self._receipts}",
            Kind.MESSAGE,
            MessageClass.SERVICE,
            person=family.person,
            content="plain:receipt",
        )
        async with self.house.database.begin() as unit:
            await unit.outbox.enqueue(effect)

    async def _stop(self, family: Family) -> None:
        await self.house.consents.stop(family.person)
        book = self.house.judge.books[family.person]
        book.care = book.marketing = False
        book.changed = self.house.clock.monotonic()

    async def _block(self, family: Family) -> None:
        family.actor.block()

    async def _unblock(self, family: Family) -> None:
        if family.actor.user.blocked:
            family.actor.unblock()
        if self.house.judge.books[family.person].erased:
            return
        async with self.house.database.begin() as unit:
            await unit.people.change(family.person, channel="active")

    async def _move(self, family: Family) -> None:
        zone = self.chance.choice(ZONES)
        self.house.judge.books[family.person].zone = ZoneInfo(zone)
        async with self.house.database.begin() as unit:
            await unit.people.change(family.person, zone=zone)
            moved = Event(EventName.PERSON_ZONE_CHOSEN, unit.now, person=family.person)
            await unit.events.record(moved)

    async def _erase(self, family: Family) -> None:
        book = self.house.judge.books[family.person]
        book.erased, book.care, book.marketing = True, False, False
        book.changed = self.house.clock.monotonic()
        async with self.house.database.begin() as unit:
            await unit.people.change(family.person, erased_at=unit.now, telegram_id=None)
            await unit.outbox.erase_person(family.person)


def evenly(count: int, start: datetime, days: int, chance: random.Random) -> list[datetime]:
    """Spread `count` instants over `days`."""
    return sorted(start + timedelta(days=days * chance.random()) for _ in range(count))
