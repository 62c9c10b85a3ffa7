"""Measure the rules on data nobody here wrote. Prints tables; needs the shared data folder, says so without it."""

from __future__ import annotations

import csv
import json
import random
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from math import sqrt
from pathlib import Path

from moderation.content import Content
from moderation.decide import judge
from moderation.facts import NEWCOMER, ChatFacts
from moderation.model import Finding, Incoming, Passage, Severity, Source
from moderation.policy import Policy
from moderation.rules import medical_advice, medical_mention, red_flags
from moderation.rules.registry import RULES, run
from tests.moderation.generator import messages

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
REREAD = ROOT / "tests" / "data" / "suicide_labels.tsv"
LABELS = ROOT / "tests" / "data" / "medical_labels.tsv"
DRUG = frozenset({"Drugname", "Drugclass", "Drugform"})
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
POLICY = Policy()
TO_A_PERSON = frozenset({Severity.REVIEW, Severity.ESCALATE, Severity.HIDE})


def message(text: str) -> Incoming:
    """Wrap a text as a message of an unknown person in a group."""
    return Incoming(
        chat_id=-100, message_id=1, author_id=7, at=NOW, passages=(Passage(Source.TEXT, text),)
    )


def interval(hits: int, of: int) -> tuple[float, float]:
    """Give the Wilson 95 % interval of a share."""
    if not of:
        return 0.0, 1.0
    z = 1.96
    share = hits / of
    middle = share + z * z / (2 * of)
    spread = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return (middle - spread) / (1 + z * z / of), (middle + spread) / (1 + z * z / of)


def share(name: str, hits: int, of: int) -> None:
    """Print a share with its interval."""
    low, high = interval(hits, of)
    print(f"  {name:<52} {hits:>5}/{of:<5} {hits / max(of, 1):.4f}  [{low:.4f}, {high:.4f}]")


def scores(name: str, pairs: Iterable[tuple[bool, bool]]) -> float:
    """Print precision, recall and F1 of (expected, found) pairs; return F1."""
    counts = {(e, f): 0 for e in (True, False) for f in (True, False)}
    for pair in pairs:
        counts[pair] += 1
    right, missed, wrong = counts[True, True], counts[True, False], counts[False, True]
    f1 = 2 * right / max(2 * right + missed + wrong, 1)
    precision, recall = right / max(right + wrong, 1), right / max(right + missed, 1)
    print(
        f"  {name:<52} P {precision:.4f}  R {recall:.4f}  F1 {f1:.4f}  (n={sum(counts.values())})"
    )
    return f1


