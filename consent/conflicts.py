"""Two parents who decide differently about one child: the stricter holds, and a human is told."""

from __future__ import annotations

from collections.abc import Sequence

from consent.ports import ConsentUnit, Entry
from consent.purposes import Purpose
from consent.record import Action
from core.effects import Effect, Kind, MessageClass
from core.events import Event, EventName
from core.ids import ChatId, ChildId


async def report(unit: ConsentUnit, entries: Sequence[Entry], staff_chat: ChatId | None) -> bool:
    """Tell staff of every child whose parents disagree after `entries`; names nobody."""
    found = False
    for entry in entries:
        if entry.child is None or entry.person is None:
            continue
        if entry.draft.purpose is Purpose.CHILD_DATA and await disagree(unit, entry.child):
            found = True
            await unit.events.record(
                Event(
                    EventName.CONSENT_CONFLICTED, unit.now, person=entry.person, child=entry.child
                )
            )
            if staff_chat is not None:
                await unit.outbox.enqueue(_card(entry, entry.child, staff_chat))
    return found


async def disagree(unit: ConsentUnit, child: ChildId) -> bool:
    """Tell whether one guardian agrees and another refuses."""
    guardians = set(await unit.people.guardians_of(child))
    lines = await unit.consents.child_lines(child, Purpose.CHILD_DATA)
    words = {line.standing.action is Action.GRANT for line in lines if line.person in guardians}
    return len(words) > 1


def _card(entry: Entry, child: ChildId, staff_chat: ChatId) -> Effect:
    return Effect(
        key=f"consent-conflict:{child}:{entry.draft.receipt}",
        kind=Kind.MESSAGE,
        message_class=MessageClass.CONTROL,
        chat=staff_chat,
        content="text:consent-conflict-card",
        facts={"child": child},
    )
