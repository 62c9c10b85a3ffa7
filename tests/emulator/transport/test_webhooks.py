"""Webhooks insist on delivery, keep each chat in order and give up when told so."""

import asyncio
import itertools

import orjson
import pytest

from emulator.clock import VirtualClock
from emulator.errors import ApiError
from emulator.faults import Fault, FaultKind, Faults
from emulator.feed import WEBHOOK_ACTIVE, Feed
from emulator.updates import SET_WEBHOOK, UpdateQueue
from emulator.webhooks import SECRET_HEADER, Gate, Reply

START = 1_767_600_000.0
URL = "https://bot.example/hook"


async def settle():
    for _ in range(30):
        await asyncio.sleep(0)


class Receiver:
    """A bot's address: answers as the test says and remembers what came when."""

    def __init__(self, clock):
        self.clock = clock
        self.seen = []
        self.headers = []
        self.answers = {}
        self.held = {}
        self.executed = []

    async def post(self, url, headers, body):
        update = orjson.loads(body)
        text = update["message"]["text"]
        self.seen.append((text, self.clock.now() - START))
        self.headers.append(headers)
        if text in self.held:
            await self.held[text].wait()
        answer = self.answers.get(text, Reply(200))
        if isinstance(answer, list):
            answer = answer.pop(0) if answer else Reply(200)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def execute(self, token, method, params):
        if method == "sendSadness":
            raise ApiError(404, "Not Found: method not found")
        self.executed.append((token, method, params))

    @property
    def texts(self):
        return [text for text, _ in self.seen]


@pytest.fixture
def clock():
    return VirtualClock(START)


@pytest.fixture
def receiver(clock):
    return Receiver(clock)


@pytest.fixture
async def feed(clock, receiver):
    queue = UpdateQueue(clock, 1, strict_repeats=False)
    feed = Feed(clock, queue, Gate(receiver.post, receiver.execute), "7:token")
    yield feed
    await feed.close()


def say(feed, text, chat=1):
    feed.queue.push("message", {"chat": {"id": chat}, "text": text}, date=START)


async def test_updates_reach_the_address_with_the_secret(feed, receiver):
    say(feed, "before")
    await feed.set_webhook({"url": URL, "secret_token": "s3cret_-"})
    say(feed, "after")
    await settle()
    assert receiver.texts == ["before", "after"]
    assert receiver.headers[0][SECRET_HEADER] == "s3cret_-"
    assert feed.webhook_info() == {
        "url": URL,
        "has_custom_certificate": False,
        "pending_update_count": 0,
        "max_connections": 40,
    }


async def test_a_failed_update_comes_again_after_doubling_delays(feed, receiver, clock):
    await feed.set_webhook({"url": URL})
    receiver.answers["x"] = [Reply(500)] * 10
    say(feed, "x")
    for _ in range(400):
        await settle()
        clock.advance(1)
    times = [at for _, at in receiver.seen]
    assert times[:7] == [0, 1, 3, 7, 15, 31, 63]
    assert all(60 <= later - earlier <= 120 for earlier, later in itertools.pairwise(times[6:]))
    info = feed.webhook_info()
    assert info["pending_update_count"] == 1
    assert (
        info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    )
    assert info["last_error_date"] == START + times[-1]


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (TimeoutError(), "Read timeout expired"),
        (ConnectionRefusedError(), "Connection refused"),
        (Reply(302), "Wrong response from the webhook: 302 Found"),
    ],
)
async def test_what_went_wrong_is_told(feed, receiver, clock, answer, message):
    await feed.set_webhook({"url": URL})
    receiver.answers["x"] = [answer]
    say(feed, "x")
    await settle()
    assert feed.webhook_info()["last_error_message"] == message
    clock.advance(1)
    await settle()
    assert (receiver.texts, len(feed.queue)) == (["x", "x"], 0)


@pytest.mark.parametrize(("told", "waited"), [("17", 17), ("3600", 3600), ("3601", 1), ("soon", 1)])
async def test_retry_after_is_honoured_up_to_an_hour(feed, receiver, clock, told, waited):
    await feed.set_webhook({"url": URL})
    receiver.answers["x"] = [Reply(429, {"retry-after": told})]
    say(feed, "x")
    await settle()
    clock.advance(waited - 0.5)
    await settle()
    assert len(receiver.seen) == 1
    clock.advance(0.5)
    await settle()
    assert len(receiver.seen) == 2


async def test_one_chat_keeps_its_order_and_holds_up_no_other(feed, receiver, clock):
    await feed.set_webhook({"url": URL})
    receiver.answers["1a"] = [Reply(500)]
    receiver.held["2a"] = asyncio.Event()
    for text, chat in (("1a", 1), ("1b", 1), ("2a", 2), ("2b", 2), ("3a", 3)):
        say(feed, text, chat)
    await settle()
    assert receiver.texts == ["1a", "2a", "3a"]
    clock.advance(1)
    await settle()
    assert receiver.texts == ["1a", "2a", "3a", "1a", "1b"]
    receiver.held["2a"].set()
    await settle()
    assert receiver.texts[-1] == "2b"
    assert len(feed.queue) == 0


