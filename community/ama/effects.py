"""What a session sends: announcement, reminders, the stage, what the people in it are told."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from community.ama.model import Question, Session
from community.model import Community, Topic, address
from community.words import Button, instant, message, word
from core.effects import Effect
from core.ids import PersonId

BEFORE = {"day": timedelta(hours=24), "hour": timedelta(hours=1), "start": timedelta()}
"""Reminders: their names and how long before the start they are due."""


def session_facts(session: Session) -> dict[str, Any]:
    """Gather what every text about a session says; instants are shown on the reader's own clock."""
    return {
        "title": session.title,
        "starts": instant(session.starts),
        "minutes": session.minutes,
        "age": word(f"ama-age-{session.cohort.value}" if session.cohort else "ama-age-any"),
    }


def session_buttons(session: Session) -> tuple[tuple[Button, ...], ...]:
    """Make the buttons under an announcement."""
    return (
        (("ama-remind-button", f"ama:in:{session.id}"),),
        (
            ("ama-ask-button", f"ama:ask:{session.id}"),
            ("ama-questions-button", f"ama:list:{session.id}"),
        ),
        (("ama-calendar-button", f"ama:ics:{session.id}"),),
    )


def announcement(session: Session, home: Community, topic: Topic | None, expert: str) -> Effect:
    """Announce a session, or announce it again after a move, in the community's AMA topic."""
    return message(
        f"ama:{session.id}:announce:{session.sequence}",
        "ama-announcement",
        chat=home.chat,
        topic=address(topic),
        language=home.language,
        facts=session_facts(session) | {"expert": expert},
        buttons=session_buttons(session),
    )


def reminders(session: Session, person: PersonId, now: datetime) -> list[Effect]:
    """Plan the reminders of one subscriber that are still to come; each is useless once the session has begun."""
    planned = []
    for name, before in BEFORE.items():
        due = session.starts - before
        if due <= now:
            continue
        planned.append(
            message(
                f"{remind_prefix(session)}{person}:{name}:{session.sequence}",
                f"ama-remind-{name}",
                person=person,
                facts=session_facts(session),
                buttons=((("ama-ask-button", f"ama:ask:{session.id}"),),),
                due=due,
                expires=session.starts + timedelta(minutes=session.minutes),
                reasons=(f"asked to be reminded, {name} before",),
            )
        )
    return planned


def remind_prefix(session: Session) -> str:
    """Name the beginning of the keys of all reminders of a session."""
    return f"ama:{session.id}:remind:"


def told(session: Session, what: str, person: PersonId, mark: str = "", **facts: Any) -> Effect:
    """Tell one person something about a session, once for every `mark`."""
    return message(
        f"ama:{session.id}:{what}:{person}:{mark or session.sequence}",
        f"ama-told-{what}",
        person=person,
        facts=session_facts(session) | facts,
    )


def about_question(question: Question, what: str, **facts: Any) -> Effect:
    """Tell an asker what became of a question."""
    return message(
        f"ama:{question.session}:question:{question.id}:{what}",
        f"ama-question-{what}",
        person=question.asker,
        facts={"question": question.text, **facts},
    )


def staged(session: Session, question: Question, home: Community, topic: Topic | None) -> Effect:
    """Put a question on stage; the expert answers by replying to it."""
    return message(
        stage_key(session, question),
        "ama-stage",
        chat=home.chat,
        topic=address(topic),
        language=home.language,
        facts={"question": question.text, "votes": question.votes, "asker": asker_word(question)},
        buttons=((("ama-too-button", f"ama:too:{question.id}"),),),
    )


def stage_key(session: Session, question: Question) -> str:
    """Name the outbox row that carries a question on stage."""
    return f"ama:{session.id}:stage:{question.id}"


def in_topic(
    session: Session, home: Community, topic: Topic | None, what: str, mark: str = "", **facts: Any
) -> Effect:
    """Say something about a session in its topic."""
    return message(
        f"ama:{session.id}:topic:{what}:{mark or session.sequence}",
        f"ama-topic-{what}",
        chat=home.chat,
        topic=address(topic),
        language=home.language,
        facts=session_facts(session) | facts,
        buttons=((("ama-here-button", f"ama:here:{session.id}"),),) if what == "live" else (),
    )


def desk_card(question: Question, home: Community, desk: Topic | None) -> list[Effect]:
    """Show a question to the staff that looks after sessions; without a staff forum there is nobody to show it to."""
    if home.staff_chat is None:
        return []
    row: tuple[Button, ...] = (("ama-decline-button", f"ama:no:{question.id}"),)
    if question.state == "pending":
        row = (("ama-approve-button", f"ama:yes:{question.id}"), *row)
    return [
        message(
            f"ama:{question.session}:desk:{question.id}",
            "ama-desk-card",
            chat=home.staff_chat,
            topic=address(desk),
            language=home.language,
            facts={
                "id": str(question.id),
                "question": question.text,
                "asker": asker_word(question),
                "state": word(f"ama-state-{question.state.value}"),
            },
            buttons=(row,),
        )
    ]


def asker_word(question: Question) -> Any:
    """Say who asked: the first name, or that it is without a name."""
    return word("ama-anonymous") if question.anonymous or not question.name else question.name
