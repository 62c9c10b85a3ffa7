"""Forum topics."""

from emulator.errors import bad_request
from emulator.format.utf16 import length
from emulator.methods.common import author_of
from emulator.methods.registry import Request, method
from emulator.world import access, topics
from emulator.world.model import GENERAL_TOPIC, Chat, Json, Topic

MAX_NAME = 128
"""UTF-16 units."""
ICONS = (
    ("5312536423851630001", "💡"),
    ("5312016608254762256", "🏆"),
    ("5377498341074542641", "❓"),
)


def _forum(request: Request, deed: str) -> Chat:
    """Return the forum. Refuses other chats and a bot without can_manage_topics."""
    chat = request.world.chat(request.bot, request["chat_id"])
    if chat.is_private:
        access.require_private(request.world, request.bot, chat)
        if not request.bot.topics_enabled:
            raise bad_request("the chat is not a forum")
        return chat
    if not chat.is_forum:
        access.require_read(request.world, request.bot, chat)
        raise bad_request("the chat is not a forum")
    refusal = f"not enough rights to {deed}"
    member = access.require_member(request.world, request.bot, chat)
    topic = chat.topics.get(request.get("message_thread_id", 0))
    own = topic is not None and topic.creator_id == request.bot.id and deed != "delete the topic"
    if not own and not access.may(chat, member, "can_manage_topics"):
        raise bad_request(refusal)
    return chat


def _topic(request: Request, chat: Chat, number: int | None = None) -> Topic:
    wanted = number or request["message_thread_id"]
    topic = chat.topics.get(wanted)
    if topic is None:
        raise bad_request("TOPIC_DELETED" if wanted in chat.deleted_topics else "TOPIC_ID_INVALID")
    return topic


def _name(request: Request) -> str:
    name: str = request.get("name", "").strip()
    if not name:
        raise bad_request("name must be non-empty")
    if length(name) > MAX_NAME:
        raise bad_request("TOPIC_TITLE_INVALID")
    return name


@method("createForumTopic")
def create_forum_topic(request: Request) -> Json:
    """Open a topic."""
    chat = _forum(request, "create a topic")
    name = _name(request)
    color = request.get("icon_color", topics.COLORS[0])
    if color not in topics.COLORS:
        raise bad_request("invalid icon color specified")
    author = author_of(chat, request.bot)
    emoji = request.get("icon_custom_emoji_id")
    topic = topics.create_topic(request.world, chat, author, name, color=color, emoji=emoji)
    return topics.topic_view(topic)


@method("editForumTopic")
def edit_forum_topic(request: Request) -> bool:
    """Rename a topic or change its icon."""
    chat = _forum(request, "edit the topic")
    topic = _topic(request, chat)
    changed: Json = {"name": _name(request)} if request.get("name") else {}
    if "icon_custom_emoji_id" in request.params:
        changed["icon_custom_emoji_id"] = request["icon_custom_emoji_id"]
    if all((getattr(topic, name) or "") == value for name, value in changed.items()):
        raise bad_request("TOPIC_NOT_MODIFIED")
    topics.edit_topic(request.world, chat, author_of(chat, request.bot), topic, changed)
    return True


@method("editGeneralForumTopic")
def edit_general_topic(request: Request) -> bool:
    """Rename the General topic."""
    chat = _forum(request, "edit the topic")
    topic = _topic(request, chat, GENERAL_TOPIC)
    name = _name(request)
    if name == topic.name:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topics.edit_topic(request.world, chat, author_of(chat, request.bot), topic, {"name": name})
    return True


@method("closeForumTopic", "reopenForumTopic", "closeGeneralForumTopic", "reopenGeneralForumTopic")
def toggle_topic(request: Request) -> bool:
    """Close or reopen a topic."""
    chat = _forum(request, "close or open the topic")
    number = GENERAL_TOPIC if "General" in request.method else None
    topic = _topic(request, chat, number)
    closing = request.method.startswith("close")
    if topic.is_closed == closing:
        raise bad_request("TOPIC_NOT_MODIFIED")
    change = topics.close_topic if closing else topics.reopen_topic
    change(request.world, chat, author_of(chat, request.bot), topic)
    return True


@method("hideGeneralForumTopic", "unhideGeneralForumTopic")
def hide_general_topic(request: Request) -> bool:
    """Hide the General topic, which closes it, or show it again."""
    chat = _forum(request, "close or open the topic")
    hidden = request.method.startswith("hide")
    if chat.topics[GENERAL_TOPIC].is_hidden == hidden:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topics.hide_general(request.world, chat, author_of(chat, request.bot), hidden=hidden)
    return True


@method("deleteForumTopic")
def delete_forum_topic(request: Request) -> bool:
    """Delete a topic with its messages."""
    chat = _forum(request, "delete the topic")
    topic = _topic(request, chat)
    if topic.id == GENERAL_TOPIC:
        raise bad_request("TOPIC_ID_INVALID")
    topics.delete_topic(chat, topic)
    return True


@method("getForumTopicIconStickers")
def get_icon_stickers(request: Request) -> list[Json]:
    """List the custom emoji that may be icons of topics."""
    return [
        {
            "file_id": f"icon-{number}-{request.bot.id}",
            "file_unique_id": number,
            "type": "custom_emoji",
            "width": 100,
            "height": 100,
            "is_animated": True,
            "is_video": False,
            "emoji": emoji,
            "custom_emoji_id": number,
        }
        for number, emoji in ICONS
    ]
