"""Check all content a methodist edits: `check(folder)` names the file, the line, what is wrong and what is allowed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from texts import pack_coverage, pack_lints
from texts.answers import check_answers
from texts.journey_model import Journey
from texts.journeys import read_journeys
from texts.pack_model import Item
from texts.pack_read import read_folder
from texts.packs import CONTENT, duplicates
from texts.templates import read_templates
from texts.yaml_lines import Problem


def check(folder: Path = CONTENT) -> list[Problem]:
    """Check everything under `folder`, sorted by file and line; empty means fit to send."""
    items, problems = read_folder(folder / "packs")
    problems = [_under("packs", one) for one in [*problems, *check_items(items)]]
    journeys, faults = read_journeys(folder / "journeys")
    problems += [_under("journeys", one) for one in [*faults, *check_journeys(journeys, items)]]
    problems += [_under("templates", one) for one in read_templates(folder / "templates")[1]]
    problems += [_under("faq", one) for one in check_answers(folder / "faq")]
    return sorted(set(problems), key=lambda one: (one.file, one.line, one.what))


def check_items(items: list[Item]) -> Iterator[Problem]:
    """Check items one by one and against each other."""
    for item in items:
        for what, allowed in pack_lints.faults(item):
            yield Problem(item.file, item.line, f"{item.id}: {what}", allowed)
    yield from duplicates(items)
    yield from pack_coverage.languages(items)
    yield from pack_coverage.ages(items)


def check_journeys(journeys: Iterable[Journey], items: Iterable[Item]) -> Iterator[Problem]:
    """Find journeys that name items nobody wrote."""
    known = {item.id for item in items}
    for journey in journeys:
        for item_id in sorted(journey.item_ids - known):
            what = f"{journey.id} sends {item_id}, which is in no pack"
            yield Problem(journey.file, journey.line, what, "an id from packs")


def _under(folder: str, problem: Problem) -> Problem:
    return Problem(f"{folder}/{problem.file}", problem.line, problem.what, problem.allowed)
