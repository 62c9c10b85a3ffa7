"""What a person can be told to do: the verbs of the control API and their parameters."""

import base64
import binascii
from collections.abc import Callable
from typing import Any

from emulator.actors import Person, Seen
from emulator.errors import bad_request
from emulator.world.model import Bot, Chat, Json, User
from emulator.world.queries import Press

Verb = Callable[[Person, Json], object]


def chat_in(actor: Person, body: Json, name: str = "chat") -> Chat:
    """Return the chat a body names: a bot's id or name for the private chat, a group's id, name or title."""
    where = body.get(name)
    try:
        return actor.chat_of(where)
    except KeyError as unknown:
        raise bad_request(f"{name} not found") from unknown


def bot_in(actor: Person, body: Json) -> Bot | None:
    """Return the bot a body names by id, None for the only one."""
    number = body.get("bot")
    if number is None:
        return None
    bot = actor.world.bots.get(int(number))
    if bot is None:
        raise bad_request("bot not found")
    return bot


def message_in(actor: Person, body: Json) -> Seen:
    """Return the message a body names by `message_id` or `ephemeral_message_id`, as far as the person sees it."""
    chat = chat_in(actor, body)
    number, hidden = body.get("message_id"), body.get("ephemeral_message_id")
    for seen in actor.messages(chat):
        if seen.is_ephemeral:
            if hidden is not None and seen.raw.get("ephemeral_message_id") == hidden:
                return seen
        elif number is not None and seen.message_id == number:
            return seen
    raise bad_request("message not found")


def file_in(body: Json) -> bytes:
    """Return the bytes of a file that a body carries in base64."""
    try:
        return base64.b64decode(body["file"], validate=True)
    except (binascii.Error, KeyError, TypeError) as broken:
        raise bad_request("file is a base64 text") from broken


def place(actor: Person, body: Json) -> dict[str, Any]:
    """Return topic and answered message of something that is sent."""
    thread, answered = body.get("thread") or None, body.get("reply_to")
    options: dict[str, Any] = {"topic": thread}
    if answered:
        options["reply_to"] = message_in(actor, {"chat": body.get("chat"), "message_id": answered})
    return options


def _other(actor: Person, body: Json) -> User:
    user = actor.world.users.get(int(body["person"]))
    if user is None:
        raise bad_request("person not found")
    return user


def _send(actor: Person, body: Json) -> Seen:
    options = place(actor, body)
    return actor.send(
        str(body["text"]), chat_in(actor, body), entities=body.get("entities"), **options
    )


def _send_photo(actor: Person, body: Json) -> Seen:
    options = place(actor, body)
    if body.get("spoiler"):
        options["has_media_spoiler"] = True
    caption = str(body.get("caption", ""))
    return actor.send_photo(chat_in(actor, body), caption=caption, file=file_in(body), **options)


def _send_document(actor: Person, body: Json) -> Seen:
    return actor.send_document(
        chat_in(actor, body),
        caption=str(body.get("caption", "")),
        filename=str(body.get("filename", "file.pdf")),
        file=file_in(body),
        **place(actor, body),
    )


def _send_contact(actor: Person, body: Json) -> Seen:
    return actor.send_contact(
        str(body["phone"]),
        body.get("first_name"),
        chat_in(actor, body),
        own=bool(body.get("own", False)),
        **place(actor, body),
    )


def _send_location(actor: Person, body: Json) -> Seen:
    latitude, longitude = float(body["latitude"]), float(body["longitude"])
    return actor.send_location(latitude, longitude, chat_in(actor, body), **place(actor, body))


def _click(actor: Person, body: Json) -> Press:
    named = "message_id" in body or "ephemeral_message_id" in body
    message = message_in(actor, body) if named else None
    where = chat_in(actor, body) if "chat" in body else None
    return actor.click(str(body["button"]), message, where)


def _react(actor: Person, body: Json) -> None:
    given = body.get("emoji") or []
    emoji = [given] if isinstance(given, str) else given
    actor.react(message_in(actor, body), *emoji)


def _forward(actor: Person, body: Json) -> Seen:
    return actor.forward(message_in(actor, body), chat_in(actor, body, "to"))


