"""Fingerprints: near duplicates are alike, strangers are not."""

from moderation.text.fold import fold
from moderation.text.segment import segmented
from moderation.text.shingles import KEPT, Fingerprint, fingerprint, likeness

OFFER = "Ищем сотрудников на удалённую работу, оплата каждый день, опыт не нужен, пишите в личные сообщения"


def mark(text: str) -> Fingerprint:
    return fingerprint(fold(text).compact)


def test_a_copy_with_other_numbers_and_tricks_is_alike():
    copy = OFFER.replace("работу", "р а б о т у").replace("о", "o") + " 77"
    assert likeness(mark(OFFER), mark(copy)) > 0.8


def test_strangers_share_nothing():
    assert (
        likeness(mark(OFFER), mark("Спасибо учителю за интересный урок, ребёнок в восторге")) < 0.1
    )


def test_a_fingerprint_is_bounded_and_ordered():
    one = mark(OFFER * 50)
    assert len(one) == KEPT
    assert list(one) == sorted(one)


def test_an_empty_text_is_like_nothing():
    assert likeness(mark(""), mark("")) == 0.0


def test_run_together_letters_are_parted_into_known_words():
    assert segmented("работанадому") == "работа на дому"


def test_letters_of_no_word_stay_together():
    assert segmented("щзхъфц") == "щзхъфц"
