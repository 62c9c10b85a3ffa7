"""The sender: claims what is due, hands it to Telegram within its limits, stores how it ended.

One turn is two short transactions: outcomes so far plus claims, then the hand-over mark; calls run beside the turns.
A crash before the mark sends the row once more, a crash after it leaves the outcome unknown (DESIGN 5).
"""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from core.clock import Clock
from core.effects import RowState
from core.outgoing import HOLD_TELEGRAM, Hold, Outcome
from delivery.claimer import Batch, Claimer
from delivery.fence import Fence
from delivery.handover import Fenced, Handover, Job
from delivery.limiter import Limiter
from delivery.policy import GatePolicy, SenderPolicy
from delivery.ports import Alarm, Preparer, Unit, Units
from delivery.pulse import Pulse
from delivery.recorder import Recorder
from delivery.sender import Ending, Sender

logger = logging.getLogger(__name__)

CROWD, GATHER = 48, 0.04
"""With so many calls under way outcomes are gathered for so many seconds: a turn costs as much for one as for fifty."""
LONGEST_REST = 30.0
_FAULT_RESTS = (1.0, 2.0, 5.0, 10.0, 30.0)


def log_alarm(what: str, facts: Any) -> None:
    """Tell the log, where monitoring listens."""
    logger.error(what, extra=dict(facts))


