"""Updates that a strict decoder cannot read; one of them blocks naive polling for a day.

Each is well-formed JSON of a known update kind with one field that the Bot API of today does not know.
"""

from collections.abc import Callable
from typing import Any

from emulator.updates import Payload

POISON_PERSON: Payload = {"id": 777_000_001, "is_bot": False, "first_name": "Poison"}
POISON_CHAT: Payload = {"id": 777_000_001, "type": "private", "first_name": "Poison"}

ADMINISTRATOR_RIGHTS = (
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
MISSING_RIGHT = "can_send_welcome_messages"


def _reaction(now: int, chat: Payload, person: Payload) -> tuple[str, Payload]:
    return "message_reaction", {
        "chat": chat,
        "message_id": 1,
        "user": person,
        "date": now,
        "old_reaction": [],
        "new_reaction": [{"type": "hologram", "hologram_id": "1"}],
    }


def _member(now: int, chat: Payload, person: Payload, status: Payload) -> tuple[str, Payload]:
    return "chat_member", {
        "chat": chat,
        "from": person,
        "date": now,
        "old_chat_member": {"status": "left", "user": person},
        "new_chat_member": {"user": person, **status},
    }


def _status(now: int, chat: Payload, person: Payload) -> tuple[str, Payload]:
    return _member(now, chat, person, {"status": "guardian"})


def _administrator(now: int, chat: Payload, person: Payload) -> tuple[str, Payload]:
    rights: dict[str, Any] = dict.fromkeys(ADMINISTRATOR_RIGHTS, False)
    return _member(now, chat, person, {"status": "administrator", "can_be_edited": False, **rights})


def _date(_now: int, chat: Payload, person: Payload) -> tuple[str, Payload]:
    return "message", {
        "message_id": 1,
        "from": person,
        "chat": chat,
        "date": {"at": "dawn"},
        "text": "poison",
    }


POISONS: dict[str, Callable[[int, Payload, Payload], tuple[str, Payload]]] = {
    "unknown_reaction": _reaction,
    "unknown_member_status": _status,
    "administrator_without_right": _administrator,
    "wrong_date": _date,
}


def poison(
    name: str, now: float, chat: Payload = POISON_CHAT, person: Payload = POISON_PERSON
) -> tuple[str, Payload]:
    """Build the kind and payload of a poison update. KeyError for an unknown name; `now` is unix seconds."""
    return POISONS[name](int(now), chat, person)
