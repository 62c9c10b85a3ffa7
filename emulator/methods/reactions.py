"""Reactions set by the bot, and taking away those of people."""

from emulator.errors import bad_request
from emulator.methods.registry import Request, method
from emulator.world import access
from emulator.world.model import Chat
from emulator.world.reactions import react

EMOJI = frozenset(
    "👍👎🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾😡"
) | {"❤", "❤‍🔥", "👨‍💻", "🤷‍♂", "🤷", "🤷‍♀"}
"""What the Bot API lists for ReactionTypeEmoji."""
MAX_RECENT = 10_000


@method("setMessageReaction")
def set_message_reaction(request: Request) -> bool:
    """Set the bot's own reaction, one at most; none takes it back."""
    chat = request.world.chat(request.bot, request["chat_id"])
    access.require_read(request.world, request.bot, chat)
    made = access.message_of(chat, request["message_id"], "react")
    chosen = request.get("reaction") or []
    if len(chosen) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    for reaction in chosen:
        emoji = reaction.get("emoji", "").replace("\ufe0f", "")
        if reaction["type"] == "emoji" and emoji not in EMOJI:
            raise bad_request("REACTION_INVALID")
        if reaction["type"] == "paid":
            raise bad_request("REACTION_INVALID")
    if made.is_service:
        raise bad_request("message can't be reacted")
    react(request.world, chat, made, request.bot, chosen)
    return True


def _moderated(request: Request) -> tuple[Chat, int]:
    """Return the chat and whose reactions are meant; needs can_delete_messages."""
    chat = request.world.chat(request.bot, request["chat_id"])
    access.require_right(
        request.world,
        request.bot,
        chat,
        "can_delete_messages",
        "not enough rights to delete reactions",
    )
    actor = request.get("user_id") or request.get("actor_chat_id")
    if not actor:
        raise bad_request("invalid user_id specified")
    return chat, actor


@method("deleteMessageReaction")
def delete_message_reaction(request: Request) -> bool:
    """Take away one person's reactions under one message."""
    chat, actor = _moderated(request)
    made = access.message_of(chat, request["message_id"], "react")
    made.reactions.pop(actor, None)
    return True


@method("deleteAllMessageReactions")
def delete_all_reactions(request: Request) -> bool:
    """Take away one person's recent reactions in the whole chat, up to 10,000."""
    chat, actor = _moderated(request)
    left = MAX_RECENT
    for made in reversed(chat.posts.values()):
        if left and made.reactions.pop(actor, None) is not None:
            left -= 1
    return True
