"""Addresses: written, hidden, disguised; hosts that pretend to be others."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderation.text.entities import Entity, covered, utf16_length
from moderation.text.hosts import look_alike, plain_host, registered_domain
from moderation.text.telegram_links import LinkKind
from moderation.text.urls import MOST_LINKS, links


@pytest.mark.parametrize(
    ("case", "text", "host", "kind", "name"),
    [
        ("with a scheme", "см. https://school.example/a?b=1.", "school.example", LinkKind.WEB, ""),
        ("bare domain", "зайдите на opora.ru сегодня", "opora.ru", LinkKind.WEB, ""),
        ("Cyrillic domain", "сайт школа.рф открыт", "школа.рф", LinkKind.WEB, ""),
        ("punycode", "http://xn--80aswg.xn--p1ai/", "сайт.рф", LinkKind.WEB, ""),
        ("broken scheme", "hxxps://bad.ru/x", "bad.ru", LinkKind.WEB, ""),
        ("backslashes", "https:\\\\bad.ru\\x", "bad.ru", LinkKind.WEB, ""),
        ("address in numbers", "http://10.0.0.1/login", "10.0.0.1", LinkKind.WEB, ""),
        ("upper case and final dot", "HTTP://Bad.RU./x", "bad.ru", LinkKind.WEB, ""),
        ("zero width inside", "https://b\u200bad.ru/x", "bad.ru", LinkKind.WEB, ""),
        ("a channel", "t.me/Some_Channel", "t.me", LinkKind.CHAT, "some_channel"),
        (
            "a channel's page",
            "https://t.me/s/some_channel/12",
            "t.me",
            LinkKind.CHAT,
            "some_channel",
        ),
        (
            "a channel as a subdomain",
            "https://somechannel.t.me",
            "somechannel.t.me",
            LinkKind.CHAT,
            "somechannel",
        ),
        ("an invitation", "https://t.me/+AbCdEf12345", "t.me", LinkKind.INVITE, ""),
        ("an old invitation", "telegram.me/joinchat/AAAA", "telegram.me", LinkKind.INVITE, ""),
        ("a folder of chats", "https://t.me/addlist/abc", "t.me", LinkKind.INVITE, ""),
        ("stickers", "https://t.me/addstickers/cats", "t.me", LinkKind.TELEGRAM, ""),
        ("a deep link", "tg://resolve?domain=Some_Bot", "t.me", LinkKind.CHAT, "some_bot"),
        ("a deep invitation", "tg://join?invite=AAAA", "t.me", LinkKind.INVITE, ""),
        ("a mention", "спросите @Some_Bot", "t.me", LinkKind.MENTION, "some_bot"),
        ("mail", "пишите на mama@mail.ru", "mail.ru", LinkKind.EMAIL, ""),
        ("M14 Cyrillic twins in t.me", "т.ме/some_channel", "t.me", LinkKind.CHAT, "some_channel"),
        ("M14 gaps in t.me", "t . me / some_channel", "t.me", LinkKind.CHAT, "some_channel"),
    ],
)
def test_an_address_is_found(case, text, host, kind, name):
    (link,) = links(text)
    assert (link.host, link.kind, link.name) == (host, kind, name)


@pytest.mark.parametrize(
    "text",
    [
        "привет.как дела",
        "т.е. в 18.30",
        "цена 1.000.руб",
        "файл setup.py и readme.md",
        "5.5 и 10.20",
        "ну..да",
        "a@b",
        "@я",
    ],
)
def test_ordinary_writing_holds_no_address(text):
    assert links(text) == ()


def test_the_target_of_hidden_words_is_seen():
    """M9: innocent words, an address in the entity."""
    (link,) = links("смотрите тут", [Entity("text_link", 9, 3, "https://evil.com/x")])
    assert (link.host, link.hidden, link.shown, link.disguised) == ("evil.com", True, "тут", False)


@pytest.mark.parametrize(
    ("shown", "url", "disguised"),
    [
        ("https://school.ru/a", "https://evil.com/", True),
        ("school.ru", "https://school.ru.evil.com/", True),
        ("@school_news", "https://evil.com/", True),
        ("https://school.ru/a", "https://school.ru/b", False),
        ("@school_news", "https://t.me/school_news", False),
        ("читать дальше", "https://school.ru/b", False),
    ],
)
def test_words_that_name_another_address_are_a_disguise(shown, url, disguised):
    """M10: the text shows one address, the entity leads to another."""
    link = links(shown, [Entity("text_link", 0, utf16_length(shown), url)])[0]
    assert link.disguised is disguised


def test_credentials_before_the_host_are_a_disguise():
    (link,) = links("https://school.ru@evil.com/x")
    assert (link.host, link.registered_domain, link.disguised) == ("evil.com", "evil.com", True)


def test_offsets_count_utf16_units():
    """M12: emoji before the entity."""
    text = "👩‍👧 пишите сюда"
    start = utf16_length(text) - utf16_length("сюда")
    assert covered(text, Entity("text_link", start, 4, "https://a.ru")) == "сюда"
    (link,) = links(text, [Entity("text_link", start, 4, "https://a.ru")])
    assert link.shown == "сюда"


def test_direction_marks_in_shown_text_do_not_hide_the_other_address():
    """M15: marks are stripped before the comparison."""
    shown = "\u202eschool.ru\u202c"
    link = links(shown, [Entity("text_link", 0, len(shown), "https://evil.com")])[0]
    assert link.disguised


@pytest.mark.parametrize(
    ("case", "host", "imitated"),
    [
        ("the domain itself", "opora-school.ru", None),
        ("its own subdomain", "my.opora-school.ru", None),
        ("another site", "example.com", None),
        ("Cyrillic o", "оpora-school.ru", "opora-school.ru"),
        ("a digit for a letter", "opora-schoo1.ru", "opora-school.ru"),
        ("a letter missing", "opora-scool.com", "opora-school.ru"),
        ("two letters swapped", "opora-shcool.ru", "opora-school.ru"),
        ("another ending", "opora-school.com", "opora-school.ru"),
        ("extra words", "opora-school-bonus.ru", "opora-school.ru"),
        ("as a subdomain", "opora-school.ru.evil.com", "opora-school.ru"),
    ],
)
def test_a_look_alike_is_named(case, host, imitated):
    assert look_alike(plain_host(host), ["opora-school.ru"]) == imitated


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("a.b.co.uk", "b.co.uk"),
        ("me.github.io", "me.github.io"),
        ("10.0.0.1", "10.0.0.1"),
        ("x.local", "x.local"),
    ],
)
def test_the_registered_domain_follows_the_public_suffix_list(host, domain):
    assert registered_domain(host) == domain


def test_a_wall_of_links_is_cut_at_the_limit():
    assert len(links(" ".join(f"https://a{n}.ru" for n in range(200)))) == MOST_LINKS


@given(
    st.text(max_size=120),
    st.lists(
        st.tuples(st.integers(-5, 200), st.integers(-5, 200), st.text(max_size=20)), max_size=3
    ),
)
@settings(max_examples=60, deadline=None)
def test_any_text_and_any_entities_are_read_without_an_error(text, marks):
    entities = [Entity("text_link", offset, length, url) for offset, length, url in marks]
    assert len(links(text, entities)) <= MOST_LINKS
