"""Cards in the staff forum: what was seen, what was done, what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from core.effects import Effect, Kind, MessageClass
from core.ids import ChatId
from moderation import acts
from moderation.cases import Case
from moderation.effects import rule_key
from moderation.memory import Memory
from moderation.model import Incoming
from moderation.raw import EPOCH, incoming_from_json

Button = tuple[str, str]
"""Text key and callback data."""
KEEPS_HIDDEN = frozenset({"child_data", "progress_screenshot"})
"""Rules whose messages are shown to nobody again: the words themselves are what does harm."""
QUOTED = 600
"""Characters of the message a card shows."""


@dataclass(frozen=True, slots=True)
class StaffPlace:
    """Where cards of a community go: the staff forum and its topics (None: General), and the language there."""

    chat_id: int
    topic_id: int | None = None
    reports_topic: int | None = None
    language: str = "ru"


@dataclass(frozen=True, slots=True)
class CardWords:
    """What a card says besides the case: where it was written, who wrote it, what happened since."""

    topic_title: str
    author_name: str
    days: int
    messages: int
    link: str
    strikes: int = 0
    quotes: tuple[str, ...] = ()
    reports: int = 0
    similar: int = 0
    is_old: bool = False
    is_shadow: bool = False
    lesser: bool = False
    """Edited clean before anybody looked: milder buttons (M5)."""
    notes: tuple[dict[str, Any], ...] = field(default=())


async def words_of(
    memory: Memory, case: Case, bodies: Sequence[bytes] = (), **more: Any
) -> CardWords:
    """Gather what a card says about a stored case."""
    author = await memory.author_of(case.chat_id, case.author_id)
    chat = await memory.chat_of(case.chat_id, case.topic_id)
    versions = [written(body) for body in (case.body, *bodies) if body is not None]
    age = author.age(case.opened_at)
    shown = () if case.rule in KEEPS_HIDDEN else tuple(m.own_text[:QUOTED] for m in versions)
    return CardWords(
        topic_title=chat.topic.title,
        author_name=next((m.author_name for m in versions), str(case.author_id)),
        days=max(age.days, 0) if age is not None else 0,
        messages=author.messages_before,
        link=link_to(case.chat_id, case.topic_id, case.message_id),
        strikes=sum(strike.points for strike in author.strikes),
        quotes=tuple(quote for quote in shown if quote.strip()),
        **more,
    )


def written(body: bytes) -> Incoming:
    """Read a stored message."""
    return incoming_from_json(orjson.loads(body))


def link_to(chat_id: int, topic_id: int | None, message_id: int) -> str:
    """Make the address of a message for members of its supergroup."""
    internal = str(chat_id).removeprefix("-100").removeprefix("-")
    thread = f"{topic_id}/" if topic_id else ""
    return f"https://t.me/c/{internal}/{thread}{message_id}"


def card(case: Case, staff: StaffPlace, words: CardWords) -> Effect:
    """Make the card: evidence with weights, the author's standing, what was done, the words, and the buttons."""
    return Effect(
        key=f"case:{case.id}:card",
        kind=Kind.MESSAGE,
        message_class=MessageClass.SERVICE,
        chat=ChatId(staff.chat_id),
        topic=staff.topic_id,
        content="text:case-card",
        facts=card_facts(case, staff, words),
    )


def rewritten(case: Case, staff: StaffPlace, words: CardWords, change: str) -> Effect:
    """Write the card again after a `change` (a word that makes the key unique)."""
    facts = card_facts(case, staff, words) | {"of": f"case:{case.id}:card"}
    return Effect(
        key=f"case:{case.id}:card:{change}",
        kind=Kind.EDIT,
        message_class=MessageClass.SERVICE,
        chat=ChatId(staff.chat_id),
        content="text:case-card",
        facts=facts,
    )


def card_facts(case: Case, staff: StaffPlace, words: CardWords) -> dict[str, Any]:
    """Gather what the card's text needs; findings stay keys and facts until the card is rendered."""
    rules = list(dict.fromkeys(rule_key(f["rule"]) for f in case.findings))
    return {
        "language": staff.language,
        "id": str(case.id),
        "rules": {"list": rules or [rule_key(case.rule)]},
        "topic": words.topic_title,
        "author": words.author_name,
        "standing": {
            "text": "case-standing-newcomer" if words.days == 0 else "case-standing-member",
            "days": words.days,
            "messages": words.messages,
        },
        "strikes": {"text": "case-standing-strikes", "strikes": words.strikes},
        "action": {"text": f"case-action-{case.action}"},
        "evidence": {"lines": [_evidence(finding) for finding in case.findings]},
        "more": {"lines": _more(words)},
        "link": words.link,
        "buttons": buttons(case.id, case.reason, lesser=words.lesser),
    }


