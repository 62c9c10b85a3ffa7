"""Rates are refused with the time to wait, and only when switched on."""

import pytest

from emulator.errors import ApiError
from emulator.limits import RateLimits

NOW = 1_767_600_000.0


def retry_after(limits, chat, now, *, group=False, bot=1):
    """Seconds the limits tell the bot to wait, 0 when the message is taken."""
    refused = None
    try:
        limits.check(bot, chat, group, now)
    except ApiError as error:
        refused = error
    if refused is None:
        return 0
    seconds = (refused.parameters or {}).get("retry_after")
    assert isinstance(seconds, int)
    assert (refused.code, refused.description) == (429, f"Too Many Requests: retry after {seconds}")
    return seconds


@pytest.fixture
def limits():
    return RateLimits(enabled=True)


def test_a_private_chat_takes_a_short_burst_and_then_one_message_a_second(limits):
    assert [retry_after(limits, 5, NOW) for _ in range(5)] == [0, 0, 0, 1, 1]
    assert retry_after(limits, 5, NOW + 0.5) == 1
    assert retry_after(limits, 5, NOW + 1) == 0
    assert retry_after(limits, 5, NOW + 1) == 1
    assert [retry_after(limits, 5, NOW + 60) for _ in range(4)] == [0, 0, 0, 1]


def test_a_group_takes_twenty_messages_a_minute(limits):
    taken = [retry_after(limits, -5, NOW + number * 0.1, group=True) for number in range(21)]
    assert taken == [0] * 20 + [58]
    assert retry_after(limits, -5, NOW + 59.9, group=True) == 1
    assert retry_after(limits, -5, NOW + 60, group=True) == 0


def test_a_bot_sends_thirty_messages_a_second_overall(limits):
    assert [retry_after(limits, chat, NOW) for chat in range(1, 33)] == [0] * 30 + [1, 1]
    assert retry_after(limits, 77, NOW + 1) == 0
    assert retry_after(limits, 77, NOW, bot=2) == 0


def test_a_refused_message_counts_nowhere(limits):
    for _ in range(3):
        limits.check(1, 5, False, NOW)
    for _ in range(100):
        retry_after(limits, 5, NOW)
    assert [retry_after(limits, chat, NOW) for chat in range(100, 128)] == [0] * 27 + [1]


def test_limits_that_are_off_refuse_nothing():
    assert [retry_after(RateLimits(), 5, NOW) for _ in range(50)] == [0] * 50
