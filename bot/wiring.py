"""The map of the product: every part is built here, by hand, top to bottom."""

from __future__ import annotations

import hashlib
import platform
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.base import BaseSession
from aiohttp import web

from bot import presence, reading, routes
from bot.directory import Directory
from bot.intake.lanes import Lanes, Spawn
from bot.intake.processor import Gate, Intake
from bot.lifecycle import Lifecycle, lifecycle_of
from bot.middlewares.answers import Answers
from bot.middlewares.looks import Looks
from bot.middlewares.who import WhoActs
from bot.resume import Resume
from bot.services import Ground, jobs_of, services_of, web_of
from bot.services_consent import stop_links
from bot.settings import Settings
from community.questions.model import looks_like_question
from core.clock import Clock
from core.localtime import Window
from delivery.bucket import Bucket, LocalBucket, shared_bucket
from delivery.fence import Fence
from delivery.limiter import Limiter
from delivery.policy import GatePolicy, SenderPolicy
from delivery.render import Renderer
from delivery.sender import Sender
from delivery.worker import Worker
from handlers.groups.review import Review
from handlers.groups.votes import Votes
from moderation.service import Moderation
from scheduler.clockwork import Job
from storage.database import Database
from storage.journal import Journal
from texts.say import Texts

AMA_TOPIC = "ama"


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
    limiter: Limiter
    directory: Directory
    texts: Texts
    services: Mapping[str, Any]
    jobs: tuple[Job, ...]
    web: list[web.AbstractRouteDef]
    """Pages and intakes over HTTP."""
    lifecycle: Lifecycle


def build(
    settings: Settings,
    clock: Clock,
    database: Database,
    session: BaseSession,
    spawn: Spawn,
    fence: Fence,
) -> House:
    """Build everything; nothing runs yet."""
    texts = reading.all_texts()
    bot = Bot(
        settings.bot_token.get_secret_value(),
        session=session,
        default=DefaultBotProperties(parse_mode="HTML", link_preview_is_disabled=True),
    )
    bucket = bucket_of(settings, clock)
    limiter = Limiter(bucket, clock, settings.private_interval)
    session.middleware(limiter)
    directory = Directory(database, clock, settings.owners)
    journal = Journal(database, clock, directory.presence.note)
    sender_policy = SenderPolicy.at(settings.messages_per_second)
    gate = _gate(settings)
    lifecycle = lifecycle_of(settings, database, clock, gate, lambda: _name(bot))
    makers = lifecycle.makers
    renderer = Renderer(
        texts, lifecycle.content.library, makers, settings.school_facts, stop_links(settings, clock)
    )
    worker = Worker(
        f"{platform.node()}-{secrets.token_hex(4)}"[:36],
        database,
        Sender(bot, renderer, sender_policy, clock),
        limiter,
        clock,
        fence,
        gate=gate,
        policy=sender_policy,
        preparers=makers,
    )
    database.after_commit(worker.committed)
    services = services_of(
        Ground(settings, clock, database, bot, texts, directory, journal, lifecycle, gate)
    )
    dispatcher = _dispatcher(settings, directory, texts, services)
    intake = Intake(
        database=database,
        clock=clock,
        bot=bot,
        dispatcher=dispatcher,
        journal=journal,
        lanes=Lanes(spawn, settings.workers, settings.queue),
        resume=Resume(services["screens"], directory),
        gate=_first_look(services, bot, texts, directory),
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
        limiter,
        directory,
        texts,
        services,
        jobs=(
            *jobs_of(services, database, clock),
            *lifecycle.jobs,
            Job("presence", presence.EVERY, directory.presence.flush),
        ),
        web=[*web_of(services, texts, clock), *lifecycle.routes],
        lifecycle=lifecycle,
    )


def _dispatcher(
    settings: Settings, directory: Directory, texts: Texts, services: Mapping[str, Any]
) -> Dispatcher:
    dispatcher = Dispatcher(disable_fsm=True, **services)
    who, answers = WhoActs(directory, texts, settings.zone), Answers(texts)
    for name, observer in dispatcher.observers.items():
        if name not in {"update", "error"}:
            observer.outer_middleware(who)
            observer.outer_middleware(answers)
    dispatcher.message.middleware(Looks(services["staff_consents"]))
    dispatcher.include_routers(*routes.routers())
    return dispatcher


def bucket_of(settings: Settings, clock: Clock) -> Bucket:
    """Count the rate in Redis when one is named, so that all processes with this token keep it together (L71)."""
    if settings.redis_url is None or not settings.redis_url.get_secret_value():
        return LocalBucket(settings.messages_per_second, clock)
    token = settings.bot_token.get_secret_value().encode()
    return shared_bucket(
        settings.redis_url.get_secret_value(),
        settings.messages_per_second,
        f"opora:rate:{hashlib.sha256(token).hexdigest()[:16]}",
    )


async def _name(bot: Bot) -> str:
    me = await bot.me()
    return me.username or ""


def _gate(settings: Settings) -> GatePolicy:
    return GatePolicy(
        school_zone=settings.zone,
        quiet=Window(time(settings.quiet_from), time(settings.quiet_until)),
        soft_per_day=settings.care_per_day,
        soft_per_week=settings.care_per_week,
        advertiser_named=bool(settings.advertiser.strip()),
    )


def _first_look(services: Mapping[str, Any], bot: Bot, texts: Texts, directory: Directory) -> Gate:
    votes = Votes(services["asking"], bot, texts)
    review = _gate_of(directory, services["moderation"])

    async def gate(update: Mapping[str, Any]) -> bool:
        return await votes(update) or await review(update)

    return gate


def _gate_of(directory: Directory, moderation: Moderation) -> Review:
    def watched(chat: int) -> bool:
        home = directory.community_of(chat)
        return home is not None and home.chat == chat

    def channel(chat: int) -> int | None:
        home = directory.community_of(chat)
        return home.settings.get("linked_channel") if home is not None else None

    def concerns(message: Mapping[str, Any]) -> bool:
        """Tell of a question, a word of staff, anything in the topic of live sessions."""
        words = message.get("text") or message.get("caption") or ""
        author = message.get("from") or {}
        return (
            looks_like_question(words)
            or directory.is_staff(author.get("id", 0))
            or directory.is_topic(
                message["chat"]["id"], message.get("message_thread_id"), AMA_TOPIC
            )
        )

    return Review(moderation, watched=watched, channel=channel, concerns=concerns)
