"""What the sender does with rows, judged by what people see and by the emulator's log."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from core.effects import Effect, Kind, MessageClass, RowState
from core.ids import ChatId
from emulator.faults import Fault, FaultKind
from tests.delivery.town import message

CARE, MARKETING, SERVICE = MessageClass.CARE, MessageClass.MARKETING, MessageClass.SERVICE


async def test_a_planned_message_arrives_once(town):
    parent, vera = await town.parent()
    await town.plan(message("hello", parent, facts={"say": "Здравствуйте"}))
    worker = town.worker()
    await worker.drain()
    await worker.drain()
    assert town.seen(vera) == ["Здравствуйте"]
    row = await town.row("hello")
    assert (row.state, row.attempts, row.facts) == (RowState.SENT, 1, {})
    assert row.message_id is not None


async def test_three_messages_to_one_chat_keep_order_and_a_second_between(town):
    """L73."""
    parent, vera = await town.parent()
    await town.plan(*(message(f"m{n}", parent, facts={"say": f"{n}"}) for n in range(3)))
    await town.worker().drain()
    assert town.seen(vera) == ["0", "1", "2"]
    at = [call.at for call in town.calls("sendMessage")]
    assert all(later - earlier >= 0.999 for earlier, later in pairwise(at))


async def test_a_group_gets_at_most_twenty_messages_a_minute(town):
    """L74."""
    _, owner = await town.parent()
    chat = town.group(owner)
    town.emulator.limits.enabled = True
    await town.plan(
        *(
            Effect(f"g{n}", Kind.MESSAGE, SERVICE, chat=ChatId(chat.id), content="plain:words")
            for n in range(25)
        )
    )
    worker = town.worker()
    await worker.drain(patience=61)
    at = [call.at for call in town.calls("sendMessage")]
    assert len(at) == 25
    assert max(sum(1 for t in at if start <= t < start + 60) for start in at) <= 20
    assert [call for call in town.calls("sendMessage") if call.error] == []


@pytest.mark.parametrize(
    ("message_class", "state", "arrived"),
    [
        pytest.param(SERVICE, RowState.SENT, 2, id="L67-service-goes-once-more"),
        pytest.param(CARE, RowState.UNKNOWN, 1, id="L67-care-never-again"),
        pytest.param(MARKETING, RowState.UNKNOWN, 1, id="L67-marketing-never-again"),
    ],
)
async def test_a_timeout_after_the_write(town, message_class, state, arrived):
    parent, vera = await town.parent()
    town.emulator.faults.add(Fault(FaultKind.TIMEOUT_AFTER, "sendMessage"))
    await town.plan(message("m", parent, message_class))
    await town.worker().drain(patience=10)
    assert (await town.row("m")).state is state
    assert len(town.seen(vera)) == arrived


async def test_a_service_message_is_resent_once_and_then_given_up_as_unknown(town):
    parent, vera = await town.parent()
    town.emulator.faults.add(Fault(FaultKind.TIMEOUT_AFTER, "sendMessage", count=5))
    await town.plan(message("m", parent))
    await town.worker().drain(patience=60)
    row = await town.row("m")
    assert (row.state, row.unknowns, len(town.seen(vera))) == (RowState.UNKNOWN, 2, 2)


async def test_a_429_pauses_and_burns_no_attempt_and_service_resumes_first(town):
    """L68."""
    one, vera = await town.parent()
    other, anna = await town.parent("Anna")
    town.emulator.faults.add(Fault(FaultKind.TOO_MANY_REQUESTS, "sendMessage", seconds=35))
    await town.plan(message("digest", one, CARE))
    worker = town.worker()
    await worker.drain(patience=0)
    await town.plan(message("receipt", other))
    began = town.clock.monotonic()
    await worker.drain(patience=40)
    sent = [call for call in town.calls("sendMessage") if call.error is None]
    assert [call.params["chat_id"] for call in sent] == [anna.id, vera.id]
    assert town.clock.monotonic() - began >= 34
    row = await town.row("digest")
    assert (row.state, row.attempts) == (RowState.SENT, 1)


async def test_a_429_of_one_group_leaves_other_chats_alone(town):
    """L70."""
    parent, vera = await town.parent()
    chat = town.group(vera)
    town.emulator.faults.add(
        Fault(FaultKind.TOO_MANY_REQUESTS, "sendMessage", chat_id=chat.id, seconds=300)
    )
    await town.plan(
        Effect("g", Kind.MESSAGE, SERVICE, chat=ChatId(chat.id), content="plain:words"),
        message("m", parent),
    )
    await town.worker().drain()
    assert (await town.row("m")).state is RowState.SENT
    assert (await town.row("g")).state is RowState.PLANNED


async def test_a_pause_outlives_a_restart_and_raises_an_alarm(town):
    """L69."""
    parent, vera = await town.parent()
    town.emulator.faults.add(Fault(FaultKind.TOO_MANY_REQUESTS, "sendMessage", seconds=3600))
    await town.plan(message("m", parent))
    await town.worker().drain()
    assert town.alarms == ["telegram asked for a long pause"]
    restarted = town.worker("w2")
    await restarted.drain()
    assert len(town.calls("sendMessage")) == 1
    await restarted.drain(patience=4000)
    assert town.seen(vera) == ["m"]


async def test_who_blocked_the_bot_is_not_tried_again(town):
    """L75."""
    parent, vera = await town.parent()
    vera.block(town.telegram_bot)
    await town.plan(message("a", parent), message("b", parent, CARE))
    await town.worker().drain()
    assert len(town.calls("sendMessage")) == 1
    assert (await town.row("a")).reason == "channel.blocked"
    assert (await town.row("b")).state is RowState.SUPPRESSED


async def test_a_deleted_account_is_terminal(town):
    """L78."""
    parent, vera = await town.parent()
    vera.deactivate()
    await town.plan(message("a", parent), message("b", parent))
    await town.worker().drain()
    assert len(town.calls("sendMessage")) == 1
    async with town.database.reading() as unit:
        assert (await unit.people.get(parent)).channel == "deactivated"


async def test_a_broken_template_stops_after_three_failures(town):
    """L79."""
    parents = [(await town.parent(f"P{n}"))[0] for n in range(12)]
    await town.plan(
        *(
            message(f"m{n}", one, MARKETING, content="plain:broken", campaign="spring")
            for n, one in enumerate(parents)
        )
    )
    worker = town.worker()
    await worker.drain()
    states = await town.states()
    assert states == {RowState.FAILED: 3, RowState.PLANNED: 9}
    assert town.alarms == ["template stopped"]
    await worker.drain()
    assert await town.states() == states


async def test_a_lost_photo_leaves_the_text(town):
    """L80."""
    parent, vera = await town.parent()
    await town.plan(message("m", parent, facts={"say": "words", "photo": "AgACAg-unknown"}))
    await town.worker().drain()
    assert (await town.row("m")).state is RowState.SENT
    assert town.seen(vera) == ["words"]


async def test_a_restart_by_telegram_is_survived_by_backing_off(town):
    parent, vera = await town.parent()
    town.emulator.faults.add(Fault(FaultKind.SERVER_ERROR, "sendMessage", count=2))
    await town.plan(message("m", parent, CARE))
    await town.worker().drain(patience=60)
    row = await town.row("m")
    assert (row.state, row.attempts, town.seen(vera)) == (RowState.SENT, 3, ["m"])


async def test_quiet_hours_hold_until_nine_and_caps_are_asked_again(town):
    """L10 L13 L92."""
    parent, vera = await town.parent(zone="Asia/Yekaterinburg")
    town.clock.advance_to(town.clock.now() + timedelta(hours=10))
    await town.plan(
        message("care", parent, CARE), message("offer", parent, MARKETING), message("pay", parent)
    )
    worker = town.worker()
    await worker.drain()
    assert town.seen(vera) == ["pay"]
    row = await town.row("care")
    assert (row.held_by, row.due.isoformat()) == ("quiet", "2026-11-24T04:00:00+00:00")
    town.clock.advance_to(row.due)
    await worker.drain()
    assert town.seen(vera) == ["pay", "care"]
    offer = await town.row("offer")
    assert (offer.state, offer.held_by) == (RowState.PLANNED, "quiet")
    assert offer.due.isoformat() == "2026-11-25T04:00:00+00:00"


async def test_a_withdrawal_after_planning_suppresses(town):
    """L99."""
    parent, vera = await town.parent()
    await town.plan(message("offer", parent, MARKETING))
    town.units.refused.add((parent, "marketing"))
    await town.worker().drain()
    row = await town.row("offer")
    assert (row.state, row.reason, town.seen(vera)) == (
        RowState.SUPPRESSED,
        "consent.marketing",
        [],
    )


async def test_what_came_due_while_the_process_was_down_expires(town):
    """L14 L17."""
    parent, vera = await town.parent()
    soon = town.clock.now() + timedelta(hours=1)
    await town.plan(message("lesson", parent, due=soon, expires=soon + timedelta(minutes=30)))
    town.clock.advance_to(soon + timedelta(hours=6))
    await town.worker().drain()
    assert (await town.row("lesson")).state is RowState.EXPIRED
    assert town.seen(vera) == []


async def test_moderation_acts_go_in_order_in_one_turn(town):
    _, owner = await town.parent()
    bad = town.world.person("Spam")
    chat = town.group(owner, bad)
    post = bad.send("buy", chat=chat)
    control = MessageClass.CONTROL
    facts = {"user_id": bad.id}
    await town.plan(
        Effect(
            "d",
            Kind.DELETE,
            control,
            chat=ChatId(chat.id),
            facts={"message_ids": [post.message_id]},
        ),
        Effect("r", Kind.RESTRICT, control, chat=ChatId(chat.id), facts=facts | {"seconds": 1}),
        Effect("b", Kind.BAN, control, chat=ChatId(chat.id), facts=facts),
    )
    worker = town.worker()
    jobs, _ = await worker.turn()
    assert len(jobs) == 1
    await jobs[0]
    await worker.drain()
    assert [call.method for call in town.calls()][-3:] == [
        "deleteMessages",
        "restrictChatMember",
        "banChatMember",
    ]
    assert await town.states() == {RowState.SENT: 3}


async def test_an_edit_finds_its_message_by_the_key_of_its_row(town):
    parent, vera = await town.parent()
    await town.plan(
        message("card", parent, facts={"say": "before"}),
        Effect(
            "card:edit",
            Kind.EDIT,
            SERVICE,
            person=parent,
            content="plain:words",
            facts={"say": "after", "of": "card"},
        ),
    )
    await town.worker().drain()
    assert town.seen(vera) == ["after"]


async def test_in_flight_is_bounded(town):
    """L81."""
    town.policy = replace(town.policy, in_flight=5, service_slots=2, per_second=1000)
    parents = [(await town.parent(f"P{n}"))[0] for n in range(9)]
    await town.plan(*(message(f"m{n}", one, CARE) for n, one in enumerate(parents)))
    worker = town.worker()
    jobs, _ = await worker.turn()
    assert len(jobs) == worker.in_flight == 3
    assert (await worker.turn())[0] == []
    for job in jobs:
        await job
    await worker.drain()
    assert await town.states() == {RowState.SENT: 9}
