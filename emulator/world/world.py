"""Everything that exists: who is there, under which identifier, and how updates leave the world."""

from collections.abc import Callable
from enum import StrEnum
from random import Random
from typing import Any

from emulator.clock import Clock
from emulator.errors import bad_request
from emulator.log import Arrival, Log
from emulator.updates import UpdateQueue
from emulator.world.files import Files
from emulator.world.model import (
    ANONYMOUS_ADMIN_ID,
    CHANNEL_BOT_ID,
    GENERAL_TOPIC,
    SERVICE_ACCOUNT_ID,
    Bot,
    Chat,
    Json,
    Member,
    Topic,
    User,
)
from emulator.world.queries import Queries
from emulator.world.rights import every_right

SUPERGROUP_BASE = -1_000_000_000_000


class Quirk(StrEnum):
    """Faults Telegram itself once had for weeks; a world may repeat them."""

    DELETED_PRIVATE_TOPIC_IGNORED = "deleted_private_topic_ignored"
    PRIVATE_TOPICS_FAIL = "private_topics_fail"


class World:
    """The state. It is changed by the functions of the sibling modules; nothing here is a copy."""

    def __init__(
        self, clock: Clock, log: Log, chance: Random, make_queue: Callable[[int], UpdateQueue]
    ) -> None:
        self.clock = clock
        self.log = log
        self.chance = chance
        self.files = Files(chance)
        self.queries = Queries()
        self.users: dict[int, User] = {}
        self.bots: dict[int, Bot] = {}
        self.bots_by_token: dict[str, Bot] = {}
        self.chats: dict[int, Chat] = {}
        self.private: dict[tuple[int, int], Chat] = {}
        self.typing: dict[tuple[int, int], float] = {}
        """When a bot last showed an action in a chat: (bot, chat) -> unix seconds."""
        self.quirks: set[Quirk] = set()
        self.acting_method = ""
        self._make_queue = make_queue
        self._last_user_id = 100_000_000
        self._last_chat_id = 2_000_000_000
        self._last_group_id = 4_000_000
        self._last_album_id = 13_000_000_000_000_000
        self.anonymous = self._special(ANONYMOUS_ADMIN_ID, "Group", "GroupAnonymousBot", bot=True)
        self.channel_bot = self._special(CHANNEL_BOT_ID, "Channel", "Channel_Bot", bot=True)
        self.service = self._special(SERVICE_ACCOUNT_ID, "Telegram", None, bot=False)

    def now(self) -> int:
        """Return the current unix second."""
        return int(self.clock.now())

    # Who is there

    def add_user(self, first_name: str, *, user_id: int | None = None, **facts: Any) -> User:
        """Create a person; `facts` are fields of `User`."""
        user = User(user_id or self._next_user_id(), first_name, **facts)
        self.users[user.id] = user
        return user

    def add_bot(
        self,
        name: str,
        username: str | None = None,
        *,
        token: str | None = None,
        bot_id: int | None = None,
        **facts: Any,
    ) -> Bot:
        """Create a bot. Its id is the number before the colon of its token."""
        number = int(token.split(":")[0]) if token else bot_id or self._next_user_id()
        secret = token or f"{number}:{self.chance.randbytes(18).hex()[:35]}"
        bot = Bot(
            number,
            name,
            username=username or f"bot_{number}_bot",
            is_bot=True,
            token=secret,
            queue=self._make_queue(self.chance.randrange(100_000_000, 900_000_000)),
            **facts,
        )
        self.users[number] = self.bots[number] = self.bots_by_token[secret] = bot
        return bot

    def add_chat(
        self, kind: str, title: str, owner: User | None, *, chat_id: int | None = None, **facts: Any
    ) -> Chat:
        """Create a group, supergroup or channel that `owner` created."""
        chat = Chat(chat_id or self._next_chat_id(kind), kind, title=title, **facts)
        self.chats[chat.id] = chat
        chat.last_message_id = 1  # the first message of every chat tells of its creation
        if chat.is_forum:
            chat.topics[GENERAL_TOPIC] = Topic(GENERAL_TOPIC, "General", 0x6FB9F0)
        if owner is not None:
            chat.members[owner.id] = Member(
                owner.id, "creator", rights=every_right(kind), joined_at=self.now()
            )
        return chat

    def private_chat(self, bot: Bot, user: User) -> Chat:
        """Return the chat of a bot and a person; it is made on first sight."""
        chat = self.private.get((bot.id, user.id))
        if chat is None:
            chat = Chat(user.id, "private", bot_id=bot.id, owner=user)
            self.private[bot.id, user.id] = chat
        return chat

    # Finding

    def find_chat(self, bot: Bot, reference: int | str | None) -> Chat | None:
        """Return the chat a bot means by an identifier or @username, None when there is none it knows."""
        if isinstance(reference, int):
            if reference < 0:
                return self.chats.get(reference)
            user = self.users.get(reference)
            return None if user is None else self.private_chat(bot, user)
        if reference:
            name = reference.removeprefix("@").lower()
            return next(
                (
                    chat
                    for chat in self.chats.values()
                    if chat.username and chat.username.lower() == name
                ),
                None,
            )
        return None

    def chat(self, bot: Bot, reference: int | str) -> Chat:
        """Return the chat a bot means. Refuses an unknown and a migrated one with Telegram's words."""
        chat = self.find_chat(bot, reference)
        if chat is None:
            raise bad_request("chat not found")
        if chat.migrated_to is not None:
            raise bad_request(
                "group chat was upgraded to a supergroup chat",
                {"migrate_to_chat_id": chat.migrated_to},
            )
        return chat

    def user(self, user_id: int) -> User:
        """Return a person or bot. Refuses an unknown one with Telegram's words."""
        user = self.users.get(user_id)
        if user is None:
            raise bad_request("invalid user_id specified" if user_id <= 0 else "user not found")
        return user

    def bots_in(self, chat: Chat) -> list[Bot]:
        """List the bots that are in a chat."""
        if chat.is_private:
            return [self.bots[chat.bot_id]]
        return [bot for bot in self.bots.values() if chat.has(bot.id)]

    # What leaves the world

    def publish(self, bot: Bot, kind: str, payload: Json) -> int | None:
        """Queue an update for one bot; None when it did not ask for this kind."""
        return bot.queue.push(kind, payload, date=payload.get("date"))

    def arrived(
        self,
        bot_id: int,
        chat: Chat,
        message: Json,
        receiver: int | None,
        prompt: Json | None = None,
    ) -> None:
        """Write down that a bot's message, or its edit, came to people; `prompt` is a reply keyboard."""
        self.log.arrival(
            Arrival(
                self.log.next_number(),
                self.clock.now(),
                bot_id,
                self.acting_method,
                chat.id,
                message,
                receiver,
                prompt or message.get("reply_markup"),
            )
        )

    def next_album_id(self) -> str:
        self._last_album_id += 1
        return str(self._last_album_id)

    def _special(self, user_id: int, name: str, username: str | None, *, bot: bool) -> User:
        user = User(user_id, name, username=username, is_bot=bot)
        self.users[user_id] = user
        return user

    def _next_user_id(self) -> int:
        self._last_user_id += 1
        return self._last_user_id

    def _next_chat_id(self, kind: str) -> int:
        if kind == "group":
            self._last_group_id += 1
            return -self._last_group_id
        self._last_chat_id += 1
        return SUPERGROUP_BASE - self._last_chat_id
