"""Planning for thousands: the set-based answer never says yes where the gate, asked one by one, says no."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from consent.book import Book
from consent.fold import ConsentPolicy
from consent.purposes import Purpose
from consent.record import Controller
from consent.service import Consents
from core.clock import ManualClock
from core.effects import MessageClass
from delivery.facts import load_readers
from delivery.gate import Ask, decide
from delivery.policy import GatePolicy
from scheduler.plan.digests import DigestPolicy, digest_for_many
from tests.consent.school import School, document, opened

CARE, MARKETING = MessageClass.CARE, MessageClass.MARKETING
POLICY = GatePolicy()


@pytest.fixture
async def school(database, clock: ManualClock) -> School:
    return await opened(database, clock)


async def answers(school: School, people, message_class):
    """Ask both ways: the people planned at once, and those the gate lets pass one by one."""
    async with school.database.begin() as unit:
        usual = await unit.readers.usual(people, message_class)
        readers = await load_readers(unit, [(one, message_class, None) for one in people])
        passed = {
            one
            for one in people
            if decide(Ask(message_class), readers.get(one), POLICY, unit.now, early=True).go
        }
    return usual, passed


async def reachable(school: School, *people) -> None:
    async with school.database.begin() as unit:
        for one in people:
            await unit.people.change(one, channel="active")


async def test_a_family_with_its_consent_is_usual_and_each_oddity_is_looked_at(school: School):
    """L99 L105: nobody is planned at once whom the gate would refuse."""
    plain = await school.parent(Purpose.MARKETING)
    silent, stopped, blocked, erased, childless, gone = [await school.parent() for _ in range(6)]
    two = [await school.parent() for _ in range(2)]
    families = [(one,) for one in (plain, silent, stopped, blocked, erased, gone)] + [tuple(two)]
    for family in families:
        child = await school.child(*family)
        for one in family:
            if one is not silent:
                await school.says(one, Purpose.CHILD_DATA, grant=True, child=child)
    people = [plain, silent, stopped, blocked, erased, childless, gone, *two, 999]
    await reachable(school, *people[:-1])
    await school.consents.stop(stopped)
    await school.consents.withdraw(gone, [Purpose.CHILD_DATA])
    async with school.database.begin() as unit:
        await unit.people.change(blocked, channel="blocked")
        await unit.people.change(erased, erased_at=unit.now, telegram_id=None)
    usual, passed = await answers(school, people, CARE)
    assert usual == {plain}
    assert passed == {plain, *two}, "the others are looked at closer, not refused"
    assert (await answers(school, people, MARKETING))[0] == {plain}
    assert (await answers(school, people, MessageClass.SERVICE))[0] == set()


async def test_a_message_for_many_is_stored_as_it_would_be_one_by_one(school: School):
    """L94: in one statement for those with whom nothing is special, and never twice."""
    plain, silent = [await school.parent() for _ in range(2)]
    for one in (plain, silent):
        child = await school.child(one)
        if one is plain:
            await school.says(one, Purpose.CHILD_DATA, grant=True, child=child)
    await reachable(school, plain, silent)
    due = school.clock.now() + timedelta(hours=1)
    rows = []
    for week in ("2026-W48", "2026-W49"):
        alike = digest_for_many((due, week), DigestPolicy())
        async with school.database.begin() as unit:
            if week == "2026-W48":
                assert await unit.outbox.plan_usual([plain, silent, 999], alike) == {plain}
                assert await unit.outbox.plan_usual([plain], alike) == set()
            else:
                assert await unit.outbox.enqueue(alike.to(plain)) == 1
            rows.append(await unit.outbox.by_key(f"digest:{plain}:{week}"))
    at_once, alone = rows
    same = {"id": 0, "key": "", "content": "", "campaign": "", "reasons": ()}
    assert replace(at_once, **same) == replace(alone, **same)
    assert at_once.content == "digest:2026-W48"
    assert at_once.reasons == ("plan.digest week=2026-W48",)


async def test_a_document_changed_in_substance_makes_nobody_usual(school: School):
    """L103: a consent to an earlier version rests until the new text is agreed to."""
    parent = await school.parent(Purpose.MARKETING)
    await school.says(parent, Purpose.CHILD_DATA, grant=True, child=await school.child(parent))
    await reachable(school, parent)
    await school.clock.advance(timedelta(days=1))
    await school.publish(document(Purpose.CHILD_DATA, 2, material=False, text="Опечатка."))
    assert (await answers(school, [parent], CARE))[0] == {parent}
    await school.publish(*(document(one, 3) for one in (Purpose.CHILD_DATA, Purpose.MARKETING)))
    for message_class in (CARE, MARKETING):
        assert await answers(school, [parent], message_class) == (set(), set())


async def test_an_alarm_of_the_ledger_makes_nobody_usual(school: School):
    from storage.tables.consents import consent_alarms

    parent = await school.parent(Purpose.MARKETING)
    await reachable(school, parent)
    assert (await answers(school, [parent], MARKETING))[0] == {parent}
    async with school.database.begin() as unit:
        await unit.connection.execute(
            consent_alarms.insert().values(
                ledger="consents", seq=1, record="r", purpose="*", reason="changed", found_at=unit.now
            )
        )  # fmt: skip
    assert await answers(school, [parent], MARKETING) == (set(), set())


async def test_whatever_parents_answer_the_usual_ones_pass_the_gate(school: School):
    """L99 L105: random families, random answers; a yes of the set is a yes of the gate."""
    chance = random.Random(5)
    consents = Consents(school.database, Book(Controller(), ConsentPolicy()))
    people = [await school.parent() for _ in range(6)]
    children = [
        await school.child(*chance.sample(people, chance.choice((1, 1, 2)))) for _ in range(6)
    ]
    await reachable(school, *people)
    yes = 0
    for _ in range(20):
        person = chance.choice(people)
        purpose = chance.choice(
            [Purpose.CHILD_DATA] * 3 + [Purpose.MARKETING, Purpose.CROSS_BORDER]
        )
        async with school.database.reading() as unit:
            mine = sorted((await unit.readers.load([person]))[person].children)
        about = chance.choice([*mine, None]) if purpose is Purpose.CHILD_DATA and mine else None
        if chance.random() < 0.8:
            await school.says(person, purpose, grant=chance.random() < 0.8, child=about)
        else:
            await consents.withdraw(person, [purpose], child=about)
        for message_class in (CARE, MARKETING):
            usual, passed = await answers(school, people, message_class)
            assert usual <= passed
            yes += len(usual)
    assert yes > 0, "the set says yes to nobody"
    assert children


async def test_a_tampered_record_passes_planning_and_is_stopped_at_the_claim(school: School):
    """L99: many are planned by the pointers of the ledger, each is claimed by the record itself."""
    parent = await school.parent()
    child = await school.child(parent)
    await school.says(parent, Purpose.CHILD_DATA, grant=True, child=child)
    await reachable(school, parent)
    async with school.database.begin() as unit:
        if school.database.is_sqlite:
            await unit.connection.exec_driver_sql("DROP TRIGGER IF EXISTS consents_no_update")
        else:
            await unit.connection.exec_driver_sql("ALTER TABLE consents DISABLE TRIGGER USER")
        await unit.connection.exec_driver_sql(
            "UPDATE consents SET hash = REPLACE(hash, SUBSTR(hash, 1, 4), '0000')"
        )
    usual, passed = await answers(school, [parent], CARE)
    assert (usual, passed) == ({parent}, set())
