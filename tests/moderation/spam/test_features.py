"""Features: hashing in lanes equals hashing piece by piece; the coded text is bounded and says what matters."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from moderation.spam.features import BUCKETS, HEAD, TAIL, buckets, coded
from moderation.text.fold import fold

FACTORS = {4: (0x2545F4914F, 0x5851F42D4D), 6: (0x369DEA0F31, 0x4F1BBCDCBF)}


def one_by_one(text: bytes) -> list[set[int]]:
    padded = b" " + text + bytes(8)
    found: list[set[int]] = [set(), set(), set()]
    for start in range(len(text) + 1):
        found[0].add(int.from_bytes(padded[start : start + 2], "little"))
        for place, (order, (one, two)) in enumerate(FACTORS.items(), 1):
            piece = int.from_bytes(padded[start : start + order], "little")
            found[place].add((piece % (1 << 24) * one + (piece >> 24) * two >> 24) % BUCKETS)
    return found


@given(st.binary(max_size=60))
@settings(max_examples=80, deadline=None)
@example(b"")
@example(b"a" * (HEAD + TAIL))
@example(b"\xff" * (HEAD + TAIL))
def test_lanes_hash_like_single_pieces(text):
    assert buckets(text) == one_by_one(text)


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
