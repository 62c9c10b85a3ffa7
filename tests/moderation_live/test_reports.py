"""Reports and appeals: anonymous, weighed, limited; decided by somebody else."""

from __future__ import annotations

import pytest

from tests.moderation_live.street import INSULT, Street

pytestmark = pytest.mark.asyncio(loop_scope="module")


def alone(street: Street, who) -> list[str]:
    return [m.text for m in who.messages(street.group) if m.is_ephemeral]


async def spoken(street: Street, words: str = "Не согласен ни с кем"):
    parent = street.parent()
    sent = parent.send(f"{words}, {parent.name}", chat=street.group)
    await street.settled()
    return parent, sent


async def report(street: Street, message, reporter=None):
    reporter = reporter or street.parent()
    sent = reporter.send("/report", chat=street.group, reply_to=message)
    await street.settled()
    return reporter, sent


async def test_a_report_is_anonymous_thanked_and_answered(street: Street):
    """M89 M96: the reporter is shown to nobody; the evidence is kept at report time."""
    parent, message = await spoken(street)
    reporter, command = await report(street, message)
    parent.delete(message)
    assert not street.stands(command)
    assert "Кто пожаловался" in alone(street, reporter)[-1]
    card = await street.card(parent.name)
    assert "1 жалоба" in card.text
    assert parent.name in card.text
    assert reporter.name not in card.text
    assert "Не согласен" in card.text
    street.moderator.click("Предупредить", card)
    await street.settled()
    assert "приняли меры" in alone(street, reporter)[-1]
    assert [t for t in alone(street, parent) if reporter.name in t] == []


async def test_a_report_is_made_in_private_by_link_and_button(street: Street):
    """M89: nothing shows in the group; a link into another chat and a forged number are refused."""
    parent, message = await spoken(street)
    reporter = street.parent()
    inside = str(street.group.id).removeprefix("-100")
    reporter.send("/report")
    await street.sees(reporter, "Копировать ссылку")
    reporter.send(f"https://t.me/c/{inside}/{message.message_id}")
    asked = await street.sees(reporter, "никто не узнает")
    reporter.click("Пожаловаться", asked)
    await street.settled()
    card = await street.card(parent.name)
    assert "1 жалоба" in card.text
    assert reporter.name not in card.text
    reporter.send(f"https://t.me/c/{inside}/999999")
    await street.settled()
    reporter.click("Пожаловаться", reporter.messages()[-1])
    reporter.send("https://t.me/c/1234567890/5")
    await street.settled()
    assert await street.rows(
        "SELECT count(*) FROM reports WHERE reporter_id = :u", u=reporter.id
    ) == [(1,)]


async def test_one_person_counts_once_however_often(street: Street):
    """M89: five reports by one person are one."""
    parent, message = await spoken(street)
    reporter, _ = await report(street, message)
    for _ in range(3):
        await report(street, message, reporter)
    rows = await street.rows("SELECT count(*) FROM reports WHERE reporter_id = :u", u=reporter.id)
    assert rows == [(1,)]
    await report(street, message)
    assert "2 жалобы" in (await street.card(parent.name)).text


async def test_false_reports_lose_their_weight_in_silence(street: Street):
    """M90: after being wrong again and again one report alone brings no card; nobody is shamed."""
    reporter = street.parent()
    for _ in range(2):
        parent, message = await spoken(street)
        await report(street, message, reporter)
        street.moderator.click("Не нарушение", await street.card(parent.name))
        await street.settled()
    parent, message = await spoken(street)
    await report(street, message, reporter)
    assert street.cards(parent.name) == []
    await report(street, message)
    assert "2 жалобы" in (await street.card(parent.name)).text


async def test_a_decided_message_is_joined_not_opened_again(street: Street):
    """M91."""
    parent, message = await spoken(street)
    await report(street, message)
    street.moderator.click("Не нарушение", await street.card(parent.name))
    await street.settled()
    await report(street, message)
    [case] = await street.cases_of(parent)
    assert case.state.value == "decided"
    assert len(street.cards(parent.name)) == 1


async def test_a_muted_member_does_not_count(street: Street):
    """M93."""
    reporter, words = await spoken(street)
    street.moderator.send("/warn", chat=street.group, reply_to=words)
    parent, message = await spoken(street)
    await street.settled()
    now = street.house.clock.now()
    async with street.house.database.begin() as unit:
        from moderation.cases import Sanction, SanctionKind

        await unit.cases.sanction(
            Sanction(
                chat_id=street.group.id,
                user_id=reporter.id,
                kind=SanctionKind.MUTE,
                rule="manual",
                since=now,
            )
        )
    await report(street, message, reporter)
    assert await street.cases_of(parent) == []


