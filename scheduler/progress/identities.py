"""Who is who: ids of the platform and our people, from `identify`, `alias` and events that name parent and learner.

Only what the platform states binds an id. A shared phone or e-mail binds nothing: it may be a grandmother's or a
number's next owner's (L31, L36).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson

from core.ids import ChildId, PersonId
from core.localtime import known_zone
from scheduler.progress.fold import CHILD_EVENTS
from scheduler.progress.model import PlatformEvent, Whom
from scheduler.progress.ports import Learning

CONTACTS = ("phone", "email")


@dataclass(frozen=True, slots=True)
class Identities:
    """Binds ids within one transaction."""

    learning: Learning

    async def take(self, event: PlatformEvent) -> None:
        """Take what an `identify` or `alias` says about who is who."""
        said: Mapping[str, Any] = orjson.loads(event.private) if event.private else {}
        if event.user is None:
            return
        if event.type == "alias":
            await self._alias(event, str(said.get("previous", "")))
            return
        parent = self._ref(said.get("parent")) or event.user
        learners = [self.learning.blind(str(one)) for one in said.get("learners", ())]
        if said.get("parent"):
            learners.append(event.user)
        if event.learner is not None:
            learners.append(event.learner)
        known = await self.learning.known(event.source, {parent, *learners})
        person = known.get(parent, (None, None))[0]
        if person is None:
            return
        for learner in dict.fromkeys(learners):
            if known.get(learner, (None, None))[1] is None:
                await self._bind_only_child(event.source, learner, person)
        if parent == event.user:
            await self._personal(event, said, person)

    async def complete(
        self, events: Sequence[PlatformEvent], whom: Mapping[int, Whom]
    ) -> dict[int, Whom]:
        """Bind learners that events name beside a known parent of exactly one child."""
        bound: dict[int, Whom] = dict(whom)
        for event in events:
            found = bound[event.id]
            if found.missing != "learner.unknown" or found.person is None or event.learner is None:
                continue
            if await self._bind_only_child(event.source, event.learner, found.person) is not None:
                bound |= await self.learning.whom([event])
        return bound

    async def _alias(self, event: PlatformEvent, previous: str) -> None:
        if not previous or event.user is None:
            return
        before = self.learning.blind(previous)
        known = await self.learning.known(event.source, {before, event.user})
        for source, target in ((before, event.user), (event.user, before)):
            if source in known and target not in known:
                person, child = known[source]
                await self.learning.identify(event.source, target, person=person, child=child)

    async def _bind_only_child(self, source: str, learner: str, person: PersonId) -> ChildId | None:
        child = await self.learning.only_child(person)
        if child is not None:
            await self.learning.identify(source, learner, child=child)
        return child

    async def _personal(
        self, event: PlatformEvent, said: Mapping[str, Any], person: PersonId
    ) -> None:
        for kind in CONTACTS:
            if said.get(kind):
                await self.learning.keep_contact(person, kind, str(said[kind]))
        zone = event.facts.get("timezone")
        if zone and known_zone(str(zone)) is not None:
            await self.learning.lend_zone(person, str(zone))

    def _ref(self, external: Any) -> str | None:
        return self.learning.blind(str(external)) if external else None


def missing_of(event: PlatformEvent, found: Whom, children: int) -> Whom:
    """Name what keeps an event from being taken; `children`: how many the parent has."""
    if found.suppressed:
        return found
    if event.learner is not None and found.child is None:
        return replace(found, missing="learner.unknown")
    if found.person is None and found.child is None:
        return replace(found, missing="user.unknown")
    if event.type == "track" and event.name in CHILD_EVENTS and found.child is None:
        return replace(found, missing="learner.ambiguous" if children else "learner.none")
    return found
