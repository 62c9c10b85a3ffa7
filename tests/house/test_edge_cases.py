"""The page of edge cases tells the truth."""

from __future__ import annotations

from tests.house.edge_cases import NOT_PROVEN, PAGE, page, proofs, titles


def test_every_edge_case_is_proven_or_has_a_reason():
    unproven = set(titles()) - proofs().keys()
    assert sorted(unproven - NOT_PROVEN.keys()) == []


def test_only_cases_that_exist_are_named():
    assert sorted(proofs().keys() - titles().keys()) == []


def test_the_page_is_fresh():
    """Run `python -m tests.house.edge_cases` when this fails."""
    assert PAGE.read_text(encoding="utf-8") == page()
