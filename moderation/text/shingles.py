"""Fingerprints of texts: near duplicates share most of theirs, whatever the spelling tricks.

A fingerprint is a one-permutation MinHash of overlapping pieces of the compact view: every piece is hashed once and
the least hash of each bin is kept, so the cost is one pass. Two fingerprints are compared bin by bin.
"""

from zlib import crc32

# Letters in a piece: about one Russian word. Source: bench/spam_quality.py, groups of spam_ru_train.
PIECE = 6
BINS = 32
# Characters looked at; half from each end of longer texts.
LONGEST = 600
EMPTY = 0xFFFFFFFF

Fingerprint = tuple[int, ...]
"""`BINS` unsigned 32-bit numbers; `EMPTY` in a bin no piece fell into."""


def fingerprint(compact: str) -> Fingerprint:
    """Fingerprint a compact view (`Folded.compact`); short texts have few filled bins."""
    if len(compact) > LONGEST:
        compact = compact[: LONGEST // 2] + compact[-LONGEST // 2 :]
    letters = compact.encode("utf-16-le", "surrogatepass")
    width = 2 * PIECE
    bins = [EMPTY] * BINS
    for start in range(0, max(len(letters) - width, 0) + 1, 2):
        code = crc32(letters[start : start + width])
        place = code % BINS
        if code < bins[place]:
            bins[place] = code
    return tuple(bins)


def likeness(one: Fingerprint, two: Fingerprint) -> float:
    """Estimate the share of pieces two texts have in common, 0..1 (Jaccard); 0 for two empty ones."""
    filled = same = 0
    for left, right in zip(one, two, strict=True):
        if left != EMPTY or right != EMPTY:
            filled += 1
            same += left == right
    return same / filled if filled else 0.0
