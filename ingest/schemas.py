"""Schemas of the events the product understands, by name and version. Published versions never change.

A schema names the properties that are kept; everything else in an event is let go, so that names, phones and texts of
children do not gather in the database by accident.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import InvalidOperation
from typing import Any

from ingest.fields import Field, day, flag, instant, money, one_of, share, text, url, whole, zone
from ingest.problems import Wrong

LONGEST_LESSON = 600
"""Minutes."""


@dataclass(frozen=True, slots=True)
class Schema:
    """One version of one event. `object`: the property that tells two events of one second apart (L40)."""

    fields: tuple[Field, ...]
    object: str = ""
    has_amount: bool = False

    def read(self, properties: Mapping[str, Any]) -> dict[str, Any]:
        """Keep what the schema names. Raises Wrong."""
        facts = {}
        for field in (*self.fields, _ZONE):
            if (value := field.take(properties, "properties")) is not None:
                facts[field.name] = value
        if self.has_amount and properties.get("amount") is not None:
            try:
                facts["amount"] = money(properties["amount"], properties.get("currency"))
            except (ValueError, InvalidOperation):
                raise Wrong("schema.value", "properties.amount") from None
        if "seconds" in facts:
            facts.setdefault("minutes", round(facts.pop("seconds") / 60))
            facts.pop("seconds", None)
        return facts


_ZONE = Field("timezone", zone)
_LESSON = (
    Field("lesson_id", text, also=("lessonId", "id")),
    Field("title", text, also=("lesson", "lesson_title", "name")),
    Field("course", text, also=("course_title",)),
)
_PAYMENT = Field("payment_id", text, also=("paymentId", "order_id", "orderId"))
_PLAN = Field("plan", text)
_PAY = Field("pay_url", url)
_TRIAL = Field("trial_ends", day)

SCHEMAS: Mapping[str, Mapping[int, Schema]] = {
    "signup": {1: Schema((_PLAN, _TRIAL))},
    "trial_started": {1: Schema((_PLAN, _TRIAL))},
    "lesson_start": {1: Schema((*_LESSON, Field("url", url)), "lesson_id")},
    "lesson_finish": {
        1: Schema(
            (
                *_LESSON,
                Field("minutes", whole(0, LONGEST_LESSON), also=("duration_minutes",)),
                Field(
                    "seconds", whole(0, LONGEST_LESSON * 60), also=("duration_seconds", "duration")
                ),
                Field("next_lesson_at", instant),
            ),
            "lesson_id",
        )
    },
    "level_up": {1: Schema((Field("level", text, required=True),), "level")},
    "module_finished": {
        1: Schema(
            (
                Field("module_id", text, also=("moduleId",)),
                Field("module", text, required=True, also=("title", "name")),
                Field("next_module", text),
            ),
            "module_id",
        )
    },
    "payment_succeeded": {
        1: Schema(
            (
                _PAYMENT,
                _PLAN,
                Field("paid_until", day),
                Field("autopay", flag),
                Field("receipt_url", url),
            ),
            "payment_id",
            has_amount=True,
        )
    },
    "payment_failed": {
        1: Schema((_PAYMENT, _PAY, Field("due", day)), "payment_id", has_amount=True)
    },
    "invoice_issued": {
        1: Schema((_PAYMENT, _PAY, Field("due", day)), "payment_id", has_amount=True)
    },
    "refund": {1: Schema((_PAYMENT,), "payment_id", has_amount=True)},
    "checkout_abandoned": {1: Schema((_PLAN, _PAY))},
    "subscription_cancelled": {1: Schema((Field("ends", day), Field("reason", text)))},
    "autopay_off": {1: Schema((Field("reason", text),))},
    "autopay_on": {1: Schema(())},
    "nps": {1: Schema((Field("score", whole(0, 10), required=True),))},
    "churn_risk": {1: Schema((Field("risk", one_of("high", "low")), Field("score", share)))},
}
_ALSO = {
    "lesson_started": "lesson_start",
    "lesson_finished": "lesson_finish",
    "lesson_completed": "lesson_finish",
    "signed_up": "signup",
    "payment_refunded": "refund",
    "module_completed": "module_finished",
    "level_reached": "level_up",
}


def name_of(event: str) -> str:
    """Write a name in its normal form: `Lesson Finished` is `lesson_finish`."""
    name = "_".join(event.replace("-", " ").replace("_", " ").lower().split())
    return _ALSO.get(name, name)


def schema_of(name: str, version: Any) -> tuple[int, Schema] | None:
    """Find a schema; None for an event nobody here understands. Raises Wrong for a version there is not."""
    versions = SCHEMAS.get(name)
    if versions is None:
        return None
    number = max(versions) if version is None else version
    if isinstance(number, bool) or not isinstance(number, int) or number not in versions:
        raise Wrong("schema.version", "properties.schema_version")
    return number, versions[number]
