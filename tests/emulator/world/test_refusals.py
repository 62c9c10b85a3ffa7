"""Refusals in Telegram's own words, one situation a row."""

from collections.abc import Callable
from typing import Any

import pytest

from emulator.api import Upload
from emulator.errors import ApiError
from emulator.world.model import Json
from tests.emulator.world.school import School

Arrange = Callable[[School], tuple[str, Json]]


def _button(**fields: Any) -> Json:
    return {"inline_keyboard": [[{"text": "a", **fields}]]}


def _message(**fields: Any) -> Arrange:
    return lambda s: ("sendMessage", {"chat_id": s.vera.id, "text": "x", **fields})


def _in_forum(method: str, **fields: Any) -> Arrange:
    return lambda s: (method, {"chat_id": s.forum.id, **fields})


def _about(who: str, method: str, **fields: Any) -> Arrange:
    return lambda s: (method, {"chat_id": s.forum.id, "user_id": getattr(s, who).id, **fields})


def _without(right: str, method: str, **fields: Any) -> Arrange:
    def arrange(s: School) -> tuple[str, Json]:
        s.forum.members[s.bot.id].rights[right] = False
        return method, {"chat_id": s.forum.id, **fields}

    return arrange


def _as_member(arrange: Arrange) -> Arrange:
    def demoted(s: School) -> tuple[str, Json]:
        s.owner.demote(s.forum, s.bot)
        return arrange(s)

    return demoted


def _after(deed: Callable[[School], object], arrange: Arrange) -> Arrange:
    def prepared(s: School) -> tuple[str, Json]:
        deed(s)
        return arrange(s)

    return prepared


def _service(method: str) -> Arrange:
    def arrange(s: School) -> tuple[str, Json]:
        s.town.person("Guest").join(s.forum)
        return method, {"chat_id": s.forum.id, "message_id": max(s.forum.posts), "text": "x"}

    return arrange


def _of_vera(method: str, **fields: Any) -> Arrange:
    def arrange(s: School) -> tuple[str, Json]:
        message = s.vera.send("hello", chat=s.forum)
        return method, {"chat_id": s.forum.id, "message_id": message.message_id, **fields}

    return arrange


def _ban(s: School) -> None:
    s.owner.ban(s.forum, s.bot)


def _mute_chat(s: School) -> None:
    s.owner.set_permissions(s.forum)


