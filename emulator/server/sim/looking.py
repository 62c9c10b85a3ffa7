"""What a person sees: her chats, topics and messages, and nothing else."""

from typing import Any

from emulator.errors import bad_request, forbidden
from emulator.server.sim.desk import Desk
from emulator.server.sim.talk import Shown
from emulator.world import access
from emulator.world.model import GENERAL_TOPIC, Bot, Chat, Json, Post, User
from emulator.world.world import World

TYPING_TIME = 5.0
"""Seconds for which sendChatAction is shown."""
PRESS_TIME = 60.0
"""Seconds for which a pressed button and the answer to it are listed."""
COUNTED = 1000
"""Last messages of a chat among which unread ones are counted."""


class Sight:
    """Read the world with the eyes of one person."""

    def __init__(self, desk: Desk, person: User) -> None:
        self._desk = desk
        self._world: World = desk.emulator.world
        self._person = person
        self._shown = Shown(desk, person.id)

    def chats(self) -> list[Json]:
        """List her chats: bots first, then groups and channels, those she could join at the end."""
        bots = [self._private(bot) for bot in self._world.bots.values()]
        groups = [
            self._group(chat)
            for chat in self._world.chats.values()
            if not chat.is_deleted and chat.migrated_to is None
        ]
        return bots + sorted(groups, key=lambda group: group["standing"] in {"left", "kicked"})

    def find(self, reference: int) -> Chat:
        """Return the chat she names: a bot's id for the private chat, else a group's id.

        ApiError 400 when there is none, 403 when she is not in it.
        """
        if reference > 0:
            bot = self._world.bots.get(reference)
            if bot is None:
                raise bad_request("chat not found")
            return self._world.private_chat(bot, self._person)
        chat = self._world.chats.get(reference)
        if chat is None:
            raise bad_request("chat not found")
        if not chat.has(self._person.id) and chat.username is None:
            raise forbidden("the person is not a member of the chat")
        return chat

    def conversation(
        self, reference: int, thread: int = 0, *, before: int | None = None, limit: int = 100
    ) -> Json:
        """Return the last messages of a chat or topic, oldest first, with what stands around them."""
        chat = self.find(reference)
        posts = [
            post for post in self._visible(chat, thread) if before is None or 0 < post.id < before
        ]
        return {
            "messages": [self._shown.message(chat, post) for post in posts[-limit:]],
            "more": len(posts) > limit,
            "pinned": [post.id for post in posts if post.id in chat.pinned][-1:],
            "typing": self._typing(chat),
            "presses": self._presses(chat),
            "keyboard": _keyboard(posts),
            "read": self._desk.read.get((self._person.id, reference, thread), 0),
        }

    def mark_read(self, reference: int, thread: int, message_id: int) -> None:
        """Remember that she has read a chat or topic up to a message."""
        place = (self._person.id, reference, thread)
        self._desk.read[place] = max(self._desk.read.get(place, 0), message_id)

    def _private(self, bot: Bot) -> Json:
        chat = self._world.private_chat(bot, self._person)
        return {
            "id": bot.id,
            "type": "private",
            "title": bot.full_name,
            "username": bot.username,
            "standing": "member" if bot.id in self._person.started else "left",
            "blocked": bot.id in self._person.blocked,
            "topics": [],
            **self._tails(chat, bot.id)[0],
        }

    def _group(self, chat: Chat) -> Json:
        member = chat.members.get(self._person.id)
        if member is not None:
            access.refresh(chat, member, self._world.now())
        right = "can_post_messages" if chat.type == "channel" else "can_send_messages"
        card: Json = {
            "id": chat.id,
            "type": chat.type,
            "title": chat.title,
            "username": chat.username,
            "is_forum": chat.is_forum,
            "standing": _standing(chat, self._person.id),
            "members": sum(1 for _ in chat.present()),
            "blocked": False,
            "may_write": access.may(chat, member, right),
            "topics": [],
        }
        if not chat.has(self._person.id):
            return card | {"unread": 0, "last": None}
        tails = self._tails(chat, chat.id)
        if chat.is_forum:
            card["topics"] = [
                {
                    "thread": topic.id,
                    "name": topic.name,
                    "color": topic.icon_color,
                    "is_closed": topic.is_closed,
                    **tails.get(topic.id, {"unread": 0, "last": None}),
                }
                for topic in chat.topics.values()
                if not topic.is_hidden
            ]
        return card | tails[0]

    def _tails(self, chat: Chat, reference: int) -> dict[int, Json]:
        """Return the unread count and the last message of each thread; thread 0 sums up the chat."""
        member = chat.members.get(self._person.id)
        since = member.joined_at if member is not None else 0
        tails: dict[int, Json] = {0: {"unread": 0, "last": None}}
        last: dict[int, Post] = {}
        for post in self._visible(chat, 0)[-COUNTED:]:
            thread = _thread_of(chat, post)
            tail = tails.setdefault(thread, {"unread": 0, "last": None})
            last[thread] = last[0] = post
            read = self._desk.read.get((self._person.id, reference, thread), 0)
            new = post.view["date"] >= since and post.id > read and not post.is_service
            if new and post.author_id != self._person.id:
                tail["unread"] += 1
                tails[0]["unread"] += 1 if thread else 0
        for thread, post in last.items():
            tails[thread]["last"] = self._shown.preview(post)
        return tails

    def _visible(self, chat: Chat, thread: int) -> list[Post]:
        """List what she may see, oldest first; thread 0 means the whole chat."""
        mine = [post for post in chat.ephemeral.values() if post.receiver_id == self._person.id]
        posts = [
            post
            for post in (*chat.posts.values(), *mine)
            if thread == 0 or _thread_of(chat, post) == thread
        ]
        return sorted(posts, key=lambda post: post.view["date"]) if mine else posts

    def _typing(self, chat: Chat) -> Json | None:
        """Return the bot that showed an action in the last seconds, unless its message followed."""
        now = self._world.clock.now()
        for bot in self._world.bots_in(chat):
            since = self._world.typing.get((bot.id, chat.id), 0)
            if since < now - TYPING_TIME:
                continue
            last = next(reversed(chat.posts.values()), None)
            if last is None or last.author_id != bot.id or last.view["date"] < int(since):
                return {"name": bot.full_name}
        return None

    def _presses(self, chat: Chat) -> list[Json]:
        """List her pressed buttons that wait for an answer or have just got one."""
        now = self._world.clock.now()
        return [
            {
                "id": press.id,
                "message_id": press.message_id,
                "data": press.data,
                "answer": press.answer,
            }
            for press in self._world.queries.presses.values()
            if press.user_id == self._person.id
            and press.chat_id == chat.id
            and press.at >= now - PRESS_TIME
        ]


def _thread_of(chat: Chat, post: Post) -> int:
    if chat.is_forum:
        in_topic = post.view.get("is_topic_message")
        return int(post.view["message_thread_id"]) if in_topic else GENERAL_TOPIC
    return 0


def _standing(chat: Chat, user_id: int) -> str:
    if user_id in chat.requests:
        return "requested"
    member = chat.members.get(user_id)
    if member is None:
        return "left"
    return member.status if member.present or member.status == "kicked" else "left"


def _keyboard(posts: list[Post]) -> Any:
    """Return the reply keyboard or forced reply that stands under the field of text."""
    for post in reversed(posts):
        markup = post.prompt or {}
        if "keyboard" in markup or "force_reply" in markup:
            return markup | {"message_id": post.id}
        if "remove_keyboard" in markup:
            return None
    return None
