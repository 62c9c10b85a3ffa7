"""Children's personal data: who the child is and where to find it.

A name alone is no harm and an age alone is no harm; together, in one message or within a short window, they are.
A phone, a home address, a document, a contact card or a place on the map is enough by itself. The finding says which
kinds were seen and never what they were.
"""

from __future__ import annotations

import re
from datetime import timedelta

from moderation.content import Content
from moderation.facts import AuthorFacts, ChatFacts
from moderation.lexicon import FIRST_NAMES
from moderation.lexicon.names import COMMON_WORDS
from moderation.model import EscalationKind, Finding, Incoming, Severity, Urgency
from moderation.policy import ChildDataPolicy
from moderation.rules.child_signals import signals
from moderation.rules.personal_data import addresses, documents, phones

RULE = "child_data"
NAMING = "child_name"
BESIDE = frozenset({"age", "class", "school", "town", "birth", "photo"})
PICTURES = frozenset({"photo", "video", "animation", "video_note", "live_photo"})
PLACES = frozenset({"location", "venue"})
CONTEXT = "child_context"
ADDRESS_WORDS = "address_words"
PHONE_DIGITS = 9
DOCUMENT_DIGITS = 6
# Digits of a number that is a document's by its shape alone; shorter ones are named.
BARE_DIGITS = 11
DOCUMENT_WORDS = ("паспорт", "снилс", "полис", "омс", "енп", "свидетельств", "карт")
_DIGIT = re.compile(r"\d")


def check(
    content: Content, author: AuthorFacts, chat: ChatFacts, policy: ChildDataPolicy
) -> Finding | None:
    """Find data that points at a child, in this message or together with the author's latest ones."""
    del chat
    message = content.message
    direct = _direct(content)
    seen = message_signals(content)
    together = seen | _window(message, author, policy) if seen else seen
    if not direct and not _identifies(together, policy):
        return None
    return Finding(
        RULE,
        Severity.HIDE,
        0.95 if direct else 0.9,
        "evidence-child-data"
        if direct or _identifies(seen, policy)
        else "evidence-child-data-apart",
        facts={
            "kinds": {
                "list": [
                    f"data-kind-{kind.replace('_', '-')}" for kind in sorted({*direct, *together})
                ]
            }
        },
        escalation=EscalationKind.METHODIST,
        urgency=Urgency.SOON,
        punishes=False,
        binds_staff=True,
    )


def message_signals(content: Content) -> frozenset[str]:
    """Name the signals of a message. They, not the words, are kept for the window; looked for once a message."""
    known = content.notes.get(RULE)
    if known is None:
        known = content.notes[RULE] = _look(content)
    return known


def _look(content: Content) -> frozenset[str]:
    named = _is_named(content)
    if not named and CONTEXT not in content.marks:
        return frozenset()
    found = signals(content.own, named=named)
    if NAMING in found and content.message.media & PICTURES:
        return found | {"photo"}
    return found


def _is_named(content: Content) -> bool:
    """Tell whether a first name is there that could be one: "люди" and "вера" are words unless they begin large."""
    hits = content.marks.get(FIRST_NAMES)
    return hits is not None and any(
        hit.phrase not in COMMON_WORDS
        or hit.phrase.capitalize() in content.own
        or hit.phrase.upper() in content.own
        for hit in hits
    )


def _direct(content: Content) -> tuple[str, ...]:
    found = []
    media = content.message.media
    if "contact" in media:
        found.append("contact")
    if not PLACES.isdisjoint(media):
        found.append("location")
    digits = len(_DIGIT.findall(content.own)) if _DIGIT.search(content.own) else 0
    if digits or "восемь" in content.plain:
        found.extend(_in_text(content, digits))
    return tuple(found)


def _in_text(content: Content, digits: int) -> list[str]:
    found, text = [], content.own
    if (digits >= PHONE_DIGITS or not digits) and phones(text):
        found.append("phone")
    if _may_be_document(content, digits) and documents(text):
        found.append("document")
    if ADDRESS_WORDS in content.marks and addresses(text):
        found.append("address")
    return found


def _may_be_document(content: Content, digits: int) -> bool:
    """Tell cheaply that no document is named; a yes may be wrong."""
    if digits >= BARE_DIGITS:
        return True
    return digits >= DOCUMENT_DIGITS and any(word in content.plain for word in DOCUMENT_WORDS)


def _identifies(seen: frozenset[str], policy: ChildDataPolicy) -> bool:
    return NAMING in seen and 1 + len(seen & BESIDE) >= policy.signals_min


def _window(message: Incoming, author: AuthorFacts, policy: ChildDataPolicy) -> frozenset[str]:
    since = message.at - timedelta(seconds=policy.window_seconds)
    if not policy.window_seconds:
        return frozenset()
    return frozenset(
        signal
        for past in author.recent
        if past.at > since and past.message_id != message.message_id
        for signal in past.signals
    )
