"""The queue: one card per case, one decision, everything written down."""

from __future__ import annotations

import asyncio

import pytest
import sqlalchemy as sa

from emulator.actors.seen import Seen
from tests.moderation_live.street import ADVERT, CHILD, INSULT, Street

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def waiting(street: Street) -> tuple:
    """Open a case that waits, by a report."""
    parent = street.parent()
    sent = parent.send(f"Вы все неправы, говорит {parent.name}", chat=street.group)
    await street.settled()
    reporter = street.parent()
    reporter.send("/report", chat=street.group, reply_to=sent)
    await street.settled()
    return parent, sent, await street.card(parent.name)


def cards_about(street: Street, name: str) -> list[Seen]:
    return [card for card in street.cards("Случай №") if name in card.text]


async def test_a_card_tells_what_was_seen_with_weights_and_what_was_done(street: Street):
    parent = street.parent()
    parent.send(INSULT, chat=street.group)
    await street.settled()
    card = await street.card(parent.name)
    assert "%" in card.text
    assert "дура" in card.text
    assert card.topic == next(t.id for t in street.staff.topics.values() if t.name == "Случаи")


async def test_two_moderators_press_at_once_and_one_wins(street: Street):
    """M83: the other is told who."""
    _, _, card = await waiting(street)
    one = street.moderator.click("Беру", card)
    two = street.colleague.click("Беру", card)
    await street.settled()
    winner, loser = (one, two) if "за вами" in one.text else (two, one)
    assert "за вами" in winner.text
    assert "занимается" in loser.text
    late = street.colleague if loser is two else street.moderator
    pressed = late.press_stale(street.staff, card.message_id, "case:warn:" + _number(card))
    await street.settled()
    assert "занимается" in pressed.text


def _number(card: Seen) -> str:
    return card.rows[0][0]["callback_data"].rsplit(":", 1)[-1]


async def test_a_decision_counts_once_and_the_second_is_told_who_decided(street: Street):
    """M83 M84: decided from stored state, also under a message nobody sees any more."""
    parent, sent, card = await waiting(street)
    number = _number(card)
    street.moderator.click("Спрятать", card)
    await street.settled()
    assert not street.stands(sent)
    second = street.colleague.press_stale(street.staff, 999_999, f"case:dismiss:{number}")
    await street.settled()
    assert "Майя" in second.text
    assert len(await street.rows("SELECT 1 FROM sanctions WHERE user_id = :u", u=parent.id)) == 1


@pytest.mark.parametrize(
    "data",
    [
        "case:ban:1",
        "case:undo:1",
        "case:claim:1",
        "again:yes:1",
        "pol:a:0:flood.messages_max:1",
        "raid:open:-1",
    ],
)
async def test_a_button_pressed_by_a_stranger_is_refused(street: Street, data: str):
    """M85: forged data from somebody without a role."""
    stranger = street.parent()
    press = stranger.press_stale(street.group, 999_998, data)
    await street.settled()
    assert "для сотрудников" in press.text


@pytest.mark.parametrize(
    "data", ["case:explode:1", "case:warn:abc", "case:warn:99999999", "pol:a:0:nonsense:1"]
)
async def test_forged_data_from_a_moderator_is_refused(street: Street, data: str):
    """M85."""
    press = street.owner.press_stale(street.staff, 999_997, data)
    await street.settled()
    assert press.text
    assert press.text != "Готово"


async def test_undo_restores_what_it_can_and_tells_the_author(street: Street):
    parent = street.parent()
    parent.send(
        "Купите мой курс, пишите мне в личку, скидка 50 процентов: https://t.me/+abcdefghijk",
        chat=street.group,
    )
    await street.settled()
    card = await street.card(parent.name)
    street.moderator.click("Вернуть как было", card)
    await street.settled()
    assert street.shown(street.owner, "сообщение вернул модератор", street.group)
    [case] = await street.cases_of(parent)
    assert case.state.value == "undone"
    assert not street.is_muted(parent) if street.member(parent) else True


async def test_an_edit_while_the_case_is_open_shows_both_versions(street: Street):
    """M4 M5: one case, both versions, milder buttons when the edit made it clean."""
    parent, sent, _ = await waiting(street)
    before = len(await street.cases_of(parent))
    parent.edit(sent, "Хорошего всем дня и спокойной недели")
    await street.settled()
    shown = await street.card("меняли после жалобы")
    assert "неправы" in shown.text
    assert "спокойной недели" in shown.text
    assert len(await street.cases_of(parent)) == before == 1
    assert "Спрятать" not in shown.buttons


async def test_a_clean_message_edited_into_an_advert_goes(street: Street):
    """M1: trust earned before does not carry an advert."""
    parent = street.parent()
    sent = parent.send("Спасибо, очень полезная тема", chat=street.group)
    await street.settled()
    parent.edit(sent, ADVERT)
    await street.settled()
    assert not street.stands(sent)


async def test_copies_of_a_text_join_the_first_case(street: Street):
    text = (
        f"Уникальный курс чтения, записывайтесь у меня: https://t.me/+kursyonline{street._numbers}"
    )
    one, two = street.parent(), street.parent()
    one.send(text, chat=street.group)
    await street.settled()
    two.send(text, chat=street.group)
    await street.settled()
    assert len(cards_about(street, one.name)) == 1
    assert cards_about(street, two.name) == []
    [case] = await street.cases_of(two)
    assert case.joined_to == (await street.cases_of(one))[0].id
    assert "Похожих случаев: 1" in cards_about(street, one.name)[0].text


