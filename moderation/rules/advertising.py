"""Advertising by its shape: addresses, mentions, calls to another place, words of offers.

Signals are weighed and joined as independent ones; a newcomer's count in full, others' in part. What stands only in
somebody else's words (a quote, a forwarded button) may hide the message but costs its author nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import NamedTuple

from moderation.content import Content
from moderation.facts import AuthorFacts, ChatFacts
from moderation.lexicon import Marks, find_marks
from moderation.model import Facts, Finding, Severity
from moderation.policy import AdvertisingPolicy
from moderation.text.hosts import look_alike
from moderation.text.telegram_links import LinkKind
from moderation.text.urls import Link, links

RULE = "advertising"
DAY_SECONDS = 86_400

# Weights, 0..1: how far each signal alone speaks for advertising by a newcomer.
WEIGHT = {
    "invite": 0.75,
    "hidden-link": 0.7,
    "link": 0.6,
    "channel": 0.55,
    "bot": 0.55,
    "many-links": 0.3,
}
WELL_KNOWN_WEIGHT = 0.1
MENTIONS_WEIGHT = 0.6
# One family of phrases is talk; several together are an offer.
PHRASES_WEIGHT = (0.0, 0.2, 0.62, 0.8, 0.9)
VICE_WEIGHT = 0.4
# Part of the weight that counts for members who are not new.
STANDING_PART = 0.4
# Share of `hide_score` from which a person looks.
REVIEW_PART = 0.5

FAMILIES = ("ad_work", "ad_money", "ad_contact", "ad_channel", "ad_goods", "ad_vice")
# Sites parents share with each other every day.
WELL_KNOWN = frozenset(
    ("youtube.com", "youtu.be", "rutube.ru", "wikipedia.org", "gosuslugi.ru", "mos.ru", "yandex.ru", "ya.ru",
     "google.com", "mail.ru", "vk.com", "vkvideo.ru", "kinopoisk.ru", "zoom.us", "uchi.ru", "foxford.ru", "labirint.ru")
)  # fmt: skip


NO_FACTS: Facts = {}


class Signal(NamedTuple):
    """One reason: the evidence's last part, its weight, facts for its words."""

    kind: str
    weight: float
    facts: Facts = NO_FACTS


def check(
    content: Content, author: AuthorFacts, chat: ChatFacts, policy: AdvertisingPolicy
) -> Finding | None:
    """Weigh addresses and phrases of everything a reader sees."""
    if not (content.links or content.marks or content.folded_all is not content.folded):
        return None
    if author.is_staff:
        return None
    signals = list(_signals(content.links, content.marks, chat, policy))
    if not signals and content.folded_all is content.folded:
        return None
    borrowed = False
    if content.folded_all is not content.folded:
        own = [
            link for p in content.message.passages if p.own for link in links(p.text, p.entities)
        ]
        mine = list(_signals(own, content.marks, chat, policy))
        quoted = list(_signals(content.links, find_marks(content.folded_all), chat, policy))
        borrowed, signals = _joined(quoted) > _joined(mine), max(quoted, mine, key=_joined)
    elif content.message.button_urls:
        mine = list(_signals(links(content.own), content.marks, chat, policy))
        borrowed = _joined(signals) > _joined(mine)
    if not signals:
        return None
    newcomer = is_newcomer(content, author, policy)
    score = _joined(signals) if newcomer else _joined(signals) * STANDING_PART
    leading = max(signals, key=lambda signal: signal.weight)
    severity = _severity(score, policy, strong=newcomer and not borrowed)
    return Finding(RULE, severity, round(score, 3), f"evidence-advertising-{leading.kind}", leading.facts,
                   punishes=not borrowed)  # fmt: skip


def is_newcomer(content: Content, author: AuthorFacts, policy: AdvertisingPolicy) -> bool:
    """Tell whether the author wrote little here or came lately; an unknown join says nothing."""
    age = author.age(content.message.at)
    young = age is not None and age.total_seconds() < policy.newcomer_days * DAY_SECONDS
    return not author.is_trusted and (author.messages_before < policy.newcomer_messages or young)


def _severity(score: float, policy: AdvertisingPolicy, *, strong: bool) -> Severity:
    if score >= policy.ban_score and strong:
        return Severity.BAN
    if score >= policy.hide_score:
        return Severity.HIDE
    return Severity.REVIEW if score >= policy.hide_score * REVIEW_PART else Severity.OBSERVE


def _joined(signals: list[Signal]) -> float:
    return 1 - prod([1 - signal.weight for signal in signals])


def _signals(found: tuple[Link, ...] | list[Link], marks: Marks, chat: ChatFacts,
             policy: AdvertisingPolicy) -> Iterator[Signal]:  # fmt: skip
    if not found:
        yield from _phrases(marks, calls_away=False)
        return
    staff = {name.username.casefold() for name in chat.staff if name.username}
    outside = [link for link in found if not _ours(link, chat, staff)]
    mentions = [link for link in outside if link.kind is LinkKind.MENTION]
    places = [link for link in outside if link.kind not in (LinkKind.MENTION, LinkKind.EMAIL)]
    kinds = {_kind(link, chat): link for link in places}
    for kind, link in kinds.items():
        known = kind == "link" and link.registered_domain in WELL_KNOWN
        yield Signal(kind, WELL_KNOWN_WEIGHT if known else WEIGHT[kind])
    if len(places) > policy.links_max:
        yield Signal("link", WEIGHT["many-links"])
    if len(mentions) > policy.mentions_max:
        yield Signal("mentions", MENTIONS_WEIGHT, {"count": len(mentions)})
    elif any(link.name.endswith("bot") for link in mentions):
        yield Signal("bot", WEIGHT["bot"] / 2)
    yield from _phrases(marks, calls_away=bool(places or mentions))


def _phrases(marks: Marks, *, calls_away: bool) -> Iterator[Signal]:
    families = [family for family in FAMILIES if family in marks]
    if not families:
        return
    kinds = len(families) + (calls_away and "ad_contact" not in families)
    count = sum(len(marks[family]) for family in families)
    kind = "contact" if families == ["ad_contact"] else "phrases"
    yield Signal(kind, PHRASES_WEIGHT[min(kinds, len(PHRASES_WEIGHT) - 1)], {"count": count})
    if "ad_vice" in marks:
        yield Signal("phrases", VICE_WEIGHT, {"count": count})


def _ours(link: Link, chat: ChatFacts, staff: set[str]) -> bool:
    if link.disguised:
        return False
    if link.kind in (LinkKind.MENTION, LinkKind.CHAT) and link.name in staff:
        return True
    return link.registered_domain in chat.allowed_domains or link.host in chat.allowed_domains


def _kind(link: Link, chat: ChatFacts) -> str:
    if link.disguised or (
        link.kind is LinkKind.WEB and look_alike(link.host, chat.allowed_domains)
    ):
        return "hidden-link"
    if link.kind is LinkKind.INVITE:
        return "invite"
    if link.kind is LinkKind.CHAT:
        return "bot" if link.name.endswith("bot") else "channel"
    return "link" if link.kind is LinkKind.WEB else "channel"
