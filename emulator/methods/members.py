"""Moderating members: bans, restrictions, promotions, tags, permissions."""

import re

from emulator.errors import bad_request
from emulator.format.utf16 import length
from emulator.methods.registry import Request, method
from emulator.world import access
from emulator.world.membership import expel, leave, member_of, until, update_member
from emulator.world.model import Chat, Member, User
from emulator.world.rights import ALL_RIGHTS, restricted_permissions, rights_of

RESTRICT = "not enough rights to restrict/unrestrict chat member"
MAX_TITLE = 16
"""UTF-16 units of a tag or a custom title."""
EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\ufe0f]")


def _chat(request: Request) -> Chat:
    return request.world.chat(request.bot, request["chat_id"])


def _target(request: Request, chat: Chat) -> User:
    """Return the member to act on. Refuses the bot itself, the owner and administrators."""
    user = request.world.user(request["user_id"])
    if user.id == request.bot.id:
        raise bad_request("can't restrict self")
    member = access.standing(request.world, chat, user.id)
    if member is not None and member.status == "creator":
        raise bad_request("can't remove chat owner")
    if member is not None and member.is_admin and member.promoted_by != request.bot.id:
        raise bad_request("user is an administrator of the chat")
    return user


@method("banChatMember")
def ban_chat_member(request: Request) -> bool:
    """Ban a user; he is out and cannot return before until_date."""
    chat = _chat(request)
    if chat.is_private:
        raise bad_request("method is available for group, supergroup and channel chats only")
    access.require_right(request.world, request.bot, chat, "can_restrict_members", RESTRICT)
    user = _target(request, chat)
    end = until(request.world, request.get("until_date")) if chat.type != "group" else 0
    expel(request.world, chat, user, request.bot, ban_until=end)
    return True


@method("unbanChatMember")
def unban_chat_member(request: Request) -> bool:
    """Lift a ban; without only_if_banned a present member is thrown out, free to return."""
    chat = _chat(request)
    access.require_group(chat, supergroup=True, channel=True)
    access.require_right(request.world, request.bot, chat, "can_restrict_members", RESTRICT)
    user = request.world.user(request["user_id"])
    member = member_of(request.world, chat, user.id)
    if member.status != "kicked" and request.get("only_if_banned"):
        return True
    if member.status != "kicked":
        _target(request, chat)
    expel(request.world, chat, user, request.bot, ban_until=None)
    return True


@method("restrictChatMember")
def restrict_chat_member(request: Request) -> bool:
    """Restrict a user in a supergroup; permissions that cover all the chat allows lift the restriction."""
    chat = _chat(request)
    access.require_group(chat, supergroup=True)
    access.require_right(request.world, request.bot, chat, "can_restrict_members", RESTRICT)
    user = _target(request, chat)
    independent = request.get("use_independent_chat_permissions", False)
    asked = restricted_permissions(request["permissions"], independent=independent)
    end = until(request.world, request.get("until_date"))
    free = all(asked[name] for name, allowed in chat.permissions.items() if allowed)

    def become(member: Member) -> None:
        if member.status == "kicked":
            member.is_member = False
        else:
            member.is_member = member.present
        if free:
            member.status = "member" if member.is_member else "left"
            member.permissions, member.until = {}, 0
        else:
            member.status, member.permissions, member.until = "restricted", asked, end
        member.rights = {}

    update_member(request.world, chat, request.bot, user, become)
    return True


@method("promoteChatMember")
def promote_chat_member(request: Request) -> bool:
    """Make a member an administrator with rights the bot itself has; no right at all demotes him."""
    chat = _chat(request)
    access.require_group(chat, supergroup=True, channel=True)
    own = access.require_right(
        request.world, request.bot, chat, "can_promote_members", "not enough rights"
    )
    user = request.world.user(request["user_id"])
    member = member_of(request.world, chat, user.id)
    if member.status == "creator":
        raise bad_request("can't remove chat owner")
    if member.is_admin and member.promoted_by != request.bot.id:
        raise bad_request("CHAT_ADMIN_REQUIRED")
    if not member.present and chat.type != "channel":
        raise bad_request("PARTICIPANT_ID_INVALID")
    asked = {name: bool(request.get(name)) for name in rights_of(chat.type)}
    anonymous = bool(request.get("is_anonymous"))
    promoted = anonymous or any(request.get(name) for name in ALL_RIGHTS)
    if any(asked[name] and not access.may(chat, own, name) for name in asked):
        raise bad_request("RIGHT_FORBIDDEN")

    def become(member: Member) -> None:
        member.status = "administrator" if promoted else "member"
        member.rights = asked | {"can_manage_chat": True} if promoted else {}
        member.is_anonymous = anonymous
        member.is_member, member.permissions, member.until = True, {}, 0
        member.promoted_by = request.bot.id if promoted else 0
        if not promoted:
            member.custom_title = None

    update_member(request.world, chat, request.bot, user, become)
    return True


