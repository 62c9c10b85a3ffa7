"""Texts are said by key with facts; what is missing is an error."""

from __future__ import annotations

import timeit
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from texts.markup import Markup, visible
from texts.say import MissingText, Texts

SOURCE = """
hello = Здравствуйте, <b>{ $name }</b>!
lessons = { $lessons ->
    [one] { $lessons } урок
    [few] { $lessons } урока
   *[many] { $lessons } уроков
}
when = Ждём: { $at }
plain-button = Да & нет
refusal-roles-denied = Нельзя: { $role }
refusal-unknown = Не получится.
"""


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    for lang in ("ru", "en"):
        (tmp_path / lang).mkdir()
        (tmp_path / lang / "x.ftl").write_text(SOURCE, encoding="utf-8")
    return Texts.load(tmp_path)


def test_a_name_with_html_is_shown_as_it_is(texts: Texts):
    """M47"""
    assert (
        texts.say_by_name("ru", "hello", {"name": '<b>&"Иван"'})
        == "Здравствуйте, <b>&lt;b&gt;&amp;&quot;Иван&quot;</b>!"
    )


def test_ready_markup_is_not_escaped_twice(texts: Texts):
    inner = texts.say_by_name("ru", "hello", {"name": Markup("<i>Иван</i>")})
    assert (
        texts.say_by_name("ru", "when", {"at": inner}) == "Ждём: Здравствуйте, <b><i>Иван</i></b>!"
    )


def test_plain_drops_tags_of_the_text_but_not_of_the_facts(texts: Texts):
    assert (
        visible(texts.say_by_name("ru", "hello", {"name": "<i>Иван</i>"}))
        == "Здравствуйте, <i>Иван</i>!"
    )


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "1 урок"),
        (2, "2 урока"),
        (5, "5 уроков"),
        (11, "11 уроков"),
        (21, "21 урок"),
        (112, "112 уроков"),
        (1234, "1\xa0234 урока"),
    ],
)
def test_russian_plurals(texts: Texts, number: int, words: str):
    assert texts.say_by_name("ru", "lessons", {"lessons": number}) == words


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (date(2026, 11, 29), "29 ноября"),
        (
            datetime(2026, 11, 29, 15, tzinfo=UTC).astimezone(ZoneInfo("Europe/Moscow")),
            "воскресенье, 29 ноября, 18:00",
        ),
        (Decimal("1234.50"), "1\xa0234,5"),
        ("x" * 4000, "x" * 4000),
    ],
    ids=["day", "moment", "decimal", "longer than Fluent allows"],
)
def test_facts_are_written_as_people_write_them(texts: Texts, fact, words: str):
    assert texts.say_by_name("ru", "when", {"at": fact}) == f"Ждём: {words}"


@pytest.mark.parametrize(
    ("key", "facts"), [("no-such", {}), ("hello", {}), ("hello", {"nom": "x"})]
)
def test_what_is_missing_is_an_error(texts: Texts, key: str, facts: dict[str, str]):
    with pytest.raises(MissingText):
        texts.say_by_name("ru", key, facts)


@pytest.mark.parametrize(
    ("wanted", "spoken"),
    [("ru", "ru"), ("en", "en"), ("en-GB", "en"), ("de", "ru"), (None, "ru"), ("", "ru")],
)
def test_an_unknown_language_is_answered_in_russian(texts: Texts, wanted: str | None, spoken: str):
    assert texts.language(wanted) == spoken


@pytest.mark.parametrize(
    ("code", "facts", "words"),
    [
        ("roles.denied", {"role": "эксперт"}, "Нельзя: эксперт"),
        ("roles.denied", {}, "Не получится."),
        ("never.heard_of", {}, "Не получится."),
    ],
)
def test_a_refusal_always_finds_words(texts: Texts, code: str, facts: dict[str, str], words: str):
    assert texts.refusal("ru", code, facts) == words


def test_saying_is_quick():
    """Typical texts take under 30 microseconds; the bound leaves room for a busy machine."""
    texts = Texts.load()
    spent = (
        min(
            timeit.repeat(
                lambda: texts.say("ru", "digest-lessons", lessons=3, planned=4),
                number=500,
                repeat=5,
            )
        )
        / 500
    )
    assert spent < 100e-6