async def test_the_moderator_receives_the_picture_itself(street: Street):
    """M27: a picture nobody can read goes to a person with the picture."""
    parent = street.parent()
    sent = parent.send_photo(chat=street.group)
    await street.settled()
    [case] = await street.cases_of(parent)
    photos = [
        m
        for m in street.moderator.messages(street.staff)
        if "photo" in m.raw and f"№ {case.id}" in m.text
    ]
    assert len(photos) == 1
    assert street.stands(sent)


async def test_data_of_a_child_is_repeated_nowhere(street: Street):
    """M31 M34: neither the notice nor the card repeats it; the evidence is kinds, the words are purged."""
    parent = street.parent()
    sent = parent.send(CHILD, chat=street.group)
    await street.settled()
    assert not street.stands(sent)
    seen = [*parent.messages(street.group), *street.moderator.messages(street.staff)]
    assert [m.text for m in seen if "Ковалёв" in m.text] == []
    [case] = await street.cases_of(parent)
    async with street.house.database.begin() as unit:
        purged = await unit.cases.purge_bodies(unit.now)
    assert purged >= 1
    [case] = await street.cases_of(parent)
    assert (case.body, case.rule) == (None, "child_data")


async def test_staff_who_post_a_childs_data_are_not_reproached_in_public(street: Street):
    """M33: the same removal, told to the author alone, no strike."""
    sent = street.colleague.send(CHILD, chat=street.group)
    await street.settled()
    assert not street.stands(sent)
    assert street.shown(street.owner, "Олег", street.group) == []
    assert (
        await street.rows("SELECT 1 FROM sanctions WHERE user_id = :u", u=street.colleague.id) == []
    )


async def test_a_sample_is_one_tap_and_taken_back_by_one(street: Street):
    """A ban alone teaches nothing; a mark does, and can be undone."""
    words = (
        "Приглашаю родителей на закрытый клуб осознанных мам, первая встреча в эту субботу вечером"
    )
    parent = street.parent()
    sent = parent.send(words, chat=street.group)
    await street.settled()
    street.parent().send("/report", chat=street.group, reply_to=sent)
    await street.settled()
    card = await street.card(parent.name)
    street.moderator.click("Спрятать", card)
    await street.settled()
    assert len(await street.house.services["samples"]._index(street.group.id)) == 0
    [shown] = cards_about(street, parent.name)
    street.moderator.click("Образец рекламы", shown)
    await street.settled()
    copy = street.parent().send(words, chat=street.group)
    await street.settled()
    assert not street.stands(copy)
    [shown] = cards_about(street, parent.name)
    street.moderator.click("Убрать образец", shown)
    await street.settled()
    other = street.parent().send(words.replace("эту", "ту"), chat=street.group)
    await street.settled()
    assert street.stands(other)


async def test_a_reason_is_kept_for_staff_and_every_step_is_written_down(street: Street):
    parent, _, card = await waiting(street)
    street.moderator.click("Предупредить", card)
    await street.settled()
    [shown] = cards_about(street, parent.name)
    street.moderator.send("Спорил резко, но отошёл", chat=street.staff, reply_to=shown)
    await street.settled()
    [case] = await street.cases_of(parent)
    steps = [step.step for step in await street.reading(lambda unit: unit.cases.steps(case.id))]
    assert steps == ["opened", "reported", "warn", "reason given"]
    notes = await street.reading(lambda unit: unit.notes.of(street.group.id, parent.id))
    assert [note.words for note in notes] == ["Спорил резко, но отошёл"]


async def test_the_audit_only_grows(street: Street):
    """Nobody edits what was written down, not even through the database."""
    for statement in ("UPDATE case_steps SET step = 'x'", "DELETE FROM case_steps"):
        with pytest.raises(sa.exc.DBAPIError):
            async with street.house.database.begin() as unit:
                await unit.connection.execute(sa.text(statement))


async def test_the_queue_reminds_hands_over_and_is_listed(street: Street):
    """A case is never forgotten: reminded before its time, then taken back and offered to everybody."""
    parent, _, card = await waiting(street)
    number = _number(card)
    street.moderator.click("Беру", card)
    await street.settled()
    street.clock.advance(91 * 60)
    await _tick(street)
    assert await street.card(f"Случай № {number} ждёт решения, осталось")
    street.clock.advance(31 * 60)
    await _tick(street)
    assert await street.card(f"Случай № {number} ждёт уже 2 часа")
    [case] = await street.cases_of(parent)
    assert (case.state.value, case.claimed_by) == ("open", None)
    before = len(street.cards(f"Случай № {number} ждёт"))
    await _tick(street)
    assert len(street.cards(f"Случай № {number} ждёт")) == before
    street.moderator.send("/cases", chat=street.staff)
    await street.settled()
    assert f"№ {number}" in (await street.card("Ждут решения")).text


async def _tick(street: Street) -> None:
    await street.house.services["timed"].tick(street.house.clock.now())
    await street.settled()


async def test_the_same_update_twice_makes_one_case_one_sanction_one_notice(street: Street):
    """M81 M82: redelivered and handled again, also side by side."""
    parent = street.parent()
    parent.send(INSULT, chat=street.group)
    await street.settled()
    [row] = await street.rows("SELECT body FROM cases WHERE author_id = :u", u=parent.id)
    counts = "SELECT (SELECT count(*) FROM cases), (SELECT count(*) FROM sanctions), (SELECT count(*) FROM outbox), (SELECT count(*) FROM case_steps)"
    before = await street.rows(counts)
    from moderation.cards import written

    street.house.services["memory"].forget_author(street.group.id, parent.id)
    await asyncio.gather(
        *(street.house.services["moderation"].review(written(row.body), row.body) for _ in range(2))
    )
    await street.settled()
    assert await street.rows(counts) == before
