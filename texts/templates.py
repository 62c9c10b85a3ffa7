"""Ready words for staff (`content/templates/*.yaml`): found by id, filled by hand, never sent half-filled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from texts.field_read import Reader
from texts.markup import Markup, escape, html_problems
from texts.packs import CONTENT, ContentError
from texts.yaml_lines import Fields, Problem, read

TEMPLATES = CONTENT / "templates"
AUDIENCES = ("moderator", "mentor")
_HEAD = ("format", "language", "audience", "placeholders", "templates")
_FIELDS = ("id", "title", "when", "kind", "text", "steps")
_PLACE = re.compile(r"\{([a-z_]+)\}")
LONGEST = 900
"""Characters; a template is a few sentences, not a letter."""


@dataclass(frozen=True, slots=True)
class Template:
    """One template, or a checklist: then `steps` are its lines and `text` shows them all."""

    id: str
    audience: str
    lang: str
    title: str
    when: str
    text: str
    steps: tuple[str, ...] = ()

    def missing(self, facts: Mapping[str, str]) -> list[str]:
        """List the places still empty, in the order of the text; a template with any is not sendable (M101)."""
        names = dict.fromkeys(_PLACE.findall(self.text))
        return [name for name in names if not facts.get(name, "").strip()]

    def fill(self, facts: Mapping[str, str]) -> Markup:
        """Fill the places; what is given is escaped. ValueError: a place is empty."""
        if empty := self.missing(facts):
            raise ValueError(f"{self.id}: {', '.join(empty)}")
        return Markup(_PLACE.sub(lambda found: escape(facts[found.group(1)]), self.text))


def load_templates(folder: Path = TEMPLATES) -> tuple[Template, ...]:
    """Read all templates. ContentError lists every fault with its file and line."""
    found, problems = read_templates(folder)
    if problems:
        raise ContentError(problems)
    return tuple(found)


def read_templates(folder: Path) -> tuple[list[Template], list[Problem]]:
    """Read `*.yaml` of the folder, noting faults."""
    templates: list[Template] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        head, faults = read(path, path.name)
        reader = Reader(path.name, faults)
        if not faults:
            templates += _read_head(reader, head)
        problems += reader.problems
    return templates, problems


def _read_head(reader: Reader, head: Fields) -> list[Template]:
    reader.known_only(head, _HEAD)
    audience = reader.one_of(head, "audience", AUDIENCES)
    lang = reader.one_of(head, "language", ("ru", "en"))
    known = head.get("placeholders")
    names = set(known) if isinstance(known, Fields) else set()
    found = [
        _template(reader, fields, audience, lang, names)
        for fields in reader.mappings(head, "templates")
    ]
    if len({one.id for one in found}) != len(found):
        reader.fault(head, "templates", "two templates share an id", "an id of its own")
    return found


def _template(
    reader: Reader, fields: Fields, audience: str, lang: str, names: set[str]
) -> Template:
    reader.known_only(fields, _FIELDS)
    steps = tuple(reader.words(fields, "steps"))
    text = "\n".join(f"• {step}" for step in steps) or reader.text(fields, "text", required=True)
    for name in set(_PLACE.findall(text)) - names:
        reader.fault(fields, "text", f"there is no place {{{name}}}", ", ".join(sorted(names)))
    if "{" in _PLACE.sub("", text):
        reader.fault(fields, "text", "a brace that is no place", "{name}")
    if not steps and len(text) > LONGEST:
        reader.fault(fields, "text", f"{len(text)} characters", f"at most {LONGEST}")
    for problem in html_problems(text):
        reader.fault(fields, "text", problem, "Telegram HTML")
    title = reader.text(fields, "title", required=True)
    item_id = reader.text(fields, "id", required=True)
    return Template(item_id, audience, lang, title, reader.text(fields, "when"), text, steps)
