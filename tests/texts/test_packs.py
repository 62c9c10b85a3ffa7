"""Packs are read with lines, found by whom they are for, rendered with facts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.cohorts import Cohort, Tone
from core.effects import MessageClass
from texts.pack_model import Button, Item, Validity
from texts.pack_render import fill, render
from texts.packs import ContentError, Library, UnknownItem, load_packs
from texts.plurals import choose
from texts.say import MissingText

PACK = """\
format: 1
kind: digest
class: care
purpose: personalisation
language: ru
cohort: 3-5
tone: habit
items:
  - id: digest-3-5-boots
    version: 1
    months: 36-47
    text: Сапоги {child_gen}
    generic: Сапоги
  - id: digest-3-5-boots
    version: 2
    months: 36-47
    text: Сапоги и лужи {child_gen}
    generic: Сапоги и лужи
  - id: digest-3-5-snow
    version: 1
    cohort: any
    season: 12-01 .. 02-28
    text: Снег, 18:00
  - id: digest-3-5-any
    version: 1
    text: Каша
  - id: digest-any-any
    version: 1
    cohort: unknown
    purpose: child_data
    text: Чай
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    (tmp_path / "digest").mkdir()
    (tmp_path / "digest" / "3-5.ru.yaml").write_text(PACK, encoding="utf-8")
    return load_packs(tmp_path)


@pytest.mark.parametrize(
    ("case", "cohort", "months", "at", "found"),
    [
        ("three years old in summer", Cohort.PRESCHOOL, 40, date(2026, 7, 1), ["boots", "any"]),
        ("the last month of the range", Cohort.PRESCHOOL, 47, date(2026, 7, 1), ["boots", "any"]),
        ("a month too old", Cohort.PRESCHOOL, 48, date(2026, 7, 1), ["any"]),
        ("age not known", Cohort.PRESCHOOL, None, date(2026, 7, 1), ["any"]),
        ("the season crosses New Year", Cohort.PRESCHOOL, 48, date(2027, 1, 5), ["any", "snow"]),
        ("the last day of the season", Cohort.TEEN, 160, date(2027, 2, 28), ["snow"]),
        ("the day after it", Cohort.TEEN, 160, date(2027, 3, 1), []),
        (
            "L101 without consent nothing by age",
            Cohort.UNKNOWN,
            None,
            date(2026, 7, 1),
            ["any-any"],
        ),
    ],
)
def test_items_are_found_by_whom_they_are_for(library: Library, case, cohort, months, at, found):
    ids = [item.id for item in library.find(kind="digest", cohort=cohort, age_months=months, at=at)]
    assert [item_id.removeprefix("digest-3-5-").removeprefix("digest-") for item_id in ids] == found


def test_the_latest_version_is_found_and_an_older_one_can_still_be_named(library: Library):
    """L84"""
    assert library.item("digest-3-5-boots").version == 2
    assert library.item("digest-3-5-boots", 1).text == "Сапоги {child_gen}"
    with pytest.raises(UnknownItem):
        library.item("digest-3-5-boots", 3)
    with pytest.raises(UnknownItem):
        library.item("digest-3-5-none")


def test_a_language_that_lacks_an_item_gets_russian(library: Library):
    assert library.item("digest-3-5-any", lang="en").lang == "ru"
    assert [
        item.lang
        for item in library.find(kind="digest", cohort=Cohort.TEEN, lang="en", at=date(2027, 1, 1))
    ] == ["ru"]


def test_a_stored_snapshot_reads_back_as_the_same_item(library: Library):
    """L84"""
    for item in library.items:
        again = Item.from_json(item.to_json())
        assert again == item
        assert again.content_hash == item.content_hash


def test_any_change_of_an_item_changes_its_hash_and_the_library(library: Library, tmp_path: Path):
    path = tmp_path / "digest" / "3-5.ru.yaml"
    before = library.item("digest-3-5-any").content_hash
    path.write_text(PACK.replace("Каша", "Каша с маслом"), encoding="utf-8")
    other = load_packs(tmp_path)
    assert other.item("digest-3-5-any").content_hash != before
    assert other.version != library.version
    path.write_text(PACK, encoding="utf-8")
    assert load_packs(tmp_path).version == library.version


