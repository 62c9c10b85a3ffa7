"""Personal data typed into the chat, and the forms in which the school's page takes them.

Phone numbers and full birth dates must be collected on the school's own server (152-FZ 18.5), so a message that holds
them is not stored: the parent is asked to remove it and gets a link to the form.
"""

from __future__ import annotations

import re
from datetime import date

from core.errors import Refusal

_PHONE = re.compile(
    r"(?<![\d.,№#-])(?:\+7|8|7)[\s(-]*\d{3}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}(?!\d)"
)
_ABROAD = re.compile(r"(?<!\d)\+\d[\d\s()-]{8,17}\d(?!\d)")
_DATE = re.compile(r"(?<!\d)(?:[0-3]?\d)[./](?:0?[1-9]|1[0-2])[./](?:19|20)\d{2}(?!\d)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]{2,}")
PHONE_DIGITS = range(10, 16)
"""E.164 allows up to 15; Russian numbers have 10 and the country's code."""
OLDEST_CHILD = 19


def holds_personal_data(text: str) -> bool:
    """Tell whether a text holds a phone number, an e-mail address or a full date of birth.

    Prices and order numbers do not count (M39): a phone needs a country or trunk digit and exactly its digits.
    """
    return any(pattern.search(text) for pattern in (_PHONE, _ABROAD, _DATE, _EMAIL))


def phone_of(text: str) -> str:
    """Write a phone as +digits. Refuses `form.phone`."""
    digits = re.sub(r"\D", "", text)
    if len(digits) == 11 and digits[0] == "8":  # noqa: PLR2004 - trunk prefix and 10 digits
        digits = f"7{digits[1:]}"
    if len(digits) == 10:  # noqa: PLR2004 - a Russian number without its prefix
        digits = f"7{digits}"
    if len(digits) not in PHONE_DIGITS:
        raise Refusal("form.phone")
    return f"+{digits}"


def birth_of(text: str, today: date) -> str:
    """Read an ISO date of birth of a child. Refuses `form.birth`: future, or older than 19 years."""
    try:
        born = date.fromisoformat(text.strip())
    except ValueError:
        raise Refusal("form.birth") from None
    if not 0 <= today.year - born.year <= OLDEST_CHILD or born > today:
        raise Refusal("form.birth")
    return born.isoformat()
