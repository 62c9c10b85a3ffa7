"""Phrase banks: whole words, open ends, every spelling."""

import random

import pytest

from moderation.text.fold import fold
from moderation.text.phrases import Phrase, PhraseBank
from tests.moderation.text.evasions import EVASIONS

BANK = PhraseBank(
    [Phrase("пишите в лс", "contact"), Phrase("заработ*", "work"), Phrase("btc", "crypto"), Phrase("ё-моё", "mild"),
     Phrase("*бет", "bets")]
)  # fmt: skip


@pytest.mark.parametrize(
    ("case", "text", "tags"),
    [
        ("as written", "Пишите в ЛС!", ["contact"]),
        ("an open end", "заработаете сами", ["work"]),
        ("not inside a word", "подзаработок", []),
        ("an open beginning", "мелбет даёт", ["bets"]),
        ("Latin among Cyrillic", "купим BTC дорого", ["crypto"]),
        ("Latin alone", "sell btc now", ["crypto"]),
        ("yo and short i", "Ё-моё", ["mild"]),
        ("M14 spelled out", "п и ш и т е в л с", ["contact"]),
        ("M14 dotted", "п.и.ш.и.т.е в лс", ["contact"]),
        ("M14 twins", "пишитe в лс", ["contact"]),
        ("nothing", "спасибо за урок", []),
    ],
)
def test_a_phrase_is_found_on_word_boundaries(case, text, tags):
    assert [hit.tag for hit in BANK.find(fold(text))] == tags


def test_hits_point_into_the_folded_text_from_left_to_right():
    view = fold("Заработок! Пишите в лс")
    hits = BANK.find(view)
    assert [view.folded[hit.start : hit.end] for hit in hits] == ["заработ", "пишите в лс"]


@pytest.mark.parametrize("name", EVASIONS)
def test_an_evasion_hides_no_phrase(name):
    """M14: the seven evasions and their combinations."""
    for seed in range(10):
        written = EVASIONS[name]("Срочный заработок, пишите в лс сегодня", random.Random(seed))
        assert {hit.tag for hit in BANK.find(fold(written))} == {"contact", "work"}


def test_a_phrase_without_letters_is_refused():
    with pytest.raises(ValueError, match="letter"):
        PhraseBank([Phrase("...", "x")])


def test_an_empty_bank_finds_nothing():
    assert PhraseBank([]).find(fold("текст")) == []
