"""When people were last here, to the day: what a broadcast to active families goes by."""

from __future__ import annotations

from core.clock import Clock
from storage.database import Database

EVERY = 60.0
"""Seconds between two writes."""
DAY = 86_400.0
"""A person is written down once in so many seconds: nobody asks for the hour."""


class Presence:
    """Notes in memory, writes in sets. What a crash forgets is noted again with the next word."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._known: dict[int, float] = {}
        self._fresh: set[int] = set()

    def note(self, telegram_id: int) -> None:
        """Note that somebody wrote or pressed something."""
        now = self._clock.monotonic()
        if now - self._known.get(telegram_id, -DAY) >= DAY:
            self._known[telegram_id] = now
            self._fresh.add(telegram_id)

    async def flush(self) -> int:
        """Write down who is new on this day; tell how many."""
        fresh, self._fresh = self._fresh, set()
        if fresh:
            async with self._database.begin() as unit:
                await unit.people.seen(sorted(fresh), unit.now)
        self._forget()
        return len(fresh)

    def _forget(self) -> None:
        """Drop those of yesterday: they are noted anew anyway."""
        now = self._clock.monotonic()
        self._known = {one: at for one, at in self._known.items() if now - at < DAY}
