"""`make bench`: run every benchmark in a process of its own and print figures beside their baselines.

python -m bench [--only NAME ...] [--write]      --write also puts them into docs/benchmarks.md
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time

from rich.console import Console
from rich.table import Table

from bench.catalogue import DATA, Bench, Figure, benches
from bench.page import PAGE, Result, page


def main() -> int:
    """Measure what was asked for; 1 when something failed or missed its goal."""
    known = {bench.name: bench for bench in benches()}
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--only", action="append", choices=sorted(known), metavar="NAME")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    asked = parser.parse_args()
    console = Console()
    results = []
    for name in asked.only or known:
        with console.status(f"measuring {name} ..."):
            results.append(run(known[name]))
        _tell(console, results[-1])
    console.print(_table(results))
    if asked.write:
        PAGE.write_text(page(results), encoding="utf-8")
        console.print(f"Written to docs/{PAGE.name}.")
    return 1 if any(result.failed for result in results) else 0


def run(bench: Bench) -> Result:
    """Run one in a process of its own: no other's caches, imports or garbage."""
    if bench.needs_data and not DATA.is_dir():
        return Result(bench, {}, "", 0.0, "left out: the folder of public data is not there")
    command = ["-m", "bench.one", bench.name]
    if bench.report is not None:
        command = ["-m", f"bench.{bench.name}", *bench.report]
    began = time.monotonic()
    try:
        done = subprocess.run(  # noqa: S603 - our own modules
            [sys.executable, *command],
            capture_output=True,
            text=True,
            timeout=bench.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Result(bench, {}, "", bench.seconds, f"not done in {bench.seconds} s", failed=True)
    seconds = time.monotonic() - began
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no words"])[-1]
        return Result(bench, {}, "", seconds, f"failed: {last}", failed=True)
    if bench.report is not None:
        return Result(bench, {}, done.stdout, seconds)
    values = json.loads(done.stdout.splitlines()[-1])
    figures = bench.figures or tuple(Figure(key, key, "") for key in values)
    lost = [f.key for f in figures if f.key not in values]
    if lost:
        return Result(bench, {}, "", seconds, f"failed: no figure {', '.join(lost)}", failed=True)
    missed = [f.title for f in figures if f.reached(values) is False]
    trouble = f"goal missed: {', '.join(missed)}" if missed else ""
    return Result(bench, values, "", seconds, trouble, failed=bool(missed))


def _tell(console: Console, result: Result) -> None:
    words = result.trouble or "done"
    console.print(f"{result.bench.name}: {words} ({result.seconds:.0f} s)", highlight=False)
    if result.report:
        console.print(result.report, highlight=False, markup=False, soft_wrap=True)


def _table(results: list[Result]) -> Table:
    table = Table(
        "figure", "value", "goal", "ratio", "baseline of the same run", title="Benchmarks"
    )
    for result in results:
        for line in result.lines():
            table.add_row(*line)
    return table


if __name__ == "__main__":
    sys.exit(main())
