"""Messages in a group that one person alone sees.

Source: Bot API 10.2 and 10.3. Such a message has message_id 0 and an identifier of its own.
"""

from typing import Any

from emulator.errors import bad_request
from emulator.world import access
from emulator.world.model import Bot, Chat, Json, Post
from emulator.world.posts import Author, author_fields, place_fields
from emulator.world.queries import EPHEMERAL_TIME
from emulator.world.world import World


def parameters(params: Json) -> Json | None:
    """Return whom the message is for, from the current or the deprecated parameters; None for an ordinary one."""
    if given := params.get("ephemeral_message_parameters"):
        return dict(given)
    if receiver := params.get("receiver_user_id"):
        return {
            "receiver_user_id": receiver,
            "callback_query_id": params.get("callback_query_id"),
        }
    return None


def send(
    world: World, bot: Bot, chat: Chat, target: Json, content: Json, thread_id: int | None
) -> Json:
    """Show a message to one member of a group and return it.

    An administrator bot may at any time, another one within 15 s of the person's press or command.
    """
    if not chat.is_group:
        raise bad_request("ephemeral messages can be sent only to groups and supergroups")
    receiver = world.user(target["receiver_user_id"])
    if receiver.is_bot or not chat.has(receiver.id):
        raise bad_request("PARTICIPANT_ID_INVALID")
    if not chat.members[bot.id].is_admin:
        _require_occasion(world, bot, chat, receiver.id, target.get("callback_query_id"))
    press = world.queries.presses.get(target.get("callback_query_id") or "")
    replaced = None
    if press is not None and target.get("replace_callback_query_message"):
        replaced = chat.ephemeral.pop(-press.message_id, None)
    if replaced is None:
        chat.last_ephemeral_id += 1
    number = chat.last_ephemeral_id if replaced is None else ephemeral_id(replaced)
    view: Json = {
        "message_id": 0,
        "ephemeral_message_id": number,
        **author_fields(world, chat, Author(bot, is_bot=True)),
        "receiver_user": receiver.card(),
        "chat": chat.card(),
        "date": world.now(),
        **place_fields(chat, thread_id, None),
        **content,
    }
    chat.ephemeral[number] = Post(view, bot.id, sent_by_bot=True, receiver_id=receiver.id)
    world.arrived(bot.id, chat, view, receiver.id)
    return view


def ephemeral_id(made: Post) -> int:
    """Return the identifier of an ephemeral message."""
    number: int = made.view["ephemeral_message_id"]
    return number


def find(world: World, bot: Bot, chat: Chat, params: dict[str, Any], purpose: str) -> Post:
    """Return the bot's ephemeral message of a request. Refuses a missing one."""
    access.require_member(world, bot, chat)
    made = chat.ephemeral.get(params["ephemeral_message_id"])
    if made is None or made.receiver_id != params["receiver_user_id"] or made.author_id != bot.id:
        raise bad_request(f"message to {purpose} not found")
    return made


def change(world: World, chat: Chat, made: Post, content: Json) -> None:
    """Replace parts of an ephemeral message; None as a value removes the part."""
    merged = made.view | content | {"edit_date": world.now()}
    made.view = {name: value for name, value in merged.items() if value is not None}
    world.arrived(made.author_id, chat, made.view, made.receiver_id)


def _require_occasion(
    world: World, bot: Bot, chat: Chat, user_id: int, query_id: str | None
) -> None:
    now = world.clock.now()
    press = world.queries.presses.get(query_id or "")
    pressed = press is not None and press.user_id == user_id and press.bot_id == bot.id
    since = press.at if press is not None and pressed else None
    if since is None:
        since = world.queries.commands.get((bot.id, chat.id, user_id))
    if since is None or now - since > EPHEMERAL_TIME:
        raise bad_request("not enough rights to send ephemeral messages to the chat")
