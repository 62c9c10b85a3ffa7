"""Near copies of what staff marked: advertising is hidden at once, a text marked harmless is left to its reader."""

from __future__ import annotations

from collections.abc import Callable

from moderation.content import Content
from moderation.facts import AuthorFacts, ChatFacts
from moderation.model import Finding, Severity
from moderation.policy import SpamModelPolicy
from moderation.rules import spam_model
from moderation.spam.samples_index import Match, Samples
from moderation.text.shingles import fingerprint

RULE = spam_model.RULE

Check = Callable[[Content, AuthorFacts, ChatFacts, SpamModelPolicy], Finding | None]


def against(samples: Samples) -> Check:
    """Make the spam model's rule with a chat's samples laid over it, to run in place of `spam_model.check`."""

    def check(
        content: Content, author: AuthorFacts, chat: ChatFacts, policy: SpamModelPolicy
    ) -> Finding | None:
        match = samples.nearest(fingerprint(content.folded_all.compact)) if len(samples) else None
        if match is None or author.is_staff:
            return spam_model.check(content, author, chat, policy)
        return _copy(match, author, policy) if match.sample.spam else None

    return check


def _copy(match: Match, author: AuthorFacts, policy: SpamModelPolicy) -> Finding:
    """Hide a copy; a member of standing, who may be quoting, is only looked at."""
    standing = author.is_trusted or author.messages_before >= policy.standing_messages
    severity = Severity.REVIEW if standing else Severity.HIDE
    return Finding(RULE, severity, round(match.likeness, 3), "evidence-spam-campaign")
