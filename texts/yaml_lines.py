"""YAML as people write it, with the line of every field, so that a fault can be shown where it stands.

Unlike plain YAML 1.1, `18:00` and `08-20` stay words (not minutes and dates) and only `true` and `false` are switches.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from typing_extensions import override

SAFE_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's loader where it is built in: ten times quicker."""
_TAG = "tag:yaml.org,2002:"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in a content file. `line` counts from 1; `allowed` says what would be right."""

    file: str
    line: int
    what: str
    allowed: str = ""

    @override
    def __str__(self) -> str:
        hint = f" ({self.allowed})" if self.allowed else ""
        return f"{self.file}:{self.line}: {self.what}{hint}"


class Fields(dict[str, Any]):
    """A mapping that knows where it began (`line`) and on which line each key stands (`lines`)."""

    line: int = 1

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, int] = {}

    def at(self, key: str) -> int:
        """Line of a key; of the mapping itself when the key is missing."""
        return self.lines.get(key, self.line)


class _Loader(SAFE_LOADER):  # type: ignore[valid-type, misc]
    """A safe loader with few implicit types and with lines."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own class attribute

    def fields(self, node: yaml.MappingNode) -> Fields:
        found = Fields()
        found.line = node.start_mark.line + 1
        for key_node, value_node in node.value:
            key = str(self.construct_object(key_node, deep=True))
            line = key_node.start_mark.line + 1
            if key in found:
                raise yaml.MarkedYAMLError(
                    problem=f"{key} is written twice", problem_mark=key_node.start_mark
                )
            found[key] = self.construct_object(value_node, deep=True)
            found.lines[key] = line
        return found


_Loader.add_constructor(f"{_TAG}map", _Loader.fields)
_Loader.add_implicit_resolver(f"{_TAG}int", re.compile(r"^-?(?:0|[1-9]\d*)$"), list("-0123456789"))
_Loader.add_implicit_resolver(f"{_TAG}float", re.compile(r"^-?\d+\.\d+$"), list("-0123456789"))
_Loader.add_implicit_resolver(f"{_TAG}bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver(f"{_TAG}null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""])


def read(path: Path, name: str) -> tuple[Fields, list[Problem]]:
    """Read one file. A file YAML cannot read gives empty fields and the problem with its line."""
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a SafeLoader
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        return Fields(), [Problem(name, mark.line + 1 if mark else 1, f"not YAML: {fault.problem}")]
    if not isinstance(found, Fields):
        return Fields(), [Problem(name, 1, "the file holds no fields", "begin with `format: 1`")]
    return found, []
