"""Streaks: planned lesson days kept in a row. Monday 2 November 2026 opens most tables."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.localtime import Window
from scheduler.plan.streak_care import freeze_refusal, remind_at
from scheduler.plan.streaks import (
    FREEZES,
    Done,
    Mark,
    Plan,
    Streak,
    lesson_days,
    streak,
    streak_day,
)

MOSCOW, VLADIVOSTOK = ZoneInfo("Europe/Moscow"), ZoneInfo("Asia/Vladivostok")
BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 11, 2)
EVERY_DAY = Plan(((date(2026, 1, 1), frozenset(range(1, 8))),))
TUE_THU = Plan(((date(2026, 1, 1), frozenset({2, 4})),))
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
QUIET = Window(time(21), time(9))


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def at(text: str, zone: ZoneInfo = MOSCOW) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def counted(
    done: Collection[int], today: int, plan: Plan = EVERY_DAY, amnesty: Collection[date] = ()
) -> Streak:
    days = [(day(number), "Europe/Moscow") for number in sorted(done)]
    return streak(days, plan, day(today), "Europe/Moscow", amnesty)


def lessons(*when: tuple[str, ZoneInfo]) -> list[tuple[date, str]]:
    return lesson_days([Done(at(text, zone), zone.key) for text, zone in when], MOSCOW)


@pytest.mark.parametrize(
    ("case", "moment", "expected"),
    [
        ("L55 a lesson just before midnight is yesterday's, whenever its event arrives", "2026-11-02 23:59:58", 2),
        ("L56 ten past midnight is still the evening before", "2026-11-03 00:10", 2),
        ("L56 the last second before three", "2026-11-03 02:59:59", 2),
        ("L56 three o'clock opens the day", "2026-11-03 03:00", 3),
    ],
)  # fmt: skip
def test_a_lesson_counts_for_the_learners_day(case, moment, expected):
    assert streak_day(at(moment), MOSCOW).day == expected, case


@pytest.mark.parametrize(
    ("case", "first", "last", "hours"),
    [
        ("L57 the day clocks go forward has 23 hours", "2026-03-28 03:00", "2026-03-29 01:59", 23),
        ("L57 the day clocks go back has 25 hours", "2026-10-24 03:00", "2026-10-25 02:59", 25),
    ],
)
def test_a_day_of_23_or_25_hours_is_one_day(case, first, last, hours):
    begins, almost_over = at(first, BERLIN), at(last, BERLIN) + timedelta(hours=hours == 25)
    assert almost_over - begins == timedelta(hours=hours, minutes=-1), case
    assert streak_day(begins, BERLIN) == streak_day(almost_over, BERLIN) == begins.date(), case
    assert streak_day(almost_over + timedelta(minutes=1), BERLIN) == begins.date() + timedelta(1)


def test_a_flight_east_that_skips_a_date_breaks_nothing():
    """L58: Los Angeles on Monday evening, Auckland on Wednesday morning; Tuesday never was."""
    days = lessons(
        ("2026-11-02 18:00", ZoneInfo("America/Los_Angeles")),
        ("2026-11-04 17:00", ZoneInfo("Pacific/Auckland")),
    )
    found = streak(days, EVERY_DAY, date(2026, 11, 4), "Pacific/Auckland")
    assert (found.current, found.freezes) == (2, FREEZES)
    assert found.marks[date(2026, 11, 3)] is Mark.FORGIVEN


def test_a_change_of_zone_cannot_make_two_days_of_one():
    """L58: ten minutes after a lesson in Moscow the clock of Vladivostok shows the next day."""
    days = lessons(("2026-11-02 20:55", MOSCOW), ("2026-11-03 04:05", VLADIVOSTOK))
    assert days == [(date(2026, 11, 2), "Europe/Moscow")]


def test_flying_to_and_fro_forgives_two_days_and_no_more():
    """L58: a zone changed at every lesson is no way around missing every other one."""
    hops = [(day(n), "Europe/Moscow" if n % 4 else "Asia/Vladivostok") for n in range(0, 20, 2)]
    found = streak(hops, EVERY_DAY, day(19), "Europe/Moscow")
    assert (found.current, found.freezes) == (5, 0), "two flights and two freezes cover four misses"


@pytest.mark.parametrize(
    ("case", "now", "left", "refusal"),
    [
        ("L59 at one in the night the day before is still open", "2026-11-03 01:00", 2, None),
        ("L59 after three it is over", "2026-11-03 03:00", 2, "streak.late"),
        ("L59 none left", "2026-11-02 12:00", 0, "streak.none"),
    ],
)
def test_a_freeze_is_for_a_day_that_is_not_over(case, now, left, refusal):
    assert freeze_refusal(MONDAY, at(now), MOSCOW, left) == refusal, case


def test_two_freezes_cover_two_missed_days_in_order_and_a_third_miss_ends_the_streak():
    """L59."""
    two = counted({0, 1, 4}, 4)
    assert (two.current, two.freezes) == (3, 0)
    assert [two.marks[day(n)] for n in (2, 3)] == [Mark.FROZEN, Mark.FROZEN]
    three = counted({0, 1, 5}, 5)
    assert (three.current, three.best, three.freezes) == (1, 2, FREEZES)


def test_looking_twice_spends_no_freeze_twice():
    """L59: counting is a function of the history alone."""
    assert counted({0, 1, 3}, 3) == counted({0, 1, 3}, 3)
    assert counted({0, 1, 3}, 3).freezes == 1


def test_seven_days_in_a_row_give_a_freeze_back():
    assert counted({0, *range(2, 8)}, 8).freezes == 1
    assert counted({0, *range(2, 9)}, 8).freezes == FREEZES


def test_an_outage_forgives_its_day_to_everybody():
    """L60."""
    without = counted({0, 1, 5}, 5)
    forgiven = counted({0, 1, 5}, 5, amnesty={day(2), day(3), day(4)})
    assert (without.current, forgiven.current, forgiven.freezes) == (1, 3, FREEZES)


def test_a_course_of_two_lessons_a_week_keeps_its_streak_over_the_days_between():
    """L61."""
    found = counted({1, 3, 8, 10}, 13, plan=TUE_THU)
    assert (found.current, found.freezes) == (4, FREEZES)
    assert found.marks[day(5)] is Mark.REST


def test_a_lesson_on_another_day_of_the_week_makes_up_for_a_missed_one():
    """L61."""
    found = counted({1, 4}, 6, plan=TUE_THU)
    assert (found.current, found.freezes) == (2, FREEZES)


def test_lessons_beyond_the_plan_add_nothing():
    """L61: the unit is the planned lesson."""
    assert counted({0, 1, 2, 3, 4, 5}, 6, plan=TUE_THU).current == 2


def test_a_schedule_that_changes_counts_from_its_day_on():
    plan = Plan(((day(0), frozenset({1})), (day(7), frozenset({1, 3}))))
    assert counted({0, 7, 9}, 9, plan=plan).current == 3
    assert plan.count(day(0), day(13)) == 3


def test_without_a_schedule_a_lesson_a_week_keeps_the_streak():
    assert counted({0, 7, 14}, 15, plan=Plan()).current == 3
    assert counted({0, 7, 16}, 16, plan=Plan()).freezes == 1


def test_today_without_a_lesson_is_not_missed_yet():
    found = counted({0, 1}, 2)
    assert (found.current, found.freezes, found.marks[day(2)]) == (2, FREEZES, Mark.AHEAD)


@pytest.mark.parametrize(
    ("case", "usual", "leaves"),
    [
        ("an hour before the usual time", time(17), "2026-11-02 16:00"),
        ("L63 earlier the same day when it would fall into quiet hours", time(23), "2026-11-02 20:30"),
        ("L63 never before the morning", time(6), "2026-11-02 09:00"),
    ],
)  # fmt: skip
def test_a_reminder_leaves_on_its_own_day_outside_quiet_hours(case, usual, leaves):
    found = remind_at(MONDAY, usual, MOSCOW, QUIET, timedelta(hours=1))
    assert found == at(leaves), case


def test_a_day_that_is_all_quiet_has_no_reminder():
    """L63: after midnight it is of no use."""
    assert remind_at(MONDAY, time(12), MOSCOW, Window(time(9), time(9, 15)), timedelta(0)) == at(
        "2026-11-02 12:00"
    )
    assert remind_at(MONDAY, time(12), MOSCOW, Window(time(9, 10), time(9)), timedelta(0)) is None


DAYS = st.sets(st.integers(0, 40), max_size=25)
PLANS = st.sets(st.integers(1, 7)).map(
    lambda weekdays: Plan(((date(2026, 1, 1), frozenset(weekdays)),)) if weekdays else Plan()
)


@settings(max_examples=80, deadline=None)
@given(DAYS, PLANS, st.integers(0, 40))
def test_one_lesson_more_never_makes_a_streak_shorter(done, plan, more):
    """L42 L55: a late event may only mend."""
    before, after = counted(done, 40, plan=plan), counted(done | {more}, 40, plan=plan)
    assert after.current >= before.current or not done
    assert after.best >= before.best


@settings(max_examples=60, deadline=None)
@given(DAYS, PLANS, st.sets(st.integers(0, 40), max_size=10))
def test_an_amnesty_never_takes_anything_away(done, plan, outage):
    days = {day(number) for number in outage}
    assert counted(done, 40, plan, amnesty=days).current >= counted(done, 40, plan).current


@settings(max_examples=60, deadline=None)
@given(DAYS, PLANS)
def test_a_streak_holds_no_more_days_than_lessons_and_two_freezes_at_most(done, plan):
    found = counted(done, 40, plan)
    assert 0 <= found.current <= found.best <= len(done)
    assert 0 <= found.freezes <= FREEZES


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 500_000),
            st.sampled_from(
                ["Europe/Moscow", "Asia/Vladivostok", "America/New_York", "Pacific/Apia"]
            ),
        ),
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)
def test_days_with_lessons_do_not_depend_on_the_order_of_arrival(when, chance):
    told = [Done(NEW_YEAR + timedelta(minutes=minute), zone) for minute, zone in when]
    shuffled = told[:]
    chance.shuffle(shuffled)
    days = lesson_days(told, MOSCOW)
    assert days == lesson_days(shuffled, MOSCOW)
    assert days == sorted(set(days))
