"""Rows at rest: one per key, counted, cancelled, claimed and handed on both engines."""

from __future__ import annotations

from datetime import timedelta

from core.effects import Effect, Kind, Lane, MessageClass, RowState
from core.ids import ChatId, PersonId
from core.outgoing import Claim, Outcome, Setback
from storage.database import Database

WORKER = "worker-a"


def message(number: int, message_class: MessageClass = MessageClass.SERVICE, **more) -> Effect:
    more.setdefault("person", PersonId(number))
    return Effect(f"m:{number}", Kind.MESSAGE, message_class, content="text:hello", **more)


async def test_planning_twice_changes_nothing(database: Database):
    """L19: a period key is unique."""
    async with database.begin() as unit:
        assert await unit.outbox.enqueue(message(1), message(2)) == 2
    async with database.begin() as unit:
        assert await unit.outbox.enqueue(message(2), message(3)) == 1
        assert unit.outbox.enqueued == 1
        assert await unit.outbox.count_by_state() == {RowState.PLANNED: 3}


async def test_a_row_goes_from_planned_through_claimed_and_handed_to_sent(database, clock):
    async with database.begin() as unit:
        await unit.outbox.enqueue(message(1))
    async with database.begin() as unit:
        [row] = await unit.claims.candidates(Lane.SERVICE, 10)
        await unit.claims.claim(WORKER, [Claim(row.id, "2026-11-23", "2026-W48")])
    async with database.begin() as unit:
        assert await unit.claims.candidates(Lane.SERVICE, 10) == []
        assert await unit.claims.hand(WORKER, [row.id]) == {row.id}
    async with database.begin() as unit:
        sent = Outcome(row.id, RowState.SENT, clock.now(), message_id=77, attempts=1)
        await unit.claims.finish(WORKER, [sent])
        stored = await unit.outbox.by_key("m:1")
        assert (stored.state, stored.message_id, stored.attempts) == (RowState.SENT, 77, 1)


async def test_a_cancelled_claim_is_not_handed(database):
    """L83 L99: what ended between claim and call is not sent."""
    async with database.begin() as unit:
        await unit.outbox.enqueue(message(1), message(2, MessageClass.CARE))
        for lane in (Lane.SERVICE, Lane.CARE):
            for row in await unit.claims.candidates(lane, 10):
                await unit.claims.claim(WORKER, [Claim(row.id, "d", "w")])
    async with database.begin() as unit:
        assert await unit.outbox.cancel("m:1", reason="asked") == 1
        assert await unit.outbox.hold_back(PersonId(2), "consent.withdrawn") == 1
    async with database.begin() as unit:
        assert await unit.claims.hand(WORKER, [1, 2]) == set()
        states = await unit.outbox.count_by_state()
        assert states == {RowState.CANCELLED: 1, RowState.SUPPRESSED: 1}


async def test_a_row_handed_over_cannot_be_cancelled_and_keeps_its_outcome(database, clock):
    """L100: the race of at most one message ends as sent."""
    async with database.begin() as unit:
        await unit.outbox.enqueue(message(1, MessageClass.CARE))
        [row] = await unit.claims.candidates(Lane.CARE, 10)
        await unit.claims.claim(WORKER, [Claim(row.id, "d", "w")])
        await unit.claims.hand(WORKER, [row.id])
    async with database.begin() as unit:
        assert await unit.outbox.hold_back(PersonId(1), "consent.withdrawn") == 0
        await unit.claims.finish(WORKER, [Outcome(row.id, RowState.SENT, clock.now())])
        assert await unit.outbox.count_by_state() == {RowState.SENT: 1}


async def test_an_outcome_of_a_worker_that_lost_its_claim_is_ignored(database, clock):
    """L16: fencing."""
    async with database.begin() as unit:
        await unit.outbox.enqueue(message(1))
        [row] = await unit.claims.candidates(Lane.SERVICE, 10)
        await unit.claims.claim("worker-b", [Claim(row.id, "d", "w")])
        await unit.claims.finish(WORKER, [Outcome(row.id, RowState.SENT, clock.now())])
        assert await unit.outbox.count_by_state() == {RowState.CLAIMED: 1}


async def test_the_first_reason_that_held_a_row_back_is_kept(database, clock):
    later = clock.now() + timedelta(hours=1)
    async with database.begin() as unit:
        await unit.outbox.enqueue(message(1, MessageClass.CARE))
        row = await unit.outbox.by_key("m:1")
        await unit.claims.set_back([Setback(row.id, RowState.PLANNED, "quiet", due=later)])
        await unit.claims.set_back([Setback(row.id, RowState.SUPPRESSED, "cap.day")])
        stored = await unit.outbox.by_key("m:1")
        assert (stored.state, stored.held_by, stored.due) == (RowState.SUPPRESSED, "quiet", later)


async def test_rows_on_hold_and_busy_targets_are_not_candidates(database):
    async with database.begin() as unit:
        await unit.outbox.enqueue(
            message(1, MessageClass.MARKETING, campaign="spring"),
            message(2, MessageClass.MARKETING),
            message(3, MessageClass.MARKETING, person=None, chat=ChatId(-100)),
        )
        await unit.holds.stop("campaign:spring", "paused")
        scopes = [hold.scope for hold in await unit.holds.listing()]
        found = await unit.claims.candidates(Lane.MARKETING, 9, busy=["c-100"], holds=scopes)
        assert [row.key for row in found] == ["m:2"]
        await unit.holds.stop("all", "mourning")
        scopes = [hold.scope for hold in await unit.holds.listing()]
        assert await unit.claims.candidates(Lane.MARKETING, 9, holds=scopes) == []


async def test_stopping_a_campaign_gives_its_claimed_rows_back(database):
    """L22 L82."""
    async with database.begin() as unit:
        await unit.outbox.enqueue(message(1, MessageClass.MARKETING, campaign="spring"))
        [row] = await unit.claims.candidates(Lane.MARKETING, 9)
        await unit.claims.claim(WORKER, [Claim(row.id, "d", "w")])
    async with database.begin() as unit:
        await unit.holds.stop("campaign:spring", "paused")
    async with database.begin() as unit:
        assert await unit.claims.hand(WORKER, [row.id]) == set()
        assert await unit.outbox.count_by_state() == {RowState.PLANNED: 1}


async def test_what_left_counts_for_the_caps_and_control_does_not(database, clock):
    async with database.begin() as unit:
        parent = await unit.people.add(7, "ru", unit.now)
        await unit.outbox.enqueue(
            message(1, MessageClass.CARE, person=parent.id),
            message(2, MessageClass.SERVICE, person=parent.id),
            message(3, MessageClass.CONTROL, person=parent.id),
        )
        await unit.claims.claim(WORKER, [Claim(n, "2026-11-23", "2026-W48") for n in (1, 2, 3)])
        reader = (await unit.readers.load([parent.id]))[parent.id]
    assert reader.soft_days == {"2026-11-23": 1}
    assert reader.all_days == {"2026-11-23": 2}
    assert reader.soft_weeks == {"2026-W48": 1}


async def test_the_mark_grows_and_workers_beat(database):
    async with database.begin() as unit:
        assert await unit.claims.mark() == 0
        assert [await unit.claims.advance_mark() for _ in range(3)] == [1, 2, 3]
        await unit.claims.beat(WORKER)
        await unit.claims.beat(WORKER)
        assert await unit.claims.beats() == {WORKER: 2}
