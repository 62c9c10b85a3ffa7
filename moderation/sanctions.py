"""What moderators do by command: warn, mute, ban, unban, note, purge. Each is a case with its author."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from core.effects import Effect, Kind
from core.errors import Refusal
from core.events import Event, EventName
from core.ids import ChatId
from moderation import cards, effects, lifting
from moderation.cases import Case, Note, Sanction, SanctionKind, Step
from moderation.commands import Order, Target, need
from moderation.manual import EVENTS, RULE, Place, calls, case_of, clean, length_of
from moderation.memory import Memory
from moderation.model import TELEGRAM_SERVICE_ID, AuthorKind
from moderation.policy import LadderPolicy
from moderation.ports import Unit, Units
from moderation.raids import PlaceOf, PolicyOf

LONGEST_PURGE = 300
"""Messages one /purge takes away."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a command did; `asked`: a ban waits for confirmation; `left`: messages too old to delete."""

    case_id: int | None = None
    duration: timedelta | None = None
    asked: bool = False
    count: int = 0
    left: int = 0


@dataclass(frozen=True, slots=True)
class History:
    """What staff see about a member."""

    user_id: int
    messages: int
    sanctions: tuple[Sanction, ...]
    cases: tuple[Case, ...]
    notes: tuple[Note, ...]
    points: int


