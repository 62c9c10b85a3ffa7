"""Identifiers. Telegram's own need 52 bits; ours are database keys or UUIDv7 strings."""

from __future__ import annotations

import random
from datetime import datetime
from typing import NewType
from uuid import UUID

PersonId = NewType("PersonId", int)
"""Our key of a person; survives a change of Telegram account."""
ChildId = NewType("ChildId", int)
TelegramId = NewType("TelegramId", int)
"""A Telegram user id."""
ChatId = NewType("ChatId", int)
"""A Telegram chat id; equals the user's id in a private chat."""
CommunityId = NewType("CommunityId", int)

_RANDOM = random.SystemRandom()


def uuid7(now: datetime, chance: random.Random = _RANDOM) -> str:
    """Make a UUIDv7 (RFC 9562 5.7): 48 bits of Unix milliseconds of `now`, then chance."""
    milliseconds = int(now.timestamp() * 1000)
    value = (milliseconds & ((1 << 48) - 1)) << 80 | chance.getrandbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(UUID(int=value))
