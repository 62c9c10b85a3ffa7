"""M1-M39 in the running product, and again: what Telegram delivers twice is judged as once, also side by side."""

from __future__ import annotations

import asyncio
import itertools
from typing import Any

import orjson
import pytest

from moderation.model import Severity
from moderation.raw import incoming_from_json
from tests.moderation_live.street import ADVERT, CHILD, DOSE, Street

pytestmark = pytest.mark.asyncio(loop_scope="module")

NUMBERS = itertools.count(900_000)
OFFER = "Ищем людей в команду, доход от 5000 в день, пишите в лс"
# What the executor tells of calls that failed (these messages stand in no chat) is no part of the decision.
COUNTS = (
    "SELECT (SELECT count(*) FROM cases), (SELECT count(*) FROM sanctions), "
    "(SELECT count(*) FROM outbox WHERE key LIKE 'case:%')"
)


def link(url: str, shown: str, before: str = "") -> dict[str, Any]:
    offset = len(before.encode("utf-16-le")) // 2
    mark = {"type": "text_link", "offset": offset, "length": len(shown), "url": url}
    return {"text": before + shown, "entities": [mark]}


def photo(**more: Any) -> dict[str, Any]:
    number = next(NUMBERS)
    size = {"file_id": f"p{number}", "file_unique_id": f"u{number}", "width": 90, "height": 90}
    return {"photo": [size], **more}


def document(name: str) -> dict[str, Any]:
    return {"document": {"file_id": "d1", "file_unique_id": f"d{next(NUMBERS)}", "file_name": name}}


CHANNEL = {"id": -1009, "type": "channel", "title": "Скидки"}
POLL = {"id": "1", "question": "Кто с нами?", "options": [{"text": OFFER, "voter_count": 0}]}

TABLE = [
    ("M8 caption with an offer", photo(caption=ADVERT), "hide"),
    ("M9 link behind innocent words", link("https://t.me/+Zarabotok", "смотрите здесь"), "hide"),
    (
        "M10 text shows one address, leads to another",
        link("https://evil.example", "mos.ru"),
        "hide",
    ),
    (
        "M11 under a spoiler",
        {"text": ADVERT, "entities": [{"type": "spoiler", "offset": 0, "length": 20}]},
        "hide",
    ),
    ("M12 emoji before the link", link("https://t.me/+Zarabotok", "тут", "👩‍👧🎉 "), "hide"),
    (
        "M13 letters drawn by emoji",
        {
            "text": "🔤" * 8,
            "entities": [
                {"type": "custom_emoji", "offset": 2 * n, "length": 2, "custom_emoji_id": str(n)}
                for n in range(8)
            ],
        },
        "review",
    ),
    ("M14 twins of letters", {"text": ADVERT.replace("а", "a").replace("о", "o")}, "hide"),
    ("M15 hidden direction marks", {"text": "\u202e" + "\u200b".join(ADVERT)}, "hide"),
    (
        "M16 the offer stands in a quote",
        {"text": "смотрите, что пишут", "quote": {"text": ADVERT, "position": 0}},
        "hide",
    ),
    (
        "M17 answer to another chat",
        {"text": "вот тут", "external_reply": {"origin": {"type": "channel"}, "chat": CHANNEL}},
        "review",
    ),
    ("M18 a story", {"story": {"id": 1, "chat": CHANNEL}}, "review"),
    (
        "M19 forward from a channel",
        {
            "text": "читайте",
            "forward_origin": {"type": "channel", "chat": CHANNEL, "message_id": 3},
        },
        "review",
    ),
    (
        "M20 through an inline bot",
        {
            "text": "гифка",
            "via_bot": {"id": 77, "is_bot": True, "first_name": "x", "username": "x_bot"},
        },
        "review",
    ),
    (
        "M21 address on a button",
        {
            "text": "подробнее",
            "reply_markup": {"inline_keyboard": [[{"text": "жми", "url": "https://t.me/+Zarab"}]]},
        },
        "hide",
    ),
    ("M22 offer in a poll", {"poll": POLL}, "hide"),
    ("M23 content nobody can read", {"paid_media": {"star_count": 1, "paid_media": []}}, "review"),
    ("M23 a field of a later version", {"hologram": {"id": 1}}, "review"),
    (
        "M24 sticker pack that advertises",
        {"sticker": {"file_id": "s", "file_unique_id": "s1", "set_name": "casino_bonus_by_x"}},
        "hide",
    ),
    (
        "M25 a voice message",
        {"voice": {"file_id": "v", "file_unique_id": "v1", "duration": 2}},
        "none",
    ),
    ("M26 a program as a document", document("отчёт.pdf.apk"), "hide"),
    ("M27 a picture without words", photo(), "review"),
    (
        "M29 a contact card",
        {"contact": {"phone_number": "+79000000000", "first_name": "И"}},
        "hide",
    ),
    ("M30 a place", {"location": {"latitude": 55.1, "longitude": 37.1}}, "hide"),
    ("M31 a child's data", {"text": CHILD}, "hide"),
    ("M32 a screenshot of progress", photo(caption="наш прогресс за неделю"), "hide"),
    ("M35 a question about a dose", {"text": "Сколько нурофена дать ребёнку 3 лет?"}, "escalate"),
    ("M36 advice with a dose", {"text": DOSE}, "hide"),
    ("M37 a call for help", {"text": "Я больше не хочу жить, всё бессмысленно"}, "escalate"),
    (
        "M38 forbidden by a doctor",
        {"text": "Врач запретил давать нурофен до шести месяцев"},
        "observe",
    ),
    ("M39 a price is no phone", {"text": "Курс стоил 82.000, номер заказа 79261234567"}, "none"),
]


