"""Deleting messages."""

from emulator.errors import bad_request
from emulator.methods.registry import Request, method
from emulator.world import access
from emulator.world.model import Chat, Post
from emulator.world.posts import remove

MAX_AGE = 48 * 3600
"""Seconds: an older message stays (Bot API, deleteMessage)."""
MAX_BATCH = 100
DICE_AGE = 24 * 3600
UNDELETABLE = (
    "supergroup_chat_created",
    "channel_chat_created",
    "forum_topic_created",
    "migrate_from_chat_id",
)


def require_deletable(request: Request, chat: Chat, made: Post) -> None:
    """Refuse what the bot may not delete."""
    own = made.author_id == request.bot.id
    age = request.world.clock.now() - made.view["date"]
    if any(name in made.view for name in UNDELETABLE):
        raise bad_request("message can't be deleted")
    if not chat.is_private and not own:
        member = chat.members.get(request.bot.id)
        right = access.may(chat, member, "can_delete_messages")
        if not right or (member is not None and not member.is_admin):
            raise bad_request("message can't be deleted")
    if age > MAX_AGE:
        raise bad_request("message can't be deleted for everyone")
    if chat.is_private and "dice" in made.view and age < DICE_AGE:
        raise bad_request("message can't be deleted for everyone")


def _chat(request: Request) -> Chat:
    chat = request.world.chat(request.bot, request["chat_id"])
    if not chat.is_private:
        access.require_member(request.world, request.bot, chat)
    return chat


@method("deleteMessage")
def delete_message(request: Request) -> bool:
    """Delete one message for everybody."""
    chat = _chat(request)
    made = access.message_of(chat, request["message_id"], "delete")
    require_deletable(request, chat, made)
    remove(chat, made)
    return True


@method("deleteMessages")
def delete_messages(request: Request) -> bool:
    """Delete up to a hundred messages; those that are not there are passed over."""
    numbers = request["message_ids"]
    if not numbers:
        raise bad_request("message identifiers are not specified")
    if len(numbers) > MAX_BATCH:
        raise bad_request("too many message identifiers specified")
    chat = _chat(request)
    found = [chat.posts[number] for number in numbers if number in chat.posts]
    for made in found:
        require_deletable(request, chat, made)
    for made in found:
        remove(chat, made)
    return True
