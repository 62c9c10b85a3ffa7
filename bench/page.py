"""Results in words: the lines of the table and docs/benchmarks.md."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.catalogue import HERE, Bench, Figure

PAGE = HERE.parent / "docs" / "benchmarks.md"
GIB = 2**20
"""kB in /proc/meminfo to a GiB."""


@dataclass(frozen=True, slots=True)
class Result:
    """What one benchmark gave: figures, or the tables it printed itself."""

    bench: Bench
    values: dict[str, float]
    report: str
    seconds: float
    trouble: str = ""
    failed: bool = False

    def lines(self) -> Iterator[tuple[str, str, str, str, str]]:
        """Give a line for each figure: title, value, goal, ratio, baseline."""
        figures = self.bench.figures or tuple(Figure(key, key, "") for key in self.values)
        for one in figures if self.values else ():
            value = f"{number(self.values[one.key])} {one.unit}".strip()
            sign = "at most" if one.less else "at least"
            goal = f"{sign} {number(one.goal)}" if one.goal is not None else ""
            ratio = one.ratio(self.values)
            base = f"{one.against}: {number(self.values[one.baseline])}" if one.baseline else ""
            yield one.title, value, goal, f"{ratio:.2f}" if ratio is not None else "", base


def number(value: float) -> str:
    """Write a number with as many digits as mean something."""
    if isinstance(value, int) or abs(value) >= 100:
        return f"{value:,.0f}".replace(",", " ")
    return f"{value:.2f}"


def machine() -> str:
    """Describe this machine: processor, cores, memory, system, Python."""
    cores = len(re.findall(r"^processor", _read("/proc/cpuinfo"), re.MULTILINE)) or "?"
    model = re.search(r"model name\s*:\s*(.+)", _read("/proc/cpuinfo"))
    memory = re.search(r"MemTotal:\s*(\d+)", _read("/proc/meminfo"))
    return (
        f"{model[1].strip() if model else platform.machine()}, {cores} cores, "
        f"{int(memory[1]) / GIB if memory else 0:.0f} GiB, {platform.system()}, Python {platform.python_version()}"
    )


def page(results: Sequence[Result]) -> str:
    """Write the page."""
    made = datetime.now(UTC)
    parts = [
        "# Benchmarks",
        "",
        f"Made on {made:%Y-%m-%d %H:%M} UTC by `python -m bench --write`, never by hand. Machine: {machine()}.",
        "",
        "Every figure is measured beside its baseline in the same run: absolute numbers belong to the machine, the",
        "ratio travels. A ratio above 1 is better than the baseline, also where less is better.",
        "",
        "| figure | value | goal | ratio | baseline of the same run | module |",
        "|---|---|---|---|---|---|",
    ]
    for result in results:
        name = f"[{result.bench.name}](../bench/{result.bench.name}.py)"
        parts += [f"| {' | '.join(line)} | {name} |" for line in result.lines()]
    for result in results:
        if result.trouble:
            parts += ["", f"`{result.bench.name}`: {result.trouble}."]
    for result in results:
        if result.report:
            title = f"## [{result.bench.name}](../bench/{result.bench.name}.py)"
            parts += ["", title, "", "```", result.report.rstrip(), "```"]
    return "\n".join(parts) + "\n"


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError:
        return ""
