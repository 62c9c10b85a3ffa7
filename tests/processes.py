"""Real bot processes that can be killed: a zygote imports everything once and forks one bot after another.

A forked bot is a process of its own (its own pid, sockets, event loop); only the second of imports is saved, so that a
hundred kills fit into a minute.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

ZYGOTE = """
import os, signal, sys
from bot import quick_aiogram
quick_aiogram.install()
import asyncio
import bot.app, bot.logs
from bot.settings import Settings
from bot import reading
for read in (reading.all_texts, reading.packs, reading.journeys, reading.blueprint, reading.faq_index):
    read()
from aiogram.types import Update
Update.model_validate({"update_id": 1})
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
print("ready", flush=True)
for line in sys.stdin:
    pid = os.fork()
    if pid == 0:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        log = open(line.strip(), "a")
        os.dup2(log.fileno(), 2)
        bot.logs.configure("INFO")
        try:
            asyncio.run(bot.app.serve(Settings(_env_file=None)))
        except BaseException:
            import traceback
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    print(pid, flush=True)
"""


class Bots:
    """Starts bots with one environment, one at a time."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self._log = log
        self._zygote = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", ZYGOTE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **environment},
        )
        self.pid = 0
        assert self._read() == "ready"

    def start(self) -> int:
        """Fork a bot."""
        assert self._zygote.stdin is not None
        self._zygote.stdin.write(f"{self._log}\n")
        self._zygote.stdin.flush()
        self.pid = int(self._read())
        return self.pid

    def kill(self) -> None:
        """Kill the bot as a power cut would, and wait until it is gone."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask the bot to stop in order."""
        self._end(signal.SIGTERM)

    def _end(self, number: int) -> None:
        if not self.pid:
            return
        os.kill(self.pid, number)
        ends = time.monotonic() + 15
        while _lives(self.pid):
            assert time.monotonic() < ends, "the bot does not end"
            time.sleep(0.002)
        self.pid = 0

    def _read(self) -> str:
        assert self._zygote.stdout is not None
        return self._zygote.stdout.readline().strip()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.kill()
        self._zygote.kill()
        self._zygote.wait()


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def free_port() -> int:
    """Find a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
