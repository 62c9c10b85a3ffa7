"""Every method with behaviour answers in the shape its own documentation promises, to the last field."""

from collections.abc import Callable
from typing import Any

import pytest
from aiogram.methods import Response
from aiogram.types import Update

from emulator import schema
from emulator.api import Upload
from emulator.errors import ApiError
from emulator.methods.catalogue import HANDLERS
from emulator.shapes import compile_check
from tests.emulator.world.school import School

Params = dict[str, Any]
DECODER: Any = Response
PHOTO = {"photo": Upload("p.jpg", b"photo")}


def _file(kind: str) -> Callable[[School], Any]:
    return lambda s: (
        {"chat_id": s.forum.id, "message_thread_id": 2},
        {kind: Upload("a.bin", b"x" * 9)},
    )


async def _sent(s: School, **more: Any) -> Params:
    made = await s.call("sendMessage", chat_id=s.forum.id, text="first", **more)
    return {"chat_id": s.forum.id, "message_id": made["message_id"]}


async def _photo(s: School) -> Params:
    made = await s.call("sendPhoto", PHOTO, chat_id=s.forum.id, caption="c")
    return {"chat_id": s.forum.id, "message_id": made["message_id"]}


async def _live(s: School) -> Params:
    made = await s.call(
        "sendLocation", chat_id=s.forum.id, latitude=1, longitude=2, live_period=600
    )
    return {"chat_id": s.forum.id, "message_id": made["message_id"]}


async def _ephemeral(s: School, media: bool = False) -> Params:
    target = {"receiver_user_id": s.vera.id}
    common = {"chat_id": s.forum.id, "ephemeral_message_parameters": target}
    if media:
        made = await s.call("sendPhoto", PHOTO, **common)
    else:
        made = await s.call("sendMessage", text="only you", **common)
    number = made["ephemeral_message_id"]
    return {"chat_id": s.forum.id, "receiver_user_id": s.vera.id, "ephemeral_message_id": number}


async def _poll(s: School) -> Params:
    made = await s.call("sendPoll", chat_id=s.forum.id, question="q", options=["a", "b"])
    return {"chat_id": s.forum.id, "message_id": made["message_id"]}


def _member(s: School) -> Params:
    return {"chat_id": s.forum.id, "user_id": s.vera.id}


def _waiting(s: School) -> Params:
    guest = s.town.person("Guest")
    guest.request_join(s.forum)
    return {"chat_id": s.forum.id, "user_id": guest.id}


def _query(s: School) -> Params:
    return {"chat_join_request_query_id": s.town.person("Guest").request_join(s.forum)}


async def _link(s: School) -> Params:
    made = await s.call("createChatInviteLink", chat_id=s.forum.id)
    return {"chat_id": s.forum.id, "invite_link": made["invite_link"]}


async def _press(s: School) -> Params:
    keyboard = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    await s.call("sendMessage", chat_id=s.vera.id, text="x", reply_markup=keyboard)
    return {"callback_query_id": s.vera.click("Go").id}


async def _promoted(s: School) -> Params:
    await s.call("promoteChatMember", **_member(s), can_pin_messages=True)
    return _member(s)


async def _closed(s: School) -> Params:
    await s.call("closeForumTopic", chat_id=s.forum.id, message_thread_id=2)
    return {"chat_id": s.forum.id, "message_thread_id": 2}


async def _general_closed(s: School) -> Params:
    await s.call("hideGeneralForumTopic", chat_id=s.forum.id)
    return {"chat_id": s.forum.id}


async def _pinned(s: School) -> Params:
    target = await _sent(s)
    await s.call("pinChatMessage", **target)
    return target


async def _file_id(s: School) -> Params:
    made = await s.call("sendDocument", {"document": Upload("a.txt", b"abc")}, chat_id=s.vera.id)
    return {"file_id": made["document"]["file_id"]}


def _chat(s: School) -> Params:
    return {"chat_id": s.forum.id}


