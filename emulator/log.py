"""The append-only record of calls and of what reached whom: the judge in tests of delivery."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from emulator.errors import ApiError, TransportFault
from emulator.format.rich import plain_text

Json = dict[str, Any]


def text_of(message: Json) -> str:
    """Return the words of a message: text, caption or rich blocks."""
    if "rich_message" in message:
        return plain_text(message["rich_message"])
    words: str = message.get("text") or message.get("caption") or ""
    return words


@dataclass(frozen=True, slots=True)
class Call:
    """One API call and its outcome. `at` is in unix seconds on the emulator's clock."""

    number: int
    at: float
    bot_id: int
    method: str
    params: Json
    result: Any = None
    error: ApiError | TransportFault | None = None

    @property
    def ok(self) -> bool:
        return self.error is None

    @property
    def outcome(self) -> str:
        """Return `ok`, the description of the refusal, or the kind of the fault."""
        if self.error is None:
            return "ok"
        return self.error.description if isinstance(self.error, ApiError) else self.error.kind

    @property
    def chat_id(self) -> int | str | None:
        return self.params.get("chat_id")


@dataclass(frozen=True, slots=True)
class Arrival:
    """One message of a bot as it came to people: its first form, or what an edit made of it.

    `receiver` is the only person who sees it (private and ephemeral messages), None when the whole chat does.
    """

    number: int
    at: float
    bot_id: int
    method: str
    chat_id: int
    message: Json
    receiver: int | None = None
    markup: Json | None = None
    """Any reply markup: inline keyboard, reply keyboard, its removal, forced reply."""

    @property
    def message_id(self) -> int:
        number: int = self.message["message_id"]
        return number

    @property
    def text(self) -> str:
        """Return the text, the caption or the words of a rich message; empty when there are none."""
        return text_of(self.message)

    @property
    def is_edit(self) -> bool:
        return "edit_date" in self.message


@dataclass(slots=True)
class Log:
    """Calls and arrivals in one order: `number` grows over both.

    `limit` is how many of each are kept at least; None keeps all, as a judge of deliveries needs.
    """

    limit: int | None = None
    calls: list[Call] = field(default_factory=list)
    arrivals: list[Arrival] = field(default_factory=list)
    last_number: int = 0

    def next_number(self) -> int:
        self.last_number += 1
        return self.last_number

    def call(self, entry: Call) -> None:
        """Write down a call."""
        self.calls.append(entry)
        self._trim(self.calls)

    def arrival(self, entry: Arrival) -> None:
        """Write down what reached somebody."""
        self.arrivals.append(entry)
        self._trim(self.arrivals)

    def _trim(self, entries: list[Call] | list[Arrival]) -> None:
        # A quarter more than asked for, so that the list is moved seldom.
        if self.limit is not None and len(entries) > self.limit * 5 // 4:
            del entries[: len(entries) - self.limit]

    def calls_of(self, method: str, *, chat_id: int | None = None) -> list[Call]:
        """List the calls of one method, oldest first, to one chat if given."""
        return [
            call
            for call in self.calls
            if call.method == method and (chat_id is None or call.chat_id == chat_id)
        ]

    def reached(self, person_id: int) -> list[Arrival]:
        """List what came to one person alone, edits included, oldest first."""
        return [arrival for arrival in self.arrivals if arrival.receiver == person_id]

    def in_chat(self, chat_id: int) -> list[Arrival]:
        """List what bots wrote into one chat, edits included, oldest first."""
        return [arrival for arrival in self.arrivals if arrival.chat_id == chat_id]

    def failures(self) -> Iterator[Call]:
        """Yield the calls that ended with a refusal or a fault."""
        return (call for call in self.calls if not call.ok)