async def test_no_more_connections_than_allowed_are_open(feed, receiver):
    await feed.set_webhook({"url": URL, "max_connections": 2})
    for chat in range(1, 5):
        receiver.held[str(chat)] = asyncio.Event()
        say(feed, str(chat), chat)
    await settle()
    assert receiver.texts == ["1", "2"]
    receiver.held["1"].set()
    await settle()
    assert receiver.texts == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("body", "executed"),
    [
        (
            b'{"method":"sendMessage","chat_id":1,"text":"hi"}',
            [("7:token", "sendMessage", {"chat_id": 1, "text": "hi"})],
        ),
        (b'{"method":"getMe"}', []),
        (b'{"method":"setWebhook","url":""}', []),
        (b'{"method":"LogOut"}', []),
        (b'{"ok":true}', []),
        (b"ok", []),
        (b"{broken", []),
    ],
)
async def test_the_answer_may_carry_a_method(feed, receiver, body, executed):
    await feed.set_webhook({"url": URL})
    receiver.answers["x"] = Reply(200, {}, body)
    say(feed, "x")
    await settle()
    assert receiver.executed == executed
    assert len(feed.queue) == 0


async def test_a_refused_method_in_the_answer_is_shown_as_the_last_error(feed, receiver):
    await feed.set_webhook({"url": URL})
    receiver.answers["x"] = Reply(200, {}, b'{"method":"sendSadness"}')
    say(feed, "x")
    await settle()
    assert feed.webhook_info()["last_error_message"] == "Not Found: method not found"


async def test_a_day_of_410_drops_the_webhook_and_polling_works_again(feed, receiver, clock):
    await feed.set_webhook({"url": URL})
    receiver.answers["x"] = [Reply(410)] * 10_000
    say(feed, "x")
    for _ in range(int(22.9 * 60)):
        await settle()
        clock.advance(60)
    assert feed.webhook_info()["url"] == URL
    for _ in range(10):
        await settle()
        clock.advance(60)
    assert feed.webhook_info()["url"] == ""
    assert [update["message"]["text"] for update in await feed.get_updates({})] == ["x"]


@pytest.mark.parametrize(
    ("params", "description"),
    [
        ({"url": "ftp://bot.example"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "http://bot.example"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://"}, "invalid webhook URL specified"),
        ({"url": URL, "secret_token": "я"}, "secret token contains unallowed characters"),
        ({"url": URL, "secret_token": "a b"}, "secret token contains unallowed characters"),
        ({"url": URL, "secret_token": "a" * 257}, "secret token is too long"),
    ],
)
async def test_bad_settings_are_refused_in_telegrams_words(feed, params, description):
    with pytest.raises(ApiError) as refused:
        await feed.set_webhook(params)
    assert (refused.value.code, refused.value.description) == (400, f"Bad Request: {description}")
    assert feed.webhook is None


async def test_a_webhook_is_set_once_a_second_at_most(feed, clock):
    await feed.set_webhook({"url": "http://127.0.0.1:1/hook"})
    with pytest.raises(ApiError) as refused:
        await feed.set_webhook({"url": URL})
    assert (refused.value.code, refused.value.parameters) == (429, {"retry_after": 1})
    clock.advance(1)
    assert await feed.set_webhook({"url": URL})


async def test_polling_and_a_webhook_exclude_each_other(feed, receiver):
    poll = asyncio.ensure_future(feed.get_updates({"timeout": 30}))
    await settle()
    await feed.set_webhook({"url": URL})
    with pytest.raises(ApiError) as ended:
        await poll
    assert (ended.value.code, ended.value.description) == (409, SET_WEBHOOK)
    with pytest.raises(ApiError) as refused:
        await feed.get_updates({})
    assert (refused.value.code, refused.value.description) == (409, WEBHOOK_ACTIVE)
    await feed.delete_webhook({})
    say(feed, "x")
    assert len(await feed.get_updates({})) == 1
    assert receiver.seen == []


async def test_what_waits_can_be_dropped(feed, receiver):
    say(feed, "old")
    await feed.set_webhook(
        {"url": URL, "drop_pending_updates": True, "allowed_updates": ["message"]}
    )
    say(feed, "young")
    await settle()
    assert receiver.texts == ["young"]
    assert feed.webhook_info()["allowed_updates"] == ["message"]


async def test_faults_reach_webhooks_too(feed, receiver, clock):
    faults = Faults(clock)
    faults.add(Fault(FaultKind.DUPLICATE))
    feed.queue.distort = faults.distort
    await feed.set_webhook({"url": URL})
    say(feed, "x")
    await settle()
    assert receiver.texts == ["x", "x"]


async def test_an_expired_update_is_no_longer_insisted_on(feed, receiver, clock):
    await feed.set_webhook({"url": URL})
    receiver.answers["x"] = [Reply(500)] * 10
    say(feed, "x")
    await settle()
    clock.advance(86_400)
    await settle()
    assert receiver.texts == ["x"]
    assert feed.webhook_info()["pending_update_count"] == 0
