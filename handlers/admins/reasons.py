"""Say in words why a message did not leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from texts.markup import Markup
from texts.say import Texts

_WORDS = (
    ("channel.", "blocked"),
    ("consent.personalisation", "personalisation"),
    ("consent", "no-consent"),
    ("advertising", "advertising"),
    ("complaint", "complaint"),
    ("cap.", "caps"),
    ("quiet", "quiet-hours"),
    ("freeze", "freeze"),
    ("holdout", "holdout"),
    ("person.erased", "erased"),
    ("child.gone", "erased"),
    ("paused", "paused"),
    ("expired", "expired"),
    ("network", "unknown"),
    ("crash", "unknown"),
    ("broadcast.cancelled", "cancelled"),
    ("journey.", "cancelled"),
)


def words_for(texts: Texts, language: str, reason: str) -> Markup:
    """Find the words for a reason code; what has none is Telegram's refusal."""
    name = next((name for start, name in _WORDS if reason.startswith(start)), "failed")
    return texts.say_by_name(language, f"reason-{name}", {})


def trace_for(texts: Texts, language: str, trace: Sequence[str]) -> list[Markup]:
    """Say what a message was for, what allowed it and what it waited for, each thing once."""
    said: list[Markup] = []
    for line in trace:
        kind, _, rest = line.partition(".")
        if kind == "class":
            words = texts.say_by_name(language, f"trace-class-{rest}", {})
        elif line.startswith("consent="):
            words = texts.say(language, "trace-consent")
        else:
            words = texts.say(language, "trace-waited", reason=words_for(texts, language, line))
        if words not in said:
            said.append(words)
    return said


def lines_for(texts: Texts, language: str, reasons: Mapping[str, int]) -> Markup:
    """List reasons with their counts, the most frequent first; codes of one meaning are one line."""
    counts: dict[str, int] = {}
    for reason, count in reasons.items():
        said = str(words_for(texts, language, reason))
        counts[said] = counts.get(said, 0) + count
    ordered = sorted(counts.items(), key=lambda one: -one[1])
    return Markup(
        "\n".join(
            texts.say(language, "broadcast-reason", reason=Markup(said), count=count)
            for said, count in ordered
        )
    )
