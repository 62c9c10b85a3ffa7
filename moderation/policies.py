"""Numbers of chats and topics: read for rules, changed by people with author and time, undone."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.errors import Refusal
from core.events import Event, EventName
from moderation.memory import Memory
from moderation.overrides import Value, check_value, knobs, lay_over
from moderation.policy import Policy
from moderation.ports import Unit, Units
from moderation.records import Change
from moderation.replay import Difference, compare

REPLAYED = 500
"""Latest messages on which a change is tried before it is made."""


@dataclass(slots=True)
class Policies:
    """The policy of every place, read once and dropped by a change."""

    units: Units
    memory: Memory
    base: Policy = field(default_factory=Policy)
    _known: dict[tuple[int, int | None], Policy] = field(default_factory=dict)

    async def of(self, chat_id: int, topic_id: int | None) -> Policy:
        """Give the defaults with the chat's numbers laid over, then the topic's."""
        known = self._known.get((chat_id, topic_id))
        if known is None:
            async with self.units.reading() as unit:
                known = lay_over(self.base, *await _diffs(unit, chat_id, topic_id))
            self._known[chat_id, topic_id] = known
        return known

    async def value(self, chat_id: int, topic_id: int | None, key: str) -> Value:
        """Tell a number in force. Refuses `policy.unknown`."""
        if key not in knobs():
            raise Refusal("policy.unknown", key=key)
        section, _, name = key.partition(".")
        value: Value = getattr(getattr(await self.of(chat_id, topic_id), section), name)
        return value

    async def preview(
        self, chat_id: int, topic_id: int | None, key: str, value: Value
    ) -> Difference:
        """Tell what a change would have done to the latest messages of the chat. Refuses as `change` does."""
        wanted = check_value(key, value)
        now = await self.of(chat_id, topic_id)
        async with self.units.reading() as unit:
            bodies = await unit.messages.latest(chat_id, REPLAYED)
        return await compare(bodies, self.memory, now, lay_over(now, {key: wanted}), topic_id)

    async def change(
        self, chat_id: int, topic_id: int | None, key: str, value: Value | None, actor_id: int
    ) -> Change:
        """Set a number; None gives the default back. The last write stands, with its author (M103).

        Refuses `policy.unknown`, `policy.wrong_type`, `policy.out_of_range` and `policy.wrong_value`.
        """
        wanted = None if value is None else check_value(key, value)
        async with self.units.begin() as unit:
            made = await self._add(unit, chat_id, topic_id, key, wanted, actor_id)
        self.forget(chat_id)
        return made

    async def last(self, chat_id: int, topic_id: int | None, key: str) -> Change | None:
        """Find who changed a number last."""
        async with self.units.reading() as unit:
            return await unit.policies.last(chat_id, topic_id, key)

    async def author_name(self, telegram_id: int) -> str:
        """Name who changed something."""
        async with self.units.reading() as unit:
            return await unit.chats.staff_name(telegram_id)

    async def undo(self, change_id: int, actor_id: int) -> Change:
        """Put back what stood before. Refuses `policy.changed_since` when another write came after."""
        async with self.units.begin() as unit:
            change = await unit.policies.get(change_id)
            if change is None:
                raise Refusal("policy.changed_since")
            last = await unit.policies.last(change.chat_id, change.topic_id, change.key)
            if last is None or last.id != change_id:
                raise Refusal("policy.changed_since")
            made = await self._add(
                unit, change.chat_id, change.topic_id, change.key, change.before, actor_id
            )
        self.forget(change.chat_id)
        return made

    def forget(self, chat_id: int) -> None:
        """Read the numbers of a chat again."""
        for place in [place for place in self._known if place[0] == chat_id]:
            del self._known[place]

    @staticmethod
    async def _add(
        unit: Unit,
        chat_id: int,
        topic_id: int | None,
        key: str,
        value: Value | None,
        actor_id: int,
    ) -> Change:
        before = (await unit.policies.in_force(chat_id, topic_id)).get(key)
        change = Change(chat_id, topic_id, key, before, value, actor_id, unit.now)
        number = await unit.policies.add(change)
        facts = {"chat": chat_id, "topic": topic_id, "key": key, "change": number}
        await unit.events.record(Event(EventName.POLICY_CHANGED, unit.now, facts=facts))
        return Change(chat_id, topic_id, key, before, value, actor_id, unit.now, id=number)


async def _diffs(unit: Unit, chat_id: int, topic_id: int | None) -> list[dict[str, Value]]:
    chat = await unit.policies.in_force(chat_id, None)
    if topic_id is None:
        return [chat]
    return [chat, await unit.policies.in_force(chat_id, topic_id)]
