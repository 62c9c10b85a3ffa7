"""Journeys: every step once, at its local hour, from the version it began with."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.reading import journeys, packs
from core.cohorts import Cohort, Tone
from core.effects import RowState
from core.ids import ChildId, PersonId
from delivery.planning import Planning
from scheduler.journeys.codec import from_json, to_json
from scheduler.journeys.daily import Daily
from scheduler.journeys.engine import JourneyEngine
from scheduler.journeys.model import NO_CHILD, Enrolment, EnrolmentState, Happening, Subject
from scheduler.journeys.rules import choose, due_at, held_out, holds, why_not
from texts.journey_model import AllOf, AnyOf, Compare, Op
from texts.journeys import Journeys

LIBRARY, JOURNEYS = packs(), journeys()
SCHOOL = {"school": "Опора", "lesson_url": "https://school.example/lesson"}
MOSCOW = ZoneInfo("Europe/Moscow")
NOON = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Known:
    """Learning facts a test sets."""

    def __init__(self) -> None:
        self.known: dict = {}
        self.lasts: dict = {}

    async def facts(self, unit, pairs):
        return dict.fromkeys(pairs, self.known)

    async def last(self, unit, event, pairs):
        return {pair: self.lasts[event] for pair in pairs if event in self.lasts}

    async def dates(self, unit, name, pairs):
        return {}


class Story:
    """One family on its journeys."""

    def __init__(self, town) -> None:
        self.town = town
        self.learning = Known()
        self.journeys = JOURNEYS
        self.engine = JourneyEngine(
            town.units,
            Planning(town.gate),
            lambda: self.journeys,
            lambda: LIBRARY,
            MOSCOW,
            self.learning,
        )
        self.daily = Daily(self.engine)
        self.worker = town.worker(library=LIBRARY, school=SCHOOL)

    async def family(self, born="2021-05", name="Маша", zone=None):
        self.parent, self.actor = await self.town.parent(zone=zone)
        async with self.town.database.begin() as unit:
            self.child = await unit.people.add_child(self.parent, unit.now, name=name, born=born)
            await unit.enrolments.remember(self.parent, self.child, "goal", "speech")

    async def happens(self, name, **more):
        async with self.town.units.begin() as unit:
            at = more.pop("at", unit.now)
            happening = Happening(name, at, self.parent, self.child, **more)
            await self.engine.happened(unit, happening)

    async def until(self, instant):
        """Let time pass, stopping wherever a step or a message comes due."""
        while (now := self.town.clock.now()) < instant:
            async with self.town.database.reading() as unit:
                due = [await unit.enrolments.next_wake(), await unit.claims.next_due()]
            ahead = [at for at in due if at is not None]
            soonest = max(min([*ahead, instant]), now + timedelta(seconds=1))
            self.town.clock.advance_to(min(soonest, instant))
            await self.engine.tick()
            await self.worker.drain(patience=0)

    async def rows(self):
        async with self.town.database.reading() as unit:
            return (await unit.outbox.of_person(self.parent))[::-1]

    async def enrolments(self):
        async with self.town.database.reading() as unit:
            return await unit.enrolments.of_person(self.parent)


@pytest.fixture
async def story(town):
    return Story(town)


async def test_the_first_week_brings_each_day_once_at_its_local_hours(story):
    await story.family(zone="Asia/Novosibirsk")
    await story.happens("child_added")
    await story.happens("child_added")
    await story.until(NOON + timedelta(days=9))
    rows = await story.rows()
    steps = [row.key.split(":")[2] for row in rows if row.state is RowState.SENT]
    assert len(steps) == len(set(steps))
    assert {"welcome", "day-1", "day-7"} <= set(steps)
    zone = ZoneInfo("Asia/Novosibirsk")
    hours = {row.key.split(":")[2]: row.due.astimezone(zone).hour for row in rows}
    assert (hours["day-1"], hours["day-2"]) == (10, 17)
    [enrolment] = await story.enrolments()
    assert enrolment.state is EnrolmentState.DONE


async def test_a_lesson_ends_the_win_back_and_takes_its_planned_step_back(story):
    """L42 L46."""
    await story.family()
    story.learning.known = {"subscribed": True, "lessons_total": 3}
    story.learning.lasts = {"lesson_finish": NOON - timedelta(days=6)}
    story.town.clock.advance_to(NOON + timedelta(days=1))
    story.journeys = Journeys({"win-back": replace(JOURNEYS.by_id["win-back"], holdout=0.0)})
    assert await story.daily.tick() == 1
    assert await story.daily.tick() == 0
    await story.until(NOON + timedelta(days=2, hours=1))
    [row] = await story.rows()
    assert row.content.startswith("item:win-back-young-7@")
    await story.happens("lesson_finish")
    [enrolment] = await story.enrolments()
    assert enrolment.state is EnrolmentState.EXITED
    await story.until(NOON + timedelta(days=30))
    assert len(await story.rows()) == 1


async def test_a_step_that_waits_for_an_answer_comes_after_it(story):
    await story.family()
    await forget_goal(story)
    await story.happens("child_added")
    await story.until(NOON + timedelta(minutes=20))
    assert [row.key.split(":")[2] for row in await story.rows()] == ["welcome"]
    async with story.town.database.begin() as unit:
        await unit.enrolments.remember(story.parent, story.child, "goal", "speech")
    await story.until(NOON + timedelta(minutes=50))
    assert [row.key.split(":")[2] for row in await story.rows()] == ["welcome", "checklist"]


async def forget_goal(story):
    async with story.town.database.begin() as unit:
        await unit.connection.exec_driver_sql("DELETE FROM journey_answers")


async def test_history_and_stale_events_begin_nothing(story):
    """L44."""
    await story.family()
    await story.happens("child_added", history=True)
    await story.happens("child_added", at=NOON - timedelta(days=5))
    assert await story.enrolments() == []


async def test_a_child_that_becomes_six_gets_the_next_step_of_the_next_cohort_once(story):
    """L23."""
    await story.family(born="2020-11-26")
    await story.happens("child_added")
    await story.until(NOON + timedelta(days=8))
    contents = {row.key.split(":")[2]: row.content for row in await story.rows()}
    assert contents["day-1"].startswith("item:onboarding-3-5-")
    assert contents["day-6"].startswith("item:onboarding-6-8-")


async def test_when_custody_ends_the_childs_journey_ends(story):
    """L30."""
    await story.family()
    await story.happens("child_added")
    await story.engine.tick()
    async with story.town.database.begin() as unit:
        await unit.connection.exec_driver_sql("UPDATE guardians SET until = 1")
    await story.until(NOON + timedelta(days=2))
    [enrolment] = await story.enrolments()
    assert enrolment.state is EnrolmentState.EXITED
    assert all(row.state is not RowState.SENT for row in await story.rows())


async def test_a_blocked_parent_rests_and_comes_back_without_the_backlog(story):
    """L75 L76."""
    await story.family()
    await story.happens("child_added")
    async with story.town.database.begin() as unit:
        await unit.people.change(story.parent, channel="blocked")
    await story.until(NOON + timedelta(days=4))
    assert await story.rows() == []
    async with story.town.database.begin() as unit:
        await unit.people.change(story.parent, channel="active")
    await story.until(NOON + timedelta(days=9))
    steps = [row.key.split(":")[2] for row in await story.rows()]
    assert steps == ["day-3", "day-4", "day-5", "day-6", "day-7"]


async def test_a_running_enrolment_keeps_its_version_after_the_file_changed(story):
    """L84."""
    await story.family()
    await story.happens("child_added")
    old = JOURNEYS.by_id["onboarding"]
    short = replace(old, version=2, steps=old.steps[:1])
    story.journeys = Journeys({"onboarding": short})
    await story.until(NOON + timedelta(days=2, hours=1))
    assert {row.key.split(":")[2] for row in await story.rows()} >= {"welcome", "day-1"}


async def test_a_birthday_is_greeted_once_in_the_morning(story):
    """L24."""
    await story.family(born="2020-11-25")
    story.journeys = Journeys({"birthday": JOURNEYS.by_id["birthday"]})
    for day in range(4):
        story.town.clock.advance_to(NOON + timedelta(days=day) - timedelta(hours=5))
        await story.daily.tick()
        await story.until(NOON + timedelta(days=day))
    [row] = await story.rows()
    assert row.due.astimezone(MOSCOW).isoformat(timespec="minutes").startswith("2026-11-25T10:00")


async def test_a_comparison_group_is_tracked_and_never_written_to(story):
    """L90."""
    await story.family()
    everybody = replace(JOURNEYS.by_id["onboarding"], holdout=1.0)
    story.journeys = Journeys({"onboarding": everybody})
    await story.happens("child_added")
    await story.until(NOON + timedelta(days=3))
    [enrolment] = await story.enrolments()
    assert (enrolment.state, await story.rows()) == (EnrolmentState.HELD_OUT, [])


@pytest.mark.parametrize("journey", sorted(JOURNEYS.by_id))
def test_a_stored_journey_reads_back_the_same(journey):
    original = JOURNEYS.by_id[journey]
    assert from_json(to_json(original)) == replace(original, file="", line=0)


@pytest.mark.parametrize(
    ("condition", "facts", "expected"),
    [
        (Compare("goal", Op.IS, "speech"), {}, False),
        (Compare("goal", Op.NOT, "speech"), {}, True),
        (Compare("goal", Op.KNOWN, False), {}, True),
        (Compare("goal", Op.KNOWN, True), {"goal": "speech"}, True),
        (Compare("nps", Op.AT_MOST, 6), {"nps": 6}, True),
        (Compare("nps", Op.AT_LEAST, 9), {"nps": 8}, False),
        (Compare("cohort", Op.IN, ("3-5", "6-8")), {"cohort": "6-8"}, True),
        (AnyOf((Compare("a", Op.IS, 1), Compare("b", Op.IS, 1))), {"b": 1}, True),
        (AllOf((Compare("a", Op.IS, 1), Compare("b", Op.IS, 1))), {"b": 1}, False),
        (AllOf(()), {}, True),
    ],
)
def test_conditions(condition, facts, expected):
    assert holds(condition, facts) is expected


def enrolment(**more):
    values = {
        "id": 1, "journey": "j", "version": 1, "person": PersonId(1), "child": NO_CHILD, "entry": 1,
        "anchor": date(2026, 11, 23), "started_at": NOON, "step": 0, "wake_at": NOON,
    }  # fmt: skip
    return Enrolment(**(values | more))


@pytest.mark.parametrize(
    ("state", "ended", "reentry", "answer"),
    [
        (EnrolmentState.ACTIVE, None, 0, "running"),
        (EnrolmentState.DONE, 10, None, "once"),
        (EnrolmentState.DONE, 10, 30, "cooldown"),
        (EnrolmentState.EXITED, 31, 30, None),
    ],
)
def test_who_may_begin_again(state, ended, reentry, answer):
    """L47."""
    journey = replace(JOURNEYS.by_id["anniversary"], reentry_days=reentry)
    at = NOON - timedelta(days=ended) if ended else None
    subject = Subject(PersonId(1), facts={"months_with_us": 12, "subscribed": True})
    assert why_not(journey, subject, [enrolment(state=state, ended_at=at)], NOON) == answer


def test_a_window_that_is_over_on_day_zero_opens_the_next_day():
    step = replace(JOURNEYS.by_id["onboarding"].steps[2], day=0)
    evening = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
    found = due_at(step, enrolment(started_at=evening), MOSCOW)
    assert found.astimezone(MOSCOW).isoformat() == "2026-11-24T10:00:00+03:00"


def test_the_first_branch_that_fits_is_sent_and_none_passes_the_step_over():
    reason = JOURNEYS.by_id["win-back"].steps[1]
    subject = Subject(PersonId(1), ChildId(2), cohort=Cohort.TEEN, tone=Tone.AUTONOMY)
    assert choose(reason, subject) is None
    hard = replace(subject, facts={"why_stopped": "hard"})
    assert choose(reason, hard) == "win-back-reason-hard"


def test_a_growing_comparison_group_keeps_its_members():
    """L90."""
    small = replace(JOURNEYS.by_id["win-back"], holdout=0.1)
    large = replace(small, holdout=0.3)
    inside = [person for person in range(2000) if held_out(small, person)]
    assert 120 < len(inside) < 280
    assert all(held_out(large, person) for person in inside)


async def welcomed(story, *births):
    """A family that adds children one after the other, and its first three weeks."""
    await story.family(born=births[0])
    await story.happens("child_added")
    for number, born in enumerate(births[1:], start=1):
        async with story.town.database.begin() as unit:
            name = ("Лев", "Соня")[number - 1]
            story.child = await unit.people.add_child(story.parent, unit.now, name=name, born=born)
            await unit.enrolments.remember(story.parent, story.child, "goal", "speech")
        await story.happens("child_added")
    await story.until(NOON + timedelta(days=17))
    return [row for row in await story.rows() if row.campaign == "journey:onboarding"]


async def test_the_weeks_of_two_new_children_follow_one_another(story):
    """L27: the welcome comes for each, then one message a day, none lost and none twice."""
    rows = await welcomed(story, "2021-05", "2013-05")
    days = [row for row in rows if ":day-" in row.key]
    assert [row.state for row in days] == [RowState.SENT] * 14
    first, second = dict.fromkeys(row.child for row in sorted(days, key=lambda row: row.due))
    last = max(row.due for row in days if row.child == first)
    assert all(row.due > last for row in days if row.child == second)
    assert sorted(row.child for row in rows if row.key.endswith(":welcome")) == [first, second]
    sent = [row.done_at.astimezone(MOSCOW).date() for row in days]
    assert len(set(sent)) == len(sent)


async def test_twins_share_one_first_week(story):
    """L28."""
    rows = await welcomed(story, "2021-05", "2021-05")
    assert len({row.child for row in rows}) == 1
    assert len(rows) == len({row.content for row in rows})


@pytest.mark.parametrize(
    ("case", "born", "content"),
    [
        ("L25 no birth date", None, "item:onboarding-any-day-0@"),
        ("L25 born in the future", "2027-05", "item:onboarding-any-day-0@"),
        ("L26 seventeen years old", "2009-05", None),
    ],
)
async def test_an_age_outside_the_product(story, case, born, content):
    await story.family(born=born)
    await story.happens("child_added")
    await story.until(NOON + timedelta(hours=1))
    found = [row.content.partition("@")[0] + "@" for row in await story.rows()][:1]
    assert found == ([content] if content else []), case


async def test_a_child_that_outgrows_the_product_leaves_its_journeys(story):
    """L26: what was planned is taken back, nothing more comes."""
    await story.family(born="2009-11-26")
    await story.happens("child_added")
    await story.until(NOON + timedelta(days=12))
    [enrolment] = await story.enrolments()
    assert enrolment.state is EnrolmentState.EXITED
    days = [row.key.rsplit(":", 1)[1] for row in await story.rows() if row.state is RowState.SENT]
    assert set(days) <= {"welcome", "checklist", "day-1", "day-2"}
