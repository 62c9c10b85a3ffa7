"""One message as one person sees it."""

from collections import Counter

from emulator.server.sim.desk import Desk
from emulator.world.model import Chat, Json, Post

KINDS = (
    "text",
    "animation",
    "photo",
    "document",
    "video",
    "voice",
    "audio",
    "video_note",
    "sticker",
    "location",
    "contact",
    "poll",
    "venue",
    "dice",
    "rich_message",
)
PREVIEW = 120
"""Characters of the last message in a list of chats."""


def kind_of(view: Json) -> str:
    """Name the content of a message by its field."""
    return next((kind for kind in KINDS if kind in view), "service")


class Shown:
    """Shape messages for one person."""

    def __init__(self, desk: Desk, person_id: int) -> None:
        self._desk = desk
        self._person_id = person_id

    def message(self, chat: Chat, post: Post) -> Json:
        view = post.view
        number = view.get("ephemeral_message_id")
        return {
            "key": f"e{number}" if post.receiver_id is not None and number else f"m{post.id}",
            "kind": kind_of(view),
            "out": post.author_id == self._person_id and not post.sent_by_bot,
            "sender": self._sender(post),
            "service": post.is_service,
            "ephemeral": post.receiver_id is not None,
            "reactions": self._reactions(post),
            "votes": self._votes(post),
            "pinned": post.id in chat.pinned,
            "view": view,
        }

    def preview(self, post: Post) -> Json:
        view = post.view
        words = view.get("text") or view.get("caption") or ""
        service = {"view": view} if post.is_service else {}
        return service | {
            "text": words[:PREVIEW],
            "kind": kind_of(view),
            "date": view["date"],
            "sender": self._sender(post)["name"],
            "out": post.author_id == self._person_id,
        }

    def _sender(self, post: Post) -> Json:
        view = post.view
        if (behind := view.get("sender_chat")) is not None:
            return {
                "id": behind["id"],
                "name": behind.get("title", ""),
                "is_bot": False,
                "label": "",
            }
        user = view.get("from") or {}
        name = f"{user.get('first_name', '')} {user.get('last_name', '')}".strip()
        label = view.get("sender_tag") or self._desk.labels.get(user.get("id", 0), "")
        return {
            "id": user.get("id"),
            "name": name,
            "is_bot": user.get("is_bot", False),
            "label": label,
        }

    def _reactions(self, post: Post) -> list[Json]:
        shown: Counter[str] = Counter()
        mine = set()
        for user_id, reactions in post.reactions.items():
            for reaction in reactions:
                face = reaction.get("emoji") or reaction.get("custom_emoji_id") or "⭐"
                shown[face] += 1
                if user_id == self._person_id:
                    mine.add(face)
        return [
            {"emoji": face, "count": count, "mine": face in mine} for face, count in shown.items()
        ]

    def _votes(self, post: Post) -> list[int] | None:
        poll = self._desk.emulator.world.queries.polls.get(post.poll_id or "")
        return None if poll is None else poll.votes.get(self._person_id)
