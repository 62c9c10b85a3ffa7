"""Who may do what, proven for every pair of role and action."""

from __future__ import annotations

import itertools

import pytest

from community.actions import GRANTS, OPEN_TO_ALL, TABLE, Action, allowed, rights_of
from core.roles import Role

EVERYBODY = {
    Action.AMA_JOIN,
    Action.MENTOR_APPLY,
    Action.MENTOR_ASK,
    Action.QUESTION_ASK,
    Action.RED_FLAG_RAISE,
}
OWNER_ONLY = {Action.ROLE_GRANT_ADMIN, Action.ROLE_GRANT_OWNER}
ADMIN = {
    Action.BROADCAST_CONFIRM,
    Action.BROADCAST_PLAN,
    Action.COMMUNITY_SETUP,
    Action.CONSENTS_SEE,
    Action.DELIVERY_FREEZE,
    Action.DELIVERY_STOP,
    Action.DELIVERY_WHY,
    Action.DUTY_MANAGE,
    Action.POLICY_CHANGE,
    Action.ROLE_GRANT_EXPERT,
    Action.ROLE_GRANT_MODERATOR,
}
EXPERT_AND_ADMIN = {
    Action.AMA_PLAN,
    Action.DUTY_KEEP,
    Action.ESCALATION_ANSWER,
    Action.ESCALATION_TAKE,
    Action.FAQ_EDIT,
}
KEEPING_ORDER = {
    Action.APPEAL_DECIDE,
    Action.CASE_DECIDE,
    Action.CASE_SEE,
    Action.CASE_UNDO,
    Action.CHAT_SLOW,
    Action.JOIN_DECIDE,
    Action.MEMBER_BAN,
    Action.MEMBER_HISTORY,
    Action.MEMBER_MUTE,
    Action.MEMBER_NOTE,
    Action.MEMBER_UNBAN,
    Action.MEMBER_WARN,
    Action.MENTOR_APPROVE,
    Action.MENTOR_SEE,
    Action.MESSAGES_PURGE,
    Action.POLICY_SEE,
    Action.RAID_SWITCH,
    Action.ROLE_CHANGE,
    Action.ROLE_GRANT_MENTOR,
    Action.STATS_SEE,
}
STAFF_AND_EXPERT = {
    Action.AMA_MODERATE,
    Action.AMA_RUN,
    Action.CONTENT_PREVIEW,
    Action.ESCALATION_SEE,
}
HELPERS = {
    Action.DUTY_SEE,
    Action.ESCALATION_OPEN,
    Action.QUESTION_SEE,
    Action.ROLE_SEE,
    Action.TEMPLATE_USE,
}
EXPECTED = {
    Role.OWNER: set(Action),
    Role.ADMIN: set(Action) - OWNER_ONLY,
    Role.MODERATOR: EVERYBODY | KEEPING_ORDER | STAFF_AND_EXPERT | HELPERS,
    Role.EXPERT: EVERYBODY | EXPERT_AND_ADMIN | STAFF_AND_EXPERT | HELPERS,
    Role.MENTOR: EVERYBODY | HELPERS,
}


@pytest.mark.parametrize(("role", "action"), list(itertools.product(Role, Action)))
def test_each_role_may_do_exactly_what_it_is_for(role, action):
    assert allowed(action, {role}) is (action in EXPECTED[role])


@pytest.mark.parametrize("action", list(Action))
def test_a_parent_may_only_what_everybody_may(action):
    assert allowed(action, ()) is (action in EVERYBODY)


def test_the_groups_of_actions_cover_the_table():
    groups = [
        EVERYBODY,
        OWNER_ONLY,
        ADMIN,
        EXPERT_AND_ADMIN,
        KEEPING_ORDER,
        STAFF_AND_EXPERT,
        HELPERS,
    ]
    assert set().union(*groups) == set(Action)
    assert sum(map(len, groups)) == len(Action)


def test_an_action_without_a_row_is_denied_to_all():
    class Stranger(str):
        __slots__ = ()

    assert not allowed(Stranger("bot.shutdown"), set(Role))  # type: ignore[arg-type]


def test_owner_stands_above_admin_above_moderator():
    for higher, lower in ((Role.OWNER, Role.ADMIN), (Role.ADMIN, Role.MODERATOR)):
        assert set(rights_of(lower)) < set(rights_of(higher))


def test_roles_add_rights_and_never_take_any_away():
    for one, other in itertools.product(Role, Role):
        for action in Action:
            if allowed(action, {one}):
                assert allowed(action, {one, other})


def test_granting_a_role_needs_a_right_of_its_own():
    assert set(GRANTS) == set(Role)
    for role, action in GRANTS.items():
        assert role not in TABLE[action] or role is Role.OWNER or TABLE[action] > {role}
        assert action not in OPEN_TO_ALL
