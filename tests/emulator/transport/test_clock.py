"""Clocks wake sleepers in order and never go back."""

import asyncio

import pytest

from emulator.clock import SystemClock, VirtualClock


async def test_sleepers_wake_in_the_order_in_which_they_come_due():
    clock, woken = VirtualClock(0), []

    async def sleeper(seconds):
        await clock.sleep(seconds)
        woken.append(seconds)

    tasks = [asyncio.ensure_future(sleeper(seconds)) for seconds in (30, 10, 20)]
    await asyncio.sleep(0)
    assert clock.next_due == 10
    clock.advance(20)
    await asyncio.sleep(0)
    assert (woken, clock.now()) == ([10, 20], 20)
    clock.advance(10)
    await asyncio.gather(*tasks)
    assert woken == [10, 20, 30]


async def test_an_advance_shortens_a_sleep_on_real_time():
    clock = SystemClock()
    started = clock.now()
    sleeper = asyncio.ensure_future(clock.sleep(3600))
    await asyncio.sleep(0)
    clock.advance(3601)
    await asyncio.wait_for(sleeper, 1)
    assert 3601 <= clock.now() - started < 3605


@pytest.mark.parametrize("clock", [VirtualClock(0), SystemClock()])
@pytest.mark.parametrize("seconds", [-1, float("nan"), float("inf")])
def test_a_clock_refuses_to_go_back(clock, seconds):
    with pytest.raises(ValueError, match="ahead only"):
        clock.advance(seconds)


@pytest.mark.parametrize("clock_type", [lambda: VirtualClock(0), SystemClock])
async def test_a_watcher_learns_of_every_move(clock_type):
    clock = clock_type()
    watcher = asyncio.ensure_future(clock.changed(clock.version))
    await asyncio.sleep(0)
    clock.advance(1)
    assert await watcher == clock.version == 1
    assert await clock.changed(0) == 1
