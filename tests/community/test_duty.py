"""Who is on duty, and the clock that stands still when nobody is."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community.duty import (
    Exemption,
    Kind,
    Load,
    Roster,
    Shift,
    Swap,
    check_shift,
    choose,
    due_after,
    hours,
    merged,
    next_start,
    on_duty,
    worked,
)
from community.model import Speciality
from community.office import office
from core.errors import Refusal
from core.ids import PersonId

PSY = Speciality.PSYCHOLOGIST
ANNA, BORIS, CLARA = PersonId(1), PersonId(2), PersonId(3)
MONDAY = date(2026, 11, 23)


def shift(
    expert=ANNA, weekday=0, starts="10:00", ends="14:00", zone="Europe/Moscow", key=1, **more
) -> Shift:
    return Shift(
        key,
        expert,
        PSY,
        weekday,
        time.fromisoformat(starts),
        time.fromisoformat(ends),
        zone,
        **more,
    )


def at(text: str, zone: str = "Europe/Moscow") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("case", "roster", "instant", "present"),
    [
        ("inside", Roster((shift(),)), "2026-11-23T12:00", [ANNA]),
        ("at the first minute", Roster((shift(),)), "2026-11-23T10:00", [ANNA]),
        ("at the last minute it is over", Roster((shift(),)), "2026-11-23T14:00", []),
        ("another weekday", Roster((shift(),)), "2026-11-24T12:00", []),
        (
            "over midnight",
            Roster((shift(starts="22:00", ends="02:00"),)),
            "2026-11-24T01:59",
            [ANNA],
        ),
        ("two at once", Roster((shift(), shift(BORIS, key=2))), "2026-11-23T12:00", [ANNA, BORIS]),
        (
            "before the first day",
            Roster((shift(first=date(2026, 11, 24)),)),
            "2026-11-23T12:00",
            [],
        ),
        ("after the last day", Roster((shift(last=date(2026, 11, 22)),)), "2026-11-23T12:00", []),
        (
            "on leave",
            Roster((shift(),), (Exemption(1, ANNA, PSY, MONDAY, Kind.OFF),)),
            "2026-11-23T12:00",
            [],
        ),
        (
            "extra hours",
            Roster(
                (),
                (Exemption(1, ANNA, PSY, MONDAY, Kind.EXTRA, time(18), time(20), "Europe/Moscow"),),
            ),
            "2026-11-23T19:00",
            [ANNA],
        ),
        (
            "swapped",
            Roster((shift(),), (), (Swap(1, MONDAY, ANNA, BORIS, accepted=True),)),
            "2026-11-23T12:00",
            [BORIS],
        ),
        (
            "swap not accepted",
            Roster((shift(),), (), (Swap(1, MONDAY, ANNA, BORIS, accepted=False),)),
            "2026-11-23T12:00",
            [ANNA],
        ),
        (
            "swapped and the giver is on leave",
            Roster(
                (shift(),),
                (Exemption(1, ANNA, PSY, MONDAY, Kind.OFF),),
                (Swap(1, MONDAY, ANNA, BORIS, accepted=True),),
            ),
            "2026-11-23T12:00",
            [BORIS],
        ),
        (
            "each expert has their own clock",
            Roster((shift(zone="Asia/Vladivostok"),)),
            "2026-11-23T04:00",
            [ANNA],
        ),
    ],
)
def test_who_is_on_duty(case, roster, instant, present):
    assert on_duty(roster, PSY, at(instant)) == present


def test_duty_follows_the_local_clock_over_a_change_of_the_clocks():
    """M102: hours are read in their own zone on the day itself, so 09:00 stays 09:00 when the clocks change."""
    berlin = Roster(
        tuple(
            shift(weekday=d, starts="09:00", ends="12:00", zone="Europe/Berlin", key=d)
            for d in range(7)
        )
    )
    assert next_start(berlin, PSY, at("2026-10-24T13:00", "Europe/Berlin")) == datetime(
        2026, 10, 25, 8, 0, tzinfo=UTC
    )
    assert next_start(berlin, PSY, at("2026-10-23T13:00", "Europe/Berlin")) == datetime(
        2026, 10, 24, 7, 0, tzinfo=UTC
    )


def test_a_night_shift_over_the_skipped_hour_is_an_hour_shorter():
    """M102"""
    night = Roster((shift(weekday=5, starts="23:00", ends="06:00", zone="Europe/Berlin"),))
    [stretch] = hours(
        night, at("2026-03-28T12:00", "Europe/Berlin"), at("2026-03-29T12:00", "Europe/Berlin")
    )
    assert stretch.end - stretch.start == timedelta(hours=6)


def test_the_next_start_is_now_when_somebody_is_there_and_unknown_when_nobody_ever_is():
    roster = Roster((shift(),))
    assert next_start(roster, PSY, at("2026-11-23T12:00")) == at("2026-11-23T12:00")
    assert next_start(roster, PSY, at("2026-11-23T14:00")) == at("2026-11-30T10:00")
    assert next_start(roster, Speciality.METHODIST, at("2026-11-23T12:00")) is None


def test_a_speciality_without_a_schedule_keeps_office_hours():
    roster = office(Roster((shift(),)), "Europe/Moscow")
    assert next_start(roster, Speciality.METHODIST, at("2026-11-21T12:00")) == at(
        "2026-11-23T10:00"
    )
    assert next_start(roster, PSY, at("2026-11-24T12:00")) == at("2026-11-30T10:00")


@pytest.mark.parametrize(
    ("case", "wanted", "refused"),
    [
        ("the same hours", shift(key=9), True),
        ("they touch", shift(key=9, starts="14:00", ends="16:00"), False),
        ("they overlap by a minute", shift(key=9, starts="13:59", ends="16:00"), True),
        ("another expert", shift(BORIS, key=9), False),
        ("another weekday", shift(key=9, weekday=1), False),
        (
            "Sunday night runs into Monday",
            shift(key=9, weekday=6, starts="22:00", ends="11:00"),
            True,
        ),
        ("the same row, edited", shift(starts="11:00"), False),
        ("it begins when the other has ended", shift(key=9, first=date(2027, 1, 1)), True),
    ],
)
def test_hours_of_one_expert_may_not_meet(case, wanted, refused):
    roster = Roster((shift(),))
    if refused:
        with pytest.raises(Refusal, match=r"duty.overlap"):
            check_shift(roster, wanted)
    else:
        check_shift(roster, wanted)


def loads(**open_questions: int) -> dict[PersonId, Load]:
    names = {"anna": ANNA, "boris": BORIS, "clara": CLARA}
    return {names[name]: Load(count) for name, count in open_questions.items()}


THREE = Roster(tuple(shift(expert, key=expert) for expert in (ANNA, BORIS, CLARA)))
NOON = at("2026-11-23T12:00")


@pytest.mark.parametrize(
    ("case", "held", "without", "chosen"),
    [
        ("all free: the lowest key", loads(), (), ANNA),
        ("the least loaded", loads(anna=2, boris=1, clara=2), (), BORIS),
        ("not the one who handed it over", loads(anna=0, boris=1, clara=2), (ANNA,), BORIS),
        ("all at the limit", loads(anna=8, boris=8, clara=8), (), None),
    ],
)
def test_the_next_question_goes_where_it_is_fair(case, held, without, chosen):
    assert choose(THREE, PSY, NOON, held, without=without) == chosen


def test_among_equals_it_goes_to_who_waited_longest():
    held = {
        ANNA: Load(1, NOON),
        BORIS: Load(1, NOON - timedelta(hours=1)),
        CLARA: Load(1, NOON - timedelta(minutes=1)),
    }
    assert choose(THREE, PSY, NOON, held) == BORIS


def test_questions_given_one_by_one_are_shared_evenly():
    held: dict[PersonId, Load] = {}
    for minute in range(24):
        instant = NOON + timedelta(minutes=minute)
        expert = choose(THREE, PSY, instant, held)
        assert expert is not None
        held[expert] = Load(held.get(expert, Load()).open + 1, instant)
    assert {load.open for load in held.values()} == {8}


def test_an_own_limit_counts():
    tired = Roster(THREE.shifts, limits={ANNA: 1})
    assert choose(tired, PSY, NOON, loads(anna=1, boris=5, clara=5)) == BORIS


def test_the_working_clock_stops_over_the_weekend():
    """M99: eight working hours from Friday 18:00 end on Monday."""
    week = office(Roster(), "Europe/Moscow")
    friday = at("2026-11-20T18:00")
    spans = merged(hours(week, friday, friday + timedelta(days=7), PSY))
    assert due_after(spans, friday, timedelta(hours=8)) == at("2026-11-23T17:00")
    assert worked(spans, friday, at("2026-11-23T17:00")) == timedelta(hours=8)


instants = st.integers(0, 700 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
shifts = st.builds(
    Shift,
    st.integers(1, 9),
    st.sampled_from([ANNA, BORIS]),
    st.just(PSY),
    st.integers(0, 6),
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    st.sampled_from(["Europe/Moscow", "America/New_York", "Asia/Kathmandu", "Pacific/Chatham"]),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(shifts, max_size=4), instants, st.integers(1, 60 * 24))
def test_due_and_worked_are_inverse(week, start, minutes):
    spans = merged(hours(Roster(tuple(week)), start, start + timedelta(days=21)))
    length = timedelta(minutes=minutes)
    due = due_after(spans, start, length)
    if due is None:
        assert worked(spans, start, start + timedelta(days=21)) < length
    else:
        assert worked(spans, start, due) == length
        assert any(opens < due <= closes for opens, closes in spans)
    assert all(a[1] < b[0] for a, b in itertools.pairwise(spans))
