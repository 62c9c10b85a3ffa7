"""Sudden death: at any transaction and at any call the process may end, with everything it had in memory."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from storage.database import Database


class Crash(BaseException):
    """The process is gone; nothing of the product can catch this."""


@dataclass(slots=True)
class Fuse:
    """Decides at every point whether the process dies there. `limit` ends the dying; `chance` is seeded."""

    chance: random.Random
    probability: float
    limit: int | None = None
    points: int = 0
    crashes: int = 0
    armed: bool = True
    places: dict[str, int] = field(default_factory=dict)

    def point(self, place: str) -> None:
        """Pass a point where a crash would matter."""
        self.points += 1
        if not self.armed or (self.limit is not None and self.crashes >= self.limit):
            return
        if self.chance.random() < self.probability:
            self.crashes += 1
            self.places[place] = self.places.get(place, 0) + 1
            raise Crash(place)


class CrashingUnits:
    """Units of the real database that may die before, inside and after a transaction."""

    def __init__(self, database: Database, fuse: Fuse) -> None:
        self._database = database
        self._fuse = fuse

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Any]:
        self._fuse.point("before transaction")
        async with self._database.begin() as unit:
            yield unit
            self._fuse.point("before commit")
        self._fuse.point("after commit")

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Any]:
        async with self._database.reading() as unit:
            yield unit
