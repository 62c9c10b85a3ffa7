"""The map of the product: every part is built here, by hand, top to bottom."""

from __future__ import annotations

import platform
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from functools import cache
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.base import BaseSession
from aiogram.fsm.storage.memory import SimpleEventIsolation
from aiohttp import web

from bot import bridges, routes
from bot.directory import Directory
from bot.intake.lanes import Lanes, Spawn
from bot.intake.processor import Intake
from bot.middlewares.answers import Answers
from bot.middlewares.who import WhoActs
from bot.resume import Resume
from bot.settings import Settings
from bot.ticks import Tick
from community.arrivals import Arrivals
from community.escalation import Escalations
from community.escalation_watch import Watch
from community.first_steps import FirstSteps
from community.places import Places
from community.roles import Roles
from consent.book import Book
from consent.fold import ConsentPolicy
from consent.record import Controller
from consent.service import Consents
from core.clock import Clock
from core.localtime import Window
from delivery.bucket import LocalBucket
from delivery.fence import Fence
from delivery.limiter import Limiter
from delivery.policy import GatePolicy, SenderPolicy
from delivery.render import Renderer
from delivery.sender import Sender
from delivery.worker import Worker
from handlers.groups.review import Review
from handlers.parents.screens import Screens
from moderation.decisions import Decisions
from moderation.effects import StaffPlace
from moderation.memory import Memory
from moderation.policy import Policy
from moderation.service import Moderation, Parts
from storage.database import Database
from storage.journal import Journal
from storage.standing import StoredFacts
from texts.packs import Library, load_packs
from texts.say import Texts

COHORT_TOPICS = {
    "0-2": "adaptation",
    "3-5": "adaptation",
    "6-8": "habits",
    "9-12": "habits",
    "13-16": "teens",
}
"""Where parents of each cohort are greeted: keys of content/community.yaml."""
CASES_TOPIC = "cases"


@dataclass(frozen=True, slots=True)
class House:
    """The built product. `bot/app.py` starts and stops it."""

    settings: Settings
    clock: Clock
    database: Database
    bot: Bot
    dispatcher: Dispatcher
    intake: Intake
    journal: Journal
    worker: Worker
    directory: Directory
    texts: Texts
    services: Mapping[str, Any]
    ticks: tuple[Tick, ...]
    web: Mapping[str, web.Application]
    """HTTP parts by the prefix they are mounted under."""


def build(
    settings: Settings,
    clock: Clock,
    database: Database,
    session: BaseSession,
    spawn: Spawn,
    fence: Fence,
) -> House:
    """Build everything; nothing runs yet."""
    texts = all_texts()
    bot = Bot(
        settings.bot_token.get_secret_value(),
        session=session,
        default=DefaultBotProperties(parse_mode="HTML", link_preview_is_disabled=True),
    )
    limiter = Limiter(LocalBucket(settings.messages_per_second, clock), clock)
    session.middleware(limiter)
    directory = Directory(database, clock, settings.owners)
    journal = Journal(database, clock)
    sender_policy = SenderPolicy(per_second=settings.messages_per_second)
    renderer = Renderer(texts, library=_library())
    worker = Worker(
        f"{platform.node()}-{secrets.token_hex(4)}"[:36],
        database,
        Sender(bot, renderer, sender_policy, clock),
        limiter,
        clock,
        fence,
        gate=_gate(settings),
        policy=sender_policy,
    )
    database.after_commit(worker.committed)
    services = _services(settings, clock, database, bot, texts, directory, journal)
    dispatcher = _dispatcher(settings, directory, texts, services)
    intake = Intake(
        database=database,
        clock=clock,
        bot=bot,
        dispatcher=dispatcher,
        journal=journal,
        lanes=Lanes(spawn, settings.workers, settings.queue),
        resume=Resume(services["screens"], directory),
    )
    return House(
        settings,
        clock,
        database,
        bot,
        dispatcher,
        intake,
        journal,
        worker,
        directory,
        texts,
        services,
        ticks=_ticks(services),
        web={},
    )


