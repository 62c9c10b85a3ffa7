"""The truth of the chat: rights that are missing, what people did by hand, who came back, chats that moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.effects import Effect, Kind
from core.ids import ChatId
from moderation import cards, effects, lifting
from moderation.acts import CardReason
from moderation.cases import Case, CaseState, Sanction, SanctionKind, Step, Verdict
from moderation.memory import Memory
from moderation.ports import Unit, Units
from moderation.raids import JOINS, PlaceOf

RULE = "by_hand"
RIGHTS = {"delete": "case-right-delete", "restrict": "case-right-restrict"}
"""Rights the executor needs, and their names."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A member's standing as an update told it. `by` is who changed it; `until` None is for ever."""

    user_id: int
    status: str
    by: int
    at: datetime
    until: datetime | None = None
    silenced: bool = False
    """Restricted so that the member cannot write."""
    was_held: bool = False
    """Banned or silenced before."""
    came_in: bool = False


@dataclass(frozen=True, slots=True)
class Executor:
    """Keeps what is stored in step with what is. Everything here may be told twice."""

    units: Units
    memory: Memory
    staff: PlaceOf
    own_bot: int

    async def changed(self, chat_id: int, standing: Standing) -> None:
        """Take a change of a member's standing: a ban by hand is a case (M58), a return meets old sanctions (M79)."""
        self.memory.forget_author(chat_id, standing.user_id)
        if standing.came_in:
            await self._returned(chat_id, standing)
        if standing.by in {self.own_bot, standing.user_id}:
            return
        held = standing.status == "kicked" or standing.silenced
        if held:
            await self._by_hand(chat_id, standing)
        elif standing.was_held:
            async with self.units.begin() as unit:
                open_ones = await unit.cases.held(chat_id, standing.user_id)
                for sanction in await lifting.end(unit, open_ones, standing.by, "lifted"):
                    if sanction.case_id is not None:
                        step = Step(unit.now, "lifted by hand", standing.by)
                        await unit.cases.note(sanction.case_id, step)

    async def _by_hand(self, chat_id: int, standing: Standing) -> None:
        kind = SanctionKind.BAN if standing.status == "kicked" else SanctionKind.MUTE
        verdict = Verdict.BAN if kind is SanctionKind.BAN else Verdict.MUTE
        async with self.units.begin() as unit:
            case = Case(
                key=f"{chat_id}:hand:{standing.user_id}:{int(standing.at.timestamp())}",
                chat_id=chat_id,
                message_id=0,
                message_ids=(),
                author_id=standing.user_id,
                author_kind="user",
                rule=RULE,
                action="banned" if kind is SanctionKind.BAN else "muted",
                reason=CardReason.DONE,
                opened_at=standing.at,
                state=CaseState.DECIDED,
                verdict=verdict.value,
                decided_by=standing.by,
                decided_at=standing.at,
            )
            case_id = await unit.cases.open(case)
            if case_id is None:
                return
            await unit.cases.note(case_id, Step(unit.now, "done by hand", standing.by))
            await unit.cases.sanction(
                Sanction(
                    chat_id=chat_id,
                    user_id=standing.user_id,
                    kind=kind,
                    rule=RULE,
                    since=standing.at,
                    case_id=case_id,
                    until=standing.until,
                    actor_id=standing.by,
                )
            )

    async def _returned(self, chat_id: int, standing: Standing) -> None:
        """Put in force again what was decided while the person was away."""
        async with self.units.begin() as unit:
            made: list[Effect] = []
            for sanction in await unit.cases.held(chat_id, standing.user_id):
                if sanction.rule == JOINS or (
                    sanction.until is not None and sanction.until <= unit.now
                ):
                    continue
                key = f"sanction:{sanction.id}:again:{int(standing.at.timestamp())}"
                if sanction.kind is SanctionKind.MUTE:
                    made.append(effects.mute(key, chat_id, sanction.user_id, sanction.until))
                elif sanction.kind is SanctionKind.BAN:
                    user = sanction.user_id
                    made.append(effects.control(key, Kind.BAN, ChatId(chat_id), user_id=user))
            if made:
                await unit.outbox.enqueue(*made)

    async def lacks(
        self, chat_id: int, right: str, *, message_ids: tuple[int, ...] = (), user_id: int = 0
    ) -> None:
        """Note that Telegram refused for want of a right: one alert per right and chat, nothing claimed done (M67)."""
        async with self.units.begin() as unit:
            for case in await self._failed(unit, chat_id, message_ids, user_id):
                await self._not_done(unit, case, right, user_id)
            staff = self.staff(chat_id)
            if not await unit.chats.lacks(chat_id, right, unit.now) or staff is None:
                return
            title = (await self.memory.chat_of(chat_id, None)).topic.title
            facts = {
                "right": {"text": RIGHTS[right]},
                "chat": title,
                "language": staff.language,
            }
            key = f"right:{chat_id}:{right}:{int(unit.now.timestamp())}"
            alert = effects.told(
                key, staff.chat_id, "case-right-missing", facts, topic=staff.topic_id
            )
            await unit.outbox.enqueue(alert)

    async def _failed(
        self, unit: Unit, chat_id: int, message_ids: tuple[int, ...], user_id: int
    ) -> list[Case]:
        if message_ids:
            return await unit.cases.about(chat_id, message_ids)
        held = await unit.cases.held(chat_id, user_id)
        numbers = sorted({s.case_id for s in held if s.case_id is not None})
        found = [await unit.cases.get(number) for number in numbers]
        return [case for case in found if case is not None]

    async def _not_done(self, unit: Unit, case: Case, right: str, user_id: int) -> None:
        if user_id:
            given = await unit.cases.sanctions_of_case(case.id)
            open_ones = [s.id for s in given if s.kind is not SanctionKind.WARN]
            await unit.cases.end_sanctions(open_ones, unit.now, None, "not done")
            self.memory.forget_author(case.chat_id, user_id)
        await unit.cases.set(case.id, action="not-done")
        await unit.cases.note(case.id, Step(unit.now, "not done", None, {"right": right}))
        staff = self.staff(case.chat_id)
        if staff is None or case.rule in {"manual", RULE}:
            return
        line = {"text": "case-not-done", "right": {"text": RIGHTS[right]}}
        fresh = await unit.cases.get(case.id)
        if fresh is not None:
            words = await cards.words_of(self.memory, fresh, notes=(line,))
            await unit.outbox.enqueue(cards.rewritten(fresh, staff, words, f"not-done:{right}"))

    async def bot_changed(self, chat_id: int, *, is_in: bool) -> None:
        """Follow the bot's own standing: put out, its timers end and nothing waits (M78); in, rights are asked anew."""
        self.memory.forget_chat(chat_id)
        async with self.units.begin() as unit:
            await unit.chats.granted(chat_id)
            if not is_in:
                await unit.cases.end_all(chat_id, unit.now, "chat left")
                await unit.chats.open_gate(chat_id)
                await unit.chats.cancel_outgoing(chat_id, unit.now)

    async def migrated(self, old: int, new: int) -> None:
        """Move a community's settings, cases, timers and waiting messages to its new id, once (M77)."""
        async with self.units.begin() as unit:
            await unit.communities.migrate(old, new)
            await unit.chats.migrate(old, new)
            await unit.outbox.migrate_chat(old, new)
        self.memory.forget_chat(old)
        self.memory.forget_chat(new)
