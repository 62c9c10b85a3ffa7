"""Where a session is held: a topic of its own, made in time; the community's topic for sessions when there is none."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from community.ama import effects
from community.ama.model import Session, State
from community.ama.planning import home_of, session_of, topic_of
from community.ama.ports import AmaUnit, AmaUnits
from community.model import Community, Topic, TopicState
from community.words import act
from core.effects import Kind

PREPARE = timedelta(minutes=15)
"""How long before its hour a session's topic is made: service messages about it come to nobody's live hour."""
REDRAW = timedelta(seconds=6)
"""Between two redraws of the question on stage: a group takes 20 messages and edits a minute, answers go first."""
LONGEST_NAME = 128
"""Characters of a topic's name (Bot API)."""


async def place_of(unit: AmaUnit, session: Session, home: Community) -> Topic | None:
    """Find where a session speaks."""
    if session.thread is None:
        return await topic_of(unit, home)
    key = f"ama-{session.id}"
    return Topic(home.id, key, home.chat, session.thread, session.title, TopicState.OPEN)


@dataclass(frozen=True, slots=True)
class Places:
    """Makes the topics of sessions that are about to begin, and keeps the votes on stage fresh."""

    units: AmaUnits
    drawn: dict[int, tuple[int, datetime]] = field(default_factory=dict)
    """Questions on stage: votes shown and when. Forgotten by a restart, which costs one edit that changes nothing."""

    async def prepare(self, now: datetime) -> int:
        """Ask for the topics of sessions near their hour, and note those that were made; tell how many were noted.

        One topic for each session whatever happens between: the row is keyed by the session (M66).
        """
        noted = 0
        async with self.units.reading() as look:
            sessions = await look.ama.unfinished()
        for held in sessions:
            near = held.starts - PREPARE <= now < held.starts
            if held.state is not State.ANNOUNCED or held.thread is not None or not near:
                continue
            async with self.units.begin() as unit:
                noted += await _prepared(unit, held.id)
        return noted

    async def redraw(self, now: datetime) -> int:
        """Show how the votes for the questions on stage stand; many votes share one edit. Tell how many were edited."""
        async with self.units.reading() as look:
            live = [s for s in await look.ama.unfinished() if s.state is State.LIVE]
            staged = [(s, await look.ama.question(s.stage)) for s in live if s.stage is not None]
        edits = 0
        for held, question in staged:
            if question is None:
                continue
            votes, at = self.drawn.get(question.id, (0, held.starts))
            if question.votes == votes or now - at < REDRAW:
                continue
            self.drawn[question.id] = (question.votes, now)
            async with self.units.begin() as unit:
                home = await home_of(unit, held.community)
                topic = await place_of(unit, held, home)
                card = effects.staged(held, question, home, topic)
                key = f"{card.key}:votes:{question.votes}"
                facts = {**card.facts, "of": card.key}
                await unit.outbox.enqueue(replace(card, key=key, kind=Kind.EDIT, facts=facts))
                edits += 1
        return edits


async def _prepared(unit: AmaUnit, session: int) -> int:
    held = await session_of(unit, session, lock=True)
    home = await home_of(unit, held.community)
    key = f"ama:{held.id}:topic"
    name = held.title[:LONGEST_NAME]
    await unit.outbox.enqueue(act(key, Kind.CREATE_TOPIC, home.chat, name=name))
    thread = await unit.outbox.sent_message(key)
    if thread is None:
        return 0
    await unit.ama.save(replace(held, thread=thread))
    return 1


def topic_link(home: Community, topic: Topic) -> str:
    """Make the link to a topic of a supergroup."""
    return f"https://t.me/c/{str(home.chat).removeprefix('-100')}/{topic.thread}"
