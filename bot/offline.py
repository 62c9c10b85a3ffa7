"""Judging messages that lie in a file: the same rules, no chat, no effect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import orjson

from core.errors import Refusal
from moderation.content import Content
from moderation.decide import CLEAN, decide
from moderation.facts import ChatFacts
from moderation.model import Finding
from moderation.policy import Policy
from moderation.raw import EPOCH, incoming_from_json
from moderation.raw_author import author_from_json
from moderation.rules.registry import RULES, run
from moderation.rules.spam_model import spam_score
from texts.markup import visible
from texts.say import Texts

SOMEBODY = 1
"""Author id of a line that names nobody."""


def verdict_of(
    obj: Mapping[str, Any], texts: Texts, policy: Policy, language: str = "ru"
) -> dict[str, Any]:
    """Judge a Telegram message object or `{"text": ...}`; the author is a newcomer unless `author` says otherwise.

    Refuses like `moderation.raw_author.author_from_json`.
    """
    message = incoming_from_json(obj)
    if not message.author_id:
        message = replace(message, author_id=SOMEBODY)
    if message.at == EPOCH:
        message = replace(message, at=NOON)
    author, chat = author_from_json(obj.get("author"), message.at), ChatFacts()
    content = Content(message)
    findings = run(content, author, chat, policy)
    decision = decide(message, author, chat, findings, policy) if findings else CLEAN
    return {
        "action": decision.action.word,
        "findings": [_told(finding, texts, language) for finding in findings],
        "scores": _scores(content, findings),
    }


NOON = datetime(2026, 1, 14, 12, 0, tzinfo=UTC)
"""When a line without a date was written: by day, outside night mode."""


def judged_lines(lines: Iterator[bytes], texts: Texts, policy: Policy) -> Iterator[bytes]:
    """Give one verdict a line, in order; a line that cannot be read gets an `error` instead of an action."""
    for line in lines:
        try:
            obj = orjson.loads(line)
            yield orjson.dumps(verdict_of(obj, texts, policy))
        except (orjson.JSONDecodeError, AttributeError):
            yield orjson.dumps({"action": "none", "error": "line.not_an_object"})
        except Refusal as refusal:
            facts = dict(refusal.facts)
            yield orjson.dumps({"action": "none", "error": refusal.code, "facts": facts})


def exported(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Read the messages of a Telegram Desktop export (`result.json`) as message objects."""
    for one in document.get("messages", ()):
        if not isinstance(one, dict) or one.get("type") != "message":
            continue
        parts = one.get("text_entities") or []
        text = "".join(str(part.get("text", "")) for part in parts if isinstance(part, dict))
        yield {
            "message_id": one.get("id", 0),
            "date": int(one.get("date_unixtime") or 0),
            "chat": {"id": document.get("id", 0), "type": "supergroup"},
            "from": {
                "id": _digits(one.get("from_id")),
                "is_bot": False,
                "first_name": one.get("from") or "",
            },
            "text": text or (one["text"] if isinstance(one.get("text"), str) else ""),
        }


def _told(finding: Finding, texts: Texts, language: str) -> dict[str, Any]:
    facts = {
        name: ", ".join(visible(texts.say_by_name(language, key, {})) for key in value["list"])
        if isinstance(value, Mapping) and "list" in value
        else value
        for name, value in finding.facts.items()
    }
    return {
        "rule": finding.rule,
        "severity": finding.severity.word,
        "score": round(finding.score, 4),
        "evidence": str(texts.say_by_name(language, finding.evidence, facts)),
    }


def _scores(content: Content, findings: list[Finding]) -> dict[str, float]:
    scores = {rule.name: 0.0 for rule in RULES}
    scores.update({finding.rule: finding.score for finding in findings})
    return scores | {"spam": spam_score(content)}


def _digits(value: object) -> int:
    digits = "".join(letter for letter in str(value or "") if letter.isdigit())
    return int(digits) if digits else SOMEBODY
