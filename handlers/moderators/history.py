"""What staff see of a member: sanctions, cases and notes, newest first."""

from __future__ import annotations

from handlers.actor import Actor
from moderation.cases import SanctionKind
from moderation.effects import rule_key
from moderation.sanctions import History
from texts.dates import moment
from texts.markup import Markup
from texts.say import Texts

SHOWN = 10
"""Lines of each kind."""


def history_words(found: History, name: str, actor: Actor, texts: Texts) -> Markup:
    """Write the history of a member called `name`. Expired strikes stay visible and count nothing (M97)."""
    language, zone = actor.language, actor.zone
    lines = [
        texts.say(
            language,
            "command-history",
            id=str(found.user_id),
            name=name,
            messages=found.messages,
            points=found.points,
            cases=len(found.cases),
        )
    ]
    for sanction in reversed(found.sanctions[-SHOWN:]):
        kind = "ban" if sanction.kind is SanctionKind.BAN_CHANNEL else sanction.kind.value
        lines.append(
            texts.say_by_name(
                language,
                "command-history-ended" if sanction.ended_at else "command-history-line",
                {
                    "date": moment(sanction.since.astimezone(zone), language),
                    "what": texts.say_by_name(language, f"command-history-{kind}", {}),
                    "rule": texts.say_by_name(language, rule_key(sanction.rule), {}),
                },
            )
        )
    for note in reversed(found.notes[-SHOWN:]):
        at = moment(note.at.astimezone(zone), language)
        lines.append(texts.say(language, "command-history-note", date=at, words=note.words))
    return Markup("\n".join(lines))
