"""`make test`: lint, types, import contracts and the suite, side by side on the cores there are.

The suite runs with plain asserts, which import twice as fast; what fails is run once more with pytest's explanations.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

BIN = Path(sys.executable).parent


def main() -> int:
    """Run everything; a failing part's output is shown whole."""
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "--jobs", default="3", help="test processes; stories wait as much as they work"
    )
    jobs = parser.parse_args().jobs
    # Compiled modules are kept whatever the shell says: every test process imports the whole product.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.monotonic()
    parts = {
        "types": [BIN / "mypy"],
        "lint": ["bash", "-c", f"{BIN}/ruff check -q . && {BIN}/ruff format -q --check ."],
        "contracts": [BIN / "lint-imports"],
    }
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "env": env}
    running = {name: subprocess.Popen(command, **quiet) for name, command in parts.items()}
    pytest = [BIN / "pytest", "-q", "--durations=10"]
    quick = [*pytest, "-p", "tests.forked", "--forks", jobs, "--assert=plain", "--tb=no"]
    failed = []
    if subprocess.run(quick, check=False, env=env).returncode:
        failed.append("suite")
        subprocess.run(
            [*pytest, "--last-failed", "--last-failed-no-failures=none"], check=False, env=env
        )
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
