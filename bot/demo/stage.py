"""A stage for stories: the school, the bot at work, a transcript, and patience for what must happen."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from bot.app import running
from bot.demo.clocks import SharedClock
from bot.demo.school import BOT_TOKEN, OWNER_ID, School, build_school
from bot.demo.seed import seed
from bot.keys import open_seal
from bot.settings import Settings
from bot.startup import publish_documents
from consent.book import Book
from consent.fold import ConsentPolicy
from consent.record import Controller
from consent.service import Consents
from core.clock import SystemClock
from emulator.actors import Person
from emulator.actors.seen import Seen
from emulator.api import Emulator
from emulator.session import EmulatorSession
from storage.database import Database
from storage.migrate import upgrade

MOSCOW = ZoneInfo("Europe/Moscow")
WEDNESDAY, MORNING = 2, 11
"""Stories open on a Wednesday at 11 in Moscow: outside quiet hours, with the Sunday digest ahead."""
PATIENCE = 15.0
"""Real seconds within which something must happen."""
TICK = 0.25
"""Real seconds a story waits before it asks for what is due."""


class NotAsTold(Exception):  # noqa: N818 - the story's verdict
    """What the story tells did not happen."""


class Theatre(Protocol):
    """Where the bot runs: in this process or in one that can be killed."""

    async def kill(self) -> None:
        """Kill the bot as a power cut would, and start it again."""
        ...


async def _nothing() -> None:
    """Do nothing: a bot in another process follows its own ticks."""


@dataclass(slots=True)
class Stage:
    """What a story plays on."""

    school: School
    clock: SharedClock
    settings: Settings
    database: Database
    """For reading what was stored, and for what the school's platform would do (deep links)."""
    theatre: Theatre
    site: str
    """Address of the bot's HTTP server."""
    patience: float = PATIENCE
    hurry: Callable[[], Awaitable[None]] = _nothing
    """Does what is due without waiting for the next tick, where the bot can be reached."""
    lines: list[dict[str, Any]] = field(default_factory=list)
    tell: Callable[[str], None] = lambda _line: None

    def title(self, words: str) -> None:
        """Begin a step."""
        self._note("step", words)
        self.tell(f"\n## {words}\n")

    def note(self, words: str) -> None:
        """Say what the audience should know."""
        self._note("note", words)
        self.tell(f"   ({words})")

    def says(self, who: Person, words: str) -> None:
        """Write down what a person does."""
        self._note("person", words, who.name)
        self.tell(f"{who.name}: {words}")

    def sees(self, who: Person, seen: Seen) -> None:
        """Write down what a person sees."""
        keyboard = "".join(f"  [{label}]" for label in seen.buttons)
        self._note("bot", seen.text, who.name, buttons=seen.buttons)
        self.tell(f"   -> {who.name}: {seen.text}{keyboard}")

    async def until(self, what: str, condition: Callable[[], Any]) -> Any:
        """Wait until `condition` gives something; raises NotAsTold naming `what`."""
        clock = SystemClock()
        ends = clock.monotonic() + self.patience
        look = clock.monotonic() + TICK
        while (now := clock.monotonic()) < ends:
            if found := condition():
                return found
            if now >= look:
                await self.hurry()
                look = clock.monotonic() + TICK
            await clock.sleep(0.01)
        raise NotAsTold(what)

    async def shown(self, who: Person, part: str, chat: Any = None, topic: Any = None) -> Seen:
        """Wait until a person sees a message with `part` in its text (newest first) and write it down."""

        def look() -> Seen | None:
            seen = who.messages(chat, topic) if topic is not None else who.messages(chat)
            return next((one for one in reversed(seen) if part in one.text), None)

        found: Seen = await self.until(f"{who.name} sees {part!r}", look)
        self.sees(who, found)
        return found

    async def idle(self, seconds: float = 1.5) -> None:
        """Let real time pass in which the bot may do what is due."""
        await SystemClock().sleep(seconds)

    def _note(self, kind: str, words: str, who: str = "", **more: Any) -> None:
        self.lines.append({"kind": kind, "who": who, "text": words, **more})


class InProcess:
    """The bot lives in this process; it cannot be killed."""

    async def kill(self) -> None:
        """Do nothing: the story runs undisturbed."""


def settings_for(folder: Path, **given: Any) -> Settings:
    """Make the settings of a bot in `folder`, independent of .env."""
    chosen: dict[str, Any] = {
        "bot_token": BOT_TOKEN,
        "owners": [OWNER_ID],
        "database_url": f"sqlite+aiosqlite:///{folder / 'opora.db'}",
        "school_name": "Опора",
        "controller": "ООО «Школа Опора» (вымышленное)",
        "advertiser": "ООО «Школа Опора», ИНН 7700000000 (вымышленное)",
        "controller_address": "101000, Москва, Учебная улица, 1",
        "controller_inn": "7700000000",
        "controller_email": "privacy@opora.example",
        "processors": "ООО «Хостинг» (вымышленное)",
        "listen_port": 0,
        "private_interval": 0.02,
        "write_keys": ["demo:demo-write-key"],
        **given,
    }
    return Settings(_env_file=None, **chosen)


def opening(now: datetime) -> datetime:
    """Choose the next instant at which a story may open."""
    day = now.astimezone(MOSCOW).replace(hour=MORNING, minute=0, second=0, microsecond=0)
    day += timedelta(days=(WEDNESDAY - day.weekday()) % 7)
    return day if day > now else day + timedelta(days=7)


@asynccontextmanager
async def in_process(folder: Path, families: int = 5) -> AsyncIterator[Stage]:
    """Set the stage with emulator and bot in this process, on one shared clock."""
    clock = SystemClock()
    shared = SharedClock(clock)
    shared.advance((opening(clock.now()) - clock.now()).total_seconds())
    school = build_school(Emulator(clock=shared), families)
    port = free_port()
    settings = settings_for(folder, listen_port=port)
    async with prepared(settings, clock, school) as database:
        session = EmulatorSession(school.emulator)
        async with running(settings, session, clock) as alive:
            site = f"http://127.0.0.1:{port}"

            async def hurry() -> None:
                for job in alive.house.jobs:
                    await job.work()

            yield Stage(school, shared, settings, database, InProcess(), site=site, hurry=hurry)


def free_port() -> int:
    """Find a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def prepared(
    settings: Settings, clock: SystemClock, school: School
) -> AsyncIterator[Database]:
    """Make the database of a school: migrated, with documents, staff and families."""
    database = Database(settings.database_url, clock, open_seal(settings))
    try:
        await upgrade(database)
        await publish_documents(database, settings)
        consents = Consents(database, Book(Controller(name=settings.school_name), ConsentPolicy()))
        link = await _invite(school)
        await seed(database, consents, school, link, lambda _: None)
        yield database
    finally:
        await database.close()


async def _invite(school: School) -> str:
    made = await school.emulator.call(
        school.bot.token,
        "createChatInviteLink",
        {"chat_id": school.community.id, "creates_join_request": True, "name": "Родители"},
    )
    return str(made["invite_link"])
