import pytest

from moderation.acts import CardReason, Escalate, Point
from moderation.model import EscalationKind, Severity
from tests.moderation.build import EXPERT, found, kinds, said, verdict

ADVICE = [
    ("dose and order", "Дайте 5 мл нурофена"),
    ("several doses", "Нурофен 5 мл 3 раза в день и всё пройдёт"),
    ("stop the prescribed", "Отмените эти таблетки, это химия"),
    ("stop, negated order", "не пейте антибиотики, само пройдет"),
    ("order by hours", "при температуре 39 давайте нурофен каждые 6 часов"),
    ("infinitive", "Принимать 3 раза в день по две таблетки"),
    ("may and should", "Можно давать глицин, он лёгкий"),
    ("recommendation", "советую глицин, нам помог"),
    ("against vaccination", "не ставьте прививки детям!"),
    ("in English", "give him 5 ml of nurofen"),
    ("evasive spelling", "Дайте 5 мл н у р о ф е н а"),
    ("homoglyphs", "Дaйте 5 мл нyрофенa"),
]
LOOKED_AT = [
    ("lay diagnosis", "у вашего сына явно СДВГ"),
    ("surer diagnosis", "Это точно аутизм, у племянника так же было"),
    ("own experience with a dose", "Я давала 5 мл нурофена, помогло"),
    ("herbs", "Попробуйте ромашку заварить и полоскать горло"),
    ("leaflet", "По инструкции детям 2,5 мл 3 раза в день"),
]
QUESTIONS = [
    ("dose by age, M35", "Какую дозу нурофена дать ребёнку 3 лет?"),
    ("no question mark", "чем сбить температуру"),
    ("may I", "Можно ли давать пантогам вместе с глицином"),
    ("who has given it", "Кто давал пантогам? Помог?"),
]
SILENT = [
    ("negation by a doctor, M38", "врач запретил давать нурофен"),
    ("prescription told again", "Педиатр выписал нам виферон"),
    ("praise without a dose", "Мы пили пантогам, помог"),
    ("sending to a doctor", "Не давайте ничего без назначения врача"),
    ("candles on a cake", "Красивые свечи на торте"),
    ("a lesson on solutions", "Сегодня на уроке проходили раствор и капли воды"),
    ("order about lessons", "Дайте ему отдохнуть, он же болел"),
    ("illness and a lesson", "Дочка заболела, можно перенести урок?"),
    ("own diagnosis", "У нас СДВГ, учимся с трудом"),
    ("taking part", "Принимать участие нужно всем"),
    ("meeting by a chemist's", "Давайте встретимся у аптеки"),
    ("price", "Купила сироп, стоит дорого"),
]


@pytest.mark.parametrize(("case", "text"), ADVICE, ids=[c for c, _ in ADVICE])
def test_advice_is_hidden_and_goes_to_an_expert(case, text):
    """M36"""
    decision = verdict(text)
    assert decision.action is Severity.HIDE
    assert (
        Escalate(EscalationKind.EXPERT, decision.leading.urgency, "medical_advice") in decision.acts
    )


@pytest.mark.parametrize(("case", "text"), LOOKED_AT, ids=[c for c, _ in LOOKED_AT])
def test_what_may_be_advice_is_looked_at_and_not_hidden(case, text):
    assert verdict(text).action is Severity.REVIEW


@pytest.mark.parametrize(("case", "text"), QUESTIONS, ids=[c for c, _ in QUESTIONS])
def test_a_question_gets_a_pointer_and_an_escalation_and_no_punishment(case, text):
    """M35"""
    decision = verdict(text)
    assert decision.action is Severity.ESCALATE
    assert kinds(decision) == ["Point", "Escalate", "Card"]
    assert next(a for a in decision.acts if isinstance(a, Point)).key == "notice-pointer-medical"


@pytest.mark.parametrize(("case", "text"), SILENT, ids=[c for c, _ in SILENT])
def test_a_mention_is_left_alone(case, text):
    """M38"""
    assert verdict(text).action <= Severity.OBSERVE


def test_quoted_advice_is_no_reason_for_a_sanction():
    """M38"""
    decision = verdict("Соседка пишет: «давайте детям анальгин». Ужас")
    assert decision.action is Severity.REVIEW
    assert kinds(decision) == ["Card"]


def test_the_same_words_by_an_expert_are_flagged_too():
    """M36"""
    decision = verdict("Дайте 5 мл нурофена", EXPERT)
    assert decision.action is Severity.ESCALATE
    assert any(getattr(act, "reason", None) is CardReason.REVIEW for act in decision.acts)
    assert "Delete" not in kinds(decision)


def test_naming_a_medicine_is_only_observed():
    finding = found(said("Купили нурофен и сироп от кашля"))["medical_mention"]
    assert (finding.severity, finding.facts["count"]) == (Severity.OBSERVE, 2)


def test_advice_after_a_question_is_still_advice():
    assert verdict("Температура? Дайте нурофен 5 мл и не думайте.").action is Severity.HIDE
