"""Withdrawals against planning, claiming and sending, step by step in any order, against the real fold.

A model of the gate's protocol with two promises checked at every step. The ledger is what is committed; every actor is
a small machine that is moved one step at a time, so any interleaving of transactions can happen:

- a planner asks, later plans (its answer may be old by then);
- a worker claims in one transaction in which it asks again, asks once more right before the call, then calls;
- a parent grants, withdraws, stops, undoes; a new material text is published.

No call begins after a withdrawal was committed, but for the one whose asking had already been answered (L100); that
window holds at most one message for each worker, and the order of instants shows it.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from consent.fold import ConsentPolicy, Version, standing
from consent.fold import judge as judged
from consent.purposes import Purpose
from consent.record import Action, Channel, Grantor, Record, Relation

START = datetime(2026, 11, 23, 9, tzinfo=UTC)
POLICY = ConsentPolicy()
PURPOSES = (Purpose.MARKETING, Purpose.CARE)


@dataclass(slots=True)
class Row:
    """A queued message."""

    person: int
    purpose: Purpose
    state: str = "planned"
    asked_at: int = -1


@dataclass(slots=True)
class World:
    """Everything that is committed. `clock` counts steps."""

    chance: random.Random
    clock: int = 0
    records: dict[tuple[int, Purpose], list[Record]] = field(default_factory=dict)
    versions: dict[Purpose, list[Version]] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    hands: dict[int, Row | None] = field(default_factory=dict)
    ended: dict[tuple[int, Purpose], int] = field(default_factory=dict)
    """Step at which the line last stopped allowing."""
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        return START + timedelta(microseconds=self.clock)

    def allowed(self, person: int, purpose: Purpose) -> bool:
        line = self.records.get((person, purpose), [])
        return judged(
            purpose, standing(line, self.now), self.now, self.versions, policy=POLICY
        ).allowed

    def append(self, person: int, purpose: Purpose, action: Action) -> None:
        line = self.records.setdefault((person, purpose), [])
        version = self.versions.get(purpose, [])
        made = Record(
            subject=str(person),
            purpose=purpose,
            action=action,
            at=self.now,
            received_at=self.now,
            grantor=Grantor(Relation.PARENT),
            channel=Channel.BOT,
            receipt="",
            id=str(self.clock),
            seq=self.clock,
        )
        if version and action is Action.GRANT:
            from consent.record import DocumentRef

            made = replace(made, document=DocumentRef(purpose, version[-1].number, "ru", ""))
        was = self.allowed(person, purpose)
        line[:] = [*line[-3:], made]
        if was and not self.allowed(person, purpose):
            self.ended[person, purpose] = self.clock

    def count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1


def parent_acts(world: World, people: int) -> None:
    """Grant, refuse, withdraw or stop."""
    person, purpose = world.chance.randrange(people), world.chance.choice(PURPOSES)
    act = world.chance.choice(("grant", "grant", "withdraw", "refuse", "stop"))
    if act == "stop":
        for each in PURPOSES:
            world.append(person, each, Action.WITHDRAW)
    else:
        world.append(person, purpose, Action(act))
    world.count(act)


def publish(world: World) -> None:
    """Publish a new text; a material one ends what rests on the old."""
    if world.chance.random() > 0.02:
        return
    before = {key for key in world.records if world.allowed(*key)}
    known = world.versions.setdefault(Purpose.MARKETING, [])
    known.append(Version(len(known) + 1, world.chance.random() < 0.5, world.now))
    for key in before:
        if not world.allowed(*key):
            world.ended[key] = world.clock
    world.count("published")


def plan(world: World, people: int) -> None:
    """Plan a message without asking: the strongest case, a plan as old as can be."""
    world.rows.append(Row(world.chance.randrange(people), world.chance.choice(PURPOSES)))
    world.count("planned")


def worker_steps(world: World, worker: int, *, gated: bool = True) -> None:
    """Move a worker one transaction on: claim, ask again, call."""
    row = world.hands.get(worker)
    if row is None:
        if world.rows:
            row = world.rows.pop(world.chance.randrange(len(world.rows)))
            if not gated or world.allowed(row.person, row.purpose):
                row.state = "claimed"
                world.hands[worker] = row
            else:
                world.count("suppressed")
    elif row.state == "claimed":
        if gated and not world.allowed(row.person, row.purpose):
            world.hands[worker] = None
            world.count("suppressed")
        else:
            row.state, row.asked_at = "asked", world.clock
    else:
        _call(world, row)
        world.hands[worker] = None


def _call(world: World, row: Row) -> None:
    """Begin the call: the last answer must have been yes, and what ended the consent must be later than the asking."""
    world.count("sent")
    if world.allowed(row.person, row.purpose):
        return
    ended = world.ended.get((row.person, row.purpose), -1)
    if ended <= row.asked_at:
        world.count("violations")
    else:
        world.count("in the allowed window")


def main(
    steps: int, seed: int = 1, *, people: int = 12, workers: int = 3, gated: bool = True
) -> dict[str, int]:
    """Take `steps` steps; the counts tell what happened, `violations` must be 0."""
    world = World(random.Random(seed))
    for _ in range(steps):
        world.clock += 1
        chance = world.chance.random()
        if chance < 0.25:
            parent_acts(world, people)
        elif chance < 0.3:
            publish(world)
        elif chance < 0.5:
            plan(world, people)
        else:
            worker_steps(world, world.chance.randrange(workers), gated=gated)
        if len(world.rows) > 200:
            world.rows.pop(0)
    return {"steps": steps, "violations": 0, **world.counts}


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
