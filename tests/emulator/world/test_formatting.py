"""Parse modes: Telegram's own refusals with byte offsets, and offsets of entities in UTF-16 units."""

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.errors import ApiError
from emulator.format.text import MAX_TEXT, formatted
from emulator.format.utf16 import cut, length


@pytest.mark.parametrize(
    ("mode", "text", "words"),
    [
        ("HTML", "ж<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("HTML", "ж<b", "Unclosed start tag at byte offset 2"),
        ("HTML", "ж</b>", "Unexpected end tag at byte offset 2"),
        ("HTML", "<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("HTML", "😀<p>x</p>", 'Unsupported start tag "p" at byte offset 4'),
        ("HTML", "5 < 6", 'Unsupported start tag "" at byte offset 2'),
        ("HTML", "<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("HTML", '<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("HTML", "<a href=x*>y</a>", "Unexpected end of name token at byte offset 8"),
        ("HTML", '<a href="x', "Unclosed start tag at byte offset 0"),
        ("HTML", "<b>x</b", "Unclosed end tag at byte offset 4"),
        (
            "MarkdownV2",
            "a.b",
            "Character '.' is reserved and must be escaped with the preceding '\\'",
        ),
        (
            "MarkdownV2",
            "скидка 5%!",
            "Character '!' is reserved and must be escaped with the preceding '\\'",
        ),
        ("MarkdownV2", "ж*x", "Can't find end of Bold entity at byte offset 2"),
        ("MarkdownV2", "a __b", "Can't find end of Underline entity at byte offset 2"),
        ("MarkdownV2", "||a", "Can't find end of Spoiler entity at byte offset 0"),
        ("MarkdownV2", "```py\nx", "Can't find end of PreCode entity at byte offset 0"),
        ("MarkdownV2", "[a](b", "Can't find end of a URL at byte offset 4"),
        ("MarkdownV2", "![👍](t://emoji?id=1)", "Custom emoji URL must have scheme tg"),
        (
            "MarkdownV2",
            "a|b",
            "Character '|' is reserved and must be escaped with the preceding '\\'",
        ),
        ("Markdown", "ж_x", "Can't find end of the entity starting at byte offset 2"),
        ("Markdown", "[a](b", "Can't find end of the entity starting at byte offset 0"),
    ],
)
def test_broken_markup_is_refused_in_telegrams_words(mode: str, text: str, words: str):
    """L79"""
    with pytest.raises(ApiError) as refusal:
        formatted(text, mode)
    assert refusal.value.description == f"Bad Request: can't parse entities: {words}"


@pytest.mark.parametrize(
    ("mode", "text", "plain", "entities"),
    [
        ("HTML", "😀<b>ж</b>", "😀ж", [("bold", 2, 1)]),
        ("html", "<b>a <i>b</i></b>", "a b", [("bold", 0, 3), ("italic", 2, 1)]),
        ("HTML", "<u></u>&lt;b&gt; &#128512;&amp;amp;", "<b> 😀&amp;", []),
        (
            "HTML",
            '<tg-spoiler>a</tg-spoiler><span class="tg-spoiler">b</span>',
            "ab",
            [("spoiler", 0, 1), ("spoiler", 1, 1)],
        ),
        ("HTML", "<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("HTML", "  <b> a </b>  ", "a", [("bold", 0, 1)]),
        ("HTML", '<a href="javascript:x">a</a>', "a", []),
        (
            "MarkdownV2",
            "*a* _b_ __c__ ~d~",
            "a b c d",
            [("bold", 0, 1), ("italic", 2, 1), ("underline", 4, 1), ("strikethrough", 6, 1)],
        ),
        (
            "MarkdownV2",
            "_italic __both___",
            "italic both",
            [("italic", 0, 11), ("underline", 7, 4)],
        ),
        ("MarkdownV2", ">a\n>b||\nc", "a\nb\nc", [("expandable_blockquote", 0, 3)]),
        ("MarkdownV2", "1\\.5 \\- ok", "1.5 - ok", []),
        ("Markdown", "*a* _b_ `c`", "a b c", [("bold", 0, 1), ("italic", 2, 1), ("code", 4, 1)]),
    ],
)
def test_markup_becomes_entities(
    mode: str, text: str, plain: str, entities: list[tuple[str, int, int]]
):
    words, found = formatted(text, mode)
    assert words == plain
    assert [(one["type"], one["offset"], one["length"]) for one in found] == entities


@pytest.mark.parametrize(
    ("mode", "text", "extra"),
    [
        ("HTML", '<a href="T.me/Club">a</a>', {"type": "text_link", "url": "http://t.me/Club"}),
        ("HTML", '<a href="tg://user?id=42">a</a>', {"type": "text_mention", "user": {"id": 42}}),
        (
            "HTML",
            '<pre><code class="language-py">a</code></pre>',
            {"type": "pre", "language": "py"},
        ),
        (
            "HTML",
            '<tg-emoji emoji-id="7">a</tg-emoji>',
            {"type": "custom_emoji", "custom_emoji_id": "7"},
        ),
        ("MarkdownV2", "![a](tg://emoji?id=7)", {"type": "custom_emoji", "custom_emoji_id": "7"}),
        (
            "MarkdownV2",
            "[a](https://e\\.example/\\))",
            {"type": "text_link", "url": "https://e.example/)"},
        ),
        ("MarkdownV2", "```py\na```", {"type": "pre", "language": "py"}),
    ],
)
def test_entities_carry_what_they_lead_to(mode: str, text: str, extra: dict[str, object]):
    words, found = formatted(text, mode)
    assert words == "a"
    assert found == [extra | {"offset": 0, "length": 1}]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("см. https://e.example/a?b=1.", ["url"]),
        ("зайди на casino.example или бонус.рф", ["url", "url"]),
        ("пишите @vera_mentor, #сон /ban@opora_bot", ["mention", "hashtag", "bot_command"]),
        ("mama@mail.ru +7 900 123-45-67", ["email", "phone_number"]),
        ("цена 82.000, и т.д., 5/6, a@b", []),
        ("/start payload", ["bot_command"]),
    ],
)
def test_telegram_finds_entities_by_itself(text: str, kinds: list[str]):
    assert [one["type"] for one in formatted(text)[1]] == kinds


@pytest.mark.parametrize(
    ("case", "entities", "words"),
    [
        (
            "beyond the end",
            [{"type": "bold", "offset": 0, "length": 9}],
            "entity beyond the end of the text",
        ),
        ("before the start", [{"type": "bold", "offset": -1, "length": 1}], "wrong entity offset"),
        (
            "link to nowhere",
            [{"type": "text_link", "offset": 0, "length": 1}],
            "can't parse MessageEntity: there is no url",
        ),
    ],
)
def test_wrong_explicit_entities_are_refused(
    case: str, entities: list[dict[str, object]], words: str
):
    with pytest.raises(ApiError, match=words):
        formatted("короткий"[:5], None, entities)


def test_unknown_parse_mode_is_refused():
    with pytest.raises(ApiError, match="Bad Request: unsupported parse_mode"):
        formatted("x", "BBCode")


def test_text_over_32_kilobytes_is_refused_before_parsing():
    with pytest.raises(ApiError, match="text is too long"):
        formatted("<b></b>" * 5000, "HTML")


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("a" * MAX_TEXT, None),
        ("a" * (MAX_TEXT + 1), "message is too long"),
        ("😀" * (MAX_TEXT // 2), None),
        ("😀" * (MAX_TEXT // 2) + "a", "message is too long"),
        ("<b>" + "a" * MAX_TEXT + "</b>", None),
        ("   \n ", "text must be non-empty"),
        ("<b></b>", "text must be non-empty"),
        ("", "message text is empty"),
    ],
)
async def test_length_of_text_counts_utf16_units_after_parsing(
    school, text: str, outcome: str | None
):
    """M12 L79"""
    call = {"chat_id": school.vera.id, "text": text, "parse_mode": "HTML"}
    if outcome is None:
        assert length((await school.call("sendMessage", **call))["text"]) == MAX_TEXT
    else:
        assert await school.refused("sendMessage", **call) == f"400 Bad Request: {outcome}"


words_of_people = st.text(
    alphabet=st.sampled_from("aя😀👨‍👩‍👧é \n<>&\"'_*`[]().!-"), min_size=1, max_size=12
).filter(lambda text: text.strip() == text)
pieces = st.lists(
    st.tuples(st.sampled_from(["", "b", "i", "u", "s", "code"]), words_of_people),
    min_size=1,
    max_size=6,
)
NAMES = {"b": "bold", "i": "italic", "u": "underline", "s": "strikethrough", "code": "code"}
MARKS = {"b": "*", "i": "_", "u": "__", "s": "~"}


@settings(max_examples=150, deadline=None)
@given(pieces)
def test_html_entities_cover_exactly_the_marked_words(parts: list[tuple[str, str]]):
    """M12"""
    source = "x".join(
        f"<{tag}>{html.escape(text)}</{tag}>" if tag else html.escape(text) for tag, text in parts
    )
    plain, found = formatted(source, "HTML")
    assert plain == "x".join(text for _, text in parts)
    marked = [(NAMES[tag], text) for tag, text in parts if tag]
    assert [
        (one["type"], cut(plain, one["offset"], one["length"]))
        for one in found
        if one["type"] in NAMES.values()
    ] == marked


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["", "b", "i", "s"]), words_of_people), min_size=1, max_size=6
    )
)
def test_markdown_entities_cover_exactly_the_marked_words(parts: list[tuple[str, str]]):
    """M12"""

    def escaped(text: str) -> str:
        return "".join(f"\\{char}" if char in "_*[]()~`>#+-=|{}.!\\" else char for char in text)

    source = "x".join(
        f"{MARKS[tag]}{escaped(text)}{MARKS[tag]}" if tag else escaped(text) for tag, text in parts
    )
    plain, found = formatted(source, "MarkdownV2")
    assert plain == "x".join(text for _, text in parts)
    assert [
        cut(plain, one["offset"], one["length"]) for one in found if one["type"] in NAMES.values()
    ] == [text for tag, text in parts if tag]


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet=st.sampled_from("aж😀<>/&;b \"'=*_[]()`~|!>\\\n."), max_size=25),
    st.sampled_from(["HTML", "MarkdownV2", "Markdown"]),
)
def test_any_text_is_parsed_or_refused(text: str, mode: str):
    try:
        plain, found = formatted(text, mode)
    except ApiError as refusal:
        assert refusal.code == 400  # noqa: PT017 - both outcomes are right
        return
    assert all(
        one["offset"] >= 0 and one["offset"] + one["length"] <= length(plain) for one in found
    )
