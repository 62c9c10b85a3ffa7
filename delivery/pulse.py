"""A worker's heartbeat, and the recovery of what dead workers held.

Liveness is counted on the observer's own monotonic clock: a worker whose number has not grown for `dead_after`
seconds is dead, whatever any wall clock says (L15, L16).
"""

from __future__ import annotations

import logging
import math

from core.clock import Clock
from core.effects import RowState
from core.outgoing import OutboxRow, Outcome
from delivery.outcomes import Failure, Fate, settle
from delivery.policy import SenderPolicy
from delivery.ports import Unit

logger = logging.getLogger(__name__)


class Pulse:
    """Beats for one worker and watches the others."""

    def __init__(self, worker: str, policy: SenderPolicy, clock: Clock) -> None:
        self._worker = worker
        self._policy = policy
        self._clock = clock
        self._last = -math.inf
        self._seen: dict[str, tuple[int, float]] = {}

    def due(self) -> bool:
        return self.wait() <= 0

    def wait(self) -> float:
        """Tell in how many seconds the next beat is due."""
        return max(0.0, self._last + self._policy.beat_every - self._clock.monotonic())

    async def join(self, unit: Unit) -> None:
        await unit.claims.beat(self._worker)
        self._last = self._clock.monotonic()

    async def leave(self, unit: Unit) -> None:
        """Give back what was claimed and not handed over; what was handed over and not heard of is unknown."""
        await self.recover(unit, self._worker)

    async def beat(self, unit: Unit, policy: SenderPolicy) -> None:
        """Beat when it is time, and recover the rows of workers that stopped beating."""
        if not self.due():
            return
        await self.join(unit)
        now = self._last
        beats = await unit.claims.beats()
        self._seen = {worker: seen for worker, seen in self._seen.items() if worker in beats}
        for worker, number in beats.items():
            if worker == self._worker:
                continue
            known, since = self._seen.get(worker, (-1, now))
            if number != known:
                self._seen[worker] = (number, now)
            elif now - since >= policy.dead_after:
                await self.recover(unit, worker)
                self._seen.pop(worker)

    async def recover(self, unit: Unit, worker: str) -> None:
        """End the claims of a worker that is gone."""
        rows = await unit.claims.held_rows(worker)
        await unit.claims.finish(worker, [self._outcome(row, unit) for row in rows])
        await unit.claims.bury(worker)
        if rows:
            logger.warning("claims recovered", extra={"of": worker, "rows": len(rows)})

    def _outcome(self, row: OutboxRow, unit: Unit) -> Outcome:
        if row.handed_at is None:
            return Outcome(row.id, RowState.PLANNED, unit.now)
        return settle(row, Failure(Fate.UNKNOWN, "crash"), unit.now, self._policy)
