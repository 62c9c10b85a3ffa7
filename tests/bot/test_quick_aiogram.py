"""The quick import changes when aiogram's models are built, not what they are."""

from __future__ import annotations

from tests.bot.prove_quick_aiogram import build, models


def test_a_tenth_of_the_types_and_answers_can_be_built_on_use():
    everything = models()
    assert len(everything) > 500
    assert build(everything[::10]) == len(everything[::10])