def _topic(s: School) -> Params:
    return {"chat_id": s.forum.id, "message_thread_id": 2}


def _channel(s: School) -> Params:
    return {"chat_id": s.forum.id, "sender_chat_id": s.town.channel("News", s.oleg).id}


def _nothing(_: School) -> Params:
    return {}


async def _hidden(s: School) -> Params:
    return await _general_closed(s)


async def _copy(s: School) -> Params:
    source = await _sent(s)
    return {
        "chat_id": s.vera.id,
        "from_chat_id": source["chat_id"],
        "message_id": source["message_id"],
    }


async def _batch(s: School) -> Params:
    source = await _photo(s)
    return {
        "chat_id": s.vera.id,
        "from_chat_id": source["chat_id"],
        "message_ids": [source["message_id"]],
    }


ALBUM = [{"type": "photo", "media": "attach://photo"}, {"type": "video", "media": "attach://v"}]
RICH = (
    "<h2>Week</h2>Done by <b>Misha</b>:<table bordered><tr><th>Day</th><th>Lessons</th></tr>"
    "<tr><td>Mon</td><td>2</td></tr></table><ul><li>read</li><li><i>count</i></li></ul><hr>"
    '<details><summary>More</summary><p>see <a href="e.example">site</a></p></details>'
)
CASES: dict[str, tuple[Callable[[School], Any], Params]] = {
    "answerCallbackQuery": (_press, {"text": "ok"}),
    "answerChatJoinRequestQuery": (_query, {"result": "approve"}),
    "approveChatJoinRequest": (_waiting, {}),
    "banChatMember": (_member, {}),
    "banChatSenderChat": (_channel, {}),
    "closeForumTopic": (_topic, {}),
    "closeGeneralForumTopic": (_chat, {}),
    "copyMessage": (_copy, {}),
    "copyMessages": (_batch, {}),
    "createChatInviteLink": (_chat, {"name": "spring", "member_limit": 5}),
    "createForumTopic": (_chat, {"name": "Games", "icon_color": 0x6FB9F0}),
    "declineChatJoinRequest": (_waiting, {}),
    "deleteAllMessageReactions": (_member, {}),
    "deleteChatPhoto": (_chat, {}),
    "deleteEphemeralMessage": (_ephemeral, {}),
    "deleteForumTopic": (_topic, {}),
    "deleteMessage": (_sent, {}),
    "deleteMessageReaction": (_sent, {"user_id": 5}),
    "deleteMessages": (_chat, {"message_ids": [2000, 3000]}),
    "deleteMyCommands": (_nothing, {}),
    "deleteWebhook": (_nothing, {"drop_pending_updates": True}),
    "editChatInviteLink": (_link, {"name": "new"}),
    "editEphemeralMessageCaption": (lambda s: _ephemeral(s, media=True), {"caption": "c"}),
    "editEphemeralMessageMedia": (
        lambda s: _ephemeral(s, media=True),
        {"media": {"type": "photo", "media": "https://e.example/p.jpg"}},
    ),
    "editEphemeralMessageReplyMarkup": (
        _ephemeral,
        {"reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}},
    ),
    "editEphemeralMessageText": (_ephemeral, {"text": "other"}),
    "editForumTopic": (_topic, {"name": "Night"}),
    "editGeneralForumTopic": (_chat, {"name": "All"}),
    "editMessageCaption": (_photo, {"caption": "other"}),
    "editMessageLiveLocation": (_live, {"latitude": 3, "longitude": 4}),
    "editMessageMedia": (_photo, {"media": {"type": "photo", "media": "https://e.example/p.jpg"}}),
    "editMessageReplyMarkup": (
        _sent,
        {"reply_markup": {"inline_keyboard": [[{"text": "a", "url": "https://e.example"}]]}},
    ),
    "editMessageText": (_sent, {"text": "<i>other</i>", "parse_mode": "HTML"}),
    "exportChatInviteLink": (_chat, {}),
    "forwardMessage": (_copy, {}),
    "forwardMessages": (_batch, {}),
    "getChat": (_chat, {}),
    "getChatAdministrators": (_chat, {}),
    "getChatMember": (_member, {}),
    "getChatMemberCount": (_chat, {}),
    "getChatMenuButton": (_nothing, {}),
    "getFile": (_file_id, {}),
    "getForumTopicIconStickers": (_nothing, {}),
    "getMe": (_nothing, {}),
    "getMyCommands": (_nothing, {"scope": {"type": "all_private_chats"}}),
    "getMyDefaultAdministratorRights": (_nothing, {}),
    "getMyDescription": (_nothing, {}),
    "getMyName": (_nothing, {}),
    "getMyShortDescription": (_nothing, {}),
    "getUpdates": (_nothing, {"limit": 5}),
    "getUserProfilePhotos": (lambda s: {"user_id": s.vera.id}, {}),
    "getWebhookInfo": (_nothing, {}),
    "hideGeneralForumTopic": (_chat, {}),
    "leaveChat": (_chat, {}),
    "pinChatMessage": (_sent, {}),
    "promoteChatMember": (_member, {"can_delete_messages": True}),
    "reopenForumTopic": (_closed, {}),
    "reopenGeneralForumTopic": (_general_closed, {}),
    "restrictChatMember": (_member, {"permissions": {"can_send_messages": False}}),
    "revokeChatInviteLink": (_link, {}),
    "sendAnimation": (_file("animation"), {}),
    "sendAudio": (_file("audio"), {"title": "t"}),
    "sendChatAction": (_chat, {"action": "typing"}),
    "sendChatJoinRequestWebApp": (_query, {"web_app_url": "https://e.example/app"}),
    "sendContact": (_chat, {"phone_number": "+70000000000", "first_name": "V"}),
    "sendDice": (_chat, {"emoji": "🎯"}),
    "sendDocument": (_file("document"), {"caption": "see https://e.example"}),
    "sendLocation": (_chat, {"latitude": 55.7, "longitude": 37.6}),
    "sendMediaGroup": (
        lambda s: (_chat(s), PHOTO | {"v": Upload("v.mp4", b"video")}),
        {"media": ALBUM},
    ),
    "sendMessage": (_topic, {"text": "a *b*", "parse_mode": "MarkdownV2"}),
    "sendPhoto": (_file("photo"), {"has_spoiler": True}),
    "sendPoll": (
        _chat,
        {
            "question": "q",
            "options": ["a", {"text": "b"}],
            "type": "quiz",
            "correct_option_ids": [1],
        },
    ),
    "sendRichMessage": (_chat, {"rich_message": {"html": RICH}}),
    "sendSticker": (_file("sticker"), {}),
    "sendVenue": (_chat, {"latitude": 1, "longitude": 2, "title": "t", "address": "a"}),
    "sendVideo": (_file("video"), {"duration": 4}),
    "sendVideoNote": (_file("video_note"), {}),
    "sendVoice": (_file("voice"), {}),
    "setChatAdministratorCustomTitle": (_promoted, {"custom_title": "Mentor"}),
    "setChatDescription": (_chat, {"description": "d"}),
    "setChatMemberTag": (_member, {"tag": "Mentor"}),
    "setChatMenuButton": (_nothing, {"menu_button": {"type": "commands"}}),
    "setChatPermissions": (_chat, {"permissions": {"can_send_messages": True}}),
    "setChatPhoto": (lambda s: (_chat(s), PHOTO), {}),
    "setChatTitle": (_chat, {"title": "t"}),
    "setMessageReaction": (_sent, {"reaction": [{"type": "emoji", "emoji": "👍"}]}),
    "setMyCommands": (_nothing, {"commands": [{"command": "start", "description": "Start"}]}),
    "setMyDefaultAdministratorRights": (_nothing, {}),
    "setMyDescription": (_nothing, {"description": "d"}),
    "setMyName": (_nothing, {"name": "n"}),
    "setMyShortDescription": (_nothing, {"short_description": "d"}),
    "setWebhook": (_nothing, {"url": ""}),
    "stopMessageLiveLocation": (_live, {}),
    "stopPoll": (_poll, {}),
    "unbanChatMember": (_member, {"only_if_banned": True}),
    "unbanChatSenderChat": (_channel, {}),
    "unhideGeneralForumTopic": (_hidden, {}),
    "unpinAllChatMessages": (_chat, {}),
    "unpinAllForumTopicMessages": (_topic, {}),
    "unpinAllGeneralForumTopicMessages": (_chat, {}),
    "unpinChatMessage": (_pinned, {}),
}


def test_every_method_with_behaviour_has_a_case():
    assert set(CASES) == set(HANDLERS)


@pytest.mark.parametrize("name", sorted(CASES))
async def test_answer_decodes_and_has_no_stray_field(school: School, name: str):
    prepare, extra = CASES[name]
    prepared = prepare(school)
    prepared = await prepared if hasattr(prepared, "__await__") else prepared
    params, files = prepared if isinstance(prepared, tuple) else (prepared, {})
    result = await school.call(name, files, **(params | extra))
    returning = schema.find(name).returning
    DECODER[returning].model_validate({"ok": True, "result": result})
    compile_check(returning)(result)
    for update in school.updates():
        Update.model_validate(update)
        compile_check(Update)(update)


@pytest.mark.parametrize("name", sorted(set(schema.method_names()) - set(HANDLERS)))
async def test_method_without_behaviour_says_so(school: School, name: str):
    needed = dict.fromkeys(schema.find(name).required)
    spec = schema.find(name)
    assert spec.required == tuple(needed)
    school.emulator.handlers.pop(name, None)
    with pytest.raises(ApiError) as refusal:
        await school.emulator._run(school.bot, name, {}, {})
    assert refusal.value.description == f"Bad Request: {name} is not implemented by the emulator"


async def test_unknown_method_is_not_found(school: School):
    assert await school.refused("sendMesage", chat_id=1) == "404 Not Found: method not found"


async def test_names_of_methods_ignore_case(school: School):
    assert (await school.call("GETME"))["username"] == "opora_bot"


async def test_wrong_token_is_unauthorized(school: School):
    with pytest.raises(ApiError, match="Unauthorized: invalid token specified"):
        await school.emulator.call("1:no", "getMe", {}, {})


@pytest.mark.parametrize(
    ("case", "params", "words"),
    [
        ("unknown parameter", {"foo": 1}, 'has no parameter "foo"'),
        ("number for a text", {"text": 5}, 'wrong parameter "text": a string is expected'),
        (
            "null keyboard",
            {"reply_markup": {"inline_keyboard": None}},
            "reply_markup.inline_keyboard",
        ),
        (
            "unknown field inside a button",
            {"reply_markup": {"inline_keyboard": [[{"text": "a", "colour": "red"}]]}},
            "reply_markup.inline_keyboard[0][0].colour",
        ),
        ("truth for a number", {"message_thread_id": True}, "an integer is expected"),
        ("broken JSON in a form", {"entities": "[{"}, "a JSON value is expected"),
    ],
)
async def test_request_of_a_wrong_shape_is_refused(
    school: School, case: str, params: Params, words: str
):
    refusal = await school.refused(
        "sendMessage", **({"chat_id": school.vera.id, "text": "x"} | params)
    )
    assert refusal.startswith("400 Bad Request: ")
    assert words in refusal


async def test_form_values_arrive_as_text(school: School):
    keyboard = '{"inline_keyboard":[[{"text":"a","callback_data":"b"}]]}'
    sent = await school.call(
        "sendMessage",
        chat_id=str(school.vera.id),
        text="x",
        disable_notification="true",
        reply_markup=keyboard,
    )
    assert sent["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "b"