@method("setChatAdministratorCustomTitle")
def set_custom_title(request: Request) -> bool:
    """Give a title to an administrator whom the bot promoted."""
    chat = _chat(request)
    access.require_group(chat, supergroup=True)
    access.require_right(
        request.world, request.bot, chat, "can_promote_members", "not enough rights"
    )
    member = member_of(request.world, chat, request.world.user(request["user_id"]).id)
    if member.status == "creator":
        raise bad_request("only creator can edit their custom title")
    if member.status != "administrator":
        raise bad_request("user is not an administrator")
    if member.promoted_by != request.bot.id:
        raise bad_request("not enough rights to change custom title of the user")
    title = request["custom_title"]
    if length(title) > MAX_TITLE:
        raise bad_request("ADMIN_RANK_INVALID")
    if EMOJI.search(title):
        raise bad_request("ADMIN_RANK_EMOJI_NOT_ALLOWED")
    member.custom_title = title or None
    return True


@method("setChatMemberTag")
def set_chat_member_tag(request: Request) -> bool:
    """Give or take the tag of an ordinary member; needs can_manage_tags."""
    chat = _chat(request)
    access.require_group(chat, supergroup=True)
    access.require_right(request.world, request.bot, chat, "can_manage_tags", "CHAT_ADMIN_REQUIRED")
    user = request.world.user(request["user_id"])
    member = member_of(request.world, chat, user.id)
    tag = request.get("tag", "")
    if length(tag) > MAX_TITLE:
        raise bad_request("TAG_INVALID")
    if EMOJI.search(tag):
        raise bad_request("TAG_EMOJI_NOT_ALLOWED")
    if not member.present:
        raise bad_request("PARTICIPANT_ID_INVALID")
    if member.is_admin:
        raise bad_request("TAG_CHANGE_FORBIDDEN")

    def become(member: Member) -> None:
        member.tag = tag or None

    update_member(request.world, chat, request.bot, user, become)
    return True


@method("setChatPermissions")
def set_chat_permissions(request: Request) -> bool:
    """Set what ordinary members may do."""
    chat = _chat(request)
    access.require_group(chat)
    access.require_right(
        request.world,
        request.bot,
        chat,
        "can_restrict_members",
        "not enough rights to change chat permissions",
    )
    independent = request.get("use_independent_chat_permissions", False)
    asked = restricted_permissions(request["permissions"], independent=independent)
    if asked == chat.permissions:
        raise bad_request("CHAT_NOT_MODIFIED")
    chat.permissions = asked
    return True


@method("banChatSenderChat", "unbanChatSenderChat")
def ban_chat_sender_chat(request: Request) -> bool:
    """Forbid or allow a channel to be written as in a supergroup or channel."""
    chat = _chat(request)
    access.require_group(chat, supergroup=True, channel=True)
    access.require_right(request.world, request.bot, chat, "can_restrict_members", RESTRICT)
    sender = request.world.chats.get(request["sender_chat_id"])
    if sender is None:
        raise bad_request("chat not found")
    if sender.id in (chat.id, chat.linked_chat_id):
        raise bad_request("PARTICIPANT_ID_INVALID")
    if request.method == "banChatSenderChat":
        chat.banned_sender_chats.add(sender.id)
    else:
        chat.banned_sender_chats.discard(sender.id)
    return True


@method("leaveChat")
def leave_chat(request: Request) -> bool:
    """Leave a group, supergroup or channel."""
    chat = _chat(request)
    if chat.is_private:
        raise bad_request("chat not found")
    access.require_member(request.world, request.bot, chat)
    leave(request.world, chat, request.bot)
    return True
