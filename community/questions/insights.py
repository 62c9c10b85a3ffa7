"""For the methodist: what was asked again and again this week, and telling parents what came of it (R31, R35)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from community.model import address
from community.places import fallback_topic
from community.questions.clusters import Cluster, clusters
from community.questions.model import checked
from community.questions.ports import QuestionUnits
from community.words import message, word
from core.errors import Refusal
from core.events import Event, EventName
from core.ids import CommunityId, PersonId
from core.localtime import local_day, start_of_day, week_key

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Insights:
    """Use cases of the methodist."""

    units: QuestionUnits

    async def recurrent(
        self, community: CommunityId, now: datetime, days: int = 7
    ) -> list[tuple[Cluster, str]]:
        """Gather the last days' questions; each cluster with the words of its middle question."""
        async with self.units.reading() as unit:
            asked = await unit.questions.between(community, now - timedelta(days=days), now)
        words = {question.id: question.text for question in asked}
        return [
            (cluster, words[cluster.centre]) for cluster in clusters(list(words.items()))[:SHOWN]
        ]

    async def weekly(self, community: CommunityId, now: datetime) -> bool:
        """Post the week's recurrent questions to the staff forum, once for each ISO week of the community's zone."""
        async with self.units.begin() as unit:
            home = await unit.communities.get(community)
            if home is None or home.staff_chat is None:
                return False
            today = local_day(now, home.tz)
            monday = start_of_day(today - timedelta(days=today.weekday()), home.tz)
            asked = await unit.questions.between(community, monday - timedelta(days=7), monday)
            words = {question.id: question.text for question in asked}
            found = clusters(list(words.items()))[:SHOWN]
            lines = [
                word("questions-recurrent-line", count=len(c.members), words=words[c.centre])
                for c in found
            ]
            topic = await unit.communities.topic(community, "reports")
            planned = await unit.outbox.enqueue(
                message(
                    f"questions:recurrent:{community}:{week_key(today)}",
                    "questions-recurrent" if lines else "questions-recurrent-none",
                    chat=home.staff_chat,
                    topic=address(topic),
                    language=home.language,
                    facts={"total": len(asked), "questions": {"lines": lines}},
                )
            )
            return planned > 0

    async def changed(
        self, community: CommunityId, author: PersonId, text: str, now: datetime
    ) -> None:
        """Tell parents what changed after their questions (R35)."""
        words = checked(text)
        async with self.units.begin() as unit:
            home = await unit.communities.get(community)
            if home is None:
                raise Refusal("community.unknown")
            topic = fallback_topic(await unit.communities.topics(home.id), "news", "parents")
            key = f"questions:changed:{community}:{int(now.timestamp())}"
            await unit.outbox.enqueue(
                message(
                    key,
                    "questions-changed",
                    chat=home.chat,
                    topic=address(topic),
                    language=home.language,
                    facts={"text": words},
                )
            )
            facts = {"community": community}
            await unit.events.record(
                Event(EventName.FEEDBACK_SHOWN, now, actor=author, facts=facts)
            )
