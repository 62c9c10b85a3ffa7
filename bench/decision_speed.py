"""Measure how fast one message is judged, one at a time, on one core, beside a named baseline in the same run.

    python bench/decision_speed.py --data ../shared/data [--messages 4000] [--rounds 3]

Baseline: the usual character pipeline of scikit-learn (tf-idf of 2-5-grams, linear machine), one message per call.
"All rules" runs `moderation.decide.judge` on a newcomer; with staff's samples, the copies are looked up as well.
"""

import argparse
import csv
import gc
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from moderation.content import Content
from moderation.decide import judge
from moderation.facts import NEWCOMER, ChatFacts
from moderation.model import Incoming, Passage, Source
from moderation.policy import Policy
from moderation.rules import advertising, spam_model
from moderation.rules.campaign import against
from moderation.rules.registry import RULES, Rule, run
from moderation.spam.corpus import stripped
from moderation.spam.samples_index import Sample, Samples
from moderation.text.fold import fold
from moderation.text.shingles import fingerprint

AT = datetime(2026, 1, 15, 12, tzinfo=UTC)
WORDS = tuple(
    "урок школа работа деньги скидка канал дом ребёнок занятие подарок оплата вечер город книга игра".split()  # noqa: SIM905
)


def messages(data: Path, count: int) -> list[str]:
    """Take texts of both classes in a fixed order."""
    with (data / "spam_ru_train.csv").open(encoding="utf-8", newline="") as lines:
        texts = [stripped(row["message"]) for row in csv.DictReader(lines)]
    random.Random(1).shuffle(texts)  # noqa: S311 - repeatable
    return texts[:count]


def incoming(number: int, text: str) -> Incoming:
    """Wrap a text as a newcomer's message."""
    return Incoming(
        chat_id=-100, message_id=number, author_id=7, at=AT, passages=(Passage(Source.TEXT, text),)
    )


clock = time.perf_counter_ns


def timed(name: str, texts: list[str], decide: Callable[[int, str], object], rounds: int) -> float:
    """Print messages per second of the best round and percentiles of its times; return the rate."""
    best: list[int] = []
    for _ in range(rounds):
        gc.collect()
        spent = []
        for number, text in enumerate(texts):
            began = clock()
            decide(number, text)
            spent.append(clock() - began)
        if not best or sum(spent) < sum(best):
            best = spent
    best.sort()
    rate = len(best) / sum(best) * 1e9
    p50, p99 = best[len(best) // 2] / 1e6, best[int(len(best) * 0.99)] / 1e6
    print(
        f"{name:44} {rate:9.0f}/s   p50 {p50:.3f} ms   p99 {p99:.3f} ms   worst {best[-1] / 1e6:.3f} ms"
    )
    return rate


def judged(chat: ChatFacts, policy: Policy) -> Callable[[int, str], object]:
    """Decide as the service does."""
    return lambda number, text: judge(incoming(number, text), NEWCOMER, chat, policy)


def learned(count: int) -> Samples:
    """Make that many distinct marked messages."""
    chance = random.Random(2)  # noqa: S311 - repeatable
    samples = Samples()
    for key in range(count):
        text = " ".join(chance.choice(WORDS) + str(chance.randrange(1000)) for _ in range(8))
        samples.learn(Sample(key, fingerprint(fold(text).compact), spam=bool(key % 2)))
    return samples


def baseline(data: Path, texts: list[str]) -> Callable[[int, str], object]:
    """Train the baseline on the same file."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - the analysis extra
    from sklearn.pipeline import make_pipeline  # noqa: PLC0415
    from sklearn.svm import LinearSVC  # noqa: PLC0415

    with (data / "spam_ru_train.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    plain = make_pipeline(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2), LinearSVC()
    )
    plain.fit([row["message"] for row in rows], [row["label"] for row in rows])
    del texts
    return lambda _, text: plain.decision_function([text])


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--messages", type=int, default=4000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument(
        "--cpu", action="store_true", help="count processor time: for a machine with other work"
    )
    asked = options.parse_args()
    if asked.cpu:
        globals()["clock"] = time.thread_time_ns
    texts = messages(asked.data, asked.messages)
    chat, policy = ChatFacts(), Policy()
    timed("fold only", texts, lambda _, text: fold(text), asked.rounds)
    own = (Rule(advertising.RULE, advertising.check), Rule(spam_model.RULE, spam_model.check))
    every = (
        tuple(rule for rule in RULES if rule.name not in (advertising.RULE, spam_model.RULE)) + own
    )

    def by(rules: tuple[Rule, ...]) -> Callable[[int, str], object]:
        return lambda number, text: run(
            Content(incoming(number, text)), NEWCOMER, chat, policy, rules
        )

    timed("advertising and spam model", texts, by(own), asked.rounds)
    timed("every rule of the registry and these two", texts, by(every), asked.rounds)
    timed("moderation.decide.judge", texts, judged(chat, policy), asked.rounds)
    for count in (1_000, 10_000, 100_000):
        rules = (*every[:-1], Rule(spam_model.RULE, against(learned(count))))
        timed(f"every rule, {count} samples of staff", texts, by(rules), asked.rounds)
    timed("baseline: scikit-learn, one by one", texts[:1000], baseline(asked.data, texts), 1)


if __name__ == "__main__":
    main()
