"""Load what the gate asks about the readers of a batch, in a handful of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

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
    unit: Unit, wanted: Iterable[Wanted], *, hold: bool = False, early: bool = False
) -> dict[PersonId, Reader]:
    """Load readers with the permissions their messages need.

    `hold` keeps the permissions from changing until the transaction ends (the claiming one). `early` leaves out what
    only matters when the message leaves: what was sent before, and whether it may be personal.
    """
    asked = list(wanted)
    readers = await unit.readers.load({person for person, _, _ in asked}, counted=not early)
    subjects: dict[Purpose, set[About]] = defaultdict(set)
    for person, message_class, child in asked:
        if message_class in _PURPOSE:
            about_child = child if message_class is MessageClass.CARE else None
            subjects[_PURPOSE[message_class]].add(About(person, about_child))
        if not early and (message_class in SOFT or child is not None):
            subjects[Purpose.PERSONALISATION].add(About(person))
    for purpose, abouts in subjects.items():
        asked_about = sorted(abouts, key=_in_order)
        answers = await unit.consents.permissions(asked_about, purpose, unit.now, hold=hold)
        for about, answer in answers.items():
            if answer.allowed and (reader := readers.get(about.person)) is not None:
                key = permit_key(purpose.value, about.child)
                reader.permissions[key] = answer.record_id or ""
    return readers


def _in_order(about: About) -> tuple[int, int]:
    """One order for row locks, so that two workers never wait for each other."""
    return about.person, about.child or 0
