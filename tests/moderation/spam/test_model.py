"""The shipped model: sure about plain cases, unmoved by tricks, small, quick to load, without ties."""

import random
from importlib.resources import files

import pytest

from moderation.spam import samples
from moderation.spam.model import MODEL_FILE, SpamModel, WrongModelError
from moderation.text.fold import fold
from tests.moderation.text.evasions import EVASIONS

MODEL = SpamModel.load()
LARGEST_FILE = 3_000_000

ADVERTISING = (
    "Ищем ответственных людей на удалённую работу. Доход от 5000 рублей в день, опыт не нужен. Пишите в лс",
    "Зарабатывай на криптовалюте без вложений! Сигналы каждый день бесплатно, заходи в наш канал",
    "Девочки, кто хочет дополнительный доход в декрете? Всему обучу, пишите плюс в личные сообщения",
    "Онлайн казино дарит бонус 500 фриспинов за регистрацию, успей забрать по ссылке",
    "Помогу получить кредит без отказа с плохой историей, работаем по всей России, пишите в личку",
    "Требуются сотрудники на подработку, оплата ежедневно от 7000, подробности в лс",
)
HARMLESS = (
    "Добрый день! Подскажите, пожалуйста, во сколько завтра занятие по чтению?",
    "Большое спасибо Марии Сергеевне за урок, сын впервые сам дочитал рассказ",
    "Мы оплатили курс вчера, а доступ пока не открылся. Куда написать?",
    "Напишите, пожалуйста, в поддержку, нам помогли за час",
    "Сдаём по 500 рублей на подарок учителю до пятницы, деньги можно передать Ольге",
    "Дочка не хочет делать прописи, как вы справляетесь?",
    "Скиньте, пожалуйста, ссылку на запись вебинара, мы опоздали",
    "Врач посоветовал больше гулять и меньше сидеть за планшетом",
)
# A person looks from here on; hidden from the second. Source: moderation/policy.py.
REVIEW, HIDE = 0.5, 0.9


@pytest.mark.parametrize("text", ADVERTISING)
def test_plain_advertising_is_hidden(text):
    assert MODEL.score(fold(text)) > HIDE


@pytest.mark.parametrize("text", HARMLESS)
def test_talk_of_parents_is_left_alone(text):
    assert MODEL.score(fold(text)) < REVIEW


@pytest.mark.parametrize("name", EVASIONS)
@pytest.mark.parametrize(("texts", "is_spam"), [(ADVERTISING, True), (HARMLESS, False)])
def test_an_evasion_changes_no_verdict(name, texts, is_spam):
    """M14: seven tricks on advertising and on harmless talk alike."""
    for seed, text in enumerate(texts):
        written = EVASIONS[name](text, random.Random(seed))
        assert (MODEL.score(fold(written)) > REVIEW) is is_spam


def test_marks_that_cannot_be_seen_change_no_score():
    """M15: direction marks and zero-width signs."""
    text = ADVERTISING[0]
    assert MODEL.score(fold("\u202e" + "\u200b".join(text))) == MODEL.score(fold(text))


@pytest.mark.parametrize("text", ["", "!!!", "👍👍", " \n "])
def test_a_text_without_words_scores_nothing(text):
    assert MODEL.score(fold(text)) == 0.0


def test_scores_of_different_texts_differ():
    scores = [MODEL.score(fold(text)) for text in (*ADVERTISING, *HARMLESS)]
    assert len(set(scores)) == len(scores)


def test_repeating_a_harmless_text_makes_no_spam_of_it():
    assert MODEL.score(fold(" ".join([HARMLESS[4]] * 40))) < REVIEW


def test_the_file_is_small_and_holds_no_readable_words():
    content = files("moderation.data").joinpath(MODEL_FILE).read_bytes()
    assert len(content) < LARGEST_FILE
    head, _, _ = content.partition(b"\n")
    assert head.isascii()


@pytest.mark.parametrize("content", [b"", b"{}", b"junk\njunk", b'{"format": "other"}\nx'])
def test_another_file_is_refused(content):
    with pytest.raises(WrongModelError):
        SpamModel.from_bytes(content)


def test_the_model_is_loaded_once():
    assert SpamModel.load() is SpamModel.load()


def test_samples_write_themselves_out_in_a_stable_order():
    template = next(samples.templates(samples.HAM))
    assert samples.written(template, 4, random.Random(1)) == samples.written(
        template, 4, random.Random(1)
    )
    assert not any("{" in text for text in samples.written(template, 4, random.Random(1)))
