"""What is stored stays in step with what is: rights, standings, sanctions by hand, chats that move."""

from __future__ import annotations

import orjson
import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import ChatPermissions

from emulator.faults import Fault, FaultKind
from moderation.raw import incoming_from_json
from tests.moderation_live.street import ADVERT, INSULT, Street

pytestmark = pytest.mark.asyncio(loop_scope="module")
RIGHTS = ("can_restrict_members", "can_invite_users", "can_pin_messages", "can_manage_topics")


async def _tick(street: Street) -> None:
    await street.house.services["timed"].tick(street.house.clock.now())
    await street.settled()


async def silenced(street: Street):
    """Somebody muted by a command for two hours."""
    parent = street.parent()
    message = parent.send(f"Здравствуйте от {parent.name}", chat=street.group)
    await street.settled()
    street.moderator.send("/mute 2ч", chat=street.group, reply_to=message)
    await street.settled()
    assert street.is_muted(parent)
    return parent


@pytest.mark.parametrize("who", ["owner", "bot", "telegram"])
async def test_no_call_reaches_the_protected(street: Street, who: str):
    """M44: the last look stands at the call itself, whoever asked for it."""
    number = {"owner": street.owner.id, "bot": street.bot.id, "telegram": 777_000}[who]
    with pytest.raises(TelegramBadRequest):
        await street.house.bot.ban_chat_member(street.group.id, number)
    with pytest.raises(TelegramBadRequest):
        await street.house.bot.restrict_chat_member(
            street.group.id, number, ChatPermissions(can_send_messages=False)
        )


async def test_somebody_just_promoted_is_an_administrator_at_once(street: Street):
    """M45: the list is dropped by the update and read again before a removal."""
    parent = street.parent()
    parent.send("Скоро стану администратором", chat=street.group)
    await street.settled()
    street.owner.promote(street.group, parent)
    sent = parent.send(INSULT, chat=street.group)
    await street.settled()
    assert street.stands(sent)
    street.owner.demote(street.group, parent)
    again = parent.send("Ты дура и тварь, закрой рот, идиотка", chat=street.group)
    await street.settled()
    assert not street.stands(again)


async def test_a_missing_right_is_told_once_and_nothing_is_claimed_as_done(street: Street):
    """M67: detection goes on; the case says that it did not work; the alert comes once per right and chat."""
    street.owner.promote(
        street.group, street.town.actor(street.bot.id) if False else street.bot, RIGHTS
    )
    await street.settled()
    for number in range(2):
        parent = street.parent()
        sent = parent.send(f"{INSULT} {number}", chat=street.group)
        await street.settled()
        assert street.stands(sent)
        [case] = await street.cases_of(parent)
        assert case.action == "not-done"
    assert len(street.cards("Боту не хватает права")) == 1
    assert street.cards("Не получилось")
    street.owner.promote(street.group, street.bot)
    await street.settled()
    other = street.parent().send(f"{INSULT} снова", chat=street.group)
    await street.settled()
    assert not street.stands(other)


async def test_what_is_gone_already_is_gone(street: Street):
    """M68: a message its author deleted is no error, and the case stands."""
    parent = street.parent()
    sent = parent.send("Совсем скоро удалю это сообщение сам", chat=street.group)
    await street.settled()
    reporter = street.parent()
    reporter.send("/report", chat=street.group, reply_to=sent)
    await street.settled()
    parent.delete(sent)
    street.moderator.click("Спрятать", await street.card(parent.name))
    await street.settled()
    failed = (
        "SELECT count(*) FROM outbox WHERE kind = 'delete' AND state NOT IN ('sent', 'planned')"
    )
    assert await street.rows(failed) == [(0,)]


async def test_an_old_message_is_left_to_a_person_with_a_link(street: Street):
    """M69: edited into an advert after two days, nothing is claimed as done and the card links to the message."""
    parent = street.parent()
    now = int(street.house.clock.now().timestamp())
    body = {
        "message_id": 900_001,
        "date": now - 49 * 3600,
        "edit_date": now,
        "chat": {"id": street.group.id, "type": "supergroup"},
        "from": parent.user.card(),
        "text": ADVERT,
    }
    await street.house.services["moderation"].review(incoming_from_json(body), orjson.dumps(body))
    await street.settled()
    card = await street.card(parent.name)
    assert "больше двух суток" in card.text
    assert any("t.me/c/" in str(entity) for entity in card.entities)
    deleted = "SELECT count(*) FROM outbox WHERE kind = 'delete' AND key LIKE 'case:%'"
    before = await street.rows(deleted)
    [case] = await street.cases_of(parent)
    assert await street.rows(deleted) == before
    assert case.reason == "review"


