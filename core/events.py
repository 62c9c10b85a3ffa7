"""Names of what happened: `area.subject.past_verb`. Append only; a published name is never renamed or reused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from core.ids import ChildId, PersonId


class EventName(StrEnum):
    """Every event the product writes to its own log."""

    PERSON_STARTED = "community.person.started"
    FIRST_STEPS_DONE = "community.first_steps.done"
    PERSON_LANGUAGE_CHOSEN = "community.person.language_chosen"
    PERSON_ZONE_CHOSEN = "community.person.zone_chosen"
    PERSON_BLOCKED_BOT = "community.person.blocked_bot"
    PERSON_UNBLOCKED_BOT = "community.person.unblocked_bot"
    PERSON_DEACTIVATED = "community.person.deactivated"
    PERSON_ERASED = "consent.person.erased"
    CHILD_ADDED = "community.child.added"
    CHILD_REMOVED = "community.child.removed"
    CHILD_ERASED = "consent.child.erased"
    MEMBER_JOINED = "community.member.joined"
    MEMBER_LEFT = "community.member.left"
    MEMBER_GREETED = "community.member.greeted"
    JOIN_REQUESTED = "community.join.requested"
    JOIN_APPROVED = "community.join.approved"
    JOIN_DECLINED = "community.join.declined"
    ROLE_GRANTED = "community.role.granted"
    ROLE_WITHDRAWN = "community.role.withdrawn"
    CONSENT_SERVED = "consent.document.served"
    CONSENT_GRANTED = "consent.purpose.granted"
    CONSENT_REFUSED = "consent.purpose.refused"
    CONSENT_WITHDRAWN = "consent.purpose.withdrawn"
    CONSENT_UNDONE = "consent.purpose.undone"
    CONSENT_EXPIRED = "consent.purpose.expired"
    CONSENT_CONFLICTED = "consent.child.conflicted"
    CONSENT_DOCUMENT_PUBLISHED = "consent.document.published"
    CONSENT_LEDGER_BROKEN = "consent.ledger.broken"
    PERSON_LEFT = "consent.person.left"
    PERSON_LEFT_WHY = "consent.person.left_why"
    PERSON_EXPORTED = "consent.person.exported"
    PERSON_LOOKED_AT = "consent.person.looked_at"
    CASE_OPENED = "moderation.case.opened"
    CASE_DECIDED = "moderation.case.decided"
    CASE_UNDONE = "moderation.case.undone"
    MESSAGE_HIDDEN = "moderation.message.hidden"
    MEMBER_WARNED = "moderation.member.warned"
    MEMBER_MUTED = "moderation.member.muted"
    MEMBER_BANNED = "moderation.member.banned"
    MEMBER_POINTED = "moderation.member.pointed"
    MEMBER_RESTORED = "moderation.member.restored"
    MEMBER_REPORTED = "moderation.message.reported"
    APPEAL_OPENED = "moderation.appeal.opened"
    APPEAL_DECIDED = "moderation.appeal.decided"
    POLICY_CHANGED = "moderation.policy.changed"
    RAID_CLOSED = "moderation.raid.closed"
    RAID_OPENED = "moderation.raid.opened"
    SETTING_CHANGED = "community.setting.changed"
    QUESTION_ASKED = "community.question.asked"
    QUESTION_ANSWERED = "community.question.answered"
    FEEDBACK_SHOWN = "community.feedback.shown"
    AMA_ANNOUNCED = "community.ama.announced"
    AMA_CANCELLED = "community.ama.cancelled"
    AMA_FINISHED = "community.ama.finished"
    AMA_MOVED = "community.ama.moved"
    AMA_NOTED = "community.ama.noted"
    AMA_QUESTION_ASKED = "community.ama_question.asked"
    AMA_QUESTION_DECLINED = "community.ama_question.declined"
    AMA_STARTED = "community.ama.started"
    MENTOR_APPLIED = "community.mentor.applied"
    MENTOR_APPROVED = "community.mentor.approved"
    MENTOR_DECLINED = "community.mentor.declined"
    MENTOR_PAIR_FINISHED = "community.mentor_pair.finished"
    MENTOR_PAIR_MET = "community.mentor_pair.met"
    MENTOR_PAIR_PROPOSED = "community.mentor_pair.proposed"
    MENTOR_PAIR_STARTED = "community.mentor_pair.started"
    MENTOR_TRAINED = "community.mentor.trained"
    RED_FLAG_RAISED = "community.red_flag.raised"
    DUTY_CHANGED = "community.duty.changed"
    ESCALATION_OPENED = "community.escalation.opened"
    ESCALATION_TAKEN = "community.escalation.taken"
    ESCALATION_ANSWERED = "community.escalation.answered"
    ESCALATION_CLOSED = "community.escalation.closed"
    ESCALATION_RATED = "community.escalation.rated"
    CHAT_MIGRATED = "delivery.chat.migrated"
    MESSAGE_PLANNED = "delivery.message.planned"
    MESSAGE_SENT = "delivery.message.sent"
    MESSAGE_SUPPRESSED = "delivery.message.suppressed"
    DIGEST_PLANNED = "scheduler.digest.planned"
    LEARNING_EVENT_TAKEN = "ingest.event.taken"
    LEARNING_EVENT_PARKED = "ingest.event.parked"
    LEARNING_EVENT_REJECTED = "ingest.event.rejected"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `facts` are ids, codes and counts: never what people wrote, names or phones."""

    name: EventName
    at: datetime
    person: PersonId | None = None
    child: ChildId | None = None
    actor: PersonId | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
