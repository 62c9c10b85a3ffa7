"""Misbehaviour on command: what a call or a delivery of updates runs into."""

import itertools
import random
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from emulator.clock import Clock
from emulator.errors import ApiError, TransportFault
from emulator.limits import too_many_requests
from emulator.updates import Pending


class FaultKind(StrEnum):
    """What happens. The first six spoil a call before it has an effect, the next two after it."""

    TOO_MANY_REQUESTS = "429"
    TOO_MANY_REQUESTS_BARE = "429_bare"
    """A 429 without `parameters`."""
    SERVER_ERROR = "5xx"
    HTML = "html"
    """An HTML page of a proxy in front of Telegram, status 502."""
    TIMEOUT_BEFORE = "timeout_before"
    RESET_BEFORE = "reset_before"
    TIMEOUT_AFTER = "timeout_after"
    RESET_AFTER = "reset_after"
    SLOW = "slow"
    """The call waits `seconds` and then works as usual."""
    DUPLICATE = "duplicate"
    """An update comes twice in one batch."""
    REDELIVER = "redeliver"
    """A confirmed update comes again with the next batch."""
    REORDER = "reorder"
    """The updates of a batch come in another order."""


BEFORE = frozenset(
    {
        FaultKind.TOO_MANY_REQUESTS,
        FaultKind.TOO_MANY_REQUESTS_BARE,
        FaultKind.SERVER_ERROR,
        FaultKind.HTML,
        FaultKind.TIMEOUT_BEFORE,
        FaultKind.RESET_BEFORE,
        FaultKind.SLOW,
    }
)
AFTER = frozenset({FaultKind.TIMEOUT_AFTER, FaultKind.RESET_AFTER})

