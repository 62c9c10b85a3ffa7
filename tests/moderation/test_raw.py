from datetime import timedelta
from typing import Any

import pytest

from core.errors import Refusal
from moderation.acts import Delete
from moderation.album import join
from moderation.content import Content
from moderation.decide import judge
from moderation.facts import NEWCOMER, ChatFacts
from moderation.model import AuthorKind, OriginKind, Severity, Source
from moderation.policy import Policy
from moderation.raw import incoming_from_json
from moderation.raw_author import author_from_json
from tests.moderation.build import NOW

CHAT = {"id": -1001, "type": "supergroup"}
VERA = {"id": 77, "is_bot": False, "first_name": "Вера"}
HARM = "Ты идиотка, закрой рот"


def raw(**fields: Any) -> dict[str, Any]:
    return {"message_id": 10, "date": 1_795_435_200, "chat": CHAT, "from": VERA, **fields}


def read(message: dict[str, Any]) -> Any:
    return incoming_from_json(message)


def action(message: dict[str, Any]) -> Severity:
    return judge(incoming_from_json(message), NEWCOMER, ChatFacts(), Policy()).action


OPTION = {"persistent_id": "1", "text": HARM, "voter_count": 0}
TEXT_ANYWHERE = [
    ("text", {"text": HARM}),
    ("M8 caption", {"caption": HARM, "photo": [{"file_unique_id": "a"}]}),
    ("M11 spoiler", {"text": HARM, "entities": [{"type": "spoiler", "offset": 0, "length": 5}]}),
    ("M22 question of a poll", {"poll": {"question": HARM, "options": []}}),
    ("M22 option of a poll", {"poll": {"question": "?", "options": [OPTION]}}),
    ("M22 explanation of a poll", {"poll": {"question": "?", "options": [], "explanation": HARM}}),
    (
        "M22 option added later",
        {"poll_option_added": {"option_text": HARM, "option_persistent_id": "2"}},
    ),
    ("M23 checklist title", {"checklist": {"title": HARM, "tasks": []}}),
    ("M23 checklist task", {"checklist": {"title": "Список", "tasks": [{"id": 1, "text": HARM}]}}),
    (
        "M23 rich message",
        {
            "rich_message": {
                "blocks": [
                    {"type": "table", "cells": [[{"text": [{"type": "bold", "text": HARM}]}]]}
                ]
            }
        },
    ),
    ("M23 game", {"game": {"title": "Игра", "description": HARM}}),
    ("M23 invoice", {"invoice": {"title": "Счёт", "description": HARM}}),
    ("file name", {"document": {"file_name": f"{HARM}.pdf", "file_unique_id": "d"}}),
]


@pytest.mark.parametrize(("case", "fields"), TEXT_ANYWHERE, ids=[case for case, _ in TEXT_ANYWHERE])
def test_text_is_read_wherever_it_stands(case, fields):
    """M8 M11 M22 M23"""
    assert action(raw(**fields)) is Severity.HIDE


def test_content_of_a_later_version_is_unknown_and_never_empty():
    """M23"""
    assert incoming_from_json(raw(hologram={"id": 1})).unknown == ("hologram",)
    assert action(raw(hologram={"id": 1})) is Severity.REVIEW


def test_an_option_added_by_another_member_is_not_the_authors_text():
    """M22"""
    option = {**OPTION, "added_by_user": {"id": 78, "is_bot": False, "first_name": "Оля"}}
    message = incoming_from_json(raw(poll={"question": "Куда?", "options": [option]}))
    assert [(p.own, p.author_id) for p in message.passages] == [(True, None), (False, 78)]
    assert HARM not in message.own_text


def test_a_quote_is_not_the_authors_own_text():
    """M16"""
    message = incoming_from_json(raw(text="Вот это да", quote={"text": HARM, "position": 0}))
    assert (message.own_text, message.all_text) == ("Вот это да", f"Вот это да\n{HARM}")


def test_hidden_addresses_and_buttons_are_seen():
    """M9 M10 M21"""
    link = {"type": "text_link", "offset": 0, "length": 4, "url": "https://casino.example.com/x"}
    markup = {"inline_keyboard": [[{"text": "Жми", "url": "https://buttons.example.org"}]]}
    content = Content(incoming_from_json(raw(text="сюда", entities=[link], reply_markup=markup)))
    assert [found.host for found in content.links] == ["casino.example.com", "buttons.example.org"]
    assert content.links[0].hidden


def test_entities_are_cut_in_utf16_units():
    """M12"""
    link = {"type": "mention", "offset": 3, "length": 7}
    content = Content(incoming_from_json(raw(text="😀 @casino", entities=[link])))
    assert [found.name for found in content.links] == ["casino"]


AUTHORS = [
    ("a person", {}, AuthorKind.USER, 77),
    ("M40 anonymous admin", {"sender_chat": CHAT}, AuthorKind.ANONYMOUS_ADMIN, -1001),
    (
        "M41 linked channel",
        {"sender_chat": {"id": -1002}, "is_automatic_forward": True},
        AuthorKind.LINKED_CHANNEL,
        -1002,
    ),
    (
        "M42 a channel",
        {"sender_chat": {"id": -1009, "title": "К"}, "from": {"id": 136817688, "is_bot": True}},
        AuthorKind.CHANNEL,
        -1009,
    ),
    ("M44 Telegram", {"from": {"id": 777000, "is_bot": False}}, AuthorKind.LINKED_CHANNEL, 777000),
    ("M44 a bot", {"from": {"id": 5, "is_bot": True}}, AuthorKind.BOT, 5),
    (
        "M49 the caller of a guest bot",
        {"from": {"id": 5, "is_bot": True}, "guest_bot_caller_user": VERA},
        AuthorKind.USER,
        77,
    ),
    ("M20 an inline bot", {"via_bot": {"id": 9, "is_bot": True}}, AuthorKind.USER, 77),
    ("M54 a join", {"new_chat_members": [VERA]}, AuthorKind.SERVICE, 77),
]


