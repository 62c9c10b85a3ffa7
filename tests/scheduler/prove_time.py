"""The laws of local time against an oracle that shares no code with them.

The oracle reads the TZif files itself (RFC 8536) and walks their transitions: a wall time is resolved by trying every
stretch of constant offset. `main()` proves every zone and every transition from 1970 to 2037; the suite takes a sample.
"""

from __future__ import annotations

import random
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo, available_timezones

from core.localtime import Window, next_slot, resolve, start_of_day

FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2037, 12, 31, tzinfo=UTC)
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - wall arithmetic in seconds


@dataclass(frozen=True)
class Stretch:
    """Seconds since 1970 from `start` (included) to `end` with one UTC offset."""

    start: int
    end: int
    offset: int


@cache
def stretches(name: str) -> tuple[Stretch, ...]:
    """Read a zone's stretches of constant offset from its TZif file; rules after its last transition from its footer."""
    data = _file(name)
    counts = struct.unpack(">6L", data[20:44])
    skip = 44 + _size(counts, 4)
    counts = struct.unpack(">6L", data[skip + 20 : skip + 44])
    body = data[skip + 44 :]
    _, _, _, timecnt, typecnt, _ = counts
    times = struct.unpack(f">{timecnt}q", body[: 8 * timecnt])
    types = body[8 * timecnt : 9 * timecnt]
    infos = [
        struct.unpack(">lBB", body[9 * timecnt + 6 * n : 9 * timecnt + 6 * n + 6])[0]
        for n in range(typecnt)
    ]
    footer = body[_size(counts, 8) :].strip(b"\n").decode()
    points = [
        (-(1 << 40), infos[0]),
        *((at, infos[kind]) for at, kind in zip(times, types, strict=True)),
    ]
    points += [p for p in _from_footer(footer) if p[0] > (times[-1] if times else -(1 << 40))]
    return tuple(
        Stretch(start, end, offset)
        for (start, offset), (end, _) in zip(points, [*points[1:], (1 << 40, 0)], strict=True)
    )


def _file(name: str) -> bytes:
    """Read what `zoneinfo` would read: the system's file, else the tzdata package's."""
    for folder in TZPATH:
        if (path := Path(folder, name)).is_file():
            return path.read_bytes()
    return files("tzdata.zoneinfo").joinpath(*name.split("/")).read_bytes()


def _size(counts: tuple[int, ...], width: int) -> int:
    isutcnt, isstdcnt, leapcnt, timecnt, typecnt, charcnt = counts
    return (
        timecnt * width
        + timecnt
        + typecnt * 6
        + charcnt
        + leapcnt * (width + 4)
        + isstdcnt
        + isutcnt
    )


def _from_footer(footer: str) -> Iterator[tuple[int, int]]:
    """List transitions of a POSIX rule like `CET-1CEST,M3.5.0,M10.5.0/3` for the years 1970-2038."""
    if "," not in footer:
        return
    names, start, end = footer.split(",")
    std, rest = _posix_offset(_unnamed(names))
    dst = _posix_offset(_unnamed(rest))[0] if len(_unnamed(rest)) > 0 else std + 3600
    for year in range(1970, 2039):
        yield from sorted([(_rule(start, year) - std, dst), (_rule(end, year) - dst, std)])


def _unnamed(text: str) -> str:
    if text.startswith("<"):
        return text[text.index(">") + 1 :]
    return text.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


def _posix_offset(text: str) -> tuple[int, str]:
    used = 0
    while used < len(text) and text[used] in "+-0123456789:":
        used += 1
    return -_hms(text[:used]), text[used:]


def _hms(text: str) -> int:
    sign = -1 if text.startswith("-") else 1
    parts = [int(part) for part in text.lstrip("+-").split(":")]
    return sign * sum(part * scale for part, scale in zip(parts, (3600, 60, 1), strict=False))


def _rule(rule: str, year: int) -> int:
    """Seconds since 1970 of a rule on the wall: `M3.5.0/2` is the last Sunday of March at 02:00, `J60`, `59`."""
    day_rule, _, at = rule.partition("/")
    seconds = _hms(at) if at else 7200
    if day_rule.startswith("J"):
        number = int(day_rule[1:]) - 1
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        day = date(year, 1, 1) + timedelta(days=number + (leap and number >= 59))
    elif day_rule.startswith("M"):
        month, week, weekday = (int(part) for part in day_rule[1:].split("."))
        day = date(year, month, 1)
        day += timedelta(days=(weekday - day.isoweekday() % 7) % 7 + 7 * (week - 1))
        while day.month != month:
            day -= timedelta(days=7)
    else:
        day = date(year, 1, 1) + timedelta(days=int(day_rule))
    return int((datetime.combine(day, time()) - EPOCH).total_seconds()) + seconds


def wall_seconds(wall: datetime) -> int:
    return int((wall - EPOCH).total_seconds())


