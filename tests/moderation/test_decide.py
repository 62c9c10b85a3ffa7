from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from moderation.acts import Ban, BanSenderChat, Card, CardReason, Delete, Mute, Record
from moderation.decide import CLEAN, decide, guard, judge
from moderation.facts import AuthorFacts, ChatFacts
from moderation.ladder import clamp, live_points
from moderation.model import AuthorKind, Finding, Incoming, Severity
from moderation.overrides import lay_over
from moderation.policy import Policy
from tests.moderation.build import (
    AUTHOR,
    CHAT,
    GROUP,
    MEMBER,
    MODERATOR,
    NEWCOMER,
    NOW,
    POLICY,
    kinds,
    said,
    strikes,
    verdict,
)

MESSAGE = said("что угодно")


def finding(severity: Severity, rule: str = "toxicity", **facts: Any) -> Finding:
    return Finding(rule, severity, facts.pop("score", 0.9), "evidence-toxicity-insult", **facts)


def decided(
    *findings: Finding,
    author: AuthorFacts = NEWCOMER,
    message: Incoming = MESSAGE,
    chat: ChatFacts = CHAT,
    policy: Policy = POLICY,
) -> Any:
    return decide(message, author, chat, findings, policy)


@pytest.mark.parametrize(
    ("case", "severities", "action"),
    [
        ("observe alone", [Severity.OBSERVE], Severity.OBSERVE),
        ("review over observe", [Severity.OBSERVE, Severity.REVIEW], Severity.REVIEW),
        (
            "a person is called, nothing removed",
            [Severity.WARN, Severity.ESCALATE],
            Severity.ESCALATE,
        ),
        ("hide over escalate", [Severity.ESCALATE, Severity.HIDE], Severity.HIDE),
        ("ban over all", [Severity.HIDE, Severity.BAN, Severity.REVIEW], Severity.BAN),
    ],
)
def test_the_harshest_finding_wins_and_all_are_kept(case, severities, action):
    findings = [finding(severity) for severity in severities]
    decision = decided(*findings)
    assert decision.action is action
    assert decision.findings == tuple(findings)


def test_a_rule_in_shadow_is_kept_and_does_nothing():
    policy = lay_over(POLICY, {"toxicity.mode": "shadow"})
    decision = decided(finding(Severity.BAN), policy=policy)
    assert (decision.action, decision.acts, decision.shadowed) == (
        Severity.OBSERVE,
        (),
        {"toxicity"},
    )


def test_a_rule_that_is_off_does_not_run():
    policy = lay_over(POLICY, {"toxicity.mode": "off"})
    assert judge(said("Ты идиотка"), NEWCOMER, CHAT, policy) == CLEAN


GUARDED = [
    ("M44 owner", MESSAGE, replace(MEMBER, telegram_status="creator"), "owner"),
    ("M44 admin", MESSAGE, replace(MEMBER, telegram_status="administrator"), "staff"),
    ("M44 moderator", MESSAGE, MODERATOR, "staff"),
    ("M44 own bot", replace(MESSAGE, author_id=1), NEWCOMER, "own_bot"),
    ("M44 another bot", replace(MESSAGE, author_kind=AuthorKind.BOT), NEWCOMER, "bot"),
    ("M44 Telegram", replace(MESSAGE, author_id=777000), NEWCOMER, "service"),
    (
        "M40 anonymous admin",
        replace(MESSAGE, author_id=GROUP, author_kind=AuthorKind.ANONYMOUS_ADMIN),
        NEWCOMER,
        "anonymous_admin",
    ),
    (
        "M41 linked channel",
        replace(MESSAGE, author_id=-1002, author_kind=AuthorKind.CHANNEL),
        NEWCOMER,
        "linked_channel",
    ),
]


@pytest.mark.parametrize(
    ("case", "message", "author", "name"), GUARDED, ids=[row[0] for row in GUARDED]
)
@pytest.mark.parametrize("severity", [Severity.WARN, Severity.HIDE, Severity.MUTE, Severity.BAN])
def test_the_guarded_are_never_sanctioned(case, message, author, name, severity):
    """M40 M41 M44"""
    decision = decided(finding(severity), message=message, author=author)
    assert decision.guard == name == guard(message, author, CHAT)
    assert decision.action <= Severity.ESCALATE
    assert not {"Mute", "Ban", "BanSenderChat", "Record", "Delete"} & set(kinds(decision))


def test_posts_of_the_linked_channel_are_not_looked_at():
    """M41"""
    assert (
        judge(said("Ты идиотка", author_kind=AuthorKind.LINKED_CHANNEL), NEWCOMER, CHAT, POLICY)
        == CLEAN
    )


