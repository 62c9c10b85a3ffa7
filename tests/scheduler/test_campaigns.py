"""Broadcasts: one start, exact counts, pause and cancel at once, those who missed."""

from __future__ import annotations

import asyncio
import functools
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from consent.advertising import Advertising
from core.cohorts import Cohort
from core.effects import MessageClass, RowState
from core.errors import Refusal
from core.roles import Role
from delivery.campaign import CampaignWriter
from delivery.planning import Planning
from scheduler.campaigns import Broadcasts
from scheduler.campaigns_model import CampaignState, Segment
from scheduler.control import Control
from scheduler.service import BroadcastDesk


class Studio:
    """An admin with a draft, and a street of parents."""

    def __init__(self, town) -> None:
        self.town = town
        self.broadcasts = Broadcasts(
            town.units,
            Planning(town.gate),
            town.clock,
            town.gate.school_zone,
            Advertising("ООО «Опора»"),
        )
        self.desk = BroadcastDesk(self.broadcasts, town.database)
        writer = CampaignWriter()
        self.worker = town.worker(makers={"campaign": writer}, preparers={"campaign": writer})

    async def people(self, count, **facts):
        self.parents = [await self.town.parent(f"P{n}", **facts) for n in range(count)]
        self.admin = self.parents[0][0]

    async def drafted(self, text="Приходите на урок", kind=MessageClass.MARKETING):
        draft = await self.broadcasts.draft(self.admin)
        await self.broadcasts.write(draft.key, text)
        await self.broadcasts.mark(draft.key, "Реклама. ООО «Опора». erid: 2Vtz")
        await self.broadcasts.choose_class(draft.key, kind)
        return draft.key

    async def started(self, **more):
        key = await self.drafted(**more)
        await self.broadcasts.confirm(key, self.admin)
        await self.broadcasts.tick()
        return key

    async def law(self, key):
        _, report = await self.broadcasts.report(key)
        assert report.holds, report
        return report


@pytest.fixture
async def studio(town):
    return Studio(town)


async def test_planned_is_the_sum_of_outcomes_at_every_instant(studio):
    """L86."""
    await studio.people(6)
    studio.town.units.refused.add((studio.parents[1][0], "marketing"))
    studio.parents[2][1].block(studio.town.telegram_bot)
    key = await studio.started()
    while (await studio.law(key)).open:
        jobs, rest = await studio.worker.turn()
        for job in jobs:
            await job
            await studio.law(key)
        await studio.town.clock.sleep(rest)
    report = await studio.law(key)
    assert report.states == {RowState.SENT: 4, RowState.SUPPRESSED: 1, RowState.FAILED: 1}
    assert report.reasons == {"consent.marketing": 1, "channel.blocked": 1}
    await studio.broadcasts.tick()
    assert (await studio.broadcasts.report(key))[0].state is CampaignState.FINISHED
    lines = (await studio.desk.csv(key)).decode("utf-8-sig").splitlines()
    assert len(lines) == 7


async def test_of_two_who_confirm_one_starts_it(studio):
    """L88."""
    await studio.people(3)
    key = await studio.drafted()
    answers = await asyncio.gather(
        *(studio.broadcasts.confirm(key, studio.admin) for _ in range(5)), return_exceptions=True
    )
    assert [isinstance(answer, Refusal) for answer in answers].count(False) == 1
    await studio.broadcasts.tick()
    await studio.broadcasts.tick()
    assert (await studio.law(key)).planned == 3


async def test_an_offer_without_advertiser_or_label_is_not_started(studio):
    """L121: refused before a single row is planned, with the reason."""
    await studio.people(1)
    draft = await studio.broadcasts.draft(studio.admin)
    await studio.broadcasts.write(draft.key, "Скидка")
    confirm = functools.partial(studio.broadcasts.confirm, draft.key, studio.admin)
    with pytest.raises(Refusal, match=r"broadcast\.label_needed"):
        await confirm()
    await studio.broadcasts.mark(draft.key, "Скидка до пятницы")
    with pytest.raises(Refusal, match=r"advertising\.no_label"):
        await confirm()
    await studio.broadcasts.mark(draft.key, "Реклама. ООО «Опора»")
    nobody = replace(studio.broadcasts, advertising=Advertising(" "))
    for refused in (
        nobody.confirm(draft.key, studio.admin),
        nobody.choose_class(draft.key, MessageClass.MARKETING),
    ):
        with pytest.raises(Refusal, match=r"advertising\.no_advertiser"):
            await refused
    await studio.broadcasts.tick()
    assert await studio.town.states() == {}
    await confirm()


