"""The gate at planning: rows that could never leave are stored with the reason, so that `/why` can tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.effects import Effect, RowState
from core.outgoing import Setback
from delivery.facts import load_readers
from delivery.gate import Ask, decide
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
        wanted = [(e.person, e.message_class, e.child) for e in effects if e.person is not None]
        readers = await load_readers(unit, wanted)
        freezes = list((await unit.holds.freezes()).values())
        decided: list[tuple[Effect, Setback | None]] = []
        for effect in effects:
            if effect.person is None:
                decided.append((effect, None))
                continue
            due = effect.due or unit.now
            ask = replace(Ask.of(effect), expires=effect.deadline(unit.now))
            verdict = decide(ask, readers.get(effect.person), self.policy, due, freezes)
            final = verdict.state is RowState.SUPPRESSED and not _may_change(verdict.reason)
            decided.append((effect, verdict.setback(0) if final else None))
        return await unit.outbox.plan(decided)


def _may_change(reason: str) -> bool:
    """Tell whether an answer depends on what else happens until then."""
    return reason.startswith(("cap.", "quiet", "paused"))
