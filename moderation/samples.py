"""Marking the text of a case as spam or harmless: near copies get the same answer, one tap takes it back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from core.errors import Refusal
from moderation import cards
from moderation.cards import KEEPS_HIDDEN
from moderation.cases import Step
from moderation.content import Content
from moderation.ports import Units
from moderation.rules import campaign
from moderation.rules.registry import RULES, Rule
from moderation.spam.samples_index import Sample, Samples
from moderation.text.shingles import fingerprint


@dataclass(slots=True)
class SampleBook:
    """Samples of every chat, read once. A ban alone never makes a sample: only this does."""

    units: Units
    _rules: dict[int, tuple[Rule, ...]] = field(default_factory=dict)
    _samples: dict[int, Samples] = field(default_factory=dict)

    async def rules(self, chat_id: int) -> tuple[Rule, ...]:
        """Give the rules of a chat, its samples laid over the spam model."""
        known = self._rules.get(chat_id)
        if known is None:
            index = await self._index(chat_id)
            known = self._rules[chat_id] = tuple(
                replace(rule, check=campaign.against(index)) if rule.name == campaign.RULE else rule
                for rule in RULES
            )
        return known

    async def mark(self, case_id: int, actor_id: int, *, spam: bool) -> None:
        """Mark a case's text. Refuses `case.not_found` and `case.no_text`: purged, or about a child."""
        async with self.units.begin() as unit:
            case = await unit.cases.get(case_id)
            if case is None:
                raise Refusal("case.not_found")
            if case.body is None or case.rule in KEEPS_HIDDEN:
                raise Refusal("case.no_text")
            print_of = fingerprint(Content(cards.written(case.body)).folded_all.compact)
            if not print_of:
                raise Refusal("case.no_text")
            await unit.samples.learn(case_id, case.chat_id, print_of, actor_id, unit.now, spam=spam)
            facts = {"spam": spam}
            await unit.cases.note(case_id, Step(unit.now, "sample marked", actor_id, facts))
        (await self._index(case.chat_id)).learn(Sample(case_id, print_of, spam))

    async def forget(self, case_id: int, actor_id: int) -> None:
        """Take a mark back. Refuses `case.not_found`."""
        async with self.units.begin() as unit:
            case = await unit.cases.get(case_id)
            if case is None:
                raise Refusal("case.not_found")
            if await unit.samples.forget(case_id):
                await unit.cases.note(case_id, Step(unit.now, "sample forgotten", actor_id))
        (await self._index(case.chat_id)).forget(case_id)

    async def _index(self, chat_id: int) -> Samples:
        index = self._samples.get(chat_id)
        if index is None:
            index = Samples()
            async with self.units.reading() as unit:
                for sample in await unit.samples.of_chat(chat_id):
                    index.learn(sample)
            index = self._samples.setdefault(chat_id, index)
        return index
