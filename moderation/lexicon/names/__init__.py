"""First names of children and their case forms."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "first.txt"
_CLASSES = Path(__file__).parent / "classes.txt"

COMMON_WORDS = frozenset(
    [
        "люди",
        "людей",
        "людям",
        "людях",
        "людьми",
        "людим",
        "тема",
        "темы",
        "теме",
        "тему",
        "темой",
        "любой",
        "любы",
        "любе",
        "ради",
        "алле",
        "вера",
        "веры",
        "вере",
        "веру",
        "верой",
        "надежда",
        "надежды",
        "надежде",
        "надежду",
        "надеждой",
        "любовь",
        "любви",
        "любовью",
        "роман",
        "романа",
        "роману",
        "романом",
        "романе",
        "романы",
        "лев",
        "льва",
        "льву",
        "слава",
        "славы",
        "славе",
        "славу",
        "славой",
        "света",
        "свете",
        "мила",
        "мир",
        "мира",
        "миру",
        "миром",
        "мире",
        "роза",
        "розы",
        "розе",
        "розу",
        "розой",
        "марка",
        "марке",
        "марку",
        "марки",
        "марту",
        "марта",
        "марте",
        "марты",
        "злата",
        "лада",
        "рада",
        "рады",
        "раде",
        "раду",
        "юна",
        "полю",
        "поля",
        "поле",
        "поли",
        "полей",
        "лина",
        "карим",
        "клим",
        "лука",
        "луки",
        "луку",
        "лукой",
        "луке",
        "майя",
        "мая",
        "макса",
        "ас",
        "асе",
        "тая",
        "сев",
        "севе",
        "сева",
        "севу",
        "яна",
        "ян",
        "леи",
        "лее",
        "дина",
        "дине",
        "нина",
        "ника",
        "марка",
        "уля",
        "гене",
        "гена",
        "гену",
        "герман",
        "шура",
        "шуры",
        "сима",
        "рады",
        "валя",
        "вали",
        "валим",
        "лада",
        "лады",
        "ладе",
        "эля",
        "эль",
        "ева",
        "еве",
        "макар",
        "даная",
        "дарина",
        "стас",
        "стаса",
        "карен",
        "зоя",
        "инга",
        "юре",
        "юра",
    ]
)
"""Forms that are ordinary words (or too short to trust) in lower case: only a capital letter makes them names."""


def class_words() -> Iterator[tuple[str, str]]:
    """Yield (class, word) of the words that stand around names."""
    for line in _CLASSES.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            letter, _, words = line.partition(":")
            for word in words.split():
                yield letter, word


@cache
def forms() -> dict[str, bool]:
    """Map every form in lower case without ё to True when it is a nominative.

    A form that is both (a woman's name and the genitive of a man's) counts as nominative.
    """
    found: dict[str, bool] = {}
    for name in names():
        for form in decline(name):
            found.setdefault(form, False)
        found[name] = True
    return found


@cache
def names() -> frozenset[str]:
    """List the names in lower case without ё."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    words = (word for line in lines if not line.startswith("#") for word in line.split())
    return frozenset(word.lower().replace("ё", "е") for word in words)


_ENDINGS = (
    ("ия", 1, ("и", "ю", "ей")),
    ("а", 1, ("ы", "и", "е", "у", "ой", "ою", "ей")),
    ("я", 1, ("и", "е", "ю", "ей", "ею")),
    ("й", 1, ("я", "ю", "ем", "е", "и")),
    ("ь", 1, ("я", "ю", "ем", "е", "и")),
    ("ок", 2, ("ка", "ку", "ком", "ке")),
    ("ек", 2, ("ька", "ьку", "ьком", "ьке")),
    ("", 0, ("а", "у", "ом", "е", "ем")),
)
_IRREGULAR = {"лев": "льв", "павел": "павл"}


def decline(name: str) -> list[str]:
    """Make the case forms of a name in lower case; a wrong extra form costs nothing."""
    if name == "любовь":
        return ["любови", "любовью"]
    stem = _IRREGULAR.get(name, name)
    for ending, cut, forms_of in _ENDINGS:
        if stem.endswith(ending):
            base = stem[: len(stem) - cut]
            return [base + form for form in forms_of]
    return []
