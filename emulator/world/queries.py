"""Questions that wait for a bot's answer: pressed buttons and polls."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

ANSWER_TIME = 15 * 60
"""Seconds a pressed button waits; Telegram names no figure, clients give up after about this long."""
EPHEMERAL_TIME = 15
"""Seconds after a press or a command in which a bot without administrator rights may answer for one person only."""


@dataclass(slots=True)
class Press:
    """A pressed inline button. `answer` is what the bot said to it, None until it has."""

    id: str
    bot_id: int
    user_id: int
    chat_id: int
    message_id: int
    data: str
    at: float
    answer: Json | None = None

    @property
    def text(self) -> str:
        """Return the words of the notification, empty when there are none or no answer."""
        words: str = (self.answer or {}).get("text", "")
        return words


@dataclass(slots=True)
class Poll:
    """A poll with the votes of people by option index."""

    id: str
    bot_id: int | None
    chat_id: int
    message_id: int
    view: Json
    votes: dict[int, list[int]] = field(default_factory=dict)


@dataclass(slots=True)
class Queries:
    """All of them by identifier."""

    presses: dict[str, Press] = field(default_factory=dict)
    polls: dict[str, Poll] = field(default_factory=dict)
    join_queries: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Join request queries: chat id and user id."""
    commands: dict[tuple[int, int, int], float] = field(default_factory=dict)
    """When a person last gave a bot a command in a chat: (bot, chat, person) -> unix seconds."""
    last_id: int = 4_000_000_000_000_000

    def next_id(self) -> str:
        self.last_id += 1
        return str(self.last_id)