def sentences(part: str) -> list[tuple[str, frozenset[str]]]:
    """Read a part of RuMedNER as (text, kinds of tags)."""
    found = []
    for line in (DATA / f"rumed_ner_{part}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        kinds = frozenset(tag.partition("-")[2] for tag in row["ner_tags"] if tag != "O")
        found.append((" ".join(row["tokens"]), kinds))
    return found


def length_floor(rows: list[tuple[int, bool]]) -> float:
    """Best F1 a rule that only sees the length could reach: the floor beside a figure."""
    best = 0.0
    positives = sum(label for _, label in rows)
    for limit in range(0, 400, 10):
        chosen = [label for size, label in rows if size >= limit]
        right = sum(chosen)
        best = max(best, 2 * right / max(len(chosen) + positives, 1))
    return best


def mentions() -> float:
    """Medical mention: a sentence names a medicine (Drugname, Drugclass or Drugform)."""
    print("Medical mention (sentence names a medicine: Drugname, Drugclass, Drugform)")
    result = 0.0
    for part in ("train", "dev"):
        rows = sentences(part)
        result = scores(part, ((bool(kinds & DRUG), _mentions(text)) for text, kinds in rows))
    floor = length_floor([(len(text), bool(kinds & DRUG)) for text, kinds in rows])
    print(f"  {'floor: length alone':<52} F1 {floor:.4f}")
    scores(
        "dev, by any tag and the illness words as well", ((bool(k), _medical(t)) for t, k in rows)
    )
    return result


def _mentions(text: str) -> bool:
    return (
        medical_mention.check(Content(message(text)), NEWCOMER, ChatFacts(), POLICY.medical_mention)
        is not None
    )


def _medical(text: str) -> bool:
    marks = Content(message(text)).marks
    return any(tag in marks for tag in (*medical_mention.TAGS, "illnesses"))


def advice() -> tuple[float, float]:
    """Medical advice against our own labels; returns recall to a person and the share of mentions hidden."""
    rows = sentences("dev")
    labels = [
        line.split("\t")
        for line in LABELS.read_text(encoding="utf-8").splitlines()
        if line[:1].isdigit()
    ]
    found = [(label, _advice(rows[int(number) - 1][0])) for number, label in labels]
    print(f"Medical advice ({len(found)} labelled sentences of rumed_ner_dev)")
    told = [finding for label, finding in found if label == "advice"]
    reached = sum(f is not None and f.severity in TO_A_PERSON for f in told)
    share("advice that reaches a person", reached, len(told))
    share("advice that is hidden", sum(_hides(f) for f in told), len(told))
    doses = [finding for label, finding in found if label == "dose"]
    share("own doses told that reach a person", sum(f is not None for f in doses), len(doses))
    share("own doses told that are hidden (wrong)", sum(_hides(f) for f in doses), len(doses))
    quiet = [finding for label, finding in found if label == "other"]
    hidden = sum(_hides(f) for f in quiet)
    share("mentions and other sentences hidden (wrong)", hidden, len(quiet))
    share(
        "mentions and other sentences sent to a person",
        sum(f is not None for f in quiet),
        len(quiet),
    )
    return reached / max(len(told), 1), hidden / max(len(quiet), 1)


def _hides(finding: Finding | None) -> bool:
    return finding is not None and finding.severity >= Severity.HIDE


def _advice(text: str) -> Finding | None:
    return medical_advice.check(
        Content(message(text)), NEWCOMER, ChatFacts(), POLICY.medical_advice
    )


def flags() -> tuple[float, float]:
    """Red flags on the topic `suicide` and on harmless texts; returns recall and the rate of false alarms."""
    with (DATA / "sensitive_topics_val.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    marked = {n: row["text"] for n, row in enumerate(rows) if "suicide" in row["topics"].split()}
    other = _labelled_other()
    suicide = list(marked.values())
    about = [text for number, text in marked.items() if number not in other or _flags(text)]
    harmless = [row["text"] for row in rows if row["topics"].strip() == "none"]
    print("Red flags (sensitive_topics_val; the topic marks talk about suicide, not danger)")
    right = sum(_flags(text) for text in suicide)
    wrong = sum(_flags(text) for text in harmless)
    share("suicide by the raw labels: reaches the person on duty", right, len(suicide))
    share("suicide, labels read again: reaches the person", right, len(about))
    share("harmless: false alarms (at most 0.0050)", wrong, len(harmless))
    for topic in ("drugs", "gambling", "politics", "health_shaming", "sexism", "body_shaming"):
        others = [
            r["text"] for r in rows if topic in r["topics"].split() and "suicide" not in r["topics"]
        ]
        share(f"{topic}: flagged", sum(map(_flags, others)), len(others))
    return right / len(suicide), wrong / len(harmless)


def _labelled_other() -> set[int]:
    lines = REREAD.read_text(encoding="utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if line[:1].isdigit()]
    return {int(number) for number, label in pairs if label == "other"}


def _flags(text: str) -> bool:
    return (
        red_flags.check(Content(message(text)), NEWCOMER, ChatFacts(), POLICY.red_flags) is not None
    )


def child_data() -> None:
    """Children's data on generated messages, and how often real talk is taken for it."""
    print(
        "Children's data (messages made by tests/moderation/generator.py; real texts for false alarms)"
    )
    made = list(messages(random.Random(20261124), 6000))  # noqa: S311 - a repeatable draw
    scores(
        "generated, 44 harmless shapes among them",
        ((holds, _child(text)) for text, holds, _ in made),
    )
    with (DATA / "sensitive_topics_val.csv").open(encoding="utf-8", newline="") as file:
        forum = [row["text"] for row in csv.DictReader(file)]
    share("forum texts flagged", sum(map(_child, forum)), len(forum))


def _child(text: str) -> bool:
    return "child_data" in {
        f.rule for f in run(Content(message(text)), NEWCOMER, ChatFacts(), POLICY)
    }


def speed() -> None:
    """One message at a time, one core, every rule on."""
    with (DATA / "sensitive_topics_val.csv").open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file)][:3000]
    _time("all rules, forum texts", texts, lambda m: judge(m, NEWCOMER, ChatFacts(), POLICY))
    lean = tuple(rule for rule in RULES if rule.name != "spam_model")
    _time(
        "all rules but the trained model",
        texts,
        lambda m: run(Content(m), NEWCOMER, ChatFacts(), POLICY, lean),
    )
    _time("fold and lexicon alone", texts, lambda m: Content(m).marks)


def _time(name: str, texts: list[str], work: Callable[[Incoming], object]) -> None:
    messages = [message(text) for text in texts]
    for item in messages[:300]:
        work(item)
    spent = []
    for item in messages:
        begun = time.process_time()
        work(item)
        spent.append(time.process_time() - begun)
    spent.sort()
    mean = sum(spent) / len(spent)
    print(
        f"  {name:<52} {1 / mean:,.0f}/s  mean {mean * 1e6:.0f} us  median {spent[len(spent) // 2] * 1e6:.0f} us"
        f"  p99 {spent[int(len(spent) * 0.99)] * 1e6:.0f} us"
    )


def main() -> int:
    """Run every measurement there is data for."""
    if not DATA.is_dir():
        print(f"no data folder beside the project ({DATA.name}); nothing measured")
        return 0
    mentions()
    if LABELS.exists():
        advice()
    flags()
    child_data()
    print("Speed")
    speed()
    return 0


if __name__ == "__main__":
    sys.exit(main())
