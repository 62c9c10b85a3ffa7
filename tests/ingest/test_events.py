"""Events sent over HTTP become what is known about a child, once, in any order, whoever is named."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.reading import journeys
from consent.purposes import Purpose
from core.effects import RowState
from core.ids import ChildId
from delivery.planning import Planning
from delivery.policy import GatePolicy
from scheduler.journeys.daily import Daily
from scheduler.journeys.engine import JourneyEngine
from scheduler.journeys.model import EnrolmentState
from tests.delivery.town import Permissive
from tests.ingest.platform import MOSCOW
from texts.journeys import Journeys
from texts.packs import load_packs

FINISHED = {"lesson_id": "l1", "title": "Звуки", "minutes": 20}


async def test_a_finished_lesson_counts_for_the_child(everywhere):
    await everywhere.ask_the_ledger()
    parent, [child] = await everywhere.family()
    await everywhere.track("Lesson Finished", properties=FINISHED | {"learner_id": "learner-1"})
    known = await everywhere.known(parent, child)
    assert (known["lessons_total"], known["minutes"], known["streak"]) == (1, 20, 1)
    assert known["days_silent"] == 0
    assert [(one.name, one.person, one.child) for one in everywhere.journeys.heard] == [
        ("lesson_finish", parent, child)
    ]
    assert await everywhere.states() == {"applied": 1}


async def test_the_same_message_twice_counts_once_for_ever(everywhere):
    """L39: and the sender hears 200 both times."""
    parent, [child] = await everywhere.family()
    for _ in range(2):
        await everywhere.track("lesson_finish", messageId="m-1", properties=FINISHED)
        await everywhere.clock.advance(timedelta(days=400))
    assert (await everywhere.known(parent, child))["lessons_total"] == 1


@pytest.mark.parametrize(
    ("case", "lessons", "expected"),
    [
        ("L40 the same event without an id, sent twice", ("l1", "l1"), 1),
        ("L40 two lessons of one second told apart by their ids", ("l1", "l2"), 2),
    ],
)
async def test_events_without_an_id_are_known_by_what_they_are(lms, case, lessons, expected):
    parent, [child] = await lms.family()
    for lesson in lessons:
        await lms.track("lesson_finish", lms.clock.now(), properties={"lesson_id": lesson})
    assert (await lms.known(parent, child))["lessons_total"] == expected, case


async def test_two_sources_may_use_the_same_message_id(lms):
    await lms.family()
    for key in ("a-long-write-key", "another-write-key"):
        status, _ = await lms.post("track", {"userId": "u", "event": "x", "messageId": "m"}, key)
        assert status == 200
    assert await lms.rows("SELECT COUNT(*) FROM platform_events") == [(2,)]


@pytest.mark.parametrize(
    ("case", "message"),
    [
        ("the parent is named, and has one child", {"userId": "parent-1"}),
        ("the learner is named as the user", {"userId": "learner-1"}),
        ("the learner stands in the properties", {"properties": {"learner_id": "learner-1"}}),
        ("the learner stands in the context", {"context": {"learner": {"id": "learner-1"}}}),
        ("the learner stands in the context by id alone", {"context": {"learner": "learner-1"}}),
    ],
)
async def test_the_child_is_found_whichever_way_it_is_named(lms, case, message):
    parent, [child] = await lms.family()
    body = {"userId": "parent-1", "event": "lesson_finish", **message}
    assert (await lms.post("track", body))[0] == 200
    await lms.taker.tick()
    assert (await lms.known(parent, child))["lessons_total"] == 1, case


async def test_each_of_two_children_has_its_own_lessons(lms):
    parent, [older, younger] = await lms.family("learner-1", "learner-2")
    for learner in ("learner-1", "learner-2", "learner-2"):
        at = lms.clock.now()
        await lms.track("lesson_finish", at, properties={"learner_id": learner})
        await lms.clock.advance(timedelta(minutes=1))
    both = await lms.known(parent, ChildId(0))
    assert (await lms.known(parent, older))["lessons_total"] == 1
    assert (await lms.known(parent, younger))["lessons_total"] == 2
    assert both["lessons_total"] == 3


async def test_a_lesson_of_one_of_two_children_that_does_not_say_whose_waits(lms):
    await lms.family("learner-1", "learner-2")
    await lms.track("lesson_finish")
    assert await lms.rows("SELECT state, error FROM platform_events") == [
        ("parked", "learner.ambiguous")
    ]


async def test_an_unknown_learners_lesson_waits_and_counts_once_the_family_arrives(everywhere):
    """L35: nobody is written to meanwhile."""
    await everywhere.track("lesson_finish", properties=FINISHED | {"learner_id": "learner-1"})
    assert await everywhere.states() == {"parked": 1}
    assert everywhere.journeys.heard == []
    parent, [child] = await everywhere.family()
    await everywhere.taker.tick()
    assert (await everywhere.known(parent, child))["lessons_total"] == 1
    assert await everywhere.states() == {"applied": 1}


async def test_after_thirty_days_a_strangers_event_is_emptied(lms):
    """L35."""
    await lms.track("lesson_finish", user="stranger", properties=FINISHED)
    await lms.clock.advance(timedelta(days=29))
    assert await lms.taker.expire() == 0
    await lms.clock.advance(timedelta(days=2))
    assert await lms.taker.expire() == 1
    assert await lms.rows("SELECT facts, user_ref FROM platform_events") == [("{}", None)]


async def test_a_learner_named_beside_a_parent_of_one_child_is_that_child(lms):
    parent, [child] = await lms.family()
    await lms.track("lesson_finish", properties={"learner_id": "another-id-of-the-child"})
    assert (await lms.known(parent, child))["lessons_total"] == 1


async def test_identify_binds_a_learner_to_its_parent_and_tells_the_schedule(lms):
    parent, [child] = await lms.family()
    traits = {"parent_id": "parent-1", "schedule": {"days": ["mon", "thu"], "time": "17:00"}}
    assert (await lms.post("identify", {"userId": "kid-7", "traits": traits}))[0] == 200
    await lms.taker.tick()
    await lms.track("lesson_finish", user="kid-7")
    known = await lms.known(parent, child)
    assert known["lessons_total"] == 1
    assert (known["has_schedule"], known["lesson_hour"]) == (True, "17:00")


async def test_contacts_are_kept_in_one_form_and_sealed(lms):
    """L32: case, plus tags and 8 instead of +7 make no second address."""
    parent, _ = await lms.family()
    for phone, email in (
        ("8 (912) 345-67-89", "Vera+lms@Example.com"),
        ("+79123456789", "vera@example.com"),
    ):
        traits = {"phone": phone, "email": email}
        await lms.post("identify", {"userId": "parent-1", "traits": traits})
        await lms.taker.tick()
        async with lms.database.reading() as unit:
            kept = await unit.contacts.of_person(parent)
            assert await unit.contacts.who("phone", "+79123456789") == [parent]
        assert kept == {"phone": "+79123456789", "email": "vera@example.com"}
    [(raw,)] = await lms.rows("SELECT COUNT(*) FROM contacts WHERE value LIKE '%912%'")
    assert raw == 0
    assert await lms.rows("SELECT DISTINCT sealed FROM platform_events") == [(None,)]


async def test_a_shared_phone_joins_nobody(lms):
    """L31 L36: only the platform's word or a deep link does."""
    parent, [child] = await lms.family()
    await lms.post("identify", {"userId": "parent-1", "traits": {"phone": "+79123456789"}})
    await lms.post("identify", {"userId": "grandma", "traits": {"phone": "+79123456789"}})
    await lms.track("lesson_finish", user="grandma")
    assert (await lms.known(parent, child))["lessons_total"] == 0


