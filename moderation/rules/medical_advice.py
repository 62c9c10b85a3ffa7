"""Medical advice by parents: doses, treatments, "stop what was prescribed", diagnoses.

A mention is not advice, a question is not punished, and a doctor's words told again, a quotation or a refusal are
nobody's advice. Guideline with examples: docs/medical-advice-guideline.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from moderation.content import Content
from moderation.facts import AuthorFacts, ChatFacts
from moderation.lexicon import Marks
from moderation.model import EscalationKind, Finding, Severity, Urgency
from moderation.policy import MedicalAdvicePolicy
from moderation.rules import medical_words as words
from moderation.rules.patterns import Clause, clauses

RULE = "medical_advice"
NAMED = ("drugs", "drug_classes", "drug_forms", "medicine_words")
LOOSE = ("drug_forms_weak", "remedies", "illnesses", "med_verbs")
LOOSE_TAGS = frozenset(LOOSE)
TAGS = frozenset({*NAMED, *LOOSE})
QUESTION_SCORE = 0.5
_DIGIT = re.compile(r"\d")
_QUOTE = re.compile(r"[«\"“][^»\"”]{3,}[»\"”]")


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a clause amounts to. `kind` names the evidence."""

    score: float
    kind: str
    asks: bool = False


def check(
    content: Content, author: AuthorFacts, chat: ChatFacts, policy: MedicalAdvicePolicy
) -> Finding | None:
    """Find the strongest advice in the message; without any, a question that needs an expert."""
    del author, chat
    marks = content.marks
    text = content.folded.folded
    if TAGS.isdisjoint(marks) and not (_DIGIT.search(text) and words.DOSE.search(text)):
        return None
    found: list[tuple[Weighed, Clause]] = []
    named_before = False
    for clause in clauses(text):
        inside = _inside(marks, clause)
        weighed = weigh(clause, inside, named_before=named_before)
        if weighed is not None:
            found.append((weighed, clause))
        named_before = named_before or _names(inside)
    return _strongest(found, policy) if found else None


def weigh(clause: Clause, marks: Marks, *, named_before: bool = False) -> Weighed | None:
    """Weigh one clause; None when it only mentions or says nothing medical."""
    text = clause.text
    dose = words.DOSE.search(text) is not None
    named = _names(marks)
    if not (
        named
        or dose
        or LOOSE_TAGS & marks.keys()
        or (named_before and words.IMPERATIVE.search(text))
    ):
        return None
    if _asks(clause, dose=dose, named=named, ill="illnesses" in marks):
        return Weighed(QUESTION_SCORE, "question", asks=True)
    weighed = _advice(text, marks, dose=dose, named=named or named_before)
    return None if weighed is None else _softened(text, weighed, dose=dose)


def _names(marks: Marks) -> bool:
    return any(tag in marks for tag in NAMED)


def _inside(marks: Marks, clause: Clause) -> Marks:
    inside: dict[str, tuple[object, ...]] = {}
    for tag in (*NAMED, *LOOSE):
        here = tuple(m for m in marks.get(tag, ()) if clause.start <= m.start < clause.end)
        if here:
            inside[tag] = here
    return inside  # type: ignore[return-value]


def _asks(clause: Clause, *, dose: bool, named: bool, ill: bool) -> bool:
    if dose or named:
        if words.QUESTION.search(clause.text):
            return True
        return clause.asks and (dose or words.TREATS.search(clause.text) is not None)
    return ill and words.TREATMENT_QUESTION.search(clause.text) is not None


def _advice(text: str, marks: Marks, *, dose: bool, named: bool) -> Weighed | None:
    """Weigh what is said about a named medicine or an amount; the strongest way of saying it counts."""
    order = words.IMPERATIVE.search(text)
    if not (named or dose):
        return _loose(text, marks, ordered=order is not None)
    if named and (words.STOP.search(text) or (order and order["no"])):
        return Weighed(0.9, "stop")
    if order:
        return Weighed(0.95 if dose else 0.9, "order")
    if words.MODAL.search(text) or words.MODAL_AFTER.search(text):
        return Weighed(0.85 if dose else 0.8, "should")
    return (
        _regimen(text, dose=dose)
        or _praise(text, named=named)
        or _loose(text, marks, ordered=False)
    )


def _regimen(text: str, *, dose: bool) -> Weighed | None:
    """Weigh an amount: with a frequency it can be followed, told of the past it is experience."""
    frequency = words.FREQUENCY.search(text) is not None
    if frequency and words.REGIMEN_INFINITIVE.search(text):
        return Weighed(0.8, "regimen")
    if not dose:
        return None
    told = words.PAST.search(text) is not None
    return Weighed(0.45 if told or not frequency else 0.75, "dose")


def _praise(text: str, *, named: bool) -> Weighed | None:
    if not named:
        return None
    recommended = words.RECOMMEND.search(text)
    if recommended:
        return Weighed(0.55 if recommended["no"] else 0.75, "recommend")
    return Weighed(0.5, "recommend") if words.BETTER.search(text) else None


def _loose(text: str, marks: Marks, *, ordered: bool) -> Weighed | None:
    """Nothing is named, yet a treatment or an illness is spoken of: a person may look, nobody is punished."""
    if words.NOT_MEDICINE.search(text):
        return None
    if "illnesses" in marks and words.DIAGNOSIS.search(text):
        return Weighed(0.6, "diagnosis")
    advised = words.ADVISES.search(text) is not None or words.RECOMMEND.search(text) is not None
    if ordered and LOOSE_TAGS & marks.keys():
        return Weighed(0.45, "order")
    if advised and (
        "med_verbs" in marks or ("illnesses" in marks and words.TREAT_VERB.search(text))
    ):
        return Weighed(0.4, "should")
    return None


def _softened(text: str, weighed: Weighed, *, dose: bool) -> Weighed | None:
    """Take off what is not the author's own advice."""
    if words.DEFER.search(text) and not dose:
        return None
    ordered = words.IMPERATIVE.search(text) is not None
    own = ordered or words.RECOMMEND.search(text) is not None
    told = words.PRESCRIBED.search(text) is not None
    if told and not own:
        return Weighed(0.4, weighed.kind) if dose else None
    quote = _QUOTE.search(text)
    if (quote and words.IMPERATIVE.search(quote[0])) or (words.QUOTED.search(text) and not ordered):
        return Weighed(min(weighed.score, 0.35), "quoted")
    if words.PAST.search(text) and not own and weighed.kind not in {"dose", "diagnosis"}:
        return Weighed(min(weighed.score, 0.45), weighed.kind)
    return weighed


def _strongest(found: list[tuple[Weighed, Clause]], policy: MedicalAdvicePolicy) -> Finding | None:
    best, clause = max(found, key=lambda pair: (not pair[0].asks, pair[0].score))
    questions = [pair for pair in found if pair[0].asks]
    if best.score < policy.hide_score and questions:
        best, clause = questions[0]
    if best.asks:
        return Finding(
            RULE,
            Severity.ESCALATE,
            best.score,
            "evidence-medical-question",
            spans=((clause.start, clause.end),),
            escalation=EscalationKind.METHODIST,
            urgency=Urgency.SOON,
            pointer="notice-pointer-medical",
        )
    if best.score < policy.review_score:
        return None
    hide = best.score >= policy.hide_score
    return Finding(
        RULE,
        Severity.HIDE if hide else Severity.REVIEW,
        best.score,
        f"evidence-medical-{best.kind}",
        spans=((clause.start, clause.end),),
        escalation=EscalationKind.EXPERT if hide else None,
        urgency=Urgency.SOON,
        soft_first=True,
    )
