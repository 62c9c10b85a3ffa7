"""What a topic allows: who writes, media, links, pace, night rest. Nobody is punished; the author gets a hint."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from moderation.content import Content
from moderation.facts import AuthorFacts, ChatFacts, TopicMode
from moderation.model import Facts, Finding, Incoming, Severity
from moderation.policy import TopicPolicy

RULE = "topic_policy"
MINUTE = 60
MEDIA = frozenset({
    "photo", "video", "animation", "audio", "document", "sticker", "video_note", "voice", "live_photo", "paid_media",
    "story", "game",
})  # fmt: skip

NOTICES = {
    "read-only": "notice-topic-read-only",
    "experts-only": "notice-topic-experts-only",
    "no-media": "notice-media",
    "no-links": "notice-topic-links",
    "night": "notice-night",
    "slow": "notice-slow",
}


def check(
    content: Content, author: AuthorFacts, chat: ChatFacts, policy: TopicPolicy
) -> Finding | None:
    """Find the first thing this topic does not allow to this author."""
    found = _shape(content, chat, policy) or _time(content.message, author, chat, policy)
    return None if found is None or author.is_staff or content.message.service else found


def _shape(content: Content, chat: ChatFacts, policy: TopicPolicy) -> Finding | None:
    topic = chat.topic
    mode = policy.topic_mode if topic.mode is TopicMode.OPEN else topic.mode
    if mode is not TopicMode.OPEN:
        return _finding(mode.value.replace("_", "-"))
    if not (topic.media_allowed and policy.media_allowed) and content.message.media & MEDIA:
        return _finding("no-media")
    if not (topic.links_allowed and policy.links_allowed) and _outside(content, chat):
        return _finding("no-links")
    return None


def _time(
    message: Incoming, author: AuthorFacts, chat: ChatFacts, policy: TopicPolicy
) -> Finding | None:
    """Night and pace; an edit is written at no time of its own."""
    if message.is_edit:
        return None
    if is_night(message.at, chat.zone, policy.night_start, policy.night_end):
        hour = f"{policy.night_end // 60:02}:{policy.night_end % 60:02}"
        return _finding("night", {"until": hour, "hour": hour})
    return _pace(message, author, chat.topic.slow_seconds or policy.slow_seconds)


def is_night(now: datetime, zone: str, start: int, end: int) -> bool:
    """Tell whether the wall clock of the zone stands in [start, end), minutes after midnight; may cross midnight.

    Wall time is read at `now` itself, so a change of the clocks needs no care. Equal ends mean no night.
    """
    if start == end:
        return False
    local = now.astimezone(_zone(zone))
    minute = local.hour * 60 + local.minute
    return start <= minute < end if start < end else minute >= start or minute < end


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _outside(content: Content, chat: ChatFacts) -> bool:
    return any(link.registered_domain not in chat.allowed_domains for link in content.links)


def _pace(message: Incoming, author: AuthorFacts, seconds: int) -> Finding | None:
    if not seconds:
        return None
    since = message.at - timedelta(seconds=seconds)
    for past in author.recent:
        same = past.topic_id == message.topic_id and past.message_id not in message.message_ids
        if same and past.at > since:
            wait = int((past.at - since).total_seconds())
            return _finding("slow", {"seconds": max(wait, 1), "duration": _in_words(seconds)})
    return None


def _in_words(seconds: int) -> Facts:
    if seconds % MINUTE:
        return {"text": "pace-seconds", "seconds": seconds}
    return {"text": "pace-minutes", "minutes": seconds // MINUTE}


def _finding(kind: str, facts: Facts | None = None) -> Finding:
    return Finding(
        RULE,
        Severity.HIDE,
        1.0,
        f"evidence-topic-{kind}",
        facts=facts or {},
        notice=NOTICES[kind],
        punishes=False,
    )
