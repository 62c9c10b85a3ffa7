"""A sender with everything real: database, gate, limiter, emulator. Time flows when it sleeps."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import UTC, datetime

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties

from bot.reading import all_texts
from bot.simulate.clock import EmulatorTime, FlowingClock
from core.effects import Effect, Kind, MessageClass, RowState
from core.ids import PersonId
from delivery.bucket import LocalBucket
from delivery.fence import NoFence
from delivery.limiter import Limiter
from delivery.policy import GatePolicy, SenderPolicy
from delivery.render import Renderer, Words
from delivery.sender import Sender
from delivery.worker import Worker
from emulator.actors import Town as World
from emulator.api import Emulator
from emulator.session import EmulatorSession
from storage.database import Database
from tests.databases import SEAL

MONDAY_NOON = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""12:00 in Moscow."""
TEXTS = all_texts()


class Plain:
    """Words of `plain:<anything>` rows: what the facts say; `plain:broken` is markup Telegram refuses."""

    def __call__(self, row, audience, renderer):
        text = "<b>broken" if row.content == "plain:broken" else str(row.facts.get("say", row.key))
        return Words(text, photo=row.facts.get("photo", ""))


class Permissive:
    """Units whose ledger allows everything not listed in `refused` (person, purpose)."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.refused: set[tuple[int, str]] = set()

    @asynccontextmanager
    async def begin(self):
        async with self.database.begin() as unit:
            yield Looking(unit, self)

    @asynccontextmanager
    async def reading(self):
        async with self.database.reading() as unit:
            yield Looking(unit, self)


class Looking:
    def __init__(self, unit, units):
        self._unit, self._units = unit, units

    def __getattr__(self, name):
        return getattr(self._unit, name)

    @property
    def consents(self):
        return self

    async def permissions(self, subjects, purpose, at, *, hold=False):
        from consent.fold import Permission

        return {
            about: Permission(
                (about.person, purpose.value) not in self._units.refused, f"r{about.person}", ""
            )
            for about in subjects
        }


class DeliveryTown:
    """People, a bot, and as many workers as a test wants."""

    def __init__(self, database: Database, clock: FlowingClock) -> None:
        self.database, self.clock = database, clock
        self.emulator = Emulator(clock=EmulatorTime(clock))
        self.world = World(self.emulator)
        self.telegram_bot = self.world.bot("Opora", "opora_bot")
        self.session = EmulatorSession(self.emulator)
        self.bot = Bot(
            self.telegram_bot.token,
            session=self.session,
            default=DefaultBotProperties(parse_mode="HTML"),
        )
        self.units = Permissive(database)
        self.alarms: list[str] = []
        self.policy = SenderPolicy()
        self.gate = GatePolicy()

    def worker(
        self,
        name="w1",
        fence=None,
        units=None,
        makers=None,
        preparers=None,
        library=None,
        school=None,
    ) -> Worker:
        limiter = Limiter(LocalBucket(self.policy.per_second, self.clock), self.clock)
        renderer = Renderer(
            TEXTS, lambda: library, {"plain": Plain(), **(makers or {})}, school or {}
        )
        return Worker(
            name,
            units or self.units,
            Sender(self.bot, renderer, self.policy, self.clock),
            limiter,
            self.clock,
            fence or NoFence(),
            gate=self.gate,
            policy=self.policy,
            alarm=lambda what, facts: self.alarms.append(what),
            preparers=preparers,
        )

    async def parent(self, name="Vera", **facts):
        """A person who has started the bot; returns our key and the actor."""
        actor = self.world.person(name)
        actor.start(self.telegram_bot)
        async with self.database.begin() as unit:
            person = await unit.people.add(actor.id, "ru", unit.now)
            await unit.people.change(person.id, channel="active", **facts)
        return person.id, actor

    def group(self, owner, *members):
        return self.world.supergroup(
            "Parents", owner, members=members, bots=(self.telegram_bot,), topics=("Talk",)
        )

    async def plan(self, *effects: Effect) -> None:
        async with self.database.begin() as unit:
            await unit.outbox.enqueue(*effects)

    async def states(self) -> dict[RowState, int]:
        async with self.database.reading() as unit:
            return await unit.outbox.count_by_state()

    async def row(self, key: str):
        async with self.database.reading() as unit:
            return await unit.outbox.by_key(key)

    def seen(self, actor) -> list[str]:
        """Texts the bot sent to a person."""
        return [
            one.text for one in actor.messages(self.telegram_bot) if one.post.author_id != actor.id
        ]

    def calls(self, *methods):
        return [call for call in self.emulator.log.calls if not methods or call.method in methods]


def message(key: str, person: PersonId, message_class=MessageClass.SERVICE, **more) -> Effect:
    more.setdefault("content", "plain:words")
    return Effect(key, Kind.MESSAGE, message_class, person=person, **more)


def database_at(url: str, clock: FlowingClock) -> Database:
    return Database(url, clock, SEAL)
