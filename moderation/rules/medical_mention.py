"""Medicines named in a message. Observed only: a mention is not advice, and nobody is bothered for it."""

from __future__ import annotations

from moderation.content import Content
from moderation.facts import AuthorFacts, ChatFacts
from moderation.model import Finding, Severity
from moderation.policy import MedicalMentionPolicy

RULE = "medical_mention"
TAGS = ("drugs", "drug_classes", "drug_forms", "drug_forms_weak")


def check(
    content: Content, author: AuthorFacts, chat: ChatFacts, policy: MedicalMentionPolicy
) -> Finding | None:
    """Find names, groups and forms of medicines."""
    del author, chat, policy
    marks = [mark for tag in TAGS for mark in content.marks.get(tag, ())]
    if not marks:
        return None
    return Finding(
        RULE,
        Severity.OBSERVE,
        1.0 if content.marks.get("drugs") else 0.8,
        "evidence-medical-mention",
        facts={"count": len(marks)},
        spans=tuple((mark.start, mark.end) for mark in marks),
    )
