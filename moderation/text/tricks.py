"""The ways of hiding a word from a filter."""

from enum import StrEnum

# How many places each trick was undone in.
Tally = dict[str, int]


class Trick(StrEnum):
    """A way of hiding a word from a filter; the values are keys of `Folded.evasion`."""

    ZERO_WIDTH = "zero_width"
    BIDI = "bidi"
    COMBINING = "combining"
    STRIKE = "strike"
    HOMOGLYPH = "homoglyph"
    LEET = "leet"
    SPACED = "spaced"
    DOTTED = "dotted"
    REPEATED = "repeated"
