"""Buttons, reactions, messages for one person's eyes; the session of aiogram."""

import pytest
from aiogram import Bot as ApiBot
from aiogram.client.default import DefaultBotProperties
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
)
from aiogram.methods import SendMessage
from aiogram.types import BufferedInputFile, InputMediaPhoto

from emulator.actors import Cannot
from emulator.faults import Fault, FaultKind
from emulator.session import EmulatorSession
from tests.emulator.world.school import School

BUTTON = {"inline_keyboard": [[{"text": "Готово", "callback_data": "done"}]]}


async def test_a_press_reaches_the_bot_and_its_answer_the_person(school: School):
    await school.call("sendMessage", chat_id=school.vera.id, text="?", reply_markup=BUTTON)
    press = school.vera.click("Готово")
    query = school.updates()[-1]["callback_query"]
    assert (query["id"], query["data"], query["from"]["id"]) == (press.id, "done", school.vera.id)
    assert query["message"]["text"] == "?"
    await school.call(
        "answerCallbackQuery", callback_query_id=press.id, text="Ура", show_alert=True
    )
    assert press.answer == {"text": "Ура", "show_alert": True}


async def test_nobody_presses_what_is_not_there(school: School):
    with pytest.raises(Cannot):
        school.vera.click("Готово")


async def test_a_press_grows_old(school: School):
    """L98"""
    await school.call("sendMessage", chat_id=school.vera.id, text="?", reply_markup=BUTTON)
    press = school.vera.click("done")
    school.emulator.clock.advance(3600)
    assert "query is too old" in await school.refused(
        "answerCallbackQuery", callback_query_id=press.id
    )


async def test_a_press_on_a_deleted_message_comes_with_an_inaccessible_one(school: School):
    """M84 M85"""
    sent = await school.call("sendMessage", chat_id=school.forum.id, text="?", reply_markup=BUTTON)
    await school.call("deleteMessage", chat_id=school.forum.id, message_id=sent["message_id"])
    school.vera.press_stale(school.forum, sent["message_id"], "forged", school.bot)
    query = school.updates()[-1]["callback_query"]
    assert query["message"]["date"] == 0
    assert query["data"] == "forged"


async def test_an_ephemeral_message_is_seen_by_its_receiver_alone(school: School):
    """M56"""
    sent = await school.call(
        "sendMessage",
        chat_id=school.forum.id,
        text="Так у нас не принято",
        ephemeral_message_parameters={"receiver_user_id": school.vera.id},
        reply_markup=BUTTON,
    )
    assert sent["message_id"] == 0
    assert "Так у нас не принято" in school.vera.texts(school.forum)
    assert "Так у нас не принято" not in school.oleg.texts(school.forum)
    assert school.emulator.log.reached(school.vera.id)[-1].text == "Так у нас не принято"
    assert "message to delete not found" in await school.refused(
        "deleteMessage", chat_id=school.forum.id, message_id=0
    )
    target = {
        "chat_id": school.forum.id,
        "receiver_user_id": school.vera.id,
        "ephemeral_message_id": sent["ephemeral_message_id"],
    }
    await school.call("editEphemeralMessageText", **target, text="Спасибо")
    assert "Спасибо" in school.vera.texts(school.forum)
    await school.call("deleteEphemeralMessage", **target)
    assert "Спасибо" not in school.vera.texts(school.forum)


async def test_a_bot_without_rights_answers_for_one_person_within_15_seconds(school: School):
    school.owner.demote(school.forum, school.bot)
    call = {
        "chat_id": school.forum.id,
        "text": "x",
        "ephemeral_message_parameters": {"receiver_user_id": school.vera.id},
    }
    assert "not enough rights" in await school.refused("sendMessage", **call)
    school.vera.send("/help", chat=school.forum)
    await school.call("sendMessage", **call)
    school.emulator.clock.advance(16)
    assert "not enough rights" in await school.refused("sendMessage", **call)


async def test_an_ephemeral_message_replaces_the_one_whose_button_was_pressed(school: School):
    whom = {"receiver_user_id": school.vera.id}
    common = {"chat_id": school.forum.id, "text": "?", "reply_markup": BUTTON}
    await school.call("sendMessage", **common, ephemeral_message_parameters=whom)
    press = school.vera.click("Готово", chat=school.forum)
    replacing = whom | {"callback_query_id": press.id, "replace_callback_query_message": True}
    await school.call(
        "sendMessage", chat_id=school.forum.id, text="!", ephemeral_message_parameters=replacing
    )
    assert [one.text for one in school.vera.messages(school.forum) if one.is_ephemeral] == ["!"]