def test_a_newcomer_with_nothing_to_lose_is_banned_at_once():
    decision = decided(finding(Severity.BAN))
    assert [Delete(GROUP, (10,)), Ban(GROUP, AUTHOR)] == list(decision.acts[:2])
    assert decision.action is Severity.BAN


@pytest.mark.parametrize(
    ("case", "author"),
    [
        ("M75 has written before", replace(NEWCOMER, messages_before=3)),
        ("older than 30 days", AuthorFacts(joined_at=NOW - timedelta(days=30))),
        ("vouched for", replace(NEWCOMER, is_trusted=True)),
    ],
)
def test_a_member_with_a_history_is_held_and_staff_are_asked(case, author):
    """M75"""
    decision = decided(finding(Severity.BAN), author=author)
    assert decision.action is Severity.MUTE
    assert Card(CardReason.CONFIRM_BAN, "toxicity") in decision.acts
    assert "Ban" not in kinds(decision)


def test_a_channel_is_banned_as_a_channel():
    """M42 M43"""
    message = replace(MESSAGE, author_kind=AuthorKind.CHANNEL, author_id=-100500)
    decision = decided(finding(Severity.BAN), message=message)
    assert BanSenderChat(GROUP, -100500) in decision.acts
    assert not {"Ban", "Mute", "Notify"} & set(kinds(decision))


LADDER = [
    ("first", 0, NEWCOMER, None),
    ("second mutes for an hour", 1, NEWCOMER, 3_600),
    ("third for a day", 2, NEWCOMER, 86_400),
    ("fourth for a week", 3, NEWCOMER, 604_800),
    ("a member of standing is forgiven one", 1, MEMBER, None),
    ("and then climbs as well", 2, MEMBER, 3_600),
]


@pytest.mark.parametrize(
    ("case", "before", "author", "seconds"), LADDER, ids=[row[0] for row in LADDER]
)
def test_sanctions_grow_step_by_step(case, before, author, seconds):
    decision = decided(finding(Severity.HIDE), author=replace(author, strikes=strikes(before)))
    mutes = [act.until - NOW for act in decision.acts if isinstance(act, Mute)]
    assert mutes == ([timedelta(seconds=seconds)] if seconds else [])
    assert Record("toxicity", 1) in decision.acts


def test_the_last_step_asks_staff_and_never_bans_by_itself():
    decision = decided(finding(Severity.HIDE), author=replace(MEMBER, strikes=strikes(9)))
    assert Card(CardReason.CONFIRM_BAN, "toxicity") in decision.acts
    assert "Ban" not in kinds(decision)


@pytest.mark.parametrize(("days", "points"), [(59, 1), (60, 0)])
def test_a_strike_counts_for_sixty_days(days, points):
    """M97"""
    author = replace(MEMBER, strikes=strikes(1, days=days))
    assert live_points(author, POLICY.ladder, NOW) == points
    assert len(author.strikes) == 1


def test_a_strike_that_expired_yesterday_leaves_a_first_one_today():
    """M97"""
    author = replace(NEWCOMER, strikes=strikes(1, days=61))
    assert "Mute" not in kinds(decided(finding(Severity.HIDE), author=author))


@pytest.mark.parametrize(
    ("asked", "given"), [(1, 35), (29, 35), (60, 60), (400 * 86_400, 365 * 86_400)]
)
def test_durations_never_become_for_ever(asked, given):
    """M71"""
    assert clamp(asked, POLICY.ladder) == given


def test_all_parts_of_an_album_are_deleted():
    """M6"""
    decision = decided(
        finding(Severity.HIDE), message=replace(MESSAGE, album_message_ids=(10, 11, 12))
    )
    assert decision.acts[0] == Delete(GROUP, (10, 11, 12))


def test_words_of_somebody_else_cost_the_author_nothing():
    """M16"""
    decision = decided(finding(Severity.BAN, punishes=False), author=NEWCOMER)
    assert decision.action is Severity.HIDE
    assert not {"Ban", "Mute", "Record"} & set(kinds(decision))


def test_an_edit_after_trust_is_judged_in_full():
    """M1"""
    assert verdict(said("Ты идиотка, закрой рот", is_edit=True), MEMBER).action is Severity.HIDE


def test_people_are_known_by_id_whatever_they_are_called():
    """M46"""
    one = verdict(said("Ты идиотка", author_name="Оля", author_id=5))
    other = verdict(said("Ты идиотка", author_name="Оля", author_id=6))
    assert [a.user_id for a in one.acts + other.acts if hasattr(a, "user_id")] == [5, 6]
