"""What the pure rules know is known in the running product too."""

from __future__ import annotations

import pytest

from tests.moderation_live.street import ADVERT, INSULT, Street

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_same_text_again_and_again_is_hidden(street: Street):
    """M3 M28: duplicates are known by the fingerprint of their words, live."""
    parent = street.parent()
    sent = [parent.send("Кто идёт завтра на прогулку в парк?", chat=street.group) for _ in range(3)]
    await street.settled()
    assert [street.stands(one) for one in sent] == [True, True, False]


async def test_a_name_and_an_age_sent_apart_are_seen_together(street: Street):
    """M31: the signals of earlier messages are remembered, their words are not."""
    parent = street.parent()
    parent.send("Моего сына зовут Тимофей Ковалёв", chat=street.group)
    last = parent.send("Сын учится в 1Б классе школы № 45, ему 7 лет", chat=street.group)
    await street.settled()
    assert not street.stands(last)


async def test_an_edit_that_changes_nothing_is_nothing(street: Street):
    """M2: a link preview or an unused field changes no word a reader sees."""
    parent = street.parent()
    sent = parent.send(INSULT, chat=street.group)
    await street.settled()
    [case] = await street.cases_of(parent)
    other = street.parent()
    clean = other.send("Спасибо всем за советы, очень помогли!", chat=street.group)
    await street.settled()
    other.edit_raw(clean, {})
    await street.settled()
    assert await street.cases_of(other) == []
    assert not street.stands(sent)
    assert case.action in {"hide", "mute"}


async def test_parts_posted_before_the_condemned_one_go_with_it(street: Street):
    """M6: the caption with the link comes with the last part, and all parts go."""
    parent = street.parent()
    parts = parent.send_album(["", "", ADVERT], chat=street.group)
    await street.settled()
    assert [street.stands(part) for part in parts] == [False, False, False]
    assert len(await street.cases_of(parent)) == 1


async def test_a_late_part_of_a_condemned_album_goes_too_even_after_a_restart(street: Street):
    """M7: what was condemned is read again from storage."""
    parent = street.parent()
    first, *_ = parent.send_album(["Вот скрин прогресса за неделю"], chat=street.group)
    await street.settled()
    street.house.services["memory"]._albums.clear()
    album = first.raw["media_group_id"]
    late = parent.send_raw(
        {"photo": first.raw["photo"], "media_group_id": album}, chat=street.group
    )
    await street.settled()
    assert not street.stands(late)
    assert len(await street.cases_of(parent)) == 1
