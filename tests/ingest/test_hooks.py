"""Notices of payment providers and the CRM: proven, understood, stored once; what is spoofed leaves no trace."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import timedelta
from urllib.parse import quote_plus, urlencode

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from ingest.hooks import bitrix, cloudpayments, prodamus, yookassa
from ingest.hooks.heard import Later, Spoofed
from ingest.hooks.routes import Hooks, hook_routes
from scheduler.progress.model import State

SECRET = "a-secret"
PAY = {
    "TransactionId": "455",
    "Amount": "1950.00",
    "Currency": "RUB",
    "DateTime": "2026-11-23 08:00:00",
    "AccountId": "parent-1",
    "Name": "Анна + Вера",
    "SubscriptionId": "sc_1",
}


def signed(raw: bytes, secret: str = SECRET) -> str:
    return base64.b64encode(hmac.new(secret.encode(), raw, hashlib.sha256).digest()).decode()


@pytest.mark.parametrize(
    ("case", "raw", "headers", "is_true"),
    [
        ("the body as it was sent", urlencode(PAY).encode(), {"Content-HMAC": 0}, True),
        ("percent signs and pluses resolved", urlencode(PAY).encode(), {"X-Content-HMAC": 1}, True),
        ("JSON with Cyrillic", json.dumps(PAY, ensure_ascii=False).encode(), {"Content-HMAC": 0}, True),
        ("a changed amount", urlencode(PAY).encode(), {"Content-HMAC": 2}, False),
        ("no signature", urlencode(PAY).encode(), {}, False),
    ],
)  # fmt: skip
def test_cloudpayments_is_believed_by_its_signature_over_raw_bytes(case, raw, headers, is_true):
    """L51."""
    decoded = "&".join(f"{name}={value}" for name, value in PAY.items()).encode()
    values = [signed(raw), signed(decoded), signed(raw.replace(b"1950", b"1"))]
    given = {name: values[number] for name, number in headers.items()}
    if is_true:
        cloudpayments.verify(raw, given, SECRET)
    else:
        with pytest.raises(Spoofed):
            cloudpayments.verify(raw, given, SECRET)


def test_cloudpayments_golden_vector():
    """L51: `+` and Cyrillic; made with `openssl dgst -sha256 -hmac a-secret -binary | base64`."""
    raw = b"AccountId=parent-1&Name=%D0%90%D0%BD%D0%BD%D0%B0+%2B+1"
    cloudpayments.verify(raw, {"Content-HMAC": GOLDEN}, SECRET)


GOLDEN = "yj2ocB81J6N5D8urmLAIUyzAXvz2Ncsd3TDaqQ/W8OE="


@pytest.mark.parametrize(
    ("kind", "said", "event", "properties"),
    [
        ("pay", {}, "payment_succeeded", {"payment_id": "455", "amount": "1950.00", "autopay": True}),
        ("pay", {"SubscriptionId": ""}, "payment_succeeded", {"payment_id": "455"}),
        ("fail", {}, "payment_failed", {"payment_id": "455"}),
        ("refund", {}, "refund", {"payment_id": "455"}),
        ("recurrent", {"Id": "sc_1", "Status": "Cancelled"}, "autopay_off", {}),
        ("recurrent", {"Id": "sc_1", "Status": "Active"}, "autopay_on", {}),
        ("check", {}, None, {}),
        ("pay", {"AccountId": ""}, None, {}),
    ],
)  # fmt: skip
def test_what_cloudpayments_says(kind, said, event, properties):
    told = cloudpayments.message(kind, urlencode(PAY | said).encode())
    if event is None:
        assert told is None
        return
    assert (told["event"], told["userId"]) == (event, "parent-1")
    assert properties.items() <= told["properties"].items()


FORM = (
    "date=2026-11-23T12%3A00%3A00%2B03%3A00&order_id=77&order_num=parent-1&sum=1950.00&payment_status=success"
    "&customer_email=a%40b.example&products%5B0%5D%5Bname%5D=%D0%9A%D1%83%D1%80%D1%81+1%2F2&products%5B0%5D%5Bprice%5D=1950.00"
)
WRITTEN = (
    '{"customer_email":"a@b.example","date":"2026-11-23T12:00:00+03:00","order_id":"77","order_num":"parent-1",'
    '"payment_status":"success","products":[{"name":"Курс 1\\/2","price":"1950.00"}],"sum":"1950.00"}'
)


def test_prodamus_is_believed_by_its_signature_over_nested_fields():
    """L52: nested arrays, unicode, slashes."""
    assert prodamus.written(prodamus.nested(FORM.encode())) == WRITTEN
    sign = hmac.new(SECRET.encode(), WRITTEN.encode(), hashlib.sha256).hexdigest()
    prodamus.verify(FORM.encode(), {"Sign": sign}, SECRET)
    with pytest.raises(Spoofed):
        prodamus.verify(FORM.replace("1950", "1").encode(), {"Sign": sign}, SECRET)
    told = prodamus.message("", FORM.encode())
    assert (told["event"], told["userId"]) == ("payment_succeeded", "parent-1")
    assert told["properties"] == {"payment_id": "77", "amount": "1950.00", "currency": "RUB"}


class Provider:
    """YooKassa's API, as far as it is asked."""

    def __init__(self, **known) -> None:
        self.known = {
            "status": "succeeded",
            "amount": {"value": "1950.00", "currency": "RUB"},
            "metadata": {"user_id": "parent-1"},
            "captured_at": "2026-11-23T08:00:00Z",
        } | known

    async def fetch(self, _address):
        if self.known.get("silent"):
            raise Later
        return self.known


