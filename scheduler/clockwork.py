"""Ticks: the only place that knows APScheduler. What is due lies in the database, so no job store is needed."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """Work that looks every `seconds` at what is due and does it; running it twice changes nothing."""

    name: str
    seconds: float
    work: Callable[[], Awaitable[object]]


class Clockwork:
    """Runs jobs; a job never overlaps itself, and a late tick is still a tick."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        for job in jobs:
            self._scheduler.add_job(
                _quietly(job),
                IntervalTrigger(seconds=max(1, int(job.seconds)), timezone="UTC"),
                id=job.name,
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
            )

    def start(self) -> None:
        """Begin on the running event loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """Start no further tick; one that runs is let finish by its own transaction."""
        self._scheduler.shutdown(wait=False)


def _quietly(job: Job) -> Callable[[], Awaitable[None]]:
    async def tick() -> None:
        try:
            await job.work()
        except Exception:
            logger.exception("tick failed", extra={"tick": job.name})

    return tick
