"""What administrators do by hand in their clients."""

from emulator.actors.base import Actor, Cannot
from emulator.actors.seen import Seen
from emulator.world import access
from emulator.world.membership import expel, update_member
from emulator.world.model import Chat, Member, Topic, User
from emulator.world.posts import pin
from emulator.world.rights import PERMISSIONS, Flags, every_right
from emulator.world.topics import close_topic, create_topic, delete_topic, edit_topic, reopen_topic


class Administration(Actor):
    """Ban, restrict, promote, topics, pins: by a person, not by a bot."""

    def _require(self, chat: Chat, right: str) -> None:
        if not access.may(chat, self.member_in(chat), right):
            raise Cannot(f"{self.name} lacks {right}")

    def ban(self, chat: Chat, person: Actor | User, *, until: int = 0) -> None:
        """Ban somebody from the chat, for ever or until a unix second."""
        self._require(chat, "can_restrict_members")
        expel(self.world, chat, _user(person), self.user, ban_until=until)

    def unban(self, chat: Chat, person: Actor | User) -> None:
        """Lift a ban."""
        self._require(chat, "can_restrict_members")

        def become(member: Member) -> None:
            member.status, member.until = "left", 0

        update_member(self.world, chat, self.user, _user(person), become)

    def restrict(
        self, chat: Chat, person: Actor | User, *, allowed: tuple[str, ...] = (), until: int = 0
    ) -> None:
        """Take permissions away from somebody except those named."""
        self._require(chat, "can_restrict_members")

        def become(member: Member) -> None:
            member.is_member = member.present
            member.status, member.until = "restricted", until
            member.permissions = {name: name in allowed for name in PERMISSIONS}

        update_member(self.world, chat, self.user, _user(person), become)

    def unrestrict(self, chat: Chat, person: Actor | User) -> None:
        """Give the chat's ordinary permissions back."""
        self._require(chat, "can_restrict_members")

        def become(member: Member) -> None:
            member.status, member.until, member.permissions = "member", 0, {}

        update_member(self.world, chat, self.user, _user(person), become)

    def promote(
        self,
        chat: Chat,
        person: Actor | User,
        rights: tuple[str, ...] | None = None,
        *,
        title: str | None = None,
        anonymous: bool = False,
    ) -> None:
        """Make somebody an administrator with these rights, all of them by default; bots join by it."""
        self._require(chat, "can_promote_members")
        granted: Flags = every_right(chat.type)
        if rights is not None:
            granted = {name: name in rights or name == "can_manage_chat" for name in granted}

        def become(member: Member) -> None:
            member.status, member.is_member, member.permissions = "administrator", True, {}
            member.rights, member.custom_title = granted, title
            member.is_anonymous, member.promoted_by = anonymous, self.id

        update_member(self.world, chat, self.user, _user(person), become)

    def demote(self, chat: Chat, person: Actor | User) -> None:
        """Make an administrator an ordinary member."""
        self._require(chat, "can_promote_members")

        def become(member: Member) -> None:
            member.status, member.rights, member.custom_title = "member", {}, None
            member.is_anonymous = False

        update_member(self.world, chat, self.user, _user(person), become)

    def pin(self, message: Seen) -> None:
        """Pin a message."""
        chat = message.chat
        if not chat.is_private:
            self._require(chat, "can_pin_messages")
        pin(self.world, chat, self.author_in(chat, None), message.post)

    def set_permissions(self, chat: Chat, *allowed: str) -> None:
        """Leave ordinary members these permissions only."""
        self._require(chat, "can_restrict_members")
        chat.permissions = {name: name in allowed for name in PERMISSIONS}

    def create_topic(self, chat: Chat, name: str) -> Topic:
        """Open a forum topic."""
        self._require(chat, "can_manage_topics")
        return create_topic(self.world, chat, self.author_in(chat, None), name)

    def close_topic(self, chat: Chat, topic: Topic | int | str) -> None:
        """Close a forum topic."""
        close_topic(self.world, chat, self.author_in(chat, None), self._topic(chat, topic))

    def reopen_topic(self, chat: Chat, topic: Topic | int | str) -> None:
        """Open a closed forum topic again."""
        reopen_topic(self.world, chat, self.author_in(chat, None), self._topic(chat, topic))

    def rename_topic(self, chat: Chat, topic: Topic | int | str, name: str) -> None:
        """Give a forum topic another name."""
        author = self.author_in(chat, None)
        edit_topic(self.world, chat, author, self._topic(chat, topic), {"name": name})

    def delete_topic(self, chat: Chat, topic: Topic | int | str) -> None:
        """Delete a forum topic with all its messages; no bot is told."""
        delete_topic(chat, self._topic(chat, topic))

    def _topic(self, chat: Chat, topic: Topic | int | str) -> Topic:
        self._require(chat, "can_manage_topics")
        return chat.topics[self.topic_of(chat, topic) or 1]


def _user(person: Actor | User) -> User:
    return person.user if isinstance(person, Actor) else person