NOTICE = {
    "type": "notification",
    "event": "payment.succeeded",
    "object": {"id": "22e12f66-000f", "status": "succeeded", "amount": {"value": "1950.00", "currency": "RUB"}},
}  # fmt: skip


@pytest.fixture
async def front(lms):
    """The hooks on a door of their own; requests seem to come from `address`."""
    front = Front(lms)
    site = web.Application()
    site.add_routes(hook_routes(front.hooks))
    async with TestClient(TestServer(site)) as client:
        front.client = client
        yield front


class Front:
    def __init__(self, lms) -> None:
        self.lms, self.provider, self.address = lms, Provider(), "185.71.76.5"
        self.crm = Crm()
        self.clock = Hurried(lms.clock)
        self.deals = bitrix.Deals(lms.database, self.crm.call, self._store, self.clock)
        self.hooks = Hooks(
            lms.intake,
            lms.clock,
            "lms",
            cloudpayments_secret=SECRET,
            prodamus_secret=SECRET,
            ask_yookassa=self._ask,
            bitrix_token=SECRET,
            deals=self.deals,
            sender=lambda _request: self.address,
        )

    async def _ask(self, address):
        return await self.provider.fetch(address)

    async def _store(self, messages):
        await self.hooks.keep(messages)

    async def post(self, path, raw, **headers):
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        async with self.client.post(f"/hooks/{path}", data=raw, headers=form | headers) as answer:
            return answer.status

    async def events(self):
        rows = await self.lms.rows("SELECT name, state, error FROM platform_events ORDER BY id")
        return [tuple(row) for row in rows]


async def test_a_payment_reported_twice_is_one_event_of_the_family(front):
    """L39 L51."""
    parent, [child] = await front.lms.family()
    raw = urlencode(PAY).encode()
    for _ in range(2):
        assert await front.post("cloudpayments/pay", raw, **{"Content-HMAC": signed(raw)}) == 200
    await front.lms.taker.tick()
    assert await front.events() == [("payment_succeeded", "applied", None)]
    assert (await front.lms.known(parent, child))["subscribed"] is True


