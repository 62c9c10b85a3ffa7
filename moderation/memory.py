"""What the hot path knows about authors and chats without asking storage.

Facts are loaded once, then kept true by observing every message; whoever changes them elsewhere calls `forget`.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from moderation.content import Content
from moderation.facts import AuthorFacts, ChatFacts, Past, Strike
from moderation.fingerprint import text_fingerprint, version_hash
from moderation.model import Incoming
from moderation.rules.child_data import message_signals

K = TypeVar("K")
V = TypeVar("V")
AUTHORS_KEPT = 50_000
"""About 1 kB each: 50 MB at the very most."""
VERSIONS_KEPT = 50_000
ALBUMS_KEPT = 5_000
RECENT_KEPT = 30
RECENT_WINDOW = timedelta(hours=1)
WAVE_WINDOW = timedelta(minutes=10)
"""How long an equal text by another author counts as one wave (M94)."""


@dataclass(frozen=True, slots=True)
class Album:
    """Known parts of an album, and the case it was removed for."""

    parts: tuple[int, ...] = ()
    condemned: int | None = None


class Facts(Protocol):
    """Where facts come from on a miss."""

    async def author(self, chat_id: int, user_id: int) -> AuthorFacts: ...

    async def chat(self, chat_id: int, topic_id: int | None) -> ChatFacts: ...

    async def version(self, chat_id: int, message_id: int) -> int | None: ...

    async def album(self, chat_id: int, album_id: str) -> Album: ...


class Admins(Protocol):
    """Who administers a chat, as Telegram says."""

    async def of(self, chat_id: int, *, fresh: bool = False) -> Mapping[int, str]:
        """Map user ids to `creator` or `administrator`; `fresh` asks Telegram again unless it just did."""
        ...


@dataclass(frozen=True, slots=True)
class Mark:
    """What is remembered of a message instead of its words.

    fingerprint: equal for copies however spelled. signals: kinds of a child's data. version: hash of all a reader sees.
    """

    fingerprint: int = 0
    signals: frozenset[str] = frozenset()
    version: int = 0


@dataclass(frozen=True, slots=True)
class _Copy:
    at: datetime
    author: int
    message: int


def mark_of(content: Content) -> Mark:
    """Make the mark of a message; an empty one has the fingerprint 0."""
    return Mark(text_fingerprint(content), message_signals(content), version_hash(content.message))


class Memory:
    """Facts about authors and chats, bounded, least recently used out first."""

    def __init__(self, facts: Facts, admins: Admins | None = None) -> None:
        self._facts = facts
        self._admins = admins
        self._authors: OrderedDict[tuple[int, int], AuthorFacts] = OrderedDict()
        self._chats: dict[tuple[int, int | None], ChatFacts] = {}
        self._waves: OrderedDict[tuple[int, int], deque[_Copy]] = OrderedDict()
        self._versions: OrderedDict[tuple[int, int], int] = OrderedDict()
        self._albums: OrderedDict[tuple[int, str], Album] = OrderedDict()

    async def author(self, message: Incoming) -> AuthorFacts:
        """Tell the author's standing before this message."""
        return _before(await self.author_of(message.chat_id, message.author_id), message)

    async def author_of(self, chat_id: int, user_id: int, *, fresh: bool = False) -> AuthorFacts:
        """Tell a member's standing; `fresh` reads the chat's administrators again (M45)."""
        key = (chat_id, user_id)
        known = self._authors.get(key)
        if known is None:
            known = await self._facts.author(*key)
            known = _put(self._authors, key, self._authors.get(key, known), AUTHORS_KEPT)
        else:
            self._authors.move_to_end(key)
        if self._admins is None:
            return known
        status = (await self._admins.of(chat_id, fresh=fresh)).get(user_id)
        return known if status is None else replace(known, telegram_status=status)

    async def chat(self, message: Incoming, mark: Mark) -> ChatFacts:
        """Tell the chat and topic as they are, with how many others sent the same text lately."""
        known = await self.chat_of(message.chat_id, message.topic_id)
        others = len({author for _, author in self.copies(message, mark)} - {message.author_id})
        return replace(known, same_text_authors=others) if others else known

    async def chat_of(self, chat_id: int, topic_id: int | None) -> ChatFacts:
        """Tell a chat and one of its topics."""
        key = (chat_id, topic_id)
        known = self._chats.get(key)
        if known is None:
            known = self._chats[key] = await self._facts.chat(*key)
        return known

    async def is_unchanged(self, message: Incoming, mark: Mark) -> bool:
        """Tell whether an edit changed nothing a reader sees: a link preview, a reaction (M2)."""
        if not message.is_edit:
            return False
        key = (message.chat_id, message.message_id)
        known = self._versions.get(key)
        if known is None:
            known = await self._facts.version(*key)
        return known == mark.version

    async def album(self, message: Incoming) -> Album:
        """Tell what is known of the message's album, this part included (M6 M7)."""
        if not message.album_id:
            return Album()
        key = (message.chat_id, message.album_id)
        known = self._albums.get(key)
        if known is None:
            known = await self._facts.album(*key)
        parts = tuple(sorted({*known.parts, message.message_id}))
        return _put(self._albums, key, replace(known, parts=parts), ALBUMS_KEPT)

    def condemn(self, message: Incoming, case_id: int) -> None:
        """Remember that an album goes: its late parts go too."""
        key = (message.chat_id, message.album_id)
        known = self._albums.get(key, Album(message.message_ids))
        _put(self._albums, key, replace(known, condemned=case_id), ALBUMS_KEPT)

    def observe(self, message: Incoming, mark: Mark) -> None:
        """Take a message into its author's past; an edit and a further part of an album are no new message (M3)."""
        _put(self._versions, (message.chat_id, message.message_id), mark.version, VERSIONS_KEPT)
        key = (message.chat_id, message.author_id)
        known = self._authors.get(key)
        if known is None or message.is_edit:
            return
        if message.album_id:
            others = frozenset(message.message_ids) - {message.message_id}
            if any(past.message_id in others for past in known.recent):
                return
        past = Past(
            at=message.at,
            message_id=message.message_id,
            topic_id=message.topic_id,
            fingerprint=mark.fingerprint,
            signals=mark.signals,
            has_media=bool(message.media),
        )
        before = _before(known, message)
        horizon = message.at - RECENT_WINDOW
        recent = before.recent[-RECENT_KEPT:]
        if recent and recent[0].at <= horizon:
            recent = tuple(past for past in recent if past.at > horizon)
        self._authors[key] = replace(
            before, messages_before=before.messages_before + 1, recent=(*recent, past)
        )
        if mark.fingerprint:
            wave = self._waves.get((message.chat_id, mark.fingerprint)) or deque(maxlen=64)
            wave.append(_Copy(message.at, message.author_id, message.message_id))
            _put(self._waves, (message.chat_id, mark.fingerprint), wave, AUTHORS_KEPT)

    def copies(self, message: Incoming, mark: Mark) -> list[tuple[int, int]]:
        """List equal messages of the last minutes as (message, author)."""
        wave = self._waves.get((message.chat_id, mark.fingerprint)) if mark.fingerprint else None
        horizon = message.at - WAVE_WINDOW
        return [(copy.message, copy.author) for copy in wave or () if copy.at > horizon]

    def punished(self, chat_id: int, user_id: int, *strikes: Strike) -> None:
        """Add strikes to what is known of an author."""
        known = self._authors.get((chat_id, user_id))
        if known is not None and strikes:
            self._authors[chat_id, user_id] = replace(
                known, strikes=(*known.strikes, *strikes), violations=known.violations + 1
            )

    def forget_author(self, chat_id: int, user_id: int) -> None:
        """Read storage again at the next message of this author."""
        self._authors.pop((chat_id, user_id), None)

    def forget_everybody(self) -> None:
        """Drop what is remembered about people: somebody was erased."""
        self._authors.clear()

    def forget_chat(self, chat_id: int) -> None:
        """Read storage again at the next message of this chat."""
        for key in [key for key in self._chats if key[0] == chat_id]:
            del self._chats[key]


def _put(kept: OrderedDict[K, V], key: K, value: V, limit: int) -> V:
    """Keep a value as the newest, dropping the oldest over the limit."""
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > limit:
        kept.popitem(last=False)
    return value


def _before(author: AuthorFacts, message: Incoming) -> AuthorFacts:
    """Take the message itself out of its author's past: an edit or a replay is judged as it was the first time."""
    number = message.message_id
    for past in author.recent:
        if past.message_id == number:
            break
    else:
        return author
    recent = tuple(past for past in author.recent if past.message_id != number)
    return replace(author, recent=recent, messages_before=max(author.messages_before - 1, 0))
