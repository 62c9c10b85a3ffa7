"""Too many messages, the same again, dice, and one text from many accounts."""

from __future__ import annotations

from datetime import datetime, timedelta

from moderation.content import Content
from moderation.facts import AuthorFacts, ChatFacts, Past
from moderation.fingerprint import text_fingerprint
from moderation.model import Facts, Finding, Severity
from moderation.policy import FloodPolicy

RULE = "flood"


def check(
    content: Content, author: AuthorFacts, chat: ChatFacts, policy: FloodPolicy
) -> Finding | None:
    """Find the worst kind of flood. An edit is the same message again and never counts; an album counts once."""
    message = content.message
    if not (author.recent or chat.same_text_authors) or message.is_edit or message.service:
        return None
    before = [past for past in author.recent if past.message_id not in message.message_ids]
    burst = _within(before, message.at - timedelta(seconds=policy.window_seconds))
    if "dice" in message.media:
        return _dice(len(burst), policy)
    if (
        policy.wave_authors
        and chat.same_text_authors >= policy.wave_authors
        and _is_telling(content, policy)
    ):
        return _finding(
            Severity.MUTE, 0.85, "wave", {"authors": chat.same_text_authors + 1}, policy
        )
    if before and policy.duplicates_max and _is_telling(content, policy):
        copies = _copies(
            content,
            _within(before, message.at - timedelta(seconds=policy.duplicate_window_seconds)),
        )
        if copies >= policy.duplicates_max:
            return _finding(Severity.HIDE, 0.8, "duplicate", {"copies": copies + 1}, policy)
    if policy.messages_max and len(burst) >= policy.messages_max:
        facts = {"messages": len(burst) + 1, "seconds": policy.window_seconds}
        return _finding(Severity.MUTE, 0.75, "burst", facts, policy)
    return None


def _within(before: list[Past], since: datetime) -> list[Past]:
    return [past for past in before if past.at > since]


def _copies(content: Content, before: list[Past]) -> int:
    mine = text_fingerprint(content)
    return sum(1 for past in before if mine and past.fingerprint == mine)


def _is_telling(content: Content, policy: FloodPolicy) -> bool:
    """Short words ("спасибо") are said by everybody all day; a picture or a link is not."""
    return bool(content.message.media_ids) or len(content.own) >= policy.least_characters


def _dice(burst: int, policy: FloodPolicy) -> Finding | None:
    if not policy.dice_max or burst < policy.dice_max:
        return None
    return _finding(Severity.HIDE, 0.7, "dice", {"messages": burst + 1}, policy)


def _finding(
    severity: Severity, score: float, kind: str, facts: Facts, policy: FloodPolicy
) -> Finding:
    return Finding(
        RULE,
        severity,
        score,
        f"evidence-flood-{kind}",
        facts=facts,
        mute_seconds=policy.mute_seconds,
    )
