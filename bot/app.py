"""Starting and stopping: what runs, in which order, and how it ends without losing anything."""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import logging
import signal
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import IO, Any

from aiogram.client.session.base import BaseSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    AiogramError,
    TelegramNetworkError,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiohttp import web

from bot.clockwork import follow
from bot.commands import announce
from bot.http import listen, make_site
from bot.intake.poller import Poller
from bot.intake.raw import ALLOWED_UPDATES
from bot.intake.webhook import webhook_route
from bot.keys import open_seal
from bot.nursery import Nursery
from bot.services_consent import journal_of
from bot.settings import Settings
from bot.startup import grant_owners, publish_documents, recover_claims, settle_memory
from bot.wiring import House, build
from core.clock import SystemClock
from delivery.fence import FileFence
from delivery.policy import SenderPolicy
from delivery.pulse import Pulse
from delivery.session import LeanSession
from scheduler.clockwork import Clockwork
from storage.database import Database
from storage.erasure_journal import reapply
from storage.migrate import pending

logger = logging.getLogger(__name__)

WEBHOOK_PATH = "/telegram"
NAME_SECONDS = 3.0
"""How long a start waits to learn the bot's own name, and between two tries; without it only links lack."""
DRAIN_SECONDS = 10.0
"""How long a stopping process finishes what it has taken."""


class CannotStart(Exception):  # noqa: N818 - its text says what to do
    """The program refuses to start; the message is one sentence for the operator."""


