"""What all actions of a person share."""

from typing import Any

from typing_extensions import override

from emulator.api import Emulator
from emulator.format.text import formatted
from emulator.world import access
from emulator.world.model import Bot, Chat, Json, Member, Topic, User
from emulator.world.posts import Author

Where = Bot | Chat | int | str | None


class Cannot(Exception):  # noqa: N818 - reads as a sentence: raise Cannot(...)
    """The person's client does not offer this: no such button, no right, not in the chat."""


class Actor:
    """A user and the emulator she lives in."""

    def __init__(self, emulator: Emulator, user: User) -> None:
        self.emulator = emulator
        self.world = emulator.world
        self.user = user

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def name(self) -> str:
        return self.user.full_name

    @override
    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.user.id}>"

    def _only_bot(self) -> Bot:
        bots = list(self.world.bots.values())
        if len(bots) != 1:
            raise Cannot("say which bot is meant")
        return bots[0]

    def chat_of(self, where: Where) -> Chat:
        """Return the chat meant by a bot, a chat, an id or a @name; None is the only bot's."""
        if isinstance(where, Chat):
            return where
        if where is None:
            where = self._only_bot()
        if isinstance(where, str):
            where = self._named(where)
            if isinstance(where, Chat):
                return where
        if isinstance(where, int):
            if where < 0:
                return self.world.chats[where]
            where = self.world.bots[where]
        return self.world.private_chat(where, self.user)

    def _named(self, name: str) -> Bot | Chat:
        wanted = name.removeprefix("@").lower()
        for chat in self.world.chats.values():
            if wanted in ((chat.username or "").lower(), (chat.title or "").lower()):
                return chat
        for bot in self.world.bots.values():
            if (bot.username or "").lower() == wanted:
                return bot
        raise Cannot(f"there is nothing called {name!r}")

    def topic_of(self, chat: Chat, topic: Topic | int | str | None) -> int | None:
        """Return the thread id of a topic given by itself, id or name; General and none: None."""
        if isinstance(topic, Topic):
            topic = topic.id
        if isinstance(topic, str):
            topic = next((one.id for one in chat.topics.values() if one.name == topic), -1)
            if topic == -1:
                raise Cannot("there is no such topic")
        return None if topic in (None, 1) else topic

    def member_in(self, chat: Chat) -> Member | None:
        return access.standing(self.world, chat, self.id)

    def author_in(self, chat: Chat, as_chat: Chat | None) -> Author:
        """Return the person as an author; an anonymous administrator writes as the chat."""
        member = chat.members.get(self.id)
        if as_chat is not None:
            title = member.custom_title if member is not None and as_chat is chat else None
            return Author(self.user, sender_chat=as_chat, signature=title)
        if chat.is_group and member is not None and member.is_admin and member.is_anonymous:
            return Author(self.user, sender_chat=chat, signature=member.custom_title)
        return Author(self.user)

    def require_write(self, chat: Chat, kind: str, thread_id: int | None) -> None:
        """Raise Cannot where the client shows no input field."""
        if self.user.deactivated:
            raise Cannot("the account is deleted")
        if chat.is_private:
            if chat.bot_id in self.user.blocked:
                raise Cannot("the bot is blocked")
            return
        member = self.member_in(chat)
        if member is None or not member.present:
            raise Cannot(f"{self.name} is not in the chat")
        right = (
            "can_post_messages"
            if chat.type == "channel"
            else access.KINDS.get(kind, access.KINDS["text"])[0]
        )
        if not access.may(chat, member, right):
            raise Cannot(f"{self.name} may not send {kind} here")
        topic = chat.topics.get(thread_id or 1) if chat.is_forum else None
        if chat.is_forum and topic is None:
            raise Cannot("there is no such topic")
        if (
            topic is not None
            and topic.is_closed
            and not access.manages_topic(chat, member, topic.creator_id)
        ):
            raise Cannot("the topic is closed")

    def text_fields(
        self, text: str, entities: list[Json] | None = None, name: str = "text"
    ) -> Json:
        """Return text with the entities Telegram finds in it and those given."""
        words, found = formatted(text, None, entities)
        content: Json = {name: words}
        if found:
            content["entities" if name == "text" else "caption_entities"] = found
        return content

    def _note_command(self, chat: Chat, content: Json) -> None:
        text = content.get("text", "")
        if text.startswith("/") and chat.is_group:
            for bot in self.world.bots_in(chat):
                self.world.queries.commands[bot.id, chat.id, self.id] = self.world.clock.now()

    def _change_bot(self, bot: Bot, *, blocked: bool) -> None:
        """Block or unblock a bot and tell it, as Telegram does in private chats."""
        if (bot.id in self.user.blocked) == blocked:
            return
        (self.user.blocked.add if blocked else self.user.blocked.discard)(bot.id)
        states: list[dict[str, Any]] = [
            {"status": "kicked", "user": bot.card(), "until_date": 0},
            {"status": "member", "user": bot.card()},
        ]
        after, before = states if blocked else reversed(states)
        payload: Json = {
            "chat": self.world.private_chat(bot, self.user).card(),
            "from": self.user.card(),
            "date": self.world.now(),
            "old_chat_member": before,
            "new_chat_member": after,
        }
        self.world.publish(bot, "my_chat_member", payload)
