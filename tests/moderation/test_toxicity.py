import pytest

from moderation.model import Severity
from tests.moderation.build import found, said, verdict

AIMED = [
    "Ты идиотка, закрой рот",
    "вы больные на всю голову",
    "Какая же ты тупая",
    "заткнись уже и проваливай",
    "ты и д и о т",
    "вы дoлбoёбы",
    "тебя убить мало",
    "Найду тебя, знаю где ты живешь",
    "админы пидарасы",
    "такие мамаши просто твари",
]
SWEARING = [
    "да ну нахуй этот урок",
    "бля, опять не грузится",
    "х у й знает как это решать",
    "пиzдец какой-то",
    "сука, как же сложно",
]
CLEAN = [
    "тупой карандаш сломался",
    "хлеб ребенку не даём",
    "учебный план на четверть",
    "потребуется ли оплата",
    "Сабля и рубль, скипидар",
    "собака съела домашку",
    "корова на ферме, курица и коза",
    "застрахуйте поездку",
    "не оскорбляйте друг друга, пожалуйста",
    "больная тема, болит горло",
    "команда мандаринов",
    "мебель и употребление",
]


@pytest.mark.parametrize("text", AIMED)
def test_what_is_thrown_at_somebody_is_hidden(text):
    assert verdict(text).action >= Severity.HIDE


@pytest.mark.parametrize("text", SWEARING)
def test_swearing_at_nobody_is_a_warning(text):
    """M14"""
    assert verdict(text).action is Severity.WARN


@pytest.mark.parametrize("text", CLEAN)
def test_innocent_words_with_the_same_letters_pass(text):
    assert "toxicity" not in found(said(text))


@pytest.mark.parametrize(
    "text", ["Моего сына в школе назвали дебилом", "Принёс из сада слово дурак, что делать?"]
)
def test_rudeness_told_again_is_nobodys_fault(text):
    assert verdict(text).action <= Severity.REVIEW
