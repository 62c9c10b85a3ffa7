"""Rates and lanes as laws."""

from __future__ import annotations

from contextlib import AsyncExitStack
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from redis.asyncio import Redis

from bot.settings import Settings
from bot.wiring import bucket_of
from core.clock import ManualClock
from core.effects import Lane
from delivery.bucket import LocalBucket, RedisBucket, shared_bucket
from delivery.lanes import FLOOR, Shares
from delivery.pace import Chats, Meter, Pauses
from tests.databases import START
from tests.postgres import answers


@given(st.lists(st.floats(0, 0.2), min_size=1, max_size=200), st.sampled_from([1.0, 30.0, 1000.0]))
def test_no_second_holds_more_than_the_rate(gaps, rate):
    meter, now, slots = Meter(rate), 0.0, []
    for gap in gaps:
        now += gap
        slots.append(now + meter.book(now))
    for start in slots:
        assert sum(1 for slot in slots if start <= slot < start + 0.999_999) <= rate


def test_a_busy_meter_uses_the_whole_rate():
    for rate, share in ((30.0, 1.0), (1000.0, 0.97)):
        meter = Meter(rate)
        last = [meter.book(0.0) for _ in range(int(rate * 10))][-1]
        assert rate * 10 / max(last, 1e-9) >= rate * share


@given(st.integers(0, 40), st.floats(0.01, 2.0))
def test_room_counts_exactly_the_slots_that_begin_in_time(taken, horizon):
    meter = Meter(30.0)
    for _ in range(taken):
        meter.book(0.0)
    room = meter.room(0.0, horizon)
    waits = [meter.book(0.0) for _ in range(room + 1)]
    assert all(wait <= horizon + 1e-6 for wait in waits[:-1])
    assert waits[-1] > horizon - 1e-6


@given(st.lists(st.floats(0, 5), min_size=2, max_size=60))
def test_a_group_never_gets_more_than_twenty_a_minute_nor_two_a_second(gaps):
    """L73 L74."""
    chats, now, sent = Chats(), 0.0, []
    for gap in gaps:
        now += gap
        now += chats.wait(-100, now)
        chats.note(-100, now)
        sent.append(now)
    assert all(later - earlier >= 0.999_999 for earlier, later in pairwise(sent))
    assert max(sum(1 for at in sent if start <= at < start + 59.999) for start in sent) <= 20


def test_answers_to_a_person_may_come_in_a_burst_of_three():
    chats = Chats()
    waits = []
    for _ in range(4):
        waits.append(chats.wait(7, 0.0, burst=3))
        chats.note(7, 0.0)
    assert waits == [0.0, 0.0, 0.0, 3.0]


def test_a_pause_of_one_chat_is_not_one_of_all():
    """L70."""
    pauses = Pauses()
    pauses.pause(-100, 60.0)
    assert (pauses.wait(-100, 10.0), pauses.wait(7, 10.0)) == (50.0, 0.0)
    pauses.pause(None, 20.0)
    assert (pauses.wait(7, 10.0), pauses.wait(-100, 10.0)) == (10.0, 50.0)


DEMANDS = st.fixed_dictionaries({lane: st.integers(0, 50) for lane in Lane})


@given(DEMANDS, st.integers(0, 60))
def test_slots_are_never_wasted_nor_given_beyond_demand(demand, slots):
    given_out = Shares().divide(demand, slots)
    assert sum(given_out.values()) == min(slots, sum(demand.values()))
    assert all(given_out[lane] <= demand[lane] for lane in given_out)


@given(st.integers(1, 10))
def test_no_lane_starves_however_busy_the_higher_ones_are(slots):
    """L72."""
    shares, served = Shares(), dict.fromkeys(Lane, 0)
    for _ in range(400):
        for lane, count in shares.divide(dict.fromkeys(Lane, 1000), slots).items():
            served[lane] += count
    for lane, floor in FLOOR.items():
        assert served[lane] >= 400 * slots * floor * 0.9
    assert served[Lane.CONTROL] > served[Lane.MARKETING]


def test_a_receipt_goes_before_a_digest():
    """L72."""
    assert Shares().divide({Lane.SERVICE: 1, Lane.CARE: 100_000}, 1) == {
        Lane.SERVICE: 1,
        Lane.CARE: 0,
    }


async def test_a_local_bucket_books_even_slots():
    bucket = LocalBucket(30.0, ManualClock(START))
    assert await bucket.room(0.1) == 4
    assert await bucket.book(3) == pytest.approx([0.0, 1 / 30, 2 / 30])


RATES = ["one-process", *(["redis"] if answers(6379) else [])]


@pytest.mark.parametrize("kind", RATES)
async def test_all_who_send_share_one_rate(kind):
    """L71."""
    async with AsyncExitStack() as stack:
        if kind == "redis":
            address = "redis://127.0.0.1:6379/15"
            async with Redis.from_url(address) as redis:
                await redis.delete("opora-test-rate")
            first, second = (shared_bucket(address, 10.0, "opora-test-rate") for _ in range(2))
            stack.push_async_callback(first.close)
            stack.push_async_callback(second.close)
        else:
            first = second = LocalBucket(10.0, ManualClock(START))
        waits = [*(await first.book(5)), *(await second.book(5))]
        assert waits == sorted(waits)
        assert waits[-1] >= 0.85
        assert await second.room(0.1) <= 1


@pytest.mark.parametrize(
    ("address", "kind"), [(None, LocalBucket), ("redis://127.0.0.1:6379/15", RedisBucket)]
)
async def test_a_named_redis_counts_the_rate_for_all_processes(address, kind):
    """L71: REDIS_URL decides who counts."""
    settings = Settings(_env_file=None, bot_token="1234:" + "a" * 35, redis_url=address)
    bucket = bucket_of(settings, ManualClock(START))
    assert isinstance(bucket, kind)
    await bucket.close()
