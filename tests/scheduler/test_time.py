"""Local time: the cases people meet, and a sample of the full proof in `prove_time`."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.localtime import (
    Window,
    add_months,
    month_key,
    next_slot,
    next_time,
    resolve,
    week_key,
    zone_of,
)
from tests.scheduler import prove_time

QUIET = Window(time(21), time(9))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "wall", "instant"),
    [
        pytest.param("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29 01:00", id="L1-gap"),
        pytest.param("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25 00:30", id="L2-overlap"),
        pytest.param("Asia/Kathmandu", "2026-11-29", "18:00", "2026-11-29 12:15", id="L9-quarter"),
        pytest.param("Pacific/Chatham", "2026-11-29", "18:00", "2026-11-29 04:15", id="L9-chatham"),
        pytest.param("Pacific/Apia", "2011-12-30", "18:00", "2011-12-30 10:00", id="skipped-day"),
        pytest.param("Africa/Cairo", "2026-04-24", "00:00", "2026-04-23 22:00", id="no-midnight"),
    ],
)
def test_a_wall_time_becomes_an_instant(zone, day, wall, instant):
    found = resolve(date.fromisoformat(day), time.fromisoformat(wall), ZoneInfo(zone))
    assert found == at(instant)


@pytest.mark.parametrize(
    ("zone", "after", "slot"),
    [
        pytest.param("Asia/Kamchatka", "2026-11-22 20:00", "2026-11-22 21:00", id="L4-east"),
        pytest.param("Asia/Vladivostok", "2026-11-23 00:00", "2026-11-29 23:00", id="L4-passed"),
        pytest.param("America/New_York", "2026-11-23 03:00", "2026-11-23 14:00", id="L4-west"),
    ],
)
def test_monday_nine_is_monday_where_the_reader_lives(zone, after, slot):
    assert next_slot(at(after), 0, time(9), ZoneInfo(zone)) == at(slot)


@pytest.mark.parametrize(
    ("instant", "until"),
    [
        pytest.param("2026-11-23 17:59:59", None, id="L12-second-before"),
        pytest.param("2026-11-23 18:00:00", "2026-11-24 06:00", id="L10-L12-first-second"),
        pytest.param("2026-11-24 03:00:00", "2026-11-24 06:00", id="L10-after-midnight"),
        pytest.param("2026-11-24 06:00:00", None, id="L12-end-is-outside"),
    ],
)
def test_quiet_hours_cross_midnight_and_are_half_open(instant, until):
    found = QUIET.until(at(instant), ZoneInfo("Europe/Moscow"))
    assert found == (at(until) if until else None)


def test_equal_ends_turn_a_window_off():
    assert Window(time(9), time(9)).until(at("2026-11-23 06:00"), ZoneInfo("UTC")) is None


@pytest.mark.parametrize("name", ["Mars/Olympus", "", None, "../../etc/passwd"])
def test_an_unknown_zone_is_the_schools(name):
    """L5."""
    assert zone_of(name, ZoneInfo("Europe/Moscow")).key == "Europe/Moscow"


def test_weeks_and_months_are_named_by_the_calendar():
    """L19 L20."""
    assert [week_key(date(2027, 1, 3)), week_key(date(2027, 1, 4))] == ["2026-W53", "2027-W01"]
    assert month_key(date(2026, 2, 28)) == "2026-02"
    first = date(2027, 10, 31)
    assert [add_months(first, n).isoformat() for n in range(5)] == [
        "2027-10-31",
        "2027-11-30",
        "2027-12-31",
        "2028-01-31",
        "2028-02-29",
    ]


def test_a_daily_hour_comes_once_on_days_of_23_and_25_hours():
    zone = ZoneInfo("Europe/Berlin")
    now, seen = at("2026-03-27 00:00"), []
    for _ in range(5):
        now = next_time(now, time(2, 30), zone)
        seen.append(now.astimezone(zone).date().day)
        now += timedelta(seconds=1)
    assert seen == [27, 28, 29, 30, 31]


def test_the_laws_hold_around_a_sample_of_all_transitions():
    """L1 L2 L3 L4 L9 L10 L12: every zone in turn, one transition in three hundred."""
    names = prove_time.zones()
    chance = random.Random(7)
    assert prove_time.prove(names, chance, share=1 / 300) > 5_000


def test_the_oracle_can_find_an_error():
    wrong = datetime(2026, 3, 29, 2, 30)  # noqa: DTZ001 - a wall time
    assert prove_time.oracle_resolve("Europe/Berlin", wrong) != wrong.replace(tzinfo=UTC)
    with pytest.raises(AssertionError):
        prove_time.check_window("Europe/Moscow", at("2026-11-23 18:00"), _Shifted())


class _Shifted(Window):
    """A window an hour off, as a fixed offset taken at the wrong instant would be."""

    def __init__(self) -> None:
        super().__init__(time(21), time(9))

    def until(self, instant, zone):
        return Window(time(22), time(9)).until(instant, zone)
