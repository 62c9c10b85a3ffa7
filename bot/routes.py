"""The router tree: which handlers exist, in which order they are asked."""

from __future__ import annotations

from aiogram import Router

from handlers import edits, fallback
from handlers import help as help_screen
from handlers.admins import ama, ama_new, broadcast, duty, preview, roles, setup, stops
from handlers.admins import consents as staff_consents
from handlers.experts import answers, calls
from handlers.experts import questions as expert_questions
from handlers.groups import ama as group_ama
from handlers.groups import joins, members, moves, reports, rules_text
from handlers.groups import questions as group_questions
from handlers.mentors import desk, templates
from handlers.moderators import cases, chat, commands, figures, policies
from handlers.parents import ama as parent_ama
from handlers.parents import (
    appeals,
    children,
    consents,
    consents_blocked,
    consents_settings,
    consents_teen,
    consents_typed,
    first_steps,
    home,
    items,
    lesson_days,
    mentors,
    mentors_pairs,
    privacy,
    progress,
    questions,
    surveys,
)
from handlers.parents import reports as parent_reports

FIRST = (members, rules_text)
"""Those that only take note, or answer parents where staff are answered otherwise."""
PRIVILEGED = (
    cases,
    commands,
    chat,
    figures,
    policies,
    staff_consents,
    roles,
    duty,
    setup,
    answers,
    calls,
    expert_questions,
    ama,
    ama_new,
    broadcast,
    stops,
    preview,
    desk,
    templates,
)
"""Every handler of these ends its filters with `may` (tests/house/test_rights.py)."""
PARENTS = (
    appeals,
    parent_reports,
    consents_teen,
    surveys,
    consents_typed,
    first_steps,
    consents,
    consents_blocked,
    consents_settings,
    privacy,
    questions,
    parent_ama,
    mentors,
    mentors_pairs,
    children,
    lesson_days,
    progress,
    items,
    home,
    help_screen,
)
GROUPS = (moves, reports, joins, group_ama, group_questions, edits)


def routers() -> list[Router]:
    """Make the routers afresh: aiogram lets a router have one parent only."""
    return [module.router() for module in (*FIRST, *PRIVILEGED, *GROUPS, *PARENTS, fallback)]
