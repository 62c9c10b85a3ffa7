"""The plan of a community: its topics and those of its staff forum, as content/community.yaml tells them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from community.model import Topic

LONGEST_NAME = 128
"""Characters of a topic name (Bot API, createForumTopic)."""


@dataclass(frozen=True, slots=True)
class TopicPlan:
    """A topic to be there. `cohorts`: whose parents are greeted in it; `settings`: its mode for moderation."""

    key: str
    names: Mapping[str, str]
    icon_color: int | None = None
    cohorts: tuple[str, ...] = ()
    closed: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict)

    def name(self, language: str) -> str:
        """Tell the name in a language, in the first one given when there is none."""
        return self.names.get(language) or next(iter(self.names.values()))


@dataclass(frozen=True, slots=True)
class Blueprint:
    """All topics. `rules`: the text to pin, by language (Telegram HTML)."""

    topics: tuple[TopicPlan, ...]
    staff: tuple[TopicPlan, ...]
    rules: Mapping[str, str]

    def by_cohort(self) -> dict[str, str]:
        """Map cohorts to the keys of the topics where their parents are greeted."""
        return {cohort: topic.key for topic in self.topics for cohort in topic.cohorts}


def read(document: Mapping[str, Any]) -> Blueprint:
    """Read the parsed YAML. A ValueError names the topic and what is wrong with it."""
    blueprint = Blueprint(
        topics=tuple(_topic(entry) for entry in document.get("topics", ())),
        staff=tuple(_topic(entry) for entry in document.get("staff", ())),
        rules=_words(document.get("rules", {}), "rules"),
    )
    keys = [topic.key for topic in (*blueprint.topics, *blueprint.staff)]
    twice = {key for key in keys if keys.count(key) > 1}
    if twice:
        raise ValueError(f"topic keys stand twice: {', '.join(sorted(twice))}")
    return blueprint


def _topic(entry: Mapping[str, Any]) -> TopicPlan:
    key = str(entry.get("key", ""))
    if not key:
        raise ValueError(f"a topic without a key: {entry}")
    names = _words(entry.get("name") or entry.get("names") or {}, key)
    if not names or any(not 1 <= len(name) <= LONGEST_NAME for name in names.values()):
        raise ValueError(f"{key}: a name has 1 to {LONGEST_NAME} characters")
    colour = entry.get("icon_color", entry.get("color"))
    return TopicPlan(
        key=key,
        names=names,
        icon_color=int(colour) if colour is not None else None,
        cohorts=tuple(str(cohort) for cohort in entry.get("cohorts", ())),
        closed=bool(entry.get("closed", False)),
        settings=dict(entry.get("settings", {})),
    )


def _words(value: Any, key: str) -> dict[str, str]:
    if isinstance(value, str):
        return {"ru": value}
    if not isinstance(value, Mapping):
        raise ValueError(f"{key}: words by language are wanted")  # noqa: TRY004 - a fault of the file
    return {str(language): str(words) for language, words in value.items()}


def wanted_topics(
    plans: Iterable[TopicPlan], known: Sequence[Topic]
) -> list[tuple[TopicPlan, Topic | None]]:
    """Pair each planned topic with the one known under its key, be it gone; None is to be created."""
    standing = {topic.key: topic for topic in known}
    return [(plan, standing.get(plan.key)) for plan in plans]


RIGHTS = {
    "can_delete_messages": "delete",
    "can_restrict_members": "restrict",
    "can_invite_users": "invite",
    "can_pin_messages": "pin",
    "can_manage_topics": "manage-topics",
    "can_manage_tags": "tags",
}
"""Rights the bot needs, and the word of `community-setup-right-<word>` that says how to grant each."""


def missing_rights(granted: Mapping[str, bool | None]) -> list[str]:
    """List the words of the rights that are not granted, in the order they are shown."""
    return [word for right, word in RIGHTS.items() if not granted.get(right)]
