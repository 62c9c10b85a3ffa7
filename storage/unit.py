"""A unit of work: one transaction and the repositories that share it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from core.errors import AlreadyStored
from storage.access import AccessLog
from storage.ama import Ama
from storage.appeals import Appeals
from storage.audience import Audience, Watermarks
from storage.campaigns import Campaigns
from storage.cases import Cases
from storage.chat_state import ChatState
from storage.communities import Communities
from storage.consents import ConsentLedger
from storage.contacts import Contacts
from storage.context import CURRENT
from storage.documents import ConsentDocuments
from storage.duty import Duty
from storage.erasure import Erasures
from storage.escalations import Escalations
from storage.events import Events
from storage.exports import Exports
from storage.facts import Facts
from storage.growth import Growth
from storage.guardians import Guardians
from storage.holds import Holds
from storage.journeys import Enrolments
from storage.kept_items import KeptItems
from storage.learning import Learning
from storage.links import Links
from storage.member_notes import MemberNotes
from storage.memberships import Drafts, Memberships
from storage.mentorship import Mentorship
from storage.messages import GroupMessages
from storage.outbox import Outbox
from storage.outbox_claims import Claims
from storage.outbox_readers import Readers
from storage.people import People
from storage.policies import PolicyChanges
from storage.questions import Questions
from storage.reports import Reports
from storage.roles import RoleGrants
from storage.samples import StoredSamples
from storage.seal import Seal
from storage.subjects import Subjects
from storage.surveys import Surveys
from storage.tables.intake import inbox


class Unit:
    """Repositories over one connection. `now` is the instant the unit began; `after_commit` runs when it is stored."""

    def __init__(self, connection: AsyncConnection, now: datetime, seal: Seal) -> None:
        self.connection = connection
        self.now = now
        self.seal = seal
        self.after_commit: list[Callable[[], None]] = []

    async def claim_update(self) -> None:
        """Mark the update in hand acted, or raise AlreadyStored when an earlier run committed its effects."""
        current = CURRENT.get()
        if current is None or current.acted:
            return
        claimed = await self.connection.execute(
            sa.update(inbox)
            .where(inbox.c.update_id == current.update_id, inbox.c.state == "received")
            .values(state="acted")
        )
        if claimed.rowcount == 0:
            raise AlreadyStored

    @cached_property
    def events(self) -> Events:
        return Events(self.connection)

    @cached_property
    def consents(self) -> ConsentLedger:
        return ConsentLedger(self.connection, self.seal)

    @cached_property
    def erasures(self) -> Erasures:
        return Erasures(self.connection, self.seal)

    @cached_property
    def exports(self) -> Exports:
        return Exports(self.connection, self.seal)

    @cached_property
    def access(self) -> AccessLog:
        return AccessLog(self.connection)

    @cached_property
    def growth(self) -> Growth:
        return Growth(self.connection, self.seal)

    @cached_property
    def contacts(self) -> Contacts:
        return Contacts(self.connection, self.seal)

    @cached_property
    def documents(self) -> ConsentDocuments:
        return ConsentDocuments(self.connection, self.seal)

    @cached_property
    def people(self) -> People:
        return People(self.connection, self.seal)

    @cached_property
    def cases(self) -> Cases:
        return Cases(self.connection)

    @cached_property
    def messages(self) -> GroupMessages:
        return GroupMessages(self.connection)

    @cached_property
    def reports(self) -> Reports:
        return Reports(self.connection)

    @cached_property
    def appeals(self) -> Appeals:
        return Appeals(self.connection)

    @cached_property
    def notes(self) -> MemberNotes:
        return MemberNotes(self.connection, self.seal)

    @cached_property
    def samples(self) -> StoredSamples:
        return StoredSamples(self.connection)

    @cached_property
    def policies(self) -> PolicyChanges:
        return PolicyChanges(self.connection)

    @cached_property
    def chats(self) -> ChatState:
        return ChatState(self.connection)

    @cached_property
    def communities(self) -> Communities:
        return Communities(self.connection)

    @cached_property
    def drafts(self) -> Drafts:
        return Drafts(self.connection, self.seal)

    @cached_property
    def links(self) -> Links:
        return Links(self.connection, self.seal)

    @cached_property
    def memberships(self) -> Memberships:
        return Memberships(self.connection)

    @cached_property
    def roles(self) -> RoleGrants:
        return RoleGrants(self.connection)

    @cached_property
    def outbox(self) -> Outbox:
        return Outbox(self.connection, self.now)

    @cached_property
    def claims(self) -> Claims:
        return Claims(self.connection, self.now)

    @cached_property
    def holds(self) -> Holds:
        return Holds(self.connection, self.now)

    @cached_property
    def readers(self) -> Readers:
        return Readers(self.connection, self.now, self.seal)

    @cached_property
    def duty(self) -> Duty:
        return Duty(self.connection)

    @cached_property
    def escalations(self) -> Escalations:
        return Escalations(self.connection, self.seal)

    @cached_property
    def audience(self) -> Audience:
        return Audience(self.connection)

    @cached_property
    def watermarks(self) -> Watermarks:
        return Watermarks(self.connection, self.now)

    @cached_property
    def questions(self) -> Questions:
        return Questions(self.connection, self.seal)

    @cached_property
    def surveys(self) -> Surveys:
        return Surveys(self.connection, self.now, self.seal)

    @cached_property
    def facts(self) -> Facts:
        return Facts(self.connection, self.now)

    @cached_property
    def guardians(self) -> Guardians:
        return Guardians(self.connection, self.seal)

    @cached_property
    def kept_items(self) -> KeptItems:
        return KeptItems(self.connection, self.now)

    @cached_property
    def enrolments(self) -> Enrolments:
        return Enrolments(self.connection, self.now)

    @cached_property
    def learning(self) -> Learning:
        return Learning(self.connection, self.now, self.seal)

    @cached_property
    def subjects(self) -> Subjects:
        return Subjects(self.connection, self.now, self.seal)

    @cached_property
    def campaigns(self) -> Campaigns:
        return Campaigns(self.connection, self.now, self.seal)

    @cached_property
    def ama(self) -> Ama:
        return Ama(self.connection, self.seal)

    @cached_property
    def mentorship(self) -> Mentorship:
        return Mentorship(self.connection, self.seal)
