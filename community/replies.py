"""What a press under an editorial message means: a tick, an answer, a thing done, a screen, a pause."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from core.errors import Refusal
from core.ids import ChildId, PersonId
from texts.pack_model import Item
from texts.packs import Library, UnknownItem

NO_CHILD = ChildId(0)
LONGEST_FACT = 40
"""Characters of a fact's name at rest."""
HAPPENINGS = frozenset({"nps"})
"""Answers that are also events a journey may begin with."""
ON = "on"


@dataclass(frozen=True, slots=True)
class Sent:
    """The row behind a message."""

    id: int
    person: PersonId | None
    child: ChildId | None
    content: str
    at: datetime | None = None
    """When it was sent."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a press was and did.

    again: it had been answered the same way before. ticked: points of the check-list that are done. points: how many
    there are.
    """

    verb: str
    name: str
    value: str
    child: ChildId
    item: Item
    again: bool = False
    ticked: frozenset[str] = frozenset()
    points: int = 0


class Facts(Protocol):
    """Answers of a family, and the messages they were given under."""

    async def sent(self, row: int) -> Sent | None: ...
    async def of(self, person: PersonId) -> Mapping[tuple[ChildId, str], str]: ...
    async def keep(self, person: PersonId, child: ChildId, fact: str, value: str) -> None: ...
    async def drop(self, person: PersonId, child: ChildId, fact: str) -> None: ...


class Scores(Protocol):
    """Told what score was given under which message. Refuses `survey.closed`."""

    async def rated(
        self, unit: Any, person: PersonId, wave: int, asked_at: datetime | None, score: int
    ) -> None: ...


class Unit(Protocol):
    """One unit of work."""

    @property
    def now(self) -> datetime: ...
    @property
    def facts(self) -> Facts: ...


class Units(Protocol):
    """Opens units of work."""

    def begin(self) -> AbstractAsyncContextManager[Unit]: ...


class Journeys(Protocol):
    """Told what families answer and do."""

    async def answered(self, unit: Any, person: PersonId) -> None: ...
    async def happened(self, unit: Any, name: str, person: PersonId, child: ChildId) -> None: ...


@dataclass(frozen=True, slots=True)
class Replies:
    """Takes presses. A button the message does not have, or a message of somebody else, is refused `button.stale`."""

    units: Units
    library: Callable[[], Library]
    journeys: Journeys
    scores: Scores

    async def press(self, person: PersonId, row: int, action: str, language: str) -> Pressed:
        """Take one press and keep what it says."""
        async with self.units.begin() as unit:
            sent = await unit.facts.sent(row)
            if sent is None or sent.person != person:
                raise Refusal("button.stale")
            item = self._item(sent.content, language)
            if action not in {button.action for button in item.buttons}:
                raise Refusal("button.stale")
            verb, _, argument = action.partition(":")
            name, _, value = argument.partition("=")
            pressed = Pressed(verb, name, value, sent.child or NO_CHILD, item)
            match verb:
                case "tick":
                    return await self._tick(unit, person, row, pressed)
                case "fact" | "done":
                    return await self._answer(unit, person, pressed, sent)
            return pressed

    def _item(self, content: str, language: str) -> Item:
        kind, _, ref = content.partition(":")
        name, _, version = ref.partition("@")
        if kind != "item":
            raise Refusal("button.stale")
        try:
            return self.library().item(name, int(version) if version else None, language)
        except UnknownItem:
            raise Refusal("button.stale") from None

    async def _tick(self, unit: Unit, person: PersonId, row: int, pressed: Pressed) -> Pressed:
        """Turn a point of the list on or off; each message has its own list."""
        prefix = f"tick:{row}:"
        known = await unit.facts.of(person)
        done = {name.removeprefix(prefix) for _, name in known if name.startswith(prefix)}
        fact = f"{prefix}{pressed.name}"[:LONGEST_FACT]
        point = fact.removeprefix(prefix)
        if point in done:
            await unit.facts.drop(person, pressed.child, fact)
        else:
            await unit.facts.keep(person, pressed.child, fact, ON)
        ticks = [b.action for b in pressed.item.buttons if b.action.startswith("tick:")]
        ticked = frozenset(done ^ {point})
        return replace(pressed, ticked=ticked, points=len(ticks))

    async def _answer(self, unit: Unit, person: PersonId, pressed: Pressed, sent: Sent) -> Pressed:
        value = pressed.value or pressed.verb
        known = await unit.facts.of(person)
        again = known.get((pressed.child, pressed.name)) == value
        if again:
            return replace(pressed, again=True)
        if pressed.name in HAPPENINGS:
            await self.scores.rated(unit, person, sent.id, sent.at, int(value))
        await unit.facts.keep(person, pressed.child, pressed.name[:LONGEST_FACT], value)
        if pressed.verb == "done" or pressed.name in HAPPENINGS:
            event = "done" if pressed.verb == "done" else pressed.name
            await self.journeys.happened(unit, event, person, pressed.child)
        await self.journeys.answered(unit, person)
        return pressed
