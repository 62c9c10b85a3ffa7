"""Every text is said somewhere, and everything said has words: no dead keys, no key that nobody wrote."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache

import pytest
from fluent.syntax import ast as fluent

from tests.paths import ROOT
from texts.catalogue import LOCALES, keys_by_area, read_language, walk

PACKAGES = (
    "analytics", "bot", "community", "consent", "core", "delivery", "handlers", "ingest", "moderation", "scheduler",
    "storage", "texts",
)  # fmt: skip
BUILT = {
    "action-*": "handlers/admins/roles.py",
    "ama-age-*": "community/ama/effects.py",
    "ama-question-*": "community/ama/effects.py",
    "ama-remind-*": "community/ama/effects.py",
    "ama-star-*-button": "community/ama/after.py",
    "ama-state-*": "community/ama/effects.py",
    "ama-told-*": "community/ama/effects.py",
    "ama-topic-*": "community/ama/effects.py",
    "broadcast-class-*-button": "handlers/admins/broadcast_screens.py",
    "case-action-*": "moderation/cards.py",
    "case-undo-part-*": "handlers/moderators/cases.py",
    "case-verdict-*": "handlers/moderators/cases.py",
    "cohort-*": "handlers/parents/screens.py",
    "command-help-*": "handlers/moderators/commands.py",
    "command-history-*": "handlers/moderators/history.py",
    "community-setup-right-*": "handlers/admins/setup.py",
    "consent-*-ask": "handlers/parents/consents_view.py",
    "consent-*-button": "handlers/parents/consents_view.py",
    "consent-leave-question-*": "handlers/parents/leaving.py",
    "consent-state-*": "handlers/parents/consents_view.py",
    "consent-title-*": "handlers/parents/consents_view.py",
    "consent-topic-*": "handlers/parents/consents_view.py",
    "data-kind-*": "moderation/rules/child_data.py",
    "escalation-kind-*": "community/escalation_effects.py",
    "escalation-rate-*-button": "community/escalation_effects.py",
    "escalation-source-*": "community/escalation_effects.py",
    "evidence-advertising-*": "moderation/rules/advertising.py",
    "evidence-flood-*": "moderation/rules/flood.py",
    "evidence-forward-*": "moderation/rules/forwards.py",
    "evidence-media-*": "moderation/rules/unknown_media.py",
    "evidence-medical-*": "moderation/rules/medical_advice.py",
    "evidence-topic-*": "moderation/rules/topic_policy.py",
    "evidence-toxicity-*": "moderation/rules/toxicity.py",
    "goal-name-*": "handlers/parents/home_view.py",
    "knob-*": "handlers/moderators/policy_view.py",
    "language-*-button": "handlers/parents/home_view.py",
    "leave-*-*": "handlers/parents/leaving.py",
    "mentorship-from-*": "community/mentorship/relay.py",
    "mentorship-pair-*": "community/mentorship/pairing.py",
    "mentorship-proposed-*": "community/mentorship/pairing.py",
    "mentorship-quiz-*": "handlers/parents/mentors.py",
    "mentorship-reason-*": "community/mentorship/pairing.py",
    "mentorship-side-*": "community/mentorship/applications.py",
    "mentorship-sign-*": "handlers/mentors/desk.py",
    "mentorship-topic-*": "community/mentorship/applications.py",
    "notice-*": "moderation/decide.py",
    "policy-*": "handlers/moderators/policy_view.py",
    "questions-*-button": "handlers/parents/questions.py",
    "reason-*": "handlers/admins/reasons.py",
    "role-*": "community/roles.py",
    "roles-speciality-*": "community/escalation_effects.py",
    "rule-*": "moderation/effects.py",
    "setup-*-command": "bot/commands.py",
    "trace-class-*": "handlers/admins/reasons.py",
}
"""Keys put together from data, and where: `*` is the part that comes from the data."""
GENERIC = "-generic"
"""Suffix of a text's twin without name and age (`delivery.render`)."""
UNITS = frozenset(
    f"duration-{form}{unit}"
    for form in ("", "for-")
    for unit in ("days", "hours", "minutes", "seconds", "weeks")
)
"""Made by `texts.durations` from a unit of time."""


KEY = re.compile(r"""["'](?:text:)?([a-z][a-z0-9-]*)["']""")
REFUSED = re.compile(r'\bRefusal\(\s*"([a-z_.]+)"')


@cache
def _sources() -> str:
    return "\n".join(
        path.read_text(encoding="utf-8")
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        if (path.parent.name, path.parent.parent.name) != ("keys", "texts")
    )


@cache
def _strings() -> frozenset[str]:
    """Gather what could be a key; `text:` before one is how rows name it."""
    return frozenset(KEY.findall(_sources()))


@cache
def _refusals() -> frozenset[str]:
    """Name the text of every refusal the product can make."""
    codes = REFUSED.findall(_sources())
    return frozenset("refusal-" + code.replace(".", "-").replace("_", "-") for code in codes)


def _shape(pattern: str) -> str:
    return re.escape(pattern).replace(r"\*", ".+")


ANY_BUILT = re.compile("|".join(map(_shape, BUILT)))


def unused(
    keys: set[str], strings: frozenset[str], refused: Set[str], referred: Set[str]
) -> set[str]:
    """Tell which keys nobody says."""
    said = strings | refused | referred | UNITS
    return {
        key
        for key in keys
        if key not in said
        and key.removesuffix(GENERIC) not in said
        and not ANY_BUILT.fullmatch(key)
    }


@cache
def _all_keys() -> frozenset[str]:
    return frozenset(key for keys in keys_by_area().values() for key in keys)


def test_every_text_is_said():
    referred = {
        node.id.name
        for resource in read_language(LOCALES, "ru").values()
        for node in walk(resource)
        if isinstance(node, fluent.MessageReference)
    }
    assert unused(_all_keys(), _strings(), _refusals(), referred) == set()


def test_every_refusal_has_words():
    assert _refusals() - _all_keys() == set()


@pytest.mark.parametrize(("pattern", "file"), BUILT.items())
def test_a_key_is_built_where_the_table_says(pattern: str, file: str):
    assert any(re.fullmatch(_shape(pattern), key) for key in _all_keys()), "no such text"
    head = pattern.partition("*")[0]
    source = (ROOT / file).read_text(encoding="utf-8")
    assert head in source


@pytest.mark.parametrize(
    ("case", "key", "dead"),
    [
        ("said by name", "menu-title", False),
        ("said by a row", "digest-title", False),
        ("built from data", "goal-name-dance", False),
        ("a twin without name", "menu-title-generic", False),
        ("a refusal", "refusal-button-stale", False),
        ("nobody's", "menu-forgotten", True),
    ],
)
def test_the_search_tells_dead_from_alive(case: str, key: str, dead: bool):
    found = unused(
        {key}, frozenset({"menu-title", "digest-title"}), {"refusal-button-stale"}, set()
    )
    assert (found == {key}) is dead, case