TABLE: list[tuple[str, Arrange, str]] = [
    ("stranger", lambda s: ("sendMessage", {"chat_id": 1, "text": "x"}), "400 Bad Request: chat not found"),
    ("no chat", lambda s: ("sendMessage", {"text": "x"}), "400 Bad Request: chat_id is empty"),
    ("no text", _message(text=""), "400 Bad Request: message text is empty"),
    ("blocked", _after(lambda s: s.vera.block(), _message()), "403 Forbidden: bot was blocked by the user"),
    ("deleted account", _after(lambda s: s.vera.deactivate(), _message()), "403 Forbidden: user is deactivated"),
    ("met in a group only", lambda s: ("sendMessage", {"chat_id": s.oleg.id, "text": "x"}), "403 Forbidden: bot can't initiate conversation with a user"),
    ("itself", lambda s: ("sendMessage", {"chat_id": s.bot.id, "text": "x"}), "403 Forbidden: the bot can't send messages to the bot"),
    ("thrown out", _after(_ban, _in_forum("sendMessage", text="x")), "403 Forbidden: bot was kicked from the supergroup chat"),
    ("left", _after(lambda s: s.town.actor(s.bot.id).leave(s.forum), _in_forum("sendMessage", text="x")), "403 Forbidden: bot is not a member of the supergroup chat"),
    ("deleted group", _after(lambda s: setattr(s.forum, "is_deleted", True), _in_forum("sendMessage", text="x")), "403 Forbidden: the group chat was deleted"),
    ("muted chat, text", _after(_mute_chat, _as_member(_in_forum("sendMessage", text="x"))), "400 Bad Request: not enough rights to send text messages to the chat"),
    ("muted chat, poll", _after(_mute_chat, _as_member(_in_forum("sendPoll", question="q", options=["a", "b"]))), "400 Bad Request: not enough rights to send polls to the chat"),
    ("channel without a right", lambda s: ("sendMessage", {"chat_id": _weak_channel(s), "text": "x"}), "400 Bad Request: need administrator rights in the channel chat"),
    ("no such topic", _in_forum("sendMessage", text="x", message_thread_id=999), "400 Bad Request: message thread not found"),
    ("General by number", _in_forum("sendMessage", text="x", message_thread_id=1), "400 Bad Request: message thread not found"),
    ("closed topic", _after(lambda s: s.owner.close_topic(s.forum, "Food"), _as_member(_in_forum("sendMessage", text="x", message_thread_id=3))), "400 Bad Request: TOPIC_CLOSED"),
    ("reply to nothing", _message(reply_parameters={"message_id": 999}), "400 Bad Request: message to be replied not found"),
    ("65 bytes of data", _message(reply_markup=_button(callback_data="я" * 32 + "x")), "400 Bad Request: BUTTON_DATA_INVALID"),
    ("empty data", _message(reply_markup=_button(callback_data="")), "400 Bad Request: BUTTON_DATA_INVALID"),
    ("button without action", _message(reply_markup=_button()), "400 Bad Request: text buttons are unallowed in the inline keyboard"),
    ("bad address", _message(reply_markup=_button(url="no address")), "400 Bad Request: inline keyboard button URL 'no address' is invalid: Wrong HTTP URL"),
    ("101 buttons", _message(reply_markup={"inline_keyboard": [[{"text": "a", "callback_data": "b"}] * 101]}), "400 Bad Request: reply markup is too long"),
    ("Mini App in a group", _in_forum("sendMessage", text="x", reply_markup=_button(web_app={"url": "https://e.example"})), "400 Bad Request: BUTTON_TYPE_INVALID"),
    ("edit of nothing", _in_forum("editMessageText", message_id=999, text="x"), "400 Bad Request: message to edit not found"),
    ("edit of a person's words", _of_vera("editMessageText", text="x"), "400 Bad Request: message can't be edited"),
    ("edit of a service message", _service("editMessageText"), "400 Bad Request: message can't be edited"),
    ("deletion of nothing", _in_forum("deleteMessage", message_id=999), "400 Bad Request: message to delete not found"),
    ("deletion without the right", _without("can_delete_messages", "deleteMessage", message_id=3), "400 Bad Request: message can't be deleted"),
    ("empty batch", _in_forum("deleteMessages", message_ids=[]), "400 Bad Request: message identifiers are not specified"),
    ("101 messages", _in_forum("deleteMessages", message_ids=list(range(101))), "400 Bad Request: too many message identifiers specified"),
    ("forward of nothing", lambda s: ("forwardMessage", {"chat_id": s.vera.id, "from_chat_id": s.forum.id, "message_id": 999}), "400 Bad Request: message to forward not found"),
    ("pin of nothing", _in_forum("pinChatMessage", message_id=999), "400 Bad Request: message to pin not found"),
    ("pin without the right", _without("can_pin_messages", "pinChatMessage", message_id=3), "400 Bad Request: not enough rights to manage pinned messages in the chat"),
    ("reaction to nothing", _in_forum("setMessageReaction", message_id=999), "400 Bad Request: message to react not found"),
    ("unknown reaction", _of_vera("setMessageReaction", reaction=[{"type": "emoji", "emoji": "🥦"}]), "400 Bad Request: REACTION_INVALID"),
    ("old press", lambda s: ("answerCallbackQuery", {"callback_query_id": "17"}), "400 Bad Request: query is too old and response timeout expired or query ID is invalid"),
    ("ban without the right", _without("can_restrict_members", "banChatMember", user_id=100_000_003), "400 Bad Request: not enough rights to restrict/unrestrict chat member"),
    ("ban of the owner", _about("owner", "banChatMember"), "400 Bad Request: can't remove chat owner"),
    ("ban of an administrator", _after(lambda s: s.owner.promote(s.forum, s.oleg), _about("oleg", "banChatMember")), "400 Bad Request: user is an administrator of the chat"),
    ("ban of itself", lambda s: ("banChatMember", {"chat_id": s.forum.id, "user_id": s.bot.id}), "400 Bad Request: can't restrict self"),
    ("ban of nobody", _in_forum("banChatMember", user_id=77), "400 Bad Request: user not found"),
    ("ban of minus one", _in_forum("banChatMember", user_id=-1), "400 Bad Request: invalid user_id specified"),
    ("restriction in a basic group", lambda s: ("restrictChatMember", {"chat_id": _group(s), "user_id": s.vera.id, "permissions": {}}), "400 Bad Request: method is available only for supergroups"),
    ("unban in a basic group", lambda s: ("unbanChatMember", {"chat_id": _group(s), "user_id": s.vera.id}), "400 Bad Request: method is available for supergroup and channel chats only"),
    ("promotion to more than one has", _without("can_pin_messages", "promoteChatMember", user_id=100_000_003, can_pin_messages=True), "400 Bad Request: RIGHT_FORBIDDEN"),
    ("long tag", _about("vera", "setChatMemberTag", tag="a" * 17), "400 Bad Request: TAG_INVALID"),
    ("tag with an emoji", _about("vera", "setChatMemberTag", tag="Мама 😀"), "400 Bad Request: TAG_EMOJI_NOT_ALLOWED"),
    ("tag of the owner", _about("owner", "setChatMemberTag", tag="Boss"), "400 Bad Request: TAG_CHANGE_FORBIDDEN"),
    ("topic without the right", _without("can_manage_topics", "createForumTopic", name="x"), "400 Bad Request: not enough rights to create a topic"),
    ("closing without the right", _without("can_manage_topics", "closeForumTopic", message_thread_id=2), "400 Bad Request: not enough rights to close or open the topic"),
    ("editing without the right", _without("can_manage_topics", "editForumTopic", message_thread_id=2, name="x"), "400 Bad Request: not enough rights to edit the topic"),
    ("deleting without the right", _without("can_manage_topics", "deleteForumTopic", message_thread_id=2), "400 Bad Request: not enough rights to delete the topic"),
    ("topic in no forum", lambda s: ("createForumTopic", {"chat_id": s.town.supergroup("Plain", s.owner, bots=(s.bot,)).id, "name": "x"}), "400 Bad Request: the chat is not a forum"),
    ("topic of a wrong colour", _in_forum("createForumTopic", name="x", icon_color=5), "400 Bad Request: invalid icon color specified"),
    ("nameless topic", _in_forum("createForumTopic", name=" "), "400 Bad Request: name must be non-empty"),
    ("same name", _in_forum("editForumTopic", message_thread_id=2, name="Sleep"), "400 Bad Request: TOPIC_NOT_MODIFIED"),
    ("deleted topic", _after(lambda s: s.owner.delete_topic(s.forum, "Food"), _in_forum("closeForumTopic", message_thread_id=3)), "400 Bad Request: TOPIC_DELETED"),
    ("nobody asked", _about("oleg", "approveChatJoinRequest"), "400 Bad Request: USER_ALREADY_PARTICIPANT"),
    ("request withdrawn", _after(lambda s: s.vera.leave(s.forum), _about("vera", "approveChatJoinRequest")), "400 Bad Request: HIDE_REQUESTER_MISSING"),
    ("requests without the right", _without("can_invite_users", "approveChatJoinRequest", user_id=100_000_003), "400 Bad Request: not enough rights to manage chat join requests"),
    ("limit with requests", _in_forum("createChatInviteLink", member_limit=1, creates_join_request=True), "400 Bad Request: member limit can't be specified for links requiring administrator approval"),
    ("unknown file", lambda s: ("sendPhoto", {"chat_id": s.vera.id, "photo": "AgAD"}), "400 Bad Request: wrong file identifier/HTTP URL specified"),
    ("no photo", lambda s: ("sendPhoto", {"chat_id": s.vera.id}), "400 Bad Request: there is no photo in the request"),
    ("long caption", lambda s: ("sendPhoto", {"chat_id": s.vera.id, "photo": "https://e.example/p", "caption": "a" * 1025}), "400 Bad Request: message caption is too long"),
    ("eleven in an album", lambda s: ("sendMediaGroup", {"chat_id": s.vera.id, "media": [{"type": "photo", "media": "https://e.example/p"}] * 11}), "400 Bad Request: too many messages to send as an album"),
    ("GIF in an album", lambda s: ("sendMediaGroup", {"chat_id": s.vera.id, "media": [{"type": kind, "media": "https://e.example/p"} for kind in ("photo", "animation")]}), "400 Bad Request: can't use the media of the specified type in the album"),
    ("13 options", _in_forum("sendPoll", question="q", options=["a"] * 13), "400 Bad Request: poll can't have more than 12 options"),
    ("long question", _in_forum("sendPoll", question="q" * 301, options=["a"]), "400 Bad Request: poll question length must not exceed 300"),
    ("wrong action", _in_forum("sendChatAction", action="sing"), "400 Bad Request: wrong parameter action in request"),
    ("101 commands", lambda s: ("setMyCommands", {"commands": [{"command": "a", "description": "b"}] * 101}), "400 Bad Request: BOT_COMMANDS_TOO_MUCH"),
    ("command in capitals", lambda s: ("setMyCommands", {"commands": [{"command": "Start", "description": "b"}]}), "400 Bad Request: BOT_COMMAND_INVALID"),
    ("business", _message(business_connection_id="x"), "400 Bad Request: business connection not found"),
]  # fmt: skip


