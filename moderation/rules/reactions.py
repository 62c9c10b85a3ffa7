"""Reactions as spam. Not a rule about messages: it looks at one person's latest reactions."""

from __future__ import annotations

from moderation.facts import AuthorFacts
from moderation.model import Finding, Severity
from moderation.policy import Mode, ReactionPolicy

RULE = "reactions"


def check(author: AuthorFacts, policy: ReactionPolicy) -> Finding | None:
    """Find somebody who reacts faster than a person reads.

    `author.reactions_recent` counts reactions in the policy's window, this one included. Anonymous counts name
    nobody and are not judged.
    """
    if policy.mode is Mode.OFF or author.is_staff:
        return None
    most = policy.newcomer_reactions_max if author.messages_before == 0 else policy.reactions_max
    if not most or author.reactions_recent <= most:
        return None
    facts = {"reactions": author.reactions_recent, "seconds": policy.window_seconds}
    return Finding(RULE, Severity.MUTE, 0.8, "evidence-reactions", facts=facts)