class Worker:
    """One sender. `name` is unique among all that share the database; it is the fencing token of its claims."""

    def __init__(
        self,
        name: str,
        units: Units,
        sender: Sender,
        limiter: Limiter,
        clock: Clock,
        fence: Fence,
        *,
        gate: GatePolicy,
        policy: SenderPolicy,
        alarm: Alarm = log_alarm,
        preparers: Mapping[str, Preparer] | None = None,
    ) -> None:
        self.name = name
        self._units = units
        self._limiter = limiter
        self._clock = clock
        self._fence = fence
        self._policy = policy
        self._alarm = alarm
        self._claimer = Claimer(name, gate, limiter, preparers=preparers or {})
        self._recorder = Recorder(name, policy, alarm)
        self._pulse = Pulse(name, policy, clock)
        self._wake = asyncio.Event()
        self._calls = Handover(name, units, sender, limiter, clock, fence, self._wake.set)
        self._faulty = False
        self._due: datetime | None = None
        self._stopping = False
        self._started = False
        self.refused = ""
        """Why this database must not send; empty when it may."""

    def committed(self, unit: Unit) -> None:
        """Listen to commits: wake up when one planned something or lifted a stop."""
        if unit.outbox.enqueued or unit.holds.changed:
            self._wake.set()

    def stop(self) -> None:
        """Claim nothing more; `run` returns once what is in flight has ended."""
        self._stopping = True
        self._wake.set()

    @property
    def in_flight(self) -> int:
        return sum(map(len, self._calls.in_flight.values()))

    def unstored(self) -> list[Ending]:
        """List calls that ended since the last turn (watchers, benchmarks)."""
        return list(self._calls.finished)

    async def run(self) -> None:
        """Send until `stop`; a database that fails is waited for, nothing is sent that cannot be recorded (L95)."""
        faults = 0
        async with asyncio.TaskGroup() as calls:
            while not self._stopping:
                self._wake.clear()
                try:
                    jobs, rest = await self.turn()
                    faults = 0
                except Exception:
                    self._faulty = True
                    logger.exception("sender turn failed", extra={"worker": self.name})
                    jobs, rest = [], _FAULT_RESTS[min(faults, len(_FAULT_RESTS) - 1)]
                    faults += 1
                for job in jobs:
                    calls.create_task(job)
                await self._rest(rest, calls)
                if self.in_flight >= CROWD:
                    await self._clock.sleep(GATHER)
        await self.close()

    async def drain(self, patience: float = 2.0) -> int:
        """Send, one call after the other, until nothing leaves for `patience` seconds; tell how many chats were served.

        For simulations and the command line, where nobody else drives the clock.
        """
        made, waited = 0, 0.0
        while True:
            jobs, rest = await self.turn()
            try:
                for job in jobs:
                    await job
            finally:
                for job in jobs:
                    job.close()
            made += len(jobs)
            if jobs or self._calls.finished:
                waited = 0.0
                continue
            ahead = math.inf
            if self._due is not None:
                ahead = (self._due - self._clock.now()).total_seconds()
            if waited + max(rest, ahead) > patience:
                return made
            waited += max(rest, ahead)
            await self._clock.sleep(max(rest, ahead))

    async def close(self) -> None:
        """Store the last outcomes and give back what was not handed over."""
        async with self._units.begin() as unit:
            await self._recorder.record(unit, self._calls.finished)
            await self._pulse.leave(unit)
        self._calls.finished.clear()

    async def turn(self) -> tuple[list[Job], float]:
        """Store outcomes, claim and hand over; tell which calls to run and how long nothing else will happen."""
        if not self._started:
            await self._start()
        slots, soft = await self._free_slots()
        if not self._calls.finished and not self._pulse.due():
            async with self._units.reading() as unit:
                self._due = await _next_due(unit)
            if not slots or self._due is None or self._due > self._clock.now():
                return [], self._until_next(slots)
        endings = list(self._calls.finished)
        async with self._units.begin() as unit:
            await self._recorder.record(unit, endings)
            if self._faulty:
                await self._salvage(unit)
            await self._pulse.beat(unit, self._policy)
            batch = Batch()
            if slots and not self._stopping:
                batch = await self._claimer.claim(unit, slots, soft, self._calls.busy())
            if not batch.parcels:
                self._due = await _next_due(unit)
        del self._calls.finished[: len(endings)]
        self._faulty = False
        self._note_rests(batch)
        try:
            jobs = await self._calls.hand(batch.parcels)
        except Fenced as fenced:
            self._refuse(str(fenced))
            self._faulty, jobs = True, []
        if jobs or batch.setbacks or self._calls.finished:
            return jobs, 0.0
        return jobs, self._until_next(slots)

    async def _salvage(self, unit: Unit) -> None:
        """After a fault between claim and call, give back what nobody is calling about."""
        calling = self._calls.calling()
        rows = await unit.claims.held_rows(self.name)
        await unit.claims.finish(
            self.name,
            [Outcome(row.id, RowState.PLANNED, unit.now) for row in rows if row.id not in calling],
        )

    async def _start(self) -> None:
        async with self._units.begin() as unit:
            mark = await unit.claims.mark()
            self.refused = self._fence.refusal(mark)
            await self._pulse.join(unit)
            for hold in await unit.holds.listing():
                self._resume_pause(hold)
        self._started = True
        if self.refused:
            self._refuse(self.refused)
        else:
            self._fence.advance(mark)

    def _refuse(self, reason: str) -> None:
        self.refused = reason
        self._alarm("sending refused until confirmed", {"reason": reason})

    def _resume_pause(self, hold: Hold) -> None:
        """Take over a pause Telegram asked for before the restart (L69)."""
        if hold.until is None:
            return
        until = self._clock.monotonic() + (hold.until - self._clock.now()).total_seconds()
        kind, _, name = hold.scope.partition(":")
        if hold.scope == HOLD_TELEGRAM:
            self._limiter.pauses.pause(None, until)
        elif kind == "chat":
            self._limiter.pauses.pause(int(name), until)

    async def _free_slots(self) -> tuple[int, int]:
        """Count rows to claim in this turn, and how many of them may be care and marketing."""
        paused = self._limiter.pauses.wait(None, self._clock.monotonic()) > 0
        if self.refused or paused:
            return 0, 0
        room = await self._limiter.bucket.room(self._policy.horizon)
        free = self._policy.in_flight - self.in_flight
        return min(room, free), min(room, free - self._policy.service_slots)

    def _until_next(self, slots: int) -> float:
        """Tell how many seconds nothing will be due, at most until the next look at the database."""
        now = self._clock.monotonic()
        waits = [self._policy.idle_poll, self._pulse.wait()]
        if (pause := self._limiter.pauses.wait(None, now)) > 0:
            return min(pause, *waits)
        if self._due is not None:
            waits.append(max(0.0, (self._due - self._clock.now()).total_seconds()))
        if not slots:
            return max(self._policy.horizon / 2, min(waits))
        if min(waits) <= 0:
            # What is due rests or is on its way: look again when the first of them is ready, not at each of a crowd.
            rests = [at - now for at in self._calls.resting.values() if at > now]
            soonest = min([*rests, *(wait for wait in waits if wait > 0)])
            return max(soonest, self._policy.horizon)
        return min(waits)

    def _note_rests(self, batch: Batch) -> None:
        now = self._clock.monotonic()
        for target, seconds in batch.resting.items():
            self._calls.resting[target] = now + seconds

    async def _rest(self, seconds: float, calls: asyncio.TaskGroup) -> None:
        """Sleep on the product's clock until something is due or somebody wakes us."""
        if seconds <= 0 or self._wake.is_set():
            return
        alarm = calls.create_task(self._ring(min(seconds, LONGEST_REST)))
        try:
            await self._wake.wait()
        finally:
            alarm.cancel()

    async def _ring(self, seconds: float) -> None:
        with suppress(asyncio.CancelledError):
            await self._clock.sleep(seconds)
            self._wake.set()


async def _next_due(unit: Unit) -> datetime | None:
    """Tell when the first row that nothing holds is due; what is due later may be held by then."""
    first = await unit.claims.next_due()
    if first is None or first > unit.now:
        return first
    held = [hold.scope for hold in await unit.holds.listing()]
    return await unit.claims.next_due(held)
