"""Which benchmarks there are, what their figures mean, and against what each is held.

A module of this folder with `measure() -> dict[str, float]` is found by itself and shown with its bare keys; a line
here gives it words, baselines and goals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
DATA = HERE.parent.parent / "shared" / "data"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. `baseline` is the key it is compared with, `goal` the worst value that will do."""

    key: str
    title: str
    unit: str
    baseline: str = ""
    against: str = ""
    goal: float | None = None
    less: bool = False
    """Less is better: a time, a size."""

    def ratio(self, values: dict[str, float]) -> float | None:
        """Tell how many times better than the baseline the figure is; None without a baseline."""
        mine, other = values.get(self.key), values.get(self.baseline)
        if not mine or not other:
            return None
        return other / mine if self.less else mine / other

    def reached(self, values: dict[str, float]) -> bool | None:
        """Tell whether the goal is reached; None when there is none."""
        value = values.get(self.key)
        if self.goal is None or value is None:
            return None
        return value <= self.goal if self.less else value >= self.goal


@dataclass(frozen=True, slots=True)
class Bench:
    """A module of this folder. Without `figures` every key is shown; with `report` its output is kept as it is."""

    name: str
    figures: tuple[Figure, ...] = ()
    function: str = "measure"
    arguments: tuple[int, ...] = ()
    report: tuple[str, ...] | None = None
    """Arguments of a module that prints tables of its own."""
    seconds: int = 180
    """Longest run; what takes longer has failed."""
    needs_data: bool = False
    """Whether it reads the folder of public data beside the checkout."""


KNOWN = (
    Bench(
        "intake",
        (
            Figure("updates_per_cpu_second", "clean group messages: inbox, rules, journal, durable on SQLite",
                   "/s of one core", "echo_per_cpu_second", "bare aiogram echo that stores nothing", 2000),
            Figure("ratio_to_echo", "share of the bare echo", "", goal=0.5),
        ),
    ),
    Bench(
        "storage",
        (
            Figure("unit_us", "CPU time of a unit of work with one statement, SQLite", "µs",
                   "stock_unit_us", "the stock driver adapter", less=True),
            Figure("look_us", "the same of a look that reads a row", "µs", "stock_look_us",
                   "the stock driver adapter", less=True),
        ),
    ),
    Bench(
        "emulator",
        (
            Figure("conversations_per_cpu_s", "conversations of 2 updates and 3 calls, in process",
                   "/s of one core", "aiogram_alone_per_cpu_s", "aiogram alone, answers canned", 1500),
            Figure("with_aiogram_per_cpu_s", "the same with a bot of aiogram at the other end",
                   "/s of one core", "aiogram_alone_per_cpu_s", "aiogram alone, answers canned"),
        ),
    ),
    Bench(
        "cold_start",
        (
            Figure("first_poll_seconds", "`opora run` to its first poll, school of 30 families", "s",
                   "bare_seconds", "an aiogram bot of five lines", 4.0, less=True),
            Figure("first_poll_cpu_seconds", "the same in CPU time", "s", "bare_cpu_seconds",
                   "an aiogram bot of five lines", less=True),
            Figure("resident_mb", "resident memory at rest", "MB", "bare_mb", "an aiogram bot of five lines", 250.0,
                   less=True),
        ),
        seconds=300,
    ),
    Bench(
        "consent",
        (
            Figure("verify", "consent records checked by `opora consent verify`: chain and pointers, every core", "/s",
                   "baseline", "parse, dump with sorted keys, hash", 200_000),
            Figure("one core", "the same in one process", "/s", "baseline", "parse, dump with sorted keys, hash"),
            Figure("one core, by cpu", "the same by processor time", "/s of one core"),
            Figure("gate", "permissions answered, record hashes checked", "/s"),
        ),
        function="run",
        arguments=(300_000,),
    ),
    Bench(
        "events",
        (
            Figure("events_per_cpu_s", "events over HTTP, one a request, each on disk when answered", "/s of one core",
                   "commit_per_event_per_cpu_s", "a commit per event", 2000),
            Figure("batched_per_cpu_s", "the same in batches of 100", "/s of one core", "commit_per_event_per_cpu_s",
                   "a commit per event"),
            Figure("taken_per_cpu_s", "stored events folded into what is known of children", "/s of one core"),
        ),
    ),
    Bench(
        "planning",
        (
            Figure("rows_per_s", "digests planned, gate asked for each", "/s", "apscheduler_jobs_per_s",
                   "an APScheduler job per message"),
            Figure("million_seconds", "a million recipients at this rate", "s", goal=60.0, less=True),
            Figure("million_cpu_seconds", "the same in CPU time", "s", goal=60.0, less=True),
            Figure("megabytes_above", "memory above what was there before", "MB", goal=150.0, less=True),
        ),
        arguments=(50_000,),
        seconds=300,
    ),
    Bench(
        "delivery",
        (
            Figure("rate_used", "share of 30 messages a second that is used", "", goal=0.97),
            Figure("refusals_429", "refusals for going too fast", "", goal=0, less=True),
            Figure("receipt_p99_s", "a receipt during a digest leaves, p99", "s", "loop_with_sleep_p50_s",
                   "a loop with sleep, p50", 2.0, less=True),
            Figure("receipt_p50_s", "the same, p50", "s", "loop_with_sleep_p50_s", "a loop with sleep, p50", 0.2,
                   less=True),
            Figure("sender_per_cpu_s", "messages sent, gate and marks included", "/s of one core"),
        ),
        seconds=300,
    ),
    Bench(
        "sending",
        (
            Figure("sent_per_cpu_s", "messages over HTTP at 1,000 a second: gate, claims, marks, outcomes",
                   "/s of one core", "stock_per_cpu_s", "bare aiogram that stores nothing", 900),
            Figure("sent_per_s", "the same by the wall, server in another process", "/s"),
        ),
        arguments=(4000,),
        seconds=120,
    ),
    Bench(
        "community",
        (
            Figure("spread_p99_ms", "1,000 votes in a topic within ten seconds: press to answer, p99", "ms",
                   goal=1000.0, less=True),
            Figure("burst_p99_ms", "1,000 votes in a topic in one instant: press to answer, p99", "ms",
                   "one_by_one_p99_ms", "storing alone, a transaction a vote", goal=1000.0, less=True),
            Figure("burst_cpu_ms_each", "CPU of such a vote, bot and emulator together", "ms", goal=0.6, less=True),
            Figure("matching_cpu_seconds", "1,000 families matched to 300 mentors", "s", goal=1.0, less=True),
        ),
    ),
    Bench("decision_speed", report=("--data", str(DATA), "--messages", "1500", "--rounds", "1"), needs_data=True),
    Bench("moderation_quality", report=(), seconds=300, needs_data=True),
    Bench("spam_quality", report=("--data", str(DATA), "--folds", "3", "--only-ours"), seconds=600, needs_data=True),
)  # fmt: skip
"""In the order they are run. Add a line here to give a new benchmark its words."""


def benches() -> tuple[Bench, ...]:
    """List what can be measured on this machine."""
    listed = {bench.name for bench in KNOWN}
    found = [
        Bench(path.stem)
        for path in sorted(HERE.glob("*.py"))
        if path.stem not in listed
        and re.search(r"^(?:async )?def measure\(", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    there = [bench for bench in KNOWN if (HERE / f"{bench.name}.py").exists()]
    return (*there, *found)
