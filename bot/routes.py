"""The router tree: which handlers exist, in which order they are asked."""

from __future__ import annotations

from aiogram import Router

from handlers import fallback
from handlers.admins import roles
from handlers.groups import joins
from handlers.moderators import cases
from handlers.parents import first_steps

PRIVILEGED = (cases, roles)
"""Every handler of these ends its filters with `may` (tests/house/test_rights.py)."""
PARENTS = (first_steps,)
GROUPS = (joins,)


def routers() -> list[Router]:
    """Make the routers afresh: aiogram lets a router have one parent only."""
    return [module.router() for module in (*PRIVILEGED, *GROUPS, *PARENTS, fallback)]
