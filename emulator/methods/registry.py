"""The table of methods that have behaviour."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from emulator.world.files import Upload
from emulator.world.model import Bot
from emulator.world.world import World

Result = Any
Handler = Callable[["Request"], Result | Awaitable[Result]]

HANDLERS: dict[str, Handler] = {}
"""Behaviour by the method's official name."""


@dataclass(slots=True)
class Request:
    """One accepted call: whose it is and its parameters in plain JSON shape."""

    world: World
    bot: Bot
    method: str
    params: dict[str, Any]
    files: Mapping[str, Upload]

    def get(self, name: str, default: Any = None) -> Any:
        return self.params.get(name, default)

    def __getitem__(self, name: str) -> Any:
        return self.params[name]


def method(*names: str) -> Callable[[Handler], Handler]:
    """Register the decorated function as the behaviour of these methods."""

    def register(handler: Handler) -> Handler:
        for name in names:
            HANDLERS[name] = handler
        return handler

    return register
