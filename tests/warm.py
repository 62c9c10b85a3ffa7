"""Prepare what every later check would do again: byte code of the product, and mypy's reading of the locked packages.

Part of `make setup`: the packages change only with the lock file, and reading them takes mypy twice as long as
reading the product.
"""

from __future__ import annotations

import ast
import compileall
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.paths import ROOT

PACKAGES = sorted(path.parent.name for path in ROOT.glob("*/__init__.py"))


def imported() -> list[str]:
    """List the modules of other packages that the product imports."""
    found = set()
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    found.update(name.name for name in node.names)
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    found.add(node.module)
    return sorted(name for name in found if name.split(".")[0] not in {*PACKAGES, "__future__"})


def main() -> int:
    """Warm both; a failure here only means that the first check takes longer."""
    for package in PACKAGES:
        compileall.compile_dir(ROOT / package, quiet=2, workers=0)
    with tempfile.TemporaryDirectory() as folder:
        module = Path(folder) / "locked_packages.py"
        module.write_text("".join(f"import {name}\n" for name in imported()), encoding="utf-8")
        command = [Path(sys.executable).parent / "mypy", "--no-error-summary", module]
        subprocess.run(command, cwd=ROOT, check=False, capture_output=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
