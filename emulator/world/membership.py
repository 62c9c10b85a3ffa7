"""Joining, leaving, bans, restrictions and promotions, with the updates and service messages they cause."""

from collections.abc import Callable

from emulator.world import access
from emulator.world.model import Chat, Invite, Json, Member, User
from emulator.world.posts import Author, service
from emulator.world.rights import PERMISSIONS, rights_of
from emulator.world.world import World

FOREVER_UNDER = 30
FOREVER_OVER = 366 * 86_400
"""Seconds: a shorter or a longer term means for ever (Bot API, banChatMember)."""


def until(world: World, date: int | None) -> int:
    """Return the end of a term as Telegram keeps it: 0 means for ever."""
    if not date:
        return 0
    term = date - world.now()
    return 0 if term < FOREVER_UNDER or term > FOREVER_OVER else date


def member_view(world: World, chat: Chat, member: Member) -> Json:
    """Return the Bot API ChatMember."""
    view: Json = {"status": member.status, "user": world.users[member.user_id].card()}
    if member.status == "creator":
        view["is_anonymous"] = member.is_anonymous
    elif member.status == "administrator":
        view["can_be_edited"] = member.promoted_by in world.bots
        view["is_anonymous"] = member.is_anonymous
        view |= {name: member.rights.get(name, False) for name in rights_of(chat.type)}
    elif member.status == "restricted":
        view["is_member"] = member.is_member
        view |= {name: member.permissions.get(name, False) for name in PERMISSIONS}
        view["until_date"] = member.until
    elif member.status == "kicked":
        view["until_date"] = member.until
    if member.custom_title and member.is_admin:
        view["custom_title"] = member.custom_title
    if member.tag and member.status in ("member", "restricted"):
        view["tag"] = member.tag
    return view


def member_of(world: World, chat: Chat, user_id: int) -> Member:
    """Return a user's standing, made as `left` for somebody who never was here."""
    found = access.standing(world, chat, user_id)
    if found is None:
        found = chat.members[user_id] = Member(user_id, "left", is_member=False)
    return found


def update_member(
    world: World,
    chat: Chat,
    actor: User,
    user: User,
    change: Callable[[Member], None],
    *,
    invite: Invite | None = None,
    by_request: bool = False,
) -> Member:
    """Change a standing and tell the bots: the bot itself by my_chat_member, administrators by chat_member."""
    member = member_of(world, chat, user.id)
    before = member_view(world, chat, member)
    change(member)
    after = member_view(world, chat, member)
    if before == after:
        return member
    payload: Json = {
        "chat": chat.card(),
        "from": actor.card(),
        "date": world.now(),
        "old_chat_member": before,
        "new_chat_member": after,
    }
    if invite is not None:
        payload["invite_link"] = invite_view(world, invite)
    if by_request:
        payload["via_join_request"] = True
    for bot in world.bots.values():
        if bot.id == user.id:
            world.publish(bot, "my_chat_member", payload)
        elif (own := chat.members.get(bot.id)) is not None and own.is_admin:
            world.publish(bot, "chat_member", payload)
    return member


def admit(
    world: World,
    chat: Chat,
    user: User,
    actor: User,
    *,
    invite: Invite | None = None,
    by_request: bool = False,
    told: bool = True,
) -> bool:
    """Let a user in and say whether he was out; a group gets the service message unless the caller tells it."""

    def become(member: Member) -> None:
        if member.status == "restricted":
            member.is_member = True
        else:
            member.status, member.until, member.is_member = "member", 0, True
        member.joined_at = world.now()

    if chat.has(user.id):
        return False
    if invite is not None:
        invite.used += 1
    update_member(world, chat, actor, user, become, invite=invite, by_request=by_request)
    if told:
        tell_joined(world, chat, actor, [user])
    return True


def tell_joined(world: World, chat: Chat, actor: User, users: list[User]) -> None:
    """Put the service message about those who came in at once into a group."""
    if users and chat.is_group:
        cards = [user.card() for user in users]
        author = Author(actor, is_bot=actor.is_bot)
        service(world, chat, author, {"new_chat_members": cards})


def expel(world: World, chat: Chat, user: User, actor: User, *, ban_until: int | None) -> None:
    """Take a user out; with `ban_until` (0 is for ever) he is banned, None lets him come back."""
    was_present = chat.has(user.id)

    def become(member: Member) -> None:
        member.status = "left" if ban_until is None else "kicked"
        member.until = ban_until or 0
        member.is_member = False
        member.rights, member.permissions = {}, {}
        member.custom_title = member.tag = None

    update_member(world, chat, actor, user, become)
    if was_present and chat.is_group:
        service(
            world,
            chat,
            Author(actor, is_bot=actor.is_bot),
            {"left_chat_member": user.card()},
        )


def leave(world: World, chat: Chat, user: User) -> None:
    """Let a user go by himself; a restriction waits for his return."""

    def become(member: Member) -> None:
        if member.status == "restricted":
            member.is_member = False
        else:
            member.status, member.is_member = "left", False
            member.rights, member.custom_title, member.tag = {}, None, None

    was_present = chat.has(user.id)
    update_member(world, chat, user, user, become)
    if was_present and chat.is_group:
        author = Author(user, is_bot=user.is_bot)
        service(world, chat, author, {"left_chat_member": user.card()})


def invite_view(world: World, invite: Invite) -> Json:
    """Return the Bot API ChatInviteLink."""
    view: Json = {
        "invite_link": invite.link,
        "creator": world.users[invite.creator_id].card(),
        "creates_join_request": invite.by_request,
        "is_primary": invite.is_primary,
        "is_revoked": invite.is_revoked,
    }
    if invite.name:
        view["name"] = invite.name
    if invite.expires:
        view["expire_date"] = invite.expires
    if invite.member_limit:
        view["member_limit"] = invite.member_limit
    return view
