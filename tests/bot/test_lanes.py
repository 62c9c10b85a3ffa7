"""Order within a chat and a person, concurrency between them."""

from __future__ import annotations

import asyncio
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.intake.lanes import Lanes
from bot.intake.raw import order_keys

KEYS = st.lists(st.sampled_from(["c1", "c2", "c3", "p1", "p2"]), max_size=2, unique=True)


def play(
    keys: list[list[str]], seed: int, width: int
) -> tuple[list[int], int, list[tuple[int, int]]]:
    """Run pieces of work of random length; give the starts, the most at once, and overlapping pairs that share a key."""
    chance = random.Random(seed)
    starts: list[int] = []
    running: set[int] = set()
    clashes: list[tuple[int, int]] = []
    most = 0

    async def work(number: int) -> None:
        nonlocal most
        clashes.extend((number, other) for other in running if set(keys[number]) & set(keys[other]))
        running.add(number)
        starts.append(number)
        most = max(most, len(running))
        for _ in range(chance.randrange(4)):
            await asyncio.sleep(0)
        running.discard(number)

    async def main() -> None:
        tasks = set()
        lanes = Lanes(lambda job, _name: tasks.add(asyncio.ensure_future(job)), width, 1000)
        for number, own in enumerate(keys):
            lanes.submit(own, lambda n=number: work(n))
        await lanes.drained()

    asyncio.run(main())
    return starts, most, clashes


@settings(max_examples=60, deadline=None)
@given(st.lists(KEYS, max_size=25), st.integers(0, 10**6), st.integers(1, 5))
def test_pieces_that_share_a_key_never_overlap_or_overtake(keys, seed, width):
    starts, most, clashes = play(keys, seed, width)
    assert sorted(starts) == list(range(len(keys)))
    assert clashes == []
    assert most <= width
    for early in range(len(keys)):
        for late in range(early + 1, len(keys)):
            if set(keys[early]) & set(keys[late]):
                assert starts.index(early) < starts.index(late)


def test_chats_run_beside_each_other():
    _, most, _ = play([["c1"], ["c2"], ["c3"]], 7, 5)
    assert most > 1


def test_room_blocks_the_receiver_until_the_queue_is_shorter():
    async def main() -> None:
        gate = asyncio.Event()
        tasks = set()
        lanes = Lanes(lambda job, _name: tasks.add(asyncio.ensure_future(job)), 10, 2)
        for key in ("c1", "c2"):
            lanes.submit([key], gate.wait)
        waiting = asyncio.ensure_future(lanes.room())
        await asyncio.sleep(0.01)
        assert not waiting.done()
        gate.set()
        await waiting

    asyncio.run(main())


def test_an_update_is_ordered_by_its_chat_and_its_person():
    message = {"update_id": 1, "message": {"chat": {"id": -5}, "from": {"id": 7}}}
    press = {"update_id": 2, "callback_query": {"from": {"id": 7}, "message": {"chat": {"id": -5}}}}
    strange = {"update_id": 3, "something": {"chat": 4, "from": [1]}}
    assert order_keys(message) == order_keys(press) == ("c-5", "p7")
    assert order_keys(strange) == ()
