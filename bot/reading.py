"""Reading the files a methodist edits, once a process."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from community import blueprint as blueprints
from community.blueprint import Blueprint
from community.questions.search import Index, read_entries
from texts.journeys import Journeys, load_journeys
from texts.packs import Library, load_packs
from texts.say import Texts

CONTENT = Path(__file__).parent.parent / "content"


@cache
def all_texts() -> Texts:
    """Read every text."""
    return Texts.load()


@cache
def packs() -> Library:
    """Read the editorial packs."""
    return load_packs()


@cache
def journeys() -> Journeys:
    """Read the journeys."""
    return load_journeys()


@cache
def blueprint() -> Blueprint:
    """Read the plan of a community."""
    return blueprints.read(_yaml(CONTENT / "community.yaml"))


@cache
def faq_index() -> Index:
    """Read the ready answers; the language is the last part of the file's name."""
    entries = [
        entry
        for path in sorted((CONTENT / "faq").glob("*.yaml"))
        for entry in read_entries(_yaml(path), path.stem.rsplit(".", 1)[-1])
    ]
    return Index(entries)


def cohort_topics(plan: Blueprint) -> Mapping[str, str]:
    """Tell in which topic parents of each cohort are greeted."""
    return {cohort: topic.key for topic in plan.topics for cohort in topic.cohorts}


def _yaml(path: Path) -> dict[str, Any]:
    with path.open(encoding="utf-8") as file:
        found = yaml.load(file, Loader=yaml.CSafeLoader)
    return dict(found)
