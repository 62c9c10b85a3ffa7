"""What was put aside can be looked at, played again and dropped."""

from __future__ import annotations

from datetime import timedelta

import orjson
import sqlalchemy as sa

from ingest.replay import replay
from storage.learning_dead import DeadEvents
from storage.tables.learning import platform_events


async def test_a_rejected_event_counts_once_its_schema_was_mended(everywhere):
    parent, [child] = await everywhere.family()
    status, _ = await everywhere.post("track", {"userId": "parent-1", "event": "level_up"})
    assert status == 400
    database = everywhere.database
    async with database.begin() as unit:
        dead = DeadEvents(unit.connection, unit.seal)
        [event] = await dead.listing()
        assert event.error == "schema.missing properties.level"
        assert (await replay(dead)).still == ((event.id, event.error),)
        mended = orjson.dumps(orjson.loads(event.private or b"") | {"properties": {"level": 2}})
        await unit.connection.execute(
            sa.update(platform_events).values(sealed=unit.seal.close(mended.decode()))
        )
        assert (await replay(dead)).done == 1
    await everywhere.taker.tick()
    assert (await everywhere.known(parent, child))["level"] == "2"


async def test_an_event_that_broke_is_taken_once_the_fault_is_gone(lms):
    """L54."""
    parent, [child] = await lms.family()
    lms.journeys.breaks_on = "level_up"
    await lms.track("level_up", properties={"level": 2})
    for _ in range(2):
        await lms.taker.tick()
    assert await lms.states() == {"failed": 1}
    lms.journeys.breaks_on = ""
    async with lms.database.begin() as unit:
        assert (await replay(DeadEvents(unit.connection, unit.seal))).done == 1
    await lms.taker.tick()
    assert (await lms.known(parent, child))["level"] == "2"


async def test_a_quarantined_event_counts_at_the_time_it_arrived(lms):
    """L43."""
    parent, [child] = await lms.family()
    await lms.track("lesson_finish", lms.clock.now() + timedelta(days=900))
    async with lms.database.begin() as unit:
        await replay(DeadEvents(unit.connection, unit.seal))
    await lms.taker.tick()
    assert (await lms.known(parent, child))["days_silent"] == 0


async def test_a_dropped_event_holds_nothing_and_still_blocks_its_repetition(lms):
    await lms.family()
    far = lms.clock.now() + timedelta(days=900)
    await lms.track("lesson_finish", far, messageId="m", properties={"title": "Звуки"})
    async with lms.database.begin() as unit:
        dead = DeadEvents(unit.connection, unit.seal)
        await dead.drop([one.id for one in await dead.listing()])
    await lms.track("lesson_finish", messageId="m")
    assert await lms.rows("SELECT state, facts, user_ref FROM platform_events") == [
        ("dropped", "{}", None)
    ]


async def test_who_is_waited_for_is_counted_by_what_is_missing(lms):
    await lms.track("lesson_finish", user="stranger")
    await lms.track("lesson_finish", user="parent-1", properties={"learner_id": "kid"})
    async with lms.database.reading() as unit:
        waiting = await DeadEvents(unit.connection, unit.seal).waiting()
    assert {error: count for error, (count, _) in waiting.items()} == {
        "user.unknown": 1,
        "learner.unknown": 1,
    }


async def test_an_amnesty_reaches_every_streak(lms):
    """L60."""
    parent, [child] = await lms.family()
    await lms.post("identify", {"userId": "parent-1", "context": {"learner": "learner-1"},
                                "traits": {"schedule": [1, 2, 3, 4, 5, 6, 7]}})  # fmt: skip
    await lms.taker.tick()
    for days in (5, 4, 0):
        await lms.track("lesson_finish", lms.ago(days=days))
    before = await lms.known(parent, child)
    async with lms.database.begin() as unit:
        for days in (3, 2, 1):
            await unit.learning.forgive(lms.ago(days=days).date(), "outage")
            await unit.learning.forgive(lms.ago(days=days).date(), "outage")
    after = await lms.known(parent, child)
    assert (before["streak"], after["streak"], after["freezes"]) == (1, 3, 2)
