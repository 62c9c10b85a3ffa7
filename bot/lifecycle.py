"""Digests, journeys and the events they live on: built together, because they share facts and the planning gate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.content import LOOK_EVERY, Content
from bot.hooks import hooks_of
from bot.settings import Settings
from core.clock import Clock
from delivery.campaign import CampaignWriter
from delivery.digest import DigestWriter
from delivery.lessons import LessonWriter
from delivery.planning import Planning
from delivery.policy import GatePolicy
from delivery.streaks import StreakWriter
from ingest.keys import WriteKeys
from ingest.links import BotName, link_routes
from ingest.routes import Door, ingest_routes
from scheduler.clockwork import Job
from scheduler.digests import Digests
from scheduler.journeys.daily import Daily
from scheduler.journeys.engine import JourneyEngine
from scheduler.lessons import LessonReminders
from scheduler.plan.digests import DigestPolicy
from scheduler.progress.facts import LearningFacts
from scheduler.progress.service import Taker
from scheduler.savers import Savers
from storage.database import Database
from storage.learning_intake import EventIntake

EVENTS_EVERY = 1.0
"""Seconds between two looks at events that came."""
DIGESTS_EVERY = 2.0
JOURNEYS_EVERY = 2.0
DAILY_EVERY = 60.0
EXPIRY_EVERY = 3600.0


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The parts. `makers` write rows that are neither text nor item, and gather for them when they are claimed."""

    content: Content
    intake: EventIntake
    taker: Taker[Any]
    facts: LearningFacts
    digests: Digests[Any]
    engine: JourneyEngine[Any]
    makers: dict[str, Any]
    routes: list[web.AbstractRouteDef]
    jobs: tuple[Job, ...]


def lifecycle_of(
    settings: Settings, database: Database, clock: Clock, gate: GatePolicy, bot_name: BotName
) -> Lifecycle:
    """Build them."""
    content = Content(database)
    facts = LearningFacts(settings.zone)
    planning: Any = Planning(gate)
    engine: JourneyEngine[Any] = JourneyEngine(
        database, planning, content.journeys, content.library, settings.zone, facts
    )
    policy = DigestPolicy(settings.zone, settings.digest_weekday - 1, settings.digest_hour)
    digests: Digests[Any] = Digests(database, planning, policy)
    taker: Taker[Any] = Taker(database, settings.zone, engine)
    daily: Daily[Any] = Daily(engine)
    savers: Savers[Any] = Savers(database, planning, facts, policy, gate.quiet)
    lessons: LessonReminders[Any] = LessonReminders(database, planning, settings.zone)
    intake = EventIntake(database)
    keys = WriteKeys.read(pair.get_secret_value() for pair in settings.write_keys)
    door = Door(keys, intake, clock)
    hooks, hook_jobs = hooks_of(settings, database, intake, clock)
    return Lifecycle(
        content=content,
        intake=intake,
        taker=taker,
        facts=facts,
        digests=digests,
        engine=engine,
        makers={
            "digest": DigestWriter(content.library, facts),
            "campaign": CampaignWriter(),
            "streak": StreakWriter(content.library, facts),
            "lesson": LessonWriter(content.library, facts),
        },
        routes=[*ingest_routes(door), *link_routes(door, database, bot_name), *hooks],
        jobs=(
            Job("content", LOOK_EVERY, content.look),
            Job("events", EVENTS_EVERY, taker.tick),
            Job("events.expire", EXPIRY_EVERY, taker.expire),
            Job("digests", DIGESTS_EVERY, digests.tick),
            Job("journeys", JOURNEYS_EVERY, engine.tick),
            Job("journeys.daily", DAILY_EVERY, daily.tick),
            Job("streaks", DAILY_EVERY, savers.tick),
            Job("lessons", DAILY_EVERY, lessons.tick),
            *hook_jobs,
        ),
    )
