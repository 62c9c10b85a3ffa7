"""The rules in force. Order carries no meaning: all of them run and the harshest finding wins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from moderation.content import Content
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
    """A rule and its name, which is also the name of its section of the policy."""

    name: str
    check: Check


RULES: tuple[Rule, ...] = (
    Rule(advertising.RULE, advertising.check),
    Rule(child_data.RULE, child_data.check),
    Rule(documents.RULE, documents.check),
    Rule(flood.RULE, flood.check),
    Rule(forwards.RULE, forwards.check),
    Rule(impersonation.RULE, impersonation.check),
    Rule(medical_advice.RULE, medical_advice.check),
    Rule(medical_mention.RULE, medical_mention.check),
    Rule(off_topic.RULE, off_topic.check),
    Rule(profile.RULE, profile.check),
    Rule(progress_screenshot.RULE, progress_screenshot.check),
    Rule(red_flags.RULE, red_flags.check),
    Rule(spam_model.RULE, spam_model.check),
    Rule(stickers.RULE, stickers.check),
    Rule(topic_policy.RULE, topic_policy.check),
    Rule(toxicity.RULE, toxicity.check),
    Rule(unknown_media.RULE, unknown_media.check),
)


def run(
    content: Content,
    author: AuthorFacts,
    chat: ChatFacts,
    policy: Policy,
    rules: tuple[Rule, ...] = RULES,
) -> list[Finding]:
    """Run every rule that is not off and keep every finding."""
    found = []
    for rule in rules:
        section = getattr(policy, rule.name)
        if section.mode is Mode.OFF:
            continue
        finding = rule.check(content, author, chat, section)
        if finding is not None:
            found.append(finding)
    return found
