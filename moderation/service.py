"""The use case of moderation: look at a message, decide, and store the case with everything that follows from it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.effects import Kind
from core.events import Event, EventName
from core.ids import ChatId
from moderation import acts
from moderation.cases import Case, Sanction, SanctionKind, Step
from moderation.content import Content
from moderation.decide import CLEAN, Decision, decide
from moderation.effects import CardWords, StaffPlace, control, of_decision
from moderation.facts import AuthorFacts, ChatFacts
from moderation.memory import Mark, Memory, mark_of
from moderation.model import AuthorKind, Finding, Incoming, Severity
from moderation.policy import Policy
from moderation.ports import Escalator, Journal, Unit, Units
from moderation.rules.registry import run

logger = logging.getLogger(__name__)

CASE_TIME = timedelta(hours=2)
"""How long a case may wait for a person before the reminder (R58)."""

PolicyOf = Callable[[int, int | None], Policy]
"""The policy of a chat and topic: defaults with the diffs of `/rules` laid over."""
PlaceOf = Callable[[int], StaffPlace | None]
"""Where cards of a chat go; None when it has no staff forum."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the service is wired with. `shadow`: decide and report, but do nothing."""

    units: Units
    memory: Memory
    journal: Journal
    escalator: Escalator
    policy: PolicyOf
    staff: PlaceOf
    shadow: bool = False


