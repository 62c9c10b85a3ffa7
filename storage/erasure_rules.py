"""What erasure does to every table: one line each, and a house test that fails for a table without one.

`person` and `child` name columns with our keys, `telegram` with Telegram ids of people, `chat` with chat ids that are
the person's own when the chat is private. A table none of whose columns say who is `KEEP`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any


class Fate(StrEnum):
    """What happens to a row."""

    DELETE = "delete"
    EMPTY = "empty"
    """The row stays for its counts and keys; what says who or what is emptied."""
    KEEP = "keep"


Via = tuple[tuple[str, ...], str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One table. `why` is said to the parent (in the act) and to an auditor.

    empty: values that replace columns. via: (columns, table, its columns), where the other table says whose the row is.
    ended: (column, values that mean open, value that ends it). order: smaller first, so that what points goes before
    what is pointed at.
    export: whether rows go into the person's own export.
    """

    fate: Fate
    why: str
    person: tuple[str, ...] = ()
    child: tuple[str, ...] = ()
    telegram: tuple[str, ...] = ()
    chat: tuple[str, ...] = ()
    empty: Mapping[str, Any] = field(default_factory=dict)
    via: tuple[Via, ...] = ()
    ended: tuple[str, tuple[str, ...], str] | None = None
    order: int = 5
    export: bool = True


def _delete(why: str, **columns: Any) -> Rule:
    return Rule(Fate.DELETE, why, **columns)


def _empty(why: str, empty: Mapping[str, Any], **columns: Any) -> Rule:
    return Rule(Fate.EMPTY, why, empty=empty, **columns)


def _keep(why: str, **columns: Any) -> Rule:
    return Rule(Fate.KEEP, why, **columns)


