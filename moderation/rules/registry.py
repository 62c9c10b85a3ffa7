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
    medical_advice,
    medical_mention,
    red_flags,
)

Check = Callable[[Content, AuthorFacts, ChatFacts, Any], Finding | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule and its name, which is also the name of its section of the policy."""

    name: str
    check: Check


RULES: tuple[Rule, ...] = (
    Rule(medical_advice.RULE, medical_advice.check),
    Rule(medical_mention.RULE, medical_mention.check),
    Rule(red_flags.RULE, red_flags.check),
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
