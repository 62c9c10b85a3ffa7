"""Laws that hold for any message, checked on made-up ones."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderation.acts import Ban, Mute
from moderation.decide import decide, judge
from moderation.facts import STAFF_ROLES, AuthorFacts
from moderation.model import Finding, Severity
from moderation.raw import incoming_from_json
from tests.moderation.build import CHAT, MEMBER, NEWCOMER, NOW, POLICY, said, strikes, verdict

TEXTS = [
    "Дайте 5 мл нурофена",
    "Ты идиотка, закрой рот",
    "я больше не хочу жить",
    "Моя дочка Маша, 7 лет, школа 57",
    "вы долбоебы",
    "Спасибо, очень помогли!",
    "советую глицин, нам помог",
    "муж бьёт меня при детях",
]
TWINS = str.maketrans("аеорсухАЕОРСХ", "aeopcyxAEOPCX")


def zero_width(text: str) -> str:
    return "\u200b".join(text)


def homoglyphs(text: str) -> str:
    return text.translate(TWINS)


def struck_through(text: str) -> str:
    return "".join(letter + "\u0336" if letter.isalpha() else letter for letter in text)


def spaced(text: str) -> str:
    return "   ".join(" ".join(word) if len(word) >= 5 else word for word in text.split())


LOOKS_ALIKE = [homoglyphs, zero_width, struck_through]
ROLES = st.frozensets(st.sampled_from(sorted(STAFF_ROLES)), max_size=3)
SEVERITIES = st.sampled_from(list(Severity)[1:])
FINDINGS = st.lists(
    st.builds(
        Finding,
        rule=st.sampled_from(["toxicity", "flood", "child_data", "red_flags", "forwards"]),
        severity=SEVERITIES,
        score=st.floats(0, 1),
        evidence=st.just("evidence-toxicity-insult"),
        protects=st.booleans(),
        punishes=st.booleans(),
        soft_first=st.booleans(),
        binds_staff=st.booleans(),
    ),
    min_size=1,
    max_size=4,
)
AUTHORS = st.builds(
    AuthorFacts,
    joined_at=st.one_of(
        st.none(),
        st.datetimes(max_value=NOW.replace(tzinfo=None)).map(
            lambda at: at.replace(tzinfo=NOW.tzinfo)
        ),
    ),
    messages_before=st.integers(0, 500),
    strikes=st.integers(0, 9).map(strikes),
    is_trusted=st.booleans(),
)


@pytest.mark.parametrize("trick", LOOKS_ALIKE, ids=lambda trick: trick.__name__)
@pytest.mark.parametrize("text", [t for t in TEXTS if "Маша" not in t])
def test_a_spelling_trick_changes_no_verdict(trick, text):
    """M14"""
    assert verdict(trick(text)).action is verdict(text).action


@pytest.mark.parametrize("text", ["вы долбоебы", "Дайте 5 мл нурофена"])
def test_letters_apart_change_no_verdict(text):
    """M14"""
    assert verdict(spaced(text)).action is verdict(text).action


@given(text=st.text(max_size=200))
@settings(max_examples=40, deadline=None)
def test_any_text_is_judged_the_same_twice(text):
    assert verdict(text) == verdict(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    [
        "text",
        "caption",
        "entities",
        "from",
        "chat",
        "poll",
        "quote",
        "reply_markup",
        "document",
        "photo",
        "sticker",
        "forward_origin",
        "external_reply",
        "reply_to_message",
        "checklist",
        "rich_message",
        "date",
        "edit_date",
        "message_id",
        "via_bot",
        "contact",
        "dice",
    ]
)


@given(message=st.dictionaries(FIELDS, JSON, max_size=6))
@settings(max_examples=40, deadline=None)
def test_no_object_breaks_the_reading(message):
    judge(incoming_from_json(message), NEWCOMER, CHAT, POLICY)


@given(findings=FINDINGS, author=AUTHORS, roles=ROLES)
@settings(max_examples=40, deadline=None)
def test_a_role_of_staff_never_raises_a_sanction(findings, author, roles):
    plain = decide(said("x"), author, CHAT, findings, POLICY)
    staff = decide(said("x"), replace(author, roles=roles), CHAT, findings, POLICY)
    assert staff.action <= plain.action
    if roles:
        assert not [act for act in staff.acts if isinstance(act, Mute | Ban)]


@given(findings=FINDINGS, author=AUTHORS)
@settings(max_examples=40, deadline=None)
def test_nobody_older_than_thirty_days_is_banned_without_a_person(findings, author):
    """M75"""
    decision = decide(said("x"), author, CHAT, findings, POLICY)
    age = author.age(NOW)
    if any(isinstance(act, Ban) for act in decision.acts):
        assert not author.is_trusted
        assert age is None or age.days < POLICY.ladder.standing_days
        assert author.messages_before < POLICY.ladder.history_messages


@given(findings=FINDINGS, author=AUTHORS)
@settings(max_examples=40, deadline=None)
def test_every_mute_ends_within_what_telegram_reads_as_time(findings, author):
    """M71"""
    for act in decide(said("x"), author, CHAT, findings, POLICY).acts:
        if isinstance(act, Mute):
            assert 30 < (act.until - NOW).total_seconds() <= 366 * 86_400


@given(findings=FINDINGS, author=AUTHORS)
@settings(max_examples=40, deadline=None)
def test_a_call_for_help_is_never_removed(findings, author):
    """M37"""
    decision = decide(said("x"), author, CHAT, findings, POLICY)
    if any(f.protects for f in findings):
        assert decision.action is Severity.ESCALATE
        assert {type(act).__name__ for act in decision.acts} <= {"Escalate", "Card", "Point"}


def test_more_strikes_never_make_a_sanction_lighter():
    finding = Finding("toxicity", Severity.HIDE, 0.9, "evidence-toxicity-insult")
    seconds = []
    for count in range(8):
        acts = decide(
            said("x"), replace(MEMBER, strikes=strikes(count)), CHAT, [finding], POLICY
        ).acts
        seconds.append(
            next(((a.until - NOW).total_seconds() for a in acts if isinstance(a, Mute)), 0)
        )
    assert seconds == sorted(seconds)
