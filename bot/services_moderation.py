"""The use cases of moderation, built by hand."""

from __future__ import annotations

from typing import Any

from aiogram import Bot

from bot import bridges
from bot.admins import ChatAdmins
from bot.directory import Directory
from bot.settings import Settings
from community.blueprint import Blueprint
from community.escalation import Escalations
from community.model import address
from core.clock import Clock
from moderation.cards import StaffPlace
from moderation.decisions import Decisions
from moderation.memory import Memory
from moderation.policies import Policies
from moderation.samples import SampleBook
from moderation.service import Moderation, Parts
from storage.aside import Aside
from storage.database import Database
from storage.journal import Journal
from storage.standing import StoredFacts

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
    return {
        "admins": admins,
        "decisions": Decisions(database, memory, calls, policies.of),
        "memory": memory,
        "moderation": Moderation(
            Parts(
                units=aside,
                memory=memory,
                journal=journal,
                escalator=calls,
                policy=policies.of,
                staff=lambda chat: staff_place(directory, chat),
                rules=samples.rules,
                shadow=settings.shadow,
            )
        ),
        "policies": policies,
        "samples": samples,
    }


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
