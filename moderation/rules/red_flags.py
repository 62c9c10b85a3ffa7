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

RULE = "red_flags"
KINDS = (
    ("red_suicide_direct", "evidence-red-self-harm", 0.95),
    ("red_abuse", "evidence-red-abuse", 0.9),
    ("red_violence", "evidence-red-violence", 0.85),
    ("red_suicide", "evidence-red-suicide-talk", 0.6),
)


def check(
    content: Content, author: AuthorFacts, chat: ChatFacts, policy: RedFlagPolicy
) -> Finding | None:
    """Find the most urgent sign; the author's standing makes no difference to a call for help."""
    del author, chat
    marks = content.marks
    for tag, evidence, score in KINDS:
        spans = _serious(marks, tag)
        if spans:
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
    return None


def _serious(marks: Marks, tag: str) -> tuple[tuple[int, int], ...]:
    harmless = marks.get("red_harmless", ())
    return tuple(
        (mark.start, mark.end)
        for mark in marks.get(tag, ())
        if not any(h.start < mark.end and mark.start < h.end for h in harmless)
    )
