"""The trained model's opinion. Sure of itself it acts on newcomers; in the grey band a person looks."""

from __future__ import annotations

import re

from moderation.content import Content
from moderation.facts import AuthorFacts, ChatFacts
from moderation.model import Finding, Severity
from moderation.policy import SpamModelPolicy
from moderation.spam.corpus import stripped
from moderation.spam.model import SpamModel
from moderation.text.fold import Folded, fold

RULE = "spam_model"
_ADDRESS = re.compile(r"\S+://\S+|(?<![\w@])@\w{3,}|\b(?:t\.me|www\.)\S+")


def check(
    content: Content, author: AuthorFacts, chat: ChatFacts, policy: SpamModelPolicy
) -> Finding | None:
    """Score the author's words; a quoted or forwarded text is scored too, but costs its bearer nothing."""
    del chat
    if author.is_staff:
        return None
    score = _scored(content.own, content.folded, policy)
    borrowed = False
    if content.folded_all is not content.folded:
        whole = _scored(content.message.all_text, content.folded_all, policy)
        score, borrowed = max(score, whole), whole > score
    if score < policy.review_score:
        return None
    standing = author.is_trusted or author.messages_before >= policy.standing_messages
    severity = Severity.REVIEW if standing else _severity(score, policy, borrowed=borrowed)
    facts = {"percent": min(int(score * 100), 99)}
    return Finding(
        RULE, severity, round(score, 3), "evidence-spam-model", facts, punishes=not borrowed
    )


def spam_score(content: Content) -> float:
    """Give the model's score of everything a reader sees, 0..1, whoever wrote it."""
    return score_of(content.message.all_text, content.folded_all)


def score_of(text: str, folded: Folded) -> float:
    """Score a text without its addresses: the model knows words, other rules know links."""
    bare = judged(text)
    return SpamModel.load().score(folded if bare is text else fold(bare))


def judged(text: str) -> str:
    """Leave of a text what the model was trained on; the same object when nothing is taken out."""
    if "@" in text or "://" in text or "t.me" in text or "www." in text:
        text = _ADDRESS.sub(" ", text)
    return stripped(text) if "[" in text else text


def _scored(text: str, folded: Folded, policy: SpamModelPolicy) -> float:
    if len(folded.folded) < policy.least_characters:
        return 0.0
    return score_of(text, folded)


def _severity(score: float, policy: SpamModelPolicy, *, borrowed: bool) -> Severity:
    if score >= policy.ban_score and not borrowed:
        return Severity.BAN
    return Severity.HIDE if score >= policy.hide_score else Severity.REVIEW
