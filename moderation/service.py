"""The use case of moderation: look at a message, decide, and store the case with everything that follows from it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

from core.events import Event, EventName
from moderation import acts, cards, opening
from moderation.cards import StaffPlace
from moderation.cases import Case, Step
from moderation.content import Content
from moderation.decide import CLEAN, Decision, decide
from moderation.effects import deletions, of_decision, pointer
from moderation.facts import AuthorFacts, ChatFacts, Strike
from moderation.memory import Mark, Memory, mark_of
from moderation.model import TELEGRAM_SERVICE_ID, AuthorKind, Incoming, Severity
from moderation.policy import Policy
from moderation.ports import Escalator, Journal, Unit, Units
from moderation.rules.registry import RULES, Rule, run

logger = logging.getLogger(__name__)

PolicyOf = Callable[[int, int | None], Awaitable[Policy]]
"""The policy of a chat and topic: defaults with the diffs of `/rules` laid over."""
RulesOf = Callable[[int], Awaitable[tuple[Rule, ...]]]
"""The rules of a chat: all of them, with its own spam samples laid over."""
PlaceOf = Callable[[int], StaffPlace | None]
"""Where cards of a chat go; None when it has no staff forum."""


async def all_rules(chat_id: int) -> tuple[Rule, ...]:
    """Give every chat the same rules."""
    del chat_id
    return RULES


@dataclass(frozen=True, slots=True)
class Parts:
    """What the service is wired with. `shadow`: decide and report, but do nothing."""

    units: Units
    memory: Memory
    journal: Journal
    escalator: Escalator
    policy: PolicyOf
    staff: PlaceOf
    rules: RulesOf = all_rules
    shadow: bool = False


class Seen(NamedTuple):
    """A message with all that is known when it is judged."""

    message: Incoming
    author: AuthorFacts
    chat: ChatFacts
    policy: Policy
    mark: Mark
    body: bytes


class Moderation:
    """Reviews messages. A clean one joins the journal's batch; any other is one unit of work."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def review(self, message: Incoming, body: bytes) -> Decision:
        """Judge one version of a message. `body` is its raw JSON, kept as evidence until retention.

        Seen again after a crash it changes nothing: cases, sanctions and effects are found by their keys (M81 M82).
        """
        memory = self._parts.memory
        if (
            message.author_kind is AuthorKind.LINKED_CHANNEL
            or message.service
            or message.author_id == TELEGRAM_SERVICE_ID
        ):
            return CLEAN
        album = await memory.album(message)
        if len(album.parts) > 1:
            message = replace(message, album_message_ids=album.parts)
        content = Content(message)
        mark = mark_of(content)
        if await memory.is_unchanged(message, mark):
            return CLEAN
        seen = Seen(
            message,
            await memory.author(message),
            await memory.chat(message, mark),
            await self._parts.policy(message.chat_id, message.topic_id),
            mark,
            body,
        )
        decision = await self._judge(content, seen)
        memory.observe(message, mark)
        if album.condemned is not None:
            await self._late_part(seen, album.condemned)
            return replace(decision, action=max(decision.action, Severity.HIDE))
        if decision.action > Severity.OBSERVE:
            await self._act(seen, decision)
        elif message.is_edit:
            await self._edited_clean(seen, decision)
        else:
            self._parts.journal.keep(message, mark, body)
            await self._point(seen, decision)
        return decision

    async def _judge(self, content: Content, seen: Seen) -> Decision:
        rules = await self._parts.rules(seen.message.chat_id)
        findings = run(content, seen.author, seen.chat, seen.policy, rules)
        if not findings:
            return CLEAN
        decision = decide(seen.message, seen.author, seen.chat, findings, seen.policy)
        if decision.action >= Severity.HIDE and not decision.guard:
            author = await self._parts.memory.author_of(
                seen.message.chat_id, seen.message.author_id, fresh=True
            )
            if author.is_chat_admin:
                return decide(seen.message, author, seen.chat, findings, seen.policy)
        return decision

    async def _act(self, seen: Seen, decision: Decision) -> None:
        parts, message = self._parts, seen.message
        staff = parts.staff(message.chat_id)
        if parts.shadow:
            decision = replace(decision, acts=opening.only_card(decision))
        async with parts.units.begin() as unit:
            if opening.is_too_old(seen.body, unit.now):
                decision = opening.without_deleting(decision)
            case = await opening.made(unit, message, decision, staff, seen, shadow=parts.shadow)
            case_id = await unit.cases.open(case)
            hidden = decision.action >= Severity.HIDE and not parts.shadow
            await unit.cases.keep(message, seen.mark, seen.body, hidden=hidden)
            if case_id is None:
                await opening.again(unit, parts.memory, seen, decision, staff)
                return
            case = replace(case, id=case_id)
            strikes = await opening.store(unit, case, decision)
            title = seen.chat.topic.title
            await unit.outbox.enqueue(*of_decision(case, message, decision, title))
            await self._show(unit, case, seen, decision, staff)
            await opening.sweep_wave(unit, parts.memory, case, seen, decision)
            await self._escalate(unit, case, message, decision)
        self._remember(seen, decision, case, strikes)

    def _remember(
        self, seen: Seen, decision: Decision, case: Case, strikes: tuple[Strike, ...]
    ) -> None:
        message = seen.message
        if message.album_id and any(isinstance(act, acts.Delete) for act in decision.acts):
            self._parts.memory.condemn(message, case.id)
        self._parts.memory.punished(message.chat_id, message.author_id, *strikes)
        rules = [finding.rule for finding in decision.findings]
        facts = {"chat": message.chat_id, "case": case.id, "rules": rules}
        logger.info("message judged", extra=facts)

    async def _show(
        self, unit: Unit, case: Case, seen: Seen, decision: Decision, staff: StaffPlace | None
    ) -> None:
        """Make the card; a copy of an earlier case makes that one's card tell of it instead."""
        if staff is None or not any(isinstance(act, acts.Card) for act in decision.acts):
            return
        memory = self._parts.memory
        if case.joined_to is not None:
            await opening.grow(unit, memory, case.joined_to, staff)
            return
        removed = any(isinstance(act, acts.Delete) for act in decision.acts)
        old = opening.is_too_old(seen.body, unit.now)
        words = await cards.words_of(memory, case, is_old=old, is_shadow=self._parts.shadow)
        shown = cards.media(case, staff, seen.body, removed=removed)
        await unit.outbox.enqueue(cards.card(case, staff, words), *shown)

    async def _escalate(
        self, unit: Unit, case: Case, message: Incoming, decision: Decision
    ) -> None:
        for act in decision.acts:
            if isinstance(act, acts.Escalate):
                await self._parts.escalator.escalate(unit, message, act.kind, act.urgency, case.id)

    async def _edited_clean(self, seen: Seen, decision: Decision) -> None:
        """Take a harmless edit into the journal, and to the card of a case that waits (M4 M5)."""
        parts = self._parts
        async with parts.units.begin() as unit:
            await unit.cases.keep(seen.message, seen.mark, seen.body, hidden=False)
            staff = parts.staff(seen.message.chat_id)
            await opening.again(unit, parts.memory, seen, decision, staff)

    async def _point(self, seen: Seen, decision: Decision) -> None:
        """Answer a message that nothing happens to: a hint costs nobody anything."""
        points = [act for act in decision.acts if isinstance(act, acts.Point)]
        if not points or self._parts.shadow:
            return
        message = seen.message
        async with self._parts.units.begin() as unit:
            key = f"point:{message.chat_id}:{message.message_id}"
            hint = pointer(key, message.chat_id, message.topic_id, points[0])
            await unit.outbox.enqueue(hint)
            facts = {"rule": decision.leading.rule if decision.leading else ""}
            await unit.events.record(Event(EventName.MEMBER_POINTED, unit.now, facts=facts))

    async def _late_part(self, seen: Seen, case_id: int) -> None:
        """Remove a part of an album that was condemned before the part arrived (M7)."""
        message = seen.message
        async with self._parts.units.begin() as unit:
            await unit.cases.keep(message, seen.mark, seen.body, hidden=True)
            key = f"case:{case_id}:delete:{message.message_id}"
            await unit.outbox.enqueue(*deletions(key, message.chat_id, [message.message_id]))
            facts = {"message": message.message_id}
            await unit.cases.note(case_id, Step(unit.now, "late album part", None, facts))
