"""People who borrow the face of the school: a name, a tag, a channel.

Namesakes exist, so likeness alone only asks a person to look; likeness together with a call into private messages or
to pay is acted upon.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache

from moderation.content import Content
from moderation.facts import AuthorFacts, ChatFacts
from moderation.model import AuthorKind, Finding, Incoming, Severity
from moderation.policy import ImpersonationPolicy
from moderation.rules.patterns import folded
from moderation.text.fold import fold

RULE = "impersonation"
_OFFICE = folded(
    r"""(?<!\w)(?:модератор|админ|администратор|администрация|техподдержк|поддержка|служба\s+поддержки|саппорт|куратор|методист|
    эксперт\s+школы|оператор\s+школы|официальн|suport|support|admin|moderator|official)"""
)
_LURE = folded(
    r"""(?<!\w)(?:(?:на)?пишите\s+мне|(?:на)?пишите\s+в\s+лич|в\s+личные|в\s+лс|в\s+директ|переведите|оплат|перевод\s+на\s+карт|номер\s+карты|
    код\s+из\s+смс|подтвердите|выиграли|верн[её]м\s+деньги|возврат\s+средств|верификац|оформи\w+\s+возврат|перейдите\s+по)"""
)


def check(
    content: Content, author: AuthorFacts, chat: ChatFacts, policy: ImpersonationPolicy
) -> Finding | None:
    """Find somebody who is not staff and looks like staff."""
    message = content.message
    if author.is_staff or message.author_kind not in {AuthorKind.USER, AuthorKind.CHANNEL}:
        return None
    if message.sender_tag and _OFFICE.search(folded_name(message.sender_tag)):
        return _finding(content, "evidence-impersonation-tag", 0.7)
    if not message.author_name and not message.author_username:
        return None
    if _borrows(message, author, chat, policy):
        return _finding(content, "evidence-impersonation-name", 0.75)
    if _OFFICE.search(folded_name(message.author_name)):
        return _finding(content, "evidence-impersonation-office", 0.6)
    return None


@lru_cache(maxsize=4096)
def folded_name(name: str) -> str:
    """Fold a display name, marks and direction tricks gone."""
    return fold(name).folded


@lru_cache(maxsize=16384)
def likeness(left: str, right: str) -> float:
    """Compare two folded names: 1 for equal, 0 for nothing in common."""
    if left == right:
        return 1.0
    if abs(len(left) - len(right)) > max(len(left), len(right)) // 3:
        return 0.0
    return SequenceMatcher(None, left, right).ratio()


def _borrows(
    message: Incoming, author: AuthorFacts, chat: ChatFacts, policy: ImpersonationPolicy
) -> bool:
    mine = folded_name(message.author_name)
    handle = folded_name(message.author_username)
    for staff in chat.staff:
        if staff.person_id == author.person_id and author.person_id:
            continue
        theirs = folded_name(staff.name)
        if len(theirs) >= policy.least_letters and likeness(mine, theirs) >= policy.similarity:
            return True
        handle_of = folded_name(staff.username)
        if (
            handle
            and len(handle_of) >= policy.least_letters
            and likeness(handle, handle_of) >= policy.similarity
        ):
            return True
    return False


def _finding(content: Content, evidence: str, score: float) -> Finding:
    lures = _LURE.search(content.folded.folded) is not None
    return Finding(
        RULE,
        Severity.HIDE if lures else Severity.REVIEW,
        min(score + 0.2, 0.95) if lures else score,
        evidence,
    )