def told(street: Street, who: Any, **content: Any) -> dict[str, Any]:
    now = int(street.house.clock.now().timestamp())
    return {
        "message_id": next(NUMBERS),
        "date": now,
        "chat": {
            "id": street.group.id,
            "type": "supergroup",
            "title": "Родители",
            "is_forum": True,
        },
        "from": {"id": who.id, "is_bot": False, "first_name": who.name},
        **content,
    }


async def judged(street: Street, body: dict[str, Any], times: int = 1) -> list[Severity]:
    message, raw = incoming_from_json(body), orjson.dumps(body)
    review = street.house.services["moderation"].review
    done = await asyncio.gather(*(review(message, raw) for _ in range(times)))
    return [decision.action for decision in done]


@pytest.mark.parametrize(("case", "content", "action"), TABLE, ids=[row[0] for row in TABLE])
async def test_what_is_delivered_twice_is_done_once(
    street: Street, case: str, content: dict[str, Any], action: str
):
    who = street.parent()
    body = told(street, who, **content)
    [first] = await judged(street, body)
    wanted = Severity[action.upper()]
    assert (first if wanted < Severity.HIDE else min(first, Severity.HIDE)) == wanted
    before = await street.rows(COUNTS)
    await judged(street, body, times=2)
    street.house.services["memory"].forget_author(street.group.id, who.id)
    await judged(street, body)
    assert await street.rows(COUNTS) == before
    assert len(await street.cases_of(who)) == (first > Severity.OBSERVE)


async def test_an_edit_into_an_advertisement_is_judged_once_however_often_it_comes(street: Street):
    """M1 M2 M3: clean at first, then an advertisement; the edit comes three times and is one message."""
    who = street.parent()
    body = told(street, who, text="Спасибо всем за советы, очень помогли!")
    assert await judged(street, body) == [Severity.NONE]
    edited = {**body, "text": ADVERT, "edit_date": body["date"] + 5}
    [first] = await judged(street, edited)
    assert first >= Severity.HIDE
    before = await street.rows(COUNTS)
    await judged(street, edited, times=2)
    assert await street.rows(COUNTS) == before


async def test_an_edit_of_an_open_case_adds_a_version_once(street: Street):
    """M4 M5: the second version joins the case, redelivered too."""
    who = street.parent()
    body = told(street, who, **TABLE[10][1])
    await judged(street, body)
    edited = {**body, "text": "вот тут, простите, ошиблась", "edit_date": body["date"] + 5}
    await judged(street, edited, times=2)
    before = await street.rows(COUNTS)
    await judged(street, edited)
    assert await street.rows(COUNTS) == before
    assert len(await street.cases_of(who)) == 1


async def test_parts_of_an_album_make_one_case_in_any_order(street: Street):
    """M6 M7: late parts, out of order, each delivered twice."""
    who = street.parent()
    parts = [told(street, who, media_group_id=f"a{who.id}", **photo()) for _ in range(3)]
    parts[2]["caption"] = ADVERT
    for part in (parts[2], parts[0], parts[1], *parts):
        await judged(street, part)
    assert len(await street.cases_of(who)) == 1


async def test_dice_and_repeats_count_a_message_once(street: Street):
    """M28: the third slot is one too many; the second delivered thrice is still the second."""
    who = street.parent()
    slots = [told(street, who, dice={"emoji": "🎰", "value": 64}) for _ in range(2)]
    for slot in slots:
        await judged(street, slot, times=3)
    assert await street.cases_of(who) == []


async def test_staff_who_post_a_child_are_corrected_without_a_reprimand(street: Street):
    """M33 M34: the message goes, nobody is punished, the stored step holds no words; twice is once."""
    body = told(street, street.moderator, text=CHILD)
    assert await judged(street, body) == [Severity.HIDE]
    before = await street.rows(COUNTS)
    await judged(street, body, times=2)
    assert await street.rows(COUNTS) == before
    rows = await street.rows(
        "SELECT count(*) FROM sanctions WHERE user_id = :u", u=street.moderator.id
    )
    assert rows == [(0,)]
