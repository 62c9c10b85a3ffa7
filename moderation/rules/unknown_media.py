"""Content no rule can read goes to a person; it never passes as empty, and is never punished for being unreadable."""

from __future__ import annotations

from moderation.content import Content
from moderation.facts import AuthorFacts, ChatFacts
from moderation.model import Facts, Finding, Severity
from moderation.policy import UnknownMediaPolicy

RULE = "unknown_media"
UNREADABLE = frozenset({
    "story", "reply_to_story", "game", "invoice", "paid_media", "giveaway", "giveaway_winners", "gift", "unique_gift",
    "live_photo",
})  # fmt: skip
PICTURES = frozenset({"photo", "video", "animation", "live_photo"})


def check(
    content: Content, author: AuthorFacts, chat: ChatFacts, policy: UnknownMediaPolicy
) -> Finding | None:
    """Find what has to be looked at: marked files, unknown content, letters drawn by emoji, a bare picture."""
    message = content.message
    if any(media_id in chat.media_hashes for media_id in message.media_ids):
        return Finding(RULE, Severity.HIDE, 0.9, "evidence-media-marked")
    if message.unknown:
        return _review(0.5, "unknown", {"fields": ", ".join(message.unknown)})
    return None if author.is_staff else _odd(content, author, policy)


def _odd(content: Content, author: AuthorFacts, policy: UnknownMediaPolicy) -> Finding | None:
    message = content.message
    drawn = sum(e.kind == "custom_emoji" for p in message.passages for e in p.entities)
    if policy.custom_emoji_max and drawn >= policy.custom_emoji_max:
        return _review(0.5, "emoji", {"count": drawn})
    odd = sorted(message.media & UNREADABLE)
    if odd:
        return _review(0.4, "unknown", {"fields": ", ".join(odd)})
    bare = message.media & PICTURES and not content.own.strip()
    if bare and author.messages_before < policy.newcomer_messages:
        return _review(0.3, "bare-picture", {})
    return None


def _review(score: float, kind: str, facts: Facts) -> Finding:
    return Finding(RULE, Severity.REVIEW, score, f"evidence-media-{kind}", facts=facts)
