"""Telegram's sending rates as pure arithmetic: instants in, waits out. All times are monotonic seconds.

30 a second overall, 1 a second per chat with bursts of 3, 20 a minute per group (Bots FAQ); the real limits are not
published.
"""

from __future__ import annotations

import math
from collections import deque

PRIVATE_INTERVAL = 1.0
PRIVATE_BURST = 3
GROUP_MESSAGES = 20
GROUP_PERIOD = 60.0
_REMEMBERED_CHATS = 20_000


class Meter:
    """Evenly spaced slots with a small burst, never more than `per_second` in any second (GCRA).

    A burst of b slots lowers the steady rate by b - 1 a second, so that burst and flow together keep the limit.
    """

    def __init__(self, per_second: float) -> None:
        self.burst = max(1, int(per_second * 0.02))
        self.interval = 1.0 / (per_second - self.burst + 1)
        self._free_at = -math.inf

    def room(self, now: float, horizon: float) -> int:
        """Count the slots that begin within `horizon` seconds."""
        start = max(self._free_at, now - (self.burst - 1) * self.interval)
        # The last comparison is forgiven a nanosecond, else rounding loses every other slot.
        return max(0, math.floor((now + horizon - start) / self.interval + 1e-9) + 1)

    def book(self, now: float) -> float:
        """Take the next slot and tell in how many seconds it begins."""
        start = max(self._free_at, now - (self.burst - 1) * self.interval)
        self._free_at = start + self.interval
        return max(0.0, start - now)


class Chats:
    """Spacing within one chat: a second between messages, in groups at most 20 a minute, edits included."""

    def __init__(self, private_interval: float = PRIVATE_INTERVAL) -> None:
        self._interval = private_interval
        self._sent: dict[int, deque[float]] = {}

    def wait(self, chat: int, now: float, burst: int = 1) -> float:
        """Tell in how many seconds a message to `chat` keeps the rates; `burst` 3 suits answers to a person."""
        sent = self._sent.get(chat)
        if not sent:
            return 0.0
        near = self._interval if burst == 1 else 0.0
        waits = [sent[-1] + near - now]
        if chat < 0 and len(sent) >= GROUP_MESSAGES:
            waits.append(sent[-GROUP_MESSAGES] + GROUP_PERIOD - now)
        if chat > 0 and len(sent) >= burst:
            waits.append(sent[-burst] + burst * self._interval - now)
        return max(0.0, *waits)

    def note(self, chat: int, at: float) -> None:
        """Count a message that leaves at `at`."""
        if chat not in self._sent and len(self._sent) >= _REMEMBERED_CHATS:
            self._forget(at)
        self._sent.setdefault(chat, deque(maxlen=GROUP_MESSAGES)).append(at)

    def _forget(self, now: float) -> None:
        self._sent = {
            chat: sent for chat, sent in self._sent.items() if sent[-1] > now - GROUP_PERIOD
        }


class Pauses:
    """What Telegram asked to wait for: the whole bot (None) or one chat."""

    def __init__(self) -> None:
        self._until: dict[int | None, float] = {}

    def wait(self, chat: int | None, now: float) -> float:
        """Tell how long calls to `chat` have to wait."""
        everything = self._until.get(None, -math.inf)
        return max(0.0, everything - now, self._until.get(chat, -math.inf) - now)

    def pause(self, chat: int | None, until: float) -> None:
        self._until[chat] = max(until, self._until.get(chat, -math.inf))

    def paused_chats(self, now: float) -> list[int]:
        """List chats that are paused on their own, and forget the pauses that are over."""
        self._until = {chat: until for chat, until in self._until.items() if until > now}
        return [chat for chat in self._until if chat is not None]
