"""The update queue gives a poller what Telegram would give it."""

import asyncio

import pytest

from emulator.clock import VirtualClock
from emulator.errors import ApiError
from emulator.updates import OTHER_POLL, UpdateQueue

START = 1_767_600_000.0


@pytest.fixture
def clock():
    return VirtualClock(START)


@pytest.fixture
def queue(clock):
    return UpdateQueue(clock, 100, strict_repeats=False)


async def settle():
    for _ in range(5):
        await asyncio.sleep(0)


def fill(queue, count):
    for number in range(count):
        queue.push("message", {"text": str(number), "date": START})


def ids(batch):
    return [update["update_id"] for update in batch]


@pytest.mark.parametrize(
    ("offset", "limit", "given", "left"),
    [
        pytest.param(0, 100, [100, 101, 102, 103, 104], 5, id="no offset starts at the oldest"),
        pytest.param(102, 100, [102, 103, 104], 3, id="an offset confirms what lies before it"),
        pytest.param(0, 2, [100, 101], 5, id="limit cuts the batch and confirms nothing"),
        pytest.param(0, 0, [100, 101, 102, 103, 104], 5, id="limit out of range counts as 100"),
        pytest.param(
            -2, 100, [103, 104], 2, id="a negative offset keeps the last N and drops the rest"
        ),
        pytest.param(
            -50, 100, [100, 101, 102, 103, 104], 5, id="a negative offset beyond the head keeps all"
        ),
        pytest.param(105, 100, [], 0, id="the next offset confirms all"),
        pytest.param(
            5000,
            100,
            [100, 101, 102, 103, 104],
            5,
            id="an offset far in the future starts at the oldest",
        ),
        pytest.param(1, 100, [100, 101, 102, 103, 104], 5, id="an old offset starts at the oldest"),
    ],
)
async def test_offset_and_limit_choose_what_a_poll_gets(queue, offset, limit, given, left):
    fill(queue, 5)
    assert ids(await queue.fetch(offset, limit)) == given
    assert len(queue) == left


async def test_an_unconfirmed_update_comes_again(queue):
    fill(queue, 1)
    assert await queue.fetch() == await queue.fetch()


async def test_a_long_poll_ends_with_the_first_update(queue):
    poll = asyncio.ensure_future(queue.fetch(0, 100, 30))
    await settle()
    assert not poll.done()
    fill(queue, 1)
    assert ids(await poll) == [100]


@pytest.mark.parametrize(("asked", "waited"), [(10, 10), (50, 50), (600, 50)])
async def test_a_long_poll_ends_empty_after_its_timeout_of_50_seconds_at_most(
    queue, clock, asked, waited
):
    poll = asyncio.ensure_future(queue.fetch(0, 100, asked))
    await settle()
    clock.advance(waited - 1)
    await settle()
    assert not poll.done()
    clock.advance(1)
    assert await poll == []


async def test_the_older_of_two_polls_gets_409(queue):
    older = asyncio.ensure_future(queue.fetch(0, 100, 30))
    await settle()
    younger = asyncio.ensure_future(queue.fetch(0, 100, 30))
    with pytest.raises(ApiError) as conflict:
        await older
    assert (conflict.value.code, conflict.value.description) == (409, OTHER_POLL)
    fill(queue, 1)
    assert ids(await younger) == [100]


async def test_a_second_conflict_within_three_seconds_is_told_three_seconds_later(queue, clock):
    polls = []
    for _ in range(3):
        polls.append(asyncio.ensure_future(queue.fetch(0, 100, 30)))
        await settle()
    assert [poll.done() for poll in polls] == [True, False, False]
    clock.advance(3)
    await settle()
    assert [poll.done() for poll in polls] == [True, True, False]
    assert all(isinstance(poll.exception(), ApiError) for poll in polls[:2])
    await queue.close()
    assert await polls[2] == []


@pytest.mark.parametrize(
    ("kind", "seconds"),
    [
        ("message", 86_400),
        ("chat_member", 86_400),
        ("callback_query", 150),
        ("pre_checkout_query", 150),
    ],
)
async def test_updates_are_kept_for_a_day_and_queries_for_150_seconds(queue, clock, kind, seconds):
    queue.push_raw(kind, {}, date=START)
    clock.advance(seconds - 1)
    assert len(queue) == 1
    clock.advance(1)
    assert len(queue) == 0
    assert await queue.fetch() == []


@pytest.mark.parametrize(
    ("allowed", "queued"),
    [
        (None, ["message", "callback_query"]),
        ([], ["message", "callback_query"]),
        (["chat_member"], ["chat_member"]),
        (["message", "message_reaction"], ["message", "message_reaction"]),
    ],
)
async def test_allowed_updates_decide_what_is_queued(queue, allowed, queued):
    await queue.fetch(allowed_updates=allowed)
    kinds = [
        "message",
        "chat_member",
        "message_reaction",
        "message_reaction_count",
        "callback_query",
    ]
    assert [kind for kind in kinds if queue.push(kind, {}) is not None] == queued


async def test_allowed_updates_stay_until_they_are_given_again(queue):
    await queue.fetch(allowed_updates=["chat_member"])
    await queue.fetch(allowed_updates=None)
    assert queue.push("message", {}) is None
    await queue.fetch(allowed_updates=[])
    assert queue.push("message", {}) is not None


async def test_a_hasty_repetition_gets_one_update_and_waits_three_seconds(clock):
    queue = UpdateQueue(clock, 100)
    fill(queue, 3)
    assert len(await queue.fetch(0)) == 3
    assert len(await queue.fetch(0)) == 1
    clock.advance(1)
    assert len(await queue.fetch(0)) == 3
    queue.clear()
    empty = asyncio.ensure_future(queue.fetch(0, 100, 0))
    await settle()
    clock.advance(2.9)
    await settle()
    assert not empty.done()
    clock.advance(0.2)
    assert await empty == []
