"""Traits of `identify`: what is kept openly, what only sealed, and who belongs to whom."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from consent.typed import phone_of
from core.errors import Refusal
from ingest.fields import LONGEST_TEXT, Field, day, flag, instant, schedule, text, url, zone
from ingest.problems import Wrong

_MAIL = re.compile(r"^[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+$")
OPEN = (
    Field("timezone", zone),
    Field("schedule", schedule),
    Field("level", text),
    Field("course", text),
    Field("plan", text),
    Field("next_module", text),
    Field("lesson_url", url),
    Field("next_lesson_at", instant),
    Field("subscribed", flag),
    Field("autopay", flag),
    Field("subscription_ends", day, also=("paid_until",)),
    Field("trial_ends", day),
)
MOST_LEARNERS = 12


def open_traits(traits: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the traits that say nothing about who somebody is. Raises Wrong."""
    return {
        field.name: value for field in OPEN if (value := field.take(traits, "traits")) is not None
    }


def private_traits(traits: Mapping[str, Any]) -> dict[str, Any]:
    """Keep, to be sealed: contacts in their normal form (L32), ids of the parent and of learners. Raises Wrong."""
    private: dict[str, Any] = {}
    if phone := traits.get("phone"):
        private["phone"] = _phone(phone)
    if email := traits.get("email"):
        private["email"] = _email(email)
    if parent := traits.get("parent_id") or traits.get("parentId"):
        private["parent"] = text(parent)
    learners = traits.get("learner_ids") or traits.get("learnerIds") or traits.get("learners")
    if learners is not None:
        private["learners"] = _learners(learners)
    return private


def _phone(value: Any) -> str:
    try:
        return phone_of(str(value))
    except Refusal:
        raise Wrong("schema.value", "traits.phone") from None


def _email(value: Any) -> str:
    """Write an address without its case and its plus tag."""
    said = str(value).strip().lower()
    if len(said) > LONGEST_TEXT or not _MAIL.match(said):
        raise Wrong("schema.value", "traits.email")
    name, _, host = said.partition("@")
    return f"{name.partition('+')[0]}@{host}"


def _learners(value: Any) -> list[str]:
    if not isinstance(value, list) or len(value) > MOST_LEARNERS:
        raise Wrong("schema.value", "traits.learners")
    try:
        return [text(one.get("id") if isinstance(one, dict) else one) for one in value]
    except (TypeError, ValueError):
        raise Wrong("schema.value", "traits.learners") from None
