"""Facts about chats and members; pins and the chat's own description."""

from emulator.errors import bad_request
from emulator.format.utf16 import length
from emulator.methods.common import author_of
from emulator.methods.media import resolve_file
from emulator.methods.registry import Request, method
from emulator.world import access
from emulator.world.membership import member_of, member_view
from emulator.world.model import GENERAL_TOPIC, Chat, Json, Post
from emulator.world.posts import pin, quoted, service

MAX_TITLE = 128
MAX_DESCRIPTION = 255
"""UTF-16 units."""
NO_GIFTS = dict.fromkeys(
    (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    ),
    False,
)


def _readable(request: Request) -> Chat:
    chat = request.world.chat(request.bot, request["chat_id"])
    access.require_read(request.world, request.bot, chat)
    return chat


@method("getChat")
def get_chat(request: Request) -> Json:
    """Return all that the bot may know of a chat."""
    chat = _readable(request)
    if chat.is_private and not _met(request, chat):
        raise bad_request("chat not found")
    view = chat.card() | {
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": NO_GIFTS,
    }
    if chat.owner is not None and chat.owner.bio:
        view["bio"] = chat.owner.bio
    if chat.is_group:
        view["permissions"] = dict(chat.permissions)
    if chat.username:
        view["active_usernames"] = [chat.username]
    for name in ("description", "linked_chat_id", "slow_mode_delay", "join_by_request"):
        if value := getattr(chat, name):
            view[name] = value
    if chat.guard_bot_id is not None:
        view["guard_bot"] = request.world.users[chat.guard_bot_id].card()
    primary = [
        one
        for one in chat.invites.values()
        if one.is_primary and one.creator_id == request.bot.id and not one.is_revoked
    ]
    if primary:
        view["invite_link"] = primary[-1].link
    if chat.pinned and (pinned := chat.posts.get(chat.pinned[-1])):
        view["pinned_message"] = quoted(pinned)
    return view


def _met(request: Request, chat: Chat) -> bool:
    person, bot = chat.owner, request.bot
    if person is None or bot.id in person.started or bot.id in person.read_by:
        return True
    return any(one.has(bot.id) and person.id in one.members for one in request.world.chats.values())


@method("getChatMember")
def get_chat_member(request: Request) -> Json:
    """Return a user's standing; who never was in the chat has left it."""
    chat = _readable(request)
    if chat.is_private:
        raise bad_request("method is available for group, supergroup and channel chats only")
    user = request.world.users.get(request["user_id"])
    if user is None:
        raise bad_request(
            "PARTICIPANT_ID_INVALID" if request["user_id"] > 0 else "invalid user_id specified"
        )
    return member_view(request.world, chat, member_of(request.world, chat, user.id))


@method("getChatAdministrators")
def get_chat_administrators(request: Request) -> list[Json]:
    """List owner and administrators; other bots only on request."""
    chat = _readable(request)
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    return [
        member_view(request.world, chat, member)
        for member in chat.present()
        if member.is_admin
        and (
            not request.world.users[member.user_id].is_bot
            or member.user_id == request.bot.id
            or request.get("return_bots")
        )
    ]


@method("getChatMemberCount")
def get_chat_member_count(request: Request) -> int:
    """Count the members."""
    chat = _readable(request)
    return 2 if chat.is_private else sum(1 for _ in chat.present())


@method("pinChatMessage")
def pin_chat_message(request: Request) -> bool:
    """Pin a message; groups and channels get a service message."""
    chat = _pinnable(request)
    made = access.message_of(chat, request["message_id"], "pin")
    if made.is_service:
        raise bad_request("message can't be pinned")
    pin(request.world, chat, author_of(chat, request.bot), made)
    return True


@method("unpinChatMessage")
def unpin_chat_message(request: Request) -> bool:
    """Unpin one message, the latest if none is named."""
    chat = _pinnable(request)
    number = request.get("message_id") or (chat.pinned[-1] if chat.pinned else None)
    if number is None or number not in chat.posts:
        raise bad_request("message to unpin not found")
    if number in chat.pinned:
        chat.pinned.remove(number)
    return True


@method("unpinAllChatMessages")
def unpin_all(request: Request) -> bool:
    """Unpin everything."""
    _pinnable(request).pinned.clear()
    return True


@method("unpinAllForumTopicMessages", "unpinAllGeneralForumTopicMessages")
def unpin_all_in_topic(request: Request) -> bool:
    """Unpin everything in one topic."""
    chat = _pinnable(request)
    if not chat.topics:
        raise bad_request("the chat is not a forum")
    thread_id = request.get("message_thread_id", GENERAL_TOPIC)
    if thread_id not in chat.topics:
        raise bad_request("message thread not found")
    chat.pinned = [one for one in chat.pinned if _topic_of(chat.posts[one]) != thread_id]
    return True


def _topic_of(made: Post) -> int:
    thread: int = (
        made.view["message_thread_id"] if made.view.get("is_topic_message") else GENERAL_TOPIC
    )
    return thread


def _pinnable(request: Request) -> Chat:
    chat = request.world.chat(request.bot, request["chat_id"])
    if chat.is_private:
        access.require_private(request.world, request.bot, chat)
        return chat
    right = "can_edit_messages" if chat.type == "channel" else "can_pin_messages"
    refusal = "not enough rights to manage pinned messages in the chat"
    access.require_right(request.world, request.bot, chat, right, refusal)
    return chat


@method("setChatTitle")
def set_chat_title(request: Request) -> bool:
    """Rename a group or channel."""
    chat = _described(request, "not enough rights to set chat title")
    title = request["title"]
    if not title or length(title) > MAX_TITLE:
        raise bad_request("title must be non-empty" if not title else "CHAT_TITLE_INVALID")
    chat.title = title
    service(request.world, chat, author_of(chat, request.bot), {"new_chat_title": title})
    return True


@method("setChatDescription")
def set_chat_description(request: Request) -> bool:
    """Describe a group or channel."""
    chat = _described(request, "not enough rights to set chat description")
    description = request.get("description", "")
    if length(description) > MAX_DESCRIPTION:
        raise bad_request("CHAT_ABOUT_TOO_LONG")
    if (chat.description or "") == description:
        raise bad_request("chat description is not modified")
    chat.description = description or None
    return True


@method("setChatPhoto", "deleteChatPhoto")
def set_chat_photo(request: Request) -> bool:
    """Change or remove the picture of a group or channel."""
    chat = _described(request, "not enough rights to change chat photo")
    content: Json = {"delete_chat_photo": True}
    if request.method == "setChatPhoto":
        stored = resolve_file(request, "photo", request["photo"])
        content = {"new_chat_photo": [stored.view() | {"width": 640, "height": 640}]}
    service(request.world, chat, author_of(chat, request.bot), content)
    return True


def _described(request: Request, refusal: str) -> Chat:
    chat = request.world.chat(request.bot, request["chat_id"])
    if chat.is_private:
        raise bad_request("can't change private chat title")
    access.require_right(request.world, request.bot, chat, "can_change_info", refusal)
    return chat
