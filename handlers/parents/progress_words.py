"""Words of progress: the caption, the card the picture is drawn from, and the same for those who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence

from babel.dates import get_day_names

from core.cohorts import Tone
from handlers.keyboards import Button
from scheduler.plan.progress import Cell
from scheduler.plan.streaks import Mark
from scheduler.progress.card import Card, Square
from scheduler.progress.view import SELF_ANSWERS, ChildProgress
from texts import dates
from texts.keys import Key
from texts.markup import Markup, escape, visible
from texts.say import Texts

_NAMES: dict[Mark, Key] = {
    Mark.DONE: "progress-day-done",
    Mark.MISSED: "progress-day-missed",
    Mark.FROZEN: "progress-day-frozen",
    Mark.FORGIVEN: "progress-day-forgiven",
    Mark.AHEAD: "progress-ahead-mark",
}
LONGEST_CAPTION = 1024
"""UTF-16 units, as Telegram counts."""
STAR = "⭐"
MOST_STARS = 7


def caption(texts: Texts, lang: str, kids: Sequence[ChildProgress]) -> Markup:
    """Say each child's figures; the title alone when a large family does not fit under a picture."""
    said = Markup("\n\n".join(_figures(texts, lang, kid) for kid in kids))
    return said if length(visible(said)) <= LONGEST_CAPTION else texts.say(lang, "progress-title")


def in_words(texts: Texts, lang: str, kids: Sequence[ChildProgress]) -> Markup:
    """Say everything the picture shows."""
    parts = [str(texts.say(lang, "progress-title"))]
    for kid in kids:
        weeks = [_week(texts, lang, week) for week in kid.overview.weeks]
        parts.append("\n".join([_figures(texts, lang, kid, in_full=True), "", *weeks]))
    return Markup("\n\n".join(parts))


def length(words: str) -> int:
    """Count UTF-16 units."""
    return len(words.encode("utf-16-le")) // 2


def card(texts: Texts, lang: str, kid: ChildProgress) -> Card:
    """Describe the picture of one child."""
    seen = kid.overview
    used = {cell.mark for week in seen.weeks for cell in week}
    return Card(
        title=kid.child.name or texts.plain(lang, "progress-child-generic"),
        streak=visible(_streak(texts, lang, kid)),
        lines=tuple(visible(line) for line in (_totals(texts, lang, kid), _goal(texts, lang, kid))),
        weekdays=_weekdays(lang),
        weeks=tuple(
            tuple(Square(cell.day.day, cell.mark, cell.day == kid.today) for cell in week)
            for week in seen.weeks
        ),
        legend=tuple(
            (mark, texts.plain(lang, key)) for mark, key in _NAMES.items() if mark in used
        ),
    )


def self_assessment(
    texts: Texts, lang: str, kids: Sequence[ChildProgress]
) -> tuple[Markup, list[list[Button]]] | None:
    """Ask a teenager's family how the week was; None when there is no teenager."""
    kid = next((one for one in kids if one.tone is Tone.AUTONOMY), None)
    if kid is None:
        return None
    keys: dict[str, Key] = {
        "easy": "progress-self-easy-button",
        "normal": "progress-self-normal-button",
        "hard": "progress-self-hard-button",
    }
    row = [
        (texts.plain(lang, keys[answer]), f"progress:self:{kid.child.id}:{answer}")
        for answer in SELF_ANSWERS
    ]
    return texts.say(lang, "progress-self-ask"), [row]


def _figures(texts: Texts, lang: str, kid: ChildProgress, *, in_full: bool = False) -> str:
    name = kid.child.name or texts.plain(lang, "progress-child-generic")
    if not kid.overview.lessons:
        return f"<b>{escape(name)}</b>\n{texts.say(lang, 'progress-none')}"
    said = texts.say(
        lang,
        "progress-caption",
        name=name,
        lessons=texts.say(lang, "progress-lessons-total", lessons=kid.overview.lessons),
        minutes=texts.say(lang, "progress-minutes", minutes=kid.overview.minutes),
        streak=_streak(texts, lang, kid),
    )
    more = [str(said)]
    streak = kid.overview.streak
    if in_full:
        if streak.best > streak.current:
            more.append(str(texts.say(lang, "progress-streak-best", days=streak.best)))
        more.append(str(texts.say(lang, "progress-streak-freezes", freezes=streak.freezes)))
    if kid.overview.level:
        more.append(str(texts.say(lang, "progress-level", level=kid.overview.level)))
    more.append(str(_goal(texts, lang, kid)))
    if kid.tone is Tone.HABIT and (stars := _stars(kid)):
        more.append(stars)
    return "\n".join(more)


def _stars(kid: ChildProgress) -> str:
    """Give the young a star for each lesson of the week."""
    return STAR * min(MOST_STARS, sum(cell.lessons for cell in kid.overview.weeks[-1]))


def _streak(texts: Texts, lang: str, kid: ChildProgress) -> Markup:
    days = kid.overview.streak.current
    return (
        texts.say(lang, "progress-streak", days=days)
        if days
        else texts.say(lang, "progress-streak-none")
    )


def _totals(texts: Texts, lang: str, kid: ChildProgress) -> Markup:
    if not kid.overview.lessons:
        return texts.say(lang, "progress-none")
    return texts.say(lang, "progress-lessons-total", lessons=kid.overview.lessons)


def _goal(texts: Texts, lang: str, kid: ChildProgress) -> Markup:
    goal = kid.overview.goal
    if goal.module:
        return texts.say(lang, "progress-goal", goal=goal.module)
    return texts.say(lang, "progress-goal-lessons", lessons=goal.lessons, left=goal.left)


def _week(texts: Texts, lang: str, week: Sequence[Cell]) -> str:
    span = dates.span(week[0].day, week[-1].day, lang)
    short = _weekdays(lang)
    groups = [
        f"{texts.say(lang, key)}: {', '.join(days)}"
        for mark, key in _NAMES.items()
        if (days := [short[cell.day.weekday()] for cell in week if cell.mark is mark])
    ]
    said = Markup("; ".join(groups)) if groups else texts.say(lang, "progress-week-none")
    return str(texts.say(lang, "progress-week-line", week=span, list=said))


def _weekdays(lang: str) -> tuple[str, ...]:
    names = get_day_names("abbreviated", "stand-alone", locale=lang)
    return tuple(str(names[number]) for number in range(7))
