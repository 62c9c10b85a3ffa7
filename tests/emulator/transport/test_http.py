"""The Bot API over real HTTP: every way to ask, the envelope, failures on command, webhooks."""

import asyncio
import socket

import aiohttp
import pytest
from aiohttp import web

from emulator.actors import Town
from emulator.api import Emulator
from emulator.clock import SystemClock
from emulator.faults import Fault, FaultKind
from emulator.server import EmulatorServer
from emulator.updates import OTHER_POLL

TOKEN = "42:TEST"


@pytest.fixture
async def server():
    emulator = Emulator()
    emulator.add_bot("Опора", "opora_bot", token=TOKEN)
    Town(emulator).person("Анна", user_id=5).start()
    async with EmulatorServer(emulator) as running:
        yield running


@pytest.fixture
async def http():
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def call(server, http):
    async def call(method, token=TOKEN, seconds=5.0, **request):
        timeout = aiohttp.ClientTimeout(total=seconds)
        async with http.post(
            f"{server.url}/bot{token}/{method}", timeout=timeout, **request
        ) as answer:
            return answer.status, await answer.json()

    return call


async def until(holds):
    for _ in range(400):
        if holds():
            return
        await asyncio.sleep(0.005)
    pytest.fail("it did not come to pass")


def texts(server):
    return [arrival.text for arrival in server.emulator.log.arrivals]


def multipart(**fields):
    form = aiohttp.FormData(default_to_multipart=True)
    for name, value in fields.items():
        form.add_field(name, value)
    return form


@pytest.mark.parametrize(
    "request_",
    [
        {"json": {"chat_id": 5, "text": "привет"}},
        {"data": {"chat_id": "5", "text": "привет"}},
        {"data": multipart(chat_id="5", text="привет")},
        {"params": {"chat_id": "5", "text": "привет"}},
        {"params": {"chat_id": "6", "text": "привет"}, "json": {"chat_id": 5}},
    ],
    ids=["json", "form", "multipart", "query", "the body wins over the query"],
)
async def test_a_call_may_come_in_any_encoding(server, call, request_):
    status, body = await call("sendMessage", **request_)
    assert (status, body["ok"], body["result"]["text"]) == (200, True, "привет")
    assert texts(server) == ["привет"]


async def test_a_form_is_read_from_a_get_request_too(server, http):
    """Some libraries send every call so."""
    async with http.get(
        f"{server.url}/bot{TOKEN}/sendMessage", data={"chat_id": "5", "text": "a+b & c"}
    ) as answer:
        assert (await answer.json())["result"]["text"] == "a+b & c"


async def test_a_get_request_and_any_case_of_the_method_name_work(server, http):
    async with http.get(f"{server.url}/bot{TOKEN}/GETME") as answer:
        assert (await answer.json())["result"]["username"] == "opora_bot"


@pytest.mark.parametrize(
    ("method", "token", "request_", "status", "description"),
    [
        ("getMe", "42:WRONG", {}, 401, "Unauthorized: invalid token specified"),
        ("getSadness", TOKEN, {}, 404, "Not Found: method not found"),
        (
            "sendMessage",
            TOKEN,
            {"json": {"chat_id": 99, "text": "a"}},
            400,
            "Bad Request: chat not found",
        ),
        (
            "sendMessage",
            TOKEN,
            {"data": b"{", "headers": {"Content-Type": "application/json"}},
            400,
            "Bad Request: can't parse JSON object",
        ),
        (
            "sendMessage",
            TOKEN,
            {"json": [1]},
            400,
            "Bad Request: JSON object expected as the request body",
        ),
    ],
)
async def test_a_refusal_carries_its_code_as_http_status(
    call, method, token, request_, status, description
):
    assert await call(method, token=token, **request_) == (
        status,
        {"ok": False, "error_code": status, "description": description},
    )


async def test_an_unknown_path_is_answered_in_the_envelope(server, http):
    async with http.get(f"{server.url}/nothing/here") as answer:
        assert (answer.status, await answer.json()) == (
            404,
            {"ok": False, "error_code": 404, "description": "Not Found"},
        )


async def test_too_many_requests_carries_the_header(server, http):
    server.emulator.faults.add(Fault(FaultKind.TOO_MANY_REQUESTS, seconds=7))
    async with http.post(f"{server.url}/bot{TOKEN}/getMe") as answer:
        assert (answer.status, answer.headers["Retry-After"]) == (429, "7")
        assert (await answer.json())["parameters"] == {"retry_after": 7}


async def test_limits_refuse_what_comes_too_fast(server, call):
    server.emulator.limits.enabled = True
    answers = [
        await call("sendMessage", json={"chat_id": 5, "text": str(number)}) for number in range(4)
    ]
    assert [status for status, _ in answers] == [200, 200, 200, 429]
    assert answers[-1][1]["parameters"] == {"retry_after": 1}
    assert texts(server) == ["0", "1", "2"]


