"""A person: what she does in her client, what she sees on her screen."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from emulator.actors.admin import Administration
from emulator.actors.base import Actor, Cannot, Where
from emulator.actors.content import Sending
from emulator.actors.joining import Joining
from emulator.actors.seen import Seen
from emulator.world import access
from emulator.world.model import Bot, Chat, Json, Post
from emulator.world.polls import vote
from emulator.world.posts import change, remove
from emulator.world.queries import Press
from emulator.world.reactions import react

__all__ = ["Cannot", "Person"]


class Person(Sending, Joining, Administration, Actor):
    """One human being. Everything happens at once; what bots make of it comes with their next updates.

    `chat` is a bot (its private chat), a `Chat`, or an id; left out, it is the private chat with the only bot.
    """

    def start(self, bot: Bot | None = None, payload: str = "") -> Seen:
        """Open a bot, by a deep link if there is a payload; unblocks it if need be."""
        bot = bot or self._only_bot()
        if bot.id in self.user.blocked:
            self.unblock(bot)
        self.user.started.add(bot.id)
        return self.send(f"/start {payload}".strip(), chat=bot)

    def click(self, button: str, message: Seen | None = None, chat: Where = None) -> Press:
        """Press an inline button by its label or data, in `message` or in the last message that has it.

        Raises Cannot when the person sees no such button.
        """
        found = message or self._with_button(button, chat)
        pressed = found.button(button) if found is not None else None
        if found is None or pressed is None:
            raise Cannot(f"{self.name} sees no button {button!r}")
        if "callback_data" not in pressed:
            raise Cannot(f"the button {button!r} asks no bot")
        number = found.message_id
        if found.is_ephemeral:
            number = -found.raw["ephemeral_message_id"]
        return self._press(found, pressed["callback_data"], number)

    def tap(self, label: str, chat: Where = None) -> Seen:
        """Tap a button of the reply keyboard: it sends its words, or her number when it asks for that.

        Raises Cannot when the latest keyboard has no such button.
        """
        shown = next(
            (one for one in self._newest_first(self.chat_of(chat)) if one.post.prompt), None
        )
        rows = (shown.post.prompt or {}).get("keyboard", []) if shown is not None else []
        button = next((one for row in rows for one in row if one["text"] == label), None)
        if button is None:
            raise Cannot(f"{self.name} sees no key {label!r}")
        if button.get("request_contact"):
            return self.send_contact(f"+7{self.id:010}", chat=chat, own=True)
        return self.send(label, chat=chat)

    def press_stale(self, chat: Chat, message_id: int, data: str, bot: Bot | None = None) -> Press:
        """Send the press of a button that is not there: of a deleted or very old message, or with forged data."""
        made = chat.posts.get(message_id)
        if made is not None:
            return self._press(Seen(chat, made, made.view), data, message_id)
        gone: Json = {"chat": chat.card(), "message_id": message_id, "date": 0}
        owner = bot or self._only_bot()
        return self._press(Seen(chat, Post(gone, owner.id), gone), data, message_id)

    def edit(self, message: Seen, text: str, entities: list[Json] | None = None) -> Seen:
        """Change the words of a message of hers."""
        if message.post.author_id != self.id:
            raise Cannot("only the author edits a message")
        name = "text" if "text" in message.post.view else "caption"
        content = self.text_fields(text, entities, name)
        names = ("text", "entities", "caption", "caption_entities")
        change(self.world, message.chat, message.post, content, drop=names)
        return Seen(message.chat, message.post, message.post.view)

    def edit_raw(self, message: Seen, content: Json) -> Seen:
        """Change any part: a live location moves, a poll gets an option; nothing given is a mere touch."""
        change(self.world, message.chat, message.post, content)
        return Seen(message.chat, message.post, message.post.view)

    def delete(self, message: Seen) -> None:
        """Delete a message; bots hear nothing of it."""
        mine = message.post.author_id == self.id or message.chat.is_private
        member = message.chat.members.get(self.id)
        if not mine and not access.may(message.chat, member, "can_delete_messages"):
            raise Cannot(f"{self.name} may not delete this message")
        remove(message.chat, message.post)

    def react(self, message: Seen, *emoji: str, raw: list[Json] | None = None) -> None:
        """Set her reactions under a message; none takes them back."""
        chosen = raw if raw is not None else [{"type": "emoji", "emoji": one} for one in emoji]
        react(self.world, message.chat, message.post, self.user, chosen)

    def vote(self, message: Seen, *options: int) -> None:
        """Vote in a poll by option numbers from 0; none retracts the vote."""
        vote(self.world, message.post, self.user, list(options))

    def block(self, bot: Bot | None = None) -> None:
        """Block a bot; it hears that it was kicked."""
        self._change_bot(bot or self._only_bot(), blocked=True)

    def unblock(self, bot: Bot | None = None) -> None:
        """Let a bot write again."""
        self._change_bot(bot or self._only_bot(), blocked=False)

    def deactivate(self) -> None:
        """Delete the account."""
        self.user.deactivated = True
        self.user.first_name, self.user.last_name, self.user.username = "", None, None

    # What she sees

    def messages(self, chat: Where = None, topic: int | str | None = None) -> list[Seen]:
        """List the messages on her screen, oldest first, ephemeral ones for her at the end."""
        return list(self._newest_first(self.chat_of(chat), topic))[::-1]

    def last_message(self, chat: Where = None, topic: int | str | None = None) -> Seen | None:
        """Return the newest message on her screen that she did not write herself."""
        place = self.chat_of(chat)
        others = (one for one in self._newest_first(place, topic) if one.post.author_id != self.id)
        newest = next(others, None)
        if newest is None or not newest.is_ephemeral:
            return newest
        lasting = next((one for one in others if not one.is_ephemeral), newest)
        return newest if newest.raw["date"] >= lasting.raw["date"] else lasting

    def _newest_first(self, place: Chat, topic: int | str | None = None) -> Iterator[Seen]:
        """Yield what stands on her screen: ephemeral messages for her, then the others from below."""
        if not place.is_private and not place.has(self.id) and not place.username:
            return
        thread = self.topic_of(place, topic) if topic is not None else None
        own = (one for one in reversed(place.ephemeral.values()) if one.receiver_id == self.id)
        for made in chain(own, reversed(place.posts.values())):
            if topic is None or made.view.get("message_thread_id") == thread:
                yield Seen(place, made, made.view)

    def texts(self, chat: Where = None, topic: int | str | None = None) -> list[str]:
        """List the words on her screen, oldest first."""
        return [one.text for one in self.messages(chat, topic) if one.text]

    def _with_button(self, button: str, chat: Where) -> Seen | None:
        """Return the newest message with this button; an exact name goes before a part of a label."""
        if chat is not None:
            places = [self.chat_of(chat)]
        else:
            private = [one for (_, user), one in self.world.private.items() if user == self.id]
            places = private + [one for one in self.world.chats.values() if one.has(self.id)]
        partly: Seen | None = None
        for place in places:
            for seen in self._newest_first(place):
                if "reply_markup" not in seen.raw or seen.button(button) is None:
                    continue
                if button in _names(seen):
                    return seen
                partly = partly or seen
        return partly

    def _press(self, seen: Seen, data: str, number: int) -> Press:
        bot = self.world.bots.get(seen.post.author_id)
        if bot is None:
            raise Cannot("no bot stands behind this button")
        query = Press(
            self.world.queries.next_id(),
            bot.id,
            self.id,
            seen.chat.id,
            number,
            data,
            self.world.clock.now(),
        )
        self.world.queries.presses[query.id] = query
        payload: dict[str, Any] = {
            "id": query.id,
            "from": self.user.card(),
            "chat_instance": str(abs(seen.chat.id) * 7919 + bot.id),
            "message": seen.raw,
            "data": data,
        }
        self.world.publish(bot, "callback_query", payload)
        return query


def _names(seen: Seen) -> set[str]:
    return {
        name
        for row in seen.rows
        for button in row
        for name in (button["text"], button.get("callback_data", ""))
    }
