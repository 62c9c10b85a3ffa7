import pytest

from moderation.acts import Escalate
from moderation.model import EscalationKind, Severity, Urgency
from tests.moderation.build import found, kinds, said, verdict

AT_ONCE = [
    "я больше не хочу жить",
    "Дочь сказала, что хочет умереть",
    "не вижу смысла жить дальше",
    "сын режет себе руки",
    "хочу уснуть и не проснуться",
    "х о ч у  у м е р е т ь",
    "хoчу умeреть",
    "муж бьёт меня при детях",
    "отчим избивает сына",
    "боится идти домой, отец бьет",
    "к дочке пристает отчим, трогает её",
    "меня изнасиловали",
    "I want to die",
]
TALK = [
    "В школе рассказали о суициде, как говорить с детьми?",
    "мальчик из параллели повесился",
    "группы смерти снова в сети, следите за детьми",
    "актёр покончил с собой",
]
HARMLESS = [
    "умереть со смеху, какие они забавные",
    "повесили картину в детской",
    "прыгали с дивана весь вечер",
    "жить не могу без кофе",
    "не хочу жить в центре, шумно",
    "вырезали из бумаги снежинки",
    "убрали телефон, и дочка стала спокойнее",
    "мы выпили чаю и пошли гулять",
    "отравились чем-то, пропускаем урок",
    "смысл жизни проходили на философии",
    "ребёнок боится темноты",
    "сдали кровь из вены",
]


@pytest.mark.parametrize("text", AT_ONCE)
def test_a_call_for_help_reaches_the_person_on_duty_at_once_and_stays(text):
    """M37"""
    decision = verdict(text)
    assert decision.action is Severity.ESCALATE
    assert Escalate(EscalationKind.DUTY, Urgency.AT_ONCE, "red_flags") in decision.acts
    assert not {"Delete", "Mute", "Ban", "Notify"} & set(kinds(decision))


@pytest.mark.parametrize("text", TALK)
def test_talk_about_suicide_reaches_a_person_soon(text):
    assert found(said(text))["red_flags"].urgency is Urgency.SOON or "AT_ONCE" in str(
        found(said(text))["red_flags"].urgency.name
    )
    assert verdict(text).action is Severity.ESCALATE


@pytest.mark.parametrize("text", HARMLESS)
def test_words_of_the_same_shape_wake_nobody(text):
    assert "red_flags" not in found(said(text))


def test_nothing_deletes_a_call_for_help_whatever_else_it_holds():
    """M37"""
    text = "Дочка Маша, 7 лет, школа 57, отец её бьёт, дайте 5 мл нурофена, вы идиоты"
    decision = verdict(text)
    assert decision.action is Severity.ESCALATE
    assert {"red_flags", "child_data", "toxicity"} <= {f.rule for f in decision.findings}
    assert not {"Delete", "Mute", "Ban"} & set(kinds(decision))
