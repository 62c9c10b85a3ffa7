"""A bot's update queue with Telegram's polling semantics.

Sources: the getUpdates code of Telegram's Bot API server 10.0 (offsets, repeated calls, conflicts, retention).
"""

import asyncio
import itertools
import math
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from emulator.clock import Clock
from emulator.errors import ApiError
from emulator.tasks import Tasks

RETENTION = 86_400.0
"""Seconds from the date of a message, member, request or reaction update until it is forgotten."""
QUERY_RETENTION = 150.0
"""The same for callback, shipping and pre-checkout queries."""
SHORT_LIVED = frozenset({"callback_query", "shipping_query", "pre_checkout_query"})
OPT_IN = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds that arrive only when `allowed_updates` names them."""
MAX_TIMEOUT = 50
"""Seconds; a longer poll is answered after that."""
MAX_LIMIT = 100
FUTURE_SLACK = 10
"""An offset further than this beyond the last update is taken for a mistake: the poll starts from the oldest."""
REPEAT_WINDOW = 3.0
"""Seconds within which a repeated offset waits at least that long ..."""
HASTY_WINDOW = 0.5
"""... and within which it gets one update only."""
CONFLICT_PAUSE = 3.0
"""Seconds by which a second conflict within that time is delayed."""

OTHER_POLL = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
SET_WEBHOOK = "Conflict: terminated by setWebhook request"

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pending:
    """One update that waits for its bot."""

    update_id: int
    kind: str
    payload: Payload
    expires: float

    def as_json(self) -> Payload:
        return {"update_id": self.update_id, self.kind: self.payload}


class UpdateQueue:
    """Keep updates until the bot confirms them by a higher offset or they expire.

    `strict_repeats` follows Telegram in slowing down a caller that repeats an offset within three seconds;
    a test on a virtual clock, where no second ever passes, may switch it off.
    """

    def __init__(self, clock: Clock, first_id: int, *, strict_repeats: bool = True) -> None:
        self._clock = clock
        self._next_id = first_id
        self._pending: dict[int, Pending] = {}
        self._earliest_expiry = math.inf
        self._allowed: frozenset[str] | None = None
        self._poll: asyncio.Future[None] | None = None
        self._timers = Tasks()
        self._next_conflict = -math.inf
        self._last_offset: int | None = None
        self._last_start = -math.inf
        self._listeners: list[Callable[[Pending], None]] = []
        self.strict_repeats = strict_repeats
        self.distort: Callable[[list[Pending]], list[Pending]] = list

    @property
    def allowed_updates(self) -> list[str] | None:
        """Return the stored list, None when it is the default (everything but the opt-in kinds)."""
        return None if self._allowed is None else sorted(self._allowed)

    def allow(self, kinds: Collection[str] | None) -> None:
        """Store which kinds are queued from here on: None keeps the choice, an empty list means the default."""
        if kinds is not None:
            self._allowed = frozenset(kinds) or None

    def wants(self, kind: str) -> bool:
        """Say whether an update of this kind would be queued."""
        return kind not in OPT_IN if self._allowed is None else kind in self._allowed

    def push(self, kind: str, payload: Payload, *, date: float | None = None) -> int | None:
        """Queue one update and return its id; None when `allowed_updates` leaves its kind out.

        `date` is the unix second of the message; retention counts from it.
        """
        return self.push_raw(kind, payload, date=date) if self.wants(kind) else None

    def push_raw(self, kind: str, payload: Payload, *, date: float | None = None) -> int:
        """Queue one update whatever `allowed_updates` says."""
        born = self._clock.now() if date is None else date
        lifetime = QUERY_RETENTION if kind in SHORT_LIVED else RETENTION
        update = Pending(self._next_id, kind, payload, born + lifetime)
        self._next_id += 1
        self._pending[update.update_id] = update
        self._earliest_expiry = min(self._earliest_expiry, update.expires)
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
        for listener in self._listeners:
            listener(update)
        return update.update_id

    def subscribe(self, listener: Callable[[Pending], None]) -> Callable[[], None]:
        """Call `listener` with every update that is queued; return what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def pending(self) -> list[Pending]:
        """List the updates that wait, oldest first."""
        self._forget_expired()
        return list(self._pending.values())

    def __len__(self) -> int:
        self._forget_expired()
        return len(self._pending)

    def confirm(self, update_id: int) -> None:
        """Forget one update; a webhook confirms one by one and out of order."""
        self._pending.pop(update_id, None)

    def clear(self) -> None:
        """Drop all that waits (drop_pending_updates)."""
        self._pending.clear()

    async def fetch(
        self,
        offset: int = 0,
        limit: int = MAX_LIMIT,
        timeout: float = 0,  # noqa: ASYNC109 - Telegram's name; it is the length of the long poll
        allowed_updates: Collection[str] | None = None,
    ) -> list[Payload]:
        """Answer one getUpdates call.

        `timeout` is in seconds. The older of two waiting calls gets ApiError 409.
        """
        self.allow(allowed_updates)
        self.terminate_poll(OTHER_POLL)
        limit, timeout = self._slow_down(offset, limit, min(max(timeout, 0), MAX_TIMEOUT))
        self._confirm_before(self._start(offset))
        if not self._pending and timeout > 0:
            await self._wait(timeout)
        batch = list(itertools.islice(self._pending.values(), limit))
        return [update.as_json() for update in self.distort(batch)]

    def terminate_poll(self, reason: str) -> None:
        """End the poll that waits, if any, with ApiError 409 and `reason`."""
        poll, self._poll = self._poll, None
        if poll is not None and not poll.done():
            poll.set_exception(ApiError(409, reason))

    async def close(self) -> None:
        """Answer the poll that waits as if its time were over."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
        await self._timers.close()

    def _start(self, offset: int) -> int:
        """Turn the caller's offset into the id of the first update to keep."""
        self._forget_expired()
        head = next(iter(self._pending), self._next_id)
        if offset < 0:
            kept = list(self._pending)[offset:]
            return kept[0] if kept else head
        if offset == 0 or offset > self._next_id + FUTURE_SLACK:
            return head
        return offset

    def _slow_down(self, offset: int, limit: int, timeout: float) -> tuple[int, float]:
        limit = limit if 1 <= limit <= MAX_LIMIT else MAX_LIMIT
        now = self._clock.now()
        since = now - self._last_start if offset == self._last_offset else math.inf
        self._last_offset, self._last_start = offset, now
        if not self.strict_repeats:
            return limit, timeout
        if since < REPEAT_WINDOW:
            timeout = max(timeout, REPEAT_WINDOW)
        return (1 if since < HASTY_WINDOW else limit), timeout

    async def _wait(self, seconds: float) -> None:
        """Return when an update is there or `seconds` are over; ApiError 409 when somebody else polls."""
        poll: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poll = poll
        stop_timer = self._timers.spawn(self._end_poll(poll, seconds), "long poll timer")
        try:
            await poll
        except ApiError:
            await self._pause_conflict()
            raise
        finally:
            stop_timer()
            if self._poll is poll:
                self._poll = None

    async def _end_poll(self, poll: asyncio.Future[None], seconds: float) -> None:
        await self._clock.sleep(seconds)
        if not poll.done():
            poll.set_result(None)

    async def _pause_conflict(self) -> None:
        """Delay a conflict that follows another within three seconds."""
        now = self._clock.now()
        if now < self._next_conflict:
            await self._clock.sleep(CONFLICT_PAUSE)
        else:
            self._next_conflict = now + CONFLICT_PAUSE

    def _forget_expired(self) -> None:
        now = self._clock.now()
        if self._earliest_expiry > now:
            return
        self._pending = {key: kept for key, kept in self._pending.items() if kept.expires > now}
        expiries = (update.expires for update in self._pending.values())
        self._earliest_expiry = min(expiries, default=math.inf)

    def _confirm_before(self, update_id: int) -> None:
        read = list(itertools.takewhile(lambda key: key < update_id, self._pending))
        for key in read:
            del self._pending[key]
