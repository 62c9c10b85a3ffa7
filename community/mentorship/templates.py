"""Ready words for mentors (`/t`): a template with an unfilled place cannot be sent (M101)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.errors import Refusal

_PLACE = re.compile(
    r"\{([^{}\n]{1,40})\}|\[([^\[\]\n]{1,40})\]|<([а-яёa-z _-]{2,40})>|_{3,}", re.IGNORECASE
)
"""A place to fill: {name}, [имя], <имя>, ___."""


@dataclass(frozen=True, slots=True)
class Template:
    """A template by its short name."""

    name: str
    title: str
    text: str


def unfilled(text: str) -> list[str]:
    """List the places of a text that nobody filled, in order, each once."""
    found = [next((g for g in m.groups() if g), "___").strip() for m in _PLACE.finditer(text)]
    return list(dict.fromkeys(found))


def fill(template: Template, values: Mapping[str, str]) -> str:
    """Fill the places by name, ignoring case; those without a value stay as they are."""
    given = {name.strip().lower(): value for name, value in values.items()}

    def put(found: re.Match[str]) -> str:
        name = next((g for g in found.groups() if g), "")
        return given.get(name.strip().lower(), found[0])

    return _PLACE.sub(put, template.text)


def check_filled(text: str) -> str:
    """Refuse `template.unfilled` with the names of the places that are empty (M101); give back the text."""
    if empty := unfilled(text):
        raise Refusal("template.unfilled", names=", ".join(empty))
    return text


def read_values(words: str) -> dict[str, str]:
    """Read `имя=Анна; возраст=5 лет` as written after `/t name`."""
    pairs = (part.partition("=") for part in re.split(r"[;\n]", words))
    return {name.strip(): value.strip() for name, mark, value in pairs if mark and value.strip()}


def read_templates(document: Mapping[str, Any]) -> dict[str, Template]:
    """Read the parsed YAML of content/templates. A ValueError names the template and what it lacks."""
    made = {}
    for raw in document.get("templates", ()):
        name = str(raw.get("name", raw.get("id", "")))
        text = str(raw.get("text", "")).strip()
        if not name or not text:
            raise ValueError(f"{name or raw}: a template needs a name and a text")
        made[name] = Template(name, str(raw.get("title", name)), text)
    return made
