"""The evasion-proof form of casefolded text: joined, in one script per word, without leet, squeezed."""

import re
from functools import lru_cache

from moderation.text.codes import BYTES, SIGNS, code_of, members, squeezed, text_of
from moderation.text.glyphs import (
    CYRILLIC_ONLY,
    CYRILLIC_VOWELS,
    LATIN_ONLY,
    LEET_CYRILLIC,
    LEET_LATIN,
    TO_CYRILLIC,
    TO_LATIN,
)
from moderation.text.segment import segmented
from moderation.text.symbols import STAND_IN
from moderation.text.tricks import Tally, Trick

LETTER = r"[^\W\d_]"
# Letters in a row, each alone, before they are taken for one spelled-out word. Source: Russian has chains
# of four one-letter words ("а я и в"), and abbreviations of three ("к.м.н.").
SPACED_LETTERS = 5
DOTTED_LETTERS = 4
# One-letter words and names of school classes; three letters in a row with another among them are no words.
FUNCTION_LETTERS = frozenset("авикосуябжг")
ODD_SPACED_LETTERS = 3
# A message is spread as a whole when it has this many pieces and this share of them is one sign.
SPREAD_LETTERS = 8
SPREAD_SHARE = 0.8
# Dots inside one word: pieces this short are no sentences with a forgotten space.
DOTTED_PIECE = 4
LATIN_LEET_WORD = 5
STRETCHED = 4
# Words remembered; about 2 MB.
WORDS_KEPT = 8192

_SPELLED = re.compile(
    r"(?<![\w@$])[^\W_](?:(?:([ .·•*_\-–—~|/,'`^+=])[\w@$](?![\w@$]))(?:\1[\w@$](?![\w@$]))+)"
)
# A private-use sign, never left in a text to fold: it keeps a spelled-out run apart until its letters are read.
SPELLED_MARK = "\ue000"
_MARKED_RUN = re.compile(f"{SPELLED_MARK}([^\\W\\d_]+){SPELLED_MARK}")
_WIDE_GAP = re.compile(r"\s{2,}")
_MARKED = re.compile(rf"(?<={LETTER})[·•*~`^|¦=+_]+(?={LETTER})")
_DOTTED = re.compile(rf"(?<![\w.]){LETTER}{{1,4}}(?:\.{LETTER}{{1,4}}){{2,}}(?![\w.])")
# Hints are cheap searches that spare a clean message the costly ones.
_MARK_HINT = re.compile(r"[·•*~`^|¦=+_]")
_DOT_HINT = re.compile(r"\.\w{1,4}\.")
_SPELLED_HINT = re.compile(r"\w\W\w\W\w\W\w")
_ODD_LETTER = re.compile(r"[^\x00-\x60\x7b-\x7fа-яё«»—–№₽“”„’•]")
_SIGN_HINT = re.compile(r"[0-9@$€]")
_SIGN_IN_WORD = re.compile(r"[а-я][0-9@$|€]|[0-9@$|€][а-я]")
# Words with their signs, and what stands between them; a word that is not of one script, or holds signs.
_WORDS = re.compile(r"([\w@$|€]+)")
_ODD_WORD = re.compile(r"(?=[а-яё]*[^\Wа-яё_]|[а-яё]*[@$|€])(?=[\d@$|€]*[^\W\d])")
_CYRILLIC_ONLY = re.compile(f"[{CYRILLIC_ONLY}]")
_LATIN_ONLY = re.compile(f"[{LATIN_ONLY}]")
_CYRILLIC = re.compile(r"[а-яёѐ-ӿ]")
_LATIN = re.compile(r"[a-z]")
_FOREIGN = re.compile(r"[^\W\d_а-яa-z]")
_LEET_SIGN = re.compile(r"[0-9@$|€]")
_LEET_RUN = re.compile(
    rf"(?<={LETTER})[0-9@$|€]{{1,2}}(?={LETTER})|^[03469@$](?={LETTER}{{4}})|(?<={LETTER}{{3}})[0-9@$€]$"
)
_LATIN_RUN = re.compile(r"(?<=[a-z])[0-9$€](?=[a-z])")
_NUMBER = re.compile(r"(?<![^\W_])\d[\dоo]*(?:[.,' ][\dоo]{3})*(?![^\W_])")
_NUMBER_HINT = re.compile(r"\d[оo]|\d[.,' ][оo]{3}")
_REPEATED = re.compile(r"(.)\1+")


