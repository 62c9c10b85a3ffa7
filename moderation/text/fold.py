"""One message, two views: what a person reads and the skeleton no spelling trick survives.

`plain` is for quoting and for rules that need real spelling; `folded` is for matching. Both drop what the
eye cannot see. Folding is deterministic, knows no language model and bounds its work for long texts.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from moderation.text.codes import BYTES, SIGNS, code_of, squeezed, table, text_of
from moderation.text.lazy import lazy
from moderation.text.skeleton import hints, is_settled, skeleton, stretches
from moderation.text.symbols import STAND_IN, put_back, set_aside
from moderation.text.tricks import Tally, Trick

# Characters. Longer texts are judged by their head and tail: advertising stands at the ends.
# Source: twice Telegram's 4096-unit message, so that no ordinary message is ever cut.
FOLD_HEAD = 6144
FOLD_TAIL = 2048
FIXED_POINT_ROUNDS = 4


NO_EVASION: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True)
class Folded:
    """Two views of one text and the tricks found on the way.

    `evasion` maps a `Trick` value to how many places it was undone in; a clean text has none. It is
    evidence only: harmless people write emoji, stretched vowels and model numbers too.
    """

    plain: str
    folded: str
    evasion: Mapping[str, int] = field(default_factory=lambda: NO_EVASION)

    @lazy
    def code(self) -> bytes | None:
        """Code `folded`, signs outside words by their stand-in; None when it holds a letter the code page lacks."""
        return code_of(self.folded)

    @lazy
    def compact(self) -> str:
        """Letters and digits only, no gaps: the view in which spacing a word out changes nothing."""
        if self.code is None:
            return _SQUEEZE.sub(r"\1", _GAPS.sub("", self.folded))
        return text_of(squeezed(self.code.translate(None, _NO_WORD))[0])


_SQUEEZE = re.compile(r"([^\W\d_])\1+")
_GAPS = re.compile(r"[\W_]+")
_NO_WORD = bytes(byte for byte in BYTES if _GAPS.match(SIGNS[byte]))
# What needs no Unicode work: ASCII, Russian letters, the punctuation of Russian keyboards.
_UNUSUAL = re.compile(r"[^\t-\r\x20-\x7fА-Яа-яёЁ«»—–№₽“”„’•]")
_USUAL = bytes(byte for byte in BYTES if not _UNUSUAL.match(SIGNS[byte]))
_USUAL_OR_SIGN = _USUAL + STAND_IN.encode("cp1251")
# What joins and colours emoji. Inside a word it hides something, and the text is looked at thoroughly.
_JOINERS = re.compile(r"(?<!\w)[\u200d\ufe0f]|[\u200d\ufe0f](?!\w)")
_BASE = table(
    {sign: sign.lower().replace("ё", "е").replace("й", "и") for sign in SIGNS if sign.isalpha()}
)
_STRIKES = frozenset("\u0332\u0333\u0334\u0335\u0336\u0337\u0338\u20d2\u20d3\u20e5\u20e6\u20eb")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def fold(text: str) -> Folded:
    """Fold a text of any length and any characters; never raises."""
    if len(text) > FOLD_HEAD + FOLD_TAIL:
        text = f"{text[:FOLD_HEAD]}\n{text[-FOLD_TAIL:]}"
    code = code_of(text)
    if code is not None and not code.translate(None, _USUAL):
        return _simply(text, code, [])
    bare, signs = set_aside(_JOINERS.sub("", text) if _JOINERS.search(text) is not None else text)
    code = code_of(bare)
    if code is not None and not code.translate(None, _USUAL_OR_SIGN if signs else _USUAL):
        return _simply(bare, code, signs)
    return _thoroughly(text)


def _simply(text: str, code: bytes, signs: list[str]) -> Folded:
    """Fold a text of ordinary letters, its `signs` set aside."""
    base = code.translate(_BASE)
    found = hints(base)
    if not found:
        return _plainly(text, base, signs)
    tally: Tally = {}
    view = _settled(text.lower(), skeleton(text_of(base), tally, found), tally)
    return _with_signs(view, signs) if signs else view


def _plainly(text: str, base: bytes, signs: list[str]) -> Folded:
    """Fold a text that hides nothing: only doubled letters and gaps are left to close up."""
    bare, stretched = squeezed(base)
    bare = b" ".join(bare.split())
    evasion: Mapping[str, int] = NO_EVASION
    if stretched:
        evasion = MappingProxyType({Trick.REPEATED: stretches(text_of(base))})
    view = Folded(text.lower(), text_of(bare), evasion)
    view.__dict__["code"] = bare
    return _with_signs(view, signs) if signs else view


def _with_signs(view: Folded, signs: list[str]) -> Folded:
    """Put the signs back into both views; the code keeps their stand-ins."""
    whole = Folded(put_back(view.plain, signs), put_back(view.folded, signs), view.evasion)
    whole.__dict__["code"] = view.code
    return whole


def _thoroughly(text: str) -> Folded:
    tally: Tally = {}
    if _UNUSUAL.search(text) is None:
        plain = text.casefold()
        base = plain.replace("ё", "е").replace("й", "и")
    else:
        plain, base = _unusual_views(text, tally)
    return _settled(plain, skeleton(base, tally), tally)


def _settled(plain: str, folded: str, tally: Tally) -> Folded:
    """Fold what came out again, until nothing is left to undo."""
    rounds = FIXED_POINT_ROUNDS
    while rounds and not is_settled(folded) and (again := skeleton(folded, {})) != folded:
        folded, rounds = again, rounds - 1
    return Folded(plain, folded, MappingProxyType(tally) if tally else NO_EVASION)


def _unusual_views(text: str, tally: Tally) -> tuple[str, str]:
    """Undo what Unicode hides; count it where it stands inside a word."""
    visible = text
    if _HIDDEN.search(text) is not None:
        visible = _HIDDEN.sub("", text)
        _count_hidden(text, tally)
    plain = unicodedata.normalize("NFKC", visible).casefold()
    bare = _MARK.sub("", unicodedata.normalize("NFKD", plain)).casefold()
    if _MARK.search(visible) is not None:
        _count_marks(visible, tally)
    enclosed = len(_ENCLOSED.findall(visible))
    if enclosed:
        tally[Trick.HOMOGLYPH] = enclosed
        bare = bare.translate(_UNFRAMED)
    return plain, bare


def _count_marks(visible: str, tally: Tally) -> None:
    """Count marks on letters; those that make an ordinary letter with it (й) are no trick."""
    strikes = sum(map(visible.count, _STRIKES))
    marks = len(_STACKED.findall(unicodedata.normalize("NFC", visible))) - strikes
    if strikes:
        tally[Trick.STRIKE] = strikes
    if marks > 0:
        tally[Trick.COMBINING] = marks


def _count_hidden(text: str, tally: Tally) -> None:
    bidi = sum(map(text.count, _BIDI))
    inside = sum(len(run) for run in _INSIDE_WORD.findall(text)) if len(text) > 1 else 0
    if bidi:
        tally[Trick.BIDI] = bidi
    if inside > bidi:
        tally[Trick.ZERO_WIDTH] = inside - bidi


_ENCLOSED = re.compile(
    "[\u24b6-\u24e9\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189]"
)
_UNFRAMED = {
    first + place: chr(ord("a") + place) for first in (0x1F150, 0x1F170) for place in range(26)
}
# Combining marks of the alphabets met in chats, and those meant for any letter.
_MARK = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4"
    "\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u093c\u094d\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ufe20-\ufe2f]"
)
# Format and control characters, blanks that pass for letters, variation selectors, surrogates and private use.
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\ue000-\uf8ff"
    "\U0001bca0-\U0001bca3\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
_HIDDEN_CLASS = "\u00ad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
_INSIDE_WORD = re.compile(rf"(?<=\w)[{_HIDDEN_CLASS}]+(?=\w)")
_STACKED = re.compile(
    r"(?<=[^\W\d_])[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
