"""What a parent may answer, withdraw and take back, on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from consent.ports import About
from consent.purposes import Purpose
from consent.record import Action
from core.errors import Refusal
from core.ids import ChatId
from tests.consent.school import School, document

P = Purpose


async def test_nothing_is_allowed_before_an_answer_but_service(small_school: School):
    parent = await small_school.parent()
    assert {p: (await small_school.may(parent, p)).allowed for p in Purpose} == {
        P.SERVICE: True,
        P.CROSS_BORDER: False,
        P.CHILD_DATA: False,
        P.PERSONALISATION: False,
        P.MARKETING: False,
        P.CARE: False,
    }


async def test_an_answer_names_the_text_that_was_shown_and_the_event_that_carried_it(school):
    parent = await school.parent()
    receipt = await school.says(parent, P.MARKETING, grant=True)
    async with school.database.reading() as unit:
        [record] = await unit.consents.records(parent)
        [serving] = await unit.documents.servings(parent)
    assert record.served == serving.id
    assert record.document.sha256 == document(P.MARKETING).sha256
    assert record.at > serving.at
    assert (record.evidence.message, record.evidence.update) == (5, 77)
    assert "7700042" not in record.chat_hash
    assert receipt.lines[0].record == record.id
    assert (await school.may(parent, P.MARKETING)).record_id == record.id


async def test_an_answer_to_a_document_nobody_showed_is_refused(small_school: School):
    parent = await small_school.parent()
    with pytest.raises(Refusal, match=r"consent\.not_shown"):
        await small_school.consents.answer(parent, P.MARKETING, grant=True, version=1)


async def test_the_same_answer_twice_is_one_record(small_school: School):
    parent = await small_school.parent(P.MARKETING)
    assert (await small_school.says(parent, P.MARKETING, grant=True)).already
    async with small_school.database.reading() as unit:
        assert len(await unit.consents.records(parent)) == 1


async def test_marketing_withdrawn_leaves_personalisation_and_the_reverse(small_school: School):
    """L101 L102: the two are answered apart and end apart."""
    parent = await small_school.parent(P.MARKETING, P.PERSONALISATION)
    await small_school.consents.withdraw(parent, [P.PERSONALISATION])
    assert (await small_school.may(parent, P.MARKETING)).allowed
    assert (await small_school.may(parent, P.PERSONALISATION)).reason == "withdrawn"
    other = await small_school.parent(P.MARKETING, P.PERSONALISATION)
    await small_school.consents.withdraw(other, [P.MARKETING])
    assert (await small_school.may(other, P.PERSONALISATION)).allowed
    assert not (await small_school.may(other, P.MARKETING)).allowed


async def test_win_back_is_blocked_by_service_consent_alone_and_renewal_is_not(
    small_school: School,
):
    """L103."""
    parent = await small_school.parent(P.SERVICE)
    assert not (await small_school.may(parent, P.MARKETING)).allowed
    assert (await small_school.may(parent, P.SERVICE)).allowed


async def test_stop_ends_care_and_marketing_once_and_one_tap_brings_both_back(school: School):
    """L117 L118: the same effect, a receipt, an undo, and both deeds stay in the ledger."""
    parent = await school.parent(P.MARKETING, P.CHILD_DATA)
    stopped = await school.consents.stop(parent)
    assert {line.purpose for line in stopped.lines} == {P.MARKETING, P.CARE}
    assert not (await school.may(parent, P.CARE)).allowed
    assert not (await school.may(parent, P.CHILD_DATA)).allowed
    assert (await school.may(parent, P.SERVICE)).allowed
    assert (await school.consents.stop(parent)).already
    await school.clock.advance(timedelta(minutes=1))
    undone = await school.consents.undo(parent, stopped.id)
    assert {line.purpose for line in undone.lines} == {P.MARKETING, P.CARE}
    assert (await school.may(parent, P.CARE)).allowed
    assert (await school.may(parent, P.MARKETING)).allowed
    async with school.database.reading() as unit:
        actions = [record.action for record in await unit.consents.records(parent)]
    assert actions.count(Action.WITHDRAW) == 2
    assert actions.count(Action.GRANT) == 4
    with pytest.raises(Refusal, match=r"consent\.stale"):
        await school.consents.undo(parent, stopped.id)


async def test_somebody_elses_receipt_undoes_nothing(small_school: School):
    parent, other = await small_school.parent(P.MARKETING), await small_school.parent()
    stopped = await small_school.consents.stop(parent)
    for receipt in (stopped.id, "no such receipt"):
        with pytest.raises(Refusal, match=r"consent\.unknown_receipt"):
            await small_school.consents.undo(other, receipt)


async def test_a_material_version_suspends_and_asks_again_an_editorial_one_does_not(school):
    """L104: the old consent is not extended, service goes on."""
    parent = await school.parent(P.SERVICE, P.MARKETING, P.PERSONALISATION)
    await school.publish(
        document(P.MARKETING, 2, material=True, text="Новое."),
        document(P.PERSONALISATION, 2, material=False, text="Опечатка."),
    )
    assert (await school.may(parent, P.MARKETING)).reason == "suspended"
    assert (await school.may(parent, P.PERSONALISATION)).allowed
    assert (await school.may(parent, P.SERVICE)).allowed
    waiting = await school.consents.pending_questions(parent)
    assert (P.MARKETING, True) in {(q.purpose, q.again) for q in waiting}
    assert P.PERSONALISATION not in {q.purpose for q in waiting}
    await school.says(parent, P.MARKETING, grant=True)
    assert (await school.may(parent, P.MARKETING)).allowed
    with pytest.raises(Refusal, match=r"consent\.old_version"):
        await school.consents.answer(parent, P.MARKETING, grant=True, version=1)


async def test_the_stricter_parent_wins_and_both_decide_for_themselves(school: School):
    """L105."""
    mother, father = await school.parent(P.CHILD_DATA), await school.parent()
    child = await school.child(mother, father)
    await school.consents.attach_child(mother, child)
    assert (await school.may(mother, P.CHILD_DATA, child)).allowed
    receipt = await school.says(father, P.CHILD_DATA, grant=False, child=child)
    assert receipt.conflict
    answer = await school.may(mother, P.CHILD_DATA, child)
    assert (answer.allowed, answer.reason) == (False, "other_parent")
    await school.says(father, P.CHILD_DATA, grant=True, child=child)
    assert (await school.may(mother, P.CHILD_DATA, child)).allowed
    await school.consents.withdraw(father, [P.CHILD_DATA], child=child)
    assert not (await school.may(mother, P.CHILD_DATA, child)).allowed


async def test_a_conflict_is_told_to_the_staff_chat_set_up_meanwhile(small_school: School):
    """L105: a human hears of it, once for each decision, and of nobody by name."""
    chats: list[ChatId] = []
    consents = small_school.consents
    consents.book = replace(consents.book, staff_chat=lambda: chats[0] if chats else None)
    mother, father = await small_school.parent(P.CHILD_DATA), await small_school.parent()
    child = await small_school.child(mother, father, name="Варя")
    await consents.attach_child(mother, child)
    assert (await small_school.says(father, P.CHILD_DATA, grant=False, child=child)).conflict
    chats.append(ChatId(-100))
    await small_school.says(father, P.CHILD_DATA, grant=True, child=child)
    receipt = await small_school.says(father, P.CHILD_DATA, grant=False, child=child)
    async with small_school.database.reading() as unit:
        told = await unit.outbox.by_key(f"consent-conflict:{child}:{receipt.id}")
        events = [
            e for e in await unit.events.of_person(father) if e.name == "consent.child.conflicted"
        ]
    assert told is not None
    assert (told.chat, told.facts) == (ChatId(-100), {"child": child})
    assert len(events) == 2


async def test_one_child_of_two_can_be_withdrawn(school: School):
    parent = await school.parent(P.CHILD_DATA)
    first, second = await school.child(parent), await school.child(parent, name="Петя")
    for child in (first, second):
        await school.consents.attach_child(parent, child)
    await school.consents.withdraw(parent, [P.CHILD_DATA], child=first)
    answers = await school.gate([About(parent, first), About(parent, second)], P.CHILD_DATA)
    assert [answers[About(parent, child)].allowed for child in (first, second)] == [False, True]
    assert (await school.gate([About(parent)], P.CARE))[About(parent)].allowed


async def test_a_foreign_child_is_refused_everywhere(small_school: School):
    parent, stranger = await small_school.parent(), await small_school.parent(P.CHILD_DATA)
    child = await small_school.child(parent)
    for attempt in (
        small_school.consents.serve(stranger, P.CHILD_DATA, language="ru", child=child),
        small_school.consents.answer(stranger, P.CHILD_DATA, grant=True, version=1, child=child),
        small_school.consents.withdraw(stranger, [P.CHILD_DATA], child=child),
        small_school.consents.attach_child(stranger, child),
    ):
        with pytest.raises(Refusal, match=r"child\.not_yours"):
            await attempt
    assert not (await small_school.may(stranger, P.CHILD_DATA, child)).allowed


async def test_the_host_clock_going_back_does_not_undo_a_withdrawal(small_school: School):
    parent = await small_school.parent(P.MARKETING)
    small_school.clock.jump(-timedelta(days=2))
    await small_school.consents.withdraw(parent, [P.MARKETING])
    assert not (await small_school.may(parent, P.MARKETING)).allowed


async def test_the_preference_centre_shows_every_purpose_with_its_state(small_school: School):
    parent = await small_school.parent(P.SERVICE, P.MARKETING)
    await small_school.says(parent, P.PERSONALISATION, grant=False)
    await small_school.consents.withdraw(parent, [P.MARKETING])
    shown = await small_school.consents.status(parent)
    assert {line.purpose: line.state for line in shown.lines} == {
        P.SERVICE: "granted",
        P.CROSS_BORDER: "none",
        P.CHILD_DATA: "none",
        P.PERSONALISATION: "refused",
        P.MARKETING: "withdrawn",
        P.CARE: "granted",
    }
