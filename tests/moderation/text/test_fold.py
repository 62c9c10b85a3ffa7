"""Folding: every trick undone, nothing invented, nothing crashes."""

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from moderation.text.fold import FOLD_HEAD, FOLD_TAIL, fold
from moderation.text.tricks import Trick
from tests.moderation.text.evasions import EVASIONS

SENTENCES = (
    "Заработок на дому без вложений, пишите в личные сообщения",
    "Ищем сотрудников на удалённую работу, оплата каждый день",
    "Подскажите, пожалуйста, во сколько завтра начинается занятие по чтению",
    "Большое спасибо педагогу за терпение, ребёнок занимается с удовольствием",
)
RUSSIAN = st.text(
    alphabet="абвгдеёжзийклмнопрстуфхцчшщъыьэюя ,.!?-0123456789ABCxyz@$|·", max_size=60
)


@pytest.mark.parametrize(
    ("case", "written", "folded", "trick"),
    [
        ("M14 Latin twins in a Cyrillic word", "кpeдит", "кредит", Trick.HOMOGLYPH),
        ("M14 Greek twins in a Cyrillic word", "Πомοгу", "помогу", Trick.HOMOGLYPH),
        (
            "M14 a word of twins alone follows the message",
            "это coyc и город",
            "это соус и город",
            None,
        ),
        ("M14 Cyrillic twins in a Latin word", "саsinо", "casino", Trick.HOMOGLYPH),
        (
            "M14 zero width between letters",
            "за\u200bра\u2060бот\ufeffок",
            "заработок",
            Trick.ZERO_WIDTH,
        ),
        ("M14 soft hyphen", "зара\u00adботок", "заработок", Trick.ZERO_WIDTH),
        ("M14 combining marks", "ка\u0301зи\u0308но\u0302", "казино", Trick.COMBINING),
        (
            "M14 strike-through",
            "к\u0336а\u0336з\u0336и\u0336н\u0336о\u0336",
            "казино",
            Trick.STRIKE,
        ),
        ("M14 letters apart", "к а з и н о тут", "казино тут", Trick.SPACED),
        (
            "M14 letters apart, words by wider gaps",
            "р а б о т а   с е й ч а с",
            "работа сеичас",
            Trick.SPACED,
        ),
        ("M14 dots between letters", "к.а.з.и.н.о", "казино", Trick.DOTTED),
        ("M14 dots between syllables", "за.ра.бо.ток", "заработок", Trick.DOTTED),
        ("M14 middle dots and stars inside a word", "ка·зи*но", "казино", Trick.DOTTED),
        ("M14 digits for letters", "з4раб0ток", "заработок", Trick.LEET),
        ("M14 a digit at the start", "3аработок", "заработок", Trick.LEET),
        ("M14 a sign at the end", "работ@", "работа", Trick.LEET),
        (
            "M14 a digit after a vowel is the other letter",
            "х0чу ха4у 4ас",
            "хочу хачу 4ас",
            Trick.LEET,
        ),
        ("M14 letters for digits", "от 1О.ООО рублей", "от 10.000 рублеи", Trick.HOMOGLYPH),
        ("M14 framed letters", "🅒🅐🅢🅘🅝🅞 Ⓒⓐⓢⓘⓝⓞ", "casino casino", Trick.HOMOGLYPH),
        ("M14 mathematical letters", "𝐜𝐚𝐬𝐢𝐧𝐨", "casino", None),
        ("M14 stretched letters", "приииивет", "привет", Trick.REPEATED),
        ("M15 right-to-left override", "\u202eказино\u202c", "казино", Trick.BIDI),
        ("double letters fold too, without being a trick", "касса", "каса", None),
        ("yo is ye", "Ёлка", "елка", None),
        ("digits are not squeezed", "1000000 руб", "1000000 руб", None),
    ],
)
def test_a_trick_is_undone_and_counted(case, written, folded, trick):
    view = fold(written)
    assert view.folded == folded
    assert set(view.evasion) == ({trick} if trick else set())


@pytest.mark.parametrize(
    ("case", "written"),
    [
        ("abbreviations", "занятия в пн, ср и т.д., т.е. по расписанию"),
        ("one-letter words", "а я и в школе"),
        ("a class", "сын в 5 б классе"),
        ("prices and times", "абонемент 4500 руб, урок в 18.30, 10-15 минут"),
        ("model numbers", "ноутбук i5-12400f и rtx4090"),
        ("foreign words", "скачайте zoom и google docs"),
        ("numbers in a row", "1 2 3 4 5 6 7"),
        ("a date", "встреча 12.05.2026"),
        ("a list of grades", "5 4 5 3 5"),
        ("emoji", "спасибо! ❤️👍🏽👨‍👩‍👧"),
        ("a flag", "🇷🇺 урок"),
    ],
)
def test_ordinary_writing_shows_no_tricks(case, written):
    assert fold(written).evasion == {}


def test_plain_stays_readable_and_loses_what_cannot_be_seen():
    view = fold("При\u200bвет, \u202eЁжик\u202c!  №5 ﬁt")
    assert view.plain == "привет, ёжик!  no5 fit"


@pytest.mark.parametrize("name", EVASIONS)
@pytest.mark.parametrize("sentence", SENTENCES)
def test_an_evasion_leaves_the_compact_view_as_it_was(name, sentence):
    """M14: spacing, dots, twins, leet, marks, alone and together."""
    for seed in range(10):
        written = EVASIONS[name](sentence, random.Random(seed))
        assert fold(written).compact == fold(sentence).compact


@given(st.text(max_size=80))
@settings(max_examples=80, deadline=None)
@example("\ud800")
@example("\x00\u0300")
@example("ﷺ" * 30)
def test_any_text_folds_without_an_error(text):
    view = fold(text)
    assert view.compact == "".join(view.compact.split())


@given(RUSSIAN)
@settings(max_examples=120, deadline=None)
@example("zzж")
def test_folding_twice_is_folding_once(text):
    once = fold(text).folded
    assert fold(once).folded == once


@given(RUSSIAN, st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
@example("zzж", 0)
def test_what_cannot_be_seen_changes_no_view(text, seed):
    """M14 M15: zero-width and direction marks anywhere."""
    chance = random.Random(seed)
    marked = "".join(c + chance.choice(("", "\u200b", "\u202e", "\u2066")) for c in text)
    assert (fold(marked).plain, fold(marked).folded) == (fold(text).plain, fold(text).folded)


def test_a_long_text_is_judged_by_its_ends():
    text = "начало " + "ы " * (FOLD_HEAD + FOLD_TAIL) + " конец"
    view = fold(text)
    assert view.folded.startswith("начало")
    assert view.folded.endswith("конец")
    assert len(view.plain) == FOLD_HEAD + FOLD_TAIL + 1
