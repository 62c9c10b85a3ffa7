"""Carrying out what a person decided about a case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.effects import Effect, Kind, MessageClass
from core.events import Event, EventName
from core.ids import ChatId
from moderation import cards, effects, lifting
from moderation.cards import KEEPS_HIDDEN
from moderation.cases import Case, Sanction, SanctionKind, Verdict
from moderation.model import AuthorKind
from moderation.opening import is_too_old
from moderation.policy import LadderPolicy
from moderation.ports import Unit

LONGEST_PUT_BACK = 3000
"""Characters of a message posted again; Telegram takes 4,096 with the line above it."""
MUTED = timedelta(days=1)
"""How long the button on a card mutes."""
REMOVED = frozenset({"hide", "mute", "ban"})
BARE = frozenset({Verdict.CONFIRMED, Verdict.ESCALATED})
"""Verdicts that do nothing to anybody."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision did. `restored` and `lost` name parts: message, mute, ban; `by_hand` is a link to delete."""

    case: Case
    verdict: Verdict
    restored: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    by_hand: str = ""


async def carry_out(
    unit: Unit, case: Case, verdict: Verdict, actor_id: int, topic: str, ladder: LadderPolicy
) -> Outcome:
    """Do or undo, and tell the author."""
    if verdict in {Verdict.UNDONE, Verdict.DISMISSED}:
        return await _undo(unit, case, verdict, actor_id, topic)
    if verdict in BARE:
        return Outcome(case, verdict)
    return await _do(unit, case, verdict, actor_id, topic, ladder)


async def _undo(unit: Unit, case: Case, verdict: Verdict, actor_id: int, topic: str) -> Outcome:
    given = await unit.cases.sanctions_of_case(case.id)
    held = await lifting.end(unit, given, actor_id, "undone")
    made: list[Effect] = []
    for sanction in held:
        made += await lifting.lift(unit, sanction, "undone")
    kinds = {sanction.kind for sanction in held}
    restored = [name for kind, name in _NAMES.items() if kind in kinds]
    lost: list[str] = []
    if case.action in REMOVED:
        again = _put_back(case)
        if again is not None:
            made.append(again)
        (restored if again is not None else lost).append("message")
    if restored or lost:
        made.append(_sorry(case, topic, restored))
        facts = {"case": case.id}
        await unit.events.record(Event(EventName.MEMBER_RESTORED, unit.now, facts=facts))
    await unit.outbox.enqueue(*made)
    return Outcome(case, verdict, tuple(dict.fromkeys(restored)), tuple(lost))


_NAMES = {
    SanctionKind.MUTE: "mute",
    SanctionKind.BAN: "ban",
    SanctionKind.BAN_CHANNEL: "ban",
}


def _sorry(case: Case, topic: str, restored: list[str]) -> Effect:
    key = f"case:{case.id}:restored"
    if "ban" in restored:
        return effects.told(key, case.author_id, "notice-ban-lifted", {"topic": topic})
    back = "message" in restored or case.action not in REMOVED
    text = "notice-restored" if back else "notice-restored-impossible"
    return effects.notice(key, case, case.author_id, text, {"topic": topic}, appeal=False)


def _put_back(case: Case) -> Effect | None:
    """Post the words of a deleted message again in its author's name: Telegram restores nothing itself."""
    if case.body is None or case.rule in KEEPS_HIDDEN:
        return None
    message = cards.written(case.body)
    if not message.own_text.strip():
        return None
    return Effect(
        key=f"case:{case.id}:put-back",
        kind=Kind.MESSAGE,
        message_class=MessageClass.CONTROL,
        chat=ChatId(case.chat_id),
        topic=case.topic_id,
        content="text:case-put-back",
        facts={"name": message.author_name, "words": message.own_text[:LONGEST_PUT_BACK]},
    )


