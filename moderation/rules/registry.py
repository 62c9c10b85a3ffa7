"""The rules in force. Order carries no meaning: all of them run and the harshest finding wins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from moderation.content import (
    ELSEWHERE,
    ENTITIES,
    FACE,
    FILES,
    MARKS,
    MEDIA,
    STICKER,
    Content,
)
from moderation.facts import AuthorFacts, ChatFacts
from moderation.model import Finding
from moderation.policy import Mode, Policy
from moderation.rules import (
    advertising,
    child_data,
    documents,
    flood,
    forwards,
    impersonation,
    medical_advice,
    medical_mention,
    off_topic,
    profile,
    progress_screenshot,
    red_flags,
    spam_model,
    stickers,
    topic_policy,
    toxicity,
    unknown_media,
)

Check = Callable[[Content, AuthorFacts, ChatFacts, Any], Finding | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule and its name, which is also the name of its section of the policy.

    `needs` are traits of a message (bits, see `moderation.content`): with none of them the rule has nothing to look
    at. 0: it looks at every message.
    """

    name: str
    check: Check
    needs: int = 0


RULES: tuple[Rule, ...] = (
    Rule(advertising.RULE, advertising.check),
    Rule(child_data.RULE, child_data.check),
    Rule(documents.RULE, documents.check, FILES),
    Rule(flood.RULE, flood.check),
    Rule(forwards.RULE, forwards.check, ELSEWHERE),
    Rule(impersonation.RULE, impersonation.check, FACE),
    Rule(medical_advice.RULE, medical_advice.check),
    Rule(medical_mention.RULE, medical_mention.check, MARKS),
    Rule(off_topic.RULE, off_topic.check),
    Rule(profile.RULE, profile.check),
    Rule(progress_screenshot.RULE, progress_screenshot.check, MEDIA | FILES),
    Rule(red_flags.RULE, red_flags.check, MARKS),
    Rule(spam_model.RULE, spam_model.check),
    Rule(stickers.RULE, stickers.check, STICKER),
    Rule(topic_policy.RULE, topic_policy.check),
    Rule(toxicity.RULE, toxicity.check),
    Rule(unknown_media.RULE, unknown_media.check, MEDIA | ENTITIES),
)


def run(
    content: Content,
    author: AuthorFacts,
    chat: ChatFacts,
    policy: Policy,
    rules: tuple[Rule, ...] = RULES,
) -> list[Finding]:
    """Run every rule that is not off and has something to look at, and keep every finding."""
    found = []
    traits = content.traits
    for check, section, needs in _plan(policy, rules):
        if needs and not needs & traits:
            continue
        finding = check(content, author, chat, section)
        if finding is not None:
            found.append(finding)
    return found


_Plan = tuple[tuple[Check, Any, int], ...]
# Policies of chats live long; each is looked through once. The plan holds its policy, so an id is never another's.
PLANS_KEPT = 256
_plans: dict[tuple[int, int], tuple[Policy, tuple[Rule, ...], _Plan]] = {}


def _plan(policy: Policy, rules: tuple[Rule, ...]) -> _Plan:
    key = id(policy), id(rules)
    known = _plans.get(key)
    if known is None:
        if len(_plans) >= PLANS_KEPT:
            _plans.clear()
        sections = [(rule, getattr(policy, rule.name)) for rule in rules]
        plan = tuple(
            (r.check, section, r.needs) for r, section in sections if section.mode is not Mode.OFF
        )
        known = _plans[key] = policy, rules, plan
    return known[2]
