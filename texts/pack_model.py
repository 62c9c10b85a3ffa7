"""An editorial item: what a methodist writes once and families get at the right hour."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.cohorts import Cohort, Tone
from core.effects import MessageClass
from texts.placeholders import KNOWN, Source, slots

KINDS = (
    "abandoned",
    "anniversary",
    "birthday",
    "churn_point",
    "conversion",
    "digest",
    "loyalty",
    "milestone",
    "onboarding",
    "payment",
    "post_sale",
    "referral",
    "reminder",
    "renewal",
    "season",
    "streak",
    "survey",
    "win_back",
)
"""What a message is about; the folder of its pack."""
PURPOSES = ("service", "child_data", "personalisation", "marketing")
"""Consent an item stands on."""
PURPOSES_OF_CLASS = {
    MessageClass.SERVICE: ("service",),
    MessageClass.CARE: ("child_data", "personalisation"),
    MessageClass.MARKETING: ("marketing",),
}
ACTIONS = {
    "tick": "отметить пункт списка: tick:book",
    "fact": "запомнить ответ: fact:goal=speech",
    "done": "сделано, сообщить сценарию: done:first_task",
    "open": "открыть экран бота: open:progress",
    "url": "открыть страницу: url:lesson_url или url:https://...",
    "pause": "пауза в сообщениях: pause:2w",
    "stop": "больше не присылать: stop",
}
"""Verbs of button actions."""
SCREENS = (
    "ama", "ask", "cancel", "child", "community", "consent", "digest", "goals", "help", "mentor", "menu", "pause",
    "progress", "schedule",
)  # fmt: skip
ACTION_LIMIT = 40
"""Bytes; the rest of Telegram's 64 bytes of callback data is for the message's own number."""
BUTTON_LIMIT = 40
"""Characters a button shows on a phone without being cut."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: what it says and what it does (`verb:argument`, verbs in ACTIONS)."""

    label: str
    action: str


@dataclass(frozen=True, slots=True)
class Validity:
    """When an item may be sent, by the reader's local date. Ends are included; a season may cross New Year."""

    since: date | None = None
    until: date | None = None
    season: tuple[tuple[int, int], tuple[int, int]] | None = None
    """First and last (month, day) of every year."""

    def holds(self, on: date) -> bool:
        """Tell whether `on` lies inside."""
        if (self.since and on < self.since) or (self.until and on > self.until):
            return False
        if self.season is None:
            return True
        first, last = self.season
        today = (on.month, on.day)
        return first <= today <= last if first <= last else today >= first or today <= last


@dataclass(frozen=True, slots=True)
class Item:
    """One message in one language.

    months: age of the child in full months, both ends included; None means any. generic: the text for a family that
    gave no consent to personalisation; None means the item is not sent to them when it is personal. label: the
    advertising label of a marketing item. extra_needs: facts required besides those the text names.
    """

    id: str
    version: int
    kind: str
    message_class: MessageClass
    purpose: str
    cohorts: frozenset[Cohort]
    tone: Tone
    lang: str
    text: str
    months: tuple[int, int] | None = None
    generic: str | None = None
    buttons: tuple[Button, ...] = ()
    validity: Validity = Validity()
    sticker: str = ""
    media: str = ""
    label: str = ""
    extra_needs: frozenset[str] = frozenset()
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)

    @property
    def needs(self) -> frozenset[str]:
        """Facts without which it cannot be written in full; what the school always knows is not counted."""
        links = {b.action.removeprefix("url:") for b in self.buttons if b.action.startswith("url:")}
        asked = {name for name in links & KNOWN.keys() if not _is_schools(name)}
        return _needed(self.text) | self.extra_needs | asked

    @property
    def is_personal(self) -> bool:
        """Whether it names the child or the age, or is chosen by age in months or by cohort."""
        by_age = self.months is not None or Cohort.UNKNOWN not in self.cohorts
        return by_age or any(
            KNOWN[name].source is Source.PERSONAL for name in self.needs if name in KNOWN
        )

    @property
    def content_hash(self) -> str:
        """Sixteen hex digits of everything a reader could see or that decides who gets it."""
        plain = json.dumps(
            self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        return hashlib.sha256(plain.encode()).hexdigest()[:16]

    @property
    def ref(self) -> str:
        """How an outbox row names the item: `digest-3-5-boots@2`."""
        return f"{self.id}@{self.version}"

    def fits(self, cohort: Cohort | None, age_months: int | None, at: date | None) -> bool:
        """Tell whether the item is meant for this cohort and age and is in force on the local date `at`."""
        if cohort is not None and cohort not in self.cohorts:
            return False
        if self.months is not None and not (
            age_months is not None and self.months[0] <= age_months <= self.months[1]
        ):
            return False
        return at is None or self.validity.holds(at)

    def to_json(self) -> dict[str, Any]:
        """Plain values, for a stored snapshot; `from_json` reads them back."""
        since, until, season = self.validity.since, self.validity.until, self.validity.season
        return {
            "id": self.id,
            "version": self.version,
            "kind": self.kind,
            "class": self.message_class.value,
            "purpose": self.purpose,
            "cohorts": sorted(self.cohorts),
            "tone": self.tone.value,
            "lang": self.lang,
            "text": self.text,
            "months": list(self.months) if self.months else None,
            "generic": self.generic,
            "buttons": [[button.label, button.action] for button in self.buttons],
            "since": since.isoformat() if since else None,
            "until": until.isoformat() if until else None,
            "season": [list(day) for day in season] if season else None,
            "sticker": self.sticker,
            "media": self.media,
            "label": self.label,
            "needs": sorted(self.extra_needs),
        }

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Item:
        """Read back what `to_json` wrote, so that a message is rendered from the version it was planned with."""
        season = plain["season"]
        return cls(
            id=plain["id"],
            version=plain["version"],
            kind=plain["kind"],
            message_class=MessageClass(plain["class"]),
            purpose=plain["purpose"],
            cohorts=frozenset(Cohort(one) for one in plain["cohorts"]),
            tone=Tone(plain["tone"]),
            lang=plain["lang"],
            text=plain["text"],
            months=(plain["months"][0], plain["months"][1]) if plain["months"] else None,
            generic=plain["generic"],
            buttons=tuple(Button(label, action) for label, action in plain["buttons"]),
            validity=Validity(
                since=date.fromisoformat(plain["since"]) if plain["since"] else None,
                until=date.fromisoformat(plain["until"]) if plain["until"] else None,
                season=((season[0][0], season[0][1]), (season[1][0], season[1][1]))
                if season
                else None,
            ),
            sticker=plain["sticker"],
            media=plain["media"],
            label=plain["label"],
            extra_needs=frozenset(plain["needs"]),
        )


def _needed(text: str) -> frozenset[str]:
    return frozenset(slot.name for slot in slots(text) if not _is_schools(slot.name))


def _is_schools(name: str) -> bool:
    return name in KNOWN and KNOWN[name].source is Source.SCHOOL
