"""Every piece of evidence has words in both languages, and the words get the facts they need."""

import re
from functools import cache

import pytest

from moderation.rules import child_data
from tests.paths import ROOT
from texts.catalogue import LOCALES
from texts.catalogue import facts_needed as read_facts
from texts.catalogue import keys_by_area as read_keys

RULES = ROOT / "moderation" / "rules"
keys_by_area = cache(read_keys)
facts_needed = cache(read_facts)
KEY = re.compile(r'f?"((?:evidence|data-kind|notice|pace)-[a-z{}.-]+)"')
KINDS = (
    "address",
    "age",
    "birth",
    "child-name",
    "class",
    "contact",
    "document",
    "location",
    "phone",
    "photo",
    "school",
    "town",
)


def keys_in_rules() -> set[str]:
    found: set[str] = set()
    for path in sorted(RULES.glob("*.py")):
        found |= set(KEY.findall(path.read_text(encoding="utf-8")))
    return found


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_every_key_a_rule_names_has_words(lang):
    known = {key for keys in keys_by_area(LOCALES, lang).values() for key in keys}
    for key in keys_in_rules():
        pattern = re.compile(re.sub(r"\\\{.*?\\\}", ".+", re.escape(key)))
        assert any(pattern.fullmatch(name) for name in known), key


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_every_kind_of_personal_data_has_a_word(lang):
    known = keys_by_area(LOCALES, lang)["moderation_evidence"]
    assert {f"data-kind-{kind}" for kind in KINDS} <= set(known)
    assert {kind.replace("_", "-") for kind in child_data.BESIDE} <= set(KINDS)


def test_both_languages_ask_for_the_same_facts():
    russian, english = (facts_needed(LOCALES, lang) for lang in ("ru", "en"))
    keys = keys_by_area(LOCALES, "ru")["moderation_evidence"]
    assert {key: russian[key] for key in keys} == {key: english[key] for key in keys}
