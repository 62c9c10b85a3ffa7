"""Advertising law before planning: no advertiser, no label, no consent, no message (38-FZ 18, 18.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.effects import MessageClass
from core.errors import Refusal

_ERID = re.compile(r"[A-Za-z0-9]{8,64}")
"""The token of the advertising register; its operators issue letters and digits."""


@dataclass(frozen=True, slots=True)
class Advertising:
    """Settings of the school. `advertiser`: legal name with tax number; empty = no advertising at all."""

    advertiser: str = ""
    erid_required: bool = True


@dataclass(frozen=True, slots=True)
class AdItem:
    """What is about to be planned."""

    message_class: MessageClass
    purpose: str
    text: str
    label: str = ""
    """`Реклама` or `Advertisement`, as it will be shown."""
    erid: str = ""
    own_offer: bool = True
    """True: the school speaks of its own services to its own families."""


LABELS = ("реклама", "advertisement")


def advertising_allowed(item: AdItem, settings: Advertising) -> Refusal | None:
    """Tell why an advertising item must not be planned; None: it may. Other classes are not advertising."""
    if item.message_class is not MessageClass.MARKETING:
        return None
    if item.purpose != "marketing":
        return Refusal("advertising.purpose", purpose=item.purpose)
    if not settings.advertiser.strip():
        return Refusal("advertising.no_advertiser")
    if not item.label.strip().lower().startswith(LABELS):
        return Refusal("advertising.no_label")
    if settings.erid_required and not item.own_offer and not _ERID.fullmatch(item.erid):
        return Refusal("advertising.no_erid")
    return None
