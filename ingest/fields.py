"""Reading single values of events: lenient about form (numbers as text), strict about meaning."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from core.localtime import known_zone
from ingest.problems import Wrong

LONGEST_TEXT = 190
LONGEST_URL = 500
WEEKDAYS = {"mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6, "sun": 7}
_TIME = re.compile(r"^([01]?\d|2[0-3]):([0-5]\d)$")
_CURRENCIES = {"RUB": "₽", "EUR": "€", "USD": "$", "KZT": "₸", "BYN": "Br"}
_YES, _NO = {"true", "yes", "1"}, {"false", "no", "0"}

Read = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One property. `read` turns a sent value into a stored one and raises ValueError when it means nothing."""

    name: str
    read: Read
    required: bool = False
    also: tuple[str, ...] = ()
    """Other names it is sent under."""

    def take(self, sent: Mapping[str, Any], where: str) -> Any:
        """Read the property; None when it is absent. Raises Wrong."""
        for name in (self.name, *self.also):
            value = sent.get(name)
            if value is not None and value != "":
                try:
                    return self.read(value)
                except (ValueError, TypeError, InvalidOperation, OverflowError):
                    raise Wrong("schema.value", f"{where}.{name}") from None
        if self.required:
            raise Wrong("schema.missing", f"{where}.{self.name}")
        return None


def text(value: Any) -> str:
    """Read a short text or a number as one."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise TypeError
    said = " ".join(printable(value).split())
    if not said or len(said) > LONGEST_TEXT:
        raise ValueError
    return said


def printable(value: Any) -> str:
    """Write a value without control characters, which PostgreSQL keeps in no text."""
    said = "" if value is None else str(value)
    return said if said.isprintable() else "".join(c if c.isprintable() else " " for c in said)


def whole(low: int, high: int) -> Read:
    """Read a whole number between two bounds, both included; fractions are rounded."""

    def read(value: Any) -> int:
        if isinstance(value, bool):
            raise TypeError
        number = round(Decimal(str(value)))
        if not low <= number <= high:
            raise ValueError
        return number

    return read


def share(value: Any) -> float:
    """Read a number between 0 and 1."""
    number = float(value)
    if isinstance(value, bool) or not 0 <= number <= 1:
        raise ValueError
    return number


def flag(value: Any) -> bool:
    """Read yes or no."""
    if isinstance(value, bool):
        return value
    said = str(value).lower()
    if said not in _YES | _NO:
        raise ValueError
    return said in _YES


def one_of(*allowed: str) -> Read:
    """Read one of some words."""

    def read(value: Any) -> str:
        said = str(value).lower()
        if said not in allowed:
            raise ValueError
        return said

    return read


def day(value: Any) -> str:
    """Read a date (or the date of an instant) as ISO."""
    return date.fromisoformat(str(value)[:10]).isoformat()


def instant(value: Any) -> str:
    """Read an instant with its offset as ISO."""
    at = datetime.fromisoformat(str(value))
    if at.tzinfo is None:
        raise ValueError
    return at.isoformat()


def url(value: Any) -> str:
    """Read an https address."""
    said = str(value)
    if not said.startswith("https://") or len(said) > LONGEST_URL or " " in printable(said):
        raise ValueError
    return said


def zone(value: Any) -> str:
    """Read an IANA time zone."""
    if known_zone(str(value)) is None:
        raise ValueError
    return str(value)


def schedule(value: Any) -> dict[str, Any]:
    """Read planned weekdays: `["mon", "thu"]`, `[1, 4]` or `{"days": [...], "time": "17:00"}`."""
    days, time = (
        (value.get("days"), value.get("time")) if isinstance(value, dict) else (value, None)
    )
    if not isinstance(days, list) or len(days) > 7:  # noqa: PLR2004 - a week
        raise TypeError
    read: dict[str, Any] = {"days": sorted({_weekday(one) for one in days})}
    if time:
        found = _TIME.match(str(time))
        if found is None:
            raise ValueError
        read["time"] = f"{int(found[1]):02}:{found[2]}"
    return read


def _weekday(value: Any) -> int:
    number = WEEKDAYS.get(str(value).lower()[:3]) or int(value)
    if number not in range(1, 8):
        raise ValueError
    return number


def money(amount: Any, currency: Any) -> str:
    """Write an amount as it is shown: `1 950 ₽`. ValueError: no amount."""
    number = Decimal(str(amount))
    if not number.is_finite() or abs(number) >= 10**9:
        raise ValueError
    written = f"{number:,.2f}".removesuffix(".00").replace(",", "\u00a0").replace(".", ",")
    code = str(currency or "RUB").upper()[:3]
    return f"{written}\u00a0{_CURRENCIES.get(code, code)}"
