"""Every number of moderation, with its unit, limits and off value.

A section per rule, frozen. Chats and topics differ by a flat mapping (`{"flood.messages_max": 8}`) laid over these
defaults by `moderation.overrides`. Numbers without a named source were chosen by hand for a community of parents and
are meant to be changed by `/rules` after looking at what the change would have done.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from moderation.facts import TopicMode

DAY = 86_400


class Mode(StrEnum):
    """What a rule may do: nothing, observe only, or act."""

    OFF = "off"
    SHADOW = "shadow"
    LIVE = "live"


def number(value: float, unit: str, low: float, high: float, off: float | None = None) -> Any:
    """Declare a number: its unit, inclusive limits, and the value that switches it off (None: cannot be off)."""
    return field(default=value, metadata={"unit": unit, "low": low, "high": high, "off": off})


@dataclass(frozen=True, slots=True)
class RulePolicy:
    """What every section has."""

    mode: Mode = Mode.LIVE


@dataclass(frozen=True, slots=True)
class AdvertisingPolicy(RulePolicy):
    """Links, invites, contacts and sales phrases."""

    newcomer_messages: int = number(5, "messages", 0, 100, off=0)
    newcomer_days: int = number(3, "days", 0, 60, off=0)
    links_max: int = number(2, "links in a message", 0, 20, off=20)
    mentions_max: int = number(4, "mentions in a message", 0, 50, off=50)
    hide_score: float = number(0.6, "score", 0, 1)
    ban_score: float = number(0.9, "score", 0, 1)


@dataclass(frozen=True, slots=True)
class SpamModelPolicy(RulePolicy):
    """The trained model. Between review and hide lies the grey band: a person looks."""

    review_score: float = number(0.5, "probability", 0, 1)
    hide_score: float = number(0.9, "probability", 0, 1)
    ban_score: float = number(0.99, "probability", 0, 1)
    least_characters: int = number(12, "characters", 0, 200, off=0)
    standing_messages: int = number(
        20, "messages after which the model only asks for review", 0, 1000, off=0
    )


@dataclass(frozen=True, slots=True)
class MedicalAdvicePolicy(RulePolicy):
    """Doses, treatments and diagnoses by parents."""

    hide_score: float = number(0.7, "score", 0, 1)
    review_score: float = number(0.3, "score", 0, 1)


@dataclass(frozen=True, slots=True)
class MedicalMentionPolicy(RulePolicy):
    """Medicines named without advice; observed only, it feeds the weekly figures."""


@dataclass(frozen=True, slots=True)
class ChildDataPolicy(RulePolicy):
    """A child who could be found by what was written."""

    signals_min: int = number(2, "signals beside each other, the name included", 2, 5)
    window_seconds: int = number(
        600, "seconds in which messages of one author count as one", 0, DAY, off=0
    )


@dataclass(frozen=True, slots=True)
class ScreenshotPolicy(RulePolicy):
    """Pictures where pictures of progress are not wanted."""

    soft_first_times: int = number(1, "times without a strike", 0, 10, off=0)


@dataclass(frozen=True, slots=True)
class ToxicityPolicy(RulePolicy):
    """Insults, harassment, profanity."""

    profanity_to_review: int = number(
        1, "swear words aimed at nobody before a warning", 1, 20, off=20
    )
    hide_score: float = number(0.7, "score", 0, 1)


@dataclass(frozen=True, slots=True)
class RedFlagPolicy(RulePolicy):
    """Self-harm, violence, abuse."""

    at_once_score: float = number(0.8, "score from which the person on duty is woken", 0, 1)


@dataclass(frozen=True, slots=True)
class FloodPolicy(RulePolicy):
    """Too much, too often, the same again."""

    window_seconds: int = number(30, "seconds", 5, 600)
    messages_max: int = number(8, "messages in the window", 0, 100, off=0)
    duplicates_max: int = number(2, "equal messages in the duplicate window", 0, 20, off=0)
    duplicate_window_seconds: int = number(3_600, "seconds", 60, 7 * DAY)
    wave_authors: int = number(2, "other authors with the same text", 0, 20, off=0)
    dice_max: int = number(2, "dice in the window", 0, 20, off=0)
    mute_seconds: int = number(600, "seconds", 30, DAY)
    least_characters: int = number(
        12, "characters under which equal texts are chatter", 0, 100, off=0
    )


@dataclass(frozen=True, slots=True)
class ReactionPolicy(RulePolicy):
    """Reactions as a way to spam."""

    window_seconds: int = number(60, "seconds", 5, 3_600)
    reactions_max: int = number(25, "reactions in the window", 0, 500, off=0)
    newcomer_reactions_max: int = number(
        10, "reactions in the window, nothing written before", 0, 500, off=0
    )


@dataclass(frozen=True, slots=True)
class JoinPolicy(RulePolicy):
    """Join surges."""

    window_seconds: int = number(60, "seconds", 10, 3_600)
    joins_max: int = number(10, "joins in the window", 0, 1_000, off=0)
    release_after_seconds: int = number(900, "quiet seconds before the gate opens again", 60, DAY)


@dataclass(frozen=True, slots=True)
class ImpersonationPolicy(RulePolicy):
    """Names, tags and channels that pretend to be staff."""

    similarity: float = number(0.86, "likeness of folded names", 0.5, 1, off=1)
    least_letters: int = number(5, "letters in a name that can be borrowed", 3, 20)


@dataclass(frozen=True, slots=True)
class OffTopicPolicy(RulePolicy):
    """Messages that belong to another topic."""

    least_words: int = number(6, "words", 1, 100)
    margin: int = number(2, "more marks of the other subject than of this one", 1, 10, off=10)


@dataclass(frozen=True, slots=True)
class TopicPolicy(RulePolicy):
    """Who may write what where; night hours are half-open [start, end) in the chat's zone, equal ends turn it off."""

    topic_mode: TopicMode = TopicMode.OPEN
    media_allowed: bool = True
    links_allowed: bool = True
    slow_seconds: int = number(0, "seconds between two messages of one author", 0, DAY, off=0)
    night_start: int = number(0, "minutes after local midnight", 0, 1_439)
    night_end: int = number(
        0, "minutes after local midnight; equal to the start turns it off", 0, 1_439
    )