async def test_reports_are_limited_against_abuse(street: Street):
    reporter = street.parent()
    written = [
        parent.send(f"Не согласен ни с кем, {parent.name}", chat=street.group)
        for parent in (street.parent() for _ in range(6))
    ]
    await street.settled()
    for message in written:
        reporter.send("/report", chat=street.group, reply_to=message)
    await street.settled()
    rows = await street.rows("SELECT count(*) FROM reports WHERE reporter_id = :u", u=reporter.id)
    assert rows == [(5,)]
    assert "уже много" in alone(street, reporter)[-1]


async def test_a_channel_is_reported_as_the_channel(street: Street):
    """M42 M43: the target is the channel's id, never the placeholder user."""
    writer = street.parent()
    channel = street.town.channel("Чужой канал", writer)
    message = writer.send("Подписывайтесь на нас скорее", chat=street.group, as_chat=channel)
    await street.settled()
    if street.stands(message):
        await report(street, message)
    [case, *_] = await street.cases_of(channel.id)
    assert (case.author_id, case.author_kind) == (channel.id, "channel")
    assert street.group.has(writer.id)


async def test_a_report_of_nothing_explains_and_says_who_else_deletes(street: Street):
    """M95 M60: Telegram's own anti-spam deletes without a word; the opening of a topic is no target."""
    reporter = street.parent()
    reporter.send("/report", chat=street.group, topic="Вопросы")
    await street.settled()
    assert "убрал Telegram" in alone(street, reporter)[-1]


async def sanctioned(street: Street):
    parent = street.parent()
    message = parent.send(f"Привет от {parent.name}", chat=street.group)
    await street.settled()
    street.moderator.send("/mute 5ч резко", chat=street.group, reply_to=message)
    await street.settled()
    [case] = await street.cases_of(parent)
    return parent, case


async def test_an_appeal_is_decided_by_somebody_else(street: Street):
    """M98: one per decision; the one who decided cannot decide again; upheld, everything is given back."""
    parent, case = await sanctioned(street)
    notice = [m for m in parent.messages(street.group) if m.is_ephemeral][-1]
    press = parent.click("Попросить пересмотреть", notice)
    again = parent.click("Попросить пересмотреть", notice)
    await street.settled()
    assert "другой модератор" in press.text
    assert "уже попросили" in again.text
    card = await street.card(f"Просят пересмотреть случай № {case.id}")
    refused = street.moderator.click("Отменить решение", card)
    await street.settled()
    assert "другой человек" in refused.text
    street.colleague.click("Отменить решение", card)
    await street.settled()
    assert not street.is_muted(parent)
    assert (await street.cases_of(parent))[0].state.value == "undone"


async def test_an_appeal_that_waits_a_day_raises_an_alarm_once(street: Street):
    """M98: the 24 hour alarm."""
    parent, case = await sanctioned(street)
    await street.house.services["appeals"].open(case.id, parent.id)
    street.clock.advance(25 * 3600)
    for _ in range(2):
        await street.house.services["timed"].tick(street.house.clock.now())
        await street.settled()
    assert len(street.cards(f"случай № {case.id} ждёт уже сутки")) == 1


async def test_a_banned_parent_appeals_in_private(street: Street):
    """M98: no way into the chat is needed."""
    parent = street.parent()
    parent.user.started.add(street.bot.id)
    parent.start(street.bot)
    await street.settled()
    street.moderator.send(f"/ban {parent.id}", chat=street.group)
    await street.settled()
    assert street.member(parent).status == "kicked"
    assert street.shown(parent, "Доступ в", street.bot)
    parent.send("/appeal", chat=street.bot)
    await street.settled()
    parent.click("Попросить пересмотреть")
    await street.settled()
    [case] = await street.cases_of(parent)
    assert await street.card(f"Просят пересмотреть случай № {case.id}")


async def test_nobody_appeals_somebody_elses_case(street: Street):
    """M85."""
    _, case = await sanctioned(street)
    stranger = street.parent()
    press = stranger.press_stale(street.group, 999_995, f"appeal:{case.id}")
    await street.settled()
    assert "нет" in press.text
    assert await street.rows("SELECT 1 FROM appeals WHERE case_id = :c", c=case.id) == []


async def test_a_mute_is_told_with_its_length_and_reason(street: Street):
    """The second violation costs an hour; the notice says so."""
    parent = street.parent()
    for words in (INSULT, "Ты дура и тварь, закрой рот, идиотка"):
        if not street.is_muted(parent):
            parent.send(words, chat=street.group)
            await street.settled()
    assert any("Пауза на" in text and "грубость" in text for text in alone(street, parent))
