"""Sudden death at random points of the sender: nothing lost, no care or marketing message twice.

`main()` goes through at least 10,000 crashes; the suite takes a sample. Judged by the emulator's own log.
"""

from __future__ import annotations

import asyncio
import random
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta

from bot.simulate.crash import Fuse
from bot.simulate.families import Neighbourhood
from bot.simulate.house import simulated_house
from consent.purposes import Purpose
from core.effects import Effect, Kind, MessageClass, RowState
from delivery.policy import SenderPolicy

NOON = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
CLASSES = (MessageClass.SERVICE, MessageClass.CARE, MessageClass.MARKETING)


async def prove(
    crashes: int, seed: int, probability: float = 0.12, people: int = 12
) -> Counter[str]:
    """Send day after day until the process has died `crashes` times; tell what became of the rows.

    AssertionError: a message was lost, came twice, or an outcome is missing.
    """
    chance = random.Random(seed)
    fuse = Fuse(chance, probability, armed=False)
    policy = SenderPolicy(beat_every=60)
    async with simulated_house(NOON, seed, fuse, policy) as house:
        house.journeys = type(house.journeys)({})
        street = Neighbourhood(house, random.Random(seed))
        for _ in range(people):
            await street.move_in()
        for family in street.families:
            book = house.judge.books[family.person]
            if not book.marketing:
                await street._agree(family.person, Purpose.MARKETING)
            if not book.care:
                await street._agree(family.person, Purpose.CHILD_DATA, family.children[0])
            book.care = book.marketing = True
            async with house.database.begin() as unit:
                await unit.people.change(family.person, zone="UTC")
            book.zone = type(book.zone)("UTC")
        day, planned = 0, Counter()
        while fuse.crashes < crashes:
            day += 1
            house.clock.advance_to(NOON + timedelta(days=day))
            async with house.database.begin() as unit:
                for number, family in enumerate(street.families):
                    soft = CLASSES[1 + (day + number) % 2] if (day + number) % 7 < 4 else CLASSES[0]
                    for message_class in {CLASSES[0], soft}:
                        key = f"{message_class}:{family.person}:{day}"
                        planned[key] += 1
                        await unit.outbox.enqueue(
                            Effect(
                                key, Kind.MESSAGE, message_class, family.person, content="plain:x"
                            )
                        )
            fuse.armed = True
            for _ in range(4000):
                before = fuse.crashes
                await house.surviving(lambda: house.worker.drain(patience=8.0))
                if fuse.crashes == before:
                    break
            fuse.armed = False
        await house.worker.drain(patience=600.0)
        async with house.database.reading() as unit:
            rows = {row.key: row for key in planned if (row := await unit.outbox.by_key(key))}
    return _verdict(rows, house.judge, fuse)


def _verdict(rows, judge, fuse) -> Counter[str]:
    found = Counter(
        {
            "crashes": fuse.crashes,
            "points": fuse.points,
            **{f"at {k}": v for k, v in fuse.places.items()},
        }
    )
    for key, row in rows.items():
        times = judge.arrivals[key]
        found[f"{row.message_class} {row.state}"] += 1
        assert row.state in {RowState.SENT, RowState.UNKNOWN}, (key, row.state, row.reason)
        assert times <= (2 if row.message_class is MessageClass.SERVICE else 1), (key, times)
        assert times >= 1 or row.state is RowState.UNKNOWN, (key, "lost")
        found[f"{row.message_class} arrived {times}"] += 1
    assert not judge.violations, judge.violations[:3]
    return found


def main(crashes: int = 10_000) -> int:
    found: Counter[str] = Counter()
    seed = 1
    while found["crashes"] < crashes:
        found.update(asyncio.run(prove(min(500, crashes - found["crashes"]), seed)))
        sys.stdout.write(f"seed {seed}: {found['crashes']} crashes so far\n")
        sys.stdout.flush()
        seed += 1
    for name, count in sorted(found.items()):
        sys.stdout.write(f"{name:32} {count}\n")
    sys.stdout.write("0 lost, 0 care or marketing messages twice\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
