"""The router tree: which handlers exist, in which order they are asked."""

from __future__ import annotations

from aiogram import Router

from handlers import edits, fallback
from handlers import help as help_screen
from handlers.admins import ama, ama_new, broadcast, duty, preview, roles, setup, stops
from handlers.admins import consents as staff_consents
from handlers.experts import answers
from handlers.experts import questions as expert_questions
from handlers.groups import ama as group_ama
from handlers.groups import joins
from handlers.groups import questions as group_questions
from handlers.mentors import desk, templates
from handlers.moderators import cases
from handlers.parents import ama as parent_ama
from handlers.parents import (
    children,
    consents,
    consents_settings,
    consents_teen,
    consents_typed,
    first_steps,
    home,
    items,
    mentors,
    privacy,
    progress,
    questions,
)

PRIVILEGED = (
    cases,
    staff_consents,
    roles,
    duty,
    setup,
    answers,
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
    consents_teen,
    consents_typed,
    first_steps,
    consents,
    consents_settings,
    privacy,
    questions,
    parent_ama,
    mentors,
    children,
    progress,
    items,
    home,
    help_screen,
)
GROUPS = (joins, group_ama, group_questions, edits)


def routers() -> list[Router]:
    """Make the routers afresh: aiogram lets a router have one parent only."""
    return [module.router() for module in (*PRIVILEGED, *GROUPS, *PARENTS, fallback)]
