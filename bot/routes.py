"""The router tree: which handlers exist, in which order they are asked."""

from __future__ import annotations

from aiogram import Router

from handlers import fallback
from handlers import help as help_screen
from handlers.admins import consents as staff_consents
from handlers.admins import duty, roles, setup
from handlers.experts import answers
from handlers.experts import questions as expert_questions
from handlers.groups import joins
from handlers.groups import questions as group_questions
from handlers.moderators import cases
from handlers.parents import (
    children,
    consents,
    consents_settings,
    consents_teen,
    consents_typed,
    first_steps,
    home,
    items,
    privacy,
    questions,
)

PRIVILEGED = (cases, staff_consents, roles, duty, setup, answers, expert_questions)
"""Every handler of these ends its filters with `may` (tests/house/test_rights.py)."""
PARENTS = (
    consents_teen,
    consents_typed,
    first_steps,
    consents,
    consents_settings,
    privacy,
    questions,
    children,
    items,
    home,
    help_screen,
)
GROUPS = (joins, group_questions)


def routers() -> list[Router]:
    """Make the routers afresh: aiogram lets a router have one parent only."""
    return [module.router() for module in (*PRIVILEGED, *GROUPS, *PARENTS, fallback)]
