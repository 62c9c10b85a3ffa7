"""Who a person is in a community."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """Staff and helper roles, highest first; a parent has none of them."""

    OWNER = "owner"
    ADMIN = "admin"
    MODERATOR = "moderator"
    EXPERT = "expert"
    MENTOR = "mentor"


STAFF = frozenset({Role.OWNER, Role.ADMIN, Role.MODERATOR})
"""Those who keep order and see cases."""
