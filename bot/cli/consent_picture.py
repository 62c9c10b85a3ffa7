"""The picture of `opora consent report`: states by purpose, withdrawals by week."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from consent.report import Report

COLOURS = {
    "granted": "#2f8f5b",
    "suspended": "#d9a441",
    "refused": "#9aa0a6",
    "withdrawn": "#c4483d",
    "expired": "#6d6d8f",
    "unproven": "#b9b2d6",
    "superseded": "#c9ced3",
}


def draw(report: Report, path: Path) -> None:
    """Write a PNG."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(12, 4.5), layout="constrained")
    purposes = sorted({purpose for purpose, _, _ in report.states})
    below = dict.fromkeys(purposes, 0)
    for state, colour in COLOURS.items():
        counts = [
            sum(n for (p, _, s), n in report.states.items() if (p, s) == (purpose, state))
            for purpose in purposes
        ]
        left.barh(purposes, counts, left=list(below.values()), color=colour, label=state)
        for purpose, n in zip(purposes, counts, strict=True):
            below[purpose] += n
    left.set_title("Decisions in force")
    left.legend(frameon=False, fontsize=8)
    weeks: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for (monday, purpose, _), n in report.withdrawals.items():
        weeks[purpose][monday.isoformat()] += n
    days = sorted({monday.isoformat() for monday, _, _ in report.withdrawals})
    for purpose, series in sorted(weeks.items()):
        right.plot(days, [series.get(day, 0) for day in days], marker="o", label=purpose)
    right.set_title("Withdrawals by week")
    right.tick_params(axis="x", rotation=45)
    if weeks:
        right.legend(frameon=False, fontsize=8)
    figure.savefig(path, dpi=120)
    plt.close(figure)
