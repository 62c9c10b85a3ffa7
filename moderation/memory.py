"""What the hot path knows about authors and chats without asking storage.

Facts are loaded once, then kept true by observing every message; whoever changes them elsewhere calls `forget`.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from moderation.content import Content
from moderation.facts import AuthorFacts, ChatFacts, Past
from moderation.fingerprint import text_fingerprint, version_hash
from moderation.model import Incoming
from moderation.rules.child_data import message_signals

AUTHORS_KEPT = 50_000
"""About 1 kB each: 50 MB at the very most."""
RECENT_KEPT = 30
RECENT_WINDOW = timedelta(hours=1)
WAVE_WINDOW = timedelta(minutes=10)
"""How long an equal text by another author counts as one wave (M94)."""


class Facts(Protocol):
    """Where facts come from on a miss."""

    async def author(self, chat_id: int, user_id: int) -> AuthorFacts: ...

    async def chat(self, chat_id: int, topic_id: int | None) -> ChatFacts: ...


@dataclass(frozen=True, slots=True)
class Mark:
    """What is remembered of a message instead of its words.

    fingerprint: equal for copies however spelled. signals: kinds of a child's data. version: hash of all a reader sees.
    """

    fingerprint: int = 0
    signals: frozenset[str] = frozenset()
    version: int = 0


def mark_of(content: Content) -> Mark:
    """Make the mark of a message; an empty one has the fingerprint 0."""
    return Mark(text_fingerprint(content), message_signals(content), version_hash(content.message))


class Memory:
    """Facts about authors and chats, bounded, least recently used out first."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._authors: OrderedDict[tuple[int, int], AuthorFacts] = OrderedDict()
        self._chats: dict[tuple[int, int | None], ChatFacts] = {}
        self._waves: dict[tuple[int, int], deque[tuple[datetime, int]]] = {}

    async def author(self, message: Incoming) -> AuthorFacts:
        """Tell the author's standing before this message."""
        key = (message.chat_id, message.author_id)
        known = self._authors.get(key)
        if known is None:
            known = await self._facts.author(*key)
            known = self._authors.setdefault(key, known)
            if len(self._authors) > AUTHORS_KEPT:
                self._authors.popitem(last=False)
        else:
            self._authors.move_to_end(key)
        return _before(known, message)

    async def chat(self, message: Incoming, mark: Mark) -> ChatFacts:
        """Tell the chat and topic as they are, with how many others sent the same text lately."""
        key = (message.chat_id, message.topic_id)
        known = self._chats.get(key)
        if known is None:
            known = self._chats[key] = await self._facts.chat(*key)
        others = self._others(message, mark)
        return replace(known, same_text_authors=others) if others else known

    def observe(self, message: Incoming, mark: Mark) -> None:
        """Take a message into its author's recent past. An edit is no new message (M3)."""
        key = (message.chat_id, message.author_id)
        known = self._authors.get(key)
        if known is None or message.is_edit:
            return
        past = Past(
            at=message.at,
            message_id=message.message_id,
            topic_id=message.topic_id,
            fingerprint=mark.fingerprint,
            signals=mark.signals,
            has_media=bool(message.media),
        )
        horizon = message.at - RECENT_WINDOW
        recent = tuple(p for p in known.recent[-RECENT_KEPT:] if p.at > horizon)
        self._authors[key] = replace(
            known, messages_before=known.messages_before + 1, recent=(*recent, past)
        )
        if mark.fingerprint:
            wave = self._waves.setdefault((message.chat_id, mark.fingerprint), deque(maxlen=64))
            wave.append((message.at, message.author_id))
            if len(self._waves) > AUTHORS_KEPT:
                self._waves.pop(next(iter(self._waves)))

    def forget_author(self, chat_id: int, user_id: int) -> None:
        """Read storage again at the next message of this author."""
        self._authors.pop((chat_id, user_id), None)

    def forget_chat(self, chat_id: int) -> None:
        """Read storage again at the next message of this chat."""
        for key in [key for key in self._chats if key[0] == chat_id]:
            del self._chats[key]

    def _others(self, message: Incoming, mark: Mark) -> int:
        wave = self._waves.get((message.chat_id, mark.fingerprint)) if mark.fingerprint else None
        if not wave:
            return 0
        horizon = message.at - WAVE_WINDOW
        return len({author for at, author in wave if at > horizon and author != message.author_id})


def _before(author: AuthorFacts, message: Incoming) -> AuthorFacts:
    """Take the message itself out of its author's past: an edit or a replay is judged as it was the first time."""
    recent = tuple(past for past in author.recent if past.message_id != message.message_id)
    if len(recent) == len(author.recent):
        return author
    return replace(author, recent=recent, messages_before=max(author.messages_before - 1, 0))
