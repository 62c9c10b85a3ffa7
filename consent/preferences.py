"""When and about what a parent wants to hear: kept in `people.preferences`, read by the gate and the planners."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

from core.errors import Refusal

PAUSES = (1, 2, 4)
"""Weeks a pause may last."""
WEEKDAYS = range(1, 8)
DIGEST_HOURS = range(9, 21)
"""Local hours at which a digest may come; the hours of `Settings.digest_hour`."""
TOPICS = ("health", "learning", "habits", "play", "feelings", "school", "screens")


@dataclass(frozen=True, slots=True)
class Preferences:
    """A parent's wishes; None means the school's own setting."""

    digest_weekday: int | None = None
    digest_hour: int | None = None
    quiet_from: time | None = None
    quiet_until: time | None = None
    topics: tuple[str, ...] = ()
    paused_until: datetime | None = None

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Preferences:
        """Read the stored form; what is missing is None."""
        paused = raw.get("paused_until")
        return cls(
            raw.get("digest_weekday"),
            raw.get("digest_hour"),
            _time(raw.get("quiet_from")),
            _time(raw.get("quiet_until")),
            tuple(raw.get("topics") or ()),
            datetime.fromisoformat(paused) if paused else None,
        )

    def written(self) -> dict[str, Any]:
        """Write the stored form without what is None."""
        raw = {
            "digest_weekday": self.digest_weekday,
            "digest_hour": self.digest_hour,
            "quiet_from": self.quiet_from.isoformat("minutes") if self.quiet_from else None,
            "quiet_until": self.quiet_until.isoformat("minutes") if self.quiet_until else None,
            "topics": list(self.topics) or None,
            "paused_until": self.paused_until.isoformat() if self.paused_until else None,
        }
        return {key: value for key, value in raw.items() if value is not None}

    def with_digest(self, weekday: int, hour: int) -> Preferences:
        """Choose day and hour. Refuses `input.number` outside ISO weekdays and the hours of the school."""
        if weekday not in WEEKDAYS or hour not in DIGEST_HOURS:
            raise Refusal("input.number")
        return replace(self, digest_weekday=weekday, digest_hour=hour)

    def with_quiet(self, start: int, end: int) -> Preferences:
        """Choose quiet hours by full hours; equal ones mean none. Refuses `input.number`."""
        if not (0 <= start <= 23 and 0 <= end <= 23):  # noqa: PLR2004 - hours of a day
            raise Refusal("input.number")
        return replace(self, quiet_from=time(start), quiet_until=time(end))

    def with_topic(self, topic: str) -> Preferences:
        """Switch one topic of interest on or off. Refuses `input.number` for an unknown one."""
        if topic not in TOPICS:
            raise Refusal("input.number")
        left = tuple(each for each in self.topics if each != topic)
        return replace(self, topics=left if topic in self.topics else (*left, topic))

    def paused(self, weeks: int, now: datetime) -> Preferences:
        """Pause care and marketing for 1, 2 or 4 weeks; 0 ends a pause. Refuses `input.number`."""
        if weeks == 0:
            return replace(self, paused_until=None)
        if weeks not in PAUSES:
            raise Refusal("input.number")
        return replace(self, paused_until=now + timedelta(weeks=weeks))


def _time(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None