@pytest.mark.parametrize(
    ("case", "address", "known", "status", "stored"),
    [
        ("L50 a known address, the amount fits", "185.71.76.5", {}, 200, State.RECEIVED),
        ("L50 a foreign address", "203.0.113.7", {}, 403, None),
        ("L50 another amount", "2a02:5180::1", {"amount": {"value": "1.00", "currency": "RUB"}}, 200, State.QUARANTINED),
        ("L50 not paid after all", "77.75.156.11", {"status": "pending"}, 200, State.QUARANTINED),
        ("L50 the API is silent: come again", "185.71.76.5", {"silent": True}, 503, None),
        ("nobody of ours", "185.71.76.5", {"metadata": {}}, 200, None),
    ],
)  # fmt: skip
async def test_yookassa_is_believed_by_its_address_and_by_what_its_api_says(
    front, case, address, known, status, stored
):
    front.address, front.provider = address, Provider(**known)
    assert await front.post("yookassa", json.dumps(NOTICE).encode()) == status, case
    events = await front.events()
    assert [state for _, state, _ in events] == ([stored.value] if stored else []), case
    if stored is State.QUARANTINED:
        assert events[0][2] == "payment.mismatch"


@pytest.mark.parametrize(
    "raw", [b"", b"{", b'{"event":"payment.succeeded"}', b'{"event":"x","object":{"id":1}}']
)
async def test_yookassas_other_notices_are_taken_and_mean_nothing(raw):
    assert await yookassa.message(raw, Provider().fetch) == (None, "")


class Hurried:
    """The platform's clock; sleep passes at once and is counted."""

    def __init__(self, clock) -> None:
        self.now, self.slept = clock.now, 0.0

    async def sleep(self, seconds):
        self.slept += seconds


class Crm:
    """A Bitrix24 that counts requests."""

    def __init__(self) -> None:
        self.deals, self.asked = {}, []

    def won(self, number, modified):
        self.deals[str(number)] = {
            "ID": str(number), "STAGE_ID": "C1:WON", "CONTACT_ID": f"parent-{number}", "OPPORTUNITY": "1950.00",
            "CURRENCY_ID": "RUB", "DATE_MODIFY": modified.isoformat(),
        }  # fmt: skip

    async def call(self, method, parameters):
        assert method == "crm.deal.list"
        self.asked.append(parameters)
        wanted, start = parameters["filter"], parameters["start"]
        found = [
            deal
            for number, deal in self.deals.items()
            if number in wanted.get("ID", [number])
            and deal["DATE_MODIFY"] >= wanted.get(">=DATE_MODIFY", "")
        ]
        more = {"next": start + bitrix.PAGE} if len(found) > start + bitrix.PAGE else {}
        return {"result": found[start : start + bitrix.PAGE], **more}


def changed(number, token=SECRET):
    said = {
        "event": "ONCRMDEALUPDATE",
        "data[FIELDS][ID]": number,
        "auth[application_token]": token,
    }
    return "&".join(f"{quote_plus(name)}={value}" for name, value in said.items()).encode()


async def test_a_mass_edit_is_read_in_pages_at_two_requests_a_second(front):
    """L48: a thousand deals, each changed twice, nothing lost."""
    lms = front.lms
    await front.deals.tick()
    for number in range(1, 1001):
        front.crm.won(number, lms.clock.now())
        for _ in range(2):
            front.deals.changed(str(number))
    assert await front.post("bitrix", changed(7)) == 200
    assert await front.post("bitrix", changed(7, "guessed")) == 403
    assert await front.deals.tick() == 1000
    assert len(front.crm.asked) == 20
    assert front.clock.slept == 20 * bitrix.SPACE
    assert len(await front.events()) == 1000


async def test_a_lost_notice_is_found_within_a_quarter_of_an_hour(front):
    """L49."""
    await front.deals.tick()
    await front.lms.clock.advance(timedelta(minutes=3))
    front.crm.won(5, front.lms.clock.now())
    await front.lms.clock.advance(timedelta(minutes=11))
    assert await front.deals.tick() == 0
    await front.lms.clock.advance(timedelta(minutes=1))
    assert await front.deals.tick() == 1
    await front.lms.clock.advance(timedelta(minutes=15))
    assert await front.deals.tick() == 0
    assert await front.events() == [("payment_succeeded", "received", None)]


async def test_while_the_crm_is_silent_nothing_is_forgotten(front):
    """L48."""
    front.crm.won(5, front.lms.clock.now())
    front.deals.changed("5")
    calls = front.crm.call

    async def silent(_method, _parameters):
        raise Later

    front.deals.call = silent
    with pytest.raises(Later):
        await front.deals.tick()
    front.deals.call = calls
    assert await front.deals.tick() == 1
