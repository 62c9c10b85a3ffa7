"""Figures on data nobody here wrote, held at what they reach; `bench/moderation_quality.py` prints them in full."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

from moderation.model import Severity
from tests.moderation.build import found, said
from tests.paths import ROOT, SHARED_DATA

DRUG = {"Drugname", "Drugclass", "Drugform"}
LABELS = ROOT / "tests" / "data" / "medical_labels.tsv"


def sentences(data: Path) -> Iterator[tuple[str, set[str]]]:
    for line in (data / "rumed_ner_dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield " ".join(row["tokens"]), {tag.partition("-")[2] for tag in row["ner_tags"]}


def test_labels_say_one_of_three_things_about_every_sentence():
    rows = [
        line.split("\t")
        for line in LABELS.read_text(encoding="utf-8").splitlines()
        if line[:1].isdigit()
    ]
    assert [int(number) for number, _ in rows] == list(range(1, 677))
    assert {label for _, label in rows} == {"advice", "dose", "other"}


if SHARED_DATA is not None:
    DATA: Path = SHARED_DATA

    def test_medicines_are_found_and_advice_reaches_a_person():
        labels = [
            line.split("\t")[1]
            for line in LABELS.read_text(encoding="utf-8").splitlines()
            if line[:1].isdigit()
        ]
        right = missed = wrong = told = reached = hidden = 0
        for (text, tags), label in zip(sentences(DATA), labels, strict=True):
            findings = found(said(text))
            named, seen = bool(tags & DRUG), "medical_mention" in findings
            right, missed, wrong = (
                right + (named and seen),
                missed + (named and not seen),
                wrong + (seen and not named),
            )
            advice = findings.get("medical_advice")
            told += label == "advice"
            reached += label == "advice" and advice is not None
            hidden += label == "other" and advice is not None and advice.severity >= Severity.HIDE
        assert 2 * right / (2 * right + missed + wrong) >= 0.95
        assert reached / told >= 0.95
        assert hidden <= 3

    def test_harmless_forum_texts_wake_nobody():
        with (DATA / "sensitive_topics_val.csv").open(encoding="utf-8", newline="") as file:
            harmless = [
                row["text"] for row in csv.DictReader(file) if row["topics"].strip() == "none"
            ][:1500]
        flagged = [found(said(text)) for text in harmless]
        assert sum("red_flags" in findings for findings in flagged) <= len(harmless) / 200
        assert sum("child_data" in findings for findings in flagged) <= len(harmless) / 1000
