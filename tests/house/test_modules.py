"""House rules of the source tree."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from core.events import EventName
from tests.paths import ROOT

PACKAGES = [
    "analytics",
    "bot",
    "community",
    "consent",
    "core",
    "delivery",
    "emulator",
    "handlers",
    "ingest",
    "moderation",
    "scheduler",
    "storage",
    "texts",
]
SOURCES = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
LONGEST = 300
SLEEPERS = {"core/clock.py", "emulator/clock.py", "bot/clockwork.py", "storage/erasure_journal.py"}
"""The clocks, and two places that wait for another process in real time."""


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_module_is_longer_than_its_reader_can_hold():
    long = {
        name(path): lines
        for path in SOURCES
        if "migrations" not in path.parts
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }
    assert long == {}


def test_events_are_named_area_subject_past_verb():
    shape = re.compile(r"^[a-z]+\.[a-z_]+\.[a-z_]+$")
    assert [event for event in EventName if not shape.match(event)] == []
    assert len({event.value for event in EventName}) == len(EventName)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('logger.info(f"message {text}")', True),
        ('logger.info("message %s", text)', True),
        ('logger.info("message judged", extra={"chat": chat})', False),
    ],
)
def test_the_log_rule_knows_good_from_bad(line: str, found: bool):
    assert bool(LOGGED.search(line)) is found


LOGGED = re.compile(
    r"logger\.(?:debug|info|warning|error|exception|critical)\((?!\s*(?:#[^\n]*)?\s*\"[^\"%{]*\"\s*[,)])(?!\s*what\b)"
)


def test_a_log_line_is_a_constant_phrase_plus_ids():
    wrong = {}
    for path in SOURCES:
        hits = [m.group(0) for m in LOGGED.finditer(path.read_text(encoding="utf-8"))]
        if hits:
            wrong[name(path)] = hits
    assert wrong == {}


def test_only_the_clocks_sleep():
    asking = re.compile(r"\basyncio\.sleep\((?!0\))|\btime\.sleep\(")
    found = {name(path) for path in SOURCES if asking.search(path.read_text(encoding="utf-8"))}
    assert found <= SLEEPERS
