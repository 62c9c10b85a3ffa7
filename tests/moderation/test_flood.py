from dataclasses import replace
from datetime import timedelta

import pytest

from moderation.content import Content
from moderation.facts import AuthorFacts, Past
from moderation.fingerprint import is_unchanged, text_fingerprint, version_hash
from moderation.model import Severity
from moderation.policy import JoinPolicy, ReactionPolicy
from moderation.rules import reactions
from moderation.rules.joins import OPEN, Gate, gate
from tests.moderation.build import CHAT, MEMBER, NOW, found, past, said, verdict

TEXT = "Продолжаем обсуждать прописи"
PRINT = text_fingerprint(Content(said(TEXT)))


def with_recent(*recent: Past) -> AuthorFacts:
    return replace(MEMBER, recent=recent)


@pytest.mark.parametrize(
    ("case", "before", "muted"),
    [
        ("eight within the window", [1 + n for n in range(8)], True),
        ("seven", [1 + n for n in range(7)], False),
        ("eight, one too old", [1 + n for n in range(7)] + [30], False),
    ],
)
def test_a_burst_mutes_from_the_ninth_message(case, before, muted):
    author = with_recent(*(past(seconds, 100 + n) for n, seconds in enumerate(before)))
    assert ("flood" in found(said(TEXT), author)) is muted


def test_the_third_copy_goes_however_it_is_spelled():
    """M14"""
    author = with_recent(past(600, 1, fingerprint=PRINT), past(300, 2, fingerprint=PRINT))
    for text in (TEXT, "П р о д о л ж а е м обсуждать прописи", "Пpoдoлжaeм обсуждать прописи"):
        assert found(said(text), author)["flood"].evidence == "evidence-flood-duplicate"
    assert "flood" not in found(said("Совсем другое сообщение"), author)


def test_short_chatter_is_no_duplicate():
    mark = text_fingerprint(Content(said("спасибо")))
    assert "flood" not in found(
        said("спасибо"), with_recent(*(past(60 * n, n, fingerprint=mark) for n in range(1, 6)))
    )


def test_an_edit_never_counts():
    """M2 M3"""
    author = with_recent(*(past(n, n, fingerprint=PRINT) for n in range(1, 9)))
    assert "flood" not in found(said(TEXT, is_edit=True), author)


def test_parts_of_one_album_are_one_message():
    """M6"""
    parts = tuple(past(1, 20 + n) for n in range(8))
    album = said(TEXT, album_id="a", message_id=20, album_message_ids=tuple(range(20, 28)))
    assert "flood" not in found(album, with_recent(*parts))


@pytest.mark.parametrize(("before", "found_it"), [(1, False), (2, True)])
def test_dice_in_a_row_are_flood(before, found_it):
    """M28"""
    author = with_recent(*(past(n + 1, n) for n in range(before)))
    assert ("flood" in found(said("", media=frozenset({"dice"})), author)) is found_it


def test_one_text_from_several_accounts_is_a_wave():
    """M94"""
    decision = verdict(said(TEXT), chat=replace(CHAT, same_text_authors=2))
    assert decision.action is Severity.MUTE
    assert decision.leading.evidence == "evidence-flood-wave"
    assert verdict(said(TEXT), chat=replace(CHAT, same_text_authors=1)).action is Severity.NONE


def test_an_edit_that_changes_nothing_is_nothing():
    """M2"""
    message = said(TEXT)
    assert is_unchanged(replace(message, is_edit=True, edited_at=NOW), version_hash(message))
    assert not is_unchanged(said(TEXT + "!", is_edit=True), version_hash(message))
    assert not is_unchanged(message, version_hash(message))


@pytest.mark.parametrize(
    ("case", "author", "muted"),
    [
        ("a member reads fast", AuthorFacts(messages_before=9, reactions_recent=25), False),
        ("a member spams", AuthorFacts(messages_before=9, reactions_recent=26), True),
        ("a silent newcomer spams", AuthorFacts(reactions_recent=11), True),
        ("staff", AuthorFacts(roles=frozenset({"admin"}), reactions_recent=99), False),
    ],
)
def test_reactions_are_limited(case, author, muted):
    """M92"""
    assert (reactions.check(author, ReactionPolicy()) is not None) is muted


def test_a_surge_closes_the_gate_and_quiet_opens_it():
    """M53"""
    policy = JoinPolicy()
    crowd = [NOW - timedelta(seconds=n) for n in range(10)]
    closed = gate(crowd, OPEN, policy, NOW)
    assert closed.is_closed(NOW)
    assert gate(crowd[:9], OPEN, policy, NOW) == Gate(None, 9)
    later = NOW + timedelta(seconds=policy.release_after_seconds)
    assert gate(crowd, closed, policy, later - timedelta(seconds=1)).is_closed(
        later - timedelta(seconds=1)
    )
    assert not gate(crowd, closed, policy, later).is_closed(later)