async def test_paused_nothing_more_leaves_and_resumed_the_rest_goes_once(studio):
    """L82."""
    await studio.people(5)
    key = await studio.started()
    jobs, _ = await studio.worker.turn()
    await studio.broadcasts.pause(key, studio.admin)
    for job in jobs:
        await job
    await studio.worker.drain()
    sent = (await studio.law(key)).states[RowState.SENT]
    assert sent == len(jobs) < 5
    await studio.broadcasts.resume(key)
    await studio.broadcasts.tick()
    await studio.worker.drain()
    assert (await studio.law(key)).states == {RowState.SENT: 5}
    assert len(studio.town.calls("sendMessage")) == 5


async def test_cancelled_rows_are_counted_and_a_second_cancel_is_refused(studio):
    """L83."""
    await studio.people(4)
    key = await studio.started()
    assert await studio.broadcasts.cancel(key) == 4
    await studio.worker.drain()
    assert (await studio.law(key)).states == {RowState.CANCELLED: 4}
    with pytest.raises(Refusal, match=r"broadcast\.over"):
        await studio.broadcasts.cancel(key)


async def test_the_words_are_those_that_were_confirmed(studio):
    """L84."""
    await studio.people(1)
    key = await studio.started()
    with pytest.raises(Refusal, match=r"broadcast\.started"):
        await studio.broadcasts.write(key, "другое")
    await studio.worker.drain()
    assert studio.town.seen(studio.parents[0][1])[0].startswith("Приходите на урок")


async def test_those_who_missed_get_it_and_nobody_twice(studio):
    """L87."""
    await studio.people(4)
    muted = studio.parents[3]
    studio.town.units.refused.add((muted[0], "marketing"))
    key = await studio.started()
    await studio.worker.drain()
    studio.town.units.refused.clear()
    again = await studio.broadcasts.draft(studio.admin, missed_of=key)
    await studio.broadcasts.confirm(again.key, studio.admin)
    await studio.broadcasts.tick()
    await studio.worker.drain()
    assert (await studio.law(again.key)).states == {RowState.SENT: 1}
    assert [len(studio.town.seen(actor)) for _, actor in studio.parents] == [1, 1, 1, 1]


async def test_a_test_send_counts_nowhere(studio):
    """L89."""
    await studio.people(2)
    key = await studio.drafted()
    await studio.broadcasts.test(key, studio.admin)
    await studio.worker.drain()
    assert "Проверка" in studio.town.seen(studio.parents[0][1])[0]
    async with studio.town.database.reading() as unit:
        reader = (await unit.readers.load([studio.admin]))[studio.admin]
    assert reader.soft_days == {}
    assert (await studio.law(key)).planned == 0


async def test_it_leaves_at_the_readers_own_hour(studio):
    """L85."""
    await studio.people(1, zone="Asia/Vladivostok")
    west, _ = await studio.town.parent("West", zone="Europe/Kaliningrad")
    key = await studio.drafted()
    await studio.broadcasts.schedule(key, date(2026, 11, 24), time(10))
    await studio.broadcasts.confirm(key, studio.admin)
    await studio.broadcasts.tick()
    dues = {
        person: (await studio.town.row(f"campaign:{key}:{person}")).due.isoformat()
        for person in (studio.admin, west)
    }
    assert dues == {
        studio.admin: "2026-11-24T00:00:00+00:00",
        west: "2026-11-24T08:00:00+00:00",
    }


async def test_a_count_foresees_what_planning_does(studio):
    await studio.people(5)
    studio.town.units.refused.add((studio.parents[1][0], "marketing"))
    key = await studio.drafted()
    counted = await studio.broadcasts.count(key)
    assert counted == {"go": 4, "consent.marketing": 1}


async def test_a_segment_by_cohort_takes_in_those_children_only(studio):
    await studio.people(3)
    async with studio.town.database.begin() as unit:
        await unit.people.add_child(studio.parents[1][0], unit.now, name=None, born="2012-01")
    key = await studio.drafted()
    await studio.broadcasts.narrow(key, Segment(cohorts=frozenset({Cohort.TEEN})))
    assert await studio.broadcasts.count(key) == {"go": 1}
    studio.town.units.refused.add((studio.parents[1][0], "personalisation"))
    assert await studio.broadcasts.count(key) == {}, (
        "L101: nobody is chosen by an age we may not use"
    )


