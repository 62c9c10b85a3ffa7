"""House rules of the Fluent files; each carries one bad sample that it must find."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import ast

from texts import generate
from texts.catalogue import LOCALES, facts_needed, keys_by_area, read_language, walk
from texts.markup import MESSAGE_LIMIT, html_problems, utf16_length, visible
from texts.say import Texts
from texts.tidy import alphabetised

LANGUAGES = ("ru", "en")
PLAIN_SUFFIXES = ("-button", "-alert", "-title", "-command", "-file")
BUTTON_LIMIT = 40
ALERT_LIMIT = 200
"""Characters of a callback answer (Bot API, answerCallbackQuery)."""
LINKS = {"link", "url"}
FILES = sorted(LOCALES.glob("*/*.ftl"))


@pytest.fixture(scope="module")
def texts() -> Texts:
    return Texts.load()


@cache
def needed(lang: str) -> dict[str, frozenset[str]]:
    return facts_needed(LOCALES, lang)


def filled(texts: Texts, lang: str, key: str, needs: frozenset[str]) -> str:
    """Say a text with every fact set to 5 (right for plurals, harmless elsewhere) and links to a link."""
    facts = {name: "https://t.me/c/1/2" if name in LINKS else 5 for name in needs}
    return texts.say_by_name(lang, key, facts)


def test_every_language_has_every_key_in_the_same_area():
    russian, english = (keys_by_area(lang=lang) for lang in LANGUAGES)
    assert {area: sorted(keys) for area, keys in russian.items()} == {
        a: sorted(k) for a, k in english.items()
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_text_refers_to_texts_of_its_own_area_only(lang: str):
    strangers = []
    for area, resource in read_language(LOCALES, lang).items():
        keys = {entry.id.name for entry in resource.body if isinstance(entry, ast.Message)}
        used = {node.id.name for node in walk(resource) if isinstance(node, ast.MessageReference)}
        strangers += [f"{area}: {key}" for key in used - keys]
    assert strangers == []


def test_every_text_asks_for_the_same_facts_in_every_language():
    russian, english = (needed(lang) for lang in LANGUAGES)
    assert {key: needs for key, needs in russian.items() if english.get(key) != needs} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_text_is_html_telegram_takes_and_fits(texts: Texts, lang: str):
    wrong = {}
    for key, needs in needed(lang).items():
        words = filled(texts, lang, key, needs)
        if problems := html_problems(words):
            wrong[key] = problems
        if not words.strip() or utf16_length(visible(words)) > MESSAGE_LIMIT:
            wrong[key] = ("empty or too long",)
    assert wrong == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_buttons_alerts_and_titles_are_short_and_hold_no_markup(texts: Texts, lang: str):
    wrong = {}
    for key, needs in needed(lang).items():
        words = filled(texts, lang, key, needs)
        limit = {"-button": BUTTON_LIMIT, "-alert": ALERT_LIMIT}.get(
            next((s for s in PLAIN_SUFFIXES if key.endswith(s)), "")
        )
        if limit and ("<" in words or "\n" in words or len(words) > limit):
            wrong[key] = words
    assert wrong == {}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_file_is_short_and_its_keys_stand_in_order(path: Path):
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= 300
    assert alphabetised(source) == source, "run python -m texts.generate"


def test_the_list_of_keys_is_fresh():
    wanted = generate.modules()
    found = {path.name: path.read_text(encoding="utf-8") for path in generate.KEYS.glob("*.py")}
    assert found == wanted, "run python -m texts.generate"


def test_russian_does_not_shout():
    shouting = [
        f"{path.name}: {line}"
        for path in FILES
        for line in path.read_text(encoding="utf-8").splitlines()
        if "!!" in line or (not line.startswith("#") and re.search(r"[А-ЯЁ]{5,}", line))
    ]
    assert shouting == []


@pytest.mark.parametrize(
    ("case", "source", "what"),
    [
        ("a line Fluent cannot read", "good = да\nbad bad\n", "x.ftl:2"),
        ("a key written twice", "one = раз\none = два\n", "already"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, case: str, source: str, what: str):
    (tmp_path / "ru").mkdir()
    (tmp_path / "ru" / "x.ftl").write_text(source, encoding="utf-8")
    with pytest.raises(ValueError, match=what):
        read_language(tmp_path, "ru")


def test_sorting_keeps_comments_with_their_keys():
    source = "# Head.\n\n# $b - note\nb = { $b ->\n   *[other] б\n}\na =\n    раз\n\n    два\n"
    assert (
        alphabetised(source)
        == "# Head.\n\na =\n    раз\n\n    два\n# $b - note\nb = { $b ->\n   *[other] б\n}\n"
    )
