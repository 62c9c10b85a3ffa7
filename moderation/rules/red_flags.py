"""Self-harm, violence at home, abuse. The message stays where it is; a person is called.

No phrase here decides guilt or danger: talk about suicide and a cry for help share their words, so both reach a
person, and what differs is how fast.
"""

from __future__ import annotations

from moderation.content import Content
from moderation.facts import AuthorFacts, ChatFacts
from moderation.lexicon import Marks
from moderation.model import EscalationKind, Finding, Severity, Urgency
from moderation.policy import RedFlagPolicy
from moderation.rules.red_words import DIRECT, TALK, VIOLENCE

RULE = "red_flags"
KINDS = (
    ("red_suicide_direct", "evidence-red-self-harm", 0.95),
    ("red_abuse", "evidence-red-abuse", 0.9),
    ("red_violence", "evidence-red-violence", 0.85),
    ("red_suicide_talk", "evidence-red-suicide-talk", 0.6),
)
STEMS = "red_stems"


def check(
    content: Content, author: AuthorFacts, chat: ChatFacts, policy: RedFlagPolicy
) -> Finding | None:
    """Find the most urgent sign; the author's standing makes no difference to a call for help."""
    del author, chat
    marks = content.marks
    if not marks:
        return None
    for tag, evidence, score in KINDS:
        spans = _serious(marks, tag)
        if spans:
            return _finding(score, evidence, spans, policy)
    return _by_pattern(content, policy) if STEMS in marks else None


def _by_pattern(content: Content, policy: RedFlagPolicy) -> Finding | None:
    text = content.folded.folded
    for pattern, evidence, score in (
        (DIRECT, "evidence-red-self-harm", 0.85),
        (VIOLENCE, "evidence-red-violence", 0.85),
        (TALK, "evidence-red-suicide-talk", 0.6),
    ):
        found = pattern.search(text)
        if found is not None and not _in_harmless(content.marks, *found.span()):
            return _finding(score, evidence, (found.span(),), policy)
    return None


def _finding(
    score: float, evidence: str, spans: tuple[tuple[int, int], ...], policy: RedFlagPolicy
) -> Finding:
    return Finding(
        RULE,
        Severity.ESCALATE,
        score,
        evidence,
        spans=spans,
        escalation=EscalationKind.DUTY,
        urgency=Urgency.AT_ONCE if score >= policy.at_once_score else Urgency.SOON,
        protects=True,
    )


def _serious(marks: Marks, tag: str) -> tuple[tuple[int, int], ...]:
    return tuple(
        (mark.start, mark.end)
        for mark in marks.get(tag, ())
        if not _in_harmless(marks, mark.start, mark.end)
    )


def _in_harmless(marks: Marks, start: int, end: int) -> bool:
    return any(h.start < end and start < h.end for h in marks.get("red_harmless", ()))
