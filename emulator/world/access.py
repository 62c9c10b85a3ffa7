"""What a bot may do where, in Telegram's own words of refusal.

Sources: the Bot API server 10.0 and TDLib (July 2026).
"""

from emulator.errors import ApiError, bad_request, forbidden
from emulator.world.model import GENERAL_TOPIC, Bot, Chat, Member, Post
from emulator.world.world import World

USER_CHAT_TIME = 300
"""Seconds in which a bot may write to somebody who asked to join a chat it administers."""

KINDS = {
    "text": ("can_send_messages", "text messages"),
    "rich_message": ("can_send_messages", "text messages"),
    "contact": ("can_send_messages", "contacts"),
    "location": ("can_send_messages", "locations"),
    "venue": ("can_send_messages", "venues"),
    "photo": ("can_send_photos", "photos"),
    "video": ("can_send_videos", "videos"),
    "audio": ("can_send_audios", "music"),
    "document": ("can_send_documents", "documents"),
    "voice": ("can_send_voice_notes", "voice notes"),
    "video_note": ("can_send_video_notes", "video notes"),
    "poll": ("can_send_polls", "polls"),
    "sticker": ("can_send_other_messages", "stickers"),
    "animation": ("can_send_other_messages", "animations"),
    "dice": ("can_send_other_messages", "dice"),
}
"""Permission and Telegram's word for each kind of content."""


def refresh(chat: Chat, member: Member, now: int) -> Member:
    """Apply the end of a ban or restriction whose time has come; basic groups know no terms."""
    if chat.type != "group" and member.until and member.until <= now:
        if member.status == "kicked":
            member.status, member.is_member = "left", False
        elif member.status == "restricted":
            member.status = "member" if member.is_member else "left"
            member.permissions = {}
        member.until = 0
    return member


def standing(world: World, chat: Chat, user_id: int) -> Member | None:
    """Return the up-to-date standing of a user, None for somebody who never was here."""
    member = chat.members.get(user_id)
    return None if member is None else refresh(chat, member, world.now())


def may(chat: Chat, member: Member | None, right: str) -> bool:
    """Say whether a member may use a right or a permission here."""
    if member is None or not member.present:
        return False
    if member.status == "creator":
        return True
    if member.status == "administrator":
        return member.rights.get(right, right.startswith("can_send_") and chat.is_group)
    allowed = chat.permissions.get(right, False)
    if member.status == "restricted":
        return allowed and member.permissions.get(right, False)
    return allowed


def require_read(world: World, bot: Bot, chat: Chat) -> None:
    """Refuse when the bot cannot see the chat."""
    if chat.is_private:
        return
    if chat.is_deleted:
        raise forbidden("the group chat was deleted")
    member = standing(world, chat, bot.id)
    if member is None:
        if chat.username:
            return
        raise bad_request("chat not found")
    if member.status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    if not member.present:
        raise forbidden(f"bot is not a member of the {chat.type} chat")


def require_member(world: World, bot: Bot, chat: Chat) -> Member:
    """Return the bot's standing. Refuses when it is not in the chat."""
    require_read(world, bot, chat)
    member = standing(world, chat, bot.id)
    if member is None:
        raise forbidden(f"bot is not a member of the {chat.type} chat")
    return member


def require_right(world: World, bot: Bot, chat: Chat, right: str, refusal: str) -> Member:
    """Return the bot's standing. Refuses with `refusal` when it lacks the right."""
    member = require_member(world, bot, chat)
    if not may(chat, member, right):
        raise bad_request(refusal)
    return member


def require_group(chat: Chat, *, supergroup: bool = False, channel: bool = False) -> None:
    """Refuse chats of the wrong type."""
    if chat.type == "supergroup" or (channel and chat.type == "channel"):
        return
    if supergroup and channel:
        raise bad_request("method is available for supergroup and channel chats only")
    if supergroup:
        raise bad_request("method is available only for supergroups")
    if chat.type != "group":
        raise bad_request("method is available for group, supergroup and channel chats only")


def require_write(world: World, bot: Bot, chat: Chat, kind: str, thread_id: int | None) -> None:
    """Refuse when the bot may not put this kind of message here."""
    if chat.is_private:
        require_private(world, bot, chat)
        return
    member = require_member(world, bot, chat)
    if chat.type == "channel":
        if not may(chat, member, "can_post_messages"):
            raise bad_request("need administrator rights in the channel chat")
        return
    permission, words = KINDS.get(kind, KINDS["text"])
    if not may(chat, member, permission):
        raise bad_request(f"not enough rights to send {words} to the chat")
    require_open(chat, member, thread_id)


def require_open(chat: Chat, member: Member, thread_id: int | None) -> None:
    """Refuse a topic that is not there or closed for this member."""
    if not chat.is_forum:
        if thread_id is not None and thread_id not in chat.posts:
            raise bad_request("message thread not found")
        return
    topic = chat.topics.get(GENERAL_TOPIC if thread_id is None else thread_id)
    if topic is None or thread_id == GENERAL_TOPIC:
        raise bad_request("message thread not found")
    if topic.is_closed and not manages_topic(chat, member, topic.creator_id):
        raise bad_request("TOPIC_CLOSED")


def manages_topic(chat: Chat, member: Member, creator_id: int) -> bool:
    """Say whether a member rules over a topic: by right, or because it is his own."""
    if member.is_admin and may(chat, member, "can_manage_topics"):
        return True
    return creator_id == member.user_id


def require_private(world: World, bot: Bot, chat: Chat) -> None:
    """Refuse people who cannot or would not be written to."""
    person = chat.owner
    if person is None or person.id == bot.id or person.is_bot:
        raise forbidden("the bot can't send messages to the bot")
    if person.deactivated:
        raise forbidden("user is deactivated")
    if bot.id in person.blocked:
        raise forbidden("bot was blocked by the user")
    if bot.id in person.started or person.read_by.get(bot.id, 0) >= world.clock.now():
        return
    raise stranger(world, bot, person.id)


def stranger(world: World, bot: Bot, user_id: int) -> ApiError:
    """Build the refusal for somebody who never started the bot: unknown to it, or only seen in a chat."""
    met = any(bot.id in chat.members and user_id in chat.members for chat in world.chats.values())
    if met:
        return forbidden("bot can't initiate conversation with a user")
    return bad_request("chat not found")


def message_of(chat: Chat, message_id: int, purpose: str) -> Post:
    """Return a message. Refuses a missing one as `message to {purpose} not found`."""
    made = chat.posts.get(message_id)
    if made is None:
        raise bad_request(f"message to {purpose} not found")
    return made