def _evidence(finding: Any) -> dict[str, Any]:
    return {
        "text": "case-evidence-shadow" if finding.get("shadow") else "case-evidence-line",
        "evidence": {"text": finding["evidence"], **finding["facts"]},
        "percent": int(finding["score"] * 100),
    }


def _more(words: CardWords) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = []
    if words.is_shadow:
        lines.append({"text": "case-shadow"})
    if words.is_old:
        lines.append({"text": "case-too-old"})
    if words.reports:
        lines.append({"text": "case-reports", "count": words.reports})
    if words.similar:
        lines.append({"text": "case-similar", "count": words.similar})
    if len(words.quotes) > 1:
        lines.append({"text": "case-edited-after"})
    lines += [{"text": "case-evidence-quote", "words": quote} for quote in words.quotes]
    return [*lines, *words.notes]


def buttons(case_id: int, reason: str, *, lesser: bool = False) -> list[list[Button]]:
    """Choose the buttons of a card: undo and approve what was done, or decide what was not."""
    right = ("case-was-right-button", f"case:right:{case_id}")
    if reason == acts.CardReason.DONE:
        return [[("case-undo-button", f"case:undo:{case_id}"), right]]
    claim = ("case-claim-button", f"case:claim:{case_id}")
    dismiss = ("case-dismiss-button", f"case:dismiss:{case_id}")
    if reason == acts.CardReason.CONFIRM_BAN:
        ban = ("case-ban-button", f"case:ban:{case_id}")
        return [[ban, dismiss], [claim, ("case-undo-button", f"case:undo:{case_id}")]]
    warn = ("case-warn-button", f"case:warn:{case_id}")
    if lesser:
        return [[claim], [dismiss, warn]]
    return [
        [claim, ("case-mute-button", f"case:mute:{case_id}")],
        [("case-hide-button", f"case:hide:{case_id}"), warn],
        [("case-escalate-button", f"case:escalate:{case_id}"), dismiss],
    ]


def settled_buttons(case: Case) -> list[list[Button]]:
    """Choose what stays under a decided card: undo, and marking the text for the spam rule."""
    row = [("case-undo-button", f"case:undo:{case.id}")] if case.state != "undone" else []
    if case.body is None or case.rule in KEEPS_HIDDEN:
        return [row] if row else []
    return [
        row,
        [
            ("case-sample-spam-button", f"case:spam:{case.id}"),
            ("case-sample-ham-button", f"case:ham:{case.id}"),
        ],
    ][0 if row else 1 :]


def media(case: Case, staff: StaffPlace, body: bytes, *, removed: bool) -> list[Effect]:
    """Bring the media itself to the card (M27). What is about a child stays where it was."""
    if case.rule in KEEPS_HIDDEN:
        return []
    raw = orjson.loads(body)
    key = f"case:{case.id}:media"
    facts: dict[str, Any] = {"id": str(case.id), "language": staff.language}
    place: dict[str, Any] = {"chat": ChatId(staff.chat_id), "topic": staff.topic_id}
    if raw.get("photo"):
        facts["photo"] = raw["photo"][-1]["file_id"]
        return [_file(key, Kind.MESSAGE, facts, **place)]
    if isinstance(raw.get("document"), dict) and "animation" not in raw:
        facts["file_id"] = raw["document"]["file_id"]
        return [_file(key, Kind.DOCUMENT, facts, **place)]
    if incoming_from_json(raw).media and not removed:
        return [
            Effect(
                key=key,
                kind=Kind.COPY,
                message_class=MessageClass.SERVICE,
                facts={"from_chat": case.chat_id, "message_id": case.message_id},
                **place,
            )
        ]
    return []


def _file(key: str, kind: Kind, facts: dict[str, Any], **place: Any) -> Effect:
    return Effect(
        key=key,
        kind=kind,
        message_class=MessageClass.SERVICE,
        content="text:case-media",
        facts=facts,
        **place,
    )


def sent_at(body: bytes) -> int:
    """Tell when a message was first sent (unix seconds); an edit does not make it younger."""
    return int(orjson.loads(body).get("date") or int(EPOCH.timestamp()))
