"""What an escalation sends: the card, the answer, what the asker and the supervisors are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from community.cutting import parts
from community.escalation_model import Escalation, Severity, Source
from community.model import GENERAL_THREAD, Topic, address
from community.words import Button, act, instant, message, word
from core.effects import Effect, Kind
from core.ids import ChatId, PersonId

URGENCY = {
    Severity.RED: "escalation-urgency-at-once",
    Severity.MEDICAL: "escalation-urgency-soon",
    Severity.NORMAL: "escalation-urgency-routine",
    Severity.FEEDBACK: "escalation-urgency-routine",
}

TOLD = {
    "received": "escalation-told-received",
    "outside": "escalation-outside-hours",
    "asked": "escalation-told-asked-back",
    "closed": "escalation-told-closed",
}
"""What somebody who asked is told."""
NOTICED = {
    "received": "escalation-noticed-received",
    "outside": "escalation-noticed-outside",
    "asked": "escalation-told-asked-back",
}
"""What the author of words is told that a rule, a moderator or a mentor showed to an expert."""

SURVEYED = {
    "received": "survey-told-received",
    "outside": "survey-told-received",
    "asked": "escalation-told-asked-back",
    "closed": "survey-told-closed",
}
"""What the author of a low score is told: who was promised an answer hears the end of it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody wrote to be carried on. `media`: there is more than text, so the message itself is copied."""

    name: str
    text: str
    chat: ChatId
    message: int
    media: bool = False


def card_buttons(escalation: int) -> tuple[tuple[Button, ...], ...]:
    """Make the buttons of a card; the replies to it are recognised by them."""
    return (
        (
            ("escalation-take-button", f"esc:take:{escalation}"),
            ("escalation-answer-button", f"esc:answer:{escalation}"),
        ),
        (
            ("escalation-ask-back-button", f"esc:ask:{escalation}"),
            ("escalation-hand-over-button", f"esc:over:{escalation}"),
            ("escalation-close-button", f"esc:close:{escalation}"),
        ),
    )


def rating_buttons(escalation: int) -> tuple[tuple[Button, ...], ...]:
    """Make the buttons under an answer; the asker's replies are recognised by them."""
    return (
        tuple(
            (f"escalation-rate-{verdict}-button", f"esc:rate:{verdict}:{escalation}")
            for verdict in ("yes", "partly", "no")
        ),
    )


def card(
    escalation: Escalation,
    *,
    number: int,
    topic: Topic | None,
    earlier: int,
    person: PersonId | None = None,
    staff: Topic | None = None,
) -> list[Effect]:
    """Make the card for an expert, or for the staff's topic: what the role may see, so the cohort and no name.

    `number` counts the cards of one escalation, so each hand-over has its own; the staff's topic gets one.
    What the asker wrote with pictures follows as a copy of the message itself.
    """
    request = escalation.request
    of_whom = "staff" if person is None else f"{number}:{person}"
    key = f"escalation:{escalation.id}:card:{of_whom}"
    facts: dict[str, Any] = {
        "id": str(escalation.id),
        "kind": word(f"escalation-kind-{request.speciality.value}"),
        "urgency": word(URGENCY[request.severity]),
        "topic": topic.name if topic is not None else word("escalation-private"),
        "cohort": word(f"cohort-{request.cohort.value}"),
        "text": request.text,
        "earlier": earlier,
        "due": due_words(escalation.due),
        "source": word(f"escalation-source-{request.source.value}"),
    }
    chat = staff.chat if staff is not None else None
    buttons = card_buttons(escalation.id)
    effects = [
        message(
            key,
            "escalation-card",
            person=person,
            chat=chat,
            topic=address(staff),
            facts=facts,
            buttons=buttons,
        )
    ]
    if request.media and request.chat is not None and request.message is not None:
        effects.append(_copy(f"{key}:media", request.chat, request.message, person, chat, staff))
    return effects


def due_words(due: datetime | None) -> dict[str, Any]:
    """Say when an answer is owed."""
    return instant(due) if due is not None else word("escalation-no-due")


def answer(escalation: Escalation, reply: Reply, *, number: int, edit: int = 0) -> list[Effect]:
    """Carry an answer on: into the topic under the expert's name, or to the asker alone."""
    request = escalation.request
    key = f"escalation:{escalation.id}:answer:{number}" + (f":e{edit}" if edit else "")
    effects: list[Effect] = []
    for index, part in enumerate(parts(reply.text)):
        facts: dict[str, Any] = {
            "name": reply.name,
            "speciality": word(f"roles-speciality-{request.speciality.value}"),
            "text": part,
        }
        suffix = f":{index}" if index else ""
        if in_topic(escalation):
            facts["reply_to"] = request.message
            text = "escalation-answer-in-topic" if index == 0 else "escalation-answer-more"
            effects.append(
                message(
                    key + suffix, text, chat=request.chat, topic=_thread(request.topic), facts=facts
                )
            )
        elif request.asker is not None:
            text = "escalation-told-answered-private" if index == 0 else "escalation-answer-more"
            buttons = rating_buttons(escalation.id)
            effects.append(
                message(key + suffix, text, person=request.asker, facts=facts, buttons=buttons)
            )
    if reply.media:
        to_chat = request.chat if in_topic(escalation) else None
        to_person = None if in_topic(escalation) else request.asker
        copy = act(
            f"{key}:media",
            Kind.COPY,
            reply.chat,
            from_chat=reply.chat,
            message_id=reply.message,
        )
        effects.append(_to(copy, to_person, to_chat, _thread(request.topic)))
    return effects


