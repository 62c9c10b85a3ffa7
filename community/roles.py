"""Roles in a community: who holds which, who may grant and withdraw it, until when."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from community.actions import GRANTS, allowed
from community.model import Grant, Speciality
from community.ports import CommunityUnit, Units
from community.words import act, message, word
from core.effects import Kind
from core.errors import Refusal
from core.events import Event, EventName
from core.ids import CommunityId, PersonId, TelegramId
from core.roles import Role
from texts.markup import visible
from texts.say import Texts

TAGGED = {
    Role.ADMIN: "community-member-tag-admin",
    Role.MODERATOR: "community-member-tag-moderator",
    Role.EXPERT: "community-member-tag-expert",
    Role.MENTOR: "community-member-tag-mentor",
}
"""Roles shown beside the name, the first one held wins. Who is an administrator in Telegram bears it as a title."""


def roles_of(
    grants: Iterable[Grant], community: CommunityId | None, now: datetime
) -> frozenset[Role]:
    """Fold a person's grants into the roles they have in a community at an instant."""
    return frozenset(g.role for g in grants if g.holds(now) and g.covers(community))


def check_may_change(role: Role, author_roles: Collection[Role]) -> None:
    """Refuse `roles.not_yours_to_give` unless the table lets these roles grant or withdraw `role`."""
    if not allowed(GRANTS[role], author_roles):
        raise Refusal("roles.not_yours_to_give", role=role.value)


@dataclass(frozen=True, slots=True)
class Roles:
    """Grants and withdraws roles, each with an author, an audit event and the tag beside the name."""

    units: Units
    texts: Texts

    async def of(
        self, person: PersonId, community: CommunityId | None, now: datetime
    ) -> frozenset[Role]:
        """Tell which roles a person has in a community, in all together when it is None."""
        async with self.units.reading() as unit:
            return roles_of(await unit.roles.of_person(person), community, now)

    async def grant(
        self,
        author: PersonId,
        author_roles: Collection[Role],
        subject: TelegramId,
        role: Role,
        *,
        community: CommunityId,
        now: datetime,
        speciality: Speciality | None = None,
        expires_at: datetime | None = None,
    ) -> Grant:
        """Give a role. Granting a role already held sets its speciality and expiry anew.

        Refused: `person.not_found`, `roles.not_yours_to_give`, `roles.expiry_past`, `roles.speciality_needed` (an
        expert without one).
        """
        check_may_change(role, author_roles)
        if role is Role.EXPERT and speciality is None:
            raise Refusal("roles.speciality_needed")
        if expires_at is not None and expires_at <= now:
            raise Refusal("roles.expiry_past")
        async with self.units.begin() as unit:
            person = await _find(unit, subject)
            for held in await unit.roles.of_person(person):
                if held.role is role and held.community == community and held.holds(now):
                    await unit.roles.withdraw(held.id, author, now)
            grant = await unit.roles.add(
                person,
                role,
                community=community,
                author=author,
                now=now,
                speciality=speciality,
                expires_at=expires_at,
            )
            facts = {"role": role.value, "community": community, "grant": grant.id}
            await unit.events.record(
                Event(EventName.ROLE_GRANTED, now, person=person, actor=author, facts=facts)
            )
            await self._show_tag(unit, person, community, grant=grant.id, now=now)
            await _tell(unit, grant, "roles-told-granted")
            return grant

    async def grant_in(
        self,
        unit: CommunityUnit,
        person: PersonId,
        role: Role,
        community: CommunityId,
        now: datetime,
    ) -> None:
        """Give a role earned by a rule (a passed training), inside the caller's unit. Held already is held."""
        if role in roles_of(await unit.roles.of_person(person), community, now):
            return
        grant = await unit.roles.add(person, role, community=community, author=None, now=now)
        facts = {"role": role.value, "community": community, "grant": grant.id}
        await unit.events.record(Event(EventName.ROLE_GRANTED, now, person=person, facts=facts))
        await self._show_tag(unit, person, community, grant=grant.id, now=now)
        await _tell(unit, grant, "roles-told-granted")

    async def withdraw(
        self,
        author: PersonId,
        author_roles: Collection[Role],
        subject: TelegramId,
        role: Role,
        *,
        community: CommunityId,
        now: datetime,
    ) -> None:
        """Take a role away at once. Refused: `roles.not_held`, `roles.last_owner`, `roles.not_yours_to_give`."""
        check_may_change(role, author_roles)
        async with self.units.begin() as unit:
            person = await _find(unit, subject)
            held = [
                g
                for g in await unit.roles.of_person(person)
                if g.role is role and g.holds(now) and g.covers(community)
            ]
            if not held:
                raise Refusal("roles.not_held", role=role.value)
            if role is Role.OWNER and len(await unit.roles.holders(Role.OWNER, None, now)) == 1:
                raise Refusal("roles.last_owner")
            for grant in held:
                await unit.roles.withdraw(grant.id, author, now)
                facts = {"role": role.value, "community": community, "grant": grant.id}
                await unit.events.record(
                    Event(EventName.ROLE_WITHDRAWN, now, person=person, actor=author, facts=facts)
                )
            await self._show_tag(unit, person, community, grant=held[-1].id, now=now)
            await _tell(unit, held[-1], "roles-told-withdrawn")

    async def mirror_lapsed(self, now: datetime, *, within: timedelta = timedelta(days=1)) -> int:
        """Take the tags of roles that ran out in the last `within` off their holders; tell how many roles."""
        async with self.units.begin() as unit:
            lapsed = await unit.roles.lapsed(now - within, now)
            for grant in lapsed:
                if grant.community is not None:
                    await self._show_tag(
                        unit, grant.person, grant.community, grant=grant.id, now=now
                    )
            return len(lapsed)

    async def _show_tag(
        self,
        unit: CommunityUnit,
        person: PersonId,
        community: CommunityId,
        *,
        grant: int,
        now: datetime,
    ) -> None:
        """Mirror the roles in force as the tag Telegram shows beside the name (at most 16 characters)."""
        home = await unit.communities.get(community)
        subject = await unit.people.get(person)
        if home is None or subject is None or subject.telegram_id is None:
            return
        roles = roles_of(await unit.roles.of_person(person), community, now)
        shown = next((role for role in TAGGED if role in roles), None)
        tag = ""
        if shown is not None:
            tag = visible(self.texts.say_by_name(home.language, TAGGED[shown], {}))
        key = f"tag:{grant}:{shown.value if shown is not None else 'none'}"
        await unit.outbox.enqueue(
            act(key, Kind.TAG, home.chat, user_id=subject.telegram_id, tag=tag)
        )


async def _find(unit: CommunityUnit, subject: TelegramId) -> PersonId:
    person = await unit.people.by_telegram(subject)
    if person is None:
        raise Refusal("person.not_found")
    return person.id


async def _tell(unit: CommunityUnit, grant: Grant, text: str) -> None:
    home = await unit.communities.get(grant.community) if grant.community is not None else None
    facts = {
        "role": word(f"role-{grant.role.value}"),
        "community": home.title if home is not None else "",
    }
    key = f"role:{grant.id}:{text}"
    await unit.outbox.enqueue(message(key, text, person=grant.person, facts=facts))
