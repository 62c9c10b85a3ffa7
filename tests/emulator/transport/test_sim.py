"""A program in any language builds a world, plays its people and looks through their eyes."""

import asyncio
import base64

import aiohttp
import pytest

from emulator.actors import Town
from emulator.api import Emulator
from emulator.server import EmulatorServer
from emulator.server.sim.verbs import VERBS
from tests.paths import ROOT

TOKEN = "42:TEST"


class Program:
    """A client of the control API."""

    def __init__(self, url, http):
        self.url = url
        self.http = http

    async def ask(self, method, path, body=None, **headers):
        async with self.http.request(method, self.url + path, json=body, headers=headers) as answer:
            return answer.status, await answer.json()

    async def get(self, path):
        status, body = await self.ask("GET", path)
        assert status == 200, body
        return body["result"]

    async def post(self, path, body=None):
        status, answer = await self.ask("POST", path, body)
        assert status == 200, answer
        return answer["result"]

    async def bot(self, method, **params):
        return await self.post(f"/bot{TOKEN}/{method}", params)


@pytest.fixture
async def server():
    async with EmulatorServer(Emulator()) as running:
        yield running


@pytest.fixture
async def program(server):
    async with aiohttp.ClientSession() as http:
        yield Program(server.url, http)


@pytest.fixture
async def school(program):
    """Anna and Mark in a forum with one bot, built over HTTP alone."""
    await program.post("/sim/bots", {"name": "Опора", "username": "opora_bot", "token": TOKEN})
    await program.post(
        "/sim/people",
        {
            "first_name": "Анна",
            "id": 5,
            "username": "anna",
            "label": "родитель",
            "time_zone": "Asia/Novosibirsk",
        },
    )
    await program.post("/sim/people", {"first_name": "Марк", "id": 6})
    body = {
        "type": "supergroup",
        "title": "Сообщество",
        "owner": 6,
        "members": ["@anna"],
        "bots": [42],
        "topics": ["Вопросы"],
    }
    return await program.post("/sim/chats", body)


async def test_a_conversation_in_private(program, school):
    await program.post("/sim/people/5/start", {"payload": "spring"})
    [update] = await program.bot("getUpdates")
    assert update["message"]["text"] == "/start spring"
    keyboard = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}
    await program.bot("sendMessage", chat_id=5, text="Продолжим?", reply_markup=keyboard)
    press = await program.post("/sim/people/5/click", {"button": "Да"})
    assert (press["data"], press["answer"]) == ("yes", None)
    await program.bot("answerCallbackQuery", callback_query_id=press["id"], text="Хорошо")
    assert (await program.get(f"/sim/presses/{press['id']}"))["answer"] == {"text": "Хорошо"}
    talk = await program.get("/sim/people/5/chats/42/messages")
    assert [(one["out"], one["view"]["text"]) for one in talk["messages"]] == [
        (True, "/start spring"),
        (False, "Продолжим?"),
    ]


async def test_a_click_may_wait_for_its_answer(program, school):
    await program.post("/sim/people/5/start")
    keyboard = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}
    sent = await program.bot("sendMessage", chat_id=5, text="?", reply_markup=keyboard)
    click = asyncio.ensure_future(
        program.post(
            "/sim/people/5/click",
            {"chat": 42, "message_id": sent["message_id"], "button": "yes", "wait": 5},
        )
    )
    updates = []
    while len(updates) < 2:
        updates = await program.bot("getUpdates", timeout=1, offset=-2)
    await program.bot(
        "answerCallbackQuery", callback_query_id=updates[-1]["callback_query"]["id"], text="Да!"
    )
    assert (await click)["answer"] == {"text": "Да!"}


async def test_everybody_sees_only_what_is_hers(program, school):
    chat, topic = school["id"], school["topics"]["Вопросы"]
    question = await program.post(
        "/sim/people/5/send", {"chat": chat, "thread": topic, "text": "Как спать?"}
    )
    await program.post(
        "/sim/people/6/send",
        {"chat": chat, "thread": topic, "text": "Рано", "reply_to": question["message_id"]},
    )
    await program.bot(
        "sendMessage",
        chat_id=chat,
        message_thread_id=topic,
        text="Только вам",
        ephemeral_message_parameters={"receiver_user_id": 5},
    )
    path = f"chats/{chat}/messages?thread={topic}"
    seen = {person: await program.get(f"/sim/people/{person}/{path}") for person in (5, 6)}
    words = {
        person: [one["view"].get("text") for one in talk["messages"] if not one["service"]]
        for person, talk in seen.items()
    }
    assert words == {5: ["Как спать?", "Рано", "Только вам"], 6: ["Как спать?", "Рано"]}
    await program.post("/sim/people", {"first_name": "Чужая", "id": 7})
    status, refused = await program.ask("GET", f"/sim/people/7/{path}")
    assert (status, refused["description"]) == (
        403,
        "Forbidden: the person is not a member of the chat",
    )
    chats = await program.get("/sim/people/7/chats")
    assert [(one["standing"], one["last"]) for one in chats] == [("left", None), ("left", None)]


