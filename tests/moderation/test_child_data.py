import random
from dataclasses import replace

import pytest

from moderation.content import Content
from moderation.model import Severity, Source
from moderation.rules.child_data import message_signals
from tests.moderation.build import CHAT, MEMBER, MODERATOR, found, kinds, past, said, verdict
from tests.moderation.generator import messages

CHILD = [
    "Моя дочка Маша, 7 лет, учится в школе №57",
    "Сына зовут Артём, ему 6 лет",
    "Иванов Петя, 3Б",
    "Соня ходит в садик «Солнышко»",
    "мама Кирилла из 3Б",
    "Мой Артём в третьем классе",
    "сын миша 5 лет",
    "Мы с Ильёй (7 лет) из Рязани",
    "Дочь - Полина, 4 класс, г. Казань",
    "Моей Насте скоро 8, а она не читает",
    "её зовут Варвара, 2015 года рождения",
    "Внуку Пете десять лет",
    "Тимоша (5,5 лет) боится темноты",
    "в группу добавьте Никиту Власова 4В",
]
ADULT_OR_NOBODY = [
    "Анна, у нас тоже 5 лет",
    "Мария Ивановна, учитель 3 класса",
    "Меня зовут Оля, сыну 7 лет",
    "Марина, в 3 классе много задают?",
    "Маша и медведь мультик для детей 5 лет",
    "Подскажите, Катя, школа №57 хорошая?",
    "Я Оля, мама первоклассника",
    "Наш психолог Ирина ведёт группу 6 лет",
    "Читаем Николая Носова, 3 класс",
    "Вера в себя важна в 7 лет",
    "Юля 3 месяца занимается, результат есть",
    "Мы живём в Москве, ребёнку 5 лет",
    "Александр, 10 минут назад прислал ссылку",
    "Лена права, в 7 лет рано",
]
DIRECT = [
    "Позвоните мне 8 916 123-45-67",
    "+79161234567 это мой",
    "Пишите: +375 29 123-45-67",
    "восемь девять один шесть один два три четыре пять шесть семь звоните",
    "Живём на ул. Ленина, д. 5, кв. 12",
    "мы прописаны на Лесной, д. 4, кв. 18",
    "Паспорт ребенка 4510 123456",
    "СНИЛС 123-456-789 00",
]
NUMBERS = [
    "Цена 82.000 рублей",
    "Заказ № 89161234567",
    "Номер заявки 9161234567",
    "трек-номер 80082912345678",
    "Горячая линия 8-800-555-35-35",
    "Телефон поликлиники 8 495 123-45-67, звоните в регистратуру",
    "Музей находится по адресу ул. Волхонка, 12",
    "урок 15 мая в 18:00, стоимость 2990",
    "ISBN 978-5-04-116820-4",
    "Тариф 8 900 рублей в месяц",
]


@pytest.mark.parametrize("text", CHILD)
def test_a_childs_name_beside_a_signal_is_hidden(text):
    """M31"""
    assert verdict(text).action is Severity.HIDE


@pytest.mark.parametrize("text", ADULT_OR_NOBODY)
def test_names_of_adults_and_bears_are_nobodys_data(text):
    assert "child_data" not in found(said(text))


@pytest.mark.parametrize("text", DIRECT)
def test_phones_addresses_and_documents_are_enough_alone(text):
    assert "child_data" in found(said(text))


@pytest.mark.parametrize("text", NUMBERS)
def test_prices_orders_and_public_phones_are_not_personal(text):
    """M39"""
    assert "child_data" not in found(said(text))


@pytest.mark.parametrize(
    ("case", "media"), [("M29", "contact"), ("M30", "location"), ("M30 venue", "venue")]
)
def test_cards_and_places_are_removed_and_the_sender_told_alone(case, media):
    """M29 M30"""
    decision = verdict(said("", media=frozenset({media})))
    assert decision.action is Severity.HIDE
    assert kinds(decision) == ["Delete", "Notify", "Escalate", "Card"]


def test_a_name_and_an_age_sent_apart_are_seen_together():
    """M31"""
    first = message_signals(Content(said("Сына зовут Артём")))
    author = replace(MEMBER, recent=(past(60, 9, signals=first),))
    assert "child_data" not in found(said("Сына зовут Артём"), MEMBER)
    assert found(said("ему 6 лет"), author)["child_data"].evidence == "evidence-child-data-apart"


def test_the_window_closes():
    author = replace(MEMBER, recent=(past(601, 9, signals=frozenset({"child_name"})),))
    assert "child_data" not in found(said("ему 6 лет"), author)


def test_a_photo_with_the_childs_name_is_a_signal():
    message = said("Это моя дочка Соня", Source.CAPTION, media=frozenset({"photo"}))
    assert "child_data" in found(message)


def test_neither_notice_nor_finding_repeats_the_data():
    """M31 M34"""
    decision = verdict("Моя дочка Маша, 7 лет, школа №57, тел. 8 916 123-45-67")
    assert not any(word in repr(decision) for word in ("Маша", "57", "916"))


@pytest.mark.parametrize(
    "author", [MODERATOR, replace(MEMBER, roles=frozenset({"mentor"}))], ids=["moderator", "mentor"]
)
def test_staff_data_goes_the_same_way_without_a_reprimand(author):
    """M33"""
    decision = verdict("Иванов Петя, 3Б, школа 57", author)
    assert decision.action is Severity.HIDE
    assert kinds(decision) == ["Delete", "Notify", "Escalate", "Card"]


def test_an_honest_slip_costs_no_strike():
    decision = verdict("Моя дочка Маша, 7 лет", MEMBER)
    assert not {"Mute", "Ban", "Record"} & set(kinds(decision))


def test_generated_messages_are_read_with_recall_095_at_precision_098():
    right = missed = wrong = 0
    for text, holds, _ in messages(random.Random(20261123), 700):
        seen = "child_data" in found(said(text), chat=CHAT)
        right += holds and seen
        missed += holds and not seen
        wrong += seen and not holds
    assert right / (right + missed) >= 0.95
    assert right / (right + wrong) >= 0.98
