"""A short simulation: every promise holds under faults, and the same seed gives the same run."""

from __future__ import annotations

from bot.simulate.run import simulate


async def test_a_school_under_faults_keeps_every_promise_and_replays():
    first = await simulate(3, 3, 11, faults=True)
    assert first["ok"], first["violations"]
    assert first["counts"]["sent"] > 0
    second = await simulate(3, 3, 11, faults=True)
    assert {**first, "seconds": 0} == {**second, "seconds": 0}