async def test_unread_counts_fall_when_read(program, school):
    chat, topic = school["id"], school["topics"]["Вопросы"]
    sent = [
        await program.post(
            "/sim/people/6/send", {"chat": chat, "thread": topic, "text": str(number)}
        )
        for number in range(3)
    ]

    async def unread():
        [_, group] = await program.get("/sim/people/5/chats")
        return group["unread"], {one["name"]: one["unread"] for one in group["topics"]}["Вопросы"]

    assert await unread() == (3, 3)
    await program.post(
        f"/sim/people/5/chats/{chat}/read", {"thread": topic, "message_id": sent[1]["message_id"]}
    )
    assert await unread() == (1, 1)


async def test_people_join_ask_leave_and_block(program, school):
    chat = school["id"]
    await program.post("/sim/people", {"first_name": "Вера", "id": 7})
    assert await program.post("/sim/people/7/join", {"chat": chat}) == {
        "chat": chat,
        "standing": "member",
    }
    await program.post("/sim/people/7/leave", {"chat": chat})
    link = await program.bot("createChatInviteLink", chat_id=chat, creates_join_request=True)
    assert (await program.post("/sim/people/7/join", {"link": link["invite_link"]}))[
        "standing"
    ] == "requested"
    await program.bot("approveChatJoinRequest", chat_id=chat, user_id=7)
    assert (await program.bot("getChatMember", chat_id=chat, user_id=7))["status"] == "member"
    await program.post("/sim/people/7/start")
    await program.post("/sim/people/7/block")
    status, refused = await program.ask(
        "POST", f"/bot{TOKEN}/sendMessage", {"chat_id": 7, "text": "a"}
    )
    assert (status, refused["description"]) == (403, "Forbidden: bot was blocked by the user")


async def test_photos_reactions_edits_and_deletions(program, school):
    chat, topic = school["id"], school["topics"]["Вопросы"]
    picture = base64.b64encode(b"picture").decode()
    photo = await program.post(
        "/sim/people/5/send_photo",
        {"chat": chat, "thread": topic, "file": picture, "caption": "Рисунок"},
    )
    async with program.http.get(
        f"{program.url}/sim/files/{photo['photo'][-1]['file_id']}"
    ) as answer:
        assert await answer.read() == b"picture"
    await program.post(
        "/sim/people/6/react", {"chat": chat, "message_id": photo["message_id"], "emoji": "👍"}
    )
    await program.post(
        "/sim/people/5/edit",
        {"chat": chat, "message_id": photo["message_id"], "text": "Рисунок сына"},
    )
    [_, shown] = (await program.get(f"/sim/people/6/chats/{chat}/messages?thread={topic}"))[
        "messages"
    ]
    assert shown["view"]["caption"] == "Рисунок сына"
    assert shown["reactions"] == [{"emoji": "👍", "count": 1, "mine": True}]
    status, refused = await program.ask(
        "POST", "/sim/people/6/edit", {"chat": chat, "message_id": photo["message_id"], "text": "x"}
    )
    assert (status, refused["description"]) == (409, "Conflict: only the author edits a message")
    await program.post("/sim/people/5/delete", {"chat": chat, "message_id": photo["message_id"]})
    talk = await program.get(f"/sim/people/6/chats/{chat}/messages?thread={topic}")
    assert [one["service"] for one in talk["messages"]] == [True]


async def test_the_log_is_read_page_by_page(program, school):
    await program.post("/sim/people/5/start")
    for number in range(5):
        await program.bot("sendMessage", chat_id=5, text=str(number))
    await program.ask("POST", f"/bot{TOKEN}/sendMessage", {"chat_id": 5})
    seen, after = [], 0
    while True:
        page = await program.get(f"/sim/log?after={after}&limit=2&kind=arrival&person=5")
        if not page["entries"]:
            break
        seen += [entry["message"]["text"] for entry in page["entries"]]
        after = page["last"]
    assert seen == ["0", "1", "2", "3", "4"]
    [failure] = (await program.get("/sim/log?failed=1"))["entries"]
    assert (failure["method"], failure["outcome"]) == (
        "sendMessage",
        "Bad Request: message text is empty",
    )
    latest = await program.get("/sim/log?limit=1&kind=call&method=sendmessage")
    assert (latest["entries"][0]["ok"], latest["more"]) == (False, True)


