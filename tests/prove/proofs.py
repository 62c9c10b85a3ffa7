"""The long proofs: what each shows, how long it may take, how it is run.

A proof is a function that gives its figures in words and raises (AssertionError, or what it is about) when the promise
does not hold. A module `tests/<area>/prove_<name>.py` with `main()` needs no line here: it is found, run as it is, and
its last line is its figures.
"""

from __future__ import annotations

import asyncio
import contextlib
import csv
import io
import random
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from tests.paths import ROOT, SHARED_DATA


@dataclass(frozen=True, slots=True)
class Proof:
    """`what` says what is proven; `seconds` is the longest it may take."""

    name: str
    what: str
    run: Callable[[], str]
    seconds: int = 240


def kills() -> str:
    """Kill a real bot a hundred times under load."""
    from core.clock import SystemClock
    from storage.database import Database
    from storage.migrate import upgrade
    from tests.databases import SEAL
    from tests.prove import kills as killing

    async def play(folder: Path) -> killing.Account:
        template = folder / "template.db"
        database = Database(f"sqlite+aiosqlite:///{template}", SystemClock(), SEAL)
        await upgrade(database)
        await database.close()
        return await killing.main(folder, template, kills=100)

    with tempfile.TemporaryDirectory(prefix="opora-") as folder:
        account = asyncio.run(play(Path(folder)))
    assert not account.wrong, account.wrong[:5]
    return (
        f"{account.kills} kills, {account.messages} messages, {account.starts} newcomers, "
        f"{account.adverts} adverts, 0 lost, 0 doubled"
    )


def first_loop() -> str:
    """Play the first loop with the bot killed between any two steps."""
    from bot.demo.play import STORIES, play

    verdict = asyncio.run(play("first-loop", lambda _line: None, kill=True))
    assert verdict.ok, verdict.sentence
    seen = sum(line["kind"] == "bot" for line in verdict.lines)
    return f"{len(STORIES['first-loop'])} steps, a kill after each, {seen} messages as told"


def interleaving() -> str:
    """Take a million steps of the consent gate's model; without the gate the same run must fail."""
    from tests.consent.prove_interleaving import main

    counts = main(1_000_000)
    assert counts["violations"] == 0, counts
    blind = main(20_000, gated=False)["violations"]
    assert blind > 0, "the judge sees nothing"
    return (
        f"{counts['steps']:,} steps, {counts['sent']:,} sends, {counts['suppressed']:,} suppressed, 0 after "
        f"a withdrawal (without the gate {blind} in 20,000)"
    )


def simulation() -> str:
    """Run schools for months under faults and sudden deaths."""
    from bot.simulate.run import simulate

    calls = deaths = 0
    for seed in SEEDS:
        run = asyncio.run(simulate(FAMILIES, DAYS, seed))
        assert run["ok"], (seed, run["violations"][:3])
        calls += run["counts"]["calls"]
        deaths += run["counts"]["crashes"]
    return (
        f"{len(SEEDS)} schools of {FAMILIES} families, {DAYS} days each, {calls:,} calls, {deaths} deaths, "
        "0 promises broken"
    )


SEEDS, FAMILIES, DAYS = (1, 2, 3), 30, 30


def crashes() -> str:
    """Let the sender die ten thousand times."""
    from tests.delivery.prove_crashes import prove

    found: Counter[str] = Counter()
    seed = 0
    while found["crashes"] < CRASHES:
        seed += 1
        found.update(asyncio.run(prove(min(500, CRASHES - found["crashes"]), seed)))
    rows = {name: count for name, count in sorted(found.items()) if " arrived " in name}
    told = ", ".join(f"{name} {count:,}" for name, count in rows.items())
    return f"{found['crashes']:,} deaths, 0 lost, 0 care or marketing messages twice ({told})"


CRASHES = 10_000


def evasions() -> str:
    """Hide advertising behind spelling tricks and look whether the verdict stays."""
    from bench.evasions import EVASIONS
    from tests.moderation.build import said, verdict

    adverts, harmless = _texts()
    chance = random.Random(1)

    def noticed(text: str) -> bool:
        return bool(verdict(said(text)).acts)

    caught = [text for text in adverts if noticed(text)]
    calm = [text for text in harmless if not noticed(text)]
    shares = {}
    for name, trick in EVASIONS.items():
        found = sum(noticed(trick(text, chance)) for text in caught) / len(caught)
        woken = sum(noticed(trick(text, chance)) for text in calm) / len(calm)
        shares[name] = (found, woken)
    worst = min(shares, key=lambda name: shares[name][0])
    loud = max(shares, key=lambda name: shares[name][1])
    told = (
        f"{len(caught)} adverts, {len(calm)} harmless texts, {len(EVASIONS)} tricks; still noticed at worst "
        f"{shares[worst][0]:.1%} ({worst}), harmless woken at most {shares[loud][1]:.1%} ({loud})"
    )
    assert shares[worst][0] >= STILL_NOTICED, told
    assert shares[loud][1] <= WOKEN, told
    return told


STILL_NOTICED, WOKEN = 0.9, 0.05
"""Least share of adverts noticed behind any trick; largest share of harmless texts a trick may make suspicious."""
TEXTS = 400


def _texts() -> tuple[list[str], list[str]]:
    """Take public texts of both kinds, or the handful of the suite where there are none."""
    if SHARED_DATA is None:
        from tests.moderation.spam.test_model import ADVERTISING, HARMLESS

        return [*ADVERTISING], [*HARMLESS]
    with (SHARED_DATA / "spam_ru_train.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    random.Random(2).shuffle(rows)
    spam = [row["message"] for row in rows if row["label"] in {"1", "spam", "True"}]
    ham = [row["message"] for row in rows if row["label"] not in {"1", "spam", "True"}]
    return spam[:TEXTS], ham[:TEXTS]


def printed(module: str, *sizes: int) -> Callable[[], str]:
    """Run `main()` of a module; its last line is its figures."""

    def run() -> str:
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            code = import_module(module).main(*sizes)
        lines = output.getvalue().strip().splitlines() or ["no figures"]
        assert not code, lines[-1]
        return lines[-1]

    return run


PROOFS = (
    Proof("crashes", "the sender dies at random points: nothing lost, no care message twice", crashes, 480),
    Proof("simulation", "months of a school under faults and deaths keep every promise of delivery", simulation, 420),
    Proof("time", "wall time in every zone and at every transition of 1970-2037", printed("tests.scheduler.prove_time"), 420),
    Proof("kills", "SIGKILL under load loses and doubles nothing", kills, 300),
    Proof("first-loop", "the first loop survives SIGKILL between any two steps", first_loop, 300),
    Proof("broadcast-kills", "SIGKILL in the middle of a broadcast: nothing lost, no care message twice",
          printed("tests.delivery.prove_kills", 100, 600), 300),
    Proof("interleaving", "no call begins after a committed withdrawal, in any order of transactions", interleaving),
    Proof("evasions", "spelling tricks hide no advertising and make no harmless text suspicious", evasions),
)  # fmt: skip
"""Add a line here."""


def proofs() -> tuple[Proof, ...]:
    """List the table and the modules it does not name."""
    named = {"prove_interleaving", "prove_time", "prove_crashes", "prove_kills"}
    found = [
        Proof(
            path.stem.removeprefix("prove_").replace("_", "-"),
            (import_module(_module(path)).__doc__ or path.stem).strip().splitlines()[0].rstrip("."),
            printed(_module(path)),
        )
        for path in sorted((ROOT / "tests").glob("*/prove_*.py"))
        if path.stem not in named
    ]
    return (*PROOFS, *found)


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)
