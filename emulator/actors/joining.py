"""Coming and going."""

from emulator.actors.base import Actor, Cannot
from emulator.world.invites import admit_by_link, find_invite, request_to_join
from emulator.world.membership import admit, leave, tell_joined
from emulator.world.model import Chat


class Joining(Actor):
    """Join, ask to join, leave."""

    def join(self, chat: Chat, link: str | None = None) -> None:
        """Enter a chat, by an invite link if given. Raises Cannot when the door is shut."""
        self._require_not_banned(chat)
        if link is not None:
            invite = find_invite(self.world, chat, link)
            if invite is None:
                raise Cannot("the invite link is not valid")
            if not invite.by_request:
                admit_by_link(self.world, chat, self.user, invite)
                return
        if chat.join_by_request or link is not None:
            raise Cannot("this chat lets in by request only")
        admit(self.world, chat, self.user, self.user)

    def request_join(self, chat: Chat, link: str | None = None) -> str | None:
        """Ask to be let in; return the id of the query when a bot guards the door."""
        self._require_not_banned(chat)
        invite = find_invite(self.world, chat, link) if link is not None else None
        if link is not None and invite is None:
            raise Cannot("the invite link is not valid")
        return request_to_join(self.world, chat, self.user, invite).query_id

    def cancel_request(self, chat: Chat) -> None:
        """Take the request to join back; bots hear nothing."""
        chat.requests.pop(self.id, None)

    def leave(self, chat: Chat) -> None:
        """Go."""
        leave(self.world, chat, self.user)

    def invite(self, chat: Chat, *people: "Actor") -> None:
        """Bring others in at once: one service message names them all."""
        came = [
            person.user
            for person in people
            if admit(self.world, chat, person.user, self.user, told=False)
        ]
        tell_joined(self.world, chat, self.user, came)

    def _require_not_banned(self, chat: Chat) -> None:
        member = self.member_in(chat)
        if member is not None and member.status == "kicked":
            raise Cannot(f"{self.name} is banned from the chat")
