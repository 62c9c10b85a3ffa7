from dataclasses import replace

import pytest

from moderation.facts import StaffName
from moderation.model import AuthorKind, File, Passage, Severity, Source
from moderation.text.entities import Entity
from tests.moderation.build import CHAT, MEMBER, MODERATOR, NEWCOMER, found, kinds, said, verdict


@pytest.mark.parametrize(
    ("name", "mime", "author", "severity"),
    [
        ("photo.jpg.exe", "", NEWCOMER, Severity.HIDE),
        ("dogovor\u202excod.scr", "", MEMBER, Severity.HIDE),
        ("opora.apk", "application/vnd.android.package-archive", MEMBER, Severity.HIDE),
        ("noname", "application/x-msdownload", MEMBER, Severity.HIDE),
        ("прописи.zip", "application/zip", NEWCOMER, Severity.HIDE),
        ("прописи.zip", "application/zip", MEMBER, Severity.REVIEW),
        ("прописи.pdf", "application/pdf", NEWCOMER, None),
        ("план на 01.09.docx", "", NEWCOMER, None),
    ],
)
def test_files_that_can_carry_programs_are_blocked_by_type(name, mime, author, severity):
    """M26"""
    finding = found(said("", files=(File(name, mime),), media=frozenset({"document"})), author).get(
        "documents"
    )
    assert (finding.severity if finding else None) is severity


@pytest.mark.parametrize(
    ("case", "message"),
    [
        ("M18 a story", said("", media=frozenset({"story"}))),
        ("M18 a reply to a story", said("Ух ты", media=frozenset({"reply_to_story"}))),
        ("M23 a giveaway", said("", media=frozenset({"giveaway"}))),
        ("M23 content of a later version", said("", unknown=("hologram",))),
        ("M27 a newcomer's bare picture", said("", media=frozenset({"photo"}), media_ids=("x",))),
        (
            "M13 letters drawn by emoji",
            said(
                "😀😀😀😀😀😀",
                passages=(
                    Passage(
                        Source.TEXT,
                        "😀" * 6,
                        tuple(Entity("custom_emoji", 2 * n, 2) for n in range(6)),
                    ),
                ),
            ),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_goes_to_a_person(case, message):
    """M13 M18 M23 M27"""
    decision = verdict(message)
    assert decision.action is Severity.REVIEW
    assert kinds(decision) == ["Card"]


@pytest.mark.parametrize("medium", ["voice", "video_note", "audio"])
def test_a_voice_without_words_is_never_suspicious(medium):
    """M25"""
    assert verdict(said("", media=frozenset({medium}))).action is Severity.NONE


def test_a_marked_file_is_hidden_whoever_sends_it_next():
    """M27"""
    chat = replace(CHAT, media_hashes=frozenset({"ad"}))
    assert (
        verdict(said("", media=frozenset({"photo"}), media_ids=("ad",)), MEMBER, chat).action
        is Severity.HIDE
    )


@pytest.mark.parametrize(
    ("pack", "hidden"),
    [
        ("Casino_Vulkan_by_spam_bot", True),
        ("crypto_earn", True),
        ("kotiki_by_fStikBot", False),
        ("HotCherry", False),
        ("", False),
    ],
)
def test_a_pack_is_judged_by_its_name_and_an_unknown_one_is_fine(pack, hidden):
    """M24"""
    assert ("stickers" in found(said("", media=frozenset({"sticker"}), sticker_set=pack))) is hidden


STAFF = replace(CHAT, staff=(StaffName(500, "Мария Опорина", "opora_maria"),))


@pytest.mark.parametrize(
    ("case", "facts", "severity"),
    [
        ("the same name", {"author_name": "Мария Опорина"}, Severity.REVIEW),
        ("homoglyphs", {"author_name": "Mapия Oпopинa"}, Severity.REVIEW),
        ("M15 direction marks", {"author_name": "\u202eМария\u202c Опорина"}, Severity.REVIEW),
        ("a handle with one letter changed", {"author_username": "opora_mariia"}, Severity.REVIEW),
        ("an office in the name", {"author_name": "Поддержка Опора"}, Severity.REVIEW),
        ("M50 a tag", {"sender_tag": "Модератор"}, Severity.REVIEW),
        ("a namesake by first name", {"author_name": "Мария Иванова"}, None),
        ("somebody else", {"author_name": "Вера"}, None),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_borrowed_face_is_looked_at(case, facts, severity):
    """M15 M46 M50"""
    finding = found(said("Добрый день", **facts), NEWCOMER, STAFF).get("impersonation")
    assert (finding.severity if finding else None) is severity


def test_a_borrowed_face_that_calls_into_private_is_hidden():
    message = said("Напишите мне в личные сообщения, оформим возврат", author_name="Мария Опорина")
    assert verdict(message, NEWCOMER, STAFF).action >= Severity.HIDE
    assert "impersonation" not in found(message, replace(MODERATOR, person_id=500), STAFF)


def test_a_tag_gives_no_role():
    """M50"""
    decision = verdict(said("Вы идиоты, заткнитесь", sender_tag="Модератор"), NEWCOMER)
    assert decision.guard == ""
    assert decision.action >= Severity.HIDE


@pytest.mark.parametrize(
    "name", ["Заработок t.me/easy_money", "Казино 18+", "Вера http://spam.example.com"]
)
def test_an_advert_in_a_name_only_asks_to_look(name):
    """M48"""
    decision = verdict(said("Всем привет", author_name=name))
    assert (decision.action, kinds(decision)) == (Severity.REVIEW, ["Card"])
    assert "profile" not in found(said("Всем привет", author_name=name), MEMBER)


def test_a_name_full_of_markup_is_only_a_name():
    """M47"""
    assert (
        verdict(said("Всем привет", author_name="<b>*Вера*</b> _[x](y)_")).action is Severity.NONE
    )


def test_a_channel_author_is_judged_like_anybody():
    """M42"""
    message = said("Вы идиоты, заткнитесь", author_kind=AuthorKind.CHANNEL, author_id=-100500)
    assert verdict(message).action is Severity.HIDE
