"""The checker names the file, the line, what is wrong and what is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.cohorts import Cohort
from texts.pack_check import check
from texts.pack_coverage import gaps
from texts.pack_read import read_file
from texts.yaml_lines import read

HEAD = """\
format: 1
kind: {kind}
class: {klass}
purpose: {purpose}
language: ru
cohort: any
items:
  - id: x-one
    version: 1
"""
FIRST_ITEM = 8


def problems_of(
    folder: Path, body: str, kind: str = "season", klass: str = "care", purpose: str = "child_data"
) -> list[str]:
    packs = folder / "packs"
    packs.mkdir(exist_ok=True)
    source = HEAD.format(kind=kind, klass=klass, purpose=purpose) + body
    (packs / "x.yaml").write_text(source, encoding="utf-8")
    return [str(problem) for problem in check(folder)]


@pytest.mark.parametrize(
    ("case", "body", "said"),
    [
        ("fits", "    text: Здравствуйте, <b>{school}</b>!\n", None),
        ("an unknown placeholder", "    text: Привет, {nmae}\n", "no placeholder {nmae}"),
        ("a stray brace", "    text: Привет, {Имя}\n", "a brace"),
        ("two plural forms", '    text: "{lessons} {lessons|урок|уроков}"\n', "2 plural forms"),
        ("plurals of a word", '    text: "{school|а|б|в}"\n', "not a number"),
        ("a tag left open", "    text: <b>Привет\n", "never closed"),
        ("a foreign tag", "    text: Раз<br>два\n", "<br> is not known"),
        ("L79 too long", f"    text: {'я' * 4097}\n", "4097 units"),
        ("L79 a caption too long", f"    media: sun\n    text: {'🎈' * 513}\n", "at most 1024"),
        (
            "a link without https",
            '    text: <a href="http://x.example">сюда</a>\n',
            "link http://x.example",
        ),
        ("no generic twin", "    text: Привет, {child}\n", "has no generic text"),
        (
            "a name in the generic text",
            "    text: Привет, {child}\n    generic: И {child}\n",
            "generic text names",
        ),
        ("a promise of health", "    text: Игра укрепляет иммунитет\n", "effect on health"),
        ("a promise of a result", "    text: Гарантируем пятёрки\n", "promises a result"),
        ("a discount", "    text: Скидка ждёт\n", "speaks of a discount"),
        ("a push", "    text: Успейте записаться\n", "pushes"),
        ("shouting", "    text: ВНИМАНИЕ, дети\n", "shouts"),
        (
            "an unknown verb",
            "    text: Да\n    buttons: [{label: Да, action: 'go:x'}]\n",
            "button does 'go:x'",
        ),
        (
            "an unknown screen",
            "    text: Да\n    buttons: [{label: Да, action: 'open:x'}]\n",
            "no screen x",
        ),
        (
            "a fact without a value",
            "    text: Да\n    buttons: [{label: Да, action: 'fact:x'}]\n",
            "fact:name=value",
        ),
        (
            "a long button",
            f"    text: Да\n    buttons: [{{label: {'я' * 41}, action: stop}}]\n",
            "too long",
        ),
        ("an unknown field", "    text: Да\n    colour: red\n", "no field colour"),
        ("a field written twice", "    text: Да\n    text: Нет\n", "written twice"),
        ("an unknown cohort", "    text: Да\n    cohort: 3-6\n", "cohort has '3-6'"),
        ("a day that is none", "    text: Да\n    since: 2026-02-30\n", "since is '2026-02-30'"),
        ("a season that is none", "    text: Да\n    season: 08-32\n", "season is '08-32'"),
        (
            "the same id twice",
            "    text: Да\n  - id: x-one\n    version: 1\n    text: Нет\n",
            "already in",
        ),
        ("a bad id", "    text: Да\n  - {id: Икс, text: Нет}\n", "id is 'Икс'"),
    ],
)
def test_a_fault_is_found(tmp_path: Path, case: str, body: str, said: str | None):
    found = problems_of(tmp_path, body)
    if said is None:
        assert found == []
    else:
        assert any(said in problem for problem in found), found
        assert all(problem.startswith("packs/x.yaml:") for problem in found)


def test_a_fault_stands_on_its_line(tmp_path: Path):
    found = problems_of(tmp_path, "    text: Да\n    season: нет\n")
    assert found == [
        f"packs/x.yaml:{FIRST_ITEM + 3}: season is 'нет' (first and last day: 08-01 .. 08-31)"
    ]


def test_marketing_needs_its_label(tmp_path: Path):
    """L121"""
    body = "    text: Приходите\n"
    found = problems_of(tmp_path, body, "loyalty", "marketing", "marketing")
    assert len(found) == 1
    assert "without its label" in found[0]
    assert (
        problems_of(
            tmp_path,
            body + '    label: "Реклама. {advertiser}. erid: {erid}"\n',
            "loyalty",
            "marketing",
            "marketing",
        )
        == []
    )


def test_a_class_stands_on_its_own_consent(tmp_path: Path):
    found = problems_of(tmp_path, "    text: Приходите\n", "loyalty", "care", "marketing")
    assert any("a care item stands on marketing" in problem for problem in found)


def test_onboarding_must_speak_english_too(tmp_path: Path):
    assert any(
        "missing in en" in problem
        for problem in problems_of(tmp_path, "    text: Да\n", "onboarding")
    )


def test_twins_agree_in_version_and_actions(tmp_path: Path):
    problems_of(tmp_path, "    text: Да\n    buttons: [{label: Да, action: stop}]\n", "onboarding")
    english = HEAD.format(kind="onboarding", klass="care", purpose="child_data").replace(
        "language: ru", "language: en"
    )
    (tmp_path / "packs" / "y.yaml").write_text(
        english.replace("version: 1", "version: 2") + "    text: Yes\n", encoding="utf-8"
    )
    found = [str(problem) for problem in check(tmp_path)]
    assert any("version of x-one" in problem for problem in found)
    assert any("actions of x-one" in problem for problem in found)


def test_times_and_days_stay_words(tmp_path: Path):
    path = tmp_path / "t.yaml"
    path.write_text("at: 18:00\nday: 08-20\nyes: no\nswitch: true\nnumber: 5\n", encoding="utf-8")
    fields, problems = read(path, "t.yaml")
    assert problems == []
    assert dict(fields) == {"at": "18:00", "day": "08-20", "yes": "no", "switch": True, "number": 5}


def test_a_file_that_is_no_yaml_is_named_with_its_line(tmp_path: Path):
    path = tmp_path / "t.yaml"
    path.write_text("a: 1\nb: [1\n", encoding="utf-8")
    assert read(path, "t.yaml")[1][0].line >= 2
    path.write_text("- a\n", encoding="utf-8")
    assert "no fields" in str(read(path, "t.yaml")[1][0])


def test_tips_that_run_out_are_found(tmp_path: Path):
    path = tmp_path / "t.yaml"
    items = "".join(f"  - {{id: digest-t-{n}, version: 1, text: Раз}}\n" for n in range(26))
    head = "format: 1\nkind: digest\nclass: care\npurpose: personalisation\nlanguage: ru\ncohort: 13-16\nitems:\n"
    path.write_text(head + items, encoding="utf-8")
    tips, problems = read_file(path, "t.yaml")
    assert problems == []
    assert [gap for gap in gaps(tips) if gap.cohort is Cohort.TEEN] == []
    dry = [gap for gap in gaps(tips[:25]) if gap.cohort is Cohort.TEEN]
    assert {gap.weeks for gap in dry} == {25}
    assert (dry[0].months, dry[-1].months) == (156, 198)


def test_faults_of_templates_and_answers_are_found(tmp_path: Path):
    for folder in ("templates", "faq"):
        (tmp_path / folder).mkdir()
    (tmp_path / "templates" / "x.yaml").write_text(
        "format: 1\nlanguage: ru\naudience: mentor\nplaceholders: {name: имя}\ntemplates:\n"
        "  - {id: a, title: А, text: 'Привет, {nmae}'}\n",
        encoding="utf-8",
    )
    (tmp_path / "faq" / "x.yaml").write_text(
        "format: 1\nlanguage: ru\nentries:\n  - {id: a, questions: [Да?], answer: 'Доза 5 мг', cohorts: [3-6]}\n",
        encoding="utf-8",
    )
    found = [str(problem) for problem in check(tmp_path)]
    assert [problem.split(":")[0] for problem in found] == [
        "faq/x.yaml",
        "faq/x.yaml",
        "templates/x.yaml",
    ]
    assert "no place {nmae}" in found[2]
