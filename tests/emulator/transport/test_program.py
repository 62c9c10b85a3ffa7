"""The emulator as a program: it prints its address, answers, ends on a signal, tells what it can."""

import asyncio
import signal

import aiohttp

from emulator import schema
from emulator.__main__ import arguments, serve
from emulator.coverage import coverage, coverage_table


async def test_the_program_serves_until_it_is_told_to_end(capsys):
    options = arguments().parse_args(
        ["--port", "0", "--token", "42:TEST", "--start", "1000000000", "--limits"]
    )
    program = asyncio.ensure_future(serve(options))
    url = ""
    while not url:
        await asyncio.wait((program,), timeout=0.01)
        url = capsys.readouterr().out.strip()
    async with aiohttp.ClientSession() as http:
        async with http.get(f"{url}/bot42:TEST/getMe") as answer:
            assert (await answer.json())["result"]["id"] == 42
        async with http.get(f"{url}/sim/clock") as answer:
            clock = (await answer.json())["result"]
            assert (clock["now"], clock["runs"]) == (1_000_000_000, False)
        async with http.get(f"{url}/sim/limits") as answer:
            assert (await answer.json())["result"]["enabled"] is True
        async with http.get(url) as answer:
            assert (answer.status, answer.content_type) == (200, "text/html")
            assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    signal.raise_signal(signal.SIGTERM)
    await asyncio.wait_for(program, 5)


def test_the_table_of_coverage_names_every_method_once():
    rows = coverage()
    assert [row.method for row in rows] == sorted(schema.method_names())
    works = {row.method for row in rows if row.works}
    assert {
        "getUpdates",
        "setWebhook",
        "sendMessage",
        "createForumTopic",
        "sendRichMessage",
    } <= works
    assert "sendInvoice" not in works
    table = coverage_table().splitlines()
    assert (
        table[-1]
        == f"{len(works)} of {len(rows)} methods work, {len(rows) - len(works)} are known only"
    )
    assert len(table) == len(rows) + 2
