"""Dates, durations, names and Telegram HTML in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from texts import dates, durations
from texts.markup import escape, html_problems, utf16_length, visible
from texts.names import Case, inflect
from texts.say import Texts

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture(scope="module")
def texts() -> Texts:
    return Texts.load()


@pytest.mark.parametrize(
    ("words", "length"),
    [
        ("2ч", 2 * HOUR),
        ("3d", 3 * DAY),
        ("30 минут", 30 * MINUTE),
        ("1 неделя", 7 * DAY),
        ("на", None),
        ("час", HOUR),
        ("полчаса", 30 * MINUTE),
        ("полтора часа", 90 * MINUTE),
        ("1 час 30 минут", 90 * MINUTE),
        ("1 час и 30 мин.", 90 * MINUTE),
        ("1ч30м", 90 * MINUTE),
        ("1,5 ч", 90 * MINUTE),
        ("2 weeks", 14 * DAY),
        ("сутки", DAY),
        ("месяц", 30 * DAY),
        ("0 минут", None),
        ("-5 минут", None),
        ("5", None),
        ("", None),
        ("завтра", None),
        ("2ч бан", None),
        ("99999 дней", None),
        ("2чч", None),
    ],
)
def test_a_duration_is_read(words: str, length: timedelta | None):
    assert durations.parse(words) == length


@pytest.mark.parametrize(
    ("length", "russian", "accusative", "english"),
    [
        (timedelta(), "0 секунд", "0 секунд", "0 seconds"),
        (MINUTE, "1 минута", "1 минуту", "1 minute"),
        (90 * MINUTE, "1 час 30 минут", "1 час 30 минут", "1 hour 30 minutes"),
        (21 * DAY, "3 недели", "3 недели", "3 weeks"),
        (7 * DAY, "1 неделя", "1 неделю", "1 week"),
        (8 * DAY, "8 дней", "8 дней", "8 days"),
        (2 * DAY + 3 * HOUR + 4 * MINUTE, "2 дня 3 часа", "2 дня 3 часа", "2 days 3 hours"),
        (-HOUR, "0 секунд", "0 секунд", "0 seconds"),
    ],
)
def test_a_duration_is_written(
    texts: Texts, length: timedelta, russian: str, accusative: str, english: str
):
    assert durations.in_words(texts, "ru", length) == russian
    assert durations.in_words(texts, "ru", length, accusative=True) == accusative
    assert durations.in_words(texts, "en", length) == english


def test_what_is_written_is_read_back(texts: Texts):
    for length in (MINUTE, 90 * MINUTE, 5 * HOUR, 3 * DAY, 26 * HOUR, 14 * DAY):
        for lang in ("ru", "en"):
            assert durations.parse(durations.in_words(texts, lang, length)) == length


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Europe/Moscow", "воскресенье, 29 ноября, 18:00"),
        ("Asia/Vladivostok", "понедельник, 30 ноября, 01:00"),
    ],
    ids=["Moscow", "L4 the weekday is the reader's"],
)
def test_a_moment_is_said_by_the_readers_clock(zone: str, words: str):
    assert dates.moment(datetime(2026, 11, 29, 15, tzinfo=UTC), "ru", ZoneInfo(zone)) == words


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="naive"):
        dates.moment(datetime(2026, 11, 29, 15), "ru")  # noqa: DTZ001 - the very case


def test_days_and_spans():
    sunday = date(2026, 11, 29)
    assert dates.day(sunday, "en") == "29 November"
    assert dates.day(sunday, "ru", year=True) == "29 ноября 2026 года"
    assert dates.month(sunday, "ru") == "ноябрь 2026"
    assert dates.span(date(2026, 11, 23), sunday, "ru") == "23–29 ноября"
    assert dates.span(date(2026, 11, 30), date(2026, 12, 6), "ru") == "30 ноября – 6 декабря"
    assert dates.span(sunday, sunday, "ru") == "29 ноября"


@pytest.mark.parametrize(
    ("name", "dative", "accusative"),
    [
        ("Маша", "Маше", "Машу"),
        ("Никита", "Никите", "Никиту"),
        ("Алена", "Алене", "Алену"),
        ("Алёна", "Алёне", "Алёну"),
        ("Пётр", "Петру", "Петра"),
        ("Любовь", "Любови", "Любовь"),
        ("Лев", "Льву", "Льва"),
        ("Анна-Мария", "Анне-Марии", "Анну-Марию"),
        ("София", "Софии", "Софию"),
        ("Max", "Max", "Max"),
        ("Зайка", "Зайка", "Зайка"),
        ("Айгуль", "Айгуль", "Айгуль"),
        ("Абырвалг", "Абырвалг", "Абырвалг"),
        ("", "", ""),
    ],
)
def test_a_name_is_put_in_a_case_only_when_it_is_known(name: str, dative: str, accusative: str):
    assert (inflect(name, Case.DATIVE), inflect(name, Case.ACCUSATIVE)) == (dative, accusative)
    assert inflect(name, Case.NOMINATIVE) == name


@pytest.mark.parametrize(
    ("html", "fits"),
    [
        ("<b>да</b> и <i>нет</i>", True),
        ('<a href="https://school.example">сюда</a>', True),
        ('<a href="{lesson_url}">сюда</a>', True),
        ("<blockquote expandable>да</blockquote>", True),
        ("5 &lt; 6 &amp; всё", True),
        ("<b>да", False),
        ("<b><i>да</b></i>", False),
        ("да</b>", False),
        ("<p>да</p>", False),
        ("<br>", False),
        ("5 < 6", False),
        ("ты & я", False),
        ("&nbsp;", False),
        ('<a href="javascript:x">сюда</a>', False),
        ("<a>сюда</a>", False),
        ('<b class="x">да</b>', False),
        ("<b>да <b>да</b></b>", False),
    ],
)
def test_html_is_judged_as_telegram_would(html: str, *, fits: bool):
    assert (html_problems(html) == ()) is fits


def test_lengths_are_counted_in_utf16_units():
    """L79"""
    assert utf16_length("да🎈") == 4
    assert visible("<b>a</b> &lt; &amp;") == "a < &"
    assert visible(escape('<b> & "я"')) == '<b> & "я"'