def oracle_resolve(name: str, wall: datetime) -> datetime:
    """The first instant the clock shows `wall`; if it never does, the end of the gap that swallowed it."""
    wanted = wall_seconds(wall)
    shown = [s for s in stretches(name) if s.start <= wanted - s.offset < s.end]
    if shown:
        return FIRST + timedelta(seconds=min(wanted - s.offset for s in shown))
    for before, after in zip(stretches(name), stretches(name)[1:], strict=False):
        if before.end + before.offset <= wanted < after.start + after.offset:
            return FIRST + timedelta(seconds=after.start)
    raise AssertionError((name, wall))


def oracle_wall(name: str, instant: datetime) -> datetime:
    at = int((instant - FIRST).total_seconds())
    [stretch] = [s for s in stretches(name) if s.start <= at < s.end]
    return EPOCH + timedelta(seconds=at + stretch.offset)


def transitions(name: str) -> list[datetime]:
    low, high = int((FIRST - FIRST).total_seconds()), int((LAST - FIRST).total_seconds())
    return [FIRST + timedelta(seconds=s.start) for s in stretches(name) if low < s.start < high]


def check_resolve(name: str, wall: datetime) -> None:
    """L1 L2 L3 L9: gap, overlap, offset at the target, odd offsets."""
    found = resolve(wall.date(), wall.time(), ZoneInfo(name))
    expected = oracle_resolve(name, wall)
    assert found == expected, (name, wall, found, expected)


def check_window(name: str, instant: datetime, window: Window) -> None:
    """L10 L12: half-open, crossing midnight, on the local clock."""
    zone = ZoneInfo(name)
    wall = oracle_wall(name, instant).time()
    inside = (
        window.start <= wall < window.end
        if window.start <= window.end
        else not window.end <= wall < window.start
    )
    until = window.until(instant, zone)
    assert (until is not None) == inside, (name, instant, wall)
    if until is not None:
        assert until > instant, (name, instant, until)
        assert until - instant <= timedelta(hours=50), (name, instant, until)
        shown = oracle_wall(name, until)
        jumped = oracle_resolve(name, datetime.combine(shown.date(), window.end)) == until
        assert shown.time() == window.end or jumped or _after_gap(name, until), (name, until, shown)


def _after_gap(name: str, instant: datetime) -> bool:
    at = int((instant - FIRST).total_seconds())
    return any(s.start == at for s in stretches(name))


def check_slot(name: str, instant: datetime, weekday: int, at: time) -> None:
    """L4: the weekday is local, the slot is the first one, never in the past."""
    slot = next_slot(instant, weekday, at, ZoneInfo(name))
    shown = oracle_wall(name, slot)
    assert slot >= instant, (name, instant, slot)
    assert shown.weekday() == weekday, (name, slot, shown)
    day = oracle_wall(name, instant).date()
    for ahead in range(-1, (shown.date() - day).days):
        earlier = datetime.combine(day + timedelta(days=ahead), at)
        if earlier.weekday() == weekday:
            moment = oracle_resolve(name, earlier)
            moved = oracle_wall(name, moment).date() != earlier.date()
            assert moment < instant or moved, (name, instant, earlier, slot)


def check_days(name: str, instant: datetime) -> None:
    """A local day begins at the first instant that shows its date, and days follow one another."""
    zone = ZoneInfo(name)
    day = oracle_wall(name, instant).date()
    begins = start_of_day(day, zone)
    assert begins == oracle_resolve(name, datetime.combine(day, time())), (name, day)
    assert start_of_day(day + timedelta(days=1), zone) > begins, (name, day)


def moments(transition: datetime) -> Iterator[datetime]:
    """Instants around a transition: the second before, itself, and half an hour steps on both sides."""
    yield transition - timedelta(seconds=1)
    for half_hours in range(-6, 7):
        yield transition + timedelta(minutes=30 * half_hours)


WINDOWS = (Window(time(21), time(9)), Window(time(1), time(2, 30)), Window(time(2), time(0, 30)))


def prove(names: list[str], chance: random.Random, share: float = 1.0) -> int:
    """Check every law around the transitions of `names`; tell how many checks were made."""
    checks = 0
    for name in names:
        for transition in transitions(name):
            if chance.random() > share:
                continue
            for moment in moments(transition):
                wall = oracle_wall(name, moment)
                for shift in (-60, -30, 0, 30, 60):
                    check_resolve(name, wall + timedelta(minutes=shift))
                for window in WINDOWS:
                    check_window(name, moment, window)
                check_days(name, moment)
                checks += 9
            check_slot(name, transition - timedelta(days=2), chance.randrange(7), time(2, 30))
            check_slot(name, transition, chance.randrange(7), time(0, 15))
            checks += 2
    return checks


def zones() -> list[str]:
    """Every IANA name but the leap-second and local-file ones, whose TZif is not the public clock."""
    return sorted(
        name
        for name in available_timezones()
        if not name.startswith(("right/", "posix/"))
        and name not in {"localtime", "Factory", "posixrules"}
    )


def main() -> int:
    names = zones()
    checks = prove(names, random.Random(1))
    sys.stdout.write(
        f"{len(names)} zones, {sum(len(transitions(n)) for n in names)} transitions, {checks} checks, 0 errors\n"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
