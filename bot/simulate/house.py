"""The product under simulation: real database, ledger, planners, gate, sender; the emulator in process."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from typing_extensions import override

from bot import reading
from bot.simulate.clock import EmulatorTime, FlowingClock
from bot.simulate.crash import Crash, CrashingUnits, Fuse
from bot.simulate.judge import Judge
from bot.startup import CONSENTS, recover_claims
from consent.advertising import Advertising
from consent.book import Book as ConsentBook
from consent.documents import read_folder
from consent.fold import ConsentPolicy
from consent.record import Controller
from consent.service import Consents
from core.ids import ChildId, PersonId
from core.outgoing import OutboxRow
from delivery.bucket import LocalBucket
from delivery.campaign import CampaignWriter
from delivery.claimer import Parcel
from delivery.digest import DigestWriter
from delivery.fence import FileFence
from delivery.limiter import Limiter
from delivery.planning import Planning
from delivery.policy import GatePolicy, SenderPolicy
from delivery.pulse import Pulse
from delivery.render import Audience, Renderer, Words
from delivery.sender import Ending, Sender
from delivery.worker import Worker
from emulator.actors import Town
from emulator.api import Emulator
from emulator.session import EmulatorSession
from scheduler.campaigns import Broadcasts
from scheduler.digests import Digests
from scheduler.journeys.daily import Daily
from scheduler.journeys.engine import JourneyEngine
from scheduler.plan.digests import DigestPolicy
from storage.database import Database
from storage.inline import inline_database
from storage.migrate import upgrade
from storage.seal import Seal
from texts.say import Texts

_SEAL = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
SCHOOL = {
    "school": "Опора",
    "lesson_url": "https://school.example/lesson",
    "advertiser": "Школа",
    "erid": "2Vtz",
}
ROW: ContextVar[OutboxRow | None] = ContextVar("row", default=None)
"""The row behind the call that is being made."""


class Plain:
    """Words of `plain:` rows: the key of the row."""

    def __call__(self, row: OutboxRow, audience: Audience, renderer: Renderer) -> Words:  # noqa: ARG002 - the protocol's
        return Words(f"Сообщение {row.id}")


@dataclass(frozen=True, slots=True)
class WatchedSender(Sender):
    """A sender that may die around its calls and tells the judge whose call it is."""

    fuse: Fuse = field(default_factory=lambda: Fuse(random.Random(0), 0.0))  # noqa: S311 - repeatable

    @override
    async def send(self, parcel: Parcel, words: Words | None) -> Ending:
        self.fuse.point("before call")
        token = ROW.set(parcel.row)
        try:
            return await Sender.send(self, parcel, words)
        finally:
            ROW.reset(token)
            self.fuse.point("after call")


class WatchedSession(EmulatorSession):
    """Tells the judge of every message that reached somebody, whatever the caller was told."""

    def __init__(self, emulator: Emulator, judge: Judge, clock: FlowingClock) -> None:
        super().__init__(emulator)
        self._judge = judge
        self._clock = clock

    @override
    async def make_request(self, bot: Bot, method: Any, timeout: int | None = None) -> Any:
        before = len(self.emulator.log.arrivals)
        try:
            return await super().make_request(bot, method, timeout)
        finally:
            row = ROW.get()
            for _ in self.emulator.log.arrivals[before:]:
                if row is not None:
                    self._judge.arrived(row, self._clock.now(), self._clock.monotonic())


class Lessons:
    """Learning facts of the simulation."""

    def __init__(self) -> None:
        self.done: Counter[ChildId] = Counter()
        self.at: dict[ChildId, datetime] = {}

    async def facts(self, _unit: Any, pairs: Collection[Any]) -> Mapping[Any, Mapping[str, Any]]:
        return {
            pair: {"lessons_total": self.done[pair[1]], "subscribed": True, "goal": "speech"}
            for pair in pairs
        }

    async def last(self, _unit: Any, _event: str, pairs: Collection[Any]) -> Mapping[Any, datetime]:
        return {pair: self.at[pair[1]] for pair in pairs if pair[1] in self.at}

    async def dates(self, _unit: Any, _name: str, _pairs: Collection[Any]) -> Mapping[Any, date]:
        return {}


@dataclass(slots=True)
class SimulatedHouse:
    """Everything that survives a crash, and a way to start the rest again."""

    folder: Path
    clock: FlowingClock
    database: Database
    emulator: Emulator
    town: Town
    bot: Bot
    judge: Judge
    fuse: Fuse
    lessons: Lessons
    policy: SenderPolicy
    consents: Consents
    texts: Texts
    library: Any
    journeys: Any
    starts: int = 0
    worker: Worker = field(init=False)
    digests: Digests[Any] = field(init=False)
    engine: JourneyEngine[Any] = field(init=False)
    daily: Daily[Any] = field(init=False)
    broadcasts: Broadcasts[Any] = field(init=False)

    async def start(self) -> None:
        """Start the process: nothing of an earlier one is left but the database and the fence beside it."""
        self.starts += 1
        units: Any = CrashingUnits(self.database, self.fuse)
        gate = GatePolicy()
        writer = DigestWriter(lambda: self.library)
        campaign = CampaignWriter()
        renderer = Renderer(
            self.texts,
            lambda: self.library,
            {"digest": writer, "campaign": campaign, "plain": Plain()},
            SCHOOL,
        )
        self.worker = Worker(
            f"start-{self.starts}",
            units,
            WatchedSender(self.bot, renderer, self.policy, self.clock, self.fuse),
            Limiter(LocalBucket(self.policy.per_second, self.clock), self.clock),
            self.clock,
            FileFence(self.folder / "fence.json", "simulation"),
            gate=gate,
            policy=self.policy,
            alarm=lambda _what, _facts: None,
            preparers={"digest": writer, "campaign": campaign},
        )
        planning: Any = Planning(gate)
        self.digests = Digests(units, planning, DigestPolicy(ahead=timedelta(hours=6)))
        self.engine = JourneyEngine(
            units,
            planning,
            lambda: self.journeys,
            lambda: self.library,
            gate.school_zone,
            self.lessons,
        )
        self.daily = Daily(self.engine)
        self.broadcasts = Broadcasts(
            units, planning, self.clock, gate.school_zone, Advertising("Школа")
        )
        pulse = Pulse(self.worker.name, self.policy, self.clock)
        await recover_claims(self.database, self.worker, pulse)

    async def surviving(self, work: Any) -> None:
        """Run `work()`; when the process dies in it, start again and leave the rest to what the database knows."""
        try:
            await work()
        except BaseExceptionGroup as group:
            if group.split(Crash)[1] is not None:
                raise
            await self.start()
        except Crash:
            await self.start()

    async def next_due(self) -> tuple[datetime | None, datetime | None]:
        """Tell when the sender and when the journeys have something to do."""
        async with self.database.reading() as unit:
            return await unit.claims.next_due(), await unit.enrolments.next_wake()

    async def row_states(self, person: PersonId | None = None) -> dict[str, int]:
        """Count rows by state."""
        async with self.database.reading() as unit:
            counts = await unit.outbox.count_by_state()
        return {state.value: count for state, count in counts.items() if person is None}


@asynccontextmanager
async def simulated_house(
    start: datetime, seed: int, fuse: Fuse, policy: SenderPolicy
) -> AsyncIterator[SimulatedHouse]:
    """Build a house in a temporary folder and clean up behind it."""
    clock = FlowingClock(start)
    with TemporaryDirectory() as name:
        folder = Path(name)
        database = await inline_database(folder / "opora.db", clock, Seal([_SEAL]))
        await upgrade(database)
        async with database.begin() as unit:
            for document in read_folder(CONSENTS):
                await unit.documents.publish(document, unit.now)
        emulator = Emulator(clock=EmulatorTime(clock), seed=seed)
        town = Town(emulator)
        judge = Judge()
        bot = Bot(
            town.bot("Opora", "opora_bot").token,
            session=WatchedSession(emulator, judge, clock),
            default=DefaultBotProperties(parse_mode="HTML"),
        )
        house = SimulatedHouse(
            folder=folder,
            clock=clock,
            database=database,
            emulator=emulator,
            town=town,
            bot=bot,
            judge=judge,
            fuse=fuse,
            lessons=Lessons(),
            policy=policy,
            consents=Consents(database, ConsentBook(Controller(), ConsentPolicy())),
            texts=reading.all_texts(),
            library=reading.packs(),
            journeys=reading.journeys(),
        )
        try:
            await house.start()
            yield house
        finally:
            await database.close()
