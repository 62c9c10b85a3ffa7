"""Features: what a word holds and what neighbours say together; the coded text is bounded and says what matters."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderation.spam.features import (
    BUCKETS,
    EDGE,
    HALF,
    HEAD,
    TAIL,
    coded,
    ends,
    inside,
    meeting_buckets,
    meetings,
    word_bucket,
    words_of,
)
from moderation.text.fold import fold


def met(text: str) -> set[int]:
    words = words_of(text.encode("cp1251"))
    heads, tails = zip(*map(ends, words), strict=True)
    return meetings(words, heads[1:], tails)


@given(st.text("абвгд 0?", max_size=60))
@settings(max_examples=60, deadline=None)
def test_every_bucket_is_inside_its_half(text):
    words = words_of(coded(fold(text)))
    assert all(0 <= bucket < HALF for word in words for bucket in inside(word))
    outer = [*map(word_bucket, words), *meeting_buckets(met(text))]
    assert all(HALF <= bucket < BUCKETS for bucket in outer)


def test_a_text_stands_between_its_edges():
    assert words_of(b"") == [EDGE, EDGE]
    assert words_of("да нет".encode("cp1251"))[0] == EDGE


def test_neighbours_meet_in_their_order():
    assert met("жду в лс") != met("в жду лс")
    shared = met("пишите мне скорее") & met("пишите нам скорее")
    assert len(met("пишите мне")) > len(shared) > 0


@pytest.mark.parametrize(
    ("case", "one", "two"),
    [
        ("thousands", "плачу 5к", "плачу 5 000"),
        ("thousands in words", "плачу 5 тыс.", "плачу 5.000"),
        ("any digits", "плачу 5000", "плачу 7300"),
        ("gaps and signs", "плачу,  сразу", "плачу - сразу"),
        ("other scripts are one sign each", "你好", "再见"),
    ],
)
def test_what_reads_alike_is_coded_alike(case, one, two):
    assert coded(fold(one)) == coded(fold(two))


@pytest.mark.parametrize("text", ["слово " * 2000, "5к " * 2000, "я" * 9000])
def test_a_coded_text_is_bounded(text):
    assert len(coded(fold(text))) <= HEAD + TAIL
