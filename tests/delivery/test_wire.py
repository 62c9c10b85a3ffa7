"""Calls over HTTP: what is read, what is kept open, and what an interrupted call means."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager

import orjson
import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError
from aiogram.methods import EditMessageText, SendMessage, SendPhoto
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup

from delivery.limiter import BOOKED
from delivery.methods import NOT_A_PREVIEW
from delivery.outcomes import Fate, classify
from delivery.session import LeanSession, plain_of
from emulator.actors import Town
from emulator.api import Emulator
from emulator.server import EmulatorServer

TOKEN = "4242:" + "A" * 35
SENT = b'{"ok":true,"result":{"message_id":7,"date":1,"chat":{"id":5,"type":"private"}}}'


def answer(body: bytes, status: str = "200 OK", *more: str) -> bytes:
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *more]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


class Server:
    """Answers with what it is told and remembers what came over how many connections."""

    def __init__(self, *answers: bytes | None) -> None:
        self.answers, self.bodies, self.connections = list(answers), [], 0

    async def serve(self, reader, writer) -> None:
        self.connections += 1
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
                self.bodies.append(orjson.loads(await reader.readexactly(length)))
                said = self.answers.pop(0)
                if said is None:
                    return
                writer.write(said)
                if b"Connection: close" in said:
                    return
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            return
        finally:
            writer.close()

    @asynccontextmanager
    async def running(self):
        server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        session = LeanSession(api=TelegramAPIServer.from_base(f"http://127.0.0.1:{port}"))
        bot = Bot(TOKEN, session=session, default=DefaultBotProperties(parse_mode="HTML"))
        token = BOOKED.set(True)
        try:
            yield bot
        finally:
            BOOKED.reset(token)
            server.close()
            await session.close()


CHUNKED = (
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    + b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (SENT[:10], SENT[10:]))
    + b"0\r\n\r\n"
)
TO_THE_END = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + SENT


@pytest.mark.parametrize(
    ("case", "said"),
    [("a length", answer(SENT)), ("chunks", CHUNKED), ("until it closes", TO_THE_END)],
)
async def test_the_number_of_a_sent_message_is_read(case, said):
    async with Server(said).running() as bot:
        assert (await bot(SendMessage(chat_id=5, text="a"))).message_id == 7, case


async def test_one_connection_serves_calls_one_after_the_other():
    server = Server(*[answer(SENT)] * 3)
    async with server.running() as bot:
        for _ in range(3):
            await bot(SendMessage(chat_id=5, text="a"))
    assert (server.connections, len(server.bodies)) == (1, 3)


async def failed(bot: Bot):
    """Make a call that fails and tell what the sender makes of it."""
    try:
        sent = await bot(SendMessage(chat_id=5, text="a"))
    except (AiogramError, OSError) as error:
        return classify(error)
    raise AssertionError(sent)


REFUSED = b'{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 35","parameters":{"retry_after":35}}'


@pytest.mark.parametrize(
    ("case", "said", "fate", "seconds"),
    [
        ("L68 too many requests", answer(REFUSED, "429 Too Many Requests"), Fate.LIMITED, 35),
        ("L67 the line breaks after the request", None, Fate.UNKNOWN, 0),
        ("a page of a proxy", answer(b"<html>", "502 Bad Gateway"), Fate.UNKNOWN, 0),
        ("nonsense", b"nonsense\r\n\r\n", Fate.UNKNOWN, 0),
    ],
)
async def test_a_failed_call_is_named_as_what_it_is(case, said, fate, seconds):
    async with Server(said).running() as bot:
        failure = await failed(bot)
    assert (failure.fate, failure.seconds) == (fate, seconds), case


async def test_where_no_connection_was_made_nothing_was_sent():
    """L67: the message goes again."""
    server = Server()
    async with server.running() as bot:
        bot.session.api = TelegramAPIServer.from_base("http://127.0.0.1:1")
        bot.session._wire._port = 1
        assert (await failed(bot)).reason == "network.connect"


def test_a_method_is_written_with_what_was_said_and_the_bots_own_defaults():
    bot = Bot(TOKEN, default=DefaultBotProperties(parse_mode="HTML"))
    rows = [[InlineKeyboardButton(text="Да", callback_data="yes")]]
    keyboard = InlineKeyboardMarkup(inline_keyboard=rows)
    method = SendMessage(
        chat_id=5, text="a", reply_markup=keyboard, link_preview_options=NOT_A_PREVIEW
    )
    assert plain_of(bot, method) == {
        "chat_id": 5,
        "text": "a",
        "parse_mode": "HTML",
        "reply_markup": {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]},
        "link_preview_options": {"is_disabled": True},
    }
    assert plain_of(bot, SendPhoto(chat_id=5, photo=BufferedInputFile(b"x", "a.png"))) is None


async def test_the_emulator_understands_every_way_of_asking():
    emulator = Emulator()
    town = Town(emulator)
    vera = town.person("Вера", user_id=5)
    vera.start(town.bot("Опора", "opora_bot", token=TOKEN))
    async with EmulatorServer(emulator) as server:
        session = LeanSession(api=TelegramAPIServer.from_base(server.url))
        bot = Bot(TOKEN, session=session, default=DefaultBotProperties(parse_mode="HTML"))
        token = BOOKED.set(True)
        sent = await bot(SendMessage(chat_id=5, text="<b>Привет</b>"))
        edit = EditMessageText(chat_id=5, message_id=sent.message_id, text="Ещё раз")
        assert (await bot(edit)).message_id == sent.message_id
        photo = BufferedInputFile(b"\x89PNG\r\n\x1a\n" + b"0" * 40, "a.png")
        await bot(SendPhoto(chat_id=5, photo=photo, caption="Картинка"))
        BOOKED.reset(token)
        await session.close()
    assert [one.text for one in vera.messages()][-2:] == ["Ещё раз", "Картинка"]
