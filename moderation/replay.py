"""Running rules over history with no effect: to try a change, and to judge an exported chat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from moderation.cards import written
from moderation.content import Content
from moderation.decide import CLEAN, Decision, decide
from moderation.facts import NEWCOMER, AuthorFacts, ChatFacts, Past
from moderation.memory import RECENT_KEPT, RECENT_WINDOW, Memory, mark_of
from moderation.model import AuthorKind, Incoming, Severity
from moderation.policy import Policy
from moderation.rules.registry import run


@dataclass(frozen=True, slots=True)
class Difference:
    """How many messages were looked at, and how many each policy acts on."""

    messages: int
    before: int
    after: int
    more: int
    """Acted on only with the change."""
    fewer: int
    """Acted on only without it."""


@dataclass(slots=True)
class Replay:
    """Judges messages in order; what authors wrote in the stream itself is their past."""

    policy: Policy
    authors: dict[int, AuthorFacts] = field(default_factory=dict)
    chat: ChatFacts = field(default_factory=ChatFacts)

    def judge(self, message: Incoming, known: AuthorFacts = NEWCOMER) -> Decision:
        """Judge one message; `known` is the author's standing when the stream meets them first."""
        if message.service or message.author_kind is AuthorKind.LINKED_CHANNEL:
            return CLEAN
        author = self.authors.get(message.author_id, known)
        content = Content(message)
        findings = run(content, author, self.chat, self.policy)
        self._observe(message, author, content)
        return decide(message, author, self.chat, findings, self.policy) if findings else CLEAN

    def _observe(self, message: Incoming, author: AuthorFacts, content: Content) -> None:
        mark = mark_of(content)
        past = Past(
            message.at,
            message.message_id,
            message.topic_id,
            mark.fingerprint,
            mark.signals,
            bool(message.media),
        )
        since = message.at - RECENT_WINDOW
        recent = tuple(p for p in author.recent[-RECENT_KEPT:] if p.at > since)
        self.authors[message.author_id] = replace(
            author, messages_before=author.messages_before + 1, recent=(*recent, past)
        )


async def compare(
    bodies: Iterable[bytes], memory: Memory, before: Policy, after: Policy, topic_id: int | None
) -> Difference:
    """Judge stored messages by two policies; topic None means every topic."""
    runs = (Replay(before), Replay(after))
    counts: Counter[tuple[bool, bool]] = Counter()
    for body in bodies:
        message = written(body)
        if topic_id is not None and message.topic_id != topic_id:
            continue
        known = await memory.author_of(message.chat_id, message.author_id)
        chat = await memory.chat_of(message.chat_id, message.topic_id)
        acted = []
        for one in runs:
            one.chat = chat
            acted.append(one.judge(message, replace(known, recent=())).action > Severity.OBSERVE)
        counts[acted[0], acted[1]] += 1
    both, more, fewer = counts[True, True], counts[False, True], counts[True, False]
    return Difference(counts.total(), both + fewer, both + more, more, fewer)