@dataclass(frozen=True, slots=True)
class Sanctions:
    """Use cases of the commands. All refuse `moderation.no_target`, `moderation.target_self` and `.target_staff`."""

    units: Units
    memory: Memory
    policy: PolicyOf
    staff: PlaceOf
    own_bot: int

    async def warn(self, place: Place, order: Order) -> Done:
        """Give a warning that fades after `ladder.strike_days`."""
        return await self._sanction(place, order, SanctionKind.WARN)

    async def mute(self, place: Place, order: Order) -> Done:
        """Mute for a time, an hour when none is said; never for ever by accident (M71)."""
        return await self._sanction(place, order, SanctionKind.MUTE)

    async def ban(self, place: Place, order: Order) -> Done:
        """Close the chat to somebody. With a history here it must be confirmed: Telegram erases it all (M75)."""
        return await self._sanction(place, order, SanctionKind.BAN)

    async def unban(self, place: Place, order: Order) -> Done:
        """Lift every mute and ban of a member."""
        async with self.units.begin() as unit:
            user_id, _ = await self._target(unit, place, order.target)
            given = await unit.cases.held(place.chat_id, user_id)
            held = await lifting.end(unit, given, place.actor_id, "lifted")
            made: list[Effect] = []
            for sanction in held:
                made += await lifting.lift(unit, sanction, "lifted")
                if sanction.case_id is not None:
                    await unit.cases.note(
                        sanction.case_id, Step(unit.now, "lifted", place.actor_id)
                    )
            if not any(effect.kind is Kind.UNBAN for effect in made) and user_id > 0:
                key = f"{place.key}:unban"
                made.append(
                    effects.control(key, Kind.UNBAN, ChatId(place.chat_id), user_id=user_id)
                )
            await unit.outbox.enqueue(*made, *clean(place))
        self.memory.forget_author(place.chat_id, user_id)
        return Done(count=len(held))

    async def note(self, place: Place, order: Order) -> Done:
        """Keep words about a member for staff. Refuses `moderation.no_words`."""
        if not order.reason:
            raise Refusal("moderation.no_words")
        async with self.units.begin() as unit:
            user_id, case = await self._target(unit, place, order.target)
            await unit.notes.add(
                place.chat_id,
                user_id,
                place.actor_id,
                unit.now,
                order.reason,
                case_id=case.id if case is not None else None,
            )
            await unit.outbox.enqueue(*clean(place))
        return Done()

    async def history(self, place: Place, order: Order) -> History:
        """Tell what was written, decided and noted about a member; a look changes nothing."""
        async with self.units.reading() as unit:
            user_id, _ = await self._target(unit, place, order.target, look=True)
            given = await unit.cases.sanctions_of(place.chat_id, user_id)
            policy = (await self.policy(place.chat_id, None)).ladder
            since = unit.now - timedelta(days=policy.strike_days)
            live = sum(s.points for s in given if s.since > since and s.ended_at is None)
            return History(
                user_id=user_id,
                messages=await unit.messages.written(place.chat_id, user_id),
                sanctions=tuple(given),
                cases=tuple(await unit.cases.of_author(place.chat_id, user_id)),
                notes=tuple(await unit.notes.of(place.chat_id, user_id)),
                points=live,
            )

    async def purge(self, place: Place, first: int) -> Done:
        """Delete what stands in the topic from a message up to the command, in batches (M70 M69)."""
        async with self.units.begin() as unit:
            found = await unit.messages.since(
                place.chat_id, place.topic_id, first, place.message_id, LONGEST_PURGE
            )
            young = [number for number, at in found if unit.now - at < effects.DELETABLE]
            ids = sorted({*young, place.message_id})
            await unit.outbox.enqueue(*effects.deletions(f"{place.key}:purge", place.chat_id, ids))
            await unit.cases.hide(place.chat_id, ids)
            facts = {"chat": place.chat_id, "by": place.actor_id, "count": len(young)}
            await unit.events.record(Event(EventName.MESSAGE_HIDDEN, unit.now, facts=facts))
            return Done(count=len(young), left=len(found) - len(young))

    async def say(self, place: Place, words: str, reply_to: int | None) -> None:
        """Say ready words in the topic, in place of the command."""
        async with self.units.begin() as unit:
            facts: dict[str, object] = {"words": words}
            if reply_to is not None:
                facts["reply_to"] = reply_to
            said = effects.told(
                f"{place.key}:said", place.chat_id, "command-said", facts, topic=place.topic_id
            )
            await unit.outbox.enqueue(said, *clean(place))

    async def misused(self, place: Place) -> None:
        """Take a misused command away."""
        async with self.units.begin() as unit:
            await unit.outbox.enqueue(*clean(place))

    async def _sanction(self, place: Place, order: Order, kind: SanctionKind) -> Done:
        ladder = (await self.policy(place.chat_id, place.topic_id)).ladder
        async with self.units.begin() as unit:
            user_id, source = await self._target(unit, place, order.target)
            wrote = await unit.messages.written(place.chat_id, user_id)
            channel = user_id < 0
            asked = kind is SanctionKind.BAN and not channel and wrote >= ladder.history_messages
            length = length_of(order, kind, ladder)
            case = case_of(place, order, kind, user_id, unit.now, source, asked=asked)
            case_id = await unit.cases.open(case)
            if case_id is None:
                return Done()
            case = replace(case, id=case_id)
            await unit.cases.note(case_id, Step(unit.now, f"/{kind.value}", place.actor_id))
            if order.reason:
                await unit.notes.add(
                    place.chat_id, user_id, place.actor_id, unit.now, order.reason, case_id=case_id
                )
            await self._carry_out(unit, case, kind, length, order, ladder, asked=asked)
            await unit.outbox.enqueue(*clean(place))
        self.memory.forget_author(place.chat_id, user_id)
        return Done(case_id, length, asked=asked)

    async def _carry_out(
        self,
        unit: Unit,
        case: Case,
        kind: SanctionKind,
        length: timedelta | None,
        order: Order,
        ladder: LadderPolicy,
        *,
        asked: bool,
    ) -> None:
        if asked:
            kind, length = SanctionKind.MUTE, timedelta(seconds=ladder.held_seconds)
        elif case.author_kind == AuthorKind.CHANNEL and kind is not SanctionKind.WARN:
            kind, length = SanctionKind.BAN_CHANNEL, None
        sanction = Sanction(
            chat_id=case.chat_id,
            user_id=case.author_id,
            kind=kind,
            rule=RULE,
            since=unit.now,
            case_id=case.id,
            points=1 if kind is SanctionKind.WARN else 0,
            until=unit.now + length if length is not None else None,
            actor_id=case.decided_by or case.claimed_by,
        )
        await unit.cases.sanction(sanction)
        await unit.outbox.enqueue(*calls(case, sanction))
        if asked:
            await self._ask(unit, case)
        else:
            await unit.outbox.enqueue(*await self._told(case, sanction, length, order, ladder))
        name = EVENTS.get(kind)
        if name is not None:
            await unit.events.record(Event(name, unit.now, facts={"case": case.id}))

    async def _ask(self, unit: Unit, case: Case) -> None:
        staff = self.staff(case.chat_id)
        if staff is not None:
            words = await cards.words_of(self.memory, case)
            await unit.outbox.enqueue(cards.card(case, staff, words))

    async def _told(
        self,
        case: Case,
        sanction: Sanction,
        length: timedelta | None,
        order: Order,
        ladder: LadderPolicy,
    ) -> list[Effect]:
        if case.author_id < 0:
            return []
        topic = (await self.memory.chat_of(case.chat_id, case.topic_id)).topic.title
        facts = {"topic": topic, "reason": order.reason or {"text": "rule-manual"}}
        key = f"case:{case.id}:notice"
        if sanction.kind is SanctionKind.BAN:
            button = [[("notice-appeal-button", f"appeal:{case.id}")]]
            return [effects.told(key, case.author_id, "notice-banned", facts, buttons=button)]
        if sanction.kind is SanctionKind.MUTE and length is not None:
            facts["duration"] = effects.duration(length)
            return [effects.notice(key, case, case.author_id, "notice-muted", facts)]
        facts["duration"] = effects.duration(timedelta(days=ladder.strike_days))
        return [effects.notice(key, case, case.author_id, "notice-warned", facts)]

    async def _target(
        self, unit: Unit, place: Place, target: Target, *, look: bool = False
    ) -> tuple[int, Case | None]:
        """Find whom a command is about, by id whatever the name (M46). Staff cannot be targets (M88)."""
        need(target)
        case = await unit.cases.get(target.case_id) if target.case_id is not None else None
        user_id = target.user_id or (case.author_id if case is not None else None)
        if user_id is None and target.username:
            user_id = await unit.messages.named(target.username)
        if user_id is None:
            raise Refusal("person.not_found")
        if look:
            return user_id, case
        if user_id == place.actor_id and user_id != place.chat_id:
            raise Refusal("moderation.target_self")
        author = await self.memory.author_of(place.chat_id, user_id, fresh=True)
        own = {self.own_bot, TELEGRAM_SERVICE_ID, place.chat_id}
        linked = (await self.memory.chat_of(place.chat_id, None)).linked_channel_id
        if user_id in own or user_id == linked or author.is_staff:
            raise Refusal("moderation.target_staff")
        return user_id, case
