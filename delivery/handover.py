"""From claim to call: render, book slots of the rate, mark as handed over, call."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any, NamedTuple

from core.clock import Clock
from delivery.claimer import Parcel
from delivery.fence import Fence
from delivery.limiter import Limiter
from delivery.outcomes import PACED_KINDS, Fate
from delivery.ports import Units
from delivery.render import Words
from delivery.sender import Ending, Sender

Job = Coroutine[Any, Any, None]


class Fenced(Exception):  # noqa: N818 - a refusal that rolls the hand-over back
    """The database is older than what this host has sent; the argument names the reason."""


class Handover:
    """Calls of one worker: those that run, those that ended, and the chats that rest after one."""

    def __init__(
        self,
        worker: str,
        units: Units,
        sender: Sender,
        limiter: Limiter,
        clock: Clock,
        fence: Fence,
        ended: Callable[[], None],
    ) -> None:
        self._worker = worker
        self._units = units
        self._sender = sender
        self._limiter = limiter
        self._clock = clock
        self._fence = fence
        self._ended = ended
        self.finished: list[Ending] = []
        self.in_flight: dict[str, set[int]] = {}
        self.resting: dict[str, float] = {}

    def calling(self) -> set[int]:
        """List the rows whose outcome is still to be stored."""
        return {ending.row.id for ending in self.finished}.union(*self.in_flight.values())

    def busy(self) -> list[str]:
        """List the targets that cannot take a message at this instant."""
        now = self._clock.monotonic()
        self.resting = {target: at for target, at in self.resting.items() if at > now}
        return [*self.resting, *self.in_flight]

    async def hand(self, parcels: list[Parcel]) -> list[Job]:
        """Hand over what is still claimed and tell which calls to run; what was withdrawn meanwhile stays behind.

        Fenced: the database must not send.
        """
        ready: list[tuple[Parcel, Words | None]] = []
        for parcel in parcels:
            words = self._sender.words(parcel)
            if isinstance(words, Ending):
                self.finished.append(words)
            else:
                ready.append((parcel, words))
        if not ready:
            return []
        now = self._clock.monotonic()
        slots = iter(await self._limiter.bucket.book(sum(_costs(parcel) for parcel, _ in ready)))
        handed = await self._mark([parcel.row.id for parcel, _ in ready])
        chains: dict[str, list[_Call]] = {}
        for parcel, said in ready:
            at = now + next(slots) if _costs(parcel) else now
            if parcel.row.id in handed:
                chains.setdefault(parcel.row.target, []).append(_Call(parcel, said, at))
        for target, chain in chains.items():
            self.in_flight[target] = {call.parcel.row.id for call in chain}
        return [self._deliver(target, chain) for target, chain in chains.items()]

    async def _mark(self, rows: list[int]) -> set[int]:
        """Mark rows as handed over, in the database and on the fence."""
        async with self._units.begin() as unit:
            handed = await unit.claims.hand(self._worker, rows)
            mark = await unit.claims.advance_mark()
            if refused := self._fence.refusal(mark):
                raise Fenced(refused)
        self._fence.advance(mark)
        return handed

    async def _deliver(self, target: str, chain: list[_Call]) -> None:
        """Make the calls of one chat in order."""
        try:
            for parcel, words, at in chain:
                await self._clock.sleep(at - self._clock.monotonic())
                if _costs(parcel):
                    self._limiter.chats.note(parcel.chat, self._clock.monotonic())
                ending = await self._sender.send(parcel, words)
                self.finished.append(ending)
                if ending.failure is not None and ending.failure.fate is Fate.LIMITED:
                    self._limiter.limited(parcel.chat, ending.failure.seconds)
                    self._put_off(chain, ending)
                    break
            now = self._clock.monotonic()
            self.resting[target] = now + self._limiter.chats.wait(chain[-1].parcel.chat, now)
        finally:
            self.in_flight.pop(target, None)
            self._ended()

    def _put_off(self, chain: list[_Call], limited: Ending) -> None:
        """Leave the rest of a chain for after the pause."""
        after = chain[[call.parcel.row.id for call in chain].index(limited.row.id) + 1 :]
        for parcel, _, _ in after:
            outcome = replace(limited.outcome, id=parcel.row.id)
            self.finished.append(Ending(parcel.row, parcel.chat, outcome))


class _Call(NamedTuple):
    parcel: Parcel
    words: Words | None
    at: float
    """Monotonic seconds of its slot."""


def _costs(parcel: Parcel) -> bool:
    """Tell whether a row takes a slot of the overall rate: messages and edits do."""
    return parcel.row.kind in PACED_KINDS
