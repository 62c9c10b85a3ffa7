"""`make prove`: run the long proofs, each in a process of its own, and print `name: what was proven: figures`.

python -m tests.prove [NAME ...] [--jobs N]

Everything together is bounded to 15 minutes; what did not hold, or did not end in time, makes the exit status 1.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from bot import quick_aiogram

quick_aiogram.install()

from tests.prove.proofs import Proof, proofs  # noqa: E402

LONGEST = 900.0
"""Seconds for all of them."""


def main() -> int:
    """Run what was asked for, two at a time."""
    known = {proof.name: proof for proof in proofs()}
    parser = argparse.ArgumentParser(prog="python -m tests.prove")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(known))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--here", choices=sorted(known), help="run one in this process")
    asked = parser.parse_args()
    if asked.here:
        print(known[asked.here].run())
        return 0
    if unknown := set(asked.names) - set(known):
        parser.error(
            f"there is no proof {', '.join(sorted(unknown))}; there is: {', '.join(known)}"
        )
    ends = time.monotonic() + LONGEST
    chosen = [known[name] for name in asked.names or known]
    with ThreadPoolExecutor(asked.jobs) as pool:
        held = list(pool.map(lambda proof: _apart(proof, ends), chosen))
    print(f"\n{sum(held)} of {len(held)} proofs hold ({LONGEST - (ends - time.monotonic()):.0f} s)")
    return 0 if all(held) else 1


def _apart(proof: Proof, ends: float) -> bool:
    """Run one in a process of its own within its time and everybody's; tell whether it holds."""
    began = time.monotonic()
    limit = min(proof.seconds, ends - began)
    if limit <= 0:
        return _tell(proof, "FAILED, no time left", 0.0, held=False)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tests.prove", "--here", proof.name],
            capture_output=True,
            text=True,
            timeout=limit,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return _tell(proof, f"FAILED, not done in {limit:.0f} s", limit, held=False)
    spent = time.monotonic() - began
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no words"])[-1]
        return _tell(proof, f"FAILED, {last}", spent, held=False)
    return _tell(proof, (done.stdout.strip().splitlines() or ["no figures"])[-1], spent, held=True)


def _tell(proof: Proof, words: str, seconds: float, *, held: bool) -> bool:
    print(f"{proof.name}: {proof.what}: {words} ({seconds:.0f} s)", flush=True)
    return held


if __name__ == "__main__":
    sys.exit(main())
