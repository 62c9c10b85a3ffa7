"""`make test`: lint, types, import contracts and the suite, side by side on the cores there are.

mypy keeps one core busy while ruff, the contracts and the suite use the other, then the suite has both.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

BIN = Path(sys.executable).parent


def main() -> int:
    """Run everything; the first failing part's output is shown whole."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--jobs", default="2")
    jobs = parser.parse_args().jobs
    began = time.monotonic()
    parts = {
        "types": [BIN / "mypy"],
        "lint": ["bash", "-c", f"{BIN}/ruff check -q . && {BIN}/ruff format -q --check ."],
        "contracts": [BIN / "lint-imports"],
    }
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    running = {name: subprocess.Popen(command, **quiet) for name, command in parts.items()}
    suite = subprocess.run([BIN / "pytest", "-q", "-n", jobs, "--durations=10"], check=False)
    failed = ["suite"] if suite.returncode else []
    for name, process in running.items():
        output, _ = process.communicate()
        if process.returncode:
            failed.append(name)
            print(f"\n== {name}\n{output}")
    verdict = (
        f"failed: {', '.join(failed)}" if failed else "lint, types, contracts and suite are green"
    )
    print(f"\n{verdict} ({time.monotonic() - began:.0f} s)")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
