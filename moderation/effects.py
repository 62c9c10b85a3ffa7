"""Turn a decision's acts into outgoing effects. Keys are derived from the case, so a redelivered update adds none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from core.effects import Effect, Kind, MessageClass
from core.ids import ChatId
from moderation import acts
from moderation.cases import Case
from moderation.decide import Decision
from moderation.model import Incoming

BATCH = 100
"""Messages one deleteMessages takes (Bot API)."""
DELETABLE = timedelta(hours=48)
"""Age from which Telegram lets nobody's bot delete a message (Bot API)."""
COPY_FIRST = timedelta(seconds=2)
"""Head start of a copy for staff before its original goes."""
_UNITS = (("weeks", 604_800), ("days", 86_400), ("hours", 3_600), ("minutes", 60), ("seconds", 1))


def of_decision(case: Case, message: Incoming, decision: Decision, topic: str) -> list[Effect]:
    """List the effects of a fresh case in the order they should leave; cards are `moderation.cards`."""
    effects: list[Effect] = []
    for act in decision.acts:
        effects.extend(_effects(case, message, act, decision, topic))
    return effects


def _effects(
    case: Case, message: Incoming, act: acts.Act, decision: Decision, topic: str
) -> Iterator[Effect]:
    key, chat = f"case:{case.id}", ChatId(case.chat_id)
    match act:
        case acts.Delete():
            yield from deletions(f"{key}:delete", case.chat_id, act.message_ids)
        case acts.Mute():
            yield mute(f"{key}:mute", case.chat_id, act.user_id, act.until)
        case acts.Ban():
            yield control(f"{key}:ban", Kind.BAN, chat, user_id=act.user_id)
        case acts.BanSenderChat():
            sender = act.sender_chat_id
            yield control(f"{key}:ban", Kind.BAN_SENDER_CHAT, chat, sender_chat_id=sender)
        case acts.Notify():
            yield _notice_of(case, message, act, decision, topic)
        case acts.Point():
            yield pointer(f"{key}:pointer", case.chat_id, case.topic_id, act)
        case _:
            return


def _notice_of(
    case: Case, message: Incoming, act: acts.Notify, decision: Decision, topic: str
) -> Effect:
    """Tell the author; a mute is told with its length and reason."""
    held = next((a for a in decision.acts if isinstance(a, acts.Mute)), None)
    facts = {**act.facts, "name": message.author_name, "topic": topic}
    key = act.key
    if held is not None:
        key = "notice-muted"
        facts |= {
            "duration": duration(held.until - message.at),
            "reason": {"text": rule_key(case.rule)},
        }
    return notice(f"case:{case.id}:notice", case, act.user_id, key, facts)


def notice(
    key: str, case: Case, user_id: int, text: str, facts: Mapping[str, Any], *, appeal: bool = True
) -> Effect:
    """Tell one member alone, with the button that asks for another look."""
    buttons = [[("notice-appeal-button", f"appeal:{case.id}")]] if appeal else []
    return whisper(key, case.chat_id, user_id, text, facts, topic=case.topic_id, buttons=buttons)


def whisper(
    key: str,
    chat_id: int,
    user_id: int,
    text: str,
    facts: Mapping[str, Any],
    *,
    topic: int | None = None,
    buttons: Sequence[Sequence[tuple[str, str]]] = (),
) -> Effect:
    """Make words for one member of a chat alone: ephemeral, else in private, else a notice that deletes itself."""
    return Effect(
        key=key,
        kind=Kind.NOTICE,
        message_class=MessageClass.CONTROL,
        chat=ChatId(chat_id),
        topic=topic,
        content=f"text:{text}",
        facts={**facts, "user_id": user_id, "buttons": [list(row) for row in buttons]},
    )


def told(
    key: str,
    chat_id: int,
    text: str,
    facts: Mapping[str, Any] | None = None,
    *,
    topic: int | None = None,
    message_class: MessageClass = MessageClass.SERVICE,
    buttons: Sequence[Sequence[tuple[str, str]]] = (),
) -> Effect:
    """Make a message to a chat (staff forum, topic, or a private chat by its id)."""
    return Effect(
        key=key,
        kind=Kind.MESSAGE,
        message_class=message_class,
        chat=ChatId(chat_id),
        topic=topic,
        content=f"text:{text}",
        facts={**(facts or {}), "buttons": [list(row) for row in buttons]},
    )


def pointer(key: str, chat_id: int, topic: int | None, act: acts.Point) -> Effect:
    """Answer in the topic without punishing."""
    facts = {**act.facts, "reply_to": act.reply_to}
    buttons = []
    if act.key == "notice-off-topic":
        buttons = [
            [("notice-off-topic-move-button", f"move:yes:{act.reply_to}")],
            [("notice-off-topic-stay-button", f"move:no:{act.reply_to}")],
        ]
    return told(
        key,
        chat_id,
        act.key,
        facts,
        topic=topic,
        message_class=MessageClass.CONTROL,
        buttons=buttons,
    )


def deletions(
    key: str, chat_id: int, message_ids: Sequence[int], due: datetime | None = None
) -> list[Effect]:
    """Delete messages, a hundred a call (M70)."""
    made = []
    for number, start in enumerate(range(0, len(message_ids), BATCH)):
        made.append(
            Effect(
                key=key if not number else f"{key}:{number}",
                kind=Kind.DELETE,
                message_class=MessageClass.CONTROL,
                chat=ChatId(chat_id),
                facts={"message_ids": list(message_ids[start : start + BATCH])},
                due=due,
            )
        )
    return made


def mute(key: str, chat_id: int, user_id: int, until: datetime | None) -> Effect:
    """Stop a member from writing until an instant; None is for ever."""
    facts = {"user_id": user_id}
    if until is not None:
        facts |= {"until": until.isoformat()}  # type: ignore[dict-item]
    return control(key, Kind.RESTRICT, ChatId(chat_id), **facts)


def control(key: str, kind: Kind, chat: ChatId, **facts: Any) -> Effect:
    """Make an act without words."""
    return Effect(key=key, kind=kind, message_class=MessageClass.CONTROL, chat=chat, facts=facts)


def duration(length: timedelta) -> dict[str, Any]:
    """Say a length in its largest whole units, for `на { $duration }`."""
    seconds = max(int(length.total_seconds()), 1)
    parts = []
    steps = _UNITS if seconds % _UNITS[0][1] == 0 else _UNITS[1:]
    for unit, size in steps:
        count, seconds = divmod(seconds, size)
        if count:
            form = "duration-for-" if unit in {"weeks", "minutes", "seconds"} else "duration-"
            parts.append({"text": form + unit, unit: count})
    return {"list": parts[:2]}


def rule_key(rule: str) -> str:
    """Name the text of a rule."""
    return f"rule-{rule.replace('_', '-')}"
