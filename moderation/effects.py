"""Turn a decision's acts into outgoing effects. Keys are derived from the case, so a redelivered update adds none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from core.effects import Effect, Kind, MessageClass
from core.ids import ChatId
from moderation import acts
from moderation.cases import Case
from moderation.decide import Decision
from moderation.model import Finding, Incoming

Button = tuple[str, str]
"""Text key and callback data."""


@dataclass(frozen=True, slots=True)
class StaffPlace:
    """Where cards of a community go: the staff forum and its topic for cases (None: General)."""

    chat_id: int
    topic_id: int | None = None


@dataclass(frozen=True, slots=True)
class CardWords:
    """What a card says besides the case: where it was written and who wrote it."""

    topic_title: str
    author_name: str
    days: int
    messages: int
    link: str


def of_decision(
    case: Case, message: Incoming, decision: Decision, staff: StaffPlace | None, words: CardWords
) -> list[Effect]:
    """List the effects of a fresh case, in the order they should leave."""
    effects: list[Effect] = []
    for act in decision.acts:
        effects.extend(_effects(case, message, act, words))
    if staff is not None and any(isinstance(act, acts.Card) for act in decision.acts):
        effects.append(card(case, decision, staff, words))
    return effects


def _effects(case: Case, message: Incoming, act: acts.Act, words: CardWords) -> Iterator[Effect]:
    key, chat = f"case:{case.id}", ChatId(case.chat_id)
    match act:
        case acts.Delete():
            yield control(f"{key}:delete", Kind.DELETE, chat, message_ids=list(act.message_ids))
        case acts.Mute():
            until = act.until.isoformat()
            yield control(f"{key}:mute", Kind.RESTRICT, chat, user_id=act.user_id, until=until)
        case acts.Ban():
            yield control(f"{key}:ban", Kind.BAN, chat, user_id=act.user_id)
        case acts.BanSenderChat():
            sender = act.sender_chat_id
            yield control(f"{key}:ban", Kind.BAN_SENDER_CHAT, chat, sender_chat_id=sender)
        case acts.Notify():
            yield Effect(
                key=f"{key}:notice",
                kind=Kind.NOTICE,
                message_class=MessageClass.CONTROL,
                chat=chat,
                topic=case.topic_id,
                content=f"text:{act.key}",
                facts={
                    **act.facts,
                    "user_id": act.user_id,
                    "name": message.author_name,
                    "topic": words.topic_title,
                    "buttons": [[("notice-appeal-button", f"appeal:{case.id}")]],
                },
            )
        case acts.Point():
            yield Effect(
                key=f"{key}:pointer",
                kind=Kind.MESSAGE,
                message_class=MessageClass.CONTROL,
                chat=chat,
                topic=case.topic_id,
                content=f"text:{act.key}",
                facts={**act.facts, "reply_to": act.reply_to},
            )
        case _:
            return


def card(case: Case, decision: Decision, staff: StaffPlace, words: CardWords) -> Effect:
    """Make the card moderators get: evidence, the author's standing, what was done, and the buttons."""
    return Effect(
        key=f"case:{case.id}:card",
        kind=Kind.MESSAGE,
        message_class=MessageClass.SERVICE,
        chat=ChatId(staff.chat_id),
        topic=staff.topic_id,
        content="text:case-card",
        facts=card_facts(case, decision.findings, decision.shadowed, words)
        | {"buttons": buttons(case.id, case.reason)},
    )


def card_facts(
    case: Case, findings: tuple[Finding, ...], shadowed: frozenset[str], words: CardWords
) -> dict[str, Any]:
    """Gather what the card's text needs; findings stay keys and facts until the card is rendered."""
    return {
        "id": str(case.id),
        "rules": {"list": [f"rule-{f.rule.replace('_', '-')}" for f in findings]},
        "topic": words.topic_title,
        "author": words.author_name,
        "standing": {
            "text": "case-standing-newcomer" if words.days == 0 else "case-standing-member",
            "days": words.days,
            "messages": words.messages,
        },
        "action": {"text": f"case-action-{case.action}"},
        "evidence": {
            "lines": [
                {
                    "text": "case-evidence-line",
                    "rule": {"text": f"rule-{f.rule.replace('_', '-')}"},
                    "evidence": {"text": f.evidence, **f.facts},
                    "shadow": f.rule in shadowed,
                }
                for f in findings
            ]
        },
        "link": words.link,
    }


def buttons(case_id: int, reason: str) -> list[list[Button]]:
    """Choose the buttons of a card: undo and approve what was done, or decide what was not."""
    right = ("case-was-right-button", f"case:right:{case_id}")
    if reason == acts.CardReason.DONE:
        return [[("case-undo-button", f"case:undo:{case_id}"), right]]
    dismiss = ("case-dismiss-button", f"case:dismiss:{case_id}")
    if reason == acts.CardReason.CONFIRM_BAN:
        ban = ("case-ban-button", f"case:ban:{case_id}")
        return [[ban, dismiss], [("case-undo-button", f"case:undo:{case_id}")]]
    return [
        [
            ("case-hide-button", f"case:hide:{case_id}"),
            ("case-warn-button", f"case:warn:{case_id}"),
        ],
        [("case-escalate-button", f"case:escalate:{case_id}"), dismiss],
    ]


def control(key: str, kind: Kind, chat: ChatId, **facts: Any) -> Effect:
    """Make an act without words."""
    return Effect(key=key, kind=kind, message_class=MessageClass.CONTROL, chat=chat, facts=facts)
