"""People, bots, chats and members. Messages themselves are plain dicts in Bot API shape."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from emulator.updates import UpdateQueue
from emulator.world.rights import DEFAULT_PERMISSIONS, Flags

Json = dict[str, Any]

GENERAL_TOPIC = 1
ANONYMOUS_ADMIN_ID = 1087968824
CHANNEL_BOT_ID = 136817688
SERVICE_ACCOUNT_ID = 777000


@dataclass(slots=True)
class User:
    """A person, or the public side of a bot."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    is_premium: bool = False
    is_bot: bool = False
    bio: str | None = None
    deactivated: bool = False
    hides_forwards: bool = False
    started: set[int] = field(default_factory=set)
    blocked: set[int] = field(default_factory=set)
    read_by: dict[int, float] = field(default_factory=dict)

    def card(self) -> Json:
        """Return the Bot API User as others see it."""
        card: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        for name in ("last_name", "username", "language_code"):
            if (value := getattr(self, name)) is not None:
                card[name] = value
        if self.is_premium:
            card["is_premium"] = True
        return card

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name


@dataclass(slots=True, kw_only=True)
class Bot(User):
    """A bot with its token, its update queue and what it told Telegram about itself."""

    token: str
    queue: UpdateQueue
    sees_all_messages: bool = True
    can_join_groups: bool = True
    supports_join_request_queries: bool = False
    topics_enabled: bool = False
    commands: dict[tuple[str, int, int, str], list[Json]] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)
    descriptions: dict[tuple[str, str], str] = field(default_factory=dict)
    default_rights: dict[bool, Flags] = field(default_factory=dict)
    last_message_id: int = 0

    def me(self) -> Json:
        """Return the answer to getMe."""
        return self.card() | {
            "can_join_groups": self.can_join_groups,
            "can_read_all_group_messages": self.sees_all_messages,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
            "has_topics_enabled": self.topics_enabled,
            "allows_users_to_create_topics": False,
            "can_manage_bots": False,
            "supports_join_request_queries": self.supports_join_request_queries,
        }


@dataclass(slots=True)
class Member:
    """A user's standing in a chat; `status` is one of the Bot API's."""

    user_id: int
    status: str = "member"
    rights: Flags = field(default_factory=dict)
    permissions: Flags = field(default_factory=dict)
    until: int = 0
    is_member: bool = True
    is_anonymous: bool = False
    custom_title: str | None = None
    tag: str | None = None
    promoted_by: int = 0
    joined_at: int = 0

    @property
    def present(self) -> bool:
        """Say whether the user is in the chat."""
        return self.status in ("creator", "administrator", "member") or (
            self.status == "restricted" and self.is_member
        )

    @property
    def is_admin(self) -> bool:
        return self.status in ("creator", "administrator")


@dataclass(slots=True)
class Topic:
    """A forum topic; its id is the message that opened it (General: 1)."""

    id: int
    name: str
    icon_color: int
    icon_custom_emoji_id: str | None = None
    is_closed: bool = False
    is_hidden: bool = False
    creator_id: int = 0


@dataclass(slots=True)
class Post:
    """A message that stands in a chat: what bots see of it and what the server knows besides."""

    view: Json
    author_id: int
    sent_by_bot: bool = False
    is_service: bool = False
    receiver_id: int | None = None
    reactions: dict[int, list[Json]] = field(default_factory=dict)
    prompt: Json | None = None
    """Reply markup that is no part of the message: a reply keyboard, its removal, a forced reply."""
    poll_id: str | None = None

    @property
    def id(self) -> int:
        number: int = self.view["message_id"]
        return number


@dataclass(slots=True)
class Invite:
    """An invite link."""

    link: str
    creator_id: int
    is_primary: bool = False
    is_revoked: bool = False
    name: str | None = None
    expires: int | None = None
    member_limit: int | None = None
    by_request: bool = False
    used: int = 0


@dataclass(slots=True)
class JoinRequest:
    """A person who waits to be let in."""

    user_id: int
    date: int
    invite: Invite | None
    query_id: str | None = None
    bio: str | None = None
    web_app_url: str | None = None


@dataclass(slots=True)
class Chat:
    """A private chat of one bot and one person, a group, a supergroup or a channel."""

    id: int
    type: str
    title: str | None = None
    username: str | None = None
    description: str | None = None
    is_forum: bool = False
    bot_id: int = 0
    members: dict[int, Member] = field(default_factory=dict)
    permissions: Flags = field(default_factory=lambda: dict(DEFAULT_PERMISSIONS))
    posts: dict[int, Post] = field(default_factory=dict)
    ephemeral: dict[int, Post] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    deleted_topics: set[int] = field(default_factory=set)
    pinned: list[int] = field(default_factory=list)
    invites: dict[str, Invite] = field(default_factory=dict)
    requests: dict[int, JoinRequest] = field(default_factory=dict)
    banned_sender_chats: set[int] = field(default_factory=set)
    last_message_id: int = 0
    last_ephemeral_id: int = 0
    linked_chat_id: int | None = None
    join_by_request: bool = False
    guard_bot_id: int | None = None
    slow_mode_delay: int = 0
    migrated_to: int | None = None
    is_deleted: bool = False
    owner: User | None = None
    """Private chats only: the person."""

    @property
    def is_group(self) -> bool:
        return self.type in ("group", "supergroup")

    @property
    def is_private(self) -> bool:
        return self.type == "private"

    def card(self) -> Json:
        """Return the Bot API Chat."""
        if self.owner is not None:
            card: Json = {"id": self.id, "type": "private", "first_name": self.owner.first_name}
            if self.owner.last_name:
                card["last_name"] = self.owner.last_name
            if self.owner.username:
                card["username"] = self.owner.username
            return card
        card = {"id": self.id, "type": self.type, "title": self.title}
        if self.username:
            card["username"] = self.username
        if self.is_forum:
            card["is_forum"] = True
        return card

    def present(self) -> Iterator[Member]:
        """Yield everybody who is in the chat."""
        return (member for member in self.members.values() if member.present)

    def has(self, user_id: int) -> bool:
        member = self.members.get(user_id)
        return member is not None and member.present
