"""The gate at planning: rows that could never leave are stored with the reason, so that `/why` can tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.effects import Effect
from delivery.facts import load_readers
from delivery.gate import Ask, Verdict, decide
from delivery.policy import GatePolicy
from delivery.ports import Unit


@dataclass(frozen=True, slots=True)
class Planning:
    """Asks the gate about planned messages in sets."""

    policy: GatePolicy

    async def plan(self, unit: Unit, effects: Sequence[Effect]) -> int:
        """Store effects with the gate's answer for the instant they are due; tell how many are new.

        Only what forbids a message at any hour ends it here. Quiet hours and caps are asked when it is claimed,
        because more may happen before: here they are noted in the trace alone.
        """
        verdicts = await self._verdicts(unit, effects, early=True)
        return await unit.outbox.plan(
            [
                (effect, verdict.setback(0) if verdict is not None and not verdict.go else None)
                for effect, verdict in zip(effects, verdicts, strict=True)
            ]
        )

    async def foresee(self, unit: Unit, effects: Sequence[Effect]) -> Mapping[str, int]:
        """Count what the gate would answer at this instant: `go`, or the first reason."""
        counts = Counter[str]()
        for verdict in await self._verdicts(unit, effects, early=False):
            counts[verdict.reason or "go" if verdict is not None else "go"] += 1
        return counts

    async def _verdicts(
        self, unit: Unit, effects: Sequence[Effect], *, early: bool
    ) -> list[Verdict | None]:
        wanted = [(e.person, e.message_class, e.child) for e in effects if e.person is not None]
        readers = await load_readers(unit, wanted, early=early)
        freezes = [] if early else list((await unit.holds.freezes()).values())
        verdicts: list[Verdict | None] = []
        for effect in effects:
            if effect.person is None:
                verdicts.append(None)
                continue
            due = effect.due or unit.now
            ask = Ask(effect.message_class, effect.child, effect.deadline(unit.now))
            reader = readers.get(effect.person)
            verdicts.append(decide(ask, reader, self.policy, due, freezes, early=early))
        return verdicts