async def _do(
    unit: Unit, case: Case, verdict: Verdict, actor_id: int, topic: str, ladder: LadderPolicy
) -> Outcome:
    key, by_hand = f"case:{case.id}", ""
    made: list[Effect] = []
    if verdict in {Verdict.HIDE, Verdict.BAN} and case.action not in REMOVED:
        if case.body is not None and is_too_old(case.body, unit.now):
            by_hand = cards.link_to(case.chat_id, case.topic_id, case.message_id)
        else:
            made += effects.deletions(f"{key}:delete", case.chat_id, case.message_ids)
            await unit.cases.hide(case.chat_id, case.message_ids)
    until = unit.now + MUTED if verdict is Verdict.MUTE else None
    sanction = _sanction(case, verdict, actor_id, unit.now, until)
    await unit.cases.sanction(sanction)
    made += _calls(case, sanction, key)
    made += _telling(case, sanction, verdict, topic, unit.now, ladder)
    await unit.outbox.enqueue(*made)
    if (name := _EVENTS.get(sanction.kind)) is not None:
        await unit.events.record(Event(name, unit.now, facts={"case": case.id}))
    return Outcome(case, verdict, by_hand=by_hand)


_EVENTS = {
    SanctionKind.WARN: EventName.MEMBER_WARNED,
    SanctionKind.MUTE: EventName.MEMBER_MUTED,
    SanctionKind.BAN: EventName.MEMBER_BANNED,
}


def _sanction(
    case: Case, verdict: Verdict, actor_id: int, now: datetime, until: datetime | None
) -> Sanction:
    kinds = {Verdict.MUTE: SanctionKind.MUTE, Verdict.BAN: SanctionKind.BAN}
    kind = kinds.get(verdict, SanctionKind.WARN)
    sanction = Sanction(
        chat_id=case.chat_id,
        user_id=case.author_id,
        kind=kind,
        rule=case.rule,
        since=now,
        case_id=case.id,
        points=1 if kind is SanctionKind.WARN else 0,
        until=until,
        actor_id=actor_id,
    )
    if kind is not SanctionKind.WARN and case.author_kind == AuthorKind.CHANNEL:
        return replace(sanction, kind=SanctionKind.BAN_CHANNEL, until=None)
    return sanction


def _calls(case: Case, sanction: Sanction, key: str) -> list[Effect]:
    chat = ChatId(case.chat_id)
    match sanction.kind:
        case SanctionKind.MUTE:
            return [effects.mute(f"{key}:decided-mute", chat, sanction.user_id, sanction.until)]
        case SanctionKind.BAN:
            return [effects.control(f"{key}:decided-ban", Kind.BAN, chat, user_id=sanction.user_id)]
        case SanctionKind.BAN_CHANNEL:
            return [
                effects.control(
                    f"{key}:decided-ban",
                    Kind.BAN_SENDER_CHAT,
                    chat,
                    sender_chat_id=sanction.user_id,
                )
            ]
    return []


def _telling(
    case: Case,
    sanction: Sanction,
    verdict: Verdict,
    topic: str,
    now: datetime,
    ladder: LadderPolicy,
) -> list[Effect]:
    """Tell the author what was decided; a channel cannot be told anything."""
    if case.author_kind != AuthorKind.USER:
        return []
    key = f"case:{case.id}:decided-notice"
    facts: dict[str, object] = {"topic": topic, "reason": {"text": effects.rule_key(case.rule)}}
    match verdict:
        case Verdict.BAN:
            button = [[("notice-appeal-button", f"appeal:{case.id}")]]
            return [effects.told(key, case.author_id, "notice-banned", facts, buttons=button)]
        case Verdict.MUTE if sanction.until is not None:
            facts["duration"] = effects.duration(sanction.until - now)
            text = "notice-muted"
        case Verdict.WARN:
            facts["duration"] = effects.duration(timedelta(days=ladder.strike_days))
            text = "notice-warned"
        case _:
            text = "notice-general"
    return [effects.notice(key, case, case.author_id, text, facts)]
