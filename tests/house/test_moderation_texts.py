"""Whatever a rule, a case or a sanction may say has words in every language."""

from __future__ import annotations

import re

import pytest

from bot.reading import all_texts
from moderation.cases import SanctionKind, Verdict
from moderation.decide import PRIVATE_NOTICE
from moderation.model import Severity
from moderation.overrides import knobs
from moderation.rules.registry import RULES
from moderation.rules.topic_policy import NOTICES
from tests.paths import ROOT

TEXTS = all_texts()
KEY = re.compile(r'f?"((?:evidence|notice|rule|data-kind|case|command|policy|pace)-[a-z0-9-]+)"')
SAID = sorted(
    {
        key
        for package in ("moderation", "handlers/moderators", "handlers/groups", "handlers/parents")
        for path in (ROOT / package).rglob("*.py")
        for key in KEY.findall(path.read_text(encoding="utf-8"))
    }
)
MADE = sorted(
    {
        *(PRIVATE_NOTICE.format(rule=rule.name.replace("_", "-")) for rule in RULES if rule.name not in {"medical_mention", "off_topic", "profile", "topic_policy"}),
        *(f"rule-{rule.name.replace('_', '-')}" for rule in RULES),
        *("rule-joins", "rule-reactions", "rule-manual", "rule-by-hand", "rule-report"),
        *NOTICES.values(),
        *(f"case-action-{severity.word}" for severity in Severity if severity is not Severity.NONE),
        *(f"case-action-{word}" for word in ("none", "not-done", "warned", "muted", "banned")),
        *(f"case-verdict-{verdict.value}" for verdict in Verdict),
        *(f"command-history-{kind.value}" for kind in SanctionKind if kind is not SanctionKind.BAN_CHANNEL),
        *(f"knob-{key.partition('.')[2].replace('_', '-')}" for key in knobs()),
    }
)  # fmt: skip


@pytest.mark.parametrize("language", TEXTS.languages)
def test_every_key_of_moderation_has_words(language: str):
    missing = [
        key for key in [*SAID, *MADE] if not key.endswith("-") and not TEXTS.has(language, key)
    ]
    assert missing == []


@pytest.mark.parametrize("key", sorted(knobs()))
def test_a_button_about_any_number_fits_into_callback_data(key: str):
    """64 bytes (Bot API, InlineKeyboardButton)."""
    value = "experts_only" if issubclass(knobs()[key].kind, str) else "31536000"
    assert len(f"pol:a:{2**31}:{key}:{value}".encode()) <= 64
