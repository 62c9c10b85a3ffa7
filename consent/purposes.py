"""What data is used for. Each purpose is asked, answered and withdrawn on its own (152-FZ 9, GDPR 7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from core.errors import Refusal


class Purpose(StrEnum):
    """A line of the ledger. `care` has no document: it is the right to say "no more digests" and keep the rest."""

    SERVICE = "service"
    CROSS_BORDER = "cross_border"
    CHILD_DATA = "child_data"
    PERSONALISATION = "personalisation"
    MARKETING = "marketing"
    CARE = "care"


class Basis(StrEnum):
    """Lawful basis (GDPR 6, 152-FZ 6)."""

    CONTRACT = "contract"
    CONSENT = "consent"
    PARENTAL_CONSENT = "parental_consent"


@dataclass(frozen=True, slots=True)
class PurposeTerms:
    """What a record says about its purpose. `needs_grant`: no answer means no."""

    basis: Basis
    categories: tuple[str, ...]
    retention: str
    about_child: bool = False
    needs_grant: bool = True
    has_document: bool = True


TERMS: Mapping[Purpose, PurposeTerms] = MappingProxyType(
    {
        Purpose.SERVICE: PurposeTerms(
            Basis.CONTRACT,
            ("telegram_account", "language", "zone", "questions"),
            "contract and 3 years of limitation",
            needs_grant=False,
        ),
        Purpose.CROSS_BORDER: PurposeTerms(
            Basis.CONSENT, ("telegram_account", "message_texts"), "until withdrawn"
        ),
        Purpose.CHILD_DATA: PurposeTerms(
            Basis.PARENTAL_CONSENT,
            ("child_first_name", "child_birth_month", "learning_progress"),
            "until withdrawn, 30 days to destroy",
            about_child=True,
        ),
        Purpose.PERSONALISATION: PurposeTerms(
            Basis.CONSENT, ("child_age", "child_first_name", "activity"), "until withdrawn"
        ),
        Purpose.MARKETING: PurposeTerms(
            Basis.CONSENT, ("telegram_account", "purchases"), "until withdrawn"
        ),
        Purpose.CARE: PurposeTerms(
            Basis.PARENTAL_CONSENT,
            ("telegram_account",),
            "until withdrawn",
            needs_grant=False,
            has_document=False,
        ),
    }
)
"""Shown in docs/consent.md; every record repeats the row of its purpose."""

ASKED: tuple[Purpose, ...] = tuple(purpose for purpose in Purpose if TERMS[purpose].has_document)
"""Purposes with a document, in the order they are asked."""
STOPPABLE: tuple[Purpose, ...] = (Purpose.MARKETING, Purpose.CARE)
"""What one tap on "stop" ends: everything but service."""


def purpose_of(word: str) -> Purpose:
    """Read a purpose from outside; an unknown one is refused `consent.unknown_purpose`."""
    try:
        return Purpose(word)
    except ValueError:
        raise Refusal("consent.unknown_purpose") from None