NO_PERSON = "no data about a person"
STAFF = "work of staff, no data of parents"
EVIDENCE = "proof of consent under a pseudonym (GDPR 17.3.e, 152-FZ 9.3)"

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "access_log": _keep("looks of staff, by key", person=("person_id",), child=("child_id",)),
        "appeals": _empty("figures of appeals stay by case", {"user_id": 0}, telegram=("user_id",)),
        "case_bodies": _delete("edited versions in cases", telegram=("author_id",), order=4),
        "case_steps": _keep("steps of a case hold codes and ids of staff"),
        "cases": _empty(
            "moderation figures stay, what was written goes",
            {"body": None, "author_id": 0, "message_ids": [], "findings": []},
            telegram=("author_id",),
        ),
        "ama_answers": _keep("words of experts in a public meeting"),
        "ama_questions": _empty(
            "figures of meetings stay, words go",
            {"sealed": b""},
            person=("asker_id",),
            ended=("state", ("pending", "open", "staged", "written"), "withdrawn"),
        ),
        "ama_sessions": _keep(STAFF),
        "ama_subscribers": _delete("visits of meetings", person=("person_id",)),
        "ama_votes": _delete("votes", person=("person_id",)),
        "campaigns": _keep(STAFF),
        "children": _empty(
            "the key stays for figures", {"name": None, "birth": None}, child=("id",), order=8
        ),
        "communities": _keep(NO_PERSON),
        "community_members": _delete("membership", telegram=("telegram_id",)),
        "community_settings_log": _keep(STAFF),
        "community_topics": _keep(NO_PERSON),
        "consent_alarms": _keep(NO_PERSON),
        "consent_documents": _keep(NO_PERSON),
        "consent_heads": _keep(NO_PERSON),
        "consent_servings": _keep(EVIDENCE),
        "consent_stages": _delete("stage of growing up", child=("child_id",)),
        "consent_state": _delete("current decisions", person=("person_id",), child=("child_id",)),
        "consent_subjects": _delete(
            "who the pseudonym was", person=("person_id",), child=("child_id",), order=7
        ),
        "consents": _keep(EVIDENCE),
        "contacts": _delete("phone and e-mail", person=("person_id",)),
        "deep_links": _delete("links of the platform", person=("used_by",), child=("child_id",)),
        "delivery_holds": _keep(STAFF),
        "delivery_workers": _keep(NO_PERSON),
        "drafts": _delete("unfinished forms", person=("person_id",)),
        "duty_exemptions": _delete("duty of an expert", person=("expert_id",)),
        "duty_limits": _delete("duty of an expert", person=("expert_id",)),
        "duty_shifts": _delete("duty of an expert", person=("expert_id",)),
        "duty_swaps": _delete("duty of an expert", person=("gives_id", "takes_id")),
        "enrolments": _delete("journeys", person=("person_id",), child=("child_id",)),
        "erasures": _keep("acts of destruction, by key"),
        "escalation_relays": _delete("copies in the private chat", chat=("chat_id",), export=False),
        "escalations": _empty(
            "figures of questions stay, words go",
            {
                "sealed": b"",
                "asker_id": None,
                "asker_telegram": None,
                "chat_id": None,
                "message_id": None,
                "step": "none",
                "step_at": None,
            },
            person=("asker_id",),
            telegram=("asker_telegram",),
            chat=("chat_id",),
            ended=("state", ("open", "taken", "asked", "answered"), "closed"),
        ),
        "events": _empty(
            "figures stay by key", {"facts": {}}, person=("person_id",), child=("child_id",)
        ),
        "freezes": _keep(STAFF),
        "guardians": _delete("family ties", person=("person_id",), child=("child_id",), order=6),
        "identities": _delete("links to the platform", person=("person_id",), child=("child_id",)),
        "inbox": _empty("counts of updates stay", {"payload": None, "lane": ""}, export=False),
        "installation": _keep(NO_PERSON),
        "join_requests": _delete("requests to join", telegram=("telegram_id",)),
        "journey_answers": _delete(
            "answers to buttons", person=("person_id",), child=("child_id",)
        ),
        "journey_versions": _keep(NO_PERSON),
        "kept_items": _keep(NO_PERSON),
        "learning_amnesties": _keep(NO_PERSON),
        "learning_lessons": _delete("lessons", child=("child_id",)),
        "learning_states": _delete(
            "progress and payments", person=("person_id",), child=("child_id",)
        ),
        "member_notes": _delete("notes of moderators", telegram=("user_id",), export=False),
        "members": _delete("counters of the author", telegram=("user_id",)),
        "mentor_applications": _delete("mentorship", person=("person_id",)),
        "mentor_flags": _delete("mentorship", person=("author_id",), order=4),
        "mentor_messages": _delete("mentorship", person=("author_id",), chat=("chat_id",), order=4),
        "mentor_pairs": _empty(
            "figures of mentorship stay, words go",
            {"mentor_feedback": None, "family_feedback": None, "reasons": []},
            person=("mentor_id", "family_id"),
            ended=("state", ("proposed", "active", "paused"), "finished"),
        ),
        "messages": _delete("group messages in the journal", telegram=("author_id",)),
        "missing_rights": _keep(NO_PERSON),
        "outbox": _empty(
            "figures of sending stay by key",
            {"facts": {}, "reasons": [], "chat_id": None, "target": "erased"},
            person=("person_id",),
            child=("child_id",),
            chat=("chat_id",),
        ),
        "people": _empty(
            "the key stays for figures",
            {
                "telegram_id": None,
                "display_name": None,
                "username": None,
                "zone": None,
                "channel": "erased",
                "stage": "erased",
                "preferences": {},
                "last_seen_at": None,
            },
            person=("id",),
            order=9,
        ),
        "platform_events": _delete(
            "events of the school's platform, also those that wait",
            person=("person_id",),
            child=("child_id",),
            via=(
                (("source", "user_ref"), "identities", ("source", "external_id")),
                (("source", "learner_ref"), "identities", ("source", "external_id")),
            ),
            order=4,
        ),
        "policy_changes": _keep(STAFF),
        "question_likes": _delete("likes", telegram=("telegram_id",)),
        "questions": _empty(
            "figures of questions stay, words go",
            {"sealed": b"", "asker_id": None, "asker_telegram": 0, "due_at": None},
            person=("asker_id",),
            telegram=("asker_telegram",),
            ended=("state", ("asked", "community", "expert", "routed"), "helped"),
        ),
        "raid_gates": _keep(NO_PERSON),
        "reports": _delete("reports about messages", telegram=("reporter_id",)),
        "role_grants": _delete("roles", person=("person_id",)),
        "samples": _keep("hashes without words, marked by staff"),
        "sanctions": _delete("sanctions", telegram=("user_id",)),
        "survey_answers": _delete("answers to surveys", person=("person_id",)),
        "suppressions": _keep("keyed hash that blocks a return by import"),
        "used_links": _keep(NO_PERSON),
    }
)


def in_order() -> list[tuple[str, Rule]]:
    """List the tables in the order in which they are erased."""
    return sorted(RULES.items(), key=lambda item: (item[1].order, item[0]))
