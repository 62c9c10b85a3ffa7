"""Read facts about an author from a line of a file, where nobody can be asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from core.errors import Refusal
from moderation.facts import NEWCOMER, AuthorFacts, Strike

FIELDS = frozenset(
    {"id", "days", "messages", "roles", "status", "trusted", "strikes", "violations", "bio"}
)


def author_from_json(obj: object, now: datetime) -> AuthorFacts:
    """Read `{"days": 40, "messages": 12, "roles": ["mentor"], "strikes": 1, "trusted": false, "status": "member"}`.

    Absent means a newcomer. Refuses `author.unknown_field` (field) and `author.wrong_type` (field).
    """
    if obj is None:
        return NEWCOMER
    if not isinstance(obj, Mapping):
        raise Refusal("author.wrong_type", field="author")
    for field in obj:
        if field not in FIELDS:
            raise Refusal("author.unknown_field", field=str(field))
    days = _number(obj, "days")
    return AuthorFacts(
        person_id=_number(obj, "id") or 0,
        telegram_status=str(obj.get("status", "member")),
        roles=_roles(obj.get("roles", ())),
        joined_at=None if days is None else now - timedelta(days=days),
        messages_before=_number(obj, "messages") or 0,
        strikes=tuple(Strike(now, "earlier") for _ in range(_number(obj, "strikes") or 0)),
        violations=_number(obj, "violations") or 0,
        is_trusted=obj.get("trusted") is True,
        bio=str(obj.get("bio", "")),
    )


def _number(obj: Mapping[str, Any], field: str) -> int | None:
    value = obj.get(field)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise Refusal("author.wrong_type", field=field)
    return int(value)


def _roles(value: object) -> frozenset[str]:
    if isinstance(value, list | tuple) and all(isinstance(role, str) for role in value):
        return frozenset(value)
    raise Refusal("author.wrong_type", field="roles")