def test_without_consent_the_generic_text_or_the_generic_twin_is_sent(library: Library):
    """L64 L101"""
    generic = library.generic_of(library.item("digest-3-5-boots"))
    assert generic is not None
    assert generic.text == "Сапоги и лужи"
    assert not generic.is_personal
    twin = library.generic_of(library.item("digest-3-5-any"))
    assert twin is not None
    assert twin.id == "digest-any-any"
    assert library.generic_of(library.item("digest-3-5-snow")) == library.item("digest-3-5-snow")
    lonely = Library(tuple(item for item in library.items if item.id == "digest-3-5-any"))
    assert lonely.generic_of(lonely.item("digest-3-5-any")) is None


def test_a_broken_pack_is_refused_with_its_line(tmp_path: Path):
    (tmp_path / "bad.yaml").write_text(
        PACK.replace("months: 36-47", "months: 47-36"), encoding="utf-8"
    )
    with pytest.raises(ContentError, match=r"bad\.yaml:11: months is '47-36'"):
        load_packs(tmp_path)


ITEM = Item(
    id="x-y",
    version=1,
    kind="digest",
    message_class=MessageClass.MARKETING,
    purpose="marketing",
    cohorts=frozenset(Cohort),
    tone=Tone.NEUTRAL,
    lang="ru",
    text="У {child_gen} {lessons} {lessons|урок|урока|уроков}",
    generic="{lessons} {lessons|урок|урока|уроков}",
    buttons=(Button("Открыть {lesson}", "url:lesson_url"), Button("Пауза", "pause:1w")),
    label="Реклама. {advertiser}. erid: {erid}",
)
FACTS: dict[str, str | int] = {
    "child": "Маша",
    "lessons": 2,
    "lesson": "А <Б>",
    "lesson_url": "https://school.example/1",
    "advertiser": "ООО «Опора»",
    "erid": "2Vtz",
}


def test_an_item_is_written_for_a_family():
    """L121"""
    done = render(ITEM, FACTS)
    assert done.html == "У Маши 2 урока\n\n<i>Реклама. ООО «Опора». erid: 2Vtz</i>"
    assert done.buttons == (
        Button("Открыть А <Б>", "url:https://school.example/1"),
        Button("Пауза", "pause:1w"),
    )


def test_a_family_that_gave_no_name_gets_the_generic_text():
    facts = {name: fact for name, fact in FACTS.items() if name != "child"}
    assert render(ITEM, facts).html.startswith("2 урока")


def test_without_a_token_of_the_register_the_label_names_the_advertiser_alone():
    """L121: own offers to own families need no token."""
    facts = {name: fact for name, fact in FACTS.items() if name != "erid"}
    assert render(ITEM, facts).html.endswith("<i>Реклама. ООО «Опора»</i>")


@pytest.mark.parametrize("missing", ["lessons", "lesson", "lesson_url", "advertiser"])
def test_a_missing_fact_is_an_error(missing: str):
    with pytest.raises(MissingText):
        render(ITEM, {name: fact for name, fact in FACTS.items() if name != missing})


@pytest.mark.parametrize(
    ("lang", "number", "form"),
    [
        ("ru", 1, "урок"),
        ("ru", 21, "урок"),
        ("ru", 3, "урока"),
        ("ru", 11, "уроков"),
        ("ru", 0, "уроков"),
        ("en", 1, "урок"),
        ("en", 0, "уроков"),
    ],
)
def test_the_plural_form_follows_the_number(lang: str, number: int, form: str):
    forms = ["урок", "урока", "уроков"] if lang == "ru" else ["урок", "уроков"]
    assert choose(lang, number, forms) == form


def test_a_plural_of_words_is_refused():
    with pytest.raises(ValueError, match="whole number"):
        choose("ru", "два", ["урок", "урока", "уроков"])


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_whatever_a_family_is_called_no_markup_gets_in(name: str):
    words = fill("<b>{child}</b>", {"child": name}, "ru")
    assert words.startswith("<b>")
    assert words.endswith("</b>")
    assert "<" not in words[3:-4]
    assert ">" not in words[3:-4]


def test_validity_includes_both_ends():
    term = Validity(since=date(2026, 9, 1), until=date(2026, 9, 30))
    assert [term.holds(date(2026, m, d)) for m, d in ((8, 31), (9, 1), (9, 30), (10, 1))] == [
        False,
        True,
        True,
        False,
    ]
