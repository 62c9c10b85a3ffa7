"""Who acts: what every handler may know about the person in front of it."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from core.ids import PersonId, TelegramId
from core.people import Person
from core.roles import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind an update.

    `person` is None for somebody who is known only from a group. `roles` are those in the community at hand (the group
    the update came from; in private, all communities together) and already exclude expired ones.
    """

    telegram_id: TelegramId
    person: Person | None
    language: str
    zone: ZoneInfo
    roles: frozenset[Role]

    @property
    def id(self) -> PersonId:
        """Our key; asking it of somebody unknown is a programming error."""
        if self.person is None:
            message = "the actor has no person row"
            raise LookupError(message)
        return self.person.id
