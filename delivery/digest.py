"""Write the weekly digest when it is claimed: a section per child, and a tip the family has not had yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Protocol

from core.cohorts import Cohort, cohort_of, full_months
from core.ids import ChildId, PersonId
from core.localtime import local_day
from core.outgoing import OutboxRow
from delivery.ports import Unit
from delivery.render import Audience, ChildFacts, Renderer, Words
from texts import dates
from texts.markup import Markup
from texts.pack_render import render as render_item
from texts.packs import Library
from texts.placeholders import CHILD_CASES

KIND = "digest"
_SEPARATOR = "|"


class Progress(Protocol):
    """What children did in a week: facts by the keys of `texts/locale/*/digest.ftl`."""

    async def week(
        self, unit: Any, children: Sequence[ChildId], first: date, last: date
    ) -> Mapping[ChildId, Mapping[str, Any]]: ...


@dataclass(frozen=True, slots=True)
class DigestWriter:
    """`prepare` gathers in the claiming transaction, calling the object makes words of it."""

    library: Callable[[], Library]
    progress: Progress | None = None

    async def prepare(self, unit: Unit, row: OutboxRow, audience: Audience) -> OutboxRow:
        """Choose the tip and gather the week; both stay in the row, so that a tip never comes twice."""
        week = row.content.partition(":")[2].partition(_SEPARATOR)[0]
        last = _sunday(week)
        children = sorted(ChildId(child) for child in audience.children)
        done: Mapping[ChildId, Mapping[str, Any]] = {}
        if self.progress is not None:
            done = await self.progress.week(unit, children, last - timedelta(days=6), last)
        shown = await self._shown(unit, row.person)
        today = local_day(unit.now, audience.zone)
        tips: dict[Cohort, str | None] = {}
        sections = []
        for child in children or [ChildId(0)]:
            facts = audience.children.get(child, ChildFacts())
            cohort = Cohort.UNKNOWN if audience.generic else cohort_of(facts.born, today)
            if cohort not in tips:
                tips[cohort] = self._tip(cohort, facts, audience, today, shown)
            sections.append(
                {"child": child, "tip": tips[cohort], "done": dict(done.get(child, {}))}
            )
        given = [tip.partition("@")[0] for tip in tips.values() if tip is not None]
        content = _SEPARATOR.join([f"{KIND}:{week}", *given])
        return replace(
            row, content=content[:190], facts={**row.facts, "week": week, "sections": sections}
        )

    def __call__(self, row: OutboxRow, audience: Audience, renderer: Renderer) -> Words:
        """Write one message with a section per child; twins share one heading (L28)."""
        say = _Say(renderer, audience)
        sections: list[Mapping[str, Any]] = list(row.facts["sections"])
        blocks = [f"{say('digest-title')} · {say('digest-subtitle', span=_span(row, audience))}"]
        tips: dict[str, list[str]] = {}
        for section in sections:
            child = audience.children.get(section["child"], ChildFacts())
            name = child.name if not audience.generic else None
            heading = (
                say("digest-heading-child", name=name) if name else say("digest-heading-generic")
            )
            blocks.append("\n".join([heading, *_lines(section["done"], say)]))
            if section["tip"]:
                tips.setdefault(section["tip"], []).append(name or "")
        for ref, names in tips.items():
            blocks.append(_tip_words(ref, [name for name in names if name], audience, renderer))
        blocks.append(f"<i>{say('digest-footer')}</i>")
        buttons = renderer.buttons(
            [
                [("digest-progress-button", "open:progress")],
                [("digest-pause-button", "pause:1w")],
            ],
            audience,
        )
        return Words("\n\n".join(blocks), buttons)

    def _tip(
        self, cohort: Cohort, child: ChildFacts, audience: Audience, today: date, shown: set[str]
    ) -> str | None:
        months = full_months(child.born, today) if child.born and not audience.generic else None
        for item in self.library().find(
            kind=KIND, cohort=cohort, age_months=months, lang=audience.language, at=today
        ):
            if item.id not in shown and not (audience.generic and item.is_personal):
                return item.ref
        return None

    @staticmethod
    async def _shown(unit: Unit, person: PersonId | None) -> set[str]:
        if person is None:
            return set()
        contents = await unit.outbox.contents(person, f"{KIND}:")
        return {tip for content in contents for tip in content.split(_SEPARATOR)[1:]}


@dataclass(frozen=True, slots=True)
class _Say:
    renderer: Renderer
    audience: Audience

    def __call__(self, key: str, **facts: Any) -> Markup:
        return self.renderer.texts.say_by_name(self.audience.language, key, facts)


def _lines(done: Mapping[str, Any], say: _Say) -> list[str]:
    """Write what was done; nothing done is said kindly."""
    lessons, planned = done.get("lessons", 0), done.get("planned", 0)
    if not lessons:
        return [say("digest-empty")]
    known = [
        say("digest-lessons", lessons=lessons, planned=planned)
        if planned >= lessons
        else say("digest-lessons-more", lessons=lessons)
    ]
    for key, fact in (
        ("digest-minutes", "minutes"),
        ("digest-streak", "days"),
        ("digest-module", "module"),
        ("digest-level", "level"),
        ("digest-next-goal", "goal"),
    ):
        if done.get(fact):
            known.append(say(key, **{fact: done[fact]}))
    return [str(line) for line in known]


def _tip_words(ref: str, names: list[str], audience: Audience, renderer: Renderer) -> str:
    """Write the tip; with several children it speaks of none by name."""
    item = renderer.find_item(ref, audience.language)
    facts = {"child": names[0]} if len(names) == 1 else {}
    if not item.needs <= (CHILD_CASES.keys() if facts else set()):
        item = renderer.generic_of(item) or item
    return str(render_item(item, facts).html)


def _span(row: OutboxRow, audience: Audience) -> str:
    last = _sunday(row.facts["week"])
    return dates.span(last - timedelta(days=6), last, audience.language)


def _sunday(week: str) -> date:
    year, number = week.split("-W")
    return date.fromisocalendar(int(year), int(number), 7)
