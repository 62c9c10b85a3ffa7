"""Phones, addresses and account names in what two people write to each other through the bot."""

from __future__ import annotations

import re

_PHONE = re.compile(r"(?<![\w@])\+?\d(?:[\s().-]{0,3}\d){9,14}(?!\w)")
"""Ten to fifteen digits with the usual marks between: a date has eight, a sum fewer."""
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_ACCOUNT = re.compile(r"(?<![\w.])@[A-Za-z]\w{3,31}\b|(?:https?://)?t\.me/[\w+/-]+", re.IGNORECASE)
_PLACES = ((_MAIL, "mail"), (_PHONE, "phone"), (_ACCOUNT, "account"))
HIDDEN = "•••"


def hide(text: str) -> tuple[str, list[str]]:
    """Put dots in place of contacts; tell which kinds there were, each once."""
    found = []
    for pattern, kind in _PLACES:
        text, count = pattern.subn(HIDDEN, text)
        if count:
            found.append(kind)
    return text, found
