"""The use cases of moderation, built by hand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from aiogram import Bot

from bot import bridges
from bot.admins import ChatAdmins
from bot.directory import Directory
from bot.executing import Guarded
from bot.reading import all_texts
from bot.settings import Settings
from community.blueprint import Blueprint
from community.escalation import Escalations
from community.model import address
from core.clock import Clock
from moderation.appeals import Appeals
from moderation.cards import StaffPlace
from moderation.decisions import Decisions
from moderation.executor import Executor
from moderation.memory import Memory
from moderation.moving import Moving
from moderation.policies import Policies
from moderation.queue import Queue
from moderation.raids import Raids
from moderation.reports import Reports
from moderation.samples import SampleBook
from moderation.sanctions import Sanctions
from moderation.service import Moderation, Parts
from moderation.timed import Timed
from moderation.weekly import Weekly
from scheduler.clockwork import Job
from storage.aside import Aside
from storage.database import Database
from storage.journal import Journal
from storage.standing import StoredFacts
from texts.markup import visible
from texts.templates import Template, load_templates

LOOK_EVERY = 2.0
"""Seconds between two looks at what is due."""
LOOK_FOR_WEEK = 600.0
"""Seconds between two looks whether the weekly report is due."""
CASES_TOPIC = "cases"
REPORTS_TOPIC = "reports"


def moderation_of(
    *,
    settings: Settings,
    clock: Clock,
    database: Database,
    bot: Bot,
    directory: Directory,
    journal: Journal,
    escalations: Escalations,
    blueprint: Blueprint,
) -> dict[str, Any]:
    """Build what handlers of moderation call."""
    plans = {topic.key: topic.settings for topic in blueprint.topics}
    facts = StoredFacts(database, bot.id, settings.owners, settings.site_domains, plans)
    admins = ChatAdmins(bot, clock)
    memory = Memory(facts, admins)
    aside = Aside(database)
    policies = Policies(aside, memory)
    samples = SampleBook(database)
    calls = bridges.ModerationCalls(escalations)

    def staff(chat: int) -> StaffPlace | None:
        return staff_place(directory, chat)

    decisions = Decisions(database, memory, calls, policies.of)
    raids = Raids(aside, memory, policies.of, staff)
    appeals = Appeals(database, memory, staff, decisions)
    executor = Executor(aside, memory, staff, bot.id)
    bot.session.middleware(Guarded(admins, executor))
    return {
        "admins": admins,
        "appeals": appeals,
        "calm": ready_words(),
        "decisions": decisions,
        "executor": executor,
        "memory": memory,
        "moving": Moving(database, memory),
        "queue": Queue(database),
        "raids": raids,
        "reports": Reports(database, memory, staff, bot.id),
        "rules_text": blueprint.rules,
        "sanctions": Sanctions(database, memory, policies.of, staff, bot.id),
        "weekly": Weekly(
            aside,
            staff,
            lambda: [(home.chat, home.zone) for home in directory.communities()],
            settings.owners,
            lambda key, language: visible(all_texts().say_by_name(language, key, {})),
        ),
        "timed": Timed(database, memory, staff, raids, appeals),
        "moderation": Moderation(
            Parts(
                units=aside,
                memory=memory,
                journal=journal,
                escalator=calls,
                policy=policies.of,
                staff=staff,
                rules=samples.rules,
                shadow=settings.shadow,
            )
        ),
        "policies": policies,
        "samples": samples,
    }


def moderation_jobs(services: Mapping[str, Any], clock: Clock) -> tuple[Job, ...]:
    """List the work of moderation that comes round."""
    timed: Timed = services["timed"]
    weekly: Weekly = services["weekly"]
    return (
        Job("moderation", LOOK_EVERY, lambda: timed.tick(clock.now())),
        Job("moderation week", LOOK_FOR_WEEK, lambda: weekly.tick(clock.now())),
    )


@cache
def ready_words() -> Mapping[tuple[str, str], Template]:
    """Read the moderators' templates, by language and id."""
    found = load_templates()
    return {(one.lang, one.id): one for one in found if one.audience == "moderator"}


def staff_place(directory: Directory, chat_id: int) -> StaffPlace | None:
    """Find where cards of a community go."""
    home = directory.community_of(chat_id)
    if home is None or home.staff_chat is None:
        return None
    return StaffPlace(
        home.staff_chat,
        address(directory.topic(home, CASES_TOPIC)),
        address(directory.topic(home, REPORTS_TOPIC)),
        home.language,
    )