def _group(s: School) -> int:
    return s.town.group("Small", s.owner, members=(s.vera,), bots=(s.bot,)).id


def _weak_channel(s: School) -> int:
    channel = s.town.channel("News", s.owner, bots=(s.bot,))
    channel.members[s.bot.id].rights["can_post_messages"] = False
    return channel.id


@pytest.mark.parametrize(
    ("arrange", "words"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
async def test_refusal_in_telegrams_words(school: School, arrange: Arrange, words: str):
    method, params = arrange(school)
    assert await school.refused(method, **params) == words


async def test_photo_over_ten_megabytes_is_refused(school: School):
    big = {"photo": Upload("p.jpg", b"x" * (10 * 1024 * 1024 + 1))}
    with pytest.raises(ApiError, match="file is too big"):
        await school.call("sendPhoto", big, chat_id=school.vera.id)


async def test_answer_text_has_at_most_200_units(school: School):
    await school.call(
        "sendMessage", chat_id=school.vera.id, text="x", reply_markup=_button(callback_data="b")
    )
    press = school.vera.click("a")
    words = await school.refused("answerCallbackQuery", callback_query_id=press.id, text="a" * 201)
    assert words == "400 Bad Request: MESSAGE_TOO_LONG"
    assert await school.call("answerCallbackQuery", callback_query_id=press.id, text="a" * 200)
