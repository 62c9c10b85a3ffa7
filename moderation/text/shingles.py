"""Fingerprints of texts: near duplicates share most of theirs, whatever the spelling tricks.

A fingerprint is a bottom-k MinHash: overlapping eight-letter pieces of the compact view are hashed by a prime and the
smallest numbers kept, in order. The share two texts have in common is estimated from the smallest numbers of both.
"""

from itertools import repeat
from operator import mod

# Numbers kept. Source: the error of the estimate is about 1/sqrt(k), 0.18 here, enough to tell copies from talk.
KEPT = 32
# Letters in a piece: a Russian word and the beginning of the next.
PIECE = 8
# Characters looked at; half from each end of longer texts.
LONGEST = 600
PRIME = 4_294_967_291

Fingerprint = tuple[int, ...]
"""At most `KEPT` increasing numbers below `PRIME`; empty for a text without letters and digits."""


def fingerprint(compact: str) -> Fingerprint:
    """Fingerprint a compact view (`Folded.compact`)."""
    if len(compact) > LONGEST:
        compact = compact[: LONGEST // 2] + compact[-LONGEST // 2 :]
    letters = compact.encode("cp1251", "replace")
    if not letters:
        return ()
    starts = max(len(letters) - PIECE, 0) + 1
    steps = starts // PIECE + 1
    view = memoryview(letters + bytes(2 * PIECE))
    numbers: list[int] = []
    for start in range(min(PIECE, starts)):
        inside = (starts - start + PIECE - 1) // PIECE
        numbers += view[start : start + PIECE * min(inside, steps)].cast("Q")
    return tuple(sorted(set(map(mod, numbers, repeat(PRIME))))[:KEPT])


def likeness(one: Fingerprint, two: Fingerprint) -> float:
    """Estimate the share of pieces two texts have in common, 0..1 (Jaccard); 0 for an empty one."""
    if not one or not two:
        return 0.0
    first, second = set(one), set(two)
    smallest = sorted(first | second)[:KEPT]
    return len(first.intersection(second, smallest)) / len(smallest)
