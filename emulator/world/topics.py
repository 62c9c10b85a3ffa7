"""Forum topics with the service messages that tell of them."""

from emulator.world.model import GENERAL_TOPIC, Chat, Json, Topic
from emulator.world.posts import Author, new_message_id, service
from emulator.world.world import World

COLORS = (0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F)
"""The icon colours Telegram offers."""


def create_topic(
    world: World,
    chat: Chat,
    author: Author,
    name: str,
    *,
    color: int = COLORS[0],
    emoji: str | None = None,
) -> Topic:
    """Open a topic: its id is that of the service message."""
    topic = Topic(new_message_id(world, chat), name, color, emoji, creator_id=author.user.id)
    chat.topics[topic.id] = topic
    created: Json = {"name": name, "icon_color": color}
    if emoji:
        created["icon_custom_emoji_id"] = emoji
    fields: Json = {
        "message_thread_id": topic.id,
        "is_topic_message": True,
        "forum_topic_created": created,
    }
    service(world, chat, author, fields, message_id=topic.id)
    return topic


def topic_view(topic: Topic) -> Json:
    """Return the Bot API ForumTopic."""
    view: Json = {
        "message_thread_id": topic.id,
        "name": topic.name,
        "icon_color": topic.icon_color,
    }
    if topic.icon_custom_emoji_id:
        view["icon_custom_emoji_id"] = topic.icon_custom_emoji_id
    return view


def _tell(world: World, chat: Chat, author: Author, topic: Topic, content: Json) -> None:
    thread_id = None if topic.id == GENERAL_TOPIC else topic.id
    service(world, chat, author, content, thread_id=thread_id)


def close_topic(world: World, chat: Chat, author: Author, topic: Topic) -> None:
    """Close a topic."""
    topic.is_closed = True
    _tell(world, chat, author, topic, {"forum_topic_closed": {}})


def reopen_topic(world: World, chat: Chat, author: Author, topic: Topic) -> None:
    """Open a closed topic."""
    topic.is_closed = False
    _tell(world, chat, author, topic, {"forum_topic_reopened": {}})


def edit_topic(world: World, chat: Chat, author: Author, topic: Topic, changed: Json) -> None:
    """Change the name or the icon."""
    topic.name = changed.get("name", topic.name)
    if "icon_custom_emoji_id" in changed:
        topic.icon_custom_emoji_id = changed["icon_custom_emoji_id"] or None
    _tell(world, chat, author, topic, {"forum_topic_edited": changed})


def hide_general(world: World, chat: Chat, author: Author, *, hidden: bool) -> None:
    """Hide or show the General topic; hiding closes it."""
    topic = chat.topics[GENERAL_TOPIC]
    topic.is_hidden = hidden
    topic.is_closed = hidden
    name = "general_forum_topic_hidden" if hidden else "general_forum_topic_unhidden"
    _tell(world, chat, author, topic, {name: {}})


def delete_topic(chat: Chat, topic: Topic) -> None:
    """Delete a topic with its messages."""
    del chat.topics[topic.id]
    chat.deleted_topics.add(topic.id)
    gone = [
        number
        for number, made in chat.posts.items()
        if number == topic.id
        or (made.view.get("is_topic_message") and made.view.get("message_thread_id") == topic.id)
    ]
    for number in gone:
        del chat.posts[number]
    chat.pinned = [number for number in chat.pinned if number not in gone]
