"""What moderators do by command: by reply, mention or id, with durations in words."""

from __future__ import annotations

import pytest

from emulator.actors.seen import Seen
from tests.moderation_live.street import INSULT, Street

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def said(street: Street) -> tuple:
    parent = street.parent()
    message = parent.send(f"Добрый день, меня зовут {parent.name}", chat=street.group)
    await street.settled()
    return parent, message


def answers(street: Street, who=None) -> list[str]:
    """What the bot told a moderator alone in the group."""
    who = who or street.moderator
    return [m.text for m in who.messages(street.group) if m.is_ephemeral]


async def command(street: Street, text: str, reply_to: Seen | None = None, who=None) -> Seen:
    sent = (who or street.moderator).send(text, chat=street.group, reply_to=reply_to)
    await street.settled()
    return sent


async def test_a_warning_is_a_case_with_its_author_and_the_member_is_told(street: Street):
    parent, message = await said(street)
    order = await command(street, "/warn не ругайтесь", message)
    [case] = await street.cases_of(parent)
    assert (case.rule, case.decided_by, case.state.value) == (
        "manual",
        street.moderator.id,
        "decided",
    )
    [notice] = [m for m in parent.messages(street.group) if m.is_ephemeral]
    assert "не ругайтесь" in notice.text
    assert "60 дней" in notice.text
    assert not street.stands(order)
    assert "Предупредили" in answers(street)[-1]


@pytest.mark.parametrize(
    ("words", "seconds", "told"),
    [
        ("/mute 2ч флуд", 7200, "2 часа"),
        ("/mute 3d", 3 * 86_400, "3 дня"),
        ("/mute", 3600, "1 час"),
        pytest.param("/mute 1 секунда", 35, "35 секунд", id="M71 a second never becomes for ever"),
        pytest.param("/mute 5 лет", 365 * 86_400, "365 дней", id="M71 five years are not for ever"),
    ],
)
async def test_a_mute_lasts_as_long_as_it_says(street: Street, words: str, seconds: int, told: str):
    parent, message = await said(street)
    await command(street, words, message)
    assert street.is_muted(parent)
    now = street.town.world.clock.now()
    assert abs(street.member(parent).until - now - seconds) < 90
    notice = [m for m in parent.messages(street.group) if m.is_ephemeral][-1]
    assert told in notice.text


async def test_a_mention_and_a_number_name_the_member_whatever_the_name(street: Street):
    """M46: everything is keyed by id; a display name shared with somebody else changes nothing."""
    one, _ = await said(street)
    twin = street.parent(one.name)
    await command(street, f"/mute {one.id} 1ч")
    assert street.is_muted(one)
    assert not street.is_muted(twin)
    named = street.parent()
    named.user.username = "some_parent"
    named.send("Здравствуйте, я тут недавно", chat=street.group)
    await street.settled()
    await command(street, "/mute @some_parent 1ч")
    assert street.is_muted(named)


async def test_a_ban_of_somebody_with_a_history_is_confirmed_first(street: Street):
    """M75: a ban erases everything the person wrote, so a person confirms it; meanwhile the member is held."""
    parent, message = await said(street)
    await command(street, "/ban реклама", message)
    assert street.group.has(parent.id)
    assert street.is_muted(parent)
    card = await street.card(parent.name)
    street.colleague.click("Закрыть доступ", card)
    await street.settled()
    assert street.member(parent).status == "kicked"


async def test_a_newcomer_without_a_word_is_banned_at_once_and_unban_lets_him_return(
    street: Street,
):
    """M74: unban never removes a member who is present."""
    stranger = street.parent()
    await command(street, f"/ban {stranger.id}")
    assert street.member(stranger).status == "kicked"
    await command(street, f"/unban {stranger.id}")
    assert street.member(stranger).status == "left"
    present = street.parent()
    await command(street, f"/unban {present.id}")
    assert street.group.has(present.id)


async def test_unmute_gives_the_chats_own_permissions_back(street: Street):
    """M72: not everything, but what the chat allows."""
    parent, message = await said(street)
    await command(street, "/mute 2ч", message)
    await command(street, "/unmute", message)
    assert (street.member(parent).status, street.member(parent).permissions) == ("member", {})


async def test_a_command_about_nobody_gets_help_and_goes(street: Street):
    """M86: help when misused, the message is cleaned."""
    names = ("warn", "mute", "ban", "unban", "note", "history", "purge")
    orders = [street.moderator.send(f"/{name}", chat=street.group) for name in names]
    await street.settled()
    assert [order for order in orders if street.stands(order)] == []
    helped = answers(street)[-len(names) :]
    assert [name for name in names if not any(f"/{name}" in text for text in helped)] == []


async def test_a_command_to_another_bot_is_none_of_ours(street: Street):
    """M86."""
    parent, message = await said(street)
    order = await command(street, "/ban@other_bot", message)
    assert street.stands(order)
    assert street.group.has(parent.id)
    assert await street.cases_of(parent) == []


