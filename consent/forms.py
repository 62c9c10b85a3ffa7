"""Use cases of the school's own pages: one-click stop, undo, the form for personal data, a teen's answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from consent.answers import Receipt
from consent.documents import Document
from consent.initdata import telegram_id_of
from consent.links import LinkKind, Links
from consent.purposes import Purpose
from consent.record import Channel, Evidence
from consent.rights_ports import FormUnit, FormUnits
from consent.service import Consents
from consent.typed import birth_of, phone_of
from core.errors import Refusal
from core.ids import ChildId, PersonId


@dataclass(frozen=True, slots=True)
class Forms:
    """What a signed link lets its holder do. `bot_token` checks Mini App data; empty: links only."""

    units: FormUnits
    consents: Consents
    links: Links
    bot_token: str = ""

    async def stop(self, token: str, now: datetime) -> Receipt:
        """Stop care and marketing; again changes nothing. Refuses forged and expired links."""
        link = self.links.read(token, LinkKind.STOP, now)
        return await self.consents.stop(
            link.person, channel=Channel.WEB, evidence=Evidence(link=link.digest), cause="web"
        )

    async def undo(self, token: str, receipt: str, now: datetime) -> Receipt:
        """Put back what the page stopped."""
        link = self.links.read(token, LinkKind.STOP, now)
        return await self.consents.undo(
            link.person, receipt, channel=Channel.WEB, evidence=Evidence(link=link.digest)
        )

    async def language(self, person: PersonId) -> str:
        async with self.units.reading() as unit:
            known = await unit.people.get(person)
        return known.language if known is not None else "ru"

    async def document(self, purpose: Purpose, language: str, version: int | None) -> Document:
        """Find a text, also an old one. Refuses `consent.document_missing`."""
        async with self.units.reading() as unit:
            if version is None:
                found = await unit.documents.current(purpose, language)
            else:
                found = await unit.documents.find(purpose, version, language)
        if found is None:
            raise Refusal("consent.document_missing")
        return found

    async def save(
        self, token: str, *, phone: str, birth: str, child: int | None, now: datetime
    ) -> None:
        """Keep what a parent left on the form. Refuses `consent.link_used`, `form.phone`, `form.birth`."""
        link = self.links.read(token, LinkKind.FORM, now)
        normal = phone_of(phone) if phone else None
        born = birth_of(birth, now.date()) if birth else None
        async with self.units.begin() as unit:
            if not await unit.contacts.use_link(link.digest, now):
                raise Refusal("consent.link_used")
            if normal is not None:
                await unit.erasures.lift("phone", normal, now)
                await unit.contacts.keep(link.person, "phone", normal, now)
            if born is not None:
                await unit.contacts.keep_birth(await self._child(unit, link.person, child), born)

    async def form_link(self, init_data: str, now: datetime) -> str:
        """Turn Mini App data into a form link. Refuses forged and old data and `person.unknown`."""
        if not self.bot_token:
            raise Refusal("consent.link_forged")
        telegram_id = telegram_id_of(init_data, self.bot_token, now)
        async with self.units.reading() as unit:
            person = await unit.people.by_telegram(telegram_id)
        if person is None:
            raise Refusal("person.unknown")
        return self.links.make(LinkKind.FORM, person.id, now)

    @staticmethod
    async def _child(unit: FormUnit, person: PersonId, child: int | None) -> ChildId:
        mine = [one.id for one in await unit.people.children_of(person)]
        if child is None and len(mine) == 1:
            return mine[0]
        if child not in mine:
            raise Refusal("child.not_yours")
        return ChildId(child)
