"""What the parent's home shows: words and buttons from facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import cast
from zoneinfo import ZoneInfo

from babel.dates import get_day_names, get_timezone_location

from community.children import Kid
from consent.preferences import Preferences
from core.cohorts import full_months, full_years
from core.localtime import known_zone
from handlers.keyboards import Button, grid
from texts import dates
from texts.keys import Key
from texts.markup import Markup
from texts.say import Texts

MONTHS_UNTIL_YEARS = 24
"""Below two years an age is told in months."""
HOME_ZONES = (
    "Europe/Kaliningrad", "Europe/Moscow", "Europe/Samara", "Asia/Yekaterinburg", "Asia/Omsk", "Asia/Novosibirsk",
    "Asia/Irkutsk", "Asia/Yakutsk", "Asia/Vladivostok", "Asia/Magadan", "Asia/Kamchatka",
)  # fmt: skip
"""The clocks of Russia, west to east."""
OTHER_ZONES = (
    "America/Los_Angeles", "America/New_York", "Europe/London", "Europe/Berlin", "Europe/Athens", "Europe/Minsk",
    "Europe/Istanbul", "Asia/Tbilisi", "Asia/Yerevan", "Asia/Baku", "Asia/Dubai", "Asia/Tashkent", "Asia/Almaty",
    "Asia/Bishkek", "Asia/Bangkok", "Asia/Tokyo",
)  # fmt: skip
MENU: Sequence[tuple[Key, str]] = (
    ("menu-children-button", "menu:children"),
    ("menu-progress-button", "menu:progress"),
    ("menu-ask-button", "menu:ask"),
    ("menu-ama-button", "menu:ama"),
    ("menu-mentor-button", "menu:mentor"),
    ("menu-community-button", "menu:community"),
    ("menu-digest-button", "menu:digest"),
    ("menu-consents-button", "c:home"),
    ("menu-language-button", "menu:language"),
    ("menu-help-button", "menu:help"),
)
MENU_WIDTH = 2
Screen = tuple[Markup, list[list[Button]]]


@dataclass(frozen=True, slots=True)
class Habits:
    """When the school writes to those who chose nothing. Weekday is ISO; equal quiet hours mean none."""

    weekday: int
    hour: int
    quiet_from: int
    quiet_until: int


def menu(texts: Texts, language: str, kids: Sequence[Kid], now: datetime) -> Screen:
    """Show the menu: the children in one line each, then the buttons."""
    lines = [line(texts, language, kid, now.date()) for kid in kids]
    if not lines:
        lines = [texts.say(language, "menu-add-child")]
    words = Markup("\n\n").join([Markup("\n").join(lines), texts.say(language, "menu-title")])
    return words, grid([(texts.plain(language, key), data) for key, data in MENU], MENU_WIDTH)


def line(texts: Texts, language: str, kid: Kid, today: date) -> Markup:
    """Name a child with age and goal."""
    name, old = called(texts, language, kid), age(texts, language, kid, today)
    goal = goal_name(texts, language, kid.goal)
    if goal is None:
        return texts.say(language, "home-child-line", name=name, age=old)
    return texts.say(language, "home-child-goal-line", name=name, age=old, goal=goal)


def called(texts: Texts, language: str, kid: Kid) -> str:
    """Call a child by name, or by the word for one."""
    return kid.child.name or texts.plain(language, "home-child-nameless")


def age(texts: Texts, language: str, kid: Kid, today: date) -> Markup:
    """Say a child's age in words."""
    born = kid.child.born
    if born is None or born > today:
        return texts.say(language, "cohort-unknown")
    months = full_months(born, today)
    if months < MONTHS_UNTIL_YEARS:
        return texts.say(language, "age-months", months=months)
    return texts.say(language, "age-years", years=full_years(born, today))


def goal_name(texts: Texts, language: str, goal: str | None) -> Markup | None:
    """Say a goal in words; None when there is none or its word is gone."""
    key = f"goal-name-{goal}"
    return texts.say_by_name(language, key, {}) if goal and texts.has(language, key) else None


def hours(
    texts: Texts, language: str, wishes: Preferences, habits: Habits, zone: ZoneInfo
) -> Screen:
    """Show when the digest comes and when nobody is disturbed, and the ways to change it."""
    names = get_day_names("wide", locale=language)
    facts: dict[str, str] = {
        "weekday": str(names[(wishes.digest_weekday or habits.weekday) - 1]),
        "hour": f"{wishes.digest_hour or habits.hour:02d}:00",
        "quiet": str(_quiet(texts, language, wishes, habits)),
    }
    key: Key = "home-digest"
    if wishes.paused_until is not None:
        key = "home-digest-paused"
        facts["until"] = dates.moment(wishes.paused_until, language, zone)
    buttons: list[Button] = [
        (texts.plain(language, "home-day-button"), "c:set:digest"),
        (texts.plain(language, "home-quiet-button"), "c:set:quiet"),
        (texts.plain(language, "home-pause-button"), "c:set:pause"),
        (texts.plain(language, "home-topics-button"), "c:set:topics"),
    ]
    return texts.say_by_name(language, key, facts), [*grid(buttons, 2), back(texts, language)]


def _quiet(texts: Texts, language: str, wishes: Preferences, habits: Habits) -> Markup:
    start = wishes.quiet_from or time(habits.quiet_from)
    end = wishes.quiet_until or time(habits.quiet_until)
    if start == end:
        return texts.say(language, "home-quiet-none")
    facts = {"start": f"{start:%H:%M}", "end": f"{end:%H:%M}"}
    return texts.say_by_name(language, "home-quiet-hours", facts)


def language_and_time(texts: Texts, language: str, zone: ZoneInfo, now: datetime) -> Screen:
    """Show the language and the clock a person lives by."""
    facts = {"zone": city(zone.key, language), "time": f"{now.astimezone(zone):%H:%M}"}
    languages: list[Button] = [
        (texts.plain(each, cast("Key", f"language-{each}-button")), f"home:lang:{each}")
        for each in sorted(texts.languages, reverse=True)
    ]
    other: list[Button] = [(texts.plain(language, "home-zone-button"), "home:zones:near")]
    rows = [languages, other, back(texts, language)]
    return texts.say_by_name(language, "home-language", facts), rows


def clocks(texts: Texts, language: str, now: datetime, *, far: bool) -> Screen:
    """Ask for the zone by the hour it is there."""
    buttons = [
        (f"{now.astimezone(zone):%H:%M} {city(name, language)}", f"home:zone:{name}")
        for name in (OTHER_ZONES if far else HOME_ZONES)
        if (zone := known_zone(name)) is not None
    ]
    other: list[Button] = [
        (texts.plain(language, "zone-other-button"), f"home:zones:{'near' if far else 'far'}")
    ]
    return texts.say(language, "zone-ask"), [
        *grid(buttons, 2),
        other,
        back(texts, language, "menu:language"),
    ]


def city(zone: str, language: str) -> str:
    """Name the city of a zone."""
    return str(get_timezone_location(zone, locale=language, return_city=True))


def back(texts: Texts, language: str, where: str = "menu:home") -> list[Button]:
    """Make the row that leads back."""
    return [(texts.plain(language, "back-button"), where)]
