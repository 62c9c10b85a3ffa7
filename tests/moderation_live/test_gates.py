"""Surges, reactions, waves, topics and numbers: what the chat as a whole goes through."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from moderation.weekly import is_due
from tests.moderation_live.street import Street

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def _tick(street: Street) -> None:
    await street.house.services["timed"].tick(street.house.clock.now())
    await street.settled()


async def test_a_join_surge_holds_newcomers_and_frees_them_by_itself(street: Street):
    """M53: members who were here notice nothing; the gate opens by itself, also after a restart."""
    old = street.parent()
    crowd = [street.joins() for _ in range(12)]
    await street.settled()
    assert all(street.is_muted(one) for one in crowd)
    assert not street.is_muted(old)
    assert len(street.cards("Наплыв новых участников")) == 1
    street.house.services["raids"]._joins.clear()
    street.clock.advance(16 * 60)
    await _tick(street)
    assert not any(street.is_muted(one) for one in crowd)
    assert len(street.cards("снова открыт")) == 1
    await _tick(street)
    assert len(street.cards("снова открыт")) == 1


async def test_the_gate_is_closed_and_opened_by_hand(street: Street):
    """M53: with a button on the card."""
    street.moderator.send("/raid 30 минут", chat=street.group)
    await street.settled()
    late = street.joins()
    await street.settled()
    assert street.is_muted(late)
    card = await street.card("закрыт вручную")
    street.moderator.click("Открыть сейчас", card)
    await street.settled()
    assert not street.is_muted(late)


async def test_a_wave_of_one_text_from_several_accounts_is_one_case(street: Street):
    """M94: all copies go, the accounts are held, staff get one card."""
    words = "Срочно переходите все вместе по моей анкете и голосуйте за нашу семью сегодня"
    crowd = [street.parent() for _ in range(5)]
    sent = [one.send(words, chat=street.group) for one in crowd]
    await street.settled()
    assert [one for one in sent if street.stands(one)] == []
    assert all(street.is_muted(one) for one in crowd)
    assert len([card for card in street.cards("Случай №") if "анкете" in card.text]) == 1


async def test_reactions_alone_are_spam_too(street: Street):
    """M92: all of them go, the person is muted; a second delivery changes nothing."""
    author = street.parent()
    posts = [
        author.send(f"Запись о дне номер {number}, делюсь", chat=street.group)
        for number in range(7)
    ]
    street.clock.advance(40)
    more = [
        street.parent().send(f"Ответ на запись {number}", chat=street.group) for number in range(7)
    ]
    await street.settled()
    spammer = street.parent()
    for message in [*posts, *more]:
        spammer.react(message, "👍")
    await street.settled()
    assert street.is_muted(spammer)
    left = [message for message in [*posts, *more] if spammer.id in message.post.reactions]
    assert len(left) <= 3
    [case] = await street.cases_of(spammer)
    assert case.rule == "reactions"


async def test_a_message_off_topic_is_offered_to_move_and_moved_by_its_author(street: Street):
    """M63: copied with its author's name, never deleted silently; nobody else may press."""
    topics = {"parents": {"subject": "study"}, "adaptation": {"subject": "organisational"}}
    async with street.house.database.begin() as unit:
        home = await unit.communities.by_chat(street.group.id)
        await unit.communities.change_setting(home.id, "topics", topics, 1, unit.now)
    street.house.services["memory"].forget_chat(street.group.id)
    parent = street.parent("Вера")
    words = "Подскажите пожалуйста, как оплатить абонемент и где посмотреть расписание занятий и вернуть деньги за оплату"
    sent = parent.send(words, chat=street.group, topic="Общение")
    await street.settled()
    hint = await street.sees(parent, "Перенести", street.group)
    stranger = street.parent()
    press = stranger.click("Перенести", hint)
    await street.settled()
    assert "кто написал" in press.text
    parent.click("Перенести", hint)
    await street.settled()
    street.clock.advance(3)
    await street.settled()
    assert not street.stands(sent)
    moved = street.shown(street.owner, "абонемент", street.group)
    assert [one.topic for one in moved] == [street.topic("Адаптация")]
    assert street.shown(street.owner, "Вера пишет", street.group)