def _join(actor: Person, body: Json) -> Json:
    """Join by chat or by link alone; what lets in by request only gets a request."""
    link = body.get("link")
    chat = _linked(actor, str(link)) if link and "chat" not in body else chat_in(actor, body)
    invite = chat.invites.get(str(link)) if link else None
    if chat.join_by_request or (invite is not None and invite.by_request):
        actor.request_join(chat, link)
        return {"chat": chat.id, "standing": "requested"}
    actor.join(chat, link)
    return {"chat": chat.id, "standing": "member"}


def _linked(actor: Person, link: str) -> Chat:
    for chat in actor.world.chats.values():
        if link in chat.invites:
            return chat
    raise bad_request("invite link not found")


def _restrict(actor: Person, body: Json) -> None:
    allowed, until = tuple(body.get("allowed", ())), int(body.get("until", 0))
    actor.restrict(chat_in(actor, body), _other(actor, body), allowed=allowed, until=until)


def _promote(actor: Person, body: Json) -> None:
    rights = tuple(body["rights"]) if "rights" in body else None
    actor.promote(chat_in(actor, body), _other(actor, body), rights, title=body.get("title"))


VERBS: dict[str, Verb] = {
    "start": lambda actor, body: actor.start(bot_in(actor, body), str(body.get("payload", ""))),
    "send": _send,
    "send_photo": _send_photo,
    "send_document": _send_document,
    "send_contact": _send_contact,
    "send_location": _send_location,
    "send_voice": lambda actor, body: actor.send_voice(
        chat_in(actor, body), seconds=int(body.get("seconds", 5)), **place(actor, body)
    ),
    "send_sticker": lambda actor, body: actor.send_sticker(
        chat_in(actor, body), emoji=str(body.get("emoji", "🙂")), **place(actor, body)
    ),
    "send_album": lambda actor, body: actor.send_album(
        list(body["captions"]), chat_in(actor, body), **place(actor, body)
    ),
    "send_poll": lambda actor, body: actor.send_poll(
        str(body["question"]), list(body["options"]), chat_in(actor, body), **place(actor, body)
    ),
    "forward": _forward,
    "click": _click,
    "edit": lambda actor, body: actor.edit(message_in(actor, body), str(body["text"])),
    "delete": lambda actor, body: actor.delete(message_in(actor, body)),
    "react": _react,
    "vote": lambda actor, body: actor.vote(message_in(actor, body), *map(int, body["options"])),
    "join": _join,
    "request_join": lambda actor, body: actor.request_join(chat_in(actor, body), body.get("link")),
    "cancel_request": lambda actor, body: actor.cancel_request(chat_in(actor, body)),
    "leave": lambda actor, body: actor.leave(chat_in(actor, body)),
    "block": lambda actor, body: actor.block(bot_in(actor, body)),
    "unblock": lambda actor, body: actor.unblock(bot_in(actor, body)),
    "deactivate": lambda actor, _: actor.deactivate(),
    "ban": lambda actor, body: actor.ban(
        chat_in(actor, body), _other(actor, body), until=int(body.get("until", 0))
    ),
    "unban": lambda actor, body: actor.unban(chat_in(actor, body), _other(actor, body)),
    "restrict": _restrict,
    "unrestrict": lambda actor, body: actor.unrestrict(chat_in(actor, body), _other(actor, body)),
    "promote": _promote,
    "demote": lambda actor, body: actor.demote(chat_in(actor, body), _other(actor, body)),
    "create_topic": lambda actor, body: (
        actor.create_topic(chat_in(actor, body), str(body["name"])).id
    ),
    "close_topic": lambda actor, body: actor.close_topic(chat_in(actor, body), body["thread"]),
    "reopen_topic": lambda actor, body: actor.reopen_topic(chat_in(actor, body), body["thread"]),
    "rename_topic": lambda actor, body: actor.rename_topic(
        chat_in(actor, body), body["thread"], str(body["name"])
    ),
    "delete_topic": lambda actor, body: actor.delete_topic(chat_in(actor, body), body["thread"]),
}
