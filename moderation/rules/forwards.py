"""What came from elsewhere: forwards, replies into other chats, inline bots."""

from __future__ import annotations

from moderation.content import Content
from moderation.facts import AuthorFacts, ChatFacts
from moderation.model import Facts, Finding, Incoming, OriginKind, Severity
from moderation.policy import ForwardPolicy

RULE = "forwards"


def check(
    content: Content, author: AuthorFacts, chat: ChatFacts, policy: ForwardPolicy
) -> Finding | None:
    """Find where the message came from, when that matters. Forwards of the school's own channel never do."""
    message = content.message
    if author.is_staff:
        return None
    newcomer = author.messages_before < policy.newcomer_messages
    ask = Severity.REVIEW if newcomer else Severity.OBSERVE
    origin = message.origin
    if (
        origin is not None
        and origin.id is not None
        and origin.id in {chat.linked_channel_id, chat.own_bot_id}
    ):
        origin = None
    if origin is not None and not chat.topic.forwards_allowed:
        return Finding(
            RULE,
            Severity.HIDE,
            0.9,
            "evidence-forward-topic",
            punishes=False,
            notice="notice-forwards",
        )
    if origin is not None and origin.kind in {OriginKind.CHANNEL, OriginKind.BOT, OriginKind.CHAT}:
        return _finding(ask, 0.5, "channel", {"kind": origin.kind.value})
    return _other(message, chat, ask)


def _other(message: Incoming, chat: ChatFacts, ask: Severity) -> Finding | None:
    if message.external_reply is not None and not message.external_reply.is_same_chat:
        return _finding(ask, 0.5, "other-chat", {})
    if message.via_bot_id is not None and message.via_bot_id not in chat.allowed_bots:
        if message.via_bot_id == chat.own_bot_id:
            return None
        return _finding(ask, 0.4, "inline-bot", {"bot": message.via_bot_id})
    return None


def _finding(severity: Severity, score: float, kind: str, facts: Facts) -> Finding:
    return Finding(RULE, severity, score, f"evidence-forward-{kind}", facts=facts, punishes=False)
