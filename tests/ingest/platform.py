"""The school's platform: it sends events over HTTP to the real door, which stores and takes them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from aiohttp import encode_basic_auth, web
from aiohttp.test_utils import TestClient, TestServer

from consent.book import Book
from consent.fold import ConsentPolicy
from consent.purposes import Purpose
from consent.record import Controller
from consent.service import Consents
from core.clock import ManualClock
from core.ids import ChildId, PersonId
from ingest.keys import WriteKeys
from ingest.links import link_routes
from ingest.routes import Door, ingest_routes
from scheduler.journeys.model import Happening
from scheduler.progress.facts import LearningFacts
from scheduler.progress.service import Taker
from storage.database import Database
from storage.learning_intake import EventIntake
from tests.consent.school import School, opened
from tests.delivery.town import Permissive

KEY = "a-long-write-key"
MOSCOW = ZoneInfo("Europe/Moscow")
EVERYTHING = (Purpose.SERVICE, Purpose.CHILD_DATA, Purpose.PERSONALISATION)


class Journeys:
    """Hears what journeys would."""

    def __init__(self) -> None:
        self.heard: list[Happening] = []
        self.breaks_on = ""

    async def happened(self, unit: Any, *happenings: Happening) -> None:
        for one in happenings:
            if one.name == self.breaks_on:
                raise RuntimeError(one.name)
        self.heard += happenings

    @property
    def fresh(self) -> list[str]:
        return [one.name for one in self.heard if not one.history]


@dataclass
class Platform:
    """One LMS and what the product makes of its events."""

    database: Database
    clock: ManualClock
    school: School
    client: TestClient[Any, Any]
    intake: EventIntake
    journeys: Journeys = field(default_factory=Journeys)
    facts: LearningFacts = field(default_factory=lambda: LearningFacts(MOSCOW))

    ledger: bool = False
    """Whether the real ledger is asked; else everything is allowed, which spares a test its answers to documents."""

    @property
    def taker(self) -> Taker[Any]:
        units: Any = self.database if self.ledger else Permissive(self.database)
        return Taker(units, MOSCOW, self.journeys)

    async def ask_the_ledger(self) -> None:
        """Publish documents, and let families answer them."""
        self.school, self.ledger = await opened(self.database, self.clock), True

    async def post(self, path: str, body: Any, key: str = KEY, **more: Any) -> tuple[int, Any]:
        more.setdefault("headers", {"Authorization": encode_basic_auth(key, "")})
        kind = "data" if isinstance(body, bytes) else "json"
        async with self.client.post(f"/v1/{path}", **{kind: body}, **more) as answer:
            return answer.status, await answer.json()

    async def track(self, event: str, at: datetime | None = None, **more: Any) -> Any:
        """Send one event of the usual family and take it; `properties` and `user` may be given."""
        properties = more.pop("properties", {})
        message = {
            "userId": more.pop("user", "parent-1"),
            "event": event,
            "properties": properties,
            "timestamp": (at or self.clock.now()).isoformat(),
            **more,
        }
        status, body = await self.post("track", message)
        assert status == 200, body
        await self.taker.tick()
        return body

    async def family(
        self, *learners: str, user: str = "parent-1"
    ) -> tuple[PersonId, list[ChildId]]:
        """A parent who came by deep links, with consents and a child for each learner."""
        parent = await self.school.parent(*(EVERYTHING if self.ledger else ()))
        children = []
        for learner in learners or ("learner-1",):
            child = await self.school.child(parent)
            children.append(child)
            if self.ledger:
                await self.school.says(parent, Purpose.CHILD_DATA, grant=True, child=child)
            await self.link(parent, child, user, learner)
        return parent, children

    async def link(self, parent: PersonId, child: ChildId, user: str, learner: str | None) -> None:
        async with self.database.begin() as unit:
            token = await unit.links.issue("lms", user, learner, unit.now)
            assert await unit.links.redeem(parent, token, unit.now)
            await unit.links.attach_child(parent, child, unit.now)

    async def known(self, parent: PersonId, child: ChildId) -> dict[str, Any]:
        async with self.database.reading() as unit:
            return dict((await self.facts.facts(unit, [(parent, child)]))[parent, child])

    async def states(self) -> dict[str, int]:
        rows = await self.rows("SELECT state, COUNT(*) FROM platform_events GROUP BY state")
        return {str(state): int(count) for state, count in map(tuple, rows)}

    async def rows(self, query: str) -> list[sa.Row[Any]]:
        async with self.database.reading() as unit:
            return list((await unit.connection.execute(sa.text(query))).all())

    def ago(self, **span: float) -> datetime:
        return self.clock.now() - timedelta(**span)


@asynccontextmanager
async def platform(database: Database, clock: ManualClock) -> AsyncIterator[Platform]:
    """Open the door."""
    intake = EventIntake(database)
    door = Door(WriteKeys.read([f"lms:{KEY}", "crm:another-write-key"]), intake, clock)
    site = web.Application(client_max_size=4 * 2**20)
    site.add_routes(ingest_routes(door))
    site.add_routes(link_routes(door, database, _name))
    async with asyncio.TaskGroup() as group:
        writing = group.create_task(intake.run())
        async with TestClient(TestServer(site)) as client:
            school = School(
                database, clock, Consents(database, Book(Controller(), ConsentPolicy()))
            )
            yield Platform(database, clock, school, client, intake)
        writing.cancel()


async def _name() -> str:
    return "opora_bot"
