"""A message as a person sees it on the screen."""

from dataclasses import dataclass
from typing import Any

from emulator.log import text_of
from emulator.world.model import Chat, Post

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Seen:
    """A snapshot: a later edit makes another one."""

    chat: Chat
    post: Post
    raw: Json

    @property
    def message_id(self) -> int:
        """Return the id; an ephemeral message has id 0 and an `ephemeral_message_id` in `raw`."""
        number: int = self.raw["message_id"]
        return number

    @property
    def text(self) -> str:
        """Return the text, the caption or the words of a rich message; empty when there are none."""
        return text_of(self.raw)

    @property
    def entities(self) -> list[Json]:
        found: list[Json] = self.raw.get("entities") or self.raw.get("caption_entities") or []
        return found

    @property
    def from_id(self) -> int | None:
        number: int | None = self.raw.get("from", {}).get("id")
        return number

    @property
    def topic(self) -> int | None:
        """Return the thread id of a message in a forum topic or a thread."""
        number: int | None = self.raw.get("message_thread_id")
        return number

    @property
    def is_edited(self) -> bool:
        return "edit_date" in self.raw

    @property
    def is_ephemeral(self) -> bool:
        return self.post.receiver_id is not None

    @property
    def rows(self) -> list[list[Json]]:
        """Return the rows of the inline keyboard."""
        found: list[list[Json]] = self.raw.get("reply_markup", {}).get("inline_keyboard", [])
        return found

    @property
    def buttons(self) -> list[str]:
        """List the labels of the inline keyboard in reading order."""
        return [button["text"] for row in self.rows for button in row]

    @property
    def keyboard(self) -> list[str]:
        """List the labels of the reply keyboard that came with the message."""
        rows = (self.post.prompt or {}).get("keyboard", [])
        return [button["text"] for row in rows for button in row]

    @property
    def reactions(self) -> list[str]:
        """List the emoji that stand under the message, one for each person."""
        return [
            str(one.get("emoji", one["type"]))
            for given in self.post.reactions.values()
            for one in given
        ]

    def button(self, label_or_data: str) -> Json | None:
        """Return an inline button by its label or its callback data, None when there is none."""
        every = [button for row in self.rows for button in row]
        for button in every:
            if label_or_data in (button["text"], button.get("callback_data")):
                return button
        return next((button for button in every if label_or_data in button["text"]), None)