@pytest.mark.parametrize(
    ("segment", "reached"),
    [
        (Segment(languages=frozenset({"en"})), {1}),
        (Segment(topics=frozenset({"screens"})), {2}),
        (Segment(active_days=7), {0, 3}),
        (Segment(active_days=30), {0, 2, 3}),
        (Segment(active_days=30, topics=frozenset({"screens", "play"})), {2}),
        (Segment(roles=frozenset({Role.MENTOR})), {3}),
    ],
)
async def test_a_segment_takes_in_whom_every_kind_of_condition_fits(studio, segment, reached):
    """L85."""
    await studio.people(4)
    ids = [person for person, _ in studio.parents]
    clock = studio.town.clock
    async with studio.town.database.begin() as unit:
        await unit.people.change(ids[1], language="en")
        await unit.people.change(ids[2], preferences={"topics": ["screens"]})
        await unit.roles.add(ids[3], Role.MENTOR, community=None, author=None, now=unit.now)
        telegram = [vera.id for _, vera in studio.parents]
        await unit.people.seen([telegram[0], telegram[3]], clock.now() - timedelta(days=2))
        await unit.people.seen([telegram[2]], clock.now() - timedelta(days=20))
    key = await studio.drafted()
    await studio.broadcasts.narrow(key, segment)
    await studio.broadcasts.confirm(key, studio.admin)
    await studio.broadcasts.tick()
    async with studio.town.database.reading() as unit:
        got = {row["person_id"] async for row in unit.campaigns.recipients_of(key)}
    assert got == {ids[number] for number in reached}


async def test_the_emergency_stop_holds_claimed_rows_too_and_lets_service_pass(studio):
    """L22."""
    await studio.people(6)
    key = await studio.started()
    control = Control(studio.town.database)
    jobs, _ = await studio.worker.turn()
    await control.stop_all(studio.admin)
    for job in jobs:
        await job
    from tests.delivery.town import message

    await studio.town.plan(message("receipt", studio.parents[5][0]))
    await studio.worker.drain()
    assert (await studio.law(key)).states[RowState.SENT] == len(jobs)
    assert (await studio.town.row("receipt")).state is RowState.SENT
    await control.resume_all()
    await studio.worker.drain()
    assert (await studio.law(key)).states[RowState.SENT] == 6


async def test_a_freeze_shifts_offers_behind_it_and_leaves_care_alone(studio):
    """L11 L21."""
    await studio.people(1)
    control = Control(studio.town.database)
    await control.freeze(date(2026, 11, 23), date(2026, 11, 24), "каникулы", studio.admin)
    key = await studio.started()
    await studio.worker.drain()
    row = await studio.town.row(f"campaign:{key}:{studio.admin}")
    assert (row.state, row.held_by) == (RowState.PLANNED, "freeze.каникулы")
    assert row.due.isoformat() == "2026-11-25T06:00:00+00:00"
    from tests.delivery.town import message

    await studio.town.plan(message("care", studio.admin, MessageClass.CARE))
    await studio.worker.drain()
    assert (await studio.town.row("care")).state is RowState.SENT
    with pytest.raises(Refusal, match="freeze_backwards"):
        await control.freeze(date(2026, 11, 24), date(2026, 11, 23), "", studio.admin)


async def test_why_tells_every_rule_that_spoke(studio):
    await studio.people(2)
    studio.town.units.refused.add((studio.parents[1][0], "marketing"))
    key = await studio.started()
    await studio.worker.drain()
    control = Control(studio.town.database)
    [sent] = await control.why(studio.parents[0][1].id)
    [kept] = await control.why(studio.parents[1][1].id)
    assert sent.reasons == (
        f"plan.broadcast {key}", "segment=everybody", "class.marketing", "consent=r1",
    )  # fmt: skip
    assert kept.reasons[-1] == kept.reason == "consent.marketing"
    assert sent.consent_record == "r1"
    by_message = await control.why(studio.parents[0][1].id, sent.message_id)
    assert [row.key for row in by_message] == [sent.key]


async def test_progress_is_shown_by_editing_one_message_once_per_number(studio):
    await studio.people(3)
    key = await studio.started()
    _, admin = studio.parents[0]
    shown = await studio.town.bot.send_message(admin.id, "…")
    await studio.desk.follow(key, admin.id, shown.message_id)
    await studio.worker.drain()
    await studio.broadcasts.tick()
    assert await studio.desk.tick() == 1
    assert await studio.desk.tick() == 0
    studio.town.clock.advance_to(studio.town.clock.now() + timedelta(seconds=2))
    await studio.worker.drain()
    texts = [one.text for one in admin.messages(studio.town.telegram_bot)]
    assert "Отправлено 3 из 3. Осталось примерно 0." in texts
