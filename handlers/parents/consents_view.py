"""What the preference centre shows: texts and keyboards from facts."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import cast

from babel.dates import get_day_names, get_timezone_location

from consent.answers import Receipt, ReceiptLine, Status, StatusLine
from consent.preferences import DIGEST_HOURS, PAUSES, TOPICS, Preferences
from consent.purposes import Purpose
from consent.record import Action
from handlers.keyboards import Button, grid
from texts import dates
from texts.keys import Key
from texts.markup import Markup, escape, visible
from texts.say import Texts

Rows = list[list[Button]]
QUIET_CHOICES = ((21, 9), (20, 8), (22, 8), (23, 7))
ZONES = (
    "Europe/Kaliningrad",
    "Europe/Moscow",
    "Europe/Samara",
    "Asia/Yekaterinburg",
    "Asia/Omsk",
    "Asia/Krasnoyarsk",
    "Asia/Irkutsk",
    "Asia/Yakutsk",
    "Asia/Vladivostok",
    "Asia/Magadan",
    "Asia/Kamchatka",
    "Asia/Almaty",
)


def title(texts: Texts, language: str, purpose: Purpose) -> Markup:
    """Name a purpose in words."""
    return texts.say(language, cast("Key", f"consent-title-{purpose.value.replace('_', '-')}"))


def line_title(texts: Texts, language: str, line: StatusLine) -> Markup:
    """Name a purpose, and the child where there are several."""
    words = title(texts, language, line.purpose)
    if not line.siblings:
        return words
    child = line.name or texts.plain(language, "privacy-child-nameless", number=str(line.child))
    return Markup(f"{words}: {escape(child)}")


def moment(at: datetime, language: str, zone: tzinfo) -> str:
    """Say when something was decided: with the year, since it is evidence."""
    local = at.astimezone(zone)
    return f"{dates.day(local.date(), language, year=True)}, {dates.hour(local)}"


def centre(texts: Texts, language: str, status: Status, wishes: Preferences) -> tuple[Markup, Rows]:
    """Show all purposes with their states, and the settings below."""
    lines = [
        texts.say(
            language,
            "consent-centre-line",
            title=line_title(texts, language, line),
            state=state_words(texts, language, line),
        )
        for line in status.lines
    ]
    words = [texts.say(language, "consent-centre"), Markup("\n").join(lines)]
    words += _wishes(texts, language, wishes)
    rows: Rows = [
        [
            (
                visible(line_title(texts, language, line)),
                f"c:open:{line.purpose.value}:{line.child or 0}",
            )
        ]
        for line in status.lines
    ]
    settings = [
        (texts.plain(language, cast("Key", f"consent-{name}-button")), f"c:set:{name}")
        for name in ("digest", "quiet", "zone", "topics", "pause")
    ]
    return Markup("\n\n").join(words), rows + grid(settings, 2)


def card(texts: Texts, language: str, line: StatusLine, zone: tzinfo) -> tuple[Markup, Rows]:
    """Show one purpose: its state, then what can be done; the document stands above it in full."""
    state = state_words(texts, language, line)
    name = line_title(texts, language, line)
    if line.standing is None:
        words = texts.say(language, "consent-card-new", title=name, state=state)
    else:
        words = texts.say(
            language,
            "consent-card",
            title=name,
            state=state,
            date=moment(line.standing.at, language, zone),
            version=line.standing.version,
        )
    return words, [_choices(texts, language, line), [_back(texts, language)]]


def receipt(texts: Texts, language: str, made: Receipt, zone: tzinfo) -> tuple[Markup, Rows]:
    """Write what a tap changed, with undo where it can be undone and the receipt as a file."""
    parts = [_receipt_line(texts, language, line, zone) for line in made.lines]
    if made.conflict:
        parts.append(texts.say(language, "consent-child-conflict"))
    row: list[Button] = [
        (texts.plain(language, "consent-receipt-json-button"), f"c:json:{made.id}")
    ]
    if any(line.action is Action.WITHDRAW for line in made.lines):
        row.insert(0, (texts.plain(language, "undo-button"), f"c:undo:{made.id}"))
    return Markup("\n\n").join(parts), [row, [_back(texts, language)]]


def setting(texts: Texts, language: str, name: str, wishes: Preferences) -> tuple[Markup, Rows]:
    """Ask for one setting."""
    words = texts.say(language, cast("Key", f"consent-{name}-ask"))
    return words, [*_SETTINGS[name](texts, language, wishes), [_back(texts, language)]]


def hours(texts: Texts, language: str, weekday: int) -> tuple[Markup, Rows]:
    """Ask for the hour of the digest."""
    buttons = [(f"{hour:02d}:00", f"c:digest:{weekday}:{hour}") for hour in DIGEST_HOURS]
    return texts.say(language, "consent-digest-ask"), [*grid(buttons, 4), [_back(texts, language)]]


def _receipt_line(texts: Texts, language: str, line: ReceiptLine, zone: tzinfo) -> Markup:
    facts = {"title": title(texts, language, line.purpose), "record": line.record}
    date = moment(line.at, language, zone)
    if line.action is Action.REFUSE:
        return texts.say(language, "consent-receipt-refused", **facts)
    if line.action is Action.WITHDRAW:
        return texts.say(language, "consent-receipt-withdrawn", **facts, date=date)
    if not line.version:
        return texts.say(language, "consent-receipt-undone", **facts, date=date)
    return texts.say(
        language, "consent-receipt-granted", **facts, date=date, version=str(line.version)
    )


def state_words(texts: Texts, language: str, line: StatusLine) -> Markup:
    """Say the state of a line."""
    return texts.say(language, cast("Key", f"consent-state-{line.state}"))


def _choices(texts: Texts, language: str, line: StatusLine) -> list[Button]:
    about = f"{line.purpose.value}:{line.child or 0}"
    end: Button = (texts.plain(language, "consent-withdraw-button"), f"c:end:{about}")
    if line.purpose is Purpose.CARE:
        if line.state == "granted":
            return [(texts.plain(language, "consent-care-off-button"), f"c:end:{about}")]
        return [(texts.plain(language, "consent-care-on-button"), "c:care")]
    if line.state == "granted":
        return [end]
    if line.document is None:
        return []
    answer = f"{about}:{line.document.version}"
    return [
        (texts.plain(language, "consent-agree-button"), f"c:yes:{answer}"),
        (texts.plain(language, "consent-decline-button"), f"c:no:{answer}"),
    ]


def _wishes(texts: Texts, language: str, wishes: Preferences) -> list[Markup]:
    found = []
    if wishes.digest_weekday is not None and wishes.digest_hour is not None:
        name = get_day_names("wide", locale=language)[wishes.digest_weekday - 1]
        hour = f"{wishes.digest_hour:02d}:00"
        found.append(texts.say(language, "consent-settings-digest", weekday=str(name), hour=hour))
    if wishes.quiet_from is not None and wishes.quiet_until is not None:
        quiet = {
            "from": wishes.quiet_from.isoformat("minutes"),
            "to": wishes.quiet_until.isoformat("minutes"),
        }
        found.append(texts.say_by_name(language, "consent-settings-quiet", quiet))
    return [Markup("\n").join(found)] if found else []


def _back(texts: Texts, language: str) -> Button:
    return texts.plain(language, "consent-centre-button"), "c:home"


def _digest(_texts: Texts, language: str, _wishes: Preferences) -> Rows:
    names = get_day_names("wide", locale=language)
    return grid([(str(names[day - 1]), f"c:day:{day}") for day in range(1, 8)], 2)


def _quiet(texts: Texts, language: str, _wishes: Preferences) -> Rows:
    buttons = [(f"{a:02d}:00–{b:02d}:00", f"c:quiet:{a}:{b}") for a, b in QUIET_CHOICES]
    return [*grid(buttons, 2), [(texts.plain(language, "consent-quiet-off-button"), "c:quiet:0:0")]]


def _zone(_texts: Texts, language: str, _wishes: Preferences) -> Rows:
    cities = [get_timezone_location(name, locale=language, return_city=True) for name in ZONES]
    buttons = [(city, f"c:zone:{name}") for city, name in zip(cities, ZONES, strict=True)]
    return grid(buttons, 2)


def _topics(texts: Texts, language: str, wishes: Preferences) -> Rows:
    buttons = [
        (
            ("✓ " if topic in wishes.topics else "")
            + texts.plain(language, cast("Key", f"consent-topic-{topic}")),
            f"c:topic:{topic}",
        )
        for topic in TOPICS
    ]
    return grid(buttons, 2)


def _pause(texts: Texts, language: str, wishes: Preferences) -> Rows:
    buttons = [
        (texts.plain(language, "duration-weeks", weeks=weeks), f"c:pause:{weeks}")
        for weeks in PAUSES
    ]
    off = [(texts.plain(language, "consent-pause-off-button"), "c:pause:0")]
    return [buttons, off] if wishes.paused_until is not None else [buttons]


_SETTINGS = {
    "digest": _digest,
    "quiet": _quiet,
    "zone": _zone,
    "topics": _topics,
    "pause": _pause,
}
SETTINGS = frozenset(_SETTINGS)