async def serve(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT. Raises CannotStart."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    session = LeanSession(api=TelegramAPIServer.from_base(settings.api_url))
    try:
        async with running(settings, session) as house:
            waiting = house.nursery.start(stop.wait(), "stop")
            await asyncio.wait({waiting, house.broken}, return_when=asyncio.FIRST_COMPLETED)
            if house.broken.done() and (error := house.broken.exception()) is not None:
                raise error
    except TelegramUnauthorizedError as error:
        message = "Telegram does not know this BOT_TOKEN: get a fresh one from @BotFather."
        raise CannotStart(message) from error
    logger.info("stopped")


class Running:
    """A house at work. `broken` ends with the error of a part that died."""

    def __init__(self, house: House, nursery: Nursery) -> None:
        self.house = house
        self.nursery = nursery
        self.broken = nursery.broken


@asynccontextmanager
async def running(
    settings: Settings, session: BaseSession, clock: SystemClock | None = None
) -> AsyncIterator[Running]:
    """Start the product and stop it in order: intake first, then what was taken is finished, then the sender."""
    clock = clock if clock is not None else SystemClock()
    nursery = Nursery()
    async with AsyncExitStack() as stack:
        database = await _database(settings, clock, stack)
        stack.push_async_callback(nursery.close)
        house = build(
            settings,
            clock,
            database,
            session,
            lambda work, name: nursery.spawn(work, name, essential=False),
            FileFence.beside(str(settings.database_file or settings.database_url)),
        )
        stack.push_async_callback(session.close)
        stack.push_async_callback(house.limiter.bucket.close)
        if settings.clock_url:
            nursery.spawn(await follow(clock, settings.clock_url), "clock")
        await grant_owners(database, settings.owners)
        await house.directory.load_communities()
        await house.lifecycle.content.open()
        nursery.spawn(house.directory.run(), "directory")
        told = announce(house.bot, house.directory.communities(), house.texts)
        nursery.spawn(told, "commands", essential=False)
        await reapply(database, journal_of(settings))
        await publish_documents(database, settings)
        if database.is_sqlite:
            pulse = Pulse(house.worker.name, SenderPolicy(), clock)
            await recover_claims(database, house.worker, pulse)
        journal = nursery.start(house.journal.run(), "journal")
        nursery.spawn(house.services["ballots"].run(), "ballots")
        stack.push_async_callback(_end, journal)
        events = nursery.start(house.lifecycle.intake.run(), "events")
        stack.push_async_callback(_end, events)
        sender = nursery.start(house.worker.run(), "sender")
        stack.callback(house.worker.stop)
        ticks = Clockwork(house.jobs)
        ticks.start()
        stack.callback(ticks.stop)
        await house.intake.replay()
        naming = nursery.start(_learn_name(house), "name")
        await asyncio.wait({naming}, timeout=NAME_SECONDS)
        if naming.done():
            naming.result()
        settle_memory()
        poller = await _listen(settings, house, nursery, stack)
        logger.info("started", extra={"bot": house.bot.id})
        yield Running(house, nursery)
        if poller is not None:
            poller.cancel()
        await _quietly(house.intake.drained(), DRAIN_SECONDS)
        house.worker.stop()
        await _quietly(_join(sender), DRAIN_SECONDS)


async def _learn_name(house: House) -> None:
    """Ask Telegram who we are until it answers; a refused token ends the program."""
    while True:
        try:
            me = await house.bot.me()
        except TelegramUnauthorizedError:
            raise
        except (AiogramError, OSError, TimeoutError) as error:
            logger.warning("own name unknown", extra={"trouble": type(error).__name__})
            await house.clock.sleep(NAME_SECONDS)
        else:
            house.services["own_name"].username = me.username or ""
            return


async def _database(settings: Settings, clock: SystemClock, stack: AsyncExitStack) -> Database:
    try:
        seal = open_seal(settings)
    except ValueError as error:
        raise CannotStart(str(error)) from error
    if (file := settings.database_file) is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        stack.enter_context(_alone(file))
    database = Database(settings.database_url, clock, seal)
    stack.push_async_callback(database.close)
    if names := await pending(database):
        raise CannotStart(
            f"The database lacks migrations: {', '.join(names)}. Run `opora migrate`."
        )
    return database


def _alone(file: Path) -> IO[str]:
    """Hold the lock that lets one process run on a SQLite file."""
    lock = file.with_name(file.name + ".lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        message = f"Another opora runs on {file}; stop it first."
        raise CannotStart(message) from error
    return lock


async def _listen(
    settings: Settings, house: House, nursery: Nursery, stack: AsyncExitStack
) -> asyncio.Task[Any] | None:
    """Take updates: by webhook when an address is given, else by polling."""
    routes: list[web.AbstractRouteDef] = list(house.web)
    if settings.webhook_url:
        routes.append(webhook_route(WEBHOOK_PATH, webhook_secret(settings), house.intake))
    if settings.listen_port:
        site = make_site(health=_health(house), routes=routes)
        try:
            runner = await listen(site, settings.listen_host, settings.listen_port)
        except OSError as error:
            message = f"Port {settings.listen_port} is taken; choose another LISTEN_PORT."
            raise CannotStart(message) from error
        stack.push_async_callback(runner.cleanup)
    if settings.webhook_url:
        try:
            await house.bot.set_webhook(
                settings.webhook_url.rstrip("/") + WEBHOOK_PATH,
                allowed_updates=list(ALLOWED_UPDATES),
                secret_token=webhook_secret(settings),
            )
        except (TelegramNetworkError, TelegramServerError) as error:
            message = f"{settings.api_url} does not answer, so the webhook is not set; start again."
            raise CannotStart(message) from error
        return None
    poller = Poller(house.bot, house.intake, house.clock)
    return nursery.start(poller.run(), "poller")


def webhook_secret(settings: Settings) -> str:
    """Use the secret of the settings, else one derived from the token."""
    given = settings.webhook_secret.get_secret_value()
    return (
        given
        or hashlib.sha256(b"webhook " + settings.bot_token.get_secret_value().encode()).hexdigest()
    )


def _health(house: House) -> Callable[[], Any]:
    async def examine() -> Mapping[str, Any]:
        async with house.database.reading() as unit:
            await unit.connection.exec_driver_sql("SELECT 1")
        refused = house.worker.refused
        return {"ok": not refused, "sending": refused or "ok", "in_flight": house.worker.in_flight}

    return examine


async def _join(task: asyncio.Task[Any]) -> None:
    await asyncio.shield(task)


async def _end(task: asyncio.Task[Any]) -> None:
    task.cancel()
    await asyncio.wait({task})


async def _quietly(work: Any, seconds: float) -> None:
    try:
        await asyncio.wait_for(work, seconds)
    except TimeoutError:
        logger.warning("stopping without waiting longer")
