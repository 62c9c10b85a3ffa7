"""The use cases, built by hand under the names handlers ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiogram import Bot
from aiohttp import web

from bot import bridges, reading
from bot.directory import Directory
from bot.lifecycle import Lifecycle
from bot.services_consent import OwnName, book_of, consent_jobs, rights_of
from bot.settings import Settings
from community.arrivals import Arrivals
from community.children import Children
from community.dutybook import DutyBook
from community.escalation import Escalations
from community.escalation_watch import Watch
from community.first_steps import FirstSteps
from community.forms import Forms
from community.places import Places
from community.questions.insights import Insights
from community.questions.service import Questions
from community.replies import Replies
from community.roles import Roles
from community.setup import Setup
from consent.service import Consents
from core.clock import Clock
from handlers.parents.home_view import Habits
from handlers.parents.screens import Screens
from handlers.web.routes import web_routes
from moderation.decisions import Decisions
from moderation.effects import StaffPlace
from moderation.memory import Memory
from moderation.policy import Policy
from moderation.service import Moderation, Parts
from scheduler.clockwork import Job
from storage.database import Database
from storage.journal import Journal
from storage.standing import StoredFacts
from texts.say import Texts

CASES_TOPIC = "cases"
DEFAULT_POLICY = Policy()
LOOK_EVERY = 2.0
"""Seconds between two looks at what is due."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What every part stands on."""

    settings: Settings
    clock: Clock
    database: Database
    bot: Bot
    texts: Texts
    directory: Directory
    journal: Journal
    lifecycle: Lifecycle


def services_of(ground: Ground) -> dict[str, Any]:
    """Build everything handlers call."""
    settings, database, texts = ground.settings, ground.database, ground.texts
    book, own = book_of(settings, ground.directory), OwnName()
    consents = Consents(database, book)
    escalations = Escalations(database, listeners=(bridges.close_case,))
    memory = Memory(StoredFacts(database, ground.bot.id, settings.owners, settings.site_domains))
    moderation = _moderation(ground, escalations, memory)
    blueprint = reading.blueprint()
    return {
        "clock": ground.clock,
        "consents": consents,
        "decisions": Decisions(database, memory),
        "directory": ground.directory,
        "duty": DutyBook(database),
        "escalation_watch": Watch(database),
        "escalations": escalations,
        "forms": Forms(database),
        "insights": Insights(database),
        "memory": memory,
        "moderation": moderation,
        "own_name": own,
        "places": Places(database),
        "questions": Questions(
            database, reading.faq_index(), escalations, bridges.BeforeAsking(DEFAULT_POLICY)
        ),
        "roles": Roles(database, texts),
        "setup": Setup(database, blueprint, ground.clock.sleep),
        "texts": texts,
        **rights_of(settings, database, book, consents, memory, own),
        **_welcome(ground, consents, reading.cohort_topics(blueprint)),
    }


def _moderation(ground: Ground, escalations: Escalations, memory: Memory) -> Moderation:
    return Moderation(
        Parts(
            units=ground.database,
            memory=memory,
            journal=ground.journal,
            escalator=bridges.ModerationCalls(escalations),
            policy=lambda _chat, _topic: DEFAULT_POLICY,
            staff=lambda chat: staff_place(ground.directory, chat),
            shadow=ground.settings.shadow,
        )
    )


def _welcome(
    ground: Ground, consents: Consents, topics_by_cohort: Mapping[str, str]
) -> dict[str, Any]:
    answers = bridges.ConsentAnswers(consents)
    arrivals = Arrivals(ground.database, answers.to_the_service, topics_by_cohort)
    steps = FirstSteps(
        ground.database,
        answers,
        bridges.Beginning(arrivals, ground.lifecycle.engine),
        bridges.PlatformLinks(),
    )
    library, answered = ground.lifecycle.content.library, bridges.Answered(ground.lifecycle.engine)
    children = Children(ground.database, library, answered)
    screens = Screens(
        bot=ground.bot,
        steps=steps,
        consents=consents,
        texts=ground.texts,
        clock=ground.clock,
        school=ground.settings.school_name,
        invite=lambda: _invite(ground.directory),
        children=children,
        zone=ground.settings.zone,
    )
    settings = ground.settings
    return {
        "arrivals": arrivals,
        "children": children,
        "habits": Habits(
            settings.digest_weekday,
            settings.digest_hour,
            settings.quiet_from,
            settings.quiet_until,
        ),
        "replies": Replies(ground.database, library, answered),
        "screens": screens,
        "steps": steps,
    }


def jobs_of(services: Mapping[str, Any], database: Database, clock: Clock) -> tuple[Job, ...]:
    """List the work that comes round; what is due lies in the database."""
    watch: Watch = services["escalation_watch"]
    return (
        Job("escalations", LOOK_EVERY, lambda: watch.tick(clock.now())),
        *consent_jobs(database, services["nightly"], services["directory"], clock),
    )


def web_of(services: Mapping[str, Any], texts: Texts, clock: Clock) -> list[web.AbstractRouteDef]:
    """List the pages parents open in a browser."""
    return web_routes(services["web_forms"], texts, clock)


def staff_place(directory: Directory, chat_id: int) -> StaffPlace | None:
    """Find where cards of a community go."""
    home = directory.community_of(chat_id)
    if home is None or home.staff_chat is None:
        return None
    topic = directory.topic(home, CASES_TOPIC)
    return StaffPlace(home.staff_chat, topic.thread if topic is not None else None)


def _invite(directory: Directory) -> str | None:
    return next(
        (
            str(home.settings["invite"])
            for home in directory.communities()
            if "invite" in home.settings
        ),
        None,
    )