async def test_the_opening_of_a_topic_is_no_target(street: Street):
    """M60: every message of a topic carries an implicit reply to its opening."""
    order = street.moderator.send("/warn спам", chat=street.group, topic="Вопросы")
    await street.settled()
    assert not street.stands(order)
    assert "/warn" in answers(street)[-1]


async def test_a_reply_to_the_bots_card_is_about_the_subject_of_the_case(street: Street):
    """M87."""
    parent = street.parent()
    parent.send(INSULT, chat=street.group)
    await street.settled()
    card = await street.card(parent.name)
    street.moderator.send("/mute 5ч", chat=street.staff, reply_to=card)
    await street.settled()
    assert street.is_muted(parent)


async def test_staff_and_oneself_are_no_targets(street: Street):
    """M88: and the bot itself is none either (M44)."""
    message = street.colleague.send("Коллеги, добрый день", chat=street.group)
    await street.settled()
    await command(street, "/mute 1ч", message)
    assert not street.is_muted(street.colleague)
    assert "не применяется" in answers(street)[-1]
    own = street.moderator.send("Это я", chat=street.group)
    await command(street, "/warn", own)
    assert "К себе" in answers(street)[-1]
    await command(street, f"/ban {street.owner.id}")
    assert street.group.has(street.owner.id)
    await command(street, f"/ban {street.bot.id}")
    assert street.group.has(street.bot.id)


async def test_a_parents_command_is_refused(street: Street):
    """M85."""
    _, message = await said(street)
    rude = street.parent()
    before = len(await street.rows("SELECT 1 FROM sanctions"))
    rude.send("/ban", chat=street.group, reply_to=message)
    await street.settled()
    assert len(await street.rows("SELECT 1 FROM sanctions")) == before


async def test_an_anonymous_administrator_commands_and_is_never_sanctioned(street: Street):
    """M40: Telegram lets nobody else write as the group; the case is logged under the group itself."""
    parent, message = await said(street)
    street.owner.send("/mute 2ч шум", chat=street.group, reply_to=message, as_chat=street.group)
    await street.settled()
    assert street.is_muted(parent)
    [case] = await street.cases_of(parent)
    assert case.decided_by == street.group.id
    insult = street.owner.send(INSULT, chat=street.group, as_chat=street.group)
    await street.settled()
    assert street.stands(insult)


async def test_a_note_is_for_staff_and_history_shows_what_expired(street: Street):
    """M97: a strike that ended counts nothing and stays visible."""
    parent, message = await said(street)
    await command(street, "/note спокойный, помогает другим", message)
    await command(street, "/warn первый", message)
    street.clock.advance(61 * 86_400)
    await command(street, f"/warn {parent.id} второй")
    await command(street, f"/history {parent.id}")
    shown = answers(street)[-1]
    assert "баллов: 1" in shown
    assert shown.count("предупреждение") == 2
    assert "спокойный" in shown
    assert [m for m in parent.messages(street.group) if "спокойный" in m.text] == []


async def test_purge_takes_everything_from_the_reply_on_in_batches(street: Street):
    """M70: at most a hundred messages a call."""
    parents = [street.parent() for _ in range(30)]
    sent = [
        parents[number % 30].send(
            f"Сообщение о прогулке номер {number}", chat=street.group, topic="Адаптация"
        )
        for number in range(104)
    ]
    await street.settled()
    await command_in(street, "/purge", sent[0], "Адаптация")
    await street.settled()
    assert [one for one in sent if street.stands(one)] == []


async def command_in(street: Street, text: str, reply_to: Seen, topic: str) -> Seen:
    sent = street.moderator.send(text, chat=street.group, reply_to=reply_to, topic=topic)
    await street.settled()
    return sent


async def test_a_slow_topic_holds_back_the_second_message(street: Street):
    """M62: the answer stays in the topic of the command."""
    street.moderator.send("/slow 2 минуты", chat=street.group, topic="Общение")
    await street.settled()
    assert "2 минуты" in answers(street)[-1]
    parent = street.parent()
    first = parent.send("Подскажите, пожалуйста, про садик", chat=street.group, topic="Общение")
    second = parent.send("И ещё про подготовку к школе", chat=street.group, topic="Общение")
    await street.settled()
    assert (street.stands(first), street.stands(second)) == (True, False)
    street.moderator.send("/slow выкл", chat=street.group, topic="Общение")
    await street.settled()
    third = parent.send("А вот теперь о прогулках", chat=street.group, topic="Общение")
    await street.settled()
    assert street.stands(third)


async def test_calm_shows_the_checklist_and_says_only_filled_words(street: Street):
    """M101."""
    await command(street, "/calm")
    assert "calm-private" in answers(street)[-1]
    await command(street, "/calm calm-private name=Вера")
    assert "незаполненные" in answers(street)[-1] or street.shown(
        street.moderator, "незаполненные", street.group
    )
    await command(street, "/calm calm-private name=Вера; topic=Общение")
    assert street.shown(street.owner, "Вера, здравствуйте", street.group)
