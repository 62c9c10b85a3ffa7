"""Simulate a school: `simulate(families, days, seed, faults)` runs it and names every broken promise."""

from __future__ import annotations

import random
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.simulate.crash import Fuse
from bot.simulate.families import Neighbourhood, evenly
from bot.simulate.house import SimulatedHouse, simulated_house
from core.effects import MessageClass
from core.errors import Refusal
from delivery.policy import SenderPolicy
from emulator.faults import Fault, FaultKind

START = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
EVENTS_A_DAY = 0.5
"""Things that happen to a family on an average day."""
CRASHES = 0.002
"""Chance to die at a point where it would matter, with faults on."""
WRONG_CLOCK = 0.01
"""Chance that the host's clock is wrong during a step, with faults on."""
JUMPS = (timedelta(hours=-1), timedelta(days=1))
FAULTS = (
    Fault(FaultKind.TOO_MANY_REQUESTS, probability=0.003, count=None, seconds=3),
    Fault(FaultKind.SERVER_ERROR, probability=0.005, count=None),
    Fault(FaultKind.HTML, probability=0.002, count=None),
    Fault(FaultKind.TIMEOUT_AFTER, probability=0.004, count=None),
    Fault(FaultKind.RESET_BEFORE, probability=0.003, count=None),
)
TICK = timedelta(hours=6)
"""How often planners look; digests are planned as far ahead."""
STEP = timedelta(hours=1)
"""What comes due within a step is done together, as it would be after a short stop; empty hours are passed over."""
UNDISTURBED = 86_400.0
"""Seconds between heartbeats: a simulated process is alone, and the next one buries it when it starts."""


async def simulate(families: int, days: int, seed: int, *, faults: bool = True) -> dict[str, Any]:
    """Run `days` of a school with `families`; the same arguments give the same run.

    Returns `ok`, `violations`, `counts` (rows by state, suppressed by reason, arrivals by class, crashes, what
    happened) and the seed, as plain JSON values.
    """
    began = time.monotonic()
    chance = random.Random(seed)  # noqa: S311 - repeatable
    fuse = Fuse(random.Random(seed + 1), CRASHES if faults else 0.0)  # noqa: S311 - repeatable
    policy = SenderPolicy(
        horizon=1.0, in_flight=200, beat_every=UNDISTURBED, dead_after=UNDISTURBED
    )
    async with simulated_house(START, seed, fuse, policy) as house:
        if faults:
            for fault in FAULTS:
                house.emulator.faults.add(fault)
        run = _Run(house, Neighbourhood(house, chance), chance, faulty=faults)
        await run.school(families, days)
        return await run.result(seed, began)


class _Run:
    def __init__(
        self, house: SimulatedHouse, street: Neighbourhood, chance: random.Random, *, faulty: bool
    ) -> None:
        self.house = house
        self.faulty = faulty
        self.street = street
        self.chance = chance
        self.happened: Counter[str] = Counter()

    async def school(self, families: int, days: int) -> None:
        """Let time go from one thing to the next until the last day is over."""
        end = START + timedelta(days=days)
        arrivals = evenly(families, START, max(1, days // 3), self.chance)
        life = evenly(int(families * days * EVENTS_A_DAY), START, days, self.chance)
        weekly = [START + timedelta(days=4 + 7 * week) for week in range(days // 7)]
        todo = sorted(
            [(at, "family") for at in arrivals]
            + [(at, "life") for at in life]
            + [(at, "broadcast") for at in weekly]
        )
        tick, place, earliest = START, 0, START
        while self.house.clock.now() < end:
            known = min([tick, end, *(at for at, _ in todo[place : place + 1])])
            if known > earliest:
                known = min([known, *(at for at in await self.house.next_due() if at)])
            self.house.clock.advance_to(min(max(known, earliest), end))
            now = self.house.clock.now()
            earliest = now + STEP * self.chance.uniform(0.8, 1.2)
            since, place = place, bisect_right(todo, now, key=lambda one: one[0])
            await self._live(todo[since:place])
            wrong = self._set_clock_wrong()
            if now >= tick:
                tick = now + TICK
                for planner in (self.house.digests, self.house.daily, self.house.broadcasts):
                    await self.house.surviving(planner.tick)
            await self.house.surviving(self.house.engine.tick)
            await self.house.surviving(self._send)
            self.house.clock.jump(-wrong)
        self.house.fuse.armed = False
        await self._send()
        await self.house.worker.close()

    async def result(self, seed: int, began: float) -> dict[str, Any]:
        """Put the findings together."""
        states = await self.house.row_states()
        async with self.house.database.reading() as unit:
            total = await unit.outbox.total()
            reasons = await unit.outbox.reasons()
            for campaign in await unit.campaigns.recent(1000):
                if not (await unit.campaigns.report(campaign.key)).holds:
                    what = {"what": "a broadcast lost count", "campaign": campaign.key}
                    self.house.judge.violations.append(what)
        judge = self.house.judge
        judge.finished(states, total)
        arrived = Counter[str]()
        for key, times in judge.arrivals.items():
            arrived[judge.classes[key].value] += times
        return {
            "ok": not judge.violations,
            "violations": judge.violations[:50],
            "seed": seed,
            "counts": {
                **states,
                "suppressed_by_reason": reasons,
                "arrived": dict(arrived),
                "crashes": self.house.fuse.crashes,
                "crash_points": self.house.fuse.points,
                "happened": dict(self.happened),
                "calls": len(self.house.emulator.log.calls),
            },
            "seconds": round(time.monotonic() - began, 1),
        }

    async def _send(self) -> None:
        await self.house.worker.drain(patience=5.0)

    def _set_clock_wrong(self) -> timedelta:
        """Let the host's clock be wrong for a step now and then (L15); tell by how much."""
        wrong = timedelta(0)
        if self.faulty and self.chance.random() < WRONG_CLOCK:
            wrong = self.chance.choice(JUMPS)
            self.house.clock.jump(wrong)
            self.happened["clock wrong"] += 1
        return wrong

    async def _live(self, things: Sequence[tuple[datetime, str]]) -> None:
        """Let everything happen that the step brought; lessons are taken together, as events of a platform are."""
        lessons = []
        for at, planned in things:
            what = planned
            if planned == "family":
                await self.house.surviving(self.street.move_in)
            elif planned == "broadcast":
                await self.house.surviving(self._broadcast)
            elif not self.street.families:
                continue
            else:
                what, family = self.street.choose()
                if what == "lesson":
                    lessons.append((at, family))
                else:
                    await self.street.happens(what, family)
            self.happened[what] += 1
        if lessons:
            await self.house.surviving(lambda: self.street.learn(lessons))

    async def _broadcast(self) -> None:
        """Let the admin write to everybody, now and then double-clicking."""
        admin = self.street.families[0].person
        broadcasts = self.house.broadcasts
        campaign = await broadcasts.draft(admin)
        try:
            await broadcasts.write(campaign.key, "Приглашаем на открытый урок в субботу.")
            await broadcasts.choose_class(campaign.key, MessageClass.MARKETING)
            await broadcasts.mark(campaign.key, "Реклама. Школа. erid: 2Vtz")
            await broadcasts.confirm(campaign.key, admin)
            await broadcasts.confirm(campaign.key, admin)
        except Refusal:
            self.happened["double click refused"] += 1
