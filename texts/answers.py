"""Check ready answers (`content/faq/*.yaml`): ids, questions, ages, markup and promises, with file and line."""

from __future__ import annotations

from pathlib import Path

from core.cohorts import Cohort
from texts.field_read import Reader
from texts.markup import MESSAGE_LIMIT, html_problems, utf16_length, visible
from texts.pack_lints import promises
from texts.yaml_lines import Fields, Problem, read

_HEAD = ("format", "language", "topic", "entries")
_ENTRY = ("id", "questions", "keywords", "answer", "cohorts")


def check_answers(folder: Path) -> list[Problem]:
    """List everything wrong with the ready answers."""
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        head, faults = read(path, path.name)
        reader = Reader(path.name, faults)
        if not faults:
            reader.known_only(head, _HEAD)
            reader.one_of(head, "language", ("ru", "en"))
            for fields in reader.mappings(head, "entries"):
                _check_entry(reader, fields, seen)
        problems += reader.problems
    return problems


def _check_entry(reader: Reader, fields: Fields, seen: dict[str, str]) -> None:
    reader.known_only(fields, _ENTRY)
    key = reader.text(fields, "id", required=True)
    if seen.setdefault(key, f"{reader.file}:{fields.line}") != f"{reader.file}:{fields.line}":
        reader.fault(fields, "id", f"{key} is already in {seen[key]}", "an id of its own")
    if not reader.words(fields, "questions"):
        reader.fault(fields, "questions", "no questions", "ways parents ask it")
    reader.several(fields, "cohorts", Cohort)
    answer = reader.text(fields, "answer", required=True)
    for problem in html_problems(answer):
        reader.fault(fields, "answer", problem, "Telegram HTML")
    if utf16_length(visible(answer)) > MESSAGE_LIMIT:
        reader.fault(fields, "answer", "too long", f"at most {MESSAGE_LIMIT} UTF-16 units")
    for what, allowed in promises(answer):
        reader.fault(fields, "answer", what, allowed)
