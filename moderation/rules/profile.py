"""Advertising in a name or in the text about oneself. Evidence of shape only: it asks a person to look."""

from __future__ import annotations

import re
from functools import lru_cache

from moderation.content import Content
from moderation.facts import AuthorFacts, ChatFacts
from moderation.model import AuthorKind, Finding, Severity
from moderation.policy import ProfilePolicy
from moderation.text.fold import fold
from moderation.text.urls import links

RULE = "profile"
_SELLS = re.compile(
    r"заработ|подработ|казино|ставки|крипт|инвестиц|доход|пиши в лс|пиши в личк|"
    r"жми|18\+|интим|эскорт|знакомств|vip|casino|crypto|onlyfans|earn"
)


def check(
    content: Content, author: AuthorFacts, chat: ChatFacts, policy: ProfilePolicy
) -> Finding | None:
    """Find a link or a sales word in the profile of somebody who has written little."""
    del chat
    message = content.message
    if not (message.author_name or author.bio) or message.author_kind is not AuthorKind.USER:
        return None
    if (
        author.is_staff
        or not policy.newcomer_messages
        or author.messages_before >= policy.newcomer_messages
    ):
        return None
    if sells(message.author_name) or sells(author.bio):
        return Finding(RULE, Severity.REVIEW, 0.5, "evidence-profile-advertises", punishes=False)
    return None


@lru_cache(maxsize=4096)
def sells(text: str) -> bool:
    """Tell whether a name or a bio sells something."""
    return bool(text) and (bool(links(text)) or _SELLS.search(fold(text).folded) is not None)
