"""The rules on advertising: who wrote, where it leads, whose words they are."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from moderation.content import Content
from moderation.facts import AuthorFacts, ChatFacts, StaffName
from moderation.model import Incoming, Passage, Severity, Source
from moderation.policy import AdvertisingPolicy, SpamModelPolicy
from moderation.rules import advertising, spam_model
from moderation.rules.campaign import against
from moderation.spam.samples_index import Sample, Samples
from moderation.text.entities import Entity
from moderation.text.fold import fold
from moderation.text.shingles import fingerprint

NOW = datetime(2026, 3, 1, tzinfo=UTC)
NEWCOMER = AuthorFacts(person_id=1, joined_at=NOW - timedelta(hours=1))
MEMBER = AuthorFacts(person_id=1, joined_at=NOW - timedelta(days=90), messages_before=200)
STAFF = replace(MEMBER, roles=frozenset({"moderator"}))
CHAT = ChatFacts(
    allowed_domains=frozenset({"opora-school.ru"}), staff=(StaffName(5, "Мария", "opora_maria"),)
)
POLICY = SpamModelPolicy()
OFFER = "Ищем сотрудников на удалённую работу, оплата каждый день, опыт не нужен, пишите в личные сообщения"


def said(
    text: str, entities: Iterable[Entity] = (), quote: str = "", buttons: Iterable[str] = ()
) -> Content:
    passages = [Passage(Source.TEXT, text, tuple(entities))]
    if quote:
        passages.append(Passage(Source.QUOTE, quote, own=False))
    return Content(
        Incoming(
            chat_id=-1,
            message_id=1,
            author_id=1,
            at=NOW,
            passages=tuple(passages),
            button_urls=tuple(buttons),
        )
    )


def by_model(
    content: Content, author: AuthorFacts = NEWCOMER, policy: SpamModelPolicy = POLICY
) -> Any:
    return spam_model.check(content, author, CHAT, policy)


def ad(content: Content, author: AuthorFacts = NEWCOMER, chat: ChatFacts = CHAT) -> Any:
    return advertising.check(content, author, chat, AdvertisingPolicy())


@pytest.mark.parametrize(
    ("case", "text", "author", "severity", "evidence"),
    [
        (
            "newcomer, outside link",
            "смотрите https://sale.example/x",
            NEWCOMER,
            Severity.HIDE,
            "link",
        ),
        (
            "member, outside link",
            "смотрите https://sale.example/x",
            MEMBER,
            Severity.OBSERVE,
            "link",
        ),
        (
            "newcomer, well-known site",
            "https://youtube.com/watch?v=1",
            NEWCOMER,
            Severity.OBSERVE,
            "link",
        ),
        ("newcomer, invitation", "заходите t.me/+AbCdEf123", NEWCOMER, Severity.HIDE, "invite"),
        ("member, invitation", "заходите t.me/+AbCdEf123", MEMBER, Severity.REVIEW, "invite"),
        ("newcomer, a channel", "t.me/best_deals", NEWCOMER, Severity.REVIEW, "channel"),
        (
            "newcomer, a look-alike host",
            "https://opora-schoo1.ru/login",
            NEWCOMER,
            Severity.HIDE,
            "hidden-link",
        ),
        (
            "newcomer, many mentions",
            "@aaaa1 @bbbb2 @cccc3 @dddd4 @eeee5",
            NEWCOMER,
            Severity.HIDE,
            "mentions",
        ),
        ("newcomer, an offer", OFFER, NEWCOMER, Severity.HIDE, "phrases"),
        ("member, an offer", OFFER, MEMBER, Severity.OBSERVE, "phrases"),
        (
            "newcomer, offer and invitation",
            OFFER + " t.me/+AbCdEf123",
            NEWCOMER,
            Severity.BAN,
            "invite",
        ),
    ],
)
def test_advertising_weighs_what_it_sees_and_who_wrote(case, text, author, severity, evidence):
    finding = ad(said(text), author)
    assert (finding.severity, finding.evidence) == (severity, f"evidence-advertising-{evidence}")


@pytest.mark.parametrize(
    ("case", "text", "author"),
    [
        ("the school's own site", "домашнее задание на https://my.opora-school.ru/task", NEWCOMER),
        ("a mention of staff", "спасибо @opora_maria", NEWCOMER),
        ("staff may link", "читайте https://sale.example/x", STAFF),
        ("mail", "моя почта mama@example.com", NEWCOMER),
        ("talk", "Подскажите, когда урок?", NEWCOMER),
    ],
)
def test_what_is_no_advertising(case, text, author):
    assert ad(said(text), author) is None


def test_a_hidden_target_is_judged():
    """M9: innocent words, the address stands in the entity."""
    assert (
        ad(said("жмите тут", [Entity("text_link", 6, 3, "https://t.me/+AbCdEf123")])).severity
        is Severity.HIDE
    )


def test_a_shown_address_that_leads_elsewhere_is_flagged():
    """M10: text shows one address, the entity leads to another."""
    finding = ad(said("opora-school.ru", [Entity("text_link", 0, 15, "https://evil.example/")]))
    assert finding.evidence == "evidence-advertising-hidden-link"


def test_the_address_after_emoji_is_the_right_one():
    """M12: offsets in UTF-16 units."""
    finding = ad(said("👩‍👧👍 урок", [Entity("text_link", 8, 4, "https://t.me/+AbCdEf123")]))
    assert finding.evidence == "evidence-advertising-invite"


@pytest.mark.parametrize(
    "text", [OFFER.replace("о", "o").replace("а", "a"), OFFER.replace("работу", "р а б о т у")]
)
def test_a_disguised_offer_is_an_offer(text):
    """M14: twins and spaced letters."""
    assert ad(said(text)).severity is Severity.HIDE


def test_direction_marks_hide_no_offer():
    """M15: marks are stripped for matching."""
    assert ad(said("\u202e" + OFFER + "\u202c")).severity is Severity.HIDE


def test_an_advertisement_in_a_quote_costs_its_bearer_nothing():
    """M16: judged as promotion, without a ban on words the author did not write."""
    finding = ad(said("вот", quote=OFFER + " t.me/+AbCdEf123"))
    assert finding.severity is Severity.HIDE
    assert not finding.punishes
    model = by_model(said("вот", quote=OFFER))
    assert not model.punishes


def test_addresses_on_buttons_are_judged_without_blame():
    finding = ad(said("смотрите", buttons=["https://t.me/+AbCdEf123"]))
    assert finding.severity is Severity.HIDE
    assert not finding.punishes


def test_the_model_asks_a_person_about_members_of_standing():
    policy = SpamModelPolicy()
    assert by_model(said(OFFER), NEWCOMER, policy).severity >= Severity.HIDE
    assert by_model(said(OFFER), MEMBER, policy).severity is Severity.REVIEW
    assert by_model(said(OFFER), STAFF, policy) is None


def test_in_the_grey_band_a_person_looks():
    score = spam_model.spam_score(said(OFFER))
    policy = SpamModelPolicy(review_score=score - 0.1, hide_score=1.0, ban_score=1.0)
    assert by_model(said(OFFER), NEWCOMER, policy).severity is Severity.REVIEW


def test_addresses_and_placeholders_do_not_move_the_score():
    plain = spam_model.spam_score(said("Спасибо за урок, запись"))
    assert (
        spam_model.spam_score(
            said("Спасибо за урок, запись https://opora-school.ru/x @opora_maria")
        )
        == plain
    )


def test_a_copy_of_a_marked_text_is_hidden_and_a_cleared_text_is_left():
    samples = Samples()
    check = against(samples)
    talk = "Собираем команду на субботник в парке у школы, приходите с детьми, чай и печенье будут"
    assert check(said(talk), NEWCOMER, CHAT, SpamModelPolicy()) is None
    samples.learn(Sample(1, fingerprint(fold(talk).compact), spam=True))
    finding: Any = check(said(talk + "!"), NEWCOMER, CHAT, SpamModelPolicy())
    assert (finding.severity, finding.evidence) == (Severity.HIDE, "evidence-spam-campaign")
    samples.learn(Sample(2, fingerprint(fold(OFFER).compact), spam=False))
    assert check(said(OFFER), NEWCOMER, CHAT, SpamModelPolicy()) is None
    samples.forget(2)
    assert check(said(OFFER), NEWCOMER, CHAT, SpamModelPolicy()) is not None
