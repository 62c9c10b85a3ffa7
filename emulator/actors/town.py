"""Building a world: people, groups with topics, channels."""

from typing import Any

from emulator.actors.person import Person
from emulator.api import Emulator
from emulator.world.membership import admit
from emulator.world.model import Bot, Chat, Member
from emulator.world.posts import Author, service
from emulator.world.rights import every_right
from emulator.world.topics import create_topic


class Town:
    """Helpers that make people and chats in one emulator."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator
        self.world = emulator.world

    def bot(self, name: str = "Bot", username: str | None = None, **facts: Any) -> Bot:
        """Create a bot; `facts` are fields of `Bot`."""
        return self.emulator.add_bot(name, username, **facts)

    def person(self, first_name: str, **facts: Any) -> Person:
        """Create a person; `facts` are `user_id` and fields of `User`."""
        return Person(self.emulator, self.world.add_user(first_name, **facts))

    def actor(self, user_id: int) -> Person:
        """Return the actor of a user that is there already."""
        return Person(self.emulator, self.world.users[user_id])

    def supergroup(
        self,
        title: str,
        owner: Person,
        *,
        members: tuple[Person, ...] = (),
        admins: tuple[Person, ...] = (),
        bots: tuple[Bot, ...] = (),
        topics: tuple[str, ...] = (),
        **facts: Any,
    ) -> Chat:
        """Create a supergroup, a forum if topics are named; bots become administrators with all rights.

        Nobody is told of this: it was so before the story begins.
        """
        return self._chat("supergroup", title, owner, members, admins, bots, topics, facts)

    def group(
        self,
        title: str,
        owner: Person,
        *,
        members: tuple[Person, ...] = (),
        admins: tuple[Person, ...] = (),
        bots: tuple[Bot, ...] = (),
        **facts: Any,
    ) -> Chat:
        """Create a basic group; bots become administrators with all rights."""
        return self._chat("group", title, owner, members, admins, bots, (), facts)

    def channel(
        self, title: str, owner: Person, *, bots: tuple[Bot, ...] = (), **facts: Any
    ) -> Chat:
        """Create a channel; bots become administrators with all rights."""
        return self._chat("channel", title, owner, (), (), bots, (), facts)

    def link(self, channel: Chat, group: Chat) -> None:
        """Make a group the discussion of a channel."""
        channel.linked_chat_id, group.linked_chat_id = group.id, channel.id

    def add_member(self, chat: Chat, person: Person) -> None:
        """Let a person into a chat as if she joined this moment."""
        admit(self.world, chat, person.user, person.user)

    def add_bot(self, chat: Chat, bot: Bot, by: Person, *, admin: bool = True) -> None:
        """Bring a bot into a chat, with all rights or none; it hears of it."""
        admit(self.world, chat, bot, by.user)
        if admin:
            by.promote(chat, bot)

    def remove_bot(self, chat: Chat, bot: Bot, by: Person) -> None:
        """Throw a bot out."""
        by.ban(chat, bot)

    def upgrade(self, group: Chat, by: Person) -> Chat:
        """Turn a basic group into a supergroup; both sides carry a service message."""
        upgraded = self.world.add_chat("supergroup", group.title or "", None)
        upgraded.members, upgraded.permissions = group.members, group.permissions
        author = Author(by.user)
        service(self.world, group, author, {"migrate_to_chat_id": upgraded.id})
        group.migrated_to = upgraded.id
        service(self.world, upgraded, author, {"migrate_from_chat_id": group.id})
        return upgraded

    def demote_bot(self, chat: Chat, bot: Bot, by: Person) -> None:
        """Make a bot an ordinary member."""
        by.demote(chat, bot)

    def _chat(
        self,
        kind: str,
        title: str,
        owner: Person,
        members: tuple[Person, ...],
        admins: tuple[Person, ...],
        bots: tuple[Bot, ...],
        topics: tuple[str, ...],
        facts: dict[str, Any],
    ) -> Chat:
        now = self.world.now()
        chat = self.world.add_chat(kind, title, owner.user, is_forum=bool(topics), **facts)
        for name in topics:
            create_topic(self.world, chat, Author(owner.user), name)
        for person in members:
            chat.members[person.id] = Member(person.id, joined_at=now)
        for admin_id in (*(one.id for one in admins), *(one.id for one in bots)):
            chat.members[admin_id] = Member(
                admin_id,
                "administrator",
                rights=every_right(kind),
                promoted_by=owner.id,
                joined_at=now,
            )
        return chat