async def test_the_erased_do_not_come_back_by_an_event(lms):
    parent, _ = await lms.family()
    async with lms.database.begin() as unit:
        await unit.erasures.person(parent, "asked", unit.now, unit.now)
    await lms.track("lesson_finish", properties=FINISHED | {"learner_id": "learner-1"})
    assert await lms.rows("SELECT state, facts, user_ref, learner_ref FROM platform_events") == [
        ("withheld", "{}", None, None)
    ]
    assert lms.journeys.heard == []


async def test_without_consent_to_the_childs_data_nothing_is_counted(lms):
    await lms.ask_the_ledger()
    parent, [child] = await lms.family()
    await lms.school.says(parent, Purpose.CHILD_DATA, grant=False, child=child)
    await lms.track("lesson_finish", properties=FINISHED)
    assert (await lms.known(parent, child))["lessons_total"] == 0
    assert await lms.rows("SELECT state, facts FROM platform_events") == [("withheld", "{}")]


async def test_a_finish_before_its_start_measures_the_lesson_all_the_same(lms):
    """L41."""
    parent, [child] = await lms.family()
    began = lms.ago(minutes=45)
    await lms.track("lesson_finish", began + timedelta(minutes=30), properties={"lesson_id": "l1"})
    await lms.track("lesson_start", began, properties={"lesson_id": "l1"})
    assert (await lms.known(parent, child))["minutes"] == 30


