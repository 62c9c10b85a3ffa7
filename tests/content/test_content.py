"""What families really get: the shipped packs, journeys, answers, templates and documents."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from core.cohorts import Cohort, tone_of
from core.effects import MessageClass
from texts.journey_model import Branch, Journey
from texts.journeys import load_journeys
from texts.markup import html_problems, visible
from texts.pack_check import check
from texts.pack_lints import samples
from texts.pack_model import Item
from texts.pack_render import fill, render
from texts.packs import CONTENT, Library, load_packs
from texts.templates import load_templates

COHORTS = [cohort for cohort in Cohort if cohort is not Cohort.UNKNOWN]
DAYS = range(8)


@pytest.fixture(scope="module")
def library() -> Library:
    return load_packs()


@pytest.fixture(scope="module")
def journeys() -> dict[str, Journey]:
    return load_journeys().by_id


def russian(library: Library, kind: str) -> list[Item]:
    return [item for item in library.items if item.kind == kind and item.lang == "ru"]


def test_everything_shipped_passes_the_checker():
    assert [str(problem) for problem in check()] == []


def test_every_item_can_be_written_in_every_language_with_and_without_a_name(library: Library):
    for item in library.items:
        facts = samples(item.lang)
        assert html_problems(render(item, facts).html) == (), item.id
        if item.generic is not None:
            nameless = {name: fact for name, fact in facts.items() if name != "child"}
            assert "{" not in render(item, nameless).html, item.id


@pytest.mark.parametrize("cohort", COHORTS)
def test_a_cohort_has_half_a_year_of_its_own_tips(library: Library, cohort: Cohort):
    tips = [item for item in russian(library, "digest") if item.cohorts == {cohort}]
    assert len(tips) >= 26


def test_no_tip_comes_twice_under_another_name(library: Library):
    for lang in ("ru", "en"):
        items = [item for item in library.items if item.kind == "digest" and item.lang == lang]
        titles = Counter((item.cohorts, item.text.split("\n")[0]) for item in items)
        starts = Counter(visible(item.text).split("\n")[1][:60] for item in items)
        assert [title for title, count in titles.items() if count > 1] == []
        assert [start for start, count in starts.items() if count > 1] == []


def test_tips_are_short_enough_for_a_digest_of_three_children(library: Library):
    lengths = {item.id: len(visible(item.text)) for item in russian(library, "digest")}
    assert {i: n for i, n in lengths.items() if not 100 <= n <= 500} == {}


@pytest.mark.parametrize("cohort", [*COHORTS, Cohort.UNKNOWN])
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_first_week_is_whole(library: Library, cohort: Cohort, lang: str):
    """R61-R66"""
    word = "any" if cohort is Cohort.UNKNOWN else cohort.value
    week = [library.item(f"onboarding-{word}-day-{day}", lang=lang) for day in DAYS]
    assert {item.lang for item in week} == {lang}
    assert all(cohort in item.cohorts for item in week)
    goals = [b.action for b in week[0].buttons if b.action.startswith("fact:goal=")]
    assert len(goals) >= 3
    checklist = library.item(f"onboarding-{word}-checklist", lang=lang)
    assert sum(b.action.startswith("tick:") for b in checklist.buttons) >= 3
    assert checklist.message_class is MessageClass.SERVICE
    assert any("first_success" in button.action for button in week[2].buttons)
    assert any(button.action == "open:schedule" for button in week[5].buttons)
    assert any(button.action == "open:progress" for button in week[6].buttons)
    assert any(button.action == "fact:week1=hard" for button in week[7].buttons)


@pytest.mark.parametrize(
    ("cohort", "word"),
    [
        ("0-2", "ритуал"),
        ("3-5", "ритуал"),
        ("6-8", "ритуал"),
        ("13-16", "Автономия"),
        ("13-16", "Фокус"),
    ],
)
def test_the_young_have_an_evening_ritual_and_teens_autonomy_and_focus(
    library: Library, cohort: str, word: str
):
    """R69 R70"""
    week = [library.item(f"onboarding-{cohort}-day-{day}") for day in range(1, 7)]
    assert any(word in item.text.split("\n")[0] for item in week)


@pytest.mark.parametrize("group", ["any", "young", "teen"])
@pytest.mark.parametrize("day", [7, 14, 21])
def test_win_back_always_asks_why(library: Library, group: str, day: int):
    """R105 R108 R109 R116"""
    item = library.item(f"win-back-{group}-{day}")
    assert any(button.action.startswith("fact:why_stopped=") for button in item.buttons)


def test_the_tone_of_win_back_follows_the_age(library: Library):
    """R5 R6"""
    assert "Пятиминутное" in library.item("win-back-young-7").text
    assert "две недели" in library.item("win-back-teen-7").text
    assert "Контрольная точка" in library.item("win-back-teen-14").text


def test_every_marketing_item_carries_the_advertising_label(library: Library):
    """L121"""
    marketing = [item for item in library.items if item.message_class is MessageClass.MARKETING]
    assert len(marketing) > 20
    assert [item.id for item in marketing if "{erid}" not in item.label] == []


def test_service_items_hold_no_upsell(library: Library):
    """L102"""
    words = re.compile(r"предлож|рекоменду|попробуйте нов|upgrade|offer you", re.IGNORECASE)
    service = [item for item in library.items if item.message_class is MessageClass.SERVICE]
    assert [item.id for item in service if words.search(item.text)] == []


def test_every_personal_item_has_something_for_those_who_refused(library: Library):
    """L64 L101"""
    left_out = {"reminder-lesson-teen", "season-game-teen"}
    care = [
        item
        for item in library.items
        if item.message_class is MessageClass.CARE and item.lang == "ru"
    ]
    missing = {
        item.id for item in care if item.kind != "digest" and library.generic_of(item) is None
    }
    assert missing <= left_out


@pytest.mark.parametrize("cohort", list(Cohort))
def test_a_journey_never_sends_an_item_meant_for_another_age(
    library: Library, journeys: dict[str, Journey], cohort: Cohort
):
    """L23"""
    for journey in journeys.values():
        for step in journey.steps:
            branch = reached(step.branches, cohort)
            item_id = branch.item_for(cohort) if branch else None
            if item_id is not None:
                assert cohort in library.item(item_id).cohorts, (journey.id, step.id, item_id)


def reached(branches: tuple[Branch, ...], cohort: Cohort) -> Branch | None:
    """Take the first branch that has an item for the cohort, as far as age and tone decide."""
    return next((branch for branch in branches if branch.item_for(cohort)), None)


def test_a_tone_belongs_to_every_cohort():
    assert {tone_of(cohort).value for cohort in Cohort} == {
        "habit",
        "between",
        "autonomy",
        "neutral",
    }


@pytest.mark.parametrize(
    ("rows", "journey"),
    [
        ("R61 R62 R63 R64 R65 R66 R75", "onboarding"),
        ("R76", "churn-first-month"),
        ("R86 R100", "birthday"),
        ("R99", "anniversary"),
        ("R102", "season-winter-break"),
        ("R102", "season-school"),
        ("R103", "season-game"),
        ("R105 R111", "win-back"),
        ("R106", "win-back-autopay"),
        ("R107", "win-back-nps"),
        ("R117", "half-year-letter"),
        ("R121", "survey-nps"),
        ("R140 R153", "post-sale"),
        ("R141 R151", "loyalty"),
        ("R143", "abandoned"),
        ("R146 R148", "renewal"),
        ("R148", "invoice"),
        ("R149", "free-to-paid"),
        ("R147", "churn-skips"),
        ("R150", "referral"),
        ("R94", "milestone-level"),
        ("R72", "milestone-module"),
    ],
)
def test_a_scenario_of_the_mission_has_its_journey(
    journeys: dict[str, Journey], rows: str, journey: str
):
    assert journey in journeys


def test_win_back_ends_with_a_long_pause(journeys: dict[str, Journey]):
    """R111"""
    assert (journeys["win-back"].reentry_days or 0) >= 90
    assert journeys["half-year-letter"].reentry_days is None
    assert len(journeys["half-year-letter"].steps) == 1


def test_a_returned_family_leaves_win_back(journeys: dict[str, Journey]):
    """L46"""
    assert "autopay_on" in {leave.event for leave in journeys["win-back-autopay"].exits}
    assert "lesson_finish" in {leave.event for leave in journeys["win-back"].exits}


def test_no_journey_writes_at_night(journeys: dict[str, Journey]):
    windows = [
        step.window for journey in journeys.values() for step in journey.steps if step.window
    ]
    assert min(start.hour for start, _ in windows) >= 9
    assert max(end.hour for _, end in windows) < 21


def test_season_items_are_in_force_when_their_journey_begins(
    library: Library, journeys: dict[str, Journey]
):
    for journey in journeys.values():
        if journey.trigger.yearly is None:
            continue
        begins = date(2027, *journey.trigger.yearly)
        first = journey.steps[0]
        for branch in first.branches:
            for _, item_id in branch.items:
                assert library.item(item_id).validity.holds(begins), (journey.id, item_id)


def test_templates_hold_a_de_escalation_checklist_and_refuse_to_go_half_filled():
    """M101 R40 R51"""
    templates = {(one.audience, one.lang, one.id): one for one in load_templates()}
    calm = templates["moderator", "ru", "calm-checklist"]
    assert len(calm.steps) >= 8
    assert calm.missing({}) == []
    hello = templates["mentor", "ru", "hello"]
    assert hello.missing({"name": "Анна", "my_name": " "}) == ["my_name", "topic"]
    with pytest.raises(ValueError, match="topic"):
        hello.fill({"name": "Анна", "my_name": "Вера"})
    filled = hello.fill({"name": "<Анна>", "my_name": "Вера", "topic": "сон"})
    assert "&lt;Анна&gt;" in filled
    assert "{" not in filled


def test_templates_speak_both_languages():
    languages: dict[tuple[str, str], set[str]] = {}
    for one in load_templates():
        languages.setdefault((one.audience, one.id), set()).add(one.lang)
    assert {key for key, langs in languages.items() if langs != {"ru", "en"}} == set()


@pytest.mark.parametrize(
    "purpose", ["service", "cross_border", "child_data", "personalisation", "marketing"]
)
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_purpose_has_a_document_of_its_own(purpose: str, lang: str):
    """152-FZ: a consent is a separate document and says who, what for, which data, how long, how to withdraw."""
    source = (CONTENT / "consents" / f"{purpose}.{lang}.md").read_text(encoding="utf-8")
    for must in (
        f"purpose: {purpose}",
        f"language: {lang}",
        "version: ",
        "{controller_name}",
        "{controller_address}",
    ):
        assert must in source
    words = {"ru": ("Как от", "анные", "ран"), "en": ("How to", "ata", "ho receives")}[lang]
    assert all(word in source for word in words) or purpose in {"marketing", "cross_border"}


def test_nothing_shipped_is_pushy_about_a_withdrawal():
    text = "".join(path.read_text(encoding="utf-8") for path in CONTENT.rglob("*.yaml"))
    assert not re.search(r"вы уверены, что хотите уйти|не уходите|останьтесь", text, re.IGNORECASE)


def test_numbers_take_the_right_words():
    text = "{lessons_total} {lessons_total|урок|урока|уроков}"
    said = [fill(text, {"lessons_total": n}, "ru") for n in (1, 2, 5, 11, 21, 104)]
    assert said == ["1 урок", "2 урока", "5 уроков", "11 уроков", "21 урок", "104 урока"]
