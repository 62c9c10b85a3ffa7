"""The gate at planning: rows that could never leave are stored with the reason, so that `/why` can tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.effects import SOFT, Effect, MessageClass
from core.ids import PersonId
from core.outgoing import Alike, Setback
from delivery.facts import load_readers
from delivery.gate import Ask, Verdict, decide
from delivery.policy import GatePolicy
from delivery.ports import Unit

MANY = 50
"""Effects from which looking for the usual ones first pays."""


@dataclass(frozen=True, slots=True)
class Planning:
    """Asks the gate about planned messages in sets."""

    policy: GatePolicy

    async def plan(self, unit: Unit, effects: Sequence[Effect]) -> int:
        """Store effects with the gate's answer for the instant they are due; tell how many are new.

        Only what forbids a message at any hour ends it here. Quiet hours and caps are asked when it is claimed,
        because more may happen before: here they are noted in the trace alone. Where thousands are planned at once,
        those with whom nothing is special are found in one statement; only the others are looked at one by one.
        """
        usual = await self._usual(unit, effects)
        special = [effect for effect in effects if effect.key not in usual] if usual else effects
        verdicts = await self._verdicts(unit, special, early=True)
        decided: list[tuple[Effect, Setback | None]] = [
            (effect, None) for effect in effects if effect.key in usual
        ]
        decided += [
            (effect, verdict.setback(0) if verdict is not None and not verdict.go else None)
            for effect, verdict in zip(special, verdicts, strict=True)
        ]
        return await unit.outbox.plan(decided)

    async def plan_alike(self, unit: Unit, alike: Alike, persons: Sequence[PersonId]) -> int:
        """Store one message for many, as `plan` would one by one; tell how many are new."""
        stored: set[PersonId] = set()
        if len(persons) >= MANY and self._plain(alike.effect, unit.now):
            stored = await unit.outbox.plan_usual(persons, alike)
        others = [alike.to(person) for person in persons if person not in stored]
        return len(stored) + (await self.plan(unit, others) if others else 0)

    async def _usual(self, unit: Unit, effects: Sequence[Effect]) -> set[str]:
        """Name the keys of effects the gate would surely let pass."""
        if len(effects) < MANY:
            return set()
        persons: dict[MessageClass, dict[PersonId, list[Effect]]] = {}
        for effect in effects:
            if effect.person is not None and self._plain(effect, unit.now):
                mine = persons.setdefault(effect.message_class, {})
                mine.setdefault(effect.person, []).append(effect)
        keys: set[str] = set()
        for message_class, mine in persons.items():
            found = await unit.readers.usual(mine.keys(), message_class)
            keys.update(effect.key for person in found for effect in mine[person])
        return keys

    def _plain(self, effect: Effect, now: datetime) -> bool:
        """Tell whether nothing but the reader decides about an effect."""
        if effect.message_class not in SOFT or effect.child is not None or effect.facts.get("test"):
            return False
        special = self.policy.holdout_percent or not self.policy.advertiser_named
        if effect.message_class is MessageClass.MARKETING and special:
            return False
        deadline = effect.deadline(now)
        return deadline is None or deadline > (effect.due or now)

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