async def test_the_clock_is_moved_and_watched(program, school, server):
    start = (await program.get("/sim/clock"))["now"]
    watcher = asyncio.ensure_future(program.get("/sim/clock?after_version=0"))
    moved = await program.post("/sim/clock/advance", {"seconds": 3600})
    assert (moved["now"], moved["version"]) == (start + 3600, 1)
    assert (await watcher)["now"] == start + 3600
    assert (await program.get("/sim/clock?after_version=1&timeout=0"))["version"] == 1
    assert (await program.post("/sim/due", {"at": start + 7200}))["next_due"] == start + 7200
    assert (await program.post("/sim/clock/advance", {"to_due": True}))["now"] >= start + 7200
    assert (await program.get("/sim/clock"))["next_due"] is None


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/sim/clock/advance", {"seconds": -5}, 400),
        ("/sim/clock/advance", {"to_due": True}, 409),
        ("/sim/clock/advance", {}, 400),
        ("/sim/people", {"first_name": "А", "surname": "Б"}, 400),
        ("/sim/people", {"first_name": "А", "time_zone": "Mars/Olympus"}, 400),
        ("/sim/people/5/fly", {}, 404),
        ("/sim/people/77/send", {"text": "a"}, 404),
        ("/sim/people/5/send", {"chat": -1, "text": "a"}, 400),
        ("/sim/people/5/click", {"button": "Нет такой"}, 409),
        ("/sim/people/5/send_photo", {"file": "не base64"}, 400),
        ("/sim/faults", {"kind": "fire"}, 400),
        ("/sim/faults", {"kind": "429", "colour": "red"}, 400),
        ("/sim/poison", {"kind": "apple"}, 400),
        ("/sim/limits", {"overall": 1, "sky": 2}, 400),
        ("/sim/bots", {"name": "Второй", "token": TOKEN}, 409),
        ("/sim/chats", {"type": "castle", "title": "А", "owner": 5}, 400),
    ],
)
async def test_what_makes_no_sense_is_refused_with_a_reason(program, school, path, body, status):
    answered, refused = await program.ask("POST", path, body)
    assert (answered, refused["ok"]) == (status, False)
    assert refused["description"]


async def test_faults_limits_and_poison_are_set_over_http(program, school):
    fault = await program.post(
        "/sim/faults", {"kind": "5xx", "method": "getMe", "status": 503, "count": 2, "seed": 4}
    )
    status, _ = await program.ask("POST", f"/bot{TOKEN}/getMe")
    assert status == 503
    [active] = (await program.get("/sim/faults"))["active"]
    assert (active["id"], active["left"], active["fired"]) == (fault["id"], 1, 1)
    assert (await program.ask("DELETE", f"/sim/faults/{fault['id']}"))[0] == 200
    assert (await program.ask("DELETE", f"/sim/faults/{fault['id']}"))[0] == 404
    assert (await program.bot("getMe"))["id"] == 42
    limits = await program.post("/sim/limits", {"enabled": True, "overall": 5})
    assert (limits["enabled"], limits["overall"], limits["group"]) == (True, 5, 20)
    await program.post("/sim/poison", {"kind": "unknown_reaction"})
    [update] = await program.bot("getUpdates")
    assert update["message_reaction"]["new_reaction"][0]["type"] == "hologram"


async def test_events_beat_when_something_changes(program, school):
    async with program.http.get(f"{program.url}/sim/events") as stream:
        assert stream.content_type == "text/event-stream"
        first = await stream.content.readuntil(b"\n\n")
        await program.post("/sim/people/5/start")
        second = await asyncio.wait_for(stream.content.readuntil(b"\n\n"), 2)
    assert first.startswith(b"data: {")
    assert first != second


async def test_events_beat_for_what_happens_in_process_too(program, school, server):
    async with program.http.get(f"{program.url}/sim/events") as stream:
        await stream.content.readuntil(b"\n\n")
        Town(server.emulator).actor(5).start()
        assert await asyncio.wait_for(stream.content.readuntil(b"\n\n"), 2)


async def test_reset_leaves_bots_and_nothing_else(program, school):
    await program.post("/sim/people/5/start")
    await program.post("/sim/faults", {"kind": "429"})
    await program.post("/sim/reset")
    assert await program.get("/sim/people") == []
    assert (await program.get("/sim/faults"))["active"] == []
    assert (await program.get("/sim/log"))["entries"] == []
    assert [bot["token"] for bot in await program.get("/sim/bots")] == [TOKEN]
    assert await program.bot("getUpdates") == []


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Host": "evil.example"}],
    ids=["origin", "host"],
)
async def test_a_foreign_web_page_cannot_steer_the_emulator(program, school, headers):
    status, refused = await program.ask("POST", "/sim/reset", {}, **headers)
    assert (status, refused["ok"]) == (403, False)
    assert len(await program.get("/sim/people")) == 2


async def test_a_body_that_is_not_json_is_refused(program, school):
    async with program.http.post(
        f"{program.url}/sim/people", data=b"{}", headers={"Content-Type": "text/plain"}
    ) as answer:
        assert answer.status == 400


async def test_every_verb_is_listed(program):
    assert await program.get("/sim/verbs") == list(VERBS)
    assert {
        "send",
        "click",
        "join",
        "request_join",
        "leave",
        "edit",
        "react",
        "block",
        "unblock",
        "send_photo",
    } <= set(VERBS)


async def test_the_guide_names_every_request(server):
    guide = (ROOT / "docs" / "emulator.md").read_text("utf-8")
    paths = {resource.canonical for resource in server.application().router.resources()}
    control = {path.replace(":-?\\d+", "") for path in paths if path.startswith("/sim")}
    assert {path for path in control if path.replace("/{number}", "/1") not in guide} == set()
    assert {f"`{verb}`" for verb in VERBS if f"`{verb}`" not in guide} == set()
