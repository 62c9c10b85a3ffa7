"""A sample of `prove_crashes`, and the two crashes a person can picture."""

from __future__ import annotations

import random

import pytest

from bot.simulate.crash import Crash, CrashingUnits, Fuse
from core.effects import MessageClass, RowState
from delivery.fence import FileFence
from tests.delivery.prove_crashes import prove
from tests.delivery.town import message


async def outlive(town, worker):
    """Let so much time pass that a dead worker's claims are taken over."""
    for _ in range(8):
        await town.clock.sleep(6)
        await worker.drain(patience=8)


class At(Fuse):
    """Dies at the n-th time it passes a place."""

    def __init__(self, place: str, times: int) -> None:
        super().__init__(random.Random(0), 0.0)
        self.wanted, self.left = place, times

    def point(self, place: str) -> None:
        if place == self.wanted:
            self.left -= 1
            if self.left == 0:
                raise Crash(place)


@pytest.mark.parametrize(
    ("message_class", "state", "arrived"),
    [
        pytest.param(MessageClass.SERVICE, RowState.SENT, 2, id="L65-service-once-more"),
        pytest.param(MessageClass.CARE, RowState.UNKNOWN, 1, id="L65-care-unknown"),
        pytest.param(MessageClass.MARKETING, RowState.UNKNOWN, 1, id="L65-marketing-unknown"),
    ],
)
async def test_a_crash_after_the_call_and_before_its_outcome(town, message_class, state, arrived):
    parent, vera = await town.parent()
    await town.plan(message("m", parent, message_class))
    first = town.worker("w1")
    jobs, _ = await first.turn()
    await jobs[0]
    await outlive(town, town.worker("w2"))
    assert (await town.row("m")).state is state
    assert len(town.seen(vera)) == arrived


async def test_a_crash_between_claim_and_hand_over_sends_once(town):
    """L66."""
    parent, vera = await town.parent()
    await town.plan(message("m", parent, MessageClass.CARE))
    fuse = At("before transaction", 3)
    with pytest.raises(Crash):
        await town.worker("w1", units=CrashingUnits(town.units, fuse)).turn()
    assert (await town.row("m")).state is RowState.CLAIMED
    await outlive(town, town.worker("w2"))
    assert ((await town.row("m")).state, town.seen(vera)) == (RowState.SENT, ["m"])


async def test_a_living_worker_is_not_robbed_when_the_wall_clock_jumps_a_day(town):
    """L15 L16."""
    from datetime import timedelta

    parent, vera = await town.parent()
    await town.plan(message("m", parent))
    first = town.worker("w1")
    jobs, _ = await first.turn()
    second = town.worker("w2")
    await second.turn()
    town.clock.jump(timedelta(days=1))
    await second.turn()
    assert (await town.row("m")).state is RowState.CLAIMED
    await jobs[0]
    await first.turn()
    assert ((await town.row("m")).state, len(town.seen(vera))) == (RowState.SENT, 1)


async def test_a_snapshot_brought_back_and_a_clone_do_not_send(town, tmp_path):
    """L18."""
    parent, vera = await town.parent()
    fence = FileFence(tmp_path / "fence.json", "this-host")
    await town.plan(message("a", parent))
    await town.worker("w1", fence).drain()
    async with town.database.begin() as unit:
        mark = await unit.claims.mark()
        await unit.connection.exec_driver_sql(
            "UPDATE installation SET value = 0 WHERE name = 'delivery.mark'"
        )
    await town.plan(message("b", parent))
    for name, suspect, reason in [
        ("snapshot", fence, "fence.behind"),
        ("clone", FileFence(tmp_path / "fence.json", "other-host"), "fence.other_host"),
    ]:
        worker = town.worker(name, suspect)
        await worker.drain()
        assert (worker.refused, town.seen(vera)) == (reason, ["a"])
    async with town.database.begin() as unit:
        await unit.connection.exec_driver_sql(
            f"UPDATE installation SET value = {mark} WHERE name = 'delivery.mark'"
        )
    worker = town.worker("moved", FileFence(tmp_path / "elsewhere.json", "this-host"))
    await worker.drain()
    assert worker.refused == "fence.missing"
    fence.confirm(mark)
    await town.worker("confirmed", fence).drain()
    assert town.seen(vera) == ["a", "b"]


async def test_nothing_leaves_while_the_database_cannot_record_it(town):
    """L95."""
    parent, vera = await town.parent()
    await town.plan(message("m", parent))

    class Full:
        def __init__(self, units):
            self.units, self.full = units, True

        def reading(self):
            return self.units.reading()

        def begin(self):
            if self.full:
                raise OSError("disk full")
            return self.units.begin()

    units = Full(town.units)
    worker = town.worker("w1", units=units)
    with pytest.raises(OSError, match="disk full"):
        await worker.drain()
    assert town.calls("sendMessage") == []
    units.full = False
    await worker.drain()
    assert town.seen(vera) == ["m"]


async def test_a_sample_of_random_crashes_loses_nothing_and_doubles_nothing_soft():
    """L65 L66."""
    found = await prove(crashes=25, seed=5, people=6)
    assert found["crashes"] >= 25
    assert len([name for name in found if name.startswith("at ")]) == 5
