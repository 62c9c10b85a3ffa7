"""Invite links and the door: requests to join and their queries."""

from emulator.errors import bad_request
from emulator.format.utf16 import length
from emulator.methods.callbacks import TOO_OLD
from emulator.methods.registry import Request, method
from emulator.world import access
from emulator.world.invites import QUERY_TIME, make_invite, settle
from emulator.world.membership import invite_view
from emulator.world.model import Chat, Invite, JoinRequest, Json

MAX_NAME = 32
MAX_MEMBERS = 99_999
MANAGE_LINKS = "not enough rights to manage chat invite link"
MANAGE_REQUESTS = "not enough rights to manage chat join requests"


def _chat(request: Request, refusal: str) -> Chat:
    chat = request.world.chat(request.bot, request["chat_id"])
    if chat.is_private:
        raise bad_request("can't access the chat")
    access.require_right(request.world, request.bot, chat, "can_invite_users", refusal)
    return chat


def _apply(request: Request, invite: Invite) -> Json:
    """Put the parameters of the request into the link. Refuses bad ones."""
    name = request.get("name", "")
    if length(name) > MAX_NAME:
        raise bad_request("chat invite link name is too long")
    expires = request.get("expire_date") or None
    if expires is not None and expires <= request.world.now():
        raise bad_request("EXPIRE_DATE_INVALID")
    limit = request.get("member_limit") or None
    by_request = bool(request.get("creates_join_request"))
    if limit is not None and not 1 <= limit <= MAX_MEMBERS:
        raise bad_request("USAGE_LIMIT_INVALID")
    if limit is not None and by_request:
        raise bad_request(
            "member limit can't be specified for links requiring administrator approval"
        )
    invite.name, invite.expires = name or None, expires
    invite.member_limit, invite.by_request = limit, by_request
    return invite_view(request.world, invite)


@method("exportChatInviteLink")
def export_chat_invite_link(request: Request) -> str:
    """Make a primary link; the bot's earlier one is revoked."""
    chat = _chat(request, MANAGE_LINKS)
    return make_invite(request.world, chat, request.bot, is_primary=True).link


@method("createChatInviteLink")
def create_chat_invite_link(request: Request) -> Json:
    """Make an additional link."""
    chat = _chat(request, MANAGE_LINKS)
    invite = make_invite(request.world, chat, request.bot)
    try:
        return _apply(request, invite)
    except Exception:
        del chat.invites[invite.link]
        raise


def _own(request: Request, chat: Chat) -> Invite:
    invite = chat.invites.get(request["invite_link"])
    if invite is None or invite.creator_id != request.bot.id:
        raise bad_request("INVITE_HASH_EXPIRED")
    return invite


@method("editChatInviteLink")
def edit_chat_invite_link(request: Request) -> Json:
    """Change a link of the bot that is not primary and not revoked."""
    invite = _own(request, _chat(request, MANAGE_LINKS))
    if invite.is_primary or invite.is_revoked:
        raise bad_request("INVITE_HASH_EXPIRED")
    return _apply(request, invite)


@method("revokeChatInviteLink")
def revoke_chat_invite_link(request: Request) -> Json:
    """Make a link useless; a primary one is replaced."""
    chat = _chat(request, MANAGE_LINKS)
    invite = _own(request, chat)
    if invite.is_primary:
        make_invite(request.world, chat, request.bot, is_primary=True)
    invite.is_revoked = True
    return invite_view(request.world, invite)


@method("approveChatJoinRequest", "declineChatJoinRequest")
def settle_join_request(request: Request) -> bool:
    """Let a waiting person in or turn her away."""
    chat = _chat(request, MANAGE_REQUESTS)
    user = request.world.user(request["user_id"])
    if user.id not in chat.requests:
        present = chat.has(user.id)
        raise bad_request("USER_ALREADY_PARTICIPANT" if present else "HIDE_REQUESTER_MISSING")
    approve = request.method == "approveChatJoinRequest"
    settle(request.world, chat, user, request.bot, approve=approve)
    return True


def _query(request: Request) -> tuple[Chat, JoinRequest]:
    """Return what a join request query asks about. Refuses one that is over ten seconds old or settled."""
    known = request.world.queries.join_queries.get(request["chat_join_request_query_id"])
    if known is None:
        raise bad_request(TOO_OLD)
    chat = request.world.chats[known[0]]
    waiting = chat.requests.get(known[1])
    if waiting is None or request.world.clock.now() - waiting.date > QUERY_TIME:
        raise bad_request(TOO_OLD)
    if not chat.has(request.bot.id):
        raise bad_request(TOO_OLD)
    return chat, waiting


@method("answerChatJoinRequestQuery")
def answer_join_request_query(request: Request) -> bool:
    """Approve, decline, or leave the request to the administrators."""
    result = request["result"]
    if result not in ("approve", "decline", "queue"):
        raise bad_request("wrong parameter result in request")
    chat, waiting = _query(request)
    request.world.queries.join_queries.pop(waiting.query_id or "", None)
    if result != "queue":
        user = request.world.users[waiting.user_id]
        settle(request.world, chat, user, request.bot, approve=result == "approve")
    return True


@method("sendChatJoinRequestWebApp")
def send_join_request_web_app(request: Request) -> bool:
    """Show the asking person a Mini App before the decision."""
    url = request["web_app_url"]
    if not url.lower().startswith("https://"):
        raise bad_request(f"Web App URL '{url}' is invalid: Only HTTPS links are allowed")
    _, waiting = _query(request)
    waiting.web_app_url = url
    return True
