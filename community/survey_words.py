"""Names and contacts in what a parent writes about the school: staff read the words, not who was meant (L114)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from community.mentorship.personal import HIDDEN, hide
from texts.names import Case, inflect

_BIRTH = re.compile(r"(?<!\d)[0-3]?\d[./](?:0?[1-9]|1[0-2])[./](?:19|20)?\d{2}(?!\d)")


def mask(text: str, names: Iterable[str]) -> str:
    """Put dots in place of contacts, full dates, and the names of the family in every Russian case."""
    text = _BIRTH.sub(HIDDEN, hide(text)[0])
    forms = {
        inflect(part, case)
        for name in names
        for part in (name, *name.split())
        for case in Case
        if len(part) > 1
    }
    for form in sorted(forms, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(form)}(?!\w)", HIDDEN, text, flags=re.IGNORECASE)
    return text
