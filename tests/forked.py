"""The suite on several processes that share one collection: `pytest -p tests.forked --forks 3`.

Importing the product and collecting its tests takes seconds of every process that does it. Here it is done once; the
process then forks, each child takes a file's tests after another from one queue, and sends its reports home.
"""

from __future__ import annotations

import gc
import inspect
import json
import os
import selectors
import struct
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pytest
from aiogram.types import Update

from bot import reading
from moderation.lexicon import find_marks
from moderation.spam.model import SpamModel
from moderation.text.fold import fold
from tests import databases

HEADER = struct.Struct("!I")
SECONDS = {"browser": 2.0, "story": 0.15, "rule": 0.005}
"""What a test of each kind takes, roughly: long files go first, so that no process is left with one at the end."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--forks", type=int, default=1, help="processes that run the tests")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    forks = session.config.getoption("--forks")
    if forks < 2 or session.config.option.collectonly or session.testsfailed or not session.items:
        return None
    with databases.prepared(session.config._tmp_path_factory.mktemp("template")):
        _warm()
        _run(session, forks)
    return True


def _warm() -> None:
    """Build and read what every process would build and read again."""
    assert Update.__pydantic_validator__.title
    for bundle in reading.all_texts().bundles.values():
        for key in {str(path): key for key, path in bundle._areas.items()}.values():
            bundle.get_message(key)
    for read in (reading.packs, reading.journeys, reading.blueprint, reading.faq_index):
        read()
    SpamModel.load()
    find_marks(fold("слово"))


def _run(session: pytest.Session, forks: int) -> None:
    queue = _queue(session)
    gc.collect()
    gc.freeze()
    children = {}
    for number in range(forks):
        inbox, outbox = os.pipe()
        if (pid := os.fork()) == 0:
            os.close(inbox)
            Child(session, queue, outbox, number).run()
        os.close(outbox)
        children[inbox] = pid
    _gather(session, children)


def _queue(session: pytest.Session) -> int:
    """Write where each file's tests begin into a pipe that all children read from, the longest file first."""
    files = [list(items) for _, items in groupby(enumerate(session.items), lambda one: one[1].path)]
    files.sort(key=lambda items: -sum(_seconds(item) for _, item in items))
    reader, writer = os.pipe()
    os.write(writer, b"".join(HEADER.pack(items[0][0]) for items in files))
    os.close(writer)
    return reader


def _seconds(item: Any) -> float:
    if "browser" in getattr(item, "fixturenames", ()):
        return SECONDS["browser"]
    return SECONDS["story" if inspect.iscoroutinefunction(getattr(item, "obj", None)) else "rule"]


class Child:
    """One process: runs files until the queue is empty."""

    def __init__(self, session: pytest.Session, queue: int, outbox: int, number: int) -> None:
        self._session = session
        self._config = session.config
        self._queue = queue
        self._outbox = outbox
        manager = self._config.pluginmanager
        manager.unregister(name="terminalreporter")
        manager.register(self)
        capture = manager.getplugin("capturemanager")
        capture.stop_global_capturing()
        capture.start_global_capturing()
        factory = self._config._tmp_path_factory
        factory._basetemp = factory.getbasetemp() / f"process{number}"
        factory._basetemp.mkdir()

    def run(self) -> None:
        """Run, and leave without running what the parent's end has to run."""
        code = 1
        try:
            items = self._items()
            item = next(items, None)
            while item is not None:
                following = next(items, None)
                self._config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                item = following
            code = 0
        finally:
            os._exit(code)

    def _items(self) -> Iterator[pytest.Item]:
        every = self._session.items
        while place := os.read(self._queue, HEADER.size):
            (first,) = HEADER.unpack(place)
            path = every[first].path
            for item in every[first:]:
                if item.path != path:
                    break
                yield item

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        data = self._config.hook.pytest_report_to_serializable(config=self._config, report=report)
        body = json.dumps(data, default=str).encode()
        with open(self._outbox, "wb", closefd=False) as pipe:
            pipe.write(HEADER.pack(len(body)) + body)


def _gather(session: pytest.Session, children: dict[int, int]) -> None:
    """Pass the children's reports on as if the tests ran here; a child that died fails the run."""
    hook, config = session.config.hook, session.config
    with selectors.DefaultSelector() as ready:
        for inbox in children:
            ready.register(inbox, selectors.EVENT_READ, open(inbox, "rb"))  # noqa: PTH123, SIM115
        while ready.get_map():
            for key, _ in ready.select():
                head = key.data.read(HEADER.size)
                if not head:
                    ready.unregister(key.fd)
                    key.data.close()
                    _, status = os.waitpid(children[key.fd], 0)
                    if status:
                        session.shouldfail = f"a test process died ({status})"
                    continue
                data = json.loads(key.data.read(*HEADER.unpack(head)))
                report = hook.pytest_report_from_serializable(config=config, data=data)
                if report.when == "setup":
                    hook.pytest_runtest_logstart(nodeid=report.nodeid, location=report.location)
                hook.pytest_runtest_logreport(report=report)
                if report.when == "teardown":
                    hook.pytest_runtest_logfinish(nodeid=report.nodeid, location=report.location)
    if session.shouldfail:
        raise session.Failed(session.shouldfail)
