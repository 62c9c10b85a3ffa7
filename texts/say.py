"""Say a text by its key: `texts.say("ru", "start-hello", school="Опора")` is Telegram HTML.

Words live in `texts/locale/<language>/<area>.ftl`. A missing key or fact is an error at once, so a half-filled
sentence never reaches a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.numbers import format_decimal
from fluent.runtime.resolver import CurrentEnvironment, ResolverEnvironment
from fluent.runtime.types import FluentType
from typing_extensions import override

from texts import dates
from texts.bundles import AreaBundle
from texts.catalogue import FALLBACK, LOCALES
from texts.keys import Key
from texts.markup import Markup, escape, visible

Fact = str | int | Decimal | date | datetime
_LONGEST_FACT = 2500
"""Characters; Fluent refuses a longer bare string (its MAX_PART_LENGTH)."""


class MissingText(Exception):  # noqa: N818 - it says what is missing
    """A key or a fact is missing: a defect of the program, never an answer to a person."""


class _Number(int, FluentType):
    """An integer that plural selectors understand and that prints with digit groups."""

    @override
    def format(self, locale: Locale) -> str:
        return _grouped(int(self), str(locale))


@lru_cache(maxsize=4096)
def _grouped(number: int | Decimal, lang: str) -> str:
    return str(format_decimal(number, locale=lang))


def _as_fluent(fact: Fact, lang: str) -> str | FluentType:
    match fact:
        case str():
            return fact if isinstance(fact, Markup) else escape(fact)
        case int():
            return _Number(fact)
        case Decimal():
            return _grouped(fact, lang)
        case datetime():
            return dates.moment(fact, lang)
        case date():
            return dates.day(fact, lang)


@dataclass(frozen=True, slots=True)
class Texts:
    """All words of the product, each compiled once. Safe to share between tasks."""

    bundles: Mapping[str, AreaBundle]

    @classmethod
    def load(cls, folder: Path = LOCALES) -> Texts:
        """Find the words of every language in `folder`. A key in two files is a ValueError.

        An area is parsed when its first text is said; the house tests parse every file.
        """
        languages = sorted(path.name for path in folder.iterdir() if path.is_dir())
        return cls({lang: AreaBundle(folder, lang) for lang in languages})

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages there are words for."""
        return tuple(self.bundles)

    def language(self, wanted: str | None) -> str:
        """Choose the language to speak: the wanted one or its base (`en-GB` is `en`), else Russian."""
        if wanted is None or wanted in self.bundles:
            return wanted or FALLBACK
        base = wanted.replace("_", "-").split("-", 1)[0].lower()
        return base if base in self.bundles else FALLBACK

    def has(self, lang: str, key: str) -> bool:
        """Tell whether there are words for a key built from data (a refusal code, a rule name)."""
        return self.bundles[self.language(lang)].has_message(key)

    def say(self, lang: str, key: Key, **facts: Fact) -> Markup:
        """Write a text as Telegram HTML.

        String facts are escaped unless they are `Markup`; whole numbers choose plurals and get digit groups (give
        years and ids as strings); a datetime must stand in the reader's zone. MissingText: no such key or fact.
        """
        return self.say_by_name(lang, key, facts)

    def plain(self, lang: str, key: Key, **facts: Fact) -> str:
        """Write a text without markup: button labels, callback alerts, command descriptions, file names."""
        return visible(self.say_by_name(lang, key, facts))

    def say_by_name(self, lang: str, key: str, facts: Mapping[str, Any]) -> Markup:
        """Write a text whose key comes from data, as `say` does."""
        lang = self.language(lang)
        bundle = self.bundles[lang]
        try:
            pattern = bundle.get_message(key).value
        except LookupError:
            raise MissingText(f"{lang}: no text {key}") from None
        given = {name: _as_fluent(fact, lang) for name, fact in facts.items()}
        long = _set_aside(given)
        env = ResolverEnvironment(context=bundle, current=CurrentEnvironment(args=given), errors=[])
        words = str(pattern(env))
        if env.errors:
            raise MissingText(f"{lang}: {key}: {'; '.join(str(error) for error in env.errors)}")
        for stand_in, fact in long.items():
            words = words.replace(stand_in, fact)
        return Markup(words)

    def refusal(self, lang: str, code: str, facts: Mapping[str, Any] | None = None) -> Markup:
        """Find the words for a `Refusal` (`roles.denied` is `refusal-roles-denied`), else the general answer."""
        key = "refusal-" + code.replace(".", "-").replace("_", "-")
        try:
            return self.say_by_name(lang, key, facts or {})
        except MissingText:
            return self.say_by_name(lang, "refusal-unknown", {})


def _set_aside(given: dict[str, str | FluentType]) -> dict[str, str]:
    """Put a short stand-in (private-use letters) for every fact Fluent would refuse for its length."""
    long = {}
    for name, fact in given.items():
        if isinstance(fact, str) and len(fact) > _LONGEST_FACT:
            long[f"\ue000{name}\ue001"] = fact
            given[name] = f"\ue000{name}\ue001"
    return long
