"""The case, calls and clean-up of a command given by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.effects import Effect, Kind
from core.events import EventName
from core.ids import ChatId
from moderation import effects
from moderation.acts import CardReason
from moderation.cases import CASE_TIME, Case, CaseState, Sanction, SanctionKind, Verdict
from moderation.commands import Order
from moderation.ladder import clamp
from moderation.model import AuthorKind
from moderation.policy import LadderPolicy

RULE = "manual"
DEFAULT_MUTE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Place:
    """What a command is about and where it was given: in the community itself or in its staff forum (`given_in`).

    `actor_id` is a Telegram id, or the chat's own id for an anonymous administrator (M40).
    """

    chat_id: int
    topic_id: int | None
    message_id: int
    actor_id: int
    given_in: int = 0

    @property
    def key(self) -> str:
        return f"{self.given_in or self.chat_id}:command:{self.message_id}"

    @property
    def is_inside(self) -> bool:
        """Tell whether the command stands among the parents' messages."""
        return self.given_in in {0, self.chat_id}


EVENTS = {
    SanctionKind.WARN: EventName.MEMBER_WARNED,
    SanctionKind.MUTE: EventName.MEMBER_MUTED,
    SanctionKind.BAN: EventName.MEMBER_BANNED,
}


def length_of(order: Order, kind: SanctionKind, ladder: LadderPolicy) -> timedelta | None:
    """Tell how long a sanction lasts, inside what Telegram reads as a duration; None is until lifted."""
    if kind is SanctionKind.MUTE:
        seconds = (order.duration or DEFAULT_MUTE).total_seconds()
        return timedelta(seconds=clamp(int(seconds), ladder))
    if kind is SanctionKind.BAN and order.duration is not None:
        return timedelta(seconds=clamp(int(order.duration.total_seconds()), ladder))
    return None


def case_of(
    place: Place,
    order: Order,
    kind: SanctionKind,
    user_id: int,
    now: datetime,
    source: Case | None,
    *,
    asked: bool,
) -> Case:
    """Describe the case of a command; a ban that is `asked` waits for a person."""
    decided = not asked
    message_id = order.target.message_id or (source.message_id if source is not None else 0)
    return Case(
        key=place.key,
        chat_id=place.chat_id,
        topic_id=place.topic_id,
        message_id=message_id or 0,
        message_ids=(),
        author_id=user_id,
        author_kind=(AuthorKind.CHANNEL if user_id < 0 else AuthorKind.USER).value,
        rule=RULE,
        body=order.target.body,
        action=_ACTIONS[kind] if decided else "mute",
        reason=CardReason.DONE if decided else CardReason.CONFIRM_BAN,
        opened_at=now,
        due_at=None if decided else now + CASE_TIME,
        state=CaseState.DECIDED if decided else CaseState.OPEN,
        verdict=_VERDICTS[kind].value if decided else None,
        decided_by=place.actor_id if decided else None,
        decided_at=now if decided else None,
    )


_ACTIONS = {SanctionKind.WARN: "warned", SanctionKind.MUTE: "muted", SanctionKind.BAN: "banned"}
_VERDICTS = {
    SanctionKind.WARN: Verdict.WARN,
    SanctionKind.MUTE: Verdict.MUTE,
    SanctionKind.BAN: Verdict.BAN,
}


def calls(case: Case, sanction: Sanction) -> list[Effect]:
    """List the calls a sanction takes."""
    key, chat = f"case:{case.id}", ChatId(case.chat_id)
    until = {"until": sanction.until.isoformat()} if sanction.until is not None else {}
    match sanction.kind:
        case SanctionKind.MUTE:
            return [effects.mute(f"{key}:mute", chat, sanction.user_id, sanction.until)]
        case SanctionKind.BAN:
            return [
                effects.control(f"{key}:ban", Kind.BAN, chat, user_id=sanction.user_id, **until)
            ]
        case SanctionKind.BAN_CHANNEL:
            sender = sanction.user_id
            return [
                effects.control(f"{key}:ban", Kind.BAN_SENDER_CHAT, chat, sender_chat_id=sender)
            ]
    return []


def clean(place: Place) -> Sequence[Effect]:
    """Take the command itself away from among the parents' messages."""
    if not place.is_inside:
        return []
    return effects.deletions(f"{place.key}:tidy", place.chat_id, [place.message_id])
