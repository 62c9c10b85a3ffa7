"""One claiming transaction: what is due, what the gate says, what goes out this turn."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from core.effects import LANES, SOFT, Lane, RowState
from core.localtime import zone_of
from core.outgoing import Freeze, OutboxRow, Reader, Setback
from delivery.facts import Wanted, load_readers
from delivery.gate import Ask, Verdict, claim_of, decide
from delivery.lanes import Shares
from delivery.limiter import Limiter
from delivery.outcomes import CHAINED, PACED_KINDS
from delivery.policy import GatePolicy
from delivery.ports import Preparer, Unit
from delivery.render import Audience, ChildFacts

FEWEST = 16
"""Candidates looked at even when one slot is free, so that held-back rows do not block the head of a lane."""
SPARE = 4
"""One candidate more for every so many slots, in the place of those that are held back."""
ROUNDS = 25
_SOFT_LANES = frozenset(LANES[soft] for soft in SOFT)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A claimed row with everything a call needs. `original`: message id an edit or a deletion is about."""

    row: OutboxRow
    chat: int
    audience: Audience
    original: int | None = None


@dataclass(slots=True)
class Batch:
    """What a claiming transaction did. `resting`: chats seen that have to wait, with seconds."""

    parcels: list[Parcel] = field(default_factory=list)
    setbacks: int = 0
    resting: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class Claimer:
    """Chooses rows. One row per target and batch (repeatable acts for one chat go as a chain, in order)."""

    worker: str
    policy: GatePolicy
    limiter: Limiter
    shares: Shares = field(default_factory=Shares)
    preparers: Mapping[str, Preparer] = field(default_factory=dict)
    """By the word before the colon of `content`."""

    async def claim(
        self, unit: Unit, slots: int, soft_slots: int, busy: Collection[str] = ()
    ) -> Batch:
        """Claim at most `slots` rows, `soft_slots` of them care and marketing, none of `busy` targets."""
        batch = Batch()
        lanes = sorted(await unit.claims.waiting())
        if not lanes:
            return batch
        held = {hold.scope for hold in await unit.holds.listing()}
        await unit.claims.take_turn()
        looked_at = max(FEWEST, slots + slots // SPARE)
        for _ in range(ROUNDS):
            away = {*busy, *batch.resting}
            lists = {
                lane: await unit.claims.candidates(lane, looked_at, busy=away, holds=held)
                for lane in lanes
            }
            chosen, setbacks = await self._choose(unit, lists, slots, soft_slots, batch)
            await unit.claims.set_back(setbacks)
            batch.setbacks += len(setbacks)
            if chosen:
                await self._take(unit, chosen, batch)
            crowded = any(len(rows) == looked_at for rows in lists.values())
            if chosen or not crowded:
                break
            looked_at = min(looked_at * 4, 1000)
        return batch

    async def _choose(
        self,
        unit: Unit,
        lists: Mapping[Lane, Sequence[OutboxRow]],
        slots: int,
        soft_slots: int,
        batch: Batch,
    ) -> tuple[list[_Chosen], list[Setback]]:
        rows = [row for found in lists.values() for row in found]
        readers = await load_readers(unit, [w for row in rows if (w := _wanted(row))], hold=True)
        soft = any(row.message_class in SOFT for row in rows)
        freezes = list((await unit.holds.freezes()).values()) if soft else []
        ready: dict[Lane, list[_Chosen]] = {lane: [] for lane in Lane}
        setbacks: list[Setback] = []
        taken: set[str] = set()
        for row in rows:
            if row.target in taken and row.kind not in CHAINED:
                continue
            reader = readers.get(row.person) if row.person is not None else None
            verdict = decide_row(row, reader, self.policy, unit, freezes)
            if not verdict.go:
                setbacks.append(verdict.setback(row.id, row.reasons))
                continue
            chat = row.chat if row.chat is not None else _chat(reader)
            if self._must_rest(row, chat, batch):
                taken.add(row.target)
                continue
            if row.target in taken and not _chains(row, ready[LANES[row.message_class]]):
                continue
            taken.add(row.target)
            ready[LANES[row.message_class]].append(_Chosen(row, chat, verdict, reader))
        return self._divide(ready, slots, soft_slots), setbacks

    def _divide(
        self, ready: Mapping[Lane, list[_Chosen]], slots: int, soft_slots: int
    ) -> list[_Chosen]:
        demand = {
            lane: min(len(found), soft_slots) if lane in _SOFT_LANES else len(found)
            for lane, found in ready.items()
        }
        given = self.shares.divide(demand, slots)
        return [one for lane in Lane for one in ready[lane][: given.get(lane, 0)]]

    def _must_rest(self, row: OutboxRow, chat: int, batch: Batch) -> bool:
        now = self.limiter.clock.monotonic()
        wait = self.limiter.pauses.wait(chat, now)
        if row.kind in PACED_KINDS:
            wait = max(wait, self.limiter.chats.wait(chat, now))
        if wait > 0:
            batch.resting[row.target] = wait
        return wait > 0

    async def _take(self, unit: Unit, chosen: Sequence[_Chosen], batch: Batch) -> None:
        wards = {
            one.row.child for one in chosen if one.row.child is not None and not one.verdict.generic
        }
        wards |= {
            child
            for one in chosen
            if one.reader is not None and one.row.facts.get("personal") and not one.verdict.generic
            for child in one.reader.children
        }
        children = await unit.readers.children(wards)
        claims, prepared = [], []
        for one in chosen:
            original = None
            if (of := one.row.facts.get("of")) is not None:
                original = await unit.outbox.sent_message(of)
            claims.append(claim_of(one.row, one.verdict, one.reader, self.policy, unit.now))
            audience = Audience(
                language=one.reader.language
                if one.reader
                else str(one.row.facts.get("language", "ru")),
                zone=zone_of(one.reader.zone if one.reader else None, self.policy.school_zone),
                generic=one.verdict.generic,
                children={
                    child: ChildFacts(*facts)
                    for child, facts in children.items()
                    if one.reader is not None and child in one.reader.children
                },
            )
            row = one.row
            if (preparer := self.preparers.get(row.content.partition(":")[0])) is not None:
                row = await preparer.prepare(unit, row, audience)
                prepared.append(row)
            batch.parcels.append(Parcel(row, one.chat, audience, original))
        await unit.claims.claim(self.worker, claims)
        await unit.claims.prepare(prepared)


@dataclass(frozen=True, slots=True)
class _Chosen:
    row: OutboxRow
    chat: int
    verdict: Verdict
    reader: Reader | None


def decide_row(
    row: OutboxRow,
    reader: Reader | None,
    policy: GatePolicy,
    unit: Unit,
    freezes: Sequence[Freeze],
) -> Verdict:
    """Ask the gate about a row; one to a group without a person only has to be fresh."""
    if row.person is not None:
        return decide(Ask.of(row), reader, policy, unit.now, freezes)
    if row.expires is not None and row.expires <= unit.now:
        return Verdict(RowState.EXPIRED, "expired", ("expired",))
    return Verdict(RowState.PLANNED, generic=True)


def _chains(row: OutboxRow, before: Sequence[_Chosen]) -> bool:
    """Tell whether a row may follow others of its target in one batch: repeatable acts in one lane."""
    return row.kind in CHAINED and any(one.row.target == row.target for one in before)


def _wanted(row: OutboxRow) -> Wanted | None:
    return (row.person, row.message_class, row.child) if row.person is not None else None


def _chat(reader: Reader | None) -> int:
    return reader.telegram_id or 0 if reader is not None else 0