class Moderation:
    """Reviews messages. A clean one joins the journal's batch; any other is one unit of work."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._albums: dict[tuple[int, str], int] = {}

    async def review(self, message: Incoming, body: bytes) -> Decision:
        """Judge one version of a message. `body` is its raw JSON, kept as evidence until retention."""
        parts = self._parts
        if message.author_kind is AuthorKind.LINKED_CHANNEL or message.service:
            return CLEAN
        content = Content(message)
        mark = mark_of(content)
        author = await parts.memory.author(message)
        chat = await parts.memory.chat(message, mark)
        policy = parts.policy(message.chat_id, message.topic_id)
        findings = run(content, author, chat, policy)
        decision = decide(message, author, chat, findings, policy) if findings else CLEAN
        parts.memory.observe(message, mark)
        if message.album_id and (
            condemned := self._albums.get((message.chat_id, message.album_id))
        ):
            await self._late_part(message, condemned)
        elif decision.action <= Severity.OBSERVE:
            parts.journal.keep(message, mark, body)
        else:
            await self._act(message, author, chat, decision, mark, body)
        return decision

    async def _act(
        self,
        message: Incoming,
        author: AuthorFacts,
        chat: ChatFacts,
        decision: Decision,
        mark: Mark,
        body: bytes,
    ) -> None:
        staff = self._parts.staff(message.chat_id)
        async with self._parts.units.begin() as unit:
            case = _case(message, decision, staff, body, shadow=self._parts.shadow)
            case_id = await unit.cases.open(case)
            await unit.cases.keep(message, mark, body, hidden=decision.action >= Severity.HIDE)
            if case_id is None:
                await self._again(unit, message, decision)
                return
            case = replace(case, id=case_id)
            if self._parts.shadow:
                decision = replace(decision, acts=_only_card(decision))
            await self._store(unit, case, decision)
            words = _words(message, author, chat)
            await unit.outbox.enqueue(*of_decision(case, message, decision, staff, words))
            await self._escalate(unit, case, message, decision)
        if message.album_id and decision.action >= Severity.HIDE:
            self._albums[message.chat_id, message.album_id] = case_id
        self._parts.memory.forget_author(message.chat_id, message.author_id)
        logger.info(
            "message judged",
            extra={
                "chat": message.chat_id,
                "case": case_id,
                "rules": [f.rule for f in decision.findings],
            },
        )

    async def _store(self, unit: Unit, case: Case, decision: Decision) -> None:
        facts = {"case": case.id, "rule": case.rule, "action": case.action}
        await unit.cases.note(case.id, Step(unit.now, "opened", None, facts))
        await unit.events.record(Event(EventName.CASE_OPENED, unit.now, facts=facts))
        for act in decision.acts:
            if (sanction := _sanction(case, act, unit)) is not None:
                await unit.cases.sanction(sanction)
            if isinstance(act, acts.Delete):
                await unit.cases.hide(act.chat_id, act.message_ids)
                await unit.events.record(Event(EventName.MESSAGE_HIDDEN, unit.now, facts=facts))

    async def _escalate(
        self, unit: Unit, case: Case, message: Incoming, decision: Decision
    ) -> None:
        for act in decision.acts:
            if isinstance(act, acts.Escalate):
                await self._parts.escalator.escalate(unit, message, act.kind, act.urgency, case.id)

    async def _again(self, unit: Unit, message: Incoming, decision: Decision) -> None:
        """Note a further version of a message that has a case (M4, M5); what is condemned anew goes at once."""
        known = await unit.cases.by_key(_key(message))
        if known is None:
            return
        step = "edited" if message.is_edit else "seen again"
        note = Step(unit.now, step, None, {"action": decision.action.word})
        await unit.cases.note(known.id, note)
        if decision.action >= Severity.HIDE and message.is_edit:
            key = f"case:{known.id}:delete:{message.message_id}:{message.at.timestamp():.0f}"
            ids = list(message.message_ids)
            effect = control(key, Kind.DELETE, ChatId(message.chat_id), message_ids=ids)
            await unit.outbox.enqueue(effect)

    async def _late_part(self, message: Incoming, case_id: int) -> None:
        """Remove a part of an album that was condemned before the part arrived (M7)."""
        async with self._parts.units.begin() as unit:
            key = f"case:{case_id}:delete:{message.message_id}"
            await unit.outbox.enqueue(
                control(key, Kind.DELETE, ChatId(message.chat_id), message_ids=[message.message_id])
            )
            await unit.cases.note(case_id, Step(unit.now, "late album part"))


def _key(message: Incoming) -> str:
    part = f"a{message.album_id}" if message.album_id else str(message.message_id)
    return f"{message.chat_id}:{part}"


def _case(
    message: Incoming, decision: Decision, staff: StaffPlace | None, body: bytes, *, shadow: bool
) -> Case:
    leading = decision.leading
    reason = next(
        (a.reason for a in decision.acts if isinstance(a, acts.Card)), acts.CardReason.DONE
    )
    return Case(
        key=_key(message),
        chat_id=message.chat_id,
        topic_id=message.topic_id,
        message_id=message.message_id,
        message_ids=message.message_ids,
        album_id=message.album_id,
        author_id=message.author_id,
        author_kind=message.author_kind.value,
        rule=leading.rule if leading is not None else "",
        action=Severity.OBSERVE.word if shadow else decision.action.word,
        reason=acts.CardReason.REVIEW if shadow else reason,
        findings=[_finding(f) for f in decision.findings],
        body=body,
        opened_at=message.at,
        due_at=message.at + CASE_TIME,
        staff_chat_id=staff.chat_id if staff is not None else None,
    )


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.word,
        "score": round(finding.score, 3),
        "evidence": finding.evidence,
        "facts": dict(finding.facts),
    }


def _only_card(decision: Decision) -> tuple[acts.Act, ...]:
    rule = decision.leading.rule if decision.leading is not None else ""
    return (acts.Card(acts.CardReason.REVIEW, rule),)


def _sanction(case: Case, act: acts.Act, unit: Unit) -> Sanction | None:
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
        since=unit.now,
        case_id=case.id,
        points=points,
        until=until,
    )


def _words(message: Incoming, author: AuthorFacts, chat: ChatFacts) -> CardWords:
    age = author.age(message.at)
    internal = str(message.chat_id).removeprefix("-100")
    thread = f"{message.topic_id}/" if message.topic_id else ""
    return CardWords(
        topic_title=chat.topic.title,
        author_name=message.author_name,
        days=age.days if age is not None else 0,
        messages=author.messages_before,
        link=f"https://t.me/c/{internal}/{thread}{message.message_id}",
    )
