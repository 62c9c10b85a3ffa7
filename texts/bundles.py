"""Fluent bundles that parse an area when its first text is asked for: parsing everything costs half a second."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser
from typing_extensions import override

_KEY = re.compile(r"^([a-zA-Z][\w-]*) *=", re.MULTILINE)


class AreaBundle(FluentBundle):
    """One language. A text may refer to other texts of its own area only.

    Plural categories are remembered: Babel works each out in decimals, three times slower than the rest together.
    """

    def __init__(self, folder: Path, lang: str) -> None:
        super().__init__([lang], use_isolating=False)
        self._plural_form = lru_cache(maxsize=4096)(self._plural_form)
        self._areas = _keys(folder / lang)

    @override
    def has_message(self, message_id: str) -> bool:
        return message_id in self._areas

    @override
    def get_message(self, message_id: str) -> Any:
        """Find a text, parsing its area if need be. LookupError: there is none."""
        if message_id not in self._messages and message_id in self._areas:
            source = self._areas[message_id].read_text(encoding="utf-8")
            self.add_resource(FluentParser(with_spans=False).parse(source))
        return super().get_message(message_id)


def _keys(folder: Path) -> dict[str, Path]:
    """Map keys to their files. ValueError: a key stands in two files."""
    found: dict[str, Path] = {}
    for path in sorted(folder.glob("*.ftl")):
        for key in _KEY.findall(path.read_text(encoding="utf-8")):
            if found.setdefault(key, path) != path:
                raise ValueError(f"{path.name}: {key} is already in {found[key].name}")
    return found