@dataclass(frozen=True, slots=True)
class DocumentPolicy(RulePolicy):
    """Files that can carry programs."""

    newcomer_messages: int = number(5, "messages before archives are only reviewed", 0, 100, off=0)


@dataclass(frozen=True, slots=True)
class UnknownMediaPolicy(RulePolicy):
    """Content no rule can read."""

    custom_emoji_max: int = number(6, "custom emoji before they may spell words", 0, 100, off=0)
    newcomer_messages: int = number(
        3, "messages before a bare picture needs no review", 0, 100, off=0
    )


@dataclass(frozen=True, slots=True)
class StickerPolicy(RulePolicy):
    """Sticker packs that advertise by name."""


@dataclass(frozen=True, slots=True)
class ForwardPolicy(RulePolicy):
    """Forwards and references to other chats."""

    newcomer_messages: int = number(
        5, "messages before channel forwards are only observed", 0, 100, off=0
    )


@dataclass(frozen=True, slots=True)
class ProfilePolicy(RulePolicy):
    """Advertising in names and bios."""

    newcomer_messages: int = number(5, "messages", 0, 100, off=0)


@dataclass(frozen=True, slots=True)
class LadderPolicy:
    """How sanctions grow and fade."""

    strike_days: int = number(60, "days a strike counts; a strike counts for [0, days)", 1, 365)
    mute_at: int = number(2, "points, this violation included", 1, 20)
    long_mute_at: int = number(3, "points", 1, 20)
    longest_mute_at: int = number(4, "points", 1, 20)
    ban_at: int = number(6, "points at which staff are asked to ban", 2, 50)
    mute_seconds: int = number(3_600, "seconds", 60, DAY)
    long_mute_seconds: int = number(DAY, "seconds", 60, 30 * DAY)
    longest_mute_seconds: int = number(7 * DAY, "seconds", 60, 90 * DAY)
    standing_days: int = number(30, "days after which no automatic ban is possible", 1, 365)
    standing_messages: int = number(20, "messages that make a member of standing", 1, 1_000)
    standing_points: int = number(1, "points forgiven to a member of standing", 0, 5, off=0)
    history_messages: int = number(
        1, "messages a ban would erase before staff must confirm it", 1, 100
    )
    held_seconds: int = number(DAY, "seconds muted while a ban waits for staff", 60, 7 * DAY)
    shortest_seconds: int = number(35, "seconds; Telegram takes less than 30 for ever", 31, 600)
    longest_seconds: int = number(
        365 * DAY, "seconds; Telegram takes more than 366 days for ever", DAY, 365 * DAY
    )


@dataclass(frozen=True, slots=True)
class Policy:
    """All of it. Section names are rule names."""

    advertising: AdvertisingPolicy = AdvertisingPolicy()
    spam_model: SpamModelPolicy = SpamModelPolicy()
    medical_advice: MedicalAdvicePolicy = MedicalAdvicePolicy()
    medical_mention: MedicalMentionPolicy = MedicalMentionPolicy()
    child_data: ChildDataPolicy = ChildDataPolicy()
    progress_screenshot: ScreenshotPolicy = ScreenshotPolicy()
    toxicity: ToxicityPolicy = ToxicityPolicy()
    red_flags: RedFlagPolicy = RedFlagPolicy()
    flood: FloodPolicy = FloodPolicy()
    reactions: ReactionPolicy = ReactionPolicy()
    joins: JoinPolicy = JoinPolicy()
    impersonation: ImpersonationPolicy = ImpersonationPolicy()
    off_topic: OffTopicPolicy = OffTopicPolicy()
    topic_policy: TopicPolicy = TopicPolicy()
    documents: DocumentPolicy = DocumentPolicy()
    unknown_media: UnknownMediaPolicy = UnknownMediaPolicy()
    stickers: StickerPolicy = StickerPolicy()
    forwards: ForwardPolicy = ForwardPolicy()
    profile: ProfilePolicy = ProfilePolicy()
    ladder: LadderPolicy = LadderPolicy()
