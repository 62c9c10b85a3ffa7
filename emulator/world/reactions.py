"""Reactions of people and bots."""

from emulator.world.model import Chat, Json, Post, User
from emulator.world.world import World


def react(world: World, chat: Chat, made: Post, user: User, chosen: list[Json]) -> None:
    """Set a user's reactions. Administrator bots that asked for it hear of a person's, nobody of a bot's."""
    before = made.reactions.pop(user.id, [])
    if chosen:
        made.reactions[user.id] = chosen
    if user.is_bot or before == chosen:
        return
    payload: Json = {
        "chat": chat.card(),
        "message_id": made.id,
        "user": user.card(),
        "date": world.now(),
        "old_reaction": before,
        "new_reaction": chosen,
    }
    member = chat.members.get(user.id)
    if member is not None and member.is_anonymous:
        payload["actor_chat"] = chat.card()
        del payload["user"]
    if chat.type == "channel":
        _publish(world, chat, "message_reaction_count", counts(world, chat, made))
    else:
        _publish(world, chat, "message_reaction", payload)


def counts(world: World, chat: Chat, made: Post) -> Json:
    """Return the Bot API MessageReactionCountUpdated."""
    totals: dict[str, Json] = {}
    for given in made.reactions.values():
        for reaction in given:
            key = str(sorted(reaction.items()))
            entry = totals.setdefault(key, {"type": reaction, "total_count": 0})
            entry["total_count"] += 1
    return {
        "chat": chat.card(),
        "message_id": made.id,
        "date": world.now(),
        "reactions": list(totals.values()),
    }


def _publish(world: World, chat: Chat, kind: str, payload: Json) -> None:
    for bot in world.bots_in(chat):
        member = chat.members.get(bot.id)
        if chat.is_private or (member is not None and member.is_admin):
            world.publish(bot, kind, payload)
