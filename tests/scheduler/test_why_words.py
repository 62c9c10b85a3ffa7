"""`/why` in words: what a message was for, what allowed it, what it waited for."""

import pytest

from bot.reading import all_texts
from handlers.admins.reasons import trace_for


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_trace_is_said_in_words_each_thing_once(language):
    trace = (
        "class.care",
        "consent=01J-RECORD",
        "quiet.night",
        "quiet.night",
        "cap.day",
        "freeze.1",
    )
    said = [str(words) for words in trace_for(all_texts(), language, trace)]
    assert len(said) == 5
    assert not any("consent=" in words or "." in words.rstrip(".") for words in said)


@pytest.mark.parametrize("name", ["control", "service", "care", "marketing"])
def test_every_class_of_messages_has_words(name):
    assert trace_for(all_texts(), "ru", (f"class.{name}",))
