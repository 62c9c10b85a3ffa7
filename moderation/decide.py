"""Choose what happens to a message from what the rules found. Pure: findings and facts in, a decision out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from moderation import acts
from moderation.content import Content
from moderation.facts import AuthorFacts, ChatFacts
from moderation.ladder import Step, clamp, climb
from moderation.model import (
    TELEGRAM_SERVICE_ID,
    AuthorKind,
    Finding,
    Incoming,
    Severity,
)
from moderation.policy import Mode, Policy
from moderation.rules.registry import run

PRIVATE_NOTICE = "notice-{rule}"
"""Fluent key of the author's notice when the finding names none."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is done and why.

    action: the harshest thing really done. findings: all of them, observed ones too. leading: the one acted upon.
    guard: why the author cannot be sanctioned, empty when he can. shadowed: rules that only watched.
    """

    action: Severity
    findings: tuple[Finding, ...] = ()
    leading: Finding | None = None
    guard: str = ""
    shadowed: frozenset[str] = frozenset()
    acts: tuple[acts.Act, ...] = ()


CLEAN = Decision(Severity.NONE)
NOBODY: frozenset[str] = frozenset()


def judge(message: Incoming, author: AuthorFacts, chat: ChatFacts, policy: Policy) -> Decision:
    """Run every rule on the message and decide. `message.at` is the time of the decision."""
    if message.author_kind == AuthorKind.LINKED_CHANNEL or message.author_id == TELEGRAM_SERVICE_ID:
        return CLEAN
    findings = run(Content(message), author, chat, policy)
    return decide(message, author, chat, findings, policy) if findings else CLEAN


def guard(message: Incoming, author: AuthorFacts, chat: ChatFacts) -> str:
    """Name why no sanction may touch the author; empty when one may. The executor asks again before it acts."""
    if message.author_id in {TELEGRAM_SERVICE_ID, chat.own_bot_id}:
        return "service" if message.author_id == TELEGRAM_SERVICE_ID else "own_bot"
    if message.author_id == chat.linked_channel_id:
        return AuthorKind.LINKED_CHANNEL.value
    if message.author_id == message.chat_id < 0:
        return AuthorKind.ANONYMOUS_ADMIN.value
    if message.author_kind not in {AuthorKind.USER, AuthorKind.CHANNEL}:
        return message.author_kind.value
    if author.telegram_status == "creator":
        return "owner"
    return "staff" if author.is_staff else ""


def decide(
    message: Incoming,
    author: AuthorFacts,
    chat: ChatFacts,
    findings: Sequence[Finding],
    policy: Policy,
) -> Decision:
    """Choose by the harshest live finding; a call for help outranks them all and removes nothing."""
    live = [f for f in findings if getattr(policy, f.rule).mode is Mode.LIVE]
    shadowed = NOBODY if len(live) == len(findings) else _shadowed(findings, policy)
    why_not = guard(message, author, chat)
    if not live:
        return Decision(Severity.OBSERVE, tuple(findings), guard=why_not, shadowed=shadowed)
    protected = [f for f in live if f.protects]
    leading = max(protected or live, key=_weight) if len(live) > 1 else live[0]
    wanted = Severity.ESCALATE if protected else _allowed(leading, live, why_not)
    if wanted < leading.severity and not protected:
        leading = _leading_at(live, wanted, leading)
    step = (
        climb(leading, author, policy.ladder, message.at)
        if _punishable(why_not, wanted)
        else Step()
    )
    return Decision(
        action=_done(wanted, step),
        findings=tuple(findings),
        leading=leading,
        guard=why_not,
        shadowed=shadowed,
        acts=_acts(message, _Choice(leading, tuple(live), wanted, step), policy),
    )


def _weight(finding: Finding) -> tuple[Severity, float]:
    return finding.severity, finding.score


def _shadowed(findings: Sequence[Finding], policy: Policy) -> frozenset[str]:
    return frozenset(f.rule for f in findings if getattr(policy, f.rule).mode is not Mode.LIVE)


def _allowed(leading: Finding, live: Sequence[Finding], why_not: str) -> Severity:
    if not why_not or leading.severity <= Severity.REVIEW:
        return leading.severity
    if any(f.binds_staff and f.severity >= Severity.HIDE for f in live):
        return Severity.HIDE
    if any(f.escalation for f in live):
        return Severity.ESCALATE
    return Severity.REVIEW


def _leading_at(live: Sequence[Finding], wanted: Severity, otherwise: Finding) -> Finding:
    if wanted == Severity.HIDE:
        return next(f for f in live if f.binds_staff and f.severity >= Severity.HIDE)
    return otherwise


def _punishable(why_not: str, wanted: Severity) -> bool:
    return not why_not and wanted != Severity.ESCALATE


def _done(wanted: Severity, step: Step) -> Severity:
    if step.ban:
        return Severity.BAN
    if step.seconds:
        return Severity.MUTE
    return min(wanted, Severity.HIDE)


@dataclass(frozen=True, slots=True)
class _Choice:
    leading: Finding
    live: tuple[Finding, ...]
    wanted: Severity
    step: Step


def _acts(message: Incoming, choice: _Choice, policy: Policy) -> tuple[acts.Act, ...]:
    wanted, step, leading = choice.wanted, choice.step, choice.leading
    found: list[acts.Act] = []
    if wanted >= Severity.HIDE:
        found.append(acts.Delete(message.chat_id, message.message_ids))
    found.extend(_sanction(message, step, policy))
    if wanted >= Severity.HIDE or wanted == Severity.WARN:
        found.extend(_telling(message, leading, step))
    if wanted < Severity.HIDE:
        found.extend(_pointing(message, choice.live))
    found.extend(
        acts.Escalate(f.escalation, f.urgency, f.rule) for f in choice.live if f.escalation
    )
    card = _card(wanted, step)
    if card is not None:
        found.append(acts.Card(card, leading.rule))
    return tuple(found)


def _pointing(message: Incoming, live: Sequence[Finding]) -> list[acts.Act]:
    helpful = [f for f in live if f.pointer]
    if not helpful:
        return []
    best = max(helpful, key=lambda f: (f.severity, f.score))
    return [acts.Point(best.pointer, message.message_id, best.facts)]


def _sanction(message: Incoming, step: Step, policy: Policy) -> list[acts.Act]:
    channel = message.author_kind == AuthorKind.CHANNEL
    if step.ban or (channel and step.seconds):
        if channel:
            return [acts.BanSenderChat(message.chat_id, message.author_id)]
        return [acts.Ban(message.chat_id, message.author_id)]
    if step.seconds:
        until = message.at + timedelta(seconds=clamp(step.seconds, policy.ladder))
        return [acts.Mute(message.chat_id, message.author_id, until)]
    return []


def _telling(message: Incoming, leading: Finding, step: Step) -> list[acts.Act]:
    told: list[acts.Act] = []
    if message.author_kind == AuthorKind.USER and not step.ban:
        key = leading.notice or PRIVATE_NOTICE.format(rule=leading.rule.replace("_", "-"))
        told.append(acts.Notify(message.author_id, key, leading.facts))
    if step.points or leading.soft_first:
        told.append(acts.Record(leading.rule, step.points))
    return told


def _card(wanted: Severity, step: Step) -> acts.CardReason | None:
    if step.confirm:
        return acts.CardReason.CONFIRM_BAN
    if wanted >= Severity.HIDE:
        return acts.CardReason.DONE
    return acts.CardReason.REVIEW if wanted in {Severity.REVIEW, Severity.ESCALATE} else None
