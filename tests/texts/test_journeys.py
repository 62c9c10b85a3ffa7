"""Journeys are read as data; a fault is named with its line."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

import pytest

from core.cohorts import Cohort
from texts.journey_model import AllOf, AnyOf, Compare, Exit, Op, TriggerKind
from texts.journeys import load_journeys, read_journeys
from texts.packs import ContentError

JOURNEY = """\
format: 1
id: win-back
version: 3
title: Возвращение
per_child: true
trigger:
  silence: lesson_finish
  days: 7
  where:
    - {fact: subscribed, is: true}
    - any:
        - {fact: nps, known: false}
        - {fact: nps, at_least: 7}
reentry_days: 90
priority: 40
holdout: 0.1
exits:
  - event: lesson_finish
  - when: [{fact: why_stopped, in: [later, done]}]
steps:
  - id: first
    day: 0
    at: 11:00-13:00
    branches:
      - if: [{tone: [habit]}]
        send: young-{cohort}
      - send: any-one
  - id: second
    day: 7
    at: once
    only_if: [{cohort: [3-5]}]
    send: two-{cohort}
    expires_hours: 6
"""


def read_one(folder: Path, source: str) -> list[str]:
    (folder / "x.yaml").write_text(source, encoding="utf-8")
    return [str(problem) for problem in read_journeys(folder)[1]]


def test_a_journey_is_read(tmp_path: Path):
    assert read_one(tmp_path, JOURNEY) == []
    journey = load_journeys(tmp_path).by_id["win-back"]
    assert (journey.version, journey.reentry_days, journey.priority, journey.holdout) == (
        3,
        90,
        40,
        0.1,
    )
    assert (journey.trigger.kind, journey.trigger.name, journey.trigger.days) == (
        TriggerKind.SILENCE,
        "lesson_finish",
        7,
    )
    assert journey.trigger.where == AllOf(
        (
            Compare("subscribed", Op.IS, value=True),
            AnyOf((Compare("nps", Op.KNOWN, value=False), Compare("nps", Op.AT_LEAST, 7))),
        )
    )
    assert journey.exits == (
        Exit("lesson_finish"),
        Exit("", Compare("why_stopped", Op.IN, ("later", "done"))),
    )
    first, second = journey.steps
    assert first.window == (time(11), time(13))
    assert second.window is None
    assert second.lifetime == timedelta(hours=6)


def test_a_branch_reaches_only_the_ages_its_condition_lets_through(tmp_path: Path):
    """L23"""
    read_one(tmp_path, JOURNEY)
    young, rest = load_journeys(tmp_path).by_id["win-back"].steps[0].branches
    assert [cohort for cohort, _ in young.items] == [
        Cohort.BABY,
        Cohort.PRESCHOOL,
        Cohort.EARLY_SCHOOL,
    ]
    assert young.item_for(Cohort.PRESCHOOL) == "young-3-5"
    assert young.item_for(Cohort.TEEN) is None
    assert {item for _, item in rest.items} == {"any-one"}


def test_an_unknown_age_gets_the_generic_twin(tmp_path: Path):
    """L101"""
    read_one(tmp_path, JOURNEY)
    step = load_journeys(tmp_path).by_id["win-back"].steps[1]
    assert step.branches[0].item_for(Cohort.UNKNOWN) == "two-any"


@pytest.mark.parametrize(
    ("case", "old", "new", "said"),
    [
        (
            "an unknown event",
            "lesson_finish\n  days",
            "lesson_end\n  days",
            "x.yaml:7: silence is 'lesson_end'",
        ),
        ("no days of silence", "days: 7", "days: 0", "x.yaml:8: days is 0"),
        (
            "an unknown fact",
            "{fact: subscribed, is: true}",
            "{fact: rich, is: true}",
            "fact is 'rich'",
        ),
        ("two comparisons", "at_least: 7}", "at_least: 7, at_most: 9}", "compares once"),
        ("a tone that is none", "{tone: [habit]}", "{tone: [strict]}", "tone has 'strict'"),
        ("a window that is none", "11:00-13:00", "13:00-11:00", "at is '13:00-11:00'"),
        ("an hour that is none", "11:00-13:00", "11:00-25:00", "at is '11:00-25:00'"),
        ("everybody held out", "holdout: 0.1", "holdout: 1", "holdout is 1"),
        (
            "days out of order",
            "    day: 7",
            "    day: 0\n  - {id: third, day: 3, at: once, send: x}\n  - id: fourth\n    day: 1",
            "order of their days",
        ),
        ("two steps of one id", "id: second", "id: first", "two steps share an id"),
        (
            "send and branches",
            "      - send: any-one",
            "      - send: any-one\n    send: x",
            "either send or branches",
        ),
        ("an exit without a reason", "- event: lesson_finish", "- {}", "an exit without a reason"),
        ("a misspelt field", "priority: 40", "priorty: 40", "no field priorty"),
        ("no trigger", "trigger:\n  silence", "triger:\n  silence", "trigger is missing"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, case: str, old: str, new: str, said: str):
    assert old in JOURNEY
    found = read_one(tmp_path, JOURNEY.replace(old, new))
    assert any(said in problem for problem in found), found
    with pytest.raises(ContentError):
        load_journeys(tmp_path)


@pytest.mark.parametrize(
    ("trigger", "kind", "days", "yearly"),
    [
        ("{event: autopay_off}", TriggerKind.EVENT, 0, None),
        ("{attribute: birthday, days: 0}", TriggerKind.ATTRIBUTE, 0, None),
        ("{attribute: subscription_ends, days: -7}", TriggerKind.ATTRIBUTE, -7, None),
        ("{schedule: 08-20}", TriggerKind.SCHEDULE, 0, (8, 20)),
        ("{schedule: 02-29}", TriggerKind.SCHEDULE, 0, (2, 29)),
    ],
)
def test_every_kind_of_beginning(tmp_path: Path, trigger, kind, days, yearly):
    source = f"format: 1\nid: j\nversion: 1\ntitle: Т\ntrigger: {trigger}\nsteps:\n  - {{id: a, day: 0, send: x}}\n"
    assert read_one(tmp_path, source) == []
    found = load_journeys(tmp_path).by_id["j"].trigger
    assert (found.kind, found.days, found.yearly) == (kind, days, yearly)


def test_two_files_may_not_hold_one_journey(tmp_path: Path):
    (tmp_path / "y.yaml").write_text(JOURNEY, encoding="utf-8")
    assert any("in another file" in problem for problem in read_one(tmp_path, JOURNEY))
