"""AMA sessions from the plan to the figures."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from bot.intake.raw import order_keys
from community.ama.after import After, page, transcript_parts
from community.ama.asking import Asking, NewQuestion
from community.ama.live import Live
from community.ama.model import Asked, Cast, Question, Session, State, Vote
from community.ama.place import Places
from community.ama.planning import Plan, Planning, entry
from community.ama.ports import NothingFrozen
from community.ama.rules import AmaPolicy, check, in_order, regularity, weight
from community.ama.watch import AmaWatch
from community.calendars import calendar
from community.duty import Exemption, Kind, Roster
from community.escalation import Escalations
from community.model import Speciality
from core.errors import Refusal
from core.ids import ChatId, CommunityId, PersonId
from handlers.groups.votes import Votes
from storage.ama_votes import Ballots
from storage.context import CURRENT, CurrentUpdate
from storage.inbox import Inbox, InboxRow
from storage.tables.people import people
from tests.community.people import (
    CHAT,
    EXPERT,
    MENTOR,
    MODERATOR,
    OTHER_PARENT,
    OWNER,
    PARENT,
    STAFF,
    School,
)

MOSCOW = ZoneInfo("Europe/Moscow")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ANNA = PersonId(5)


class Rules:
    """Objects to schools by number (the asker mends it) and to capitals (a moderator looks)."""

    async def objection(self, community, text: str) -> str | None:
        if "школа №" in text:
            return "child_data"
        return "shouting" if text.isupper() else None


class Ama:
    """All services of sessions over one school."""

    def __init__(self, school: School, ballots: Ballots | None = None) -> None:
        self.school = school
        self.planning = Planning(school.database, NothingFrozen())
        self.asking = Asking(
            school.database, Rules(), ballots or Ballots(school.database, school.database.clock)
        )
        self.live = Live(school.database)
        self.after = After(school.database, Escalations(school.database))
        self.watch = AmaWatch(self.live, self.after, Places(school.database))

    async def announced(self, days: int = 2, **changes: Any) -> Session:
        now = self.school.database.clock.now()
        plan = Plan("Сон без слёз", self.school.person(EXPERT), now + timedelta(days=days))
        plan = replace(plan, **changes)
        return await self.planning.announce(
            self.school.community.id, plan, self.school.person(OWNER), now
        )

    async def asks(
        self,
        session: Session,
        text: str,
        who: int = PARENT,
        *,
        anonymous: bool = False,
        message: int = 1,
    ) -> Question:
        new = NewQuestion(text, f"Имя{who}", anonymous, ChatId(who), message)
        now = self.school.database.clock.now()
        return await self.asking.ask(session.id, self.school.person(who), new, now)

    async def question(self, key: int) -> Any:
        async with self.school.database.reading() as unit:
            return await unit.ama.question(key)

    async def session(self, key: int) -> Session:
        return await self.planning.get(key)


@pytest.fixture
def ama(school) -> Ama:
    return Ama(school)


def session(starts: datetime, key: int = 1, state: State = State.ANNOUNCED) -> Session:
    return Session(key, CommunityId(1), "Сон", ANNA, starts, 60, state, ANNA)


IN_A_WEEK = NOW + timedelta(days=7)


@pytest.mark.parametrize(
    ("case", "starts", "minutes", "others", "roster", "frozen", "code"),
    [
        ("nothing in the way", IN_A_WEEK, 60, [], Roster(), (), None),
        ("in an hour", NOW + timedelta(hours=1), 60, [], Roster(), (), "ama.too_soon"),
        ("five hours long", IN_A_WEEK, 300, [], Roster(), (), "ama.length"),
        ("no length at all", IN_A_WEEK, 0, [], Roster(), (), "ama.length"),
        (
            "four days after another",
            IN_A_WEEK,
            60,
            [session(IN_A_WEEK - timedelta(days=4))],
            Roster(),
            (),
            "ama.too_close",
        ),
        (
            "five days after another",
            IN_A_WEEK,
            60,
            [session(IN_A_WEEK - timedelta(days=5))],
            Roster(),
            (),
            None,
        ),
        (
            "a cancelled one does not count",
            IN_A_WEEK,
            60,
            [session(IN_A_WEEK, state=State.CANCELLED)],
            Roster(),
            (),
            None,
        ),
        ("a frozen day", IN_A_WEEK, 60, [], Roster(), (date(2026, 11, 30),), "ama.frozen"),
        (
            "the expert is off",
            IN_A_WEEK,
            60,
            [],
            Roster((), (Exemption(1, ANNA, Speciality.METHODIST, date(2026, 11, 30), Kind.OFF),)),
            (),
            "ama.expert_away",
        ),
    ],
)
def test_when_a_session_may_be_held(case, starts, minutes, others, roster, frozen, code):
    def run() -> None:
        check(
            starts,
            minutes,
            ANNA,
            others=others,
            roster=roster,
            frozen=frozen,
            zone=MOSCOW,
            policy=AmaPolicy(),
            now=NOW,
        )

    if code is None:
        run()
    else:
        with pytest.raises(Refusal) as refusal:
            run()
        assert refusal.value.code == code


def test_a_month_is_full_at_its_limit_and_the_next_is_not():
    held = [session(datetime(2026, 12, day, 12, tzinfo=UTC), day) for day in (1, 7, 13, 19)]
    policy = AmaPolicy(spacing=timedelta(days=1))
    with pytest.raises(Refusal, match=r"ama.month_full"):
        check(
            datetime(2026, 12, 25, 12, tzinfo=UTC),
            60,
            ANNA,
            others=held,
            roster=Roster(),
            frozen=(),
            zone=MOSCOW,
            policy=policy,
            now=NOW,
        )
    # 21:30 UTC on the 31st is January in Moscow.
    check(
        datetime(2026, 12, 31, 21, 30, tzinfo=UTC),
        60,
        ANNA,
        others=held,
        roster=Roster(),
        frozen=(),
        zone=MOSCOW,
        policy=policy,
        now=NOW,
    )
    assert regularity(held, "2026-12", MOSCOW) == 4


def test_too_close_names_a_day_that_is_free():
    with pytest.raises(Refusal) as refusal:
        check(
            IN_A_WEEK,
            60,
            ANNA,
            others=[session(IN_A_WEEK)],
            roster=Roster(),
            frozen=(),
            zone=MOSCOW,
            policy=AmaPolicy(),
            now=NOW,
        )
    assert refusal.value.facts["date"] == "2026-12-05"


def question(key: int, votes: int, hours: float, state: Asked = Asked.OPEN) -> Question:
    return Question(
        key, 1, PersonId(key), f"{key}?", False, "", state, NOW - timedelta(hours=hours), votes
    )


def test_questions_come_by_votes_and_by_how_long_they_waited():
    early, popular, fresh = question(1, 1, 36), question(2, 5, 1), question(3, 2, 0)
    assert [q.id for q in in_order([early, popular, fresh], NOW)] == [2, 1, 3]
    assert [q.id for q in in_order([question(2, 1, 5), question(1, 1, 5)], NOW)] == [1, 2]
    assert in_order([question(1, 9, 1, Asked.DECLINED)], NOW) == []
    assert weight(question(1, 0, 24 * 365), NOW) == 6


async def test_an_announcement_stands_in_the_topic_and_the_expert_is_reminded(school, ama):
    made = await ama.announced()
    [announcement] = await school.planned(f"ama:{made.id}:announce")
    assert (announcement["chat_id"], announcement["topic"]) == (CHAT, 14)
    reminders = await school.planned(f"ama:{made.id}:remind")
    assert [(row["person_id"], row["due"]) for row in reminders] == [
        (school.person(EXPERT), made.starts - before)
        for before in (timedelta(hours=24), timedelta(hours=1), timedelta())
    ]


async def test_remind_me_plans_three_reminders_once_and_forget_me_takes_them_back(
    school, ama, clock
):
    made = await ama.announced()
    for _ in range(2):
        await ama.planning.remind_me(made.id, school.person(PARENT), clock.now())
    prefix = f"ama:{made.id}:remind:{school.person(PARENT)}:"
    assert len(await school.planned(prefix)) == 3
    await ama.planning.forget_me(made.id, school.person(PARENT))
    assert await school.planned(prefix) == []


async def test_a_late_subscriber_gets_only_what_is_still_to_come(school, ama, clock):
    made = await ama.announced()
    clock.jump(timedelta(days=1, hours=12))
    await ama.planning.remind_me(made.id, school.person(PARENT), clock.now())
    assert len(await school.planned(f"ama:{made.id}:remind:{school.person(PARENT)}:")) == 2


async def test_places_end_at_the_capacity(school, ama, clock):
    made = await ama.announced(capacity=1)
    await ama.planning.remind_me(made.id, school.person(PARENT), clock.now())
    with pytest.raises(Refusal, match=r"ama.full"):
        await ama.planning.remind_me(made.id, school.person(OTHER_PARENT), clock.now())
    await ama.planning.remind_me(made.id, school.person(PARENT), clock.now())


async def test_a_moved_session_reminds_anew_and_keeps_questions_and_votes(each_school, clock):
    """M100: session moved."""
    school, ama = each_school, Ama(each_school)
    made = await ama.announced()
    await ama.planning.remind_me(made.id, school.person(PARENT), clock.now())
    asked = await ama.asks(made, "Как уложить?")
    moved = await ama.planning.move(
        made.id, made.starts + timedelta(days=1), school.person(OWNER), clock.now()
    )
    rows = await school.planned(f"ama:{made.id}:remind:{school.person(PARENT)}:")
    assert {row["due"] for row in rows} == {
        moved.starts - before for before in (timedelta(hours=24), timedelta(hours=1), timedelta())
    }
    told = {row["person_id"] for row in await school.planned(f"ama:{made.id}:moved")}
    assert told == {school.person(PARENT), school.person(EXPERT)}
    assert (await ama.question(asked.id)).state is Asked.OPEN
    first, second = calendar([entry(made)], NOW), calendar([entry(moved)], NOW)
    assert b"SEQUENCE:0" in first
    assert b"SEQUENCE:1" in second
    assert f"UID:ama-{made.id}@opora".encode() in first


async def test_a_cancelled_session_is_told_and_leaves_no_reminder(school, ama, clock):
    """M100: session cancelled."""
    made = await ama.announced()
    await ama.planning.remind_me(made.id, school.person(PARENT), clock.now())
    await ama.asks(made, "Как уложить?", OTHER_PARENT)
    cancelled = await ama.planning.cancel(made.id, school.person(OWNER), clock.now())
    assert await school.planned(f"ama:{made.id}:remind") == []
    told = {row["person_id"] for row in await school.planned(f"ama:{made.id}:cancelled")}
    assert told == {school.person(who) for who in (PARENT, OTHER_PARENT, EXPERT)}
    assert b"STATUS:CANCELLED" in calendar([entry(cancelled)], NOW)
    with pytest.raises(Refusal, match=r"ama.not_now"):
        await ama.live.start(made.id, None, clock.now())


async def test_an_anonymous_question_shows_no_name_but_has_an_author(school, ama):
    """M100: asked anonymously, still accountable."""
    asked = await ama.asks(await ama.announced(), "Почему не спит?", anonymous=True)
    [card] = await school.planned("ama:1:desk")
    assert card["chat_id"] == STAFF
    assert card["facts"]["asker"] == {"text": "ama-anonymous"}
    assert "Имя" not in str(card["facts"])
    assert (await ama.question(asked.id)).asker == school.person(PARENT)


async def test_child_data_in_a_question_is_refused_and_never_stored(school, ama):
    """M100: question with child data."""
    made = await ama.announced()
    with pytest.raises(Refusal, match=r"ama.child_data"):
        await ama.asks(made, "Саша, школа № 12, не спит")
    assert await ama.asking.mine(made.id, school.person(PARENT)) == []


async def test_what_a_rule_objects_to_waits_for_a_moderator(school, ama, clock):
    made = await ama.announced()
    asked = await ama.asks(made, "ПОЧЕМУ ВСЕГДА ТАК?!")
    assert await ama.asking.listed(made.id, clock.now()) == []
    [told] = await school.planned(f"ama:{made.id}:question:{asked.id}")
    assert told["content"] == "text:ama-question-pending"
    await ama.asking.approve(asked.id)
    assert [q.id for q in await ama.asking.listed(made.id, clock.now())] == [asked.id]


async def test_an_edit_is_followed_until_the_question_is_on_stage(school, ama, clock):
    """M100: question edited by its author."""
    made = await ama.announced(days=2)
    asked = await ama.asks(made, "Как спать?", message=70)
    changed = await ama.asking.edited(school.person(PARENT), PARENT, 70, "Как засыпать?")
    assert changed.text == "Как засыпать?"
    assert await ama.asking.edited(school.person(OTHER_PARENT), PARENT, 70, "Чужое") is None
    clock.jump(timedelta(days=2))
    await ama.live.start(made.id, None, clock.now())
    assert await ama.asking.edited(school.person(PARENT), PARENT, 70, "Поздно") is None
    assert (await ama.question(asked.id)).text == "Как засыпать?"


async def test_an_edit_that_adds_child_data_takes_the_question_back(school, ama):
    """M100"""
    made = await ama.announced()
    asked = await ama.asks(made, "Как спать?", message=70)
    await ama.asking.edited(school.person(PARENT), PARENT, 70, "Как спать, школа № 5?")
    assert (await ama.question(asked.id)).state is Asked.WITHDRAWN
    assert "школа" not in (await ama.question(asked.id)).text


async def test_a_question_is_taken_back_by_a_button(school, ama, clock):
    """M96 M100: no update tells of a deleted message."""
    made = await ama.announced()
    asked = await ama.asks(made, "Как спать?")
    with pytest.raises(Refusal, match=r"ama.not_yours"):
        await ama.asking.withdraw(asked.id, school.person(OTHER_PARENT))
    await ama.asking.withdraw(asked.id, school.person(PARENT))
    assert await ama.asking.listed(made.id, clock.now()) == []


async def test_a_declined_question_is_told_with_its_reason(school, ama, clock):
    """M100: moderator declines with reason."""
    asked = await ama.asks(await ama.announced(), "А скидки будут?")
    await ama.asking.decline(asked.id, school.person(MODERATOR), "не о сне", clock.now())
    told = (await school.planned(f"ama:1:question:{asked.id}"))[-1]
    assert (told["content"], told["facts"]["reason"]) == ("text:ama-question-declined", "не о сне")
    with pytest.raises(Refusal, match=r"ama.question_gone"):
        await ama.asking.decline(asked.id, school.person(MODERATOR), "ещё раз", clock.now())


class Voting:
    """Ballots with their writer running."""

    def __init__(self, school: School) -> None:
        self.ballots = Ballots(school.database, school.database.clock)

    async def __aenter__(self) -> Ballots:
        self._task = asyncio.create_task(self.ballots.run())
        return self.ballots

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


async def test_a_merged_question_gives_its_voters_to_the_umbrella_each_counted_once(
    each_school, clock
):
    """M100: duplicate merged."""
    school = each_school
    async with Voting(school) as ballots:
        ama = Ama(school, ballots)
        made = await ama.announced()
        first = await ama.asks(made, "Как уложить спать?")
        second = await ama.asks(made, "Как укладывать?", OTHER_PARENT)
        for voter in (MENTOR, MODERATOR):
            assert (await ama.asking.vote(first.id, voter)).vote is Vote.COUNTED
        assert (await ama.asking.vote(second.id, MENTOR)).vote is Vote.COUNTED
        await ama.asking.merge(second.id, first.id)
        assert (await ama.question(first.id)).votes == 2
        late = await ama.asking.vote(second.id, PARENT)
        assert (late.vote, (await ama.question(first.id)).votes) == (Vote.COUNTED, 3)
        [told] = await school.planned(f"ama:{made.id}:question:{second.id}")
        assert (told["person_id"], told["content"]) == (
            school.person(OTHER_PARENT),
            "text:ama-question-merged",
        )
        for pair in ((first.id, first.id), (second.id, first.id)):
            with pytest.raises(Refusal):
                await ama.asking.merge(*pair)


async def test_a_thousand_presses_at_once_are_counted_once_for_each_person(each_school, clock):
    school = each_school
    async with school.database.begin() as unit:
        rows = [{"telegram_id": 10_000 + n, "created_at": unit.now} for n in range(500)]
        await unit.connection.execute(sa.insert(people), rows)
    async with Voting(school) as ballots:
        ama = Ama(school, ballots)
        asked = await ama.asks(await ama.announced(), "Как спать?")
        presses = [ama.asking.vote(asked.id, 10_000 + n % 500) for n in range(1000)]
        cast = Counter(one.vote for one in await asyncio.gather(*presses))
        assert cast == {Vote.COUNTED: 500, Vote.AGAIN: 500}
        assert (await ama.question(asked.id)).votes == 500


def test_votes_in_one_topic_do_not_queue_one_behind_another():
    """Each keeps the order of its person only; other presses keep that of the chat too."""
    press = {
        "id": "1",
        "from": {"id": 7},
        "message": {"chat": {"id": CHAT}, "message_id": 1},
        "data": "ama:too:5",
    }
    assert order_keys({"update_id": 1, "callback_query": press}) == ("p7",)
    other = {**press, "data": "ama:here:5"}
    assert order_keys({"update_id": 1, "callback_query": other}) == (f"c{CHAT}", "p7")


@pytest.mark.parametrize("data", ["ama:too:", "ama:too:x", "ama:v:²", "ama:v:" + "9" * 30, None])
async def test_a_forged_vote_is_left_to_those_who_answer_old_buttons(data):
    """M85"""
    votes = Votes(None, None, None)  # type: ignore[arg-type]
    update = {"callback_query": {"id": "1", "from": {"id": 7}, "data": data}}
    assert await votes(update) is False


async def test_a_vote_says_what_became_of_it(school, clock):
    async with Voting(school) as ballots:
        ama = Ama(school, ballots)
        asked = await ama.asks(await ama.announced(), "Как спать?")
        await ama.asking.withdraw(asked.id, school.person(PARENT))
        assert await ama.asking.vote(asked.id, MENTOR) == Cast(Vote.CLOSED, "ru")
        assert await ama.asking.vote(999, MENTOR) == Cast(Vote.CLOSED, "ru")
        assert await ama.asking.vote(asked.id, 5) == Cast(Vote.STRANGER)


@pytest.mark.parametrize("open_still", [True, False])
async def test_a_press_replayed_after_a_crash_is_told_what_was_stored(school, clock, open_still):
    """The bot died between the commit and the answer: the vote stands, is not doubled, and the answer comes."""
    async with Voting(school) as ballots:
        ama = Ama(school, ballots)
        asked = await ama.asks(await ama.announced(), "Как спать?")
        if not open_still:
            await ama.asking.withdraw(asked.id, school.person(PARENT))
        row = InboxRow(1, clock.now(), "callback_query", "", b"{}")
        await school.database.run(lambda connection: Inbox(connection).store([row]))
        for _ in range(2):
            token = CURRENT.set(CurrentUpdate(1))
            cast = await ama.asking.vote(asked.id, MENTOR)
            CURRENT.reset(token)
            assert cast.vote is (Vote.COUNTED if open_still else Vote.CLOSED)
        assert (await ama.question(asked.id)).votes == int(open_still)


async def running(ama: Ama, clock) -> tuple[Session, list[Question]]:
    made = await ama.announced()
    questions = [
        await ama.asks(made, f"Вопрос {n}?", who)
        for n, who in enumerate((PARENT, OTHER_PARENT, MENTOR))
    ]
    clock.jump(made.starts - clock.now())
    return await ama.live.start(made.id, None, clock.now()), questions


async def test_the_live_hour_goes_from_question_to_question_and_survives_a_restart(
    school, ama, clock
):
    """M100: the bot restarted in the middle."""
    held, questions = await running(ama, clock)
    assert held.stage == questions[0].id
    [staged] = await school.planned(f"ama:{held.id}:stage")
    assert (staged["topic"], staged["facts"]["question"]) == (14, "Вопрос 0?")
    again = Ama(school)
    assert await again.live.answered(
        questions[0].id, school.person(EXPERT), CHAT, 801, text="Режим.", now=clock.now()
    )
    assert await again.live.answered(
        questions[0].id, school.person(EXPERT), CHAT, 802, text="И ещё.", now=clock.now()
    )
    held = await again.live.next(held.id, clock.now())
    assert held.stage == questions[1].id
    held = await again.live.next(held.id, clock.now(), skip=True)
    assert (await ama.question(questions[0].id)).state is Asked.ANSWERED
    assert (await ama.question(questions[1].id)).state is Asked.SKIPPED
    told = await school.planned(f"ama:{held.id}:question:{questions[0].id}:answered")
    assert told[0]["facts"]["link"] == "https://t.me/c/1000000001/801"


async def test_only_the_sessions_expert_answers(school, ama, clock):
    held, questions = await running(ama, clock)
    assert not await ama.live.answered(
        questions[0].id, school.person(PARENT), CHAT, 801, text="Я знаю!", now=clock.now()
    )
    assert (await ama.after.transcript(held.id))[1] == []


async def test_the_clock_starts_asks_about_an_absent_expert_and_ends(school, ama, clock):
    """M100: expert absent."""
    made = await ama.announced()
    await ama.asks(made, "Как спать?")
    clock.jump(made.starts - clock.now())
    assert await ama.watch.tick(clock.now()) == 1
    assert await ama.watch.tick(clock.now()) == 0
    clock.jump(timedelta(minutes=10))
    assert await ama.watch.tick(clock.now()) == 1
    assert await ama.watch.tick(clock.now()) == 0
    [absent] = await school.planned(f"ama:{made.id}:absent")
    assert absent["chat_id"] == STAFF
    clock.jump(timedelta(minutes=80))
    assert await ama.watch.tick(clock.now()) == 1
    assert (await ama.session(made.id)).state is State.FINISHED
    [said] = await school.planned(f"ama:{made.id}:topic:in-writing")
    assert said["chat_id"] == CHAT
    async with school.database.reading() as unit:
        [written] = await unit.escalations.held(school.community.id)
    assert (written.request.text, written.request.private) == ("Как спать?", True)


async def test_an_expert_who_gave_a_sign_is_not_absent(school, ama, clock):
    held, _ = await running(ama, clock)
    await ama.live.here(held.id, school.person(EXPERT), clock.now())
    clock.jump(timedelta(minutes=15))
    assert await ama.watch.tick(clock.now()) == 0


async def test_a_late_question_is_answered_in_writing_and_its_asker_is_told(school, ama, clock):
    """M100: late question."""
    held, _ = await running(ama, clock)
    await ama.after.finish(held.id, None, clock.now())
    late = await ama.asks(held, "А можно ещё?")
    assert late.state is Asked.WRITTEN
    [told] = await school.planned(f"ama:{held.id}:question:{late.id}")
    assert told["content"] == "text:ama-question-late"


async def test_a_pause_a_resume_and_more_time(school, ama, clock):
    held, _ = await running(ama, clock)
    await ama.live.pause(held.id, clock.now())
    with pytest.raises(Refusal, match=r"ama.not_now"):
        await ama.live.next(held.id, clock.now())
    await ama.live.resume(held.id, clock.now())
    longer = await ama.live.extend(held.id, 15)
    assert longer.minutes == 75
    with pytest.raises(Refusal, match=r"ama.length"):
        await ama.live.extend(held.id, 500)


async def test_after_a_session_come_index_rating_figures_and_written_answers(each_school, clock):
    school, ama = each_school, Ama(each_school)
    held, questions = await running(ama, clock)
    for who in (PARENT, OTHER_PARENT):
        await ama.live.here(held.id, school.person(who), clock.now())
    await ama.live.answered(
        questions[0].id, school.person(EXPERT), CHAT, 801, text="Режим <важнее>.", now=clock.now()
    )
    await ama.live.answer_edited(CHAT, 801, "Режим & ритуал.")
    await ama.after.finish(held.id, None, clock.now())
    [index] = await school.planned(f"ama:{held.id}:topic:finished")
    assert index["facts"]["index"]["lines"] == [
        {"text": "ama-index-line", "place": "1000000001/801", "question": "Вопрос 0?"}
    ]
    asked_to_rate = {row["person_id"] for row in await school.planned(f"ama:{held.id}:rate")}
    assert asked_to_rate == {school.person(PARENT), school.person(OTHER_PARENT)}
    await ama.after.rate(held.id, school.person(PARENT), 5)
    for again in (
        (school.person(PARENT), 1),
        (school.person(MODERATOR), 5),
        (school.person(OTHER_PARENT), 6),
    ):
        with pytest.raises(Refusal, match=r"ama.rated"):
            await ama.after.rate(held.id, *again)
    async with school.database.reading() as unit:
        assert len(await unit.escalations.held(school.community.id)) == 2
    figures = await ama.after.figures(held.id)
    assert (figures.asked, figures.answered, figures.attended, figures.rating) == (3, 1, 2, 5.0)
    _, chapters = await ama.after.transcript(held.id)
    html = page(held, chapters, "Встреча: <Сон>", "без имени")
    assert "Режим &amp; ритуал." in html
    assert "<Сон>" not in html
    assert transcript_parts(chapters) == ["— Вопрос 0?\n\nРежим & ритуал."]


async def test_a_transcript_longer_than_a_message_is_cut(school, ama, clock):
    """M100: answer over 4,096 characters."""
    held, questions = await running(ama, clock)
    await ama.live.answered(
        questions[0].id, school.person(EXPERT), CHAT, 801, text="слово " * 1500, now=clock.now()
    )
    _, chapters = await ama.after.transcript(held.id)
    pieces = transcript_parts(chapters)
    assert len(pieces) > 2
    assert all(len(piece) <= 4096 for piece in pieces)


async def test_the_owner_hears_once_a_month_that_sessions_are_missing(school, ama, clock):
    await ama.announced()
    home = school.community.id
    assert await ama.after.check_regularity(home, clock.now())
    assert not await ama.after.check_regularity(home, clock.now())
    [row] = await school.planned("ama:regularity")
    assert (row["person_id"], row["facts"]["planned"], row["facts"]["wanted"]) == (
        school.person(OWNER),
        1,
        2,
    )
    assert not await ama.after.check_regularity(home, clock.now() - timedelta(days=20))


async def test_a_sixth_open_question_of_one_person_is_refused(school, ama):
    made = await ama.announced()
    for number in range(5):
        await ama.asks(made, f"Вопрос {number}?")
    with pytest.raises(Refusal, match=r"ama.too_many"):
        await ama.asks(made, "Шестой?")
