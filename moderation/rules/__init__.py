"""Moderation rules, one file each.

A rule is a pure function

    check(content: Content, author: AuthorFacts, chat: ChatFacts, policy: <its section>) -> Finding | None

`content.message` is the `Incoming`, `content.folded` its text folded once. A rule sanctions nobody and knows no
wording: severity, score and an evidence key with facts are all it says. Every rule runs on every message and every
finding is kept; `moderation.decide` chooses. The list of rules is `moderation.rules.registry`.

Evidence keys live in `texts/locale/*/moderation_evidence.ftl`.
"""