@pytest.mark.parametrize(
    ("case", "fields", "kind", "author"), AUTHORS, ids=[row[0] for row in AUTHORS]
)
def test_the_real_author_is_named(case, fields, kind, author):
    """M20 M40 M41 M42 M44 M49 M54"""
    message = incoming_from_json(raw(text="Привет", **fields))
    assert (message.author_kind, message.author_id) == (kind, author)


@pytest.mark.parametrize(
    ("case", "fields", "topic"),
    [
        ("General", {}, None),
        ("a topic", {"message_thread_id": 5, "is_topic_message": True}, 5),
        ("M65 comments", {"message_thread_id": 5}, None),
    ],
)
def test_only_a_topic_message_has_a_topic(case, fields, topic):
    """M59 M65"""
    assert incoming_from_json(raw(text="Привет", **fields)).topic_id == topic


def test_the_implicit_reply_to_a_topic_is_marked():
    """M60"""
    root = {"message_id": 5, "forum_topic_created": {"name": "Тема"}, "from": VERA}
    message = read(
        raw(text="Привет", message_thread_id=5, is_topic_message=True, reply_to_message=root)
    )
    assert message.reply_to.is_topic_root


@pytest.mark.parametrize(("chat", "same"), [(-1001, True), (-1009, False)])
def test_an_external_reply_knows_its_chat(chat, same):
    """M17"""
    message = read(raw(text="Привет", external_reply={"chat": {"id": chat}, "message_id": 3}))
    assert message.external_reply.is_same_chat is same


@pytest.mark.parametrize(
    ("origin", "kind", "number"),
    [
        ({"type": "channel", "chat": {"id": -5, "title": "К"}}, OriginKind.CHANNEL, -5),
        ({"type": "chat", "sender_chat": {"id": -6, "title": "Ч"}}, OriginKind.CHAT, -6),
        ({"type": "user", "sender_user": VERA}, OriginKind.USER, 77),
        (
            {"type": "user", "sender_user": {"id": 9, "is_bot": True, "first_name": "Б"}},
            OriginKind.BOT,
            9,
        ),
        ({"type": "hidden_user", "sender_user_name": "Оля"}, OriginKind.HIDDEN_USER, None),
        ({"type": "ghost"}, OriginKind.HIDDEN_USER, None),
    ],
)
def test_the_origin_of_a_forward_is_read(origin, kind, number):
    """M19"""
    message = read(raw(text="Пост", forward_origin=origin))
    assert (message.origin.kind, message.origin.id) == (kind, number)


def test_ids_keep_all_their_bits():
    """M77"""
    chat, user = -(2**51) - 1, 2**51 + 1
    message = read(raw(text="Привет", chat={"id": chat}, **{"from": {**VERA, "id": user}}))
    assert (message.chat_id, message.author_id) == (chat, user)


def test_an_album_is_one_message_however_its_parts_arrive():
    """M6 M7"""
    parts = [
        incoming_from_json(
            raw(
                message_id=number,
                media_group_id="a",
                photo=[{"file_unique_id": f"f{number}"}],
                **({"caption": HARM} if number == 12 else {}),
            )
        )
        for number in (12, 10, 11, 11)
    ]
    album = join(parts)
    assert album.message_ids == (10, 11, 12)
    assert album.media_ids == ("f10", "f11", "f12")
    assert join(parts[::-1]) == album
    assert Delete(-1001, (10, 11, 12)) in judge(album, NEWCOMER, ChatFacts(), Policy()).acts


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"text": None},
        {"text": 5, "from": "x", "chat": [], "date": "now", "message_id": "1"},
        {"poll": [], "checklist": 3, "quote": "x", "entities": "x", "reply_markup": []},
        {
            "text": "a",
            "entities": [None, {}, {"type": "url"}, {"type": "url", "offset": -5, "length": 10**9}],
        },
        {"text": "a", "date": 2**70, "edit_date": -1},
        {"text": "\ud800 \x00"},
    ],
)
def test_broken_fields_are_read_as_absent(broken):
    judge(incoming_from_json(broken), NEWCOMER, ChatFacts(), Policy())


def test_a_text_alone_can_be_judged():
    assert action({"text": HARM}) is Severity.HIDE
    assert [p.source for p in incoming_from_json({"text": HARM}).passages] == [Source.TEXT]


def test_facts_about_an_author_can_be_given_and_wrong_ones_are_refused():
    author = author_from_json({"days": 40, "messages": 12, "roles": ["mentor"], "strikes": 1}, NOW)
    assert (author.joined_at, author.messages_before, author.is_staff, len(author.strikes)) == (
        NOW - timedelta(days=40),
        12,
        True,
        1,
    )
    assert author_from_json(None, NOW) == NEWCOMER
    for wrong, code in (
        ({"dayz": 1}, "author.unknown_field"),
        ({"days": "x"}, "author.wrong_type"),
        ([], "author.wrong_type"),
    ):
        with pytest.raises(Refusal) as refusal:
            author_from_json(wrong, NOW)
        assert refusal.value.code == code
