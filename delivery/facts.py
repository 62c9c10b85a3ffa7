"""Load what the gate asks about the readers of a batch, in a handful of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from consent.ports import About
from consent.purposes import Purpose
from core.effects import SOFT, MessageClass
from core.ids import ChildId, PersonId
from core.outgoing import Reader
from delivery.gate import permit_key
from delivery.ports import Unit

_PURPOSE = {MessageClass.CARE: Purpose.CARE, MessageClass.MARKETING: Purpose.MARKETING}
Wanted = tuple[PersonId, MessageClass, ChildId | None]
"""A person, the class of a message for them, and the child it is about."""


async def load_readers(
    unit: Unit, wanted: Iterable[Wanted], *, hold: bool = False
) -> dict[PersonId, Reader]:
    """Load readers with the permissions their messages need.

    `hold` keeps the permissions from changing until the transaction ends (the claiming one).
    """
    asked = list(wanted)
    readers = await unit.readers.load({person for person, _, _ in asked})
    subjects: dict[Purpose, set[About]] = defaultdict(set)
    for person, message_class, child in asked:
        if message_class in _PURPOSE:
            about_child = child if message_class is MessageClass.CARE else None
            subjects[_PURPOSE[message_class]].add(About(person, about_child))
        if message_class in SOFT or child is not None:
            subjects[Purpose.PERSONALISATION].add(About(person))
    permits: dict[PersonId, dict[str, str]] = defaultdict(dict)
    for purpose, abouts in subjects.items():
        answers = await unit.consents.permissions(
            sorted(abouts, key=str), purpose, unit.now, hold=hold
        )
        for about, answer in answers.items():
            if answer.allowed:
                key = permit_key(purpose.value, about.child)
                permits[about.person][key] = answer.record_id or ""
    return {
        person: replace(reader, permissions=permits.get(person, {}))
        for person, reader in readers.items()
    }
