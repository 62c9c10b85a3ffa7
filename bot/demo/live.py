"""The demonstration: emulator, bot and school in one process, and a page to play on."""

from __future__ import annotations

import asyncio
import signal
import tempfile
import webbrowser
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import time
from pathlib import Path

from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.app import running
from bot.demo.clocks import SharedClock
from bot.demo.school import build_school, described
from bot.demo.stage import free_port, prepared, settings_for
from bot.wiring import House
from core.clock import SystemClock
from core.localtime import next_slot, zone_of
from emulator.api import Emulator
from emulator.server import EmulatorServer
from emulator.server.sim.desk import Desk

Tell = Callable[[str], None]
LOOK_EVERY = 1.0
"""Seconds between two looks at what is due next."""
LOG_KEPT = 20_000
"""Calls and arrivals an emulator that runs for days remembers, about 2 kB each."""


async def show(port: int, families: int, tell: Tell, *, browser: bool) -> None:
    """Show the product until interrupted."""
    ended = _until_interrupted()
    clock = SystemClock()
    shared = SharedClock(clock)
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="opora-")))
        school = build_school(Emulator(clock=shared), families)
        school.emulator.log.limit = LOG_KEPT
        server = await stack.enter_async_context(EmulatorServer(school.emulator, port=port))
        for person, facts in described(school).items():
            server.desk.describe(person, facts)
        settings = settings_for(folder, api_url=server.url, listen_port=free_port())
        tell(f"Preparing a school of {families} families ...")
        await stack.enter_async_context(prepared(settings, clock, school))
        session = AiohttpSession(api=TelegramAPIServer.from_base(server.url))
        alive = await stack.enter_async_context(running(settings, session, clock))
        alive.nursery.spawn(tell_due(alive.house, server.desk), "due", essential=False)
        tell(f"\nThe school is open: {server.url}\n\nStop with Ctrl+C.")
        if browser:
            await asyncio.to_thread(webbrowser.open, server.url)
        await ended.wait()


async def tell_due(house: House, desk: Desk) -> None:
    """Keep the page's "to the next due message" true: the next of sender and journeys, or the digest's hour."""
    policy = house.lifecycle.digests.policy
    while True:
        async with house.database.reading() as unit:
            planned = [await unit.claims.next_due(), await unit.enrolments.next_wake()]
            planned += [
                next_slot(
                    unit.now, policy.weekday, time(policy.hour), zone_of(name, policy.school_zone)
                )
                for name in await unit.audience.zones()
            ]
            later = [at.timestamp() for at in planned if at is not None and at > unit.now]
        due = min(later, default=None)
        if due != desk.next_due:
            desk.next_due = due
            desk.touch()
        await house.clock.sleep(LOOK_EVERY)


async def emulate(port: int, tell: Tell) -> None:
    """Run the emulator alone until interrupted."""
    ended = _until_interrupted()
    clock = SystemClock()
    alone = Emulator(clock=SharedClock(clock))
    alone.log.limit = LOG_KEPT
    async with EmulatorServer(alone, port=port) as server:
        tell(server.url)
        await ended.wait()


def _until_interrupted() -> asyncio.Event:
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    return ended
