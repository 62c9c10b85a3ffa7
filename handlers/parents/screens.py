"""Screens of the parent's home: what to show where the person is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from aiogram import Bot
from babel.dates import get_month_names

from community.children import Children
from community.first_steps import OLDEST_YEARS, FirstSteps, Step, Where
from consent.purposes import ASKED
from consent.service import Consents
from core.clock import Clock
from core.cohorts import Cohort, full_months, full_years
from core.ids import PersonId
from core.localtime import zone_of
from handlers.actor import Actor
from handlers.keyboards import Button, grid, inline
from handlers.parents import home_view as view
from texts.keys import Key
from texts.markup import MESSAGE_LIMIT, Markup, utf16_length, visible
from texts.say import Texts

Suggested = Callable[[Collection[Cohort]], Sequence[tuple[str, str]]]
"""Names and links of the topics for parents of these cohorts."""
YEARS_A_ROW = 4
MONTHS_A_ROW = 3

Invites = Callable[[], Sequence[tuple[str, str]]]
"""Titles and invite links of the communities; empty before the first is set up."""


@dataclass(frozen=True, slots=True)
class Screens:
    """Shows a person the screen that follows from stored facts; it may be shown any number of times."""

    bot: Bot
    steps: FirstSteps
    consents: Consents
    texts: Texts
    clock: Clock
    school: str
    invites: Invites
    topics: Suggested
    children: Children
    zone: ZoneInfo
    """The school's."""

    async def show(self, chat_id: int, person: PersonId) -> None:
        """Show the current screen in a private chat."""
        where = await self.steps.where(person)
        match where.step:
            case Step.LANGUAGE:
                await self._language(chat_id, where)
            case Step.CONSENT:
                await self._consent(chat_id, where)
            case Step.CHILD:
                words, rows = self.year(where)
                await self._say(chat_id, [words], rows)
            case Step.HOME:
                await self._home(chat_id, where)

    def year(self, where: Where, back: str = "") -> view.Screen:
        """Ask for the year of birth; `back` leads to where the question came from."""
        language, year = where.person.language, self.clock.now().year
        count = len(where.children)
        buttons = [(str(y), f"fs:year:{count}:{y}") for y in range(year, year - OLDEST_YEARS, -1)]
        rows = grid(buttons, YEARS_A_ROW)
        if back:
            rows.append(view.back(self.texts, language, back))
        elif not where.children:
            rows.append([(self.texts.plain(language, "child-none-button"), "fs:skip")])
        return self.texts.say(language, "child-ask-year"), rows

    def month(self, actor: Actor, count: int, year: int) -> view.Screen:
        """Ask in which month of `year` the child was born; months to come are not offered.

        `count`: children there are so far, carried along so that pressing twice adds one child.
        """
        language, now = actor.language, self.clock.now().astimezone(actor.zone)
        names = get_month_names("wide", "stand-alone", locale=language)
        months = [m for m in range(1, 13) if (year, m) <= (now.year, now.month)]
        buttons = [(str(names[m]), f"fs:month:{count}:{year}-{m:02d}") for m in months]
        back = view.back(self.texts, language, "fs:years")
        return self.texts.say(language, "child-ask-month"), [*grid(buttons, MONTHS_A_ROW), back]

    async def finish(self, chat_id: int, person: PersonId) -> None:
        """Say that the first steps are done, what comes next, and where the community is."""
        where = await self.steps.where(person)
        language = where.person.language
        key: Key = "start-done" if where.children else "start-done-alone"
        words = [self.texts.say(language, key if where.child_data else "start-no-consent")]
        rows: list[list[Button]] = []
        if doors := self.doors(language):
            words.append(self.texts.say(language, "community-invite"))
            rows.extend(doors)
        rows.append([(self.texts.plain(language, "menu-button"), "menu:home")])
        await self._say(chat_id, words, rows)

    def doors(self, language: str) -> list[list[Button]]:
        """Make the buttons into the communities: one bears no name, several bear theirs."""
        links = self.invites()
        label = self.texts.plain(language, "community-invite-button")
        if len(links) == 1:
            return [[(label, links[0][1])]]
        return [[link] for link in links]

    async def _language(self, chat_id: int, where: Where) -> None:
        language = where.person.language
        hello = self.texts.say(language, "start-hello", school=self.school)
        ask = self.texts.say(language, "language-ask")
        buttons = [
            (self.texts.plain(each, cast("Key", f"language-{each}-button")), f"fs:lang:{each}")
            for each in sorted(self.texts.languages, reverse=True)
        ]
        await self._say(chat_id, [hello, ask], grid(buttons, 2))

    async def _consent(self, chat_id: int, where: Where) -> None:
        """Show one document in full, then ask. One message when it fits, else the text first."""
        question, language = where.question, where.person.language
        assert question is not None  # noqa: S101 - `where` says so with this step
        served = await self.consents.serve(
            where.person.id, question.purpose, language=language, child=question.child
        )
        document = served.document
        parts = [Markup(f"<blockquote expandable>{part}</blockquote>") for part in document.parts()]
        ask = self.texts.say(
            language,
            "consent-ask",
            title=document.title,
            number=ASKED.index(question.purpose) + 1,
            total=len(ASKED),
            summary=document.summary,
        )
        if question.again:
            parts.insert(0, self.texts.say(language, "consent-ask-again", title=document.title))
        elif question.purpose is ASKED[0]:
            parts.insert(0, self.texts.say(language, "consent-intro"))
        data = f"{question.purpose.value}:{document.version}"
        row: list[Button] = [
            (self.texts.plain(language, "consent-agree-button"), f"fs:yes:{data}"),
            (self.texts.plain(language, "consent-decline-button"), f"fs:no:{data}"),
        ]
        await self._say(chat_id, [*parts, ask], [row])

    async def _home(self, chat_id: int, where: Where) -> None:
        language, zone = where.person.language, zone_of(where.person.zone, self.zone)
        kids = await self.children.of(where.person.id, zone)
        words, rows = view.menu(self.texts, language, kids, self.clock.now().astimezone(zone))
        await self._say(chat_id, [words], rows)

    async def _say(
        self, chat_id: int, parts: Sequence[Markup], rows: Sequence[Sequence[Button]] = ()
    ) -> None:
        """Send parts as few messages as they fit into; the buttons stand under the last."""
        messages: list[str] = []
        for part in parts:
            joined = f"{messages[-1]}\n\n{part}" if messages else str(part)
            if messages and utf16_length(visible(joined)) <= MESSAGE_LIMIT:
                messages[-1] = joined
            else:
                messages.append(str(part))
        for words in messages[:-1]:
            await self.bot.send_message(chat_id, words)
        markup = inline(rows) if rows else None
        await self.bot.send_message(chat_id, messages[-1], reply_markup=markup)


def ages(texts: Texts, language: str, month: str, cohort: Cohort, now: datetime) -> Markup:
    """Say what was written down about a child: the age in words and its cohort."""
    born = datetime.fromisoformat(f"{month}-01").date()
    if cohort is Cohort.UNKNOWN:
        return texts.say(language, "child-added-generic")
    months = full_months(born, now.date())
    if months < view.MONTHS_UNTIL_YEARS:
        age = texts.say(language, "age-months", months=months)
    else:
        age = texts.say(language, "age-years", years=full_years(born, now.date()))
    key = cast("Key", f"cohort-{cohort.value}")
    return texts.say(language, "child-added", age=age, cohort=texts.say(language, key))
