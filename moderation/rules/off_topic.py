"""Messages that belong to another topic. Nothing is removed: the author is offered to move."""

from __future__ import annotations

from moderation.content import Content
from moderation.facts import AuthorFacts, ChatFacts
from moderation.model import Finding, Severity
from moderation.policy import OffTopicPolicy

RULE = "off_topic"
PREFIX = "subject_"


def check(
    content: Content, author: AuthorFacts, chat: ChatFacts, policy: OffTopicPolicy
) -> Finding | None:
    """Find a message that speaks of a subject which has a topic of its own, and not of this topic's subject.

    Answers stay where the question is: a reply is never off topic.
    """
    topic = chat.topic
    message = content.message
    if not topic.subject or author.is_staff or message.is_edit:
        return None
    if message.reply_to is not None and not message.reply_to.is_topic_root:
        return None
    marks = content.marks
    counts = {
        subject: len({hit.phrase for hit in marks.get(PREFIX + subject, ())})
        for subject in chat.subjects
        if subject != topic.subject
    }
    if not counts or content.own.count(" ") + 1 < policy.least_words:
        return None
    best = max(sorted(counts), key=lambda subject: counts[subject])
    here = len({hit.phrase for hit in marks.get(PREFIX + topic.subject, ())})
    if counts[best] - here < policy.margin:
        return None
    return Finding(
        RULE,
        Severity.OBSERVE,
        min(0.4 + 0.1 * counts[best], 0.9),
        "evidence-off-topic",
        facts={"other": chat.subjects[best], "subject": best},
        pointer="notice-off-topic",
        punishes=False,
    )
