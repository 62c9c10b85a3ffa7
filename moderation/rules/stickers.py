"""Sticker packs that advertise by name. A pack nobody knows is no reason for anything."""

from __future__ import annotations

import re

from moderation.content import Content
from moderation.facts import AuthorFacts, ChatFacts
from moderation.model import Finding, Severity
from moderation.policy import StickerPolicy

RULE = "stickers"
_ADVERTISES = re.compile(
    r"casino|kazino|1x_?bet|betting|stavk|porn|xxx|18_?plus|sex|nude|onlyfans|escort|crypto|bitcoin|usdt|zarabot|earn_?money|slot(?:s|_)|"
    r"airdrop|darknet|mefedr|zakladk|vzlom|hack_",
    re.IGNORECASE,
)


def check(
    content: Content, author: AuthorFacts, chat: ChatFacts, policy: StickerPolicy
) -> Finding | None:
    """Find a pack whose name sells something."""
    del author, chat, policy
    name = content.message.sticker_set
    if not name or not _ADVERTISES.search(name.partition("_by_")[0]):
        return None
    return Finding(RULE, Severity.HIDE, 0.7, "evidence-sticker-pack", soft_first=True)
