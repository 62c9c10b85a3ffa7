import dataclasses
from typing import Any

import pytest

from core.errors import Refusal
from moderation.overrides import difference, knobs, lay_over
from moderation.policy import Mode, Policy
from moderation.rules.registry import RULES


def test_every_number_has_a_unit_and_a_default_within_its_limits():
    numbers: Any = knobs().values()
    for knob in numbers:
        if knob.kind in {int, float}:
            assert knob.unit, knob.key
            assert knob.low <= knob.default <= knob.high, knob.key
            assert knob.off is None or knob.low <= knob.off <= knob.high, knob.key


def test_every_rule_has_a_section_with_a_mode():
    for rule in RULES:
        assert isinstance(getattr(Policy(), rule.name).mode, Mode)


def test_a_topic_is_laid_over_its_chat():
    policy = lay_over(
        Policy(), {"flood.messages_max": 3, "flood.window_seconds": 60}, {"flood.messages_max": 5}
    )
    assert (policy.flood.messages_max, policy.flood.window_seconds) == (5, 60)


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("flood.nothing", 1, "policy.unknown"),
        ("nothing.mode", "off", "policy.unknown"),
        ("flood.mode", "sometimes", "policy.wrong_value"),
        ("flood.messages_max", "3", "policy.wrong_type"),
        ("flood.messages_max", 2.5, "policy.wrong_type"),
        ("flood.messages_max", True, "policy.wrong_type"),
        ("flood.messages_max", -1, "policy.out_of_range"),
        ("topic_policy.media_allowed", 1, "policy.wrong_type"),
    ],
)
def test_a_wrong_setting_is_refused_by_name(key, value, code):
    with pytest.raises(Refusal) as refusal:
        lay_over(Policy(), {key: value})
    assert (refusal.value.code, refusal.value.facts["key"]) == (code, key)


def test_a_difference_can_be_stored_and_laid_back():
    """M103"""
    policy = lay_over(
        Policy(),
        {"flood.messages_max": 3, "toxicity.mode": "shadow", "topic_policy.media_allowed": False},
    )
    stored = difference(policy, Policy())
    assert lay_over(Policy(), stored) == policy
    assert set(stored) == {"flood.messages_max", "toxicity.mode", "topic_policy.media_allowed"}


def test_policies_cannot_be_changed_in_place():
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(Policy().flood, "messages_max", 1)  # noqa: B010 - an assignment mypy would refuse
