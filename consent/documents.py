"""Versioned consent texts: one document per purpose and language, kept apart from offers and policies.

A file is Markdown with front matter: `purpose`, `language`, `version`, `title`, `summary` and `change`, which is
material or editorial.
The hash in the ledger is of the text as Telegram shows it, so it can be made again from the stored source.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from consent.purposes import TERMS, Purpose, purpose_of
from consent.record import DocumentRef
from core.errors import Refusal
from texts.yaml_lines import SAFE_LOADER

MESSAGE_ROOM = 3500
"""Characters of one part; Telegram takes 4,096 UTF-16 units and the question needs room below."""
_FRONT = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_HEADING = re.compile(r"^#{1,6} +(.+)$")
_BULLET = re.compile(r"^[-*] +")


@dataclass(frozen=True, slots=True)
class Document:
    """One version in one language. `material`: consents to earlier versions do not carry over."""

    purpose: Purpose
    language: str
    version: int
    title: str
    summary: str
    text: str
    material: bool

    @property
    def html(self) -> str:
        """The text as Telegram HTML."""
        return render(self.text)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.html.encode()).hexdigest()

    @property
    def ref(self) -> DocumentRef:
        return DocumentRef(self.purpose, self.version, self.language, self.sha256)

    def parts(self, room: int = MESSAGE_ROOM) -> list[str]:
        """Cut the whole text into messages at paragraph ends; nothing is left out."""
        return list(_packed(self.html.split("\n\n"), room))


def parse(source: str, name: str = "document") -> Document:
    """Read a document file; what is wrong with it is refused `consent.bad_document` with the field's name."""
    found = _FRONT.match(source.replace("\r\n", "\n"))
    if found is None:
        raise Refusal("consent.bad_document", file=name, field="front matter")
    front = yaml.load(found[1], Loader=SAFE_LOADER)  # noqa: S506 - a SafeLoader
    if not isinstance(front, dict):
        raise Refusal("consent.bad_document", file=name, field="front matter")
    for field in ("purpose", "language", "version", "title"):
        if not front.get(field):
            raise Refusal("consent.bad_document", file=name, field=field)
    purpose = purpose_of(str(front["purpose"]))
    version = front["version"]
    text = found[2].strip()
    if not isinstance(version, int) or version < 1:
        raise Refusal("consent.bad_document", file=name, field="version")
    if not text or not TERMS[purpose].has_document:
        raise Refusal("consent.bad_document", file=name, field="text")
    return Document(
        purpose=purpose,
        language=str(front["language"]),
        version=version,
        title=str(front["title"]),
        summary=str(front.get("summary") or _first_paragraph(text)),
        text=text,
        material=_is_material(front, name),
    )


def read_folder(folder: Path) -> list[Document]:
    """Read `<purpose>.<language>.md` files, purposes in the order they are asked."""
    order = list(Purpose)
    found = [parse(path.read_text(encoding="utf-8"), path.name) for path in folder.glob("*.md")]
    return sorted(found, key=lambda one: (order.index(one.purpose), one.language, one.version))


def render(text: str) -> str:
    """Turn the small Markdown of documents (headings, bold, lists) into Telegram HTML."""
    lines = []
    for line in text.strip().splitlines():
        safe = html.escape(line.rstrip(), quote=False)
        if heading := _HEADING.match(safe):
            lines.append(f"<b>{heading[1].replace('**', '')}</b>")
            continue
        lines.append(_BOLD.sub(r"<b>\1</b>", _BULLET.sub("• ", safe)))
    return "\n".join(lines)


def _is_material(front: dict[str, Any], name: str) -> bool:
    """Read `change: material | editorial` (or `material: true`); unsaid is material, the stricter of the two."""
    if "material" in front:
        return bool(front["material"])
    change = front.get("change", "material")
    if change not in {"material", "editorial"}:
        raise Refusal("consent.bad_document", file=name, field="change")
    return bool(change == "material")


def _first_paragraph(text: str) -> str:
    plain = [part for part in text.split("\n\n") if part and not part.startswith("#")]
    return plain[0].replace("\n", " ") if plain else ""


def _packed(paragraphs: list[str], room: int) -> Iterator[str]:
    part = ""
    for paragraph in paragraphs:
        if part and len(part) + len(paragraph) + 2 > room:
            yield part
            part = ""
        part = f"{part}\n\n{paragraph}" if part else paragraph
    if part:
        yield part
