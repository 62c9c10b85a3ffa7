"""Telegram's sending rates: overall, per private chat and per group.

The numbers are those of the Bots FAQ (about 30 messages a second overall, one a second per chat with short bursts,
20 a minute per group). Real limits are unpublished and adaptive; these are what a bot should live with.
"""

import math
from collections import deque
from dataclasses import dataclass, field

from emulator.errors import ApiError


@dataclass(frozen=True, slots=True)
class Rates:
    """Numbers of the limits. Periods are in seconds."""

    overall: int = 30
    overall_period: float = 1.0
    private_burst: int = 3
    """Messages a private chat takes at once; after that one per `private_period`."""
    private_period: float = 1.0
    group: int = 20
    group_period: float = 60.0


@dataclass(slots=True)
class _Window:
    """At most `size` events within any `period`."""

    size: int
    period: float
    _seen: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        """Return the seconds until one more event fits; 0 when it fits at once."""
        while self._seen and self._seen[0] <= now - self.period:
            self._seen.popleft()
        return 0.0 if len(self._seen) < self.size else self._seen[0] + self.period - now

    def take(self, now: float) -> None:
        self._seen.append(now)


@dataclass(slots=True)
class _Bucket:
    """`size` events at once, refilled by one every `period`."""

    size: int
    period: float
    _empty_until: float = -math.inf
    """The instant from which the bucket counts as empty no longer: each event moves it by one period."""

    def wait(self, now: float) -> float:
        return max(0.0, self._empty_until - (self.size - 1) * self.period - now)

    def take(self, now: float) -> None:
        self._empty_until = max(self._empty_until, now) + self.period


class RateLimits:
    """Count what each bot sends; refuse what comes too fast. A refused message counts nowhere."""

    def __init__(self, rates: Rates | None = None, *, enabled: bool = False) -> None:
        self.rates = rates or Rates()
        self.enabled = enabled
        self._overall: dict[int, _Window] = {}
        self._chats: dict[tuple[int, int], _Window | _Bucket] = {}

    def check(self, bot_id: int, chat_id: int, is_group: bool, now: float) -> None:  # noqa: FBT001
        """Count one message or refuse it with ApiError 429 and `retry_after` in whole seconds.

        `now` is unix seconds.
        """
        if not self.enabled:
            return
        scopes = (self._bot(bot_id), self._chat(bot_id, chat_id, is_group=is_group))
        wait = max(scope.wait(now) for scope in scopes)
        if wait > 0:
            raise too_many_requests(math.ceil(wait))
        for scope in scopes:
            scope.take(now)

    def reset(self) -> None:
        """Forget everything counted."""
        self._overall.clear()
        self._chats.clear()

    def _bot(self, bot_id: int) -> _Window:
        if bot_id not in self._overall:
            self._overall[bot_id] = _Window(self.rates.overall, self.rates.overall_period)
        return self._overall[bot_id]

    def _chat(self, bot_id: int, chat_id: int, *, is_group: bool) -> "_Window | _Bucket":
        key = (bot_id, chat_id)
        if key not in self._chats:
            self._chats[key] = (
                _Window(self.rates.group, self.rates.group_period)
                if is_group
                else _Bucket(self.rates.private_burst, self.rates.private_period)
            )
        return self._chats[key]


def too_many_requests(retry_after: int, *, told: bool = True) -> ApiError:
    """Build Telegram's 429; `told` says whether it carries `parameters.retry_after`."""
    parameters = {"retry_after": retry_after} if told else None
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", parameters)
