"""Pictures of a child's progress, and pictures where none are wanted. The first time is a hint, no strike."""

from __future__ import annotations

import re

from moderation.content import Content
from moderation.facts import AuthorFacts, ChatFacts
from moderation.model import Finding, Severity
from moderation.policy import ScreenshotPolicy

RULE = "progress_screenshot"
IMAGES = frozenset({"photo", "live_photo"})
_PROGRESS = re.compile(
    r"(?<!\w)(?:скрин\w*|прогрес\w*|(?:наши|мои|его|ее|вот|такие|смотрите)\s+(?:\w+\s+){0,2}?результат\w*|наш\w*\s+(?:\w+\s+)?достижени\w*|"
    r"личн\w+\s+кабинет\w*|набрал[аи]?\s+\d+\s+(?:бал|очк|зв)\w*|проше?л[аи]?\s+(?:\w+\s+)?(?:на\s+)?\d+\s*%|\d+\s*%\s+(?:курс|урок|програм)\w*|рейтинг\w*|серия\s+\d+|"
    r"screenshot|progres)"
)


def check(
    content: Content, author: AuthorFacts, chat: ChatFacts, policy: ScreenshotPolicy
) -> Finding | None:
    """Find an image in a topic without images, or an image shown as somebody's progress."""
    message = content.message
    image = message.media & IMAGES or any(f.mime.startswith("image/") for f in message.files)
    if not image:
        return None
    if not chat.topic.images_allowed:
        return _finding("evidence-screenshot-topic", 0.9, author, policy)
    if _PROGRESS.search(content.folded.folded):
        return _finding("evidence-screenshot-words", 0.75, author, policy)
    return None


def _finding(evidence: str, score: float, author: AuthorFacts, policy: ScreenshotPolicy) -> Finding:
    times = sum(1 for strike in author.strikes if strike.rule == RULE)
    soft = times < policy.soft_first_times
    return Finding(
        RULE,
        Severity.HIDE,
        score,
        evidence,
        facts={"times": times + 1},
        soft_first=soft,
        notice="" if soft else "notice-progress-screenshot-again",
        punishes=not soft,
    )
