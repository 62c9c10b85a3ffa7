"""Faults happen to the calls they name, as often as told, and by a chance that can be repeated."""

import asyncio

import pytest
from aiogram.types import Update
from pydantic import ValidationError

from emulator.clock import VirtualClock
from emulator.errors import ApiError, TransportFault
from emulator.faults import Fault, FaultKind, Faults
from emulator.poison import MISSING_RIGHT, POISON_PERSON, POISONS, poison
from emulator.updates import UpdateQueue

BOT = 7


@pytest.fixture
def clock():
    return VirtualClock(1_767_600_000.0)


@pytest.fixture
def faults(clock):
    return Faults(clock, seed=1)


async def outcome(faults, method="sendMessage", **params):
    try:
        await faults.before(BOT, method, params)
    except ApiError as refused:
        return refused.code, refused.parameters
    except TransportFault as fault:
        return "before", fault.kind
    try:
        await faults.after(BOT, method, params)
    except TransportFault as fault:
        return "after", fault.kind
    return None


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault(FaultKind.TOO_MANY_REQUESTS, seconds=9), (429, {"retry_after": 9})),
        (Fault(FaultKind.TOO_MANY_REQUESTS_BARE, seconds=9), (429, None)),
        (Fault(FaultKind.SERVER_ERROR, status=503), (503, None)),
        (Fault(FaultKind.HTML), ("before", "body")),
        (Fault(FaultKind.TIMEOUT_BEFORE), ("before", "timeout")),
        (Fault(FaultKind.RESET_BEFORE), ("before", "disconnect")),
        (Fault(FaultKind.TIMEOUT_AFTER), ("after", "timeout")),
        (Fault(FaultKind.RESET_AFTER), ("after", "disconnect")),
    ],
)
async def test_a_fault_happens_once_and_is_over(faults, fault, expected):
    faults.add(fault)
    assert [await outcome(faults), await outcome(faults)] == [expected, None]
    assert faults.listing() == []


async def test_a_fault_keeps_to_its_method_chat_and_bot(faults):
    faults.add(
        Fault(FaultKind.SERVER_ERROR, method="sendmessage", chat_id=5, bot_id=BOT, count=None)
    )
    assert await outcome(faults, "sendPhoto", chat_id=5) is None
    assert await outcome(faults, "sendMessage", chat_id=6) is None
    assert await outcome(faults, "sendMessage", chat_id="5") == (500, None)
    faults.add(Fault(FaultKind.SERVER_ERROR, method="getMe", bot_id=BOT + 1))
    assert await outcome(faults, "getMe") is None


async def test_a_count_runs_out_and_null_does_not(faults):
    faults.add(Fault(FaultKind.SERVER_ERROR, count=2))
    assert [await outcome(faults) for _ in range(3)] == [(500, None), (500, None), None]
    number = faults.add(Fault(FaultKind.SERVER_ERROR, count=None))
    assert [await outcome(faults) for _ in range(9)] == [(500, None)] * 9
    assert faults.remove(number)
    assert await outcome(faults) is None


async def test_chance_is_repeated_by_its_seed(clock):
    async def run(seed):
        faults = Faults(clock, seed)
        faults.add(Fault(FaultKind.SERVER_ERROR, count=None, probability=0.5))
        return [await outcome(faults) is not None for _ in range(64)]

    first = await run(3)
    assert first == await run(3)
    assert first != await run(4)
    assert 16 < sum(first) < 48


async def test_a_slow_answer_takes_its_seconds_on_the_clock(faults, clock):
    faults.add(Fault(FaultKind.SLOW, seconds=20))
    call = asyncio.ensure_future(outcome(faults))
    await asyncio.sleep(0)
    clock.advance(19)
    await asyncio.sleep(0)
    assert not call.done()
    clock.advance(1)
    assert await call is None


@pytest.mark.parametrize(
    "wrong", [{"probability": 1.5}, {"count": 0}, {"seconds": -1}, {"status": 200}]
)
def test_a_fault_refuses_senseless_numbers(wrong):
    with pytest.raises(ValueError, match=r"is|lies"):
        Fault(FaultKind.SERVER_ERROR, **wrong)


@pytest.fixture
def queue(clock, faults):
    queue = UpdateQueue(clock, 1, strict_repeats=False)
    queue.distort = faults.distort
    for number in range(6):
        queue.push("message", {"chat": {"id": number % 2}, "text": str(number)})
    return queue


async def ids(queue, offset=0):
    return [update["update_id"] for update in await queue.fetch(offset)]


async def test_a_duplicate_comes_twice_in_one_batch(queue, faults):
    faults.add(Fault(FaultKind.DUPLICATE, chat_id=1))
    assert await ids(queue) == [1, 2, 2, 3, 4, 5, 6]
    assert await ids(queue) == [1, 2, 3, 4, 5, 6]


async def test_a_redelivered_update_comes_again_after_it_was_confirmed(queue, faults):
    faults.add(Fault(FaultKind.REDELIVER, method="message"))
    await ids(queue)
    assert await ids(queue, 7) == [1]
    assert await ids(queue, 8) == []


async def test_a_reordered_batch_loses_nothing_and_is_out_of_order(queue, faults):
    faults.add(Fault(FaultKind.REORDER))
    shuffled = await ids(queue)
    assert shuffled != sorted(shuffled) == [1, 2, 3, 4, 5, 6]
    assert await ids(queue) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("name", POISONS)
async def test_a_poison_update_is_queued_whatever_the_bot_allows(queue, name):
    queue.clear()
    queue.allow(["callback_query"])
    kind, payload = poison(name, 1_767_600_000.0)
    queue.push_raw(kind, payload)
    assert await queue.fetch() == [{"update_id": 7, kind: payload}]


@pytest.mark.parametrize("name", POISONS)
def test_a_strict_decoder_cannot_read_a_poison_update(name):
    kind, payload = poison(name, 1_767_600_000.0)
    with pytest.raises(ValidationError):
        Update.model_validate({"update_id": 1, kind: payload})


def test_what_is_poisonous_is_one_field_only():
    """The same updates with that field mended are readable."""
    mended = {
        "unknown_reaction": {"new_reaction": [{"type": "emoji", "emoji": "👍"}]},
        "unknown_member_status": {"new_chat_member": {"status": "member", "user": POISON_PERSON}},
        "wrong_date": {"date": 1},
    }
    for name, field in mended.items():
        kind, payload = poison(name, 1_767_600_000.0)
        Update.model_validate({"update_id": 1, kind: payload | field})
    kind, payload = poison("administrator_without_right", 1_767_600_000.0)
    Update.model_validate(
        {
            "update_id": 1,
            kind: payload
            | {"new_chat_member": payload["new_chat_member"] | {MISSING_RIGHT: False}},
        }
    )
