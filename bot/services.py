"""The use cases, built by hand under the names handlers ask for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from aiogram import Bot
from aiohttp import web

from bot import bridges, reading
from bot.directory import Directory
from bot.lifecycle import Lifecycle
from bot.services_community import community_jobs, mailings_of, meetings_of, mentors_of
from bot.services_consent import OwnName, book_of, consent_jobs, links_of, rights_of
from bot.services_moderation import moderation_jobs, moderation_of
from bot.settings import Settings
from bot.upkeep import Upkeep
from community.arrivals import Arrivals
from community.children import Children
from community.dutybook import DutyBook
from community.escalation import Escalations
from community.escalation_effects import topic_link
from community.escalation_watch import Watch
from community.first_steps import FirstSteps
from community.forms import Forms
from community.join_requests import JoinRequests
from community.model import TopicState
from community.places import Places
from community.questions.insights import Insights
from community.questions.service import Questions, close_answered
from community.replies import Replies
from community.roles import Roles
from community.setup import Setup
from community.surveys import Surveys, close_complaint
from consent.service import Consents
from core.clock import Clock
from core.cohorts import Cohort
from delivery.pictures.progress import picture_or_none
from delivery.policy import GatePolicy
from handlers.admins.setup_invite import SETTING as INVITE
from handlers.admins.setup_invite import Doors
from handlers.parents.home_view import Habits
from handlers.parents.screens import Screens
from handlers.web.community import Signed, community_routes
from handlers.web.routes import web_routes
from moderation.policy import Policy
from scheduler.clockwork import Job
from scheduler.progress.lesson_days import LessonDays
from scheduler.progress.view import ProgressView
from storage.database import Database
from storage.journal import Journal
from texts.say import Texts

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
    gate: GatePolicy


def services_of(ground: Ground) -> dict[str, Any]:
    """Build everything handlers call."""
    settings, database, texts = ground.settings, ground.database, ground.texts
    book, own = book_of(settings, ground.directory), OwnName()
    consents = Consents(database, book)
    escalations = Escalations(
        database, listeners=(bridges.close_case, close_answered, close_complaint)
    )
    blueprint = reading.blueprint()
    places = Places(database)
    ground.bot.session.middleware(Upkeep(places.topic_gone))
    roles, word = Roles(database, texts), bridges.BeforeAsking(DEFAULT_POLICY)
    moderation = moderation_of(
        settings=settings,
        clock=ground.clock,
        database=database,
        bot=ground.bot,
        directory=ground.directory,
        journal=ground.journal,
        escalations=escalations,
        blueprint=blueprint,
    )
    return {
        **moderation,
        "clock": ground.clock,
        "consents": consents,
        "directory": ground.directory,
        "doors": Doors(ground.bot, places, ground.directory.communities),
        "duty": DutyBook(database),
        "escalation_watch": Watch(database),
        "escalations": escalations,
        "forms": Forms(database),
        "insights": Insights(database),
        "own_name": own,
        "picture": picture_or_none,
        "places": places,
        "progress": ProgressView(database, ground.lifecycle.facts),
        "questions": Questions(database, reading.faq_index(), escalations, word),
        "roles": roles,
        "setup": Setup(database, blueprint, ground.clock.sleep),
        "texts": texts,
        **rights_of(settings, database, book, consents, moderation["memory"], own),
        **_welcome(
            ground, consents, reading.cohort_topics(blueprint), Surveys(database, escalations)
        ),
        **meetings_of(
            database, ground.clock, escalations, word, _addresses(settings, ground.clock)
        ),
        **mentors_of(database, escalations, roles),
        **mailings_of(settings, database, ground.clock, ground.gate),
    }


def _welcome(
    ground: Ground, consents: Consents, topics_by_cohort: Mapping[str, str], surveys: Surveys
) -> dict[str, Any]:
    answers = bridges.ConsentAnswers(consents)
    requests = JoinRequests(ground.database, answers.to_the_service)
    steps = FirstSteps(
        ground.database,
        answers,
        bridges.Beginning(requests, ground.lifecycle.engine),
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
        invites=lambda: _invites(ground.directory),
        topics=lambda cohorts: _topics(ground.directory, topics_by_cohort, cohorts),
        children=children,
        zone=ground.settings.zone,
    )
    settings = ground.settings
    return {
        "arrivals": Arrivals(ground.database, topics_by_cohort),
        "children": children,
        "habits": Habits(
            settings.digest_weekday,
            settings.digest_hour,
            settings.quiet_from,
            settings.quiet_until,
        ),
        "join_requests": requests,
        "lesson_days": LessonDays(ground.database),
        "library": library,
        "replies": Replies(ground.database, library, answered, surveys),
        "screens": screens,
        "steps": steps,
        "surveys": surveys,
    }


def jobs_of(services: Mapping[str, Any], database: Database, clock: Clock) -> tuple[Job, ...]:
    """List the work that comes round; what is due lies in the database."""
    watch: Watch = services["escalation_watch"]
    return (
        Job("escalations", LOOK_EVERY, lambda: watch.tick(clock.now())),
        *community_jobs(services, clock),
        *moderation_jobs(services, clock),
        *consent_jobs(
            database, services["retention"], services["nightly"], services["directory"], clock
        ),
    )


def web_of(services: Mapping[str, Any], texts: Texts, clock: Clock) -> list[web.AbstractRouteDef]:
    """List the pages parents open in a browser."""
    community = community_routes(
        services["feed"], services["after"], services["links"], texts, clock
    )
    return [*web_routes(services["web_forms"], texts, clock), *community]


def _addresses(settings: Settings, clock: Clock) -> Signed:
    return Signed(links_of(settings), settings.public_url.rstrip("/"), clock)


def _topics(
    directory: Directory, topics_by_cohort: Mapping[str, str], cohorts: Collection[Cohort]
) -> list[tuple[str, str]]:
    """List the open topics for parents of some cohorts: name and link."""
    keys = dict.fromkeys(
        topics_by_cohort[c] for c in Cohort if c in cohorts and c in topics_by_cohort
    )
    found = [directory.topic(home, key) for home in directory.communities() for key in keys]
    return [
        (topic.name, topic_link(topic.chat, topic.thread))
        for topic in found
        if topic is not None and topic.state is TopicState.OPEN
    ]


def _invites(directory: Directory) -> list[tuple[str, str]]:
    """List the communities one can ask to be let into: title and link."""
    return [
        (home.title, str(home.settings[INVITE]))
        for home in directory.communities()
        if INVITE in home.settings
    ]
