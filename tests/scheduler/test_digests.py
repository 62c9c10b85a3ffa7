"""Weekly digests: whose hour has come, planned once, sent once, with a tip that never repeats."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from importlib import resources
from zoneinfo import ZoneInfo

import pytest

from bot.reading import packs
from core.effects import RowState
from core.events import Event, EventName
from core.ids import PersonId
from delivery.digest import DigestWriter
from delivery.planning import Planning
from scheduler.digests import Digests
from scheduler.plan.digests import DigestPolicy, DigestReader, Span, digest_for_many, plan_digests

POLICY = DigestPolicy()
LIBRARY = packs()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "preferences", "now", "key"),
    [
        pytest.param(None, {}, "2026-11-29 15:00", "digest:7:2026-W48", id="school-zone"),
        pytest.param("Asia/Kamchatka", {}, "2026-11-29 06:00", "digest:7:2026-W48", id="L4-east"),
        pytest.param("America/Adak", {}, "2026-11-30 04:00", "digest:7:2026-W48", id="L4-far-west"),
        pytest.param(None, {}, "2026-11-29 14:40", None, id="too-early"),
        pytest.param(
            None, {"digest_weekday": 2, "digest_hour": 10}, "2026-11-25 07:00", "digest:7:2026-W48",
            id="own-hour",
        ),
        pytest.param(None, {"digest_weekday": "x"}, "2026-11-29 15:00", "digest:7:2026-W48", id="nonsense"),
        pytest.param("UTC", {}, "2027-01-03 18:00", "digest:7:2026-W53", id="L19-week-53"),
    ],
)  # fmt: skip
def test_a_digest_is_due_at_the_readers_own_hour(zone, preferences, now, key):
    span = Span(at(now) - timedelta(minutes=1), at(now) + POLICY.ahead)
    reader = DigestReader(PersonId(7), zone, preferences)
    slots = plan_digests([reader], span, POLICY)
    keys = [digest_for_many(slot, POLICY).to(one).key for slot in slots for one in slots[slot]]
    assert keys == ([key] if key else [])


async def parent_with_child(town, name="Vera", zone=None, children=(("Маша", "2021-05"),)):
    parent, actor = await town.parent(name, zone=zone)
    async with town.database.begin() as unit:
        for child, born in children:
            await unit.people.add_child(parent, unit.now, name=child, born=born)
    return parent, actor


def service(town):
    return Digests(town.units, Planning(town.gate), POLICY)


def digest_worker(town):
    writer = DigestWriter(lambda: LIBRARY)
    return town.worker(makers={"digest": writer}, preparers={"digest": writer}, library=LIBRARY)


SUNDAY = at("2026-11-29 14:50")


async def test_the_digest_arrives_on_sunday_at_six_with_a_section_for_the_child(town):
    _, vera = await parent_with_child(town)
    town.clock.advance_to(SUNDAY)
    assert await service(town).tick() == 1
    assert await service(town).tick() == 0
    worker = digest_worker(town)
    await worker.drain()
    assert town.seen(vera) == []
    town.clock.advance_to(at("2026-11-29 15:00"))
    await worker.drain()
    [text] = town.seen(vera)
    assert "Маша" in text
    assert "23–29 ноября" in text


async def test_two_children_give_one_digest_with_two_sections(town):
    """L27."""
    children = (("Маша", "2021-05"), ("Пётр", "2012-02"))
    _, vera = await parent_with_child(town, children=children)
    town.clock.advance_to(at("2026-11-29 15:00"))
    await service(town).tick()
    await digest_worker(town).drain()
    [text] = town.seen(vera)
    assert text.index("Маша") < text.index("Пётр")


async def test_without_consent_to_personalisation_there_is_no_name_and_no_age(town):
    """L101."""
    parent, vera = await parent_with_child(town)
    town.units.refused.add((parent, "personalisation"))
    town.clock.advance_to(at("2026-11-29 15:00"))
    await service(town).tick()
    await digest_worker(town).drain()
    [text] = town.seen(vera)
    assert "Маш" not in text
    row = await town.row(f"digest:{parent}:2026-W48")
    assert "|digest-any-" in (await _content(town, row.key))


async def test_no_tip_comes_twice_in_half_a_year(town):
    parent, vera = await parent_with_child(town, children=(("Маша", "2017-05"),))
    digests, worker = service(town), digest_worker(town)
    for week in range(26):
        town.clock.advance_to(at("2026-11-29 15:00") + timedelta(weeks=week))
        assert await digests.tick() == 1
        await worker.drain()
    async with town.database.reading() as unit:
        contents = await unit.outbox.contents(parent, "digest:")
    tips = [content.split("|")[1] for content in contents]
    assert len(set(tips)) == len(tips) == 26
    assert len(town.seen(vera)) == 26


async def test_a_move_east_after_the_hour_still_brings_this_weeks_digest_once(town):
    """L6 L7."""
    parent, vera = await parent_with_child(town, zone="America/New_York")
    town.clock.advance_to(at("2026-11-29 15:00"))
    await service(town).tick()
    async with town.database.begin() as unit:
        await unit.people.change(parent, zone="Asia/Kamchatka")
        await unit.events.record(Event(EventName.PERSON_ZONE_CHOSEN, unit.now, person=parent))
    town.clock.advance_to(at("2026-11-29 16:00"))
    assert await service(town).tick() == 1
    worker = digest_worker(town)
    await worker.drain()
    assert town.seen(vera) == []
    town.clock.advance_to(at("2026-11-29 21:00"))
    await worker.drain()
    assert len(town.seen(vera)) == 1
    async with town.database.begin() as unit:
        await unit.people.change(parent, zone="America/New_York")
        await unit.events.record(Event(EventName.PERSON_ZONE_CHOSEN, unit.now, person=parent))
    town.clock.advance_to(at("2026-11-30 00:00"))
    await service(town).tick()
    await worker.drain()
    assert len(town.seen(vera)) == 1


async def test_a_clock_set_back_repeats_nothing(town):
    """L15."""
    _, vera = await parent_with_child(town)
    town.clock.advance_to(at("2026-11-29 15:00"))
    worker = digest_worker(town)
    await service(town).tick()
    await worker.drain()
    town.clock.jump(timedelta(hours=-1))
    await service(town).tick()
    await worker.drain(patience=0)
    town.clock.jump(timedelta(hours=1))
    await service(town).tick()
    await worker.drain()
    assert len(town.seen(vera)) == 1


async def test_after_six_hours_of_downtime_it_comes_and_after_a_day_it_does_not(town):
    """L17."""
    _early, vera = await parent_with_child(town, zone="Europe/London")
    _late, anna = await parent_with_child(town, "Anna", zone="Pacific/Auckland")
    town.clock.advance_to(at("2026-11-30 09:00"))
    await service(town).tick()
    await digest_worker(town).drain()
    assert (len(town.seen(vera)), len(town.seen(anna))) == (1, 0)


async def test_who_cannot_get_it_is_kept_with_the_reason(town):
    parent, _vera = await parent_with_child(town)
    town.units.refused.add((parent, "care"))
    town.clock.advance_to(at("2026-11-29 15:00"))
    await service(town).tick()
    row = await town.row(f"digest:{parent}:2026-W48")
    assert (row.state, row.reason) == (RowState.SUPPRESSED, "consent.care")
    assert row.reasons == ("plan.digest week=2026-W48", "consent.care")


async def _content(town, key):
    async with town.database.reading() as unit:
        return (await unit.outbox.by_key(key)).content


def test_the_week_of_a_key_is_the_readers_own():
    assert date.fromisocalendar(2026, 48, 7) == date(2026, 11, 29)


async def test_each_parent_of_a_child_gets_the_digest_by_a_consent_of_their_own(town):
    """L29."""
    parent, vera = await parent_with_child(town)
    other, oleg = await town.parent("Oleg")
    third, anna = await town.parent("Anna")
    async with town.database.begin() as unit:
        [child] = await unit.people.children_of(parent)
        for one in (other, third):
            await unit.connection.exec_driver_sql(
                "INSERT INTO guardians (person_id, child_id, relation, verified_by, since) "
                f"VALUES ({one}, {child.id}, 'parent', 'declared', 0)"
            )
    town.units.refused.add((other, "care"))
    town.clock.advance_to(at("2026-11-29 15:00"))
    await service(town).tick()
    await digest_worker(town).drain()
    assert [len(town.seen(one)) for one in (vera, oleg, anna)] == [1, 0, 1]


async def test_what_was_sent_counts_for_the_day_it_was_sent_on(town):
    """L93: a move does not change history, so it opens no second place on a day."""
    parent, vera = await parent_with_child(town, zone="Asia/Vladivostok")
    town.clock.advance_to(at("2026-11-29 08:00"))
    await service(town).tick()
    await digest_worker(town).drain()
    assert len(town.seen(vera)) == 1
    async with town.database.begin() as unit:
        await unit.people.change(parent, zone="America/New_York")
        [reader] = (await unit.readers.load([parent])).values()
    assert (reader.soft_days, reader.soft_weeks) == ({"2026-11-29": 1}, {"2026-W48": 1})


def test_a_changed_rule_of_a_region_moves_a_digest_that_is_not_planned_yet():
    """L8: rows are planned a quarter of an hour ahead, from wall time and zone."""
    old, changed = (zone_from(name) for name in ("Europe/Moscow", "Europe/Samara"))
    hours = []
    for zone in (old, changed):
        policy = DigestPolicy(school_zone=zone)
        ticks = [SUNDAY - timedelta(hours=4) + timedelta(minutes=5 * n) for n in range(72)]
        reader = DigestReader(PersonId(7), None, {})
        found = {
            (slot, digest_for_many(slot, policy).to(PersonId(7)).key): now
            for now in ticks
            for slot in plan_digests(
                [reader], Span(now - timedelta(minutes=5), now + policy.ahead), policy
            )
        }
        [((due, week), key)] = found
        assert due - found[(due, week), key] <= policy.ahead
        assert due.astimezone(zone).hour == policy.hour
        hours.append((due, key))
    (before, first), (after, second) = hours
    assert before - after == timedelta(hours=1)
    assert first == second, "the key knows the week alone, so it comes once"


def zone_from(name):
    """The school's zone with the rule of another region, as an update of the zone database would bring it."""
    with resources.files("tzdata.zoneinfo").joinpath(name).open("rb") as file:
        return ZoneInfo.from_file(file, key="Europe/Moscow")