# The same hints over codes: signs of one script, marks between letters, letters beside signs, one-letter words.
_ONE_SCRIPT = bytes(
    byte for byte in BYTES if SIGNS[byte] == STAND_IN or not _ODD_LETTER.match(SIGNS[byte])
)
_MARKS = bytes(byte for byte in BYTES if _MARK_HINT.match(SIGNS[byte]))
_SHAPE = bytes(
    ord("l")
    if re.match("[а-я]", SIGNS[byte])
    else ord("s")
    if _LEET_SIGN.match(SIGNS[byte])
    else 0x20
    for byte in BYTES
)
_WORDED = bytes(ord("w") if re.match(r"\w", SIGNS[byte]) else 0x20 for byte in BYTES)
_SPELLED_SHAPE = b"w w w w"
_CYRILLIC_CODES, _LATIN_CODES = members(CYRILLIC_ONLY), members(LATIN_ONLY)


ODD, JOINED = 1, 2
"""What coded text may hide: words of several scripts, words written apart."""


def skeleton(text: str, tally: Tally, known: int | None = None) -> str:
    """Reduce casefolded text without marks to its skeleton, adding what was undone to `tally`.

    `known` are the hints of the text, when somebody has asked for them already.
    """
    if known is None or known & JOINED:
        text = _join(text, tally)
        known = None
    if _is_odd(text) if known is None else known & ODD:
        text = _in_one_script(text, tally)
        if _NUMBER_HINT.search(text) is not None:
            text = _NUMBER.sub(lambda number: _digits(number[0], tally), text)
    if SPELLED_MARK in text:
        text = _MARKED_RUN.sub(lambda run: segmented(run[1]), text).replace(SPELLED_MARK, "")
    return " ".join(_squeezed(text, tally).split())


def is_settled(skeleton_text: str) -> bool:
    """Tell whether folding a skeleton again could change nothing; a cheap no is allowed to be wrong."""
    code = code_of(skeleton_text)
    found = ODD | JOINED if code is None else hints(code)
    if found != ODD:
        return not found
    same = _in_one_script(skeleton_text, {}) == skeleton_text
    return same and _NUMBER_HINT.search(skeleton_text) is None


def hints(base: bytes) -> int:
    """Tell what coded base text may hide: `ODD` words, words to be `JOINED`, both or nothing; a yes may be wrong."""
    found = ODD if base.translate(None, _ONE_SCRIPT) else 0
    if not found:
        shape = base.translate(_SHAPE)
        found = ODD if b"ls" in shape or b"sl" in shape else 0
    spelled = (
        len(base.translate(None, _MARKS)) != len(base)
        or _SPELLED_SHAPE in base.translate(_WORDED)
        or (base.count(b".") > 1 and _DOT_HINT.search(text_of(base)) is not None)
    )
    return found | JOINED if spelled else found


def stretches(text: str) -> int:
    """Count the letters written four times or more in a row."""
    tally: Tally = {}
    _REPEATED.sub(lambda run: _squeeze(run, tally), text)
    return tally.get(Trick.REPEATED, 0)


def _is_odd(text: str) -> bool:
    if _ODD_LETTER.search(text) is not None:
        return True
    return _SIGN_HINT.search(text) is not None and _SIGN_IN_WORD.search(text) is not None


def _add(tally: Tally, trick: str, count: int = 1) -> None:
    tally[trick] = tally.get(trick, 0) + count


def _join(text: str, tally: Tally) -> str:
    if _SPELLED_HINT.search(text) is not None:
        text = _despread(text, tally)
        text = _SPELLED.sub(lambda run: _spelled(run, tally), text)
    if _MARK_HINT.search(text) is not None and _MARKED.search(text) is not None:
        text, marks = _MARKED.subn("", text)
        _add(tally, Trick.DOTTED, marks)
    if _DOT_HINT.search(text) is not None:
        text = _DOTTED.sub(lambda run: _dotted(run, tally), text)
    return text


def _despread(text: str, tally: Tally) -> str:
    """Close up a message spelled out as a whole, where wider gaps part the words."""
    words = text.split()
    if len(words) < SPREAD_LETTERS or sum(len(word) == 1 for word in words) < SPREAD_SHARE * len(
        words
    ):
        return text
    wide = _WIDE_GAP.split(text.strip())
    if len(wide) == 1:
        return text
    _add(tally, Trick.SPACED)
    return " ".join("".join(word.split()) for word in wide)


