"""Opening a case: what is stored, what is joined, what a further version of the message changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from core.events import Event, EventName
from moderation import acts, cards
from moderation.acts import CardReason
from moderation.cards import StaffPlace
from moderation.cases import CASE_TIME, Case, CaseState, Sanction, SanctionKind, Step
from moderation.decide import Decision
from moderation.effects import DELETABLE, deletions, mute
from moderation.facts import Strike
from moderation.memory import WAVE_WINDOW, Mark, Memory
from moderation.model import Finding, Incoming, Severity
from moderation.policy import Policy
from moderation.ports import Unit

SAME_CASE = timedelta(hours=24)
"""How long a copy of a text joins the open case about the first one."""
UNDECIDED = (CaseState.OPEN, CaseState.CLAIMED)
WAVE = "evidence-flood-wave"


class Version(Protocol):
    """A version of a message, its mark, its raw JSON, and the numbers in force."""

    @property
    def message(self) -> Incoming: ...

    @property
    def mark(self) -> Mark: ...

    @property
    def body(self) -> bytes: ...

    @property
    def policy(self) -> Policy: ...


def key_of(message: Incoming) -> str:
    """Name the message or album, so that a redelivered update finds the same case."""
    part = f"a{message.album_id}" if message.album_id else str(message.message_id)
    return f"{message.chat_id}:{part}"


def is_too_old(body: bytes, now: datetime) -> bool:
    """Tell whether Telegram refuses to delete the message: a person has to (M69)."""
    sent = cards.sent_at(body)
    return bool(sent) and now.timestamp() - sent >= DELETABLE.total_seconds()


def without_deleting(decision: Decision) -> Decision:
    """Leave out what cannot be done, so that nothing undone is claimed as done."""
    kept = tuple(act for act in decision.acts if not isinstance(act, acts.Delete))
    if len(kept) == len(decision.acts):
        return decision
    rest = tuple(act for act in kept if not isinstance(act, acts.Card | acts.Notify))
    rule = decision.leading.rule if decision.leading is not None else ""
    action = decision.action if decision.action > Severity.HIDE else Severity.REVIEW
    return replace(decision, action=action, acts=(*rest, acts.Card(CardReason.REVIEW, rule)))


def only_card(decision: Decision) -> tuple[acts.Act, ...]:
    """Reduce a decision to its report: shadow mode does nothing."""
    rule = decision.leading.rule if decision.leading is not None else ""
    return (acts.Card(CardReason.REVIEW, rule),)


async def made(
    unit: Unit,
    message: Incoming,
    decision: Decision,
    staff: StaffPlace | None,
    seen: Version,
    *,
    shadow: bool,
) -> Case:
    """Describe the case of a decision, joined to an open one about the same text."""
    rule = decision.leading.rule if decision.leading is not None else ""
    reason = next((a.reason for a in decision.acts if isinstance(a, acts.Card)), CardReason.DONE)
    copy = None
    if seen.mark.fingerprint:
        since = unit.now - SAME_CASE
        copy = await unit.cases.copy_of(message.chat_id, seen.mark.fingerprint, since)
    is_copy = copy is not None and copy.key != key_of(message)
    return Case(
        key=key_of(message),
        chat_id=message.chat_id,
        topic_id=message.topic_id,
        message_id=message.message_ids[0],
        message_ids=message.message_ids,
        album_id=message.album_id,
        author_id=message.author_id,
        author_kind=message.author_kind.value,
        rule=rule,
        action=Severity.OBSERVE.word if shadow else decision.action.word,
        reason=reason,
        findings=[_finding(f, shadow=f.rule in decision.shadowed) for f in decision.findings],
        body=seen.body,
        opened_at=unit.now,
        due_at=None if reason is CardReason.DONE else unit.now + CASE_TIME,
        staff_chat_id=staff.chat_id if staff is not None else None,
        fingerprint=seen.mark.fingerprint,
        joined_to=copy.id if copy is not None and is_copy else None,
    )


def _finding(finding: Finding, *, shadow: bool) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.word,
        "score": round(finding.score, 3),
        "evidence": finding.evidence,
        "facts": dict(finding.facts),
        "shadow": shadow,
    }


async def store(unit: Unit, case: Case, decision: Decision) -> tuple[Strike, ...]:
    """Store sanctions, audit and events of a fresh case; tell the strikes it cost."""
    facts = {"case": case.id, "rule": case.rule, "action": case.action}
    await unit.cases.note(case.id, Step(unit.now, "opened", None, facts))
    await unit.events.record(Event(EventName.CASE_OPENED, unit.now, facts=facts))
    strikes = []
    for act in decision.acts:
        if (sanction := _sanction(case, act, unit.now)) is not None:
            await unit.cases.sanction(sanction)
            if sanction.kind is SanctionKind.WARN:
                strikes.append(Strike(sanction.since, sanction.rule, sanction.points))
        if isinstance(act, acts.Delete):
            await unit.cases.hide(act.chat_id, act.message_ids)
            await unit.events.record(Event(EventName.MESSAGE_HIDDEN, unit.now, facts=facts))
    return tuple(strikes)


def _sanction(case: Case, act: acts.Act, now: datetime) -> Sanction | None:
    until: datetime | None = None
    points = 0
    match act:
        case acts.Mute():
            kind, until = SanctionKind.MUTE, act.until
        case acts.Ban():
            kind = SanctionKind.BAN
        case acts.BanSenderChat():
            kind = SanctionKind.BAN_CHANNEL
        case acts.Record():
            kind, points = SanctionKind.WARN, act.points
        case _:
            return None
    return Sanction(
        chat_id=case.chat_id,
        user_id=case.author_id,
        kind=kind,
        rule=case.rule,
        since=now,
        case_id=case.id,
        points=points,
        until=until,
    )


async def again(
    unit: Unit, memory: Memory, seen: Version, decision: Decision, staff: StaffPlace | None
) -> None:
    """Take a further version or album part of a message that has a case; a replay changes nothing."""
    message = seen.message
    known = await unit.cases.by_key(key_of(message))
    if known is None:
        return
    if message.is_edit:
        await _edited(unit, memory, known, seen, decision, staff)
    elif message.message_id not in known.message_ids:
        ids = tuple(sorted({*known.message_ids, *message.message_ids}))
        await unit.cases.set(known.id, message_ids=list(ids))
        if decision.action >= Severity.HIDE:
            await _delete(unit, known, message.message_ids, f"part:{message.message_id}")


async def _edited(
    unit: Unit,
    memory: Memory,
    known: Case,
    seen: Version,
    decision: Decision,
    staff: StaffPlace | None,
) -> None:
    message = seen.message
    if not await unit.cases.add_body(known, message.at, seen.mark.version, seen.body):
        return
    facts = {"action": decision.action.word}
    await unit.cases.note(known.id, Step(unit.now, "edited", None, facts))
    if decision.action >= Severity.HIDE:
        await _delete(unit, known, message.message_ids, f"edit:{seen.mark.version}")
    if staff is None or known.state not in UNDECIDED:
        return
    lesser = decision.action < Severity.WARN
    bodies = await unit.cases.bodies(known.id)
    words = await cards.words_of(memory, known, bodies, lesser=lesser)
    change = f"edit:{seen.mark.version}"
    await unit.outbox.enqueue(cards.rewritten(known, staff, words, change))


async def _delete(unit: Unit, case: Case, ids: Sequence[int], why: str) -> None:
    await unit.outbox.enqueue(*deletions(f"case:{case.id}:delete:{why}", case.chat_id, ids))
    await unit.cases.hide(case.chat_id, ids)


async def grow(unit: Unit, memory: Memory, case_id: int, staff: StaffPlace) -> None:
    """Tell on the first card how many copies there are."""
    first = await unit.cases.get(case_id)
    if first is None:
        return
    similar = len(await unit.cases.joined(case_id))
    words = await cards.words_of(memory, first, similar=similar)
    await unit.outbox.enqueue(cards.rewritten(first, staff, words, f"similar:{similar}"))


async def sweep_wave(
    unit: Unit, memory: Memory, case: Case, seen: Version, decision: Decision
) -> None:
    """Remove the first copies of a wave and hold their authors: one text, several accounts (M94)."""
    acting = decision.leading is not None and decision.leading.evidence == WAVE
    if not acting or not any(isinstance(act, acts.Delete) for act in decision.acts):
        return
    message = seen.message
    since = unit.now - WAVE_WINDOW
    stored = await unit.messages.copies(message.chat_id, seen.mark.fingerprint, since)
    copies = {*stored, *memory.copies(message, seen.mark)}
    ids = sorted({number for number, _ in copies} - set(message.message_ids))
    if ids:
        await _delete(unit, case, ids, "wave")
        for earlier in await unit.cases.about(message.chat_id, ids):
            await unit.cases.set(earlier.id, action=Severity.HIDE.word)
    until = unit.now + timedelta(seconds=seen.policy.flood.mute_seconds)
    for author in sorted({author for _, author in copies} - {message.author_id}):
        known = await memory.author_of(message.chat_id, author)
        held = await unit.cases.held(message.chat_id, author)
        if known.is_staff or held or author < 0:
            continue
        await unit.cases.sanction(
            Sanction(
                chat_id=message.chat_id,
                user_id=author,
                kind=SanctionKind.MUTE,
                rule=case.rule,
                since=unit.now,
                case_id=case.id,
                until=until,
            )
        )
        await unit.outbox.enqueue(
            mute(f"case:{case.id}:wave:{author}", message.chat_id, author, until)
        )
