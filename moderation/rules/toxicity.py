"""Insults, threats, harassment, swearing, however spelled.

Who is meant decides: a word thrown at somebody is removed, a word about nobody is a warning, a word told again ("его
назвали дураком") is nobody's fault.
"""

from __future__ import annotations

import re

from moderation.content import Content
from moderation.facts import AuthorFacts, ChatFacts
from moderation.model import Facts, Finding, Severity
from moderation.policy import ToxicityPolicy
from moderation.rules.patterns import folded
from moderation.text.phrases import Hit

RULE = "toxicity"
NEAR = 28
"""Characters between the person meant and the word."""

_YOU = r"ты|тебя|тебе|тобой|твой|твоя|твое|твои|твоего|твоей|вы|вас|вам|вами|ваш|ваша|ваше|ваши|вашего|вашей|you|your"
_ADDRESSED = folded(rf"(?<!\w)(?:{_YOU}|админ|админы|модератор|модераторы)(?!\w)")
_MEANT = folded(
    rf"(?<!\w)(?:{_YOU}|сам|сама|сами|она|он|они|такая|такой|такие|какая|какие|мамаша|мамаши|мамаш|автор|админ|админы|модератор|"
    r"модераторы|учителя|училка)(?!\w)"
)
_SPELLED = re.compile(
    r"[хбсп](?<!\w.)[\W_](?:(?<=х.)[\W_]?у[\W_]{1,2}[йияе]|(?<=б.)[\W_]?л[\W_]{1,2}я|(?<=с.)[\W_]?у[\W_]{1,2}к[\W_]{1,2}[аи]|"
    r"(?<=п.)[\W_]?[ие][\W_]{1,2}з[\W_]{1,2}д)",
    re.DOTALL,
)
_MASKED = re.compile(
    r"(?<!\w)(?:х[*#@]{1,2}[йяе]|п[*#@]{1,4}[дц]|б[*#@]{1,2}(?:ть|дь|ь)|с[*#@]к[аи]|[её]б[*#@]{1,2}|"
    r"п[ие]з[*#@]|ху[*#@]|бл[*#@]+)"
)
"""Short swear words spelled out or masked; folding joins only longer runs of letters."""

_TOLD = folded(
    r"""(?<!\w)(?:обзыва\w+|обозва\w+|называ\w+|назва\w+|дразн\w+|оскорбля\w+|оскорби\w+|говорят\s+(?:ему|ей|сыну|дочке)|кричат|слышал[аи]?\s+слово|слово|
    принес\w*\s+из\s+сад\w*|научил\w+|повторя\w+|матерится|матерят\w*|ругает\w*|ругают\w*|выражени\w+|я\s+сама|я\s+сам|чувству\w+\s+себя|ощущ\w+\s+себя)(?!\w)"""
)


def check(
    content: Content, author: AuthorFacts, chat: ChatFacts, policy: ToxicityPolicy
) -> Finding | None:
    """Find the worst of threat, insult and swearing."""
    del author, chat
    marks = content.marks
    threats, insults = marks.get("threats", ()), marks.get("insults", ())
    swearing, animals = marks.get("profanity", ()), marks.get("insults_aimed", ())
    text = content.folded.folded
    if not (threats or insults or swearing or animals):
        return _spelled(content.plain)
    told = _TOLD.search(text) is not None
    if threats and not told:
        return _finding(Severity.HIDE, 0.9, "threat", {"count": len(threats)})
    aimed = [hit for hit in insults if _near(_MEANT, text, hit)]
    aimed += [hit for hit in (*swearing, *animals) if _near(_ADDRESSED, text, hit)]
    if told:
        return (
            _finding(Severity.REVIEW, 0.35, "told", {"count": len(aimed)})
            if insults or swearing
            else None
        )
    hits = len(insults) + len(swearing)
    if aimed or len(insults) > 1:
        score = min(0.8 + 0.05 * hits, 0.98)
        return _finding(
            Severity.HIDE if score >= policy.hide_score else Severity.REVIEW,
            score,
            "insult",
            {"count": hits or 1},
        )
    if swearing and len(swearing) >= policy.profanity_to_review:
        return _finding(
            Severity.WARN,
            min(0.55 + 0.05 * len(swearing), 0.8),
            "profanity",
            {"count": len(swearing)},
        )
    return _finding(Severity.REVIEW, 0.45, "insult", {"count": len(insults)}) if insults else None


def _spelled(plain: str) -> Finding | None:
    masks = "*" in plain or "#" in plain or "@" in plain
    masked = masks and _MASKED.search(plain) is not None
    if masked or _SPELLED.search(plain) is not None:
        return _finding(Severity.WARN, 0.55, "profanity", {"count": 1})
    return None


def _near(who: re.Pattern[str], text: str, hit: Hit) -> bool:
    return who.search(text, max(0, hit.start - NEAR), min(len(text), hit.end + NEAR)) is not None


def _finding(severity: Severity, score: float, kind: str, facts: Facts) -> Finding:
    return Finding(RULE, severity, score, f"evidence-toxicity-{kind}", facts=facts)
