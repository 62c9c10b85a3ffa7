"""After a session: the transcript, answers in writing, rating, figures, regularity, notes for the methodist."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from html import escape

from community.ama import effects
from community.ama.model import Answer, Asked, Figures, Question, Session, move
from community.ama.place import place_of
from community.ama.planning import home_of, record, session_of
from community.ama.ports import AmaUnit, AmaUnits
from community.ama.rules import DEFAULT_POLICY, AmaPolicy, regularity
from community.cutting import parts
from community.escalation import Escalations
from community.escalation_model import Request, Severity, Source
from community.feed import Addresses, NoAddresses
from community.model import Speciality, address
from community.words import act, message
from core.cohorts import Cohort, cohort_of
from core.effects import Kind
from core.errors import Refusal
from core.events import EventName
from core.ids import CommunityId, PersonId
from core.localtime import local_day, month_key
from core.roles import Role

RETURN_WINDOW = timedelta(days=30)
LONGEST_NOTE = 500
_UNREACHED = {Asked.OPEN, Asked.PENDING, Asked.STAGED, Asked.SKIPPED, Asked.WRITTEN}


@dataclass(frozen=True, slots=True)
class Chapter:
    """One question of a transcript with all messages of its answer."""

    question: Question
    answers: tuple[Answer, ...]

    @property
    def place(self) -> str:
        """Tell where the answer begins, as a t.me/c link names it: chat and message."""
        first = self.answers[0]
        return f"{str(first.chat).removeprefix('-100')}/{first.message}"


@dataclass(frozen=True, slots=True)
class After:
    """Use cases once a session is over."""

    units: AmaUnits
    escalations: Escalations
    addresses: Addresses = field(default_factory=NoAddresses)
    policy: AmaPolicy = DEFAULT_POLICY

    async def finish(self, session: int, author: PersonId | None, now: datetime) -> Session:
        """End a session: index in the topic, questions not reached go to the expert in writing, those present rate it.

        Also the end of a session whose expert never came: then everything is answered in writing (M100).
        Refused: `ama.not_now`.
        """
        async with self.units.begin() as unit:
            held = await session_of(unit, session, lock=True)
            done = replace(held, state=move(held, "finish"), finished_at=now, stage=None)
            await unit.ama.save(done)
            home = await home_of(unit, held.community)
            topic = await place_of(unit, held, home)
            chapters = await _chapters(unit, held.id)
            index = [
                {"text": "ama-index-line", "place": c.place, "question": _short(c.question.text)}
                for c in chapters
            ]
            if chapters and (link := self.addresses.transcript(held.id)) is not None:
                index.append({"text": "ama-page-line", "link": link})
            what = "finished" if chapters else "in-writing"
            await unit.outbox.enqueue(
                effects.in_topic(
                    done, home, topic, what, answered=len(chapters), index={"lines": index}
                )
            )
            if topic is not None:
                key = f"ama:{held.id}:close:{held.sequence}"
                closing = act(key, Kind.CLOSE_TOPIC, home.chat, topic=address(topic))
                await unit.outbox.enqueue(closing)
            await self._in_writing(unit, done, now)
            await _ask_rating(unit, done)
            await record(unit, EventName.AMA_FINISHED, done, author, now)
            return done

    async def rate(self, session: int, person: PersonId, stars: int) -> None:
        """Keep a rating of 1 to 5. Refused: `ama.rated` for a second one or for somebody who did not subscribe."""
        async with self.units.begin() as unit:
            known = 1 <= stars <= 5 and await unit.ama.rate(session, person, stars)  # noqa: PLR2004 - stars
            if not known:
                raise Refusal("ama.rated")

    async def note(self, session: int, author: PersonId, text: str, now: datetime) -> None:
        """Keep an insight for the methodist (R31). Refused: `input.too_long`."""
        if len(text) > LONGEST_NOTE:
            raise Refusal("input.too_long", limit=LONGEST_NOTE)
        async with self.units.begin() as unit:
            held = await session_of(unit, session, lock=True)
            kept = [*held.notes.get("insights", ()), text]
            await unit.ama.save(replace(held, notes={**held.notes, "insights": kept}))
            await record(unit, EventName.AMA_NOTED, held, author, now)

    async def transcript(self, session: int) -> tuple[Session, list[Chapter]]:
        """Gather the answered questions with their answers, in the order they were answered."""
        async with self.units.reading() as unit:
            return await session_of(unit, session), await _chapters(unit, session)

    async def figures(self, session: int) -> Figures:
        """Count what a session brought."""
        async with self.units.reading() as unit:
            held = await session_of(unit, session)
            questions = await unit.ama.questions(session)
            people = [s for s in await unit.ama.subscribers(session) if s.person != held.expert]
            came = [s.person for s in people if s.here]
            end = held.finished_at or held.ends
            ratings = [s.rating for s in people if s.rating is not None]
            return Figures(
                asked=len(questions),
                answered=sum(q.state is Asked.ANSWERED for q in questions),
                votes=await unit.ama.voters(session),
                subscribed=len(people),
                attended=len(came),
                returned=await unit.ama.returned(came, end, end + RETURN_WINDOW),
                rating=sum(ratings) / len(ratings) if ratings else None,
            )

    async def check_regularity(self, community: CommunityId, now: datetime) -> bool:
        """Tell the owners, once a month from its 10th day, when fewer sessions are planned than promised."""
        async with self.units.begin() as unit:
            home = await home_of(unit, community)
            today = local_day(now, home.tz)
            month = month_key(today)
            planned = regularity(await unit.ama.of_community(community), month, home.tz)
            if today.day < 10 or planned >= self.policy.a_month:  # noqa: PLR2004 - the 10th
                return False
            owners = await unit.roles.holders(Role.OWNER, community, now)
            facts = {"planned": planned, "wanted": self.policy.a_month}
            added = 0
            for grant in owners:
                key = f"ama:regularity:{community}:{month}:{grant.person}"
                added += await unit.outbox.enqueue(
                    message(key, "ama-regularity", person=grant.person, facts=facts)
                )
            return added > 0

    async def _in_writing(self, unit: AmaUnit, session: Session, now: datetime) -> None:
        """Hand what was not reached to the session's expert as private questions."""
        grants = await unit.roles.of_person(session.expert)
        speciality = next((g.speciality for g in grants if g.speciality is not None), None)
        for question in await unit.ama.questions(session.id):
            if question.state not in _UNREACHED:
                continue
            await unit.ama.save_question(replace(question, state=Asked.WRITTEN))
            if question.state is not Asked.WRITTEN:  # whose asker was told when it was set aside
                await unit.outbox.enqueue(effects.about_question(question, "later"))
            request = Request(
                key=f"ama:{question.id}",
                community=session.community,
                source=Source.PARENT,
                severity=Severity.NORMAL,
                speciality=speciality or Speciality.METHODIST,
                text=question.text,
                asker=question.asker,
                cohort=session.cohort or await _cohort(unit, question.asker, now),
                private=True,
            )
            await self.escalations.open(unit, request, now)


