"""Measure one benchmark and print its figures in JSON as the last line: `python -m bench.one NAME`."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import json
import sys
from importlib import import_module

from bench.catalogue import benches


def main() -> None:
    """Measure; what the module prints goes to standard error."""
    bench = next(one for one in benches() if one.name == sys.argv[1])
    with contextlib.redirect_stdout(sys.stderr):
        result = getattr(import_module(f"bench.{bench.name}"), bench.function)(*bench.arguments)
        values = asyncio.run(result) if inspect.iscoroutine(result) else result
    print(json.dumps(values))


if __name__ == "__main__":
    main()