def _spelled(run: re.Match[str], tally: Tally) -> str:
    separator = run[1]
    letters = run[0][::2]
    real = sum(map(str.isalpha, letters))
    least = SPACED_LETTERS if separator == " " else DOTTED_LETTERS
    if separator == " " and not FUNCTION_LETTERS.issuperset(letters):
        least = ODD_SPACED_LETTERS
    if real < least or 2 * real < len(letters):
        return run[0]
    _add(tally, Trick.SPACED if separator == " " else Trick.DOTTED)
    return f"{SPELLED_MARK}{letters}{SPELLED_MARK}"


def _dotted(run: re.Match[str], tally: Tally) -> str:
    _add(tally, Trick.DOTTED)
    return run[0].replace(".", "")


def _home_script(text: str) -> bool:
    """Tell whether the message as a whole is Cyrillic; a tie is, for this is a Russian chat."""
    code = code_of(text)
    if code is None:
        return len(_CYRILLIC_ONLY.findall(text)) >= len(_LATIN_ONLY.findall(text))
    return len(code.translate(None, _CYRILLIC_CODES)) <= len(code.translate(None, _LATIN_CODES))


def _in_one_script(text: str, tally: Tally) -> str:
    """Bring every word to one script; words of a chat repeat, so each is worked out once."""
    home = _home_script(text)
    parts = _WORDS.split(text)
    for place in range(1, len(parts), 2):
        parts[place], undone = _one_script(parts[place], home)
        for trick, count in undone:
            _add(tally, trick, count)
    return "".join(parts)


@lru_cache(WORDS_KEPT)
def _one_script(word: str, cyrillic_home: bool) -> tuple[str, tuple[tuple[str, int], ...]]:  # noqa: FBT001
    """Bring one word to one script; pure. Ordinary words stay as they are."""
    if _ODD_WORD.match(word) is None:
        return word, ()
    tally: Tally = {}
    has_latin = _LATIN.search(word) is not None
    has_foreign = _FOREIGN.search(word) is not None
    has_sign = _LEET_SIGN.search(word) is not None
    cyrillic = _is_cyrillic(word, cyrillic_home=cyrillic_home)
    if has_latin or has_foreign:
        mapped = word.translate(TO_CYRILLIC if cyrillic else TO_LATIN)
        mixed = has_foreign or _CYRILLIC.search(word) is not None
        if mixed and mapped != word:
            _add(tally, Trick.HOMOGLYPH)
        word = mapped
    if has_sign:
        word = _unleet_cyrillic(word, tally) if cyrillic else _unleet_latin(word, tally)
    return word, tuple(tally.items())


def _is_cyrillic(word: str, *, cyrillic_home: bool) -> bool:
    """Decide by the letters that belong to one script only; then by any Cyrillic letter; then by the message."""
    cyrillic = len(_CYRILLIC_ONLY.findall(word))
    latin = len(_LATIN_ONLY.findall(word))
    if cyrillic != latin:
        return cyrillic > latin
    if cyrillic:
        return cyrillic_home
    return _CYRILLIC.search(word) is not None or cyrillic_home


def _unleet_cyrillic(word: str, tally: Tally) -> str:
    def read(run: re.Match[str]) -> str:
        letters = []
        before = word[run.start() - 1] if run.start() else ""
        after = word[run.end()] if run.end() < len(word) else ""
        for sign in run[0]:
            after_vowel = before in CYRILLIC_VOWELS if before else after in CYRILLIC_VOWELS
            letters.append(LEET_CYRILLIC[sign][after_vowel] if sign in LEET_CYRILLIC else sign)
            before = letters[-1]
        return "".join(letters)

    mapped, count = _LEET_RUN.subn(read, word)
    if count:
        _add(tally, Trick.LEET, count)
    return mapped


def _unleet_latin(word: str, tally: Tally) -> str:
    if len(word) < LATIN_LEET_WORD:
        return word
    mapped, count = _LATIN_RUN.subn(lambda run: run[0].translate(LEET_LATIN), word)
    if count:
        _add(tally, Trick.LEET, count)
    return mapped


def _digits(number: str, tally: Tally) -> str:
    mapped = number.replace("о", "0").replace("o", "0")
    if mapped != number:
        _add(tally, Trick.HOMOGLYPH)
    return mapped


def _squeezed(text: str, tally: Tally) -> str:
    code = code_of(text)
    if code is None:
        return _REPEATED.sub(lambda run: _squeeze(run, tally), text)
    bare, stretched = squeezed(code)
    if stretched:
        _add(tally, Trick.REPEATED, stretches(text))
    return text if bare is code else text_of(bare)


def _squeeze(run: re.Match[str], tally: Tally) -> str:
    if not run[1].isalpha():
        return run[0]
    if len(run[0]) >= STRETCHED:
        _add(tally, Trick.REPEATED)
    return run[1]
