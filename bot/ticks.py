"""Work that comes round: what is due lies in the database, a tick only looks."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from core.clock import Clock

logger = logging.getLogger(__name__)

Work = Callable[[datetime], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Tick:
    """Looks every `seconds` of the product's clock."""

    name: str
    seconds: float
    work: Work


async def tick_forever(clock: Clock, ticks: tuple[Tick, ...]) -> None:
    """Run every tick on its own beat; one that fails is logged and tried at its next beat."""
    async with asyncio.TaskGroup() as group:
        for tick in ticks:
            group.create_task(_beat(clock, tick))


async def _beat(clock: Clock, tick: Tick) -> None:
    while True:
        try:
            await tick.work(clock.now())
        except Exception:
            logger.exception("tick failed", extra={"tick": tick.name})
        await clock.sleep(tick.seconds)
