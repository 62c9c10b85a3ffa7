"""What the control API keeps besides the world: labels, read marks, the next due message, and a pulse."""

import asyncio
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from emulator.api import Emulator

LOOK_EVERY = 0.15
"""Seconds of real time between two looks for changes that did not come through the server."""

Place = tuple[int, int, int]
"""Person, chat as the person names it (a bot's id for a private chat), thread (0: none, 1: General)."""


@dataclass(slots=True)
class Desk:
    """State of the control API; `reset` forgets it."""

    emulator: Emulator
    labels: dict[int, str] = field(default_factory=dict)
    """What a person is at the school, as the page shows it next to the name."""
    zones: dict[int, str] = field(default_factory=dict)
    """IANA time zone in which a person reads the clock."""
    read: dict[Place, int] = field(default_factory=dict)
    """Last message read."""
    next_due: float | None = None
    """Instant of the bot's next planned message in unix seconds, as the bot told it."""
    version: int = 0
    _beat: asyncio.Event = field(default_factory=asyncio.Event)
    _seen: tuple[int, int, int] = (0, 0, 0)

    def touch(self) -> None:
        """Tell watchers that something may have changed."""
        self.version += 1
        self._beat.set()
        self._beat = asyncio.Event()

    async def changed(self, after_version: int) -> int:
        """Return the version as soon as it differs from `after_version`; looks at the world on the way."""
        while self.version == after_version:
            try:
                await asyncio.wait_for(self._beat.wait(), LOOK_EVERY)
            except TimeoutError:
                self._look()
        return self.version

    def describe(self, person_id: int, facts: dict[str, Any]) -> None:
        """Keep what the page shows of a person. ValueError for an unknown time zone."""
        if "label" in facts:
            self.labels[person_id] = str(facts["label"])
        if facts.get("time_zone"):
            try:
                self.zones[person_id] = ZoneInfo(str(facts["time_zone"])).key
            except (ZoneInfoNotFoundError, ValueError) as unknown:
                msg = "time_zone is an IANA name"
                raise ValueError(msg) from unknown

    def forget(self) -> None:
        """Return to the beginning; watchers are told."""
        self.labels.clear()
        self.zones.clear()
        self.read.clear()
        self.next_due = None
        self.touch()

    def _look(self) -> None:
        """Notice what happened in process: calls, arrivals, updates and moves of the clock."""
        world = self.emulator.world
        updates = sum(len(bot.queue) for bot in world.bots.values())
        print_ = (self.emulator.log.last_number, updates, self.emulator.clock.version)
        if print_ != self._seen:
            self._seen = print_
            self.touch()
