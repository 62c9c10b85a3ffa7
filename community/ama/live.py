"""A session while it runs: every step is a row, so a restart in the middle changes nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from community.ama import effects
from community.ama.model import LONGEST_MINUTES, Answer, Asked, Session, State, move
from community.ama.place import place_of, topic_link
from community.ama.planning import DESK_TOPIC, home_of, record, session_of, topic_of
from community.ama.ports import AmaUnit, AmaUnits
from community.ama.rules import in_order
from community.model import address
from community.words import act, message
from core.effects import Kind
from core.errors import Refusal
from core.events import EventName
from core.ids import ChatId, PersonId

ABSENT_AFTER = timedelta(minutes=10)
"""Without a sign of the expert for this long after the start, the staff is asked what to do."""
OVERTIME = timedelta(minutes=30)
"""A session nobody ended ends by itself this long after its hour."""


@dataclass(frozen=True, slots=True)
class Live:
    """Use cases of a running session."""

    units: AmaUnits

    async def start(self, session: int, author: PersonId | None, now: datetime) -> Session:
        """Open the topic and put the first question on stage. Refused: `ama.not_now`."""
        async with self.units.begin() as unit:
            held = await session_of(unit, session, lock=True)
            running = replace(held, state=move(held, "start"))
            home = await home_of(unit, held.community)
            topic = await place_of(unit, held, home)
            if held.thread is not None and topic is not None:
                shared = await topic_of(unit, home)
                link = topic_link(home, topic)
                await unit.outbox.enqueue(
                    effects.in_topic(running, home, shared, "here", link=link)
                )
            elif topic is not None:
                key = f"ama:{held.id}:open:{held.sequence}"
                opening = act(key, Kind.REOPEN_TOPIC, home.chat, topic=address(topic))
                await unit.outbox.enqueue(opening)
            await unit.outbox.enqueue(effects.in_topic(running, home, topic, "live"))
            await record(unit, EventName.AMA_STARTED, running, author, now)
            return await self._stage(unit, running, now)

    async def next(self, session: int, now: datetime, *, skip: bool = False) -> Session:
        """Put the next question on stage; the one there is done, answered or skipped. Refused: `ama.not_now`."""
        async with self.units.begin() as unit:
            held = await session_of(unit, session, lock=True)
            move(held, "stage")
            await _leave_stage(unit, held, skip=skip)
            return await self._stage(unit, held, now)

    async def pause(self, session: int, now: datetime) -> Session:
        """Hold a session up; the question on stage stays there."""
        return await self._switch(session, "pause", now)

    async def resume(self, session: int, now: datetime) -> Session:
        """Go on."""
        return await self._switch(session, "resume", now)

    async def extend(self, session: int, minutes: int) -> Session:
        """Give a session more time. Refused: `ama.length`, `ama.not_now`."""
        async with self.units.begin() as unit:
            held = await session_of(unit, session, lock=True)
            move(held, "pause" if held.state is State.LIVE else "resume")
            longer = replace(held, minutes=held.minutes + minutes)
            if minutes <= 0 or longer.minutes > LONGEST_MINUTES:
                raise Refusal("ama.length", limit=LONGEST_MINUTES)
            await unit.ama.save(longer)
            home = await home_of(unit, held.community)
            topic = await place_of(unit, held, home)
            said = effects.in_topic(
                longer, home, topic, "extended", mark=str(longer.minutes), more=minutes
            )
            await unit.outbox.enqueue(said)
            return longer

    async def answered(
        self,
        question: int,
        expert: PersonId,
        chat: ChatId,
        message_id: int,
        *,
        text: str,
        now: datetime,
    ) -> bool:
        """Keep one message of the expert's answer; several may follow. False for anybody but the session's expert."""
        async with self.units.begin() as unit:
            asked = await unit.ama.question(question)
            if asked is None:
                return False
            held = await session_of(unit, asked.session, lock=True)
            if held.expert != expert:
                return False
            await unit.ama.add_answer(Answer(asked.id, chat, message_id, text))
            if asked.state is not Asked.ANSWERED:
                await unit.ama.save_question(replace(asked, state=Asked.ANSWERED))
                link = f"https://t.me/c/{str(chat).removeprefix('-100')}/{message_id}"
                family = [q for q in await unit.ama.questions(held.id) if q.umbrella == asked.id]
                await unit.outbox.enqueue(
                    *(effects.about_question(q, "answered", link=link) for q in [asked, *family])
                )
            if held.expert_here is None:
                await unit.ama.save(replace(held, expert_here=now))
            return True

    async def answer_edited(self, chat: int, message_id: int, text: str) -> bool:
        """Follow an edit of the expert's answer into the transcript."""
        async with self.units.reading() as look:
            known = await look.ama.answer_at(chat, message_id)
        if known is None:
            return False
        async with self.units.begin() as unit:
            await unit.ama.add_answer(replace(known, text=text))
            return True

    async def here(self, session: int, person: PersonId, now: datetime) -> None:
        """Note that somebody showed up; the expert's own press counts as a sign of life."""
        async with self.units.begin() as unit:
            held = await session_of(unit, session)
            if held.state not in {State.LIVE, State.PAUSED}:
                raise Refusal("ama.not_now", state=held.state.value)
            await unit.ama.mark_here(held.id, person, now)
            if person == held.expert and held.expert_here is None:
                await unit.ama.save(replace(held, expert_here=now))

    async def due(self, now: datetime) -> list[tuple[str, int]]:
        """Tell what the clock asks for: sessions to `start`, those without an `absent` expert, those to `finish`."""
        async with self.units.reading() as unit:
            sessions = await unit.ama.unfinished()
        steps: list[tuple[str, int]] = []
        for held in sessions:
            if held.state is State.ANNOUNCED:
                if held.starts <= now:
                    steps.append(("start", held.id))
            elif now >= held.ends + OVERTIME:
                steps.append(("finish", held.id))
            elif held.expert_here is None and now >= held.starts + ABSENT_AFTER:
                steps.append(("absent", held.id))
        return steps

    async def absent(self, session: int) -> bool:
        """Ask the staff, once, what to do without the expert: wait, move, or answer in writing (M100)."""
        async with self.units.begin() as unit:
            held = await session_of(unit, session)
            home = await home_of(unit, held.community)
            if home.staff_chat is None:
                return False
            desk = await unit.communities.topic(home.id, DESK_TOPIC)
            planned = await unit.outbox.enqueue(
                message(
                    f"ama:{held.id}:absent:{held.sequence}",
                    "ama-desk-absent",
                    chat=home.staff_chat,
                    topic=address(desk),
                    language=home.language,
                    facts={"title": held.title},
                    buttons=(
                        (("ama-pause-button", f"ama:run:pause:{held.id}"),),
                        (("ama-writing-button", f"ama:run:finish:{held.id}"),),
                        (("ama-cancel-button", f"ama:run:cancel:{held.id}"),),
                    ),
                )
            )
            topic = await place_of(unit, held, home)
            await unit.outbox.enqueue(effects.in_topic(held, home, topic, "waiting"))
            return planned > 0

    async def _switch(self, session: int, act_name: str, now: datetime) -> Session:
        async with self.units.begin() as unit:
            held = await session_of(unit, session, lock=True)
            switched = replace(held, state=move(held, act_name))
            await unit.ama.save(switched)
            home = await home_of(unit, held.community)
            topic = await place_of(unit, held, home)
            mark = str(int(now.timestamp()))
            said = effects.in_topic(switched, home, topic, act_name, mark=mark)
            await unit.outbox.enqueue(said)
            return switched

    async def _stage(self, unit: AmaUnit, session: Session, now: datetime) -> Session:
        waiting = in_order(await unit.ama.questions(session.id), now)
        home = await home_of(unit, session.community)
        topic = await place_of(unit, session, home)
        if not waiting:
            empty = replace(session, stage=None)
            await unit.ama.save(empty)
            mark = str(int(now.timestamp()))
            await unit.outbox.enqueue(effects.in_topic(empty, home, topic, "empty", mark=mark))
            return empty
        question = waiting[0]
        staged = replace(session, stage=question.id)
        await unit.ama.save(staged)
        await unit.ama.save_question(replace(question, state=Asked.STAGED))
        await unit.outbox.enqueue(effects.staged(staged, question, home, topic))
        return staged


async def _leave_stage(unit: AmaUnit, session: Session, *, skip: bool) -> None:
    if session.stage is None:
        return
    on_stage = await unit.ama.question(session.stage)
    if on_stage is not None and on_stage.state is Asked.STAGED:
        after = Asked.SKIPPED if skip else Asked.WRITTEN
        await unit.ama.save_question(replace(on_stage, state=after))
        await unit.outbox.enqueue(effects.about_question(on_stage, "later"))
