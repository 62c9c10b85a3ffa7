"""House rules of handlers: privileged ones deny by default, filters are awaited, parts are asked for by known names."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import pytest
from aiogram import Router
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.filters import Filter

from bot import routes
from community.actions import Action
from handlers.guard import may, unguarded
from tests.paths import ROOT

GIVEN_BY_FRAME = {
    "bot",
    "raw",
    "actor",
    "texts",
    "clock",
    "event_update",
    "event_from_user",
    "event_chat",
    "state",
    "dispatcher",
}
GIVEN_BY_FILTERS = {"command", "draft", "ref", "asked", "match", "form", "reported"}


def handlers(router: Router) -> Iterator[HandlerObject]:
    for name, observer in router.observers.items():
        if name not in {"update", "error"}:
            yield from observer.handlers
    for child in router.sub_routers:
        yield from handlers(child)


ALL = [handler for router in routes.routers() for handler in handlers(router)]


@pytest.mark.parametrize("module", routes.PRIVILEGED, ids=lambda module: module.__name__)
def test_a_privileged_router_denies_by_default(module: Any):
    """M85."""
    assert unguarded(module.router()) == []


def test_an_unguarded_handler_would_be_noticed():
    async def careless(_message: object) -> None: ...

    async def careful(_message: object) -> None: ...

    router = Router(name="sample")
    router.message.register(careless)
    router.message.register(careful, may(Action.CASE_DECIDE))
    assert [name.rsplit(".", 1)[-1] for name in unguarded(router)] == ["careless"]


@pytest.mark.parametrize(
    "handler", ALL, ids=lambda h: f"{h.callback.__module__}.{h.callback.__name__}"
)
def test_every_filter_is_an_async_filter_of_aiogram(handler: HandlerObject):
    """A sync filter costs a thread hop on every update; an async callable that is no Filter lets everybody in."""
    for each in handler.filters or []:
        assert isinstance(each.callback, Filter) or each.magic is not None, each.callback
        if isinstance(each.callback, Filter):
            assert inspect.iscoroutinefunction(type(each.callback).__call__), each.callback


def test_magic_filters_never_stand_first_on_messages():
    first = [
        handler.callback.__name__
        for router in routes.routers()
        for handler in _message_handlers(router)
        if handler.filters and handler.filters[0].magic is not None
    ]
    assert first == []


def _message_handlers(router: Router) -> Iterator[HandlerObject]:
    for observer in (router.message, router.edited_message):
        yield from observer.handlers
    for child in router.sub_routers:
        yield from _message_handlers(child)


def test_handlers_ask_only_for_parts_that_exist():
    source = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "bot").glob("services*.py")
    )
    unknown = {}
    for handler in ALL:
        _event, *wanted = inspect.signature(handler.callback).parameters
        strange = [
            name
            for name in wanted
            if name not in GIVEN_BY_FRAME | GIVEN_BY_FILTERS and f'"{name}"' not in source
        ]
        if strange:
            unknown[f"{handler.callback.__module__}.{handler.callback.__name__}"] = strange
    assert unknown == {}
