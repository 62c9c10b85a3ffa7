"""Turn pack files into items. Every structural fault is kept with its file and line."""

from __future__ import annotations

import re
from pathlib import Path

from core.cohorts import Cohort, Tone
from core.effects import MessageClass
from texts.field_read import Reader, month_day
from texts.pack_model import KINDS, PURPOSES, Button, Item, Validity
from texts.yaml_lines import Fields, Problem, read

FORMAT = 1
_HEAD = ("format", "kind", "class", "purpose", "cohort", "tone", "language", "label", "items")
_ITEM = (
    "id", "version", "class", "purpose", "cohort", "tone", "months", "text", "generic", "buttons", "since", "until",
    "season", "sticker", "media", "label", "needs",
)  # fmt: skip
_INHERITED = ("class", "purpose", "cohort", "tone", "label")
_ID = re.compile(r"^[a-z0-9]+(?:-[a-z0-9_]+)+$")
_RANGE = re.compile(r"^(\d{1,3})-(\d{1,3})$")
_CLASSES = tuple(
    one.value for one in (MessageClass.SERVICE, MessageClass.CARE, MessageClass.MARKETING)
)
LANGUAGES = ("ru", "en")


def read_folder(folder: Path) -> tuple[list[Item], list[Problem]]:
    """Read every `*.yaml` under `folder`, in the order of the names."""
    items: list[Item] = []
    problems: list[Problem] = []
    for path in sorted(folder.rglob("*.yaml")):
        found, faults = read_file(path, path.relative_to(folder).as_posix())
        items += found
        problems += faults
    return items, problems


def read_file(path: Path, name: str) -> tuple[list[Item], list[Problem]]:
    """Read one pack; faulty items are left out."""
    head, faults = read(path, name)
    reader = Reader(name, faults)
    if faults:
        return [], reader.problems
    reader.known_only(head, _HEAD)
    reader.number(head, "format", 0, FORMAT, FORMAT)
    kind = reader.one_of(head, "kind", KINDS)
    lang = reader.one_of(head, "language", LANGUAGES)
    items = []
    for fields in reader.mappings(head, "items"):
        before = len(reader.problems)
        item = _item(reader, _inherit(fields, head), kind, lang)
        if len(reader.problems) == before:
            items.append(item)
    if not head.get("items"):
        reader.fault(head, "items", "the pack has no items")
    return items, reader.problems


def _inherit(fields: Fields, head: Fields) -> Fields:
    for key in _INHERITED:
        if key in head and key not in fields:
            fields[key] = head[key]
            fields.lines[key] = head.at(key)
    return fields


def _item(reader: Reader, fields: Fields, kind: str, lang: str) -> Item:
    reader.known_only(fields, _ITEM)
    item_id = reader.text(fields, "id", required=True)
    if item_id and not _ID.match(item_id):
        reader.fault(
            fields,
            "id",
            f"id is {item_id!r}",
            "small Latin letters, digits and hyphens: digest-3-5-boots",
        )
    return Item(
        id=item_id,
        version=reader.number(fields, "version", 1, 1, 9999),
        kind=kind,
        message_class=MessageClass(reader.one_of(fields, "class", _CLASSES)),
        purpose=reader.one_of(fields, "purpose", PURPOSES),
        cohorts=_cohorts(reader, fields),
        tone=Tone(reader.one_of(fields, "tone", [tone.value for tone in Tone], Tone.NEUTRAL.value)),
        lang=lang,
        text=reader.text(fields, "text", required=True),
        months=_months(reader, fields),
        generic=reader.text(fields, "generic") or None,
        buttons=_buttons(reader, fields),
        validity=_validity(reader, fields),
        sticker=reader.text(fields, "sticker"),
        media=reader.text(fields, "media"),
        label=reader.text(fields, "label"),
        extra_needs=frozenset(reader.words(fields, "needs")),
        file=reader.file,
        line=fields.line,
    )


def _cohorts(reader: Reader, fields: Fields) -> frozenset[Cohort]:
    if "cohort" not in fields:
        reader.fault(fields, "cohort", "cohort is missing", ", ".join(["any", *Cohort]))
    return reader.several(fields, "cohort", Cohort)


def _months(reader: Reader, fields: Fields) -> tuple[int, int] | None:
    value = fields.get("months")
    if value is None:
        return None
    found = _RANGE.match(str(value))
    low, high = (int(found.group(1)), int(found.group(2))) if found else (1, 0)
    if low > high:
        reader.fault(fields, "months", f"months is {value!r}", "full months, both included: 36-47")
        return None
    return (low, high)


def _buttons(reader: Reader, fields: Fields) -> tuple[Button, ...]:
    buttons = []
    for one in reader.mappings(fields, "buttons"):
        reader.known_only(one, ("label", "action"))
        label = reader.text(one, "label", required=True)
        buttons.append(Button(label, reader.text(one, "action", required=True)))
    return tuple(buttons)


def _validity(reader: Reader, fields: Fields) -> Validity:
    season = None
    if "season" in fields:
        days = [month_day(word) for word in str(fields["season"]).split(" .. ")]
        if len(days) == 2 and days[0] and days[1]:  # noqa: PLR2004 - first and last day
            season = (days[0], days[1])
        else:
            reader.fault(
                fields,
                "season",
                f"season is {fields['season']!r}",
                "first and last day: 08-01 .. 08-31",
            )
    return Validity(reader.day(fields, "since"), reader.day(fields, "until"), season)