async def test_reactions_reach_administrator_bots_that_asked(school: School):
    """M92"""
    said = school.vera.send("hello", chat=school.forum)
    school.updates()
    school.oleg.react(said, "👍")
    school.oleg.react(said, "🔥")
    await school.call(
        "setMessageReaction",
        chat_id=school.forum.id,
        message_id=said.message_id,
        reaction=[{"type": "emoji", "emoji": "❤"}],
    )
    updates = [update["message_reaction"] for update in school.updates()]
    assert [(len(one["old_reaction"]), one["new_reaction"][0]["emoji"]) for one in updates] == [
        (0, "👍"),
        (1, "🔥"),
    ]
    await school.call("deleteAllMessageReactions", chat_id=school.forum.id, user_id=school.oleg.id)
    assert said.reactions == ["❤"]


async def test_the_session_raises_aiograms_own_exceptions(school: School):
    group = school.town.group("Small", school.owner, bots=(school.bot,))
    upgraded = school.town.upgrade(group, school.owner)
    with pytest.raises(TelegramMigrateToChat) as moved:
        await school.api.send_message(group.id, "x")
    assert moved.value.migrate_to_chat_id == upgraded.id
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await school.api.send_message(5, "x")
    school.vera.block()
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await school.api.send_message(school.vera.id, "x")


@pytest.mark.parametrize(
    ("kind", "error", "arrives"),
    [
        (FaultKind.TIMEOUT_BEFORE, TelegramNetworkError, False),
        (FaultKind.TIMEOUT_AFTER, TelegramNetworkError, True),
        (FaultKind.HTML, ClientDecodeError, False),
        (FaultKind.TOO_MANY_REQUESTS, TelegramRetryAfter, False),
    ],
)
async def test_faults_look_like_those_of_the_network(
    school: School, kind: FaultKind, error: type[Exception], arrives: bool
):
    """L65 L67"""
    school.emulator.faults.add(Fault(kind, method="sendMessage"))
    with pytest.raises(error):
        await school.api.send_message(school.vera.id, "x")
    assert ("x" in school.vera.texts()) == arrives
    await school.api.send_message(school.vera.id, "y")


async def test_bot_defaults_and_files_pass_through_the_session(school: School):
    bot = ApiBot(
        school.bot.token,
        session=EmulatorSession(school.emulator),
        default=DefaultBotProperties(parse_mode="HTML", protect_content=True),
    )
    sent = await bot.send_message(school.vera.id, "<b>a</b>")
    assert (sent.text, sent.has_protected_content) == ("a", True)
    photo = BufferedInputFile(b"picture", filename="p.jpg")
    album = await bot.send_media_group(
        school.vera.id,
        [
            InputMediaPhoto(media=photo, caption="<i>c</i>"),
            InputMediaPhoto(media="https://e.example/2"),
        ],
    )
    assert album[0].caption_entities is not None
    assert album[0].photo is not None
    fetched = await bot.download(album[0].photo[-1].file_id)
    assert fetched is not None
    assert fetched.read() == b"picture"


async def test_an_unknown_parameter_of_a_method_is_refused(school: School):
    with pytest.raises(TelegramBadRequest, match='has no parameter "shout"'):
        await school.api(
            SendMessage.model_validate({"chat_id": school.vera.id, "text": "x", "shout": True})
        )


async def test_a_known_method_without_behaviour_is_no_fake_success(school: School):
    with pytest.raises(
        TelegramBadRequest, match="sendMessageDraft is not implemented by the emulator"
    ):
        await school.api.send_message_draft(school.vera.id, draft_id=1, text="x")


async def test_commands_have_scopes(school: School):
    everybody = [{"command": "start", "description": "Начать"}]
    admins = [{"command": "cases", "description": "Дела"}]
    scope = {"type": "chat_administrators", "chat_id": school.forum.id}
    await school.call("setMyCommands", commands=everybody)
    await school.call("setMyCommands", commands=admins, scope=scope, language_code="ru")
    assert await school.call("getMyCommands") == everybody
    assert await school.call("getMyCommands", scope=scope, language_code="ru") == admins
    await school.call("deleteMyCommands", scope=scope, language_code="ru")
    assert await school.call("getMyCommands", scope=scope, language_code="ru") == []
