from dataclasses import replace
from datetime import UTC, datetime

import pytest

from moderation.acts import Notify, Point
from moderation.facts import TopicMode
from moderation.model import Origin, OriginKind, Reference, Severity
from moderation.overrides import lay_over
from moderation.rules.topic_policy import is_night
from tests.moderation.build import (
    CHAT,
    EXPERT,
    MEMBER,
    POLICY,
    found,
    kinds,
    past,
    said,
    strikes,
    topic,
    verdict,
)

PHOTO = frozenset({"photo"})


@pytest.mark.parametrize(
    ("case", "message", "chat", "evidence"),
    [
        (
            "M64 read-only",
            said("Вопрос"),
            topic(mode=TopicMode.READ_ONLY),
            "evidence-topic-read-only",
        ),
        (
            "M64 experts only",
            said("Мой ответ"),
            topic(mode=TopicMode.EXPERTS_ONLY),
            "evidence-topic-experts-only",
        ),
        (
            "media off",
            said("", media=frozenset({"video"})),
            topic(media_allowed=False),
            "evidence-topic-no-media",
        ),
        (
            "links off",
            said("смотрите https://example.org/a"),
            topic(links_allowed=False),
            "evidence-topic-no-links",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_topic_keeps_its_rules_with_a_hint_and_without_a_strike(case, message, chat, evidence):
    """M64"""
    decision = verdict(message, MEMBER, chat)
    assert decision.leading.evidence == evidence
    assert decision.action is Severity.HIDE
    assert not {"Record", "Mute"} & set(kinds(decision))
    assert any(isinstance(act, Notify) for act in decision.acts)
    assert "topic_policy" not in found(message, EXPERT, chat)


def test_general_and_other_topics_follow_their_own_rules():
    """M59"""
    assert verdict("Вопрос", MEMBER, CHAT).action is Severity.NONE


def test_a_trusted_site_passes_where_links_are_off():
    chat = replace(topic(links_allowed=False), allowed_domains=frozenset({"example.org"}))
    assert "topic_policy" not in found(said("https://school.example.org/a"), MEMBER, chat)


@pytest.mark.parametrize(("seconds", "hidden"), [(59, True), (60, False)])
def test_slow_mode_counts_per_topic(seconds, hidden):
    author = replace(MEMBER, recent=(past(seconds, 1, topic_id=5), past(1, 2, topic_id=6)))
    message = said("Ещё мысль", topic_id=5)
    assert ("topic_policy" in found(message, author, topic(slow_seconds=60))) is hidden
    assert "topic_policy" not in found(
        replace(message, is_edit=True), author, topic(slow_seconds=60)
    )


@pytest.mark.parametrize(
    ("case", "instant", "zone", "night"),
    [
        ("before the start", datetime(2026, 1, 5, 18, 59, tzinfo=UTC), "Europe/Moscow", False),
        ("at the start", datetime(2026, 1, 5, 19, 0, tzinfo=UTC), "Europe/Moscow", True),
        ("after midnight", datetime(2026, 1, 5, 22, 30, tzinfo=UTC), "Europe/Moscow", True),
        ("at the end", datetime(2026, 1, 6, 4, 0, tzinfo=UTC), "Europe/Moscow", False),
        ("another zone", datetime(2026, 1, 5, 19, 0, tzinfo=UTC), "Asia/Kamchatka", False),
        ("the hour clocks jump", datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "Europe/Berlin", True),
        (
            "winter night, gone in summer",
            datetime(2026, 7, 5, 19, 59, tzinfo=UTC),
            "Europe/Berlin",
            False,
        ),
    ],
)
def test_night_is_read_on_the_clock_of_the_chat(case, instant, zone, night):
    """M102"""
    assert is_night(instant, zone, 22 * 60, 7 * 60) is night


def test_night_mode_hides_softly_and_edits_pass():
    """M102"""
    policy = lay_over(
        POLICY, {"topic_policy.night_start": 14 * 60, "topic_policy.night_end": 16 * 60}
    )
    decision = verdict("Не спится", MEMBER, CHAT, policy)
    assert decision.leading.facts["hour"] == "16:00"
    assert verdict(said("Не спится", is_edit=True), MEMBER, CHAT, policy).action is Severity.NONE


def test_an_image_where_none_are_wanted_goes_softly_and_costs_nothing_the_first_time():
    """M32"""
    chat = topic(images_allowed=False)
    first = verdict(said("", media=PHOTO), MEMBER, chat)
    assert (first.action, first.leading.notice) == (Severity.HIDE, "")
    assert not [act for act in first.acts if getattr(act, "points", 0)]
    again = verdict(
        said("", media=PHOTO), replace(MEMBER, strikes=strikes(1, "progress_screenshot")), chat
    )
    assert again.leading.notice == "notice-progress-screenshot-again"
    assert [act.points for act in again.acts if hasattr(act, "points")] == [1]


def test_words_about_progress_make_a_picture_a_screenshot():
    assert "progress_screenshot" in found(
        said("Смотрите, наш прогресс за неделю", media=PHOTO), MEMBER
    )
    assert "progress_screenshot" not in found(said("Смотрите, какая поделка", media=PHOTO), MEMBER)
    assert "progress_screenshot" not in found(said("Наш прогресс за неделю: читаем сами"), MEMBER)


SUBJECTS = {"organisational": "Организационное", "psychology": "Психология"}


def test_a_message_of_another_subject_is_offered_a_move_and_stays():
    """M63"""
    chat = replace(topic(subject="psychology"), subjects=SUBJECTS)
    decision = verdict(
        "Подскажите, где чек за оплату и как вернуть абонемент по договору?", MEMBER, chat
    )
    assert decision.action is Severity.OBSERVE
    assert [(act.key, act.facts["other"]) for act in decision.acts if isinstance(act, Point)] == [
        ("notice-off-topic", "Организационное")
    ]


@pytest.mark.parametrize(
    ("case", "text", "facts"),
    [
        (
            "an answer stays with its question",
            "Чек и договор об оплате приходят на почту, посмотрите",
            {"reply_to": Reference(3)},
        ),
        (
            "both subjects at once",
            "Боится звонить про оплату, тревога и страхи, чек не пришёл никому",
            {},
        ),
        ("too short", "Где чек?", {}),
    ],
)
def test_what_belongs_here_is_left_alone(case, text, facts):
    chat = replace(topic(subject="psychology"), subjects=SUBJECTS)
    assert "off_topic" not in found(said(text, **facts), MEMBER, chat)


def test_an_implicit_reply_to_the_topic_is_no_reply():
    """M60"""
    chat = replace(topic(subject="psychology"), subjects=SUBJECTS)
    message = said(
        "Подскажите, где чек за оплату и как вернуть абонемент по договору?",
        reply_to=Reference(5, is_topic_root=True),
    )
    assert "off_topic" in found(message, MEMBER, chat)


@pytest.mark.parametrize(
    ("case", "message", "severity"),
    [
        (
            "channel",
            said("Пост", origin=Origin(OriginKind.CHANNEL, -1009, "Канал")),
            Severity.REVIEW,
        ),
        ("own channel", said("Пост", origin=Origin(OriginKind.CHANNEL, -1002, "Школа")), None),
        ("a person", said("Пост", origin=Origin(OriginKind.USER, 5, "Оля")), None),
        ("a hidden person", said("Пост", origin=Origin(OriginKind.HIDDEN_USER, None, "Оля")), None),
        (
            "M17 another chat",
            said("Смотрите", external_reply=Reference(1, chat_id=-1009, is_same_chat=False)),
            Severity.REVIEW,
        ),
        (
            "M17 another topic of this chat",
            said("Смотрите", external_reply=Reference(1, chat_id=-1001)),
            None,
        ),
        ("M20 unknown inline bot", said("Кот", via_bot_id=55), Severity.REVIEW),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_where_a_message_came_from_matters(case, message, severity):
    """M17 M19 M20"""
    finding = found(message).get("forwards")
    assert (finding.severity if finding else None) is severity


def test_an_allowed_inline_bot_passes_and_forwards_can_be_off():
    """M19 M20"""
    assert "forwards" not in found(
        said("Кот", via_bot_id=55), chat=replace(CHAT, allowed_bots=frozenset({55}))
    )
    decision = verdict(
        said("Пост", origin=Origin(OriginKind.HIDDEN_USER, None, "Оля")),
        MEMBER,
        topic(forwards_allowed=False),
    )
    assert decision.action is Severity.HIDE
    assert "Record" not in kinds(decision)
