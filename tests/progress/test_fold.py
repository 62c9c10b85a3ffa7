"""Folding events: a join, so that order and repetition do not matter."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import reduce
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.ids import ChildId
from scheduler.plan.progress import Goal, Record, next_goal, overview, week_of
from scheduler.plan.streaks import Mark
from scheduler.progress.facts import facts_of
from scheduler.progress.fold import Known, fold, risk_of
from scheduler.progress.model import Lesson, PlatformEvent

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
MOSCOW = ZoneInfo("Europe/Moscow")


def event(number, name, at_minute=0, type_="track", **facts):
    at = MONDAY + timedelta(minutes=at_minute)
    return PlatformEvent(
        number, "lms", f"{number:032x}", type_, name, at, at, None, None, False, facts
    )


def lesson_of(one):
    kinds = {"lesson_start": "start", "lesson_finish": "finish"}
    if one.name not in kinds:
        return None
    day = one.at.astimezone(MOSCOW).date().isoformat()
    said = str(one.facts.get("lesson_id", ""))
    return Lesson(
        one.id,
        ChildId(1),
        kinds[one.name],
        one.at,
        day,
        "Europe/Moscow",
        said,
        one.facts.get("minutes", 0),
    )


def folded(events):
    return reduce(lambda known, one: fold(known, one, lesson_of(one)), events, Known())


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(
            ["lesson_start", "lesson_finish", "level_up", "module_finished", "payment_succeeded", "refund",
             "autopay_off", "autopay_on", "nps", "churn_risk", "subscription_cancelled"]
        ),
        st.integers(0, 3000),
        st.sampled_from(["a", "b", "c"]),
    ),
    max_size=14,
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(EVENTS, st.randoms(use_true_random=False))
def test_any_order_and_any_repetition_give_the_same_state(drawn, chance):
    """L41."""
    events = [
        event(
            n,
            name,
            minutes,
            lesson_id=word,
            level=word,
            module=word,
            payment_id=word,
            score=n % 11,
            risk="high",
        )
        for n, (name, minutes, word) in enumerate(drawn)
    ]
    again = [*events, *(chance.choices(events, k=3) if events else [])]
    chance.shuffle(again)
    known, other = folded(events), folded(again)
    assert known == other
    first, second = (
        Record(one.registers, list(one.lessons.values()), MOSCOW) for one in (known, other)
    )
    now = MONDAY + timedelta(days=4)
    assert facts_of([first], known.registers, now) == facts_of([second], other.registers, now)
    assert overview(first, now) == overview(second, now)


@pytest.mark.parametrize(
    ("facts", "risk"),
    [
        ({"risk": "low"}, "low"),
        ({"score": 0.7}, "high"),
        ({"score": 0.69}, None),
        ({"score": 0.4}, "low"),
        ({}, "high"),
    ],
)
def test_a_risk_has_two_bounds(facts, risk):
    """L47."""
    assert risk_of(facts) == risk


@pytest.mark.parametrize(
    ("case", "lessons", "module", "goal"),
    [
        ("the first lesson", 0, None, Goal(lessons=1, left=1)),
        ("a round number", 12, None, Goal(lessons=25, left=13)),
        ("on a round number the next one", 25, None, Goal(lessons=50, left=25)),
        ("beyond the list", 1100, None, Goal(lessons=1250, left=150)),
        ("the module that comes next", 12, "Первые фразы", Goal(module="Первые фразы")),
    ],
)
def test_the_next_goal_is_within_reach(case, lessons, module, goal):
    assert next_goal(lessons, module) == goal, case


def test_a_week_is_told_by_the_words_of_the_digest():
    events = [
        event(1, "identify", -90_000, "identify", schedule={"days": [1, 2, 4]}),
        event(2, "lesson_finish", 0, lesson_id="a", minutes=20),
        event(3, "lesson_finish", 1440, lesson_id="b", minutes=15),
        event(4, "level_up", 1441, level="4"),
        event(5, "module_finished", -20_000, module="Прошлый"),
    ]
    known = folded(events)
    record = Record(known.registers, list(known.lessons.values()), MOSCOW)
    week = week_of(record, date(2026, 11, 23), date(2026, 11, 29), MONDAY + timedelta(days=2))
    assert week == {"lessons": 2, "minutes": 35, "planned": 3, "days": 2, "level": "4"}


def test_an_empty_week_holds_nothing_but_the_plan():
    known = folded([event(1, "identify", -90_000, "identify", schedule={"days": [1]})])
    record = Record(known.registers, [], MOSCOW)
    assert week_of(record, date(2026, 11, 23), date(2026, 11, 29), MONDAY) == {"planned": 1}


def test_the_map_shows_four_weeks_from_monday_to_sunday():
    events = [
        event(1, "identify", -90_000, "identify", schedule={"days": [1, 3]}),
        event(2, "lesson_finish", -7 * 1440, lesson_id="a", minutes=20),
    ]
    known = folded(events)
    seen = overview(Record(known.registers, list(known.lessons.values()), MOSCOW), MONDAY)
    assert [len(week) for week in seen.weeks] == [7, 7, 7, 7]
    assert seen.weeks[0][0].day == date(2026, 11, 2)
    marks = [cell.mark for cell in seen.weeks[2]]
    assert marks[:3] == [Mark.DONE, Mark.REST, Mark.FROZEN]
    assert seen.weeks[3][0].mark is Mark.AHEAD