async def test_a_late_lesson_mends_the_streak_and_reaches_journeys(lms):
    """L42: journeys hear of it at the time it happened, so that a win-back ends and nothing else begins."""
    parent, [child] = await lms.family()
    for days in (9, 8, 5, 4):
        await lms.track("lesson_finish", lms.ago(days=days))
    await lms.post("identify", {"userId": "parent-1", "context": {"learner": "learner-1"},
                                "traits": {"schedule": [1, 2, 3, 4, 5, 6, 7]}})  # fmt: skip
    await lms.taker.tick()
    assert (await lms.known(parent, child))["streak"] == 0
    for days in (7, 6, 3):
        await lms.track("lesson_finish", lms.ago(days=days))
    assert (await lms.known(parent, child))["streak"] == 7
    assert lms.journeys.heard[-1].at == lms.ago(days=3)


async def test_a_late_lesson_ends_the_win_back_its_silence_began(lms):
    """L42: the lesson was three days before the win-back began, its event comes after; planned steps are taken back."""
    parent, [child] = await lms.family()
    await lms.track("payment_succeeded", properties={"payment_id": "p"})
    await lms.track("lesson_finish", lms.ago(days=7, hours=1))
    journey = replace(journeys().by_id["win-back"], holdout=0.0)
    units = Permissive(lms.database)
    engine = JourneyEngine(
        units, Planning(GatePolicy()), lambda: Journeys({journey.id: journey}), load_packs, MOSCOW, lms.facts
    )  # fmt: skip
    async with lms.database.begin() as unit:
        await unit.people.change(parent, channel="active")
    assert await Daily(engine).tick() == 1
    await engine.tick()
    lms.journeys = engine
    await lms.track("lesson_finish", lms.ago(days=3))
    async with lms.database.reading() as unit:
        [enrolment] = await unit.enrolments.of_person(parent)
        rows = await unit.outbox.of_person(parent)
    assert enrolment.state is EnrolmentState.EXITED
    assert [row.state for row in rows if row.child == child] in ([], [RowState.CANCELLED])


async def test_after_two_weeks_the_first_lesson_is_a_come_back(lms):
    parent, [child] = await lms.family()
    await lms.track("lesson_finish", lms.ago(days=15))
    assert (await lms.known(parent, child))["days_silent"] == 15
    await lms.track("lesson_finish", lms.ago(hours=1))
    assert (await lms.known(parent, child))["days_silent"] == 14
    await lms.track("lesson_finish")
    assert (await lms.known(parent, child))["days_silent"] == 0


@pytest.mark.parametrize(
    ("case", "event", "known"),
    [
        ("L43 2070", {"timestamp": "2070-01-01T00:00:00Z"}, "time.future"),
        ("L43 1970", {"timestamp": "1970-01-01T00:00:00Z"}, "time.past"),
    ],
)
async def test_an_impossible_time_is_put_aside(lms, case, event, known):
    await lms.family()
    status, body = await lms.post(
        "track", {"userId": "parent-1", "event": "lesson_finish", **event}
    )
    assert (status, body["status"]) == (200, "quarantined"), case
    await lms.taker.tick()
    assert await lms.rows("SELECT state, error FROM platform_events") == [("quarantined", known)]


async def test_a_clock_a_little_ahead_is_clamped(lms):
    """L43."""
    await lms.family()
    await lms.track("lesson_finish", lms.clock.now() + timedelta(hours=2))
    assert lms.journeys.heard[0].at == lms.clock.now()


async def test_a_senders_wrong_clock_is_corrected_by_sent_at(lms):
    await lms.family()
    wrong = lms.clock.now() - timedelta(days=900)
    await lms.track("lesson_finish", wrong - timedelta(minutes=10), sentAt=wrong.isoformat())
    [heard] = lms.journeys.heard
    assert (heard.at, heard.history) == (lms.ago(minutes=10), False)