async def _cohort(unit: AmaUnit, asker: PersonId, now: datetime) -> Cohort:
    children = await unit.people.children_of(asker)
    return cohort_of(children[0].born, now.date()) if children else Cohort.UNKNOWN


def page(session: Session, chapters: Sequence[Chapter], title: str, anonymous: str) -> str:
    """Write a transcript as a page of its own: an index, then questions and answers; no scripts, no outside files."""
    index = "".join(
        f'<li><a href="#q{c.question.id}">{escape(_short(c.question.text))}</a></li>'
        for c in chapters
    )
    body = "".join(
        f'<section id="q{c.question.id}"><h2>{escape(c.question.text)}</h2>'
        f"<p class=asker>{escape(_asker(c.question, anonymous))}</p>"
        + "".join(f"<p>{escape(a.text)}</p>" for a in c.answers if a.text)
        + f'<p><a href="https://t.me/c/{escape(c.place)}">Telegram</a></p></section>'
        for c in chapters
    )
    return (
        '<!doctype html><html lang="ru"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(session.title)}</title>"
        "<style>body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:1.125rem/1.5 system-ui}"
        ".asker{opacity:.7}</style>"
        f"<h1>{escape(title)}</h1><ol>{index}</ol>{body}</html>"
    )


def transcript_parts(chapters: Sequence[Chapter]) -> list[str]:
    """Cut a transcript into messages Telegram takes, plain text (M100: answers over 4,096 characters)."""
    whole = "\n\n".join(
        f"— {c.question.text}\n\n" + "\n".join(a.text for a in c.answers if a.text)
        for c in chapters
    )
    return parts(whole)


async def _chapters(unit: AmaUnit, session: int) -> list[Chapter]:
    answers = await unit.ama.answers(session)
    questions = {q.id: q for q in await unit.ama.questions(session)}
    order = dict.fromkeys(answer.question for answer in answers)
    return [
        Chapter(questions[key], tuple(a for a in answers if a.question == key)) for key in order
    ]


async def _ask_rating(unit: AmaUnit, session: Session) -> None:
    buttons = (tuple((f"ama-star-{n}-button", f"ama:rate:{n}:{session.id}") for n in range(1, 6)),)
    for subscriber in await unit.ama.subscribers(session.id):
        if subscriber.here and subscriber.person != session.expert:
            await unit.outbox.enqueue(
                message(
                    f"ama:{session.id}:rate:{subscriber.person}",
                    "ama-rate",
                    person=subscriber.person,
                    facts={"title": session.title},
                    buttons=buttons,
                )
            )


def _short(text: str, limit: int = 80) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def _asker(question: Question, anonymous: str) -> str:
    return anonymous if question.anonymous or not question.name else question.name
