"""Following another clock: a demonstration or a test moves the emulator's time, and the bot goes along."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Coroutine
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from core.clock import SystemClock

logger = logging.getLogger(__name__)

PATIENCE = ClientTimeout(total=90)


async def follow(clock: SystemClock, url: str) -> Coroutine[Any, Any, None]:
    """Take the time at `url` over at once, and return the work that keeps following it.

    The address answers `{"result": {"now": unix seconds, "version": n}}`, with `?after_version=n` once it has changed.
    """
    async with ClientSession(timeout=PATIENCE) as session:
        version = await _take(clock, session, url, None)
    return _keep(clock, url, version)


async def _keep(clock: SystemClock, url: str, version: int) -> None:
    async with ClientSession(timeout=PATIENCE) as session:
        while True:
            try:
                version = await _take(clock, session, url, version)
            except (ClientError, TimeoutError):
                logger.info("clock not reached")
                await asyncio.sleep(0.5)  # noqa: TID251 - real time: the followed clock is what is missing


async def _take(clock: SystemClock, session: ClientSession, url: str, after: int | None) -> int:
    query = {} if after is None else {"after_version": str(after)}
    async with session.get(url, params=query) as answer:
        answer.raise_for_status()
        told = (await answer.json())["result"]
    clock.shift_to(float(told["now"]) - time.time())  # noqa: TID251 - the offset is what is asked
    return int(told["version"])
