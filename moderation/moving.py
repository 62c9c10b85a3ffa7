"""Carrying a message into the topic where it belongs, when its author wants that."""

from __future__ import annotations

from dataclasses import dataclass

from core.effects import Effect, Kind, MessageClass
from core.errors import Refusal
from core.ids import ChatId
from moderation import cards, effects
from moderation.memory import Memory
from moderation.policy import Policy
from moderation.ports import Unit, Units
from moderation.replay import Replay
from moderation.rules import off_topic


@dataclass(frozen=True, slots=True)
class Moving:
    """Moves messages that are off topic."""

    units: Units
    memory: Memory

    async def move(
        self, chat_id: int, message_id: int, hint_id: int, user_id: int, *, name: str, yes: bool
    ) -> bool:
        """Copy the message with its author's name, then take the original and the hint away; or only the hint.

        Refuses `moderation.not_author` to anybody but the author and `message.not_found`.
        """
        async with self.units.begin() as unit:
            author = await unit.messages.author(chat_id, message_id)
            if author is None:
                raise Refusal("message.not_found")
            if author != user_id:
                raise Refusal("moderation.not_author")
            key = f"move:{chat_id}:{message_id}"
            made: list[Effect] = []
            if yes:
                made = await self._copied(unit, chat_id, message_id, key, name)
                later = unit.now + effects.COPY_FIRST
                made += effects.deletions(f"{key}:gone", chat_id, [message_id], later)
                await unit.cases.hide(chat_id, [message_id])
            made += effects.deletions(f"{key}:hint", chat_id, [hint_id])
            await unit.outbox.enqueue(*made)
        return yes

    async def _copied(
        self, unit: Unit, chat_id: int, message_id: int, key: str, name: str
    ) -> list[Effect]:
        body = await unit.messages.body(chat_id, message_id)
        if body is None:
            raise Refusal("message.not_found")
        message = cards.written(body)
        chat = await self.memory.chat_of(chat_id, message.topic_id)
        author = await self.memory.author_of(chat_id, message.author_id)
        findings = Replay(Policy(), chat=chat).judge(message, author).findings
        other = next((f.facts["other"] for f in findings if f.rule == off_topic.RULE), None)
        thread = await _thread(unit, chat_id, str(other))
        if thread is None:
            raise Refusal("message.not_found")
        facts = {"name": name, "topic": chat.topic.title}
        told = effects.told(
            f"{key}:from",
            chat_id,
            "notice-moved",
            facts,
            topic=thread,
            message_class=MessageClass.CONTROL,
        )
        copy = Effect(
            key=f"{key}:copy",
            kind=Kind.COPY,
            message_class=MessageClass.CONTROL,
            chat=ChatId(chat_id),
            topic=thread,
            facts={"from_chat": chat_id, "message_id": message_id},
        )
        return [told, copy]


async def _thread(unit: Unit, chat_id: int, title: str) -> int | None:
    home = await unit.communities.by_chat(chat_id)
    topics = await unit.communities.topics(home.id) if home is not None else ()
    return next((t.thread for t in topics if t.chat == chat_id and t.name == title), None)
