"""Setting a community up: what is found is kept, what is missing is made, and it may be run again at any time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from community.blueprint import Blueprint, TopicPlan, wanted_topics
from community.model import NO_THREAD, Community, Topic, TopicState
from community.ports import Units
from core.errors import Refusal
from core.events import Event, EventName
from core.ids import ChatId, CommunityId, PersonId

PACE = 1.0
"""Seconds between two topics: each posts a service message, and a group takes 20 messages a minute (M66)."""


class Forum(Protocol):
    """What setting up asks of Telegram; answers once it is done."""

    async def create(self, chat: ChatId, name: str, icon_color: int | None) -> int:
        """Create a topic and tell its thread id."""
        ...

    async def keep(self, chat: ChatId, thread: int, name: str) -> bool:
        """Give a topic its name back if it lost it; False when the topic is gone."""
        ...

    async def close(self, chat: ChatId, thread: int) -> None: ...


@dataclass(slots=True)
class Report:
    """What was done, by topic name."""

    created: list[str] = field(default_factory=list)
    existing: list[str] = field(default_factory=list)
    restored: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    """Begun by an earlier run that broke off: there may be a second topic of this name, made and forgotten."""


@dataclass(frozen=True, slots=True)
class Setup:
    """Use cases of setting up. `pause` waits between topics."""

    units: Units
    blueprint: Blueprint
    pause: Callable[[float], Awaitable[None]]

    async def found(
        self, chat: ChatId, title: str, language: str, zone: str, now: datetime
    ) -> Community:
        """Add the community of a supergroup, or find it again."""
        async with self.units.begin() as unit:
            community = await unit.communities.add(chat, title, language, zone, now)
            if "topics" not in community.settings:
                modes = {t.key: dict(t.settings) for t in self.blueprint.topics if t.settings}
                await unit.communities.change_setting(
                    community.id, "topics", modes, PersonId(0), now
                )
            return community

    async def join_staff(
        self, staff: ChatId, community: CommunityId, author: PersonId, now: datetime
    ) -> Community:
        """Make a chat the staff forum of a community. Refused: `setup.chat_taken` when it serves another."""
        async with self.units.begin() as unit:
            holder = await unit.communities.by_chat(staff)
            if holder is not None and holder.id != community:
                raise Refusal("setup.chat_taken")
            await unit.communities.set_staff_chat(community, staff)
            facts = {"community": community, "name": "staff_chat"}
            await unit.events.record(
                Event(EventName.SETTING_CHANGED, now, actor=author, facts=facts)
            )
            home = await unit.communities.get(community)
        if home is None:
            raise Refusal("community.unknown")
        return home

    async def communities(self) -> list[Community]:
        async with self.units.reading() as unit:
            return await unit.communities.all()

    async def topics(self, home: Community, forum: Forum, now: datetime) -> Report:
        """Make the community's own topics."""
        return await self._make(home, home.chat, self.blueprint.topics, forum, now)

    async def staff_topics(self, home: Community, forum: Forum, now: datetime) -> Report:
        """Make the topics of the staff forum, when there is one."""
        if home.staff_chat is None:
            return Report()
        return await self._make(home, home.staff_chat, self.blueprint.staff, forum, now)

    async def _make(
        self,
        home: Community,
        chat: ChatId,
        plans: Sequence[TopicPlan],
        forum: Forum,
        now: datetime,
    ) -> Report:
        """Create what is missing one by one, each stored before the next, so a crash half way repeats nothing."""
        async with self.units.reading() as unit:
            known = [t for t in await unit.communities.topics(home.id) if t.chat == chat]
        report = Report()
        for plan, standing in wanted_topics(plans, known):
            name = plan.name(home.language)
            if standing is not None and await self._kept(standing, forum, name, now):
                report.existing.append(name)
                continue
            if standing is not None and standing.thread == NO_THREAD:
                report.orphans.append(name)
            if report.created or report.restored:
                await self.pause(PACE)
            thread = await self._created(
                Topic(home.id, plan.key, chat, NO_THREAD, name, TopicState.GONE), plan, forum, now
            )
            if plan.closed:
                await forum.close(chat, thread)
            (report.created if standing is None else report.restored).append(name)
        return report

    async def _kept(self, standing: Topic, forum: Forum, name: str, now: datetime) -> bool:
        """Tell whether a known topic is still there; one taken for gone by mistake is written to again."""
        if standing.thread == NO_THREAD or not await forum.keep(
            standing.chat, standing.thread, name
        ):
            return False
        if standing.state is TopicState.GONE:
            async with self.units.begin() as unit:
                await unit.communities.set_topic_state(
                    standing.chat, standing.thread, TopicState.OPEN, now
                )
        return True

    async def _created(self, topic: Topic, plan: TopicPlan, forum: Forum, now: datetime) -> int:
        """Create a topic between two notes: one without a thread, found again, says that a crash came between (M66)."""
        async with self.units.begin() as unit:
            await unit.communities.save_topic(topic, now)
        thread = await forum.create(topic.chat, topic.name, plan.icon_color)
        async with self.units.begin() as unit:
            made = replace(topic, thread=thread, state=TopicState.OPEN)
            await unit.communities.save_topic(made, now)
        return thread
