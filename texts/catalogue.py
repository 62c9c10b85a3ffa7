"""What the Fluent files hold: keys by area, the facts each text needs, and files read with their faults named."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from fluent.syntax import FluentParser, ast

LOCALES = Path(__file__).parent / "locale"
FALLBACK = "ru"
"""The language of the school; what is asked for in an unknown language is said in it."""


def read_language(folder: Path, lang: str) -> dict[str, ast.Resource]:
    """Read `folder/lang/*.ftl` as area -> resource. A syntax fault or a key written twice is a ValueError."""
    seen: dict[str, str] = {}
    areas: dict[str, ast.Resource] = {}
    for path in sorted((folder / lang).glob("*.ftl")):
        source = path.read_text(encoding="utf-8")
        resource = _parsed(source)
        for entry in resource.body:
            _refuse_junk(entry, path, source)
            name = _name(entry)
            if name is None:
                continue
            if name in seen:
                raise ValueError(f"{path.name}: {name} is already in {seen[name]}")
            seen[name] = path.name
        areas[path.stem] = resource
    return areas


@lru_cache(maxsize=128)
def _parsed(source: str) -> ast.Resource:
    """Parse a file; the house tests and the generator read each several times."""
    return FluentParser(with_spans=True).parse(source)


def keys_by_area(folder: Path = LOCALES, lang: str = FALLBACK) -> dict[str, list[str]]:
    """List the keys of every area, in the order of the files."""
    return {
        area: [entry.id.name for entry in resource.body if isinstance(entry, ast.Message)]
        for area, resource in read_language(folder, lang).items()
    }


def facts_needed(folder: Path, lang: str) -> dict[str, frozenset[str]]:
    """Map every key to the facts its text asks for, also through other texts it refers to."""
    messages = {
        entry.id.name: entry
        for resource in read_language(folder, lang).values()
        for entry in resource.body
        if isinstance(entry, ast.Message)
    }
    return {key: frozenset(_facts(message, messages)) for key, message in messages.items()}


def _facts(message: ast.Message, messages: dict[str, ast.Message]) -> Iterator[str]:
    for node in walk(message):
        if isinstance(node, ast.VariableReference):
            yield node.id.name
        elif isinstance(node, ast.MessageReference) and node.id.name in messages:
            yield from _facts(messages[node.id.name], messages)


def walk(node: object) -> Iterator[object]:
    """Yield a syntax node and everything below it."""
    yield node
    if isinstance(node, ast.BaseNode):
        for value in vars(node).values():
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.BaseNode):
                    yield from walk(child)


def _name(entry: ast.EntryType) -> str | None:
    match entry:
        case ast.Message():
            return entry.id.name
        case ast.Term():
            return f"-{entry.id.name}"
        case _:
            return None


def _refuse_junk(entry: ast.EntryType, path: Path, source: str) -> None:
    if not isinstance(entry, ast.Junk):
        return
    line = source.count("\n", 0, entry.span.start if entry.span else 0) + 1
    fault = entry.annotations[0].message if entry.annotations else "not Fluent"
    raise ValueError(f"{path.name}:{line}: {fault}")