async def test_a_proxys_html_page_comes_in_place_of_an_answer(server, http):
    server.emulator.faults.add(Fault(FaultKind.HTML))
    async with http.post(f"{server.url}/bot{TOKEN}/getMe") as answer:
        assert (answer.status, answer.content_type) == (502, "text/html")
        assert "502 Bad Gateway" in await answer.text()


@pytest.mark.parametrize(
    ("kind", "error", "sent"),
    [
        (FaultKind.TIMEOUT_BEFORE, TimeoutError, []),
        (FaultKind.TIMEOUT_AFTER, TimeoutError, ["x"]),
        (FaultKind.RESET_BEFORE, aiohttp.ClientConnectionError, []),
        (FaultKind.RESET_AFTER, aiohttp.ClientConnectionError, ["x"]),
    ],
)
async def test_a_lost_answer_says_nothing_about_the_effect(server, call, kind, error, sent):
    server.emulator.faults.add(Fault(kind, method="sendMessage"))
    with pytest.raises(error):
        await call("sendMessage", seconds=0.2, json={"chat_id": 5, "text": "x"})
    assert texts(server) == sent
    assert (await call("getMe"))[0] == 200


async def test_a_photo_is_uploaded_and_downloaded_again(server, http, call):
    form = multipart(chat_id="5", caption="Смотрите")
    form.add_field("photo", b"\x89PNG picture", filename="a.png", content_type="image/png")
    _, sent = await call("sendPhoto", data=form)
    _, found = await call("getFile", json={"file_id": sent["result"]["photo"][-1]["file_id"]})
    path = found["result"]["file_path"]
    async with http.get(f"{server.url}/file/bot{TOKEN}/{path}") as answer:
        assert (answer.status, await answer.read()) == (200, b"\x89PNG picture")
    async with http.get(f"{server.url}/file/bot{TOKEN}/photos/none.jpg") as answer:
        assert (answer.status, (await answer.json())["ok"]) == (404, False)
    async with http.get(f"{server.url}/file/bot42:WRONG/{path}") as answer:
        assert answer.status == 401


async def test_the_older_of_two_polls_ends_with_409(server, call):
    await call("getUpdates", json={"offset": -1})
    after = server.emulator.bot_of(TOKEN).queue.pending()[-1].update_id + 1
    older = asyncio.ensure_future(call("getUpdates", json={"timeout": 50, "offset": after}))
    await until(lambda: server.emulator.bot_of(TOKEN).queue._poll)
    younger = asyncio.ensure_future(call("getUpdates", json={"timeout": 50, "offset": after}))
    status, body = await older
    assert (status, body["description"]) == (409, OTHER_POLL)
    Town(server.emulator).actor(5).send("Есть кто?")
    status, body = await younger
    assert [update["message"]["text"] for update in body["result"]] == ["Есть кто?"]


async def test_a_webhook_gets_updates_with_the_secret_and_may_answer_by_a_method(server, call):
    arrived: asyncio.Queue[tuple[str, dict]] = asyncio.Queue()

    async def hook(request):
        update = await request.json()
        await arrived.put((request.headers["X-Telegram-Bot-Api-Secret-Token"], update))
        return web.json_response(
            {"method": "sendMessage", "chat_id": update["message"]["chat"]["id"], "text": "ответ"}
        )

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await call(
        "setWebhook", json={"url": url, "secret_token": "tops3cret", "drop_pending_updates": True}
    )
    Town(server.emulator).actor(5).send("Вопрос")
    secret, update = await asyncio.wait_for(arrived.get(), 2)
    assert (secret, update["message"]["text"]) == ("tops3cret", "Вопрос")
    await until(lambda: texts(server))
    assert texts(server) == ["ответ"]
    assert (await call("getUpdates"))[0] == 409
    _, info = await call("getWebhookInfo")
    assert (info["result"]["url"], info["result"]["pending_update_count"]) == (url, 0)
    await call("deleteWebhook")
    await runner.cleanup()


async def test_a_webhook_that_nobody_serves_is_tried_again(server, call):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    await call("setWebhook", json={"url": f"http://127.0.0.1:{port}/hook"})
    for _ in range(400):
        _, info = await call("getWebhookInfo")
        if "last_error_message" in info["result"]:
            break
        await asyncio.sleep(0.005)
    assert info["result"]["last_error_message"] == "Connection refused"
    assert info["result"]["pending_update_count"] == 1


async def test_the_server_listens_on_the_loopback_interface_only(server):
    assert server._runner.addresses == [("127.0.0.1", int(server.url.rsplit(":", 1)[1]))]


async def test_a_poll_on_real_time_ends_when_the_server_closes():
    emulator = Emulator(clock=SystemClock())
    emulator.add_bot("Опора", token=TOKEN)
    async with EmulatorServer(emulator) as server, aiohttp.ClientSession() as http:
        poll = asyncio.ensure_future(
            http.post(f"{server.url}/bot{TOKEN}/getUpdates", json={"timeout": 50})
        )
        await until(lambda: emulator.bot_of(TOKEN).queue._poll)
        await server.close()
        answer = await poll
        assert (await answer.json())["result"] == []
