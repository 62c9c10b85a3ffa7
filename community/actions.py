"""Who may do what: one table of role x action. What the table does not grant is denied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from core.roles import Role


class Action(StrEnum):
    """Everything that asks for a right, as `noun.verb`."""

    AMA_JOIN = "ama.join"
    AMA_MODERATE = "ama.moderate"
    AMA_PLAN = "ama.plan"
    AMA_RUN = "ama.run"
    APPEAL_DECIDE = "appeal.decide"
    BROADCAST_CONFIRM = "broadcast.confirm"
    BROADCAST_PLAN = "broadcast.plan"
    CASE_DECIDE = "case.decide"
    CASE_SEE = "case.see"
    CASE_UNDO = "case.undo"
    CHAT_SLOW = "chat.slow"
    COMMUNITY_SETUP = "community.setup"
    CONSENTS_SEE = "consents.see"
    CONTENT_PREVIEW = "content.preview"
    DELIVERY_FREEZE = "delivery.freeze"
    DELIVERY_STOP = "delivery.stop"
    DELIVERY_WHY = "delivery.why"
    DUTY_KEEP = "duty.keep"
    DUTY_MANAGE = "duty.manage"
    DUTY_SEE = "duty.see"
    ESCALATION_ANSWER = "escalation.answer"
    ESCALATION_OPEN = "escalation.open"
    ESCALATION_SEE = "escalation.see"
    ESCALATION_TAKE = "escalation.take"
    FAQ_EDIT = "faq.edit"
    JOIN_DECIDE = "join.decide"
    MEMBER_BAN = "member.ban"
    MEMBER_HISTORY = "member.history"
    MEMBER_MUTE = "member.mute"
    MEMBER_NOTE = "member.note"
    MEMBER_UNBAN = "member.unban"
    MEMBER_WARN = "member.warn"
    MENTOR_APPLY = "mentor.apply"
    MENTOR_APPROVE = "mentor.approve"
    MENTOR_ASK = "mentor.ask"
    MENTOR_SEE = "mentor.see"
    MESSAGES_PURGE = "messages.purge"
    POLICY_CHANGE = "policy.change"
    POLICY_SEE = "policy.see"
    QUESTION_ASK = "question.ask"
    QUESTION_SEE = "question.see"
    RAID_SWITCH = "raid.switch"
    RED_FLAG_RAISE = "red_flag.raise"
    ROLE_CHANGE = "role.change"
    ROLE_GRANT_ADMIN = "role.grant_admin"
    ROLE_GRANT_EXPERT = "role.grant_expert"
    ROLE_GRANT_MENTOR = "role.grant_mentor"
    ROLE_GRANT_MODERATOR = "role.grant_moderator"
    ROLE_GRANT_OWNER = "role.grant_owner"
    ROLE_SEE = "role.see"
    STATS_SEE = "stats.see"
    TEMPLATE_USE = "template.use"


_LETTERS = {
    "o": Role.OWNER,
    "a": Role.ADMIN,
    "m": Role.MODERATOR,
    "e": Role.EXPERT,
    "t": Role.MENTOR,
}
EVERYBODY = "p"
"""A parent: any person, with a role or without."""

_ROWS = {
    # owner, admin, moderator, expert, menTor, parent
    Action.AMA_JOIN: "oametp",
    Action.AMA_MODERATE: "oame--",
    Action.AMA_PLAN: "oa-e--",
    Action.AMA_RUN: "oame--",
    Action.APPEAL_DECIDE: "oam---",
    Action.BROADCAST_CONFIRM: "oa----",
    Action.BROADCAST_PLAN: "oa----",
    Action.CASE_DECIDE: "oam---",
    Action.CASE_SEE: "oam---",
    Action.CASE_UNDO: "oam---",
    Action.CHAT_SLOW: "oam---",
    Action.COMMUNITY_SETUP: "oa----",
    Action.CONSENTS_SEE: "oa----",
    Action.CONTENT_PREVIEW: "oame--",
    Action.DELIVERY_FREEZE: "oa----",
    Action.DELIVERY_STOP: "oa----",
    Action.DELIVERY_WHY: "oa----",
    Action.DUTY_KEEP: "oa-e--",
    Action.DUTY_MANAGE: "oa----",
    Action.DUTY_SEE: "oamet-",
    Action.ESCALATION_ANSWER: "oa-e--",
    Action.ESCALATION_OPEN: "oamet-",
    Action.ESCALATION_SEE: "oame--",
    Action.ESCALATION_TAKE: "oa-e--",
    Action.FAQ_EDIT: "oa-e--",
    Action.JOIN_DECIDE: "oam---",
    Action.MEMBER_BAN: "oam---",
    Action.MEMBER_HISTORY: "oam---",
    Action.MEMBER_MUTE: "oam---",
    Action.MEMBER_NOTE: "oam---",
    Action.MEMBER_UNBAN: "oam---",
    Action.MEMBER_WARN: "oam---",
    Action.MENTOR_APPLY: "oametp",
    Action.MENTOR_APPROVE: "oam---",
    Action.MENTOR_ASK: "oametp",
    Action.MENTOR_SEE: "oam---",
    Action.MESSAGES_PURGE: "oam---",
    Action.POLICY_CHANGE: "oa----",
    Action.POLICY_SEE: "oam---",
    Action.QUESTION_ASK: "oametp",
    Action.QUESTION_SEE: "oamet-",
    Action.RAID_SWITCH: "oam---",
    Action.RED_FLAG_RAISE: "oametp",
    Action.ROLE_CHANGE: "oam---",
    Action.ROLE_GRANT_ADMIN: "o-----",
    Action.ROLE_GRANT_EXPERT: "oa----",
    Action.ROLE_GRANT_MENTOR: "oam---",
    Action.ROLE_GRANT_MODERATOR: "oa----",
    Action.ROLE_GRANT_OWNER: "o-----",
    Action.ROLE_SEE: "oamet-",
    Action.STATS_SEE: "oam---",
    Action.TEMPLATE_USE: "oamet-",
}

GRANTS = MappingProxyType(
    {
        Role.OWNER: Action.ROLE_GRANT_OWNER,
        Role.ADMIN: Action.ROLE_GRANT_ADMIN,
        Role.MODERATOR: Action.ROLE_GRANT_MODERATOR,
        Role.EXPERT: Action.ROLE_GRANT_EXPERT,
        Role.MENTOR: Action.ROLE_GRANT_MENTOR,
    }
)
"""The right one needs to grant or withdraw a role."""


def _read(rows: Mapping[Action, str]) -> Mapping[Action, frozenset[Role]]:
    return MappingProxyType(
        {
            action: frozenset(role for letter, role in _LETTERS.items() if letter in row)
            for action, row in rows.items()
        }
    )


TABLE = _read(_ROWS)
"""Roles that may do an action."""
OPEN_TO_ALL = frozenset(action for action, row in _ROWS.items() if EVERYBODY in row)
"""Actions for which no role is needed."""


def allowed(action: Action, roles: Iterable[Role]) -> bool:
    """Tell whether somebody with these roles may do this; without a row in the table nobody may."""
    return action in OPEN_TO_ALL or not TABLE.get(action, frozenset()).isdisjoint(roles)


def rights_of(role: Role) -> list[Action]:
    """List what a role adds to what everybody may."""
    return [action for action in Action if action not in OPEN_TO_ALL and role in TABLE[action]]