HTML_BODY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
)
SERVER_ERRORS = {
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What to spoil and how often.

    `method` is an API method, or the kind of update for delivery faults; None means any. `count` None means until
    removed. `seconds` is retry_after of a 429 and the wait of a slow answer; `status` belongs to `5xx`.
    """

    kind: FaultKind
    method: str | None = None
    chat_id: int | str | None = None
    bot_id: int | None = None
    count: int | None = 1
    probability: float = 1.0
    seconds: float = 1.0
    status: int = 500

    def __post_init__(self) -> None:
        if not 0 <= self.probability <= 1:
            msg = "probability lies between 0 and 1"
            raise ValueError(msg)
        if self.count is not None and self.count < 1:
            msg = "count is at least 1, or null for ever"
            raise ValueError(msg)
        if self.seconds < 0:
            msg = "seconds is not negative"
            raise ValueError(msg)
        if self.status not in SERVER_ERRORS:
            msg = f"status is one of {sorted(SERVER_ERRORS)}"
            raise ValueError(msg)

    def fits(self, bot_id: int | None, name: str, chat_id: object) -> bool:
        """Say whether a call or an update of this name, bot and chat is meant."""
        return (
            (self.method is None or self.method.lower() == name.lower())
            and (self.bot_id is None or bot_id is None or self.bot_id == bot_id)
            and (self.chat_id is None or str(self.chat_id) == str(chat_id))
        )


@dataclass(slots=True)
class _Active:
    fault: Fault
    left: int | None
    fired: int = 0


class Faults:
    """Hold the faults that are set and raise them when their turn comes. Chance is seeded."""

    def __init__(self, clock: Clock, seed: int = 0) -> None:
        self._clock = clock
        self._chance = random.Random(seed)  # noqa: S311 - chance of a test, not of a secret
        self._ids = itertools.count(1)
        self._active: dict[int, _Active] = {}
        self._again: list[Pending] = []

    def add(self, fault: Fault) -> int:
        """Set a fault; return its id."""
        number = next(self._ids)
        self._active[number] = _Active(fault, fault.count)
        return number

    def remove(self, number: int) -> bool:
        """Lift one fault; False when there is none of that id."""
        return self._active.pop(number, None) is not None

    def clear(self) -> None:
        """Lift all faults."""
        self._active.clear()
        self._again.clear()

    def seed(self, seed: int) -> None:
        """Start the chance anew, so that a run can be repeated."""
        self._chance.seed(seed)

    def listing(self) -> list[dict[str, Any]]:
        """List the faults that are set, with their ids, what is left of them and how often they fired."""
        return [
            {"id": number, **asdict(active.fault), "left": active.left, "fired": active.fired}
            for number, active in self._active.items()
        ]

    async def before(self, bot_id: int, method: str, params: dict[str, Any]) -> None:
        """Raise what spoils this call before its effect: ApiError or TransportFault; or wait."""
        fault = self._draw(BEFORE, bot_id, method, params.get("chat_id"))
        if fault is None:
            return
        if fault.kind is FaultKind.SLOW:
            await self._clock.sleep(fault.seconds)
            return
        raise _before(fault)

    async def after(self, bot_id: int, method: str, params: dict[str, Any]) -> None:
        """Raise TransportFault when the answer to a call that had its effect is to be lost."""
        fault = self._draw(AFTER, bot_id, method, params.get("chat_id"))
        if fault is not None:
            raise TransportFault(
                "timeout" if fault.kind is FaultKind.TIMEOUT_AFTER else "disconnect"
            )

    def distort(self, batch: list[Pending]) -> list[Pending]:
        """Return the batch as the bot gets it: doubled, repeated, reordered."""
        if not self._active and not self._again:
            return batch
        out, self._again = self._again, []
        for update in batch:
            chat = chat_of(update)
            out.append(update)
            if self._draw({FaultKind.DUPLICATE}, None, update.kind, chat):
                out.append(update)
            if self._draw({FaultKind.REDELIVER}, None, update.kind, chat):
                self._again.append(update)
        if len(out) > 1 and self._draw({FaultKind.REORDER}, None, out[0].kind, chat_of(out[0])):
            out = self._reordered(out)
        return out

    def _reordered(self, batch: list[Pending]) -> list[Pending]:
        order = list(range(len(batch)))
        while order == sorted(order):
            self._chance.shuffle(order)
        return [batch[place] for place in order]

    def _draw(
        self,
        kinds: "frozenset[FaultKind] | set[FaultKind]",
        bot_id: int | None,
        name: str,
        chat: object,
    ) -> Fault | None:
        """Take the first fault that fits and whose chance comes up, and count it."""
        for number, active in self._active.items():
            fault = active.fault
            if fault.kind not in kinds or not fault.fits(bot_id, name, chat):
                continue
            if fault.probability < 1 and self._chance.random() >= fault.probability:
                continue
            active.fired += 1
            if active.left is not None:
                active.left -= 1
                if active.left == 0:
                    del self._active[number]
            return fault
        return None


def chat_of(update: Pending) -> int | None:
    """Return the chat an update belongs to, the person when it has none, None when it has neither."""
    payload = update.payload
    chat = payload.get("chat") or (payload.get("message") or {}).get("chat")
    who = chat or payload.get("from") or payload.get("user") or {}
    found = who.get("id")
    return found if isinstance(found, int) else None


def _before(fault: Fault) -> ApiError | TransportFault:
    match fault.kind:
        case FaultKind.TOO_MANY_REQUESTS:
            return too_many_requests(max(1, round(fault.seconds)))
        case FaultKind.TOO_MANY_REQUESTS_BARE:
            return too_many_requests(max(1, round(fault.seconds)), told=False)
        case FaultKind.SERVER_ERROR:
            return ApiError(fault.status, SERVER_ERRORS[fault.status])
        case FaultKind.HTML:
            return TransportFault("body", status=502, body=HTML_BODY)
        case FaultKind.TIMEOUT_BEFORE:
            return TransportFault("timeout")
        case _:
            return TransportFault("disconnect")
