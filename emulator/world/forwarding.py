"""Forwards: what goes along and what is said of the origin."""

from emulator.world.model import Chat, Json, Post
from emulator.world.world import World

PLACE = frozenset(
    {
        "message_id",
        "from",
        "sender_chat",
        "sender_tag",
        "author_signature",
        "chat",
        "date",
        "edit_date",
        "message_thread_id",
        "is_topic_message",
        "reply_to_message",
        "reply_markup",
        "media_group_id",
        "is_automatic_forward",
        "has_protected_content",
        "effect_id",
        "external_reply",
        "quote",
    }
)
"""Parts of a message that belong to where it stands."""


def content_of(made: Post) -> Json:
    """Return what a copy of the message carries."""
    return {name: value for name, value in made.view.items() if name not in PLACE}


def origin_of(world: World, chat: Chat, made: Post) -> Json:
    """Return the Bot API MessageOrigin; who hides her account is only a name."""
    view = made.view
    if known := view.get("forward_origin"):
        return dict(known)
    date = view["date"]
    sender_chat = view.get("sender_chat")
    if chat.type == "channel":
        return {"type": "channel", "date": date, "chat": chat.card(), "message_id": made.id}
    if sender_chat is not None:
        return {"type": "chat", "date": date, "sender_chat": sender_chat}
    user = world.users.get(made.author_id)
    if user is None or user.hides_forwards:
        name = user.full_name if user is not None else "Deleted Account"
        return {"type": "hidden_user", "date": date, "sender_user_name": name}
    return {"type": "user", "date": date, "sender_user": user.card()}


def forwarded(world: World, chat: Chat, made: Post) -> Json:
    """Return the content of a forward of the message."""
    return content_of(made) | {"forward_origin": origin_of(world, chat, made)}