async def test_hiding_an_old_message_asks_the_moderator_to_do_it(street: Street):
    """M69: the button says what the bot cannot do and gives the link."""
    parent = street.parent()
    sent = parent.send("Сообщение, которое никто не замечал", chat=street.group)
    await street.settled()
    street.clock.advance(49 * 3600)
    street.parent().send("/report", chat=street.group, reply_to=sent)
    await street.settled()
    card = await street.card(parent.name)
    street.moderator.click("Спрятать", card)
    await street.settled()
    assert "Удалите вручную" in (await street.card(parent.name)).text
    assert street.stands(sent)


async def test_a_ban_by_hand_is_a_case_with_the_human_as_actor(street: Street):
    """M58: also when the update comes twice."""
    parent = street.parent()
    street.owner.ban(street.group, parent)
    await street.settled()
    [case] = await street.cases_of(parent)
    assert (case.rule, case.action, case.decided_by) == ("by_hand", "banned", street.owner.id)
    street.owner.unban(street.group, parent)
    await street.settled()
    held = await street.reading(lambda unit: unit.cases.held(street.group.id, parent.id))
    assert held == []


async def test_unmute_never_lifts_a_stricter_restriction_by_hand(street: Street):
    """M73: neither by a command's undo nor at the end of its time."""
    parent = await silenced(street)
    street.owner.restrict(street.group, parent)
    await street.settled()
    [first, *_] = await street.cases_of(parent)
    press = street.moderator.press_stale(street.staff, 999_996, f"case:undo:{first.id}")
    await street.settled()
    assert press.text
    assert street.is_muted(parent)
    street.clock.advance(3 * 3600)
    await _tick(street)
    assert street.is_muted(parent)


async def test_a_sanction_on_somebody_away_holds_on_return(street: Street):
    """M79."""
    parent = await silenced(street)
    street.group.members[parent.id].status = "left"
    street.group.members[parent.id].permissions = {}
    street.town.add_member(street.group, parent)
    await street.settled()
    assert street.is_muted(parent)


async def test_a_mute_ends_once_and_is_announced_also_when_late(street: Street):
    """M80: the bot was down over the end; the member is told once, that it is late."""
    parent = await silenced(street)
    street.clock.advance(26 * 3600)
    await _tick(street)
    await _tick(street)
    told = street.shown(parent, "снова можно писать", street.group)
    assert len(told) == 1
    assert "с опозданием" in told[0].text
    assert not street.is_muted(parent)


async def test_a_name_full_of_markup_is_told_all_the_same(street: Street):
    """M47: names with HTML never break a notice or a card."""
    parent = street.parent("<b>&Вера</b>")
    sent = parent.send(f"{INSULT} точно", chat=street.group)
    await street.settled()
    assert not street.stands(sent)
    assert await street.card("<b>&Вера</b>")
    assert [m for m in parent.messages(street.group) if m.is_ephemeral]


async def test_the_bot_put_out_forgets_its_timers(street: Street):
    """M78: taken back, it replays no old sanction."""
    parent = await silenced(street)
    street.town.remove_bot(street.group, street.bot, street.owner)
    await street.settled()
    held = await street.reading(lambda unit: unit.cases.held(street.group.id, parent.id))
    assert [s for s in held if s.until is not None] == []
    street.owner.unban(street.group, street.bot)
    street.town.add_bot(street.group, street.bot, street.owner)
    await street.settled()
    street.clock.advance(3 * 3600)
    await _tick(street)
    waiting = "SELECT count(*) FROM outbox WHERE state = 'planned' AND chat_id = :c AND due <= 0"
    assert await street.rows(waiting, c=street.group.id) == [(0,)]


async def test_a_chat_that_moved_keeps_its_cases_and_settings(street: Street):
    """M77: once, whichever of the two service messages comes first; ids need 52 bits."""
    services = street.house.services
    old, new = -4_000_000_001, -1_004_503_599_627
    await services["policies"].change(old, None, "flood.messages_max", 9, street.owner.id)
    async with street.house.database.begin() as unit:
        from moderation.cases import Sanction, SanctionKind

        await unit.cases.sanction(
            Sanction(chat_id=old, user_id=5, kind=SanctionKind.WARN, rule="manual", since=unit.now)
        )
    for _ in range(2):
        await services["executor"].migrated(old, new)
    services["policies"].forget(new)
    assert (await services["policies"].of(new, None)).flood.messages_max == 9
    moved = await street.reading(lambda unit: unit.cases.sanctions_of(new, 5))
    assert len(moved) == 1


async def test_a_sanction_survives_being_told_to_wait(street: Street):
    """M76: a 429 pauses the chat, keeps the order, loses nothing."""
    street.town.emulator.faults.add(
        Fault(FaultKind.TOO_MANY_REQUESTS, method="restrictChatMember", count=2)
    )
    parent = street.parent()
    message = parent.send(f"Здравствуйте ещё раз от {parent.name}", chat=street.group)
    await street.settled()
    street.moderator.send("/mute 2ч", chat=street.group, reply_to=message)
    for _ in range(4):
        await street.settled()
        street.clock.advance(40)
    await street.settled()
    assert street.is_muted(parent)
