"""Short ways to make what the rules read."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from moderation.content import Content
from moderation.decide import judge
from moderation.facts import AuthorFacts, ChatFacts, Past, Strike, TopicFacts
from moderation.model import Incoming, Passage, Source
from moderation.policy import Policy
from moderation.rules.registry import run

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
GROUP = -1001
AUTHOR = 77
POLICY = Policy()
CHAT = ChatFacts(chat_id=GROUP, own_bot_id=1, linked_channel_id=-1002)
NEWCOMER = AuthorFacts(person_id=7, joined_at=NOW - timedelta(hours=1))
MEMBER = AuthorFacts(person_id=7, joined_at=NOW - timedelta(days=90), messages_before=200)
MODERATOR = replace(MEMBER, roles=frozenset({"moderator"}))
EXPERT = replace(MEMBER, roles=frozenset({"expert"}))


def said(text: str, source: Source = Source.TEXT, **facts: Any) -> Incoming:
    base = Incoming(
        chat_id=GROUP,
        message_id=10,
        author_id=AUTHOR,
        at=NOW,
        author_name="Вера",
        passages=(Passage(source, text),) if text else (),
    )
    return replace(base, **facts)


def found(
    message: Incoming,
    author: AuthorFacts = NEWCOMER,
    chat: ChatFacts = CHAT,
    policy: Policy = POLICY,
) -> dict[str, Any]:
    return {finding.rule: finding for finding in run(Content(message), author, chat, policy)}


def verdict(
    message: Incoming | str,
    author: AuthorFacts = NEWCOMER,
    chat: ChatFacts = CHAT,
    policy: Policy = POLICY,
) -> Any:
    return judge(said(message) if isinstance(message, str) else message, author, chat, policy)


def kinds(decision: Any) -> list[str]:
    return [type(act).__name__ for act in decision.acts]


def topic(**facts: Any) -> ChatFacts:
    return replace(CHAT, topic=TopicFacts(topic_id=5, title="Тема", **facts))


def past(seconds: int, message_id: int, **facts: Any) -> Past:
    return Past(at=NOW - timedelta(seconds=seconds), message_id=message_id, **facts)


def strikes(count: int, rule: str = "toxicity", days: int = 1) -> tuple[Strike, ...]:
    return tuple(Strike(NOW - timedelta(days=days), rule) for _ in range(count))