async def test_a_number_is_changed_by_buttons_after_a_look_at_what_it_would_do(street: Street):
    """M103: with author and time; the last write is shown, and undone."""
    services = street.house.services
    street.owner.send("/rules", chat=street.staff)
    await street.settled()
    street.owner.click("Всё сообщество", chat=street.staff)
    await street.settled()
    street.owner.click("поток сообщений", chat=street.staff)
    await street.settled()
    street.owner.click("сообщений в окне: 8", chat=street.staff)
    await street.settled()
    street.owner.click("4", chat=street.staff)
    await street.settled()
    preview = await street.sees(street.owner, "Проверили на последних сообщениях", street.staff)
    assert "добавится" in preview.text
    assert (await services["policies"].of(street.group.id, None)).flood.messages_max == 8
    street.owner.click("Применить", chat=street.staff)
    await street.settled()
    assert (await services["policies"].of(street.group.id, None)).flood.messages_max == 4
    topic = street.topic("Вопросы")
    assert (await services["policies"].of(street.group.id, topic)).flood.messages_max == 4
    street.owner.click("Назад", chat=street.staff)
    await street.settled()
    assert (
        "Последним менял(а) Алла"
        in (await street.sees(street.owner, "Последним", street.staff)).text
    )
    street.owner.click("Вернуть как было", chat=street.staff)
    await street.settled()
    assert (await services["policies"].of(street.group.id, None)).flood.messages_max == 8


async def test_a_moderator_sees_numbers_and_changes_none(street: Street):
    """M85: seeing and changing are two rights; a forged button is refused."""
    press = street.moderator.press_stale(street.staff, 999_990, "pol:a:0:flood.messages_max:1")
    await street.settled()
    assert "для сотрудников" in press.text
    assert (
        await street.house.services["policies"].of(street.group.id, None)
    ).flood.messages_max == 8


async def test_undo_after_a_later_write_is_refused(street: Street):
    """M103: the last write stands."""
    policies = street.house.services["policies"]
    first = await policies.change(street.group.id, None, "flood.dice_max", 5, street.owner.id)
    await policies.change(street.group.id, None, "flood.dice_max", 6, street.colleague.id)
    press = street.owner.press_stale(street.staff, 999_989, f"pol:u:{first.id}")
    await street.settled()
    assert "ещё раз" in press.text
    assert (await policies.of(street.group.id, None)).flood.dice_max == 6


async def test_a_parent_who_asks_for_the_rules_gets_the_rules(street: Street):
    parent = street.parent()
    parent.send("/rules", chat=street.group)
    await street.settled()
    assert [
        m for m in parent.messages(street.group) if m.is_ephemeral and "Бережём детей" in m.text
    ]


async def test_a_closed_topic_keeps_nothing_back(street: Street):
    """M59 M65: General has no thread; a thread that is no topic is none."""
    parent = street.parent()
    sent = parent.send("Всем хорошего вечера и выходных", chat=street.group)
    await street.settled()
    [row] = await street.rows(
        "SELECT topic_id FROM messages WHERE message_id = :m", m=sent.message_id
    )
    assert row.topic_id is None


@pytest.mark.parametrize(
    ("day", "hour", "due"),
    [(19, 8, False), (19, 9, True), (19, 23, True), (20, 3, True), (21, 9, False), (25, 9, False)],
)
async def test_the_week_is_told_on_monday_or_as_soon_as_the_bot_is_up(
    day: int, hour: int, due: bool
):
    assert is_due(datetime(2026, 1, day, hour, tzinfo=UTC)) is due


async def test_the_week_reaches_the_team_and_the_owner_once(street: Street):
    weekly = street.house.services["weekly"]
    now = street.house.clock.now()
    for _ in range(2):
        await weekly.send(street.group.id, now, now)
    await street.settled()
    assert len(street.cards("Модерация за неделю")) == 1
    pictures = [m for m in street.owner.messages(street.bot) if "document" in m.raw]
    assert len(pictures) == 1
    street.moderator.send("/stats", chat=street.staff)
    await street.settled()
    assert len(street.cards("Модерация за неделю")) == 2