async def test_history_changes_the_state_and_begins_nothing(lms):
    """L44: said to be imported, or simply old."""
    parent, [child] = await lms.family()
    await lms.track("lesson_finish", lms.ago(hours=1), context={"historical": True})
    await lms.track("lesson_finish", lms.ago(days=40))
    assert (await lms.known(parent, child))["lessons_total"] == 2
    assert lms.journeys.fresh == []


@pytest.mark.parametrize(
    ("case", "first", "second", "fresh"),
    [
        ("L45 a payment and its refund", "payment_succeeded", "refund", ["refund"]),
        ("L46 autopay off and on again", "autopay_off", "autopay_on", ["autopay_on"]),
    ],
)
async def test_what_was_undone_begins_nothing_even_when_it_arrives_last(
    lms, case, first, second, fresh
):
    await lms.family()
    earlier, later = lms.ago(minutes=2), lms.ago(minutes=1)
    await lms.track(second, later, properties={"payment_id": "p1", "amount": 1950})
    await lms.track(first, earlier, properties={"payment_id": "p1", "amount": 1950})
    assert lms.journeys.fresh == fresh, case
    assert [one.name for one in lms.journeys.heard] == [second, first]


async def test_a_risk_that_trembles_is_told_only_when_it_is_high(lms):
    """L47: scores between the two bounds change nothing; journeys have a cooldown besides."""
    await lms.family()
    for minute, score in enumerate((0.5, 0.72, 0.68, 0.5, 0.39)):
        await lms.track("churn_risk", lms.ago(minutes=30 - minute), properties={"score": score})
    assert lms.journeys.fresh == ["churn_risk"]


async def test_an_event_that_breaks_stops_nobody_and_is_put_aside(lms):
    """L54."""
    parent, [child] = await lms.family()
    lms.journeys.breaks_on = "level_up"
    batch = [
        {"type": "track", "userId": "parent-1", "event": event, "properties": {"level": "3"},
         "timestamp": lms.ago(minutes=minute).isoformat()}
        for minute, event in enumerate(("lesson_finish", "level_up", "lesson_finish"))
    ]  # fmt: skip
    await lms.post("batch", {"batch": batch})
    await lms.taker.tick()
    assert (await lms.known(parent, child))["lessons_total"] == 2
    for _ in range(2):
        assert (await lms.states())["received"] == 1
        await lms.taker.tick()
    assert await lms.rows("SELECT name, error FROM platform_events WHERE state = 'failed'") == [
        ("level_up", "take.RuntimeError")
    ]


async def test_any_order_of_the_same_events_gives_the_same_facts(lms, sqlite):
    """L41: through the door and the database, whatever order they come in and however often."""
    families = []
    events = [
        ("lesson_finish", 50, {"lesson_id": "a"}), ("lesson_start", 51, {"lesson_id": "a"}),
        ("lesson_finish", 26, {"lesson_id": "b", "minutes": 15}), ("level_up", 20, {"level": "2"}),
        ("level_up", 10, {"level": "3"}), ("module_finished", 9, {"module": "Звуки", "next_module": "Слова"}),
        ("payment_succeeded", 8, {"payment_id": "p", "amount": 10}), ("refund", 7, {"payment_id": "p"}),
        ("autopay_off", 6, {}), ("autopay_on", 5, {}), ("nps", 4, {"score": 9}),
    ]  # fmt: skip
    chance = random.Random(7)
    began = lms.clock.now()
    for number in range(4):
        user = f"parent-{number + 10}"
        families.append(await lms.family(f"learner-{number}", user=user))
        order = events + chance.choices(events, k=3)
        chance.shuffle(order)
        for name, hours, properties in order:
            message = {"userId": user, "event": name, "properties": properties}
            at = (began - timedelta(hours=hours)).isoformat()
            await lms.post(
                "track", message | {"timestamp": at, "messageId": f"{user}:{name}:{hours}"}
            )
        await lms.taker.tick()
    known = [await lms.known(parent, child) for parent, [child] in families]
    assert all(one == known[0] for one in known)
    assert (known[0]["level"], known[0]["autopay"], known[0]["subscribed"]) == ("3", True, True)