def from_asker(escalation: Escalation, reply: Reply) -> list[Effect]:
    """Carry what the asker adds to the expert who holds it."""
    key = f"escalation:{escalation.id}:asker:{reply.message}"
    facts = {"id": str(escalation.id), "text": reply.text}
    effects = [
        message(
            key,
            "escalation-from-asker",
            person=escalation.assigned,
            facts=facts,
            buttons=card_buttons(escalation.id),
        )
    ]
    if reply.media:
        effects.append(
            _copy(f"{key}:media", reply.chat, reply.message, escalation.assigned, None, None)
        )
    return effects


def no_help(escalation: Escalation) -> list[Effect]:
    """Tell the expert that the answer did not help and the question is open again."""
    if escalation.assigned is None:
        return []
    return [
        message(
            f"escalation:{escalation.id}:no-help:{escalation.answers}",
            "escalation-no-help",
            person=escalation.assigned,
            facts={"id": str(escalation.id), "due": due_words(escalation.due)},
            buttons=card_buttons(escalation.id),
        )
    ]


def told_answered(escalation: Escalation, number: int) -> list[Effect]:
    """Tell the asker that the answer stands in the topic, and ask whether it helped."""
    request = escalation.request
    if request.asker is None or not in_topic(escalation) or request.chat is None:
        return []
    key = f"escalation:{escalation.id}:told:{number}"
    facts = {"link": topic_link(request.chat, request.topic)}
    if not request.source.asked:
        return [message(key, "escalation-noticed-answered", person=request.asker, facts=facts)]
    return [
        message(
            key,
            "escalation-told-answered",
            person=request.asker,
            facts=facts,
            buttons=rating_buttons(escalation.id),
        )
    ]


def told(escalation: Escalation, what: str, number: int, **facts: Any) -> list[Effect]:
    """Tell the asker something in private, when the asker is known to the bot.

    Whoever asked nothing is told whose words these are about, and of no closing.
    """
    request = escalation.request
    texts = TOLD if request.source.asked else NOTICED
    if request.source is Source.SURVEY:
        texts = SURVEYED
    if request.asker is None or what not in texts:
        return []
    key = f"escalation:{escalation.id}:{what}:{number}"
    buttons = rating_buttons(escalation.id) if what == "asked" else ()
    return [message(key, texts[what], person=request.asker, facts=facts, buttons=buttons)]


def nudge(
    escalation: Escalation, what: str, people: Sequence[PersonId], number: int
) -> list[Effect]:
    """Remind an expert, or call supervisors (M99)."""
    text = "escalation-reminder" if what == "remind" else "escalation-supervisor"
    facts = {"id": str(escalation.id), "due": due_words(escalation.due)}
    return [
        message(
            f"escalation:{escalation.id}:{what}:{number}:{person}",
            text,
            person=person,
            facts=facts,
            buttons=card_buttons(escalation.id),
        )
        for person in people
    ]


def in_topic(escalation: Escalation) -> bool:
    """Tell whether the answer stands in the group."""
    return not escalation.request.private and escalation.request.chat is not None


def topic_link(chat: ChatId, topic: int | None) -> str:
    """Make a link to a topic of a supergroup; it works although the question itself was hidden."""
    return f"https://t.me/c/{str(chat).removeprefix('-100')}/{topic or GENERAL_THREAD}"


def _thread(topic: int | None) -> int | None:
    return None if topic == GENERAL_THREAD else topic


def _copy(
    key: str,
    from_chat: ChatId,
    message_id: int,
    person: PersonId | None,
    chat: ChatId | None,
    staff: Topic | None,
) -> Effect:
    made = act(key, Kind.COPY, from_chat, from_chat=from_chat, message_id=message_id)
    return _to(made, person, chat, address(staff))


def _to(effect: Effect, person: PersonId | None, chat: ChatId | None, topic: int | None) -> Effect:
    return Effect(
        key=effect.key,
        kind=effect.kind,
        message_class=effect.message_class,
        person=person,
        chat=chat,
        topic=topic if chat is not None else None,
        facts=effect.facts,
    )
