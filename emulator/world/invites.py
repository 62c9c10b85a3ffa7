"""Invite links and requests to join."""

from emulator.world.access import USER_CHAT_TIME
from emulator.world.membership import admit, invite_view
from emulator.world.model import Bot, Chat, Invite, JoinRequest, Json, User
from emulator.world.world import World

QUERY_TIME = 10
"""Seconds in which a bot has to answer a join request query (Bot API 10.1)."""


def make_invite(world: World, chat: Chat, creator: User, *, is_primary: bool = False) -> Invite:
    """Create an invite link; the earlier primary link of the creator is revoked."""
    if is_primary:
        for other in chat.invites.values():
            if other.is_primary and other.creator_id == creator.id:
                other.is_revoked = True
    code = world.chance.randbytes(12).hex()[:16]
    invite = Invite(f"https://t.me/+{code}", creator.id, is_primary=is_primary)
    chat.invites[invite.link] = invite
    return invite


def find_invite(world: World, chat: Chat, link: str) -> Invite | None:
    """Return a link that lets in at this moment, None otherwise."""
    invite = chat.invites.get(link)
    if invite is None or invite.is_revoked:
        return None
    if invite.expires is not None and invite.expires <= world.now():
        return None
    if invite.member_limit is not None and invite.used >= invite.member_limit:
        return None
    return invite


def admit_by_link(world: World, chat: Chat, user: User, invite: Invite) -> None:
    """Let a user in by a link."""
    admit(world, chat, user, user, invite=invite)


def request_to_join(world: World, chat: Chat, user: User, invite: Invite | None) -> JoinRequest:
    """Leave a request; every bot that may invite hears of it and may write to the user for five minutes.

    The bot that guards the chat gets a query with it, to be answered within ten seconds.
    """
    request = JoinRequest(user.id, world.now(), invite, bio=user.bio)
    chat.requests[user.id] = request
    for bot in world.bots_in(chat):
        member = chat.members[bot.id]
        if not member.is_admin or not member.rights.get("can_invite_users"):
            continue
        payload: Json = {
            "chat": chat.card(),
            "from": user.card(),
            "user_chat_id": user.id,
            "date": request.date,
        }
        if user.bio:
            payload["bio"] = user.bio
        if invite is not None:
            payload["invite_link"] = invite_view(world, invite)
        if _guards(chat, bot):
            request.query_id = payload["query_id"] = world.queries.next_id()
            world.queries.join_queries[request.query_id] = (chat.id, user.id)
        user.read_by[bot.id] = world.clock.now() + USER_CHAT_TIME
        world.publish(bot, "chat_join_request", payload)
    return request


def _guards(chat: Chat, bot: Bot) -> bool:
    return bot.supports_join_request_queries and chat.guard_bot_id in (None, bot.id)


def settle(world: World, chat: Chat, user: User, actor: User, *, approve: bool) -> None:
    """Close a request; an approved person is in."""
    request = chat.requests.pop(user.id)
    if request.query_id is not None:
        world.queries.join_queries.pop(request.query_id, None)
    if approve:
        admit(world, chat, user, actor, invite=request.invite, by_request=True)
