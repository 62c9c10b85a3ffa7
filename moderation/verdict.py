"""A verdict on one message as JSON, for files and other programs. Nothing is remembered between messages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import orjson

from core.errors import Refusal
from moderation.content import Content
from moderation.decide import Decision, judge
from moderation.facts import ChatFacts
from moderation.model import Finding
from moderation.policy import Policy
from moderation.raw import incoming_from_json
from moderation.raw_author import author_from_json
from moderation.rules.spam_model import spam_score

Say = Callable[[Finding], str]
"""Writes a finding's evidence in words."""
SCORED = ("advertising", "child_data", "impersonation", "medical_advice", "red_flags", "toxicity")
"""Rules whose certainty is printed beside the spam model's."""
NOON = datetime(2026, 1, 14, 12, 0, tzinfo=UTC)
"""Time of a message that tells none: by day, outside night mode."""
SOMEBODY = {"id": 1, "is_bot": False, "first_name": ""}
"""Author of a line that names nobody."""


def of_line(line: bytes | str, policy: Policy, say: Say) -> dict[str, Any]:
    """Judge a line: a Telegram message object or `{"text": ...}`, with an optional `author`.

    A line that is none gets `{"action": "none", "error": ...}`, so that answers keep the order of the lines.
    """
    try:
        read = orjson.loads(line)
    except orjson.JSONDecodeError:
        return _wrong("line.not_an_object")
    if not isinstance(read, dict):
        return _wrong("line.not_an_object")
    try:
        return of_message(read, policy, say)
    except Refusal as refusal:
        return _wrong(refusal.code, **refusal.facts)


def of_message(obj: Mapping[str, Any], policy: Policy, say: Say) -> dict[str, Any]:
    """Judge a message object; the author is a newcomer unless `author` says otherwise. Refuses wrong `author` facts."""
    given = {name: value for name, value in obj.items() if name != "author"}
    given.setdefault("date", int(NOON.timestamp()))
    given.setdefault("from", SOMEBODY)
    message = incoming_from_json(given)
    author = author_from_json(obj.get("author"), message.at)
    decision = judge(message, author, ChatFacts(chat_id=message.chat_id), policy)
    return as_json(decision, spam_score(Content(message)), say)


def as_json(decision: Decision, spam: float, say: Say) -> dict[str, Any]:
    """Write a decision: what is done, all findings, and scores from 0 to 1."""
    found = {finding.rule: finding.score for finding in decision.findings}
    return {
        "action": decision.action.word,
        "findings": [
            {
                "rule": finding.rule,
                "severity": finding.severity.word,
                "score": round(finding.score, 4),
                "evidence": say(finding),
            }
            for finding in decision.findings
        ],
        "scores": {"spam": spam} | {rule: round(found.get(rule, 0.0), 4) for rule in SCORED},
    }


def _wrong(code: str, **facts: object) -> dict[str, Any]:
    return {"action": "none", "findings": [], "scores": {}, "error": code, "facts": facts}
