"""iCalendar files (RFC 5545): an expert's duty, a session to come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

PRODUCT = "-//Opora//community//RU"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `uid` is stable, so that a later file moves or cancels it instead of adding another."""

    uid: str
    start: datetime
    end: datetime
    title: str
    text: str = ""
    url: str = ""
    sequence: int = 0
    cancelled: bool = False


def calendar(entries: Iterable[Entry], stamp: datetime, name: str = "") -> bytes:
    """Write a calendar. `stamp` is the instant of writing; instants are given in UTC, so no zone table is needed."""
    from icalendar import Calendar, Event  # noqa: PLC0415 - a slow import that few commands need

    book = Calendar()
    book.add("prodid", PRODUCT)
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    if name:
        book.add("x-wr-calname", name)
    for entry in entries:
        event = Event()
        event.add("uid", entry.uid)
        event.add("dtstamp", stamp)
        event.add("dtstart", entry.start)
        event.add("dtend", entry.end)
        event.add("summary", entry.title)
        event.add("sequence", entry.sequence)
        if entry.text:
            event.add("description", entry.text)
        if entry.url:
            event.add("url", entry.url)
        if entry.cancelled:
            event.add("status", "CANCELLED")
        book.add_component(event)
    return bytes(book.to_ical())