def _ticks(services: Mapping[str, Any]) -> tuple[Tick, ...]:
    return (Tick("escalations", 15.0, services["escalation_watch"].tick),)


def _services(
    settings: Settings,
    clock: Clock,
    database: Database,
    bot: Bot,
    texts: Texts,
    directory: Directory,
    journal: Journal,
) -> dict[str, Any]:
    """Build the use cases, under the names handlers ask for."""
    controller = Controller(name=settings.controller or settings.school_name)
    consents = Consents(database, Book(controller, ConsentPolicy()))
    answers = bridges.ConsentAnswers(consents)
    escalations = Escalations(database)
    memory = Memory(StoredFacts(database, bot.id, settings.owners, settings.site_domains))
    moderation = Moderation(
        Parts(
            units=database,
            memory=memory,
            journal=journal,
            escalator=bridges.ModerationCalls(escalations),
            policy=lambda _chat, _topic: DEFAULT_POLICY,
            staff=lambda chat: _staff_place(directory, chat),
            shadow=settings.shadow,
        )
    )
    arrivals = Arrivals(database, answers.to_the_service, COHORT_TOPICS)
    steps = FirstSteps(database, answers, bridges.Beginning(arrivals), bridges.PlatformLinks())
    screens = Screens(
        bot=bot,
        steps=steps,
        consents=consents,
        texts=texts,
        clock=clock,
        school=settings.school_name,
        invite=lambda: next(
            (
                str(home.settings["invite"])
                for home in directory.communities()
                if "invite" in home.settings
            ),
            None,
        ),
    )
    return {
        "arrivals": arrivals,
        "clock": clock,
        "consents": consents,
        "decisions": Decisions(database, memory),
        "directory": directory,
        "escalation_watch": Watch(database),
        "escalations": escalations,
        "memory": memory,
        "moderation": moderation,
        "places": Places(database),
        "roles": Roles(database, texts),
        "screens": screens,
        "steps": steps,
        "texts": texts,
    }


DEFAULT_POLICY = Policy()


def _dispatcher(
    settings: Settings, directory: Directory, texts: Texts, services: Mapping[str, Any]
) -> Dispatcher:
    dispatcher = Dispatcher(events_isolation=SimpleEventIsolation(), **services)
    who, answers = WhoActs(directory, texts, settings.zone), Answers(texts)
    review = Review(
        services["moderation"],
        watched=lambda chat: (
            (home := directory.community_of(chat)) is not None and home.chat == chat
        ),
        channel=lambda chat: (
            home.settings.get("linked_channel") if (home := directory.community_of(chat)) else None
        ),
    )
    for observer in (dispatcher.message, dispatcher.edited_message):
        observer.outer_middleware(review)
    for name, observer in dispatcher.observers.items():
        if name not in {"update", "error"}:
            observer.outer_middleware(who)
            observer.outer_middleware(answers)
    dispatcher.include_routers(*routes.routers())
    return dispatcher


def _staff_place(directory: Directory, chat_id: int) -> StaffPlace | None:
    home = directory.community_of(chat_id)
    if home is None or home.staff_chat is None:
        return None
    topic = directory.topic(home, CASES_TOPIC)
    return StaffPlace(home.staff_chat, topic.thread if topic is not None else None)


def _gate(settings: Settings) -> GatePolicy:
    return GatePolicy(
        school_zone=settings.zone,
        quiet=Window(time(settings.quiet_from), time(settings.quiet_until)),
        soft_per_day=settings.care_per_day,
        soft_per_week=settings.care_per_week,
    )


@cache
def all_texts() -> Texts:
    """Read every text once a process: they do not change while it runs."""
    return Texts.load()


@cache
def _packs() -> Library:
    return load_packs()


def _library() -> Callable[[], Library]:
    return _packs
