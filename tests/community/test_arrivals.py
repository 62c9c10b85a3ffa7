"""Coming in and going out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from community.arrivals import Arrivals, Newcomer
from community.join_requests import JoinRequests
from community.joining import Gate, JoinFacts, decide, greeting_topic
from community.model import TopicState
from community.places import Places
from core.cohorts import Cohort
from core.errors import Refusal
from core.ids import TelegramId
from tests.community.people import CHAT, MODERATOR, OTHER_PARENT, PARENT, STAFF

BY_COHORT: dict[str, str] = {Cohort.PRESCHOOL: "preschool", Cohort.TEEN: "teens"}


async def yes(unit, person) -> bool:
    return True


async def no(unit, person) -> bool:
    return False


class Door:
    """Requests and arrivals over one school."""

    def __init__(self, school, consented) -> None:
        self.parts = JoinRequests(school.database, consented), Arrivals(school.database, BY_COHORT)

    def __getattr__(self, name: str):
        return getattr(self.parts[0 if hasattr(JoinRequests, name) else 1], name)


def arrivals(school, consented=yes) -> Door:
    return Door(school, consented)


def facts(**changes) -> JoinFacts:
    usual = {
        "known": True,
        "consented": True,
        "banned": False,
        "joined_lately": 0,
        "surge_limit": 20,
    }
    return JoinFacts(**{**usual, **changes})


@pytest.mark.parametrize(
    ("case", "given", "gate", "reason"),
    [
        ("first steps done and consent given", facts(), Gate.APPROVE, "consented"),
        ("never opened the bot", facts(known=False, consented=False), Gate.ASK, "unknown"),
        ("consent withdrawn", facts(consented=False), Gate.ASK, "consent"),
        ("banned before M57", facts(banned=True), Gate.DECLINE, "banned"),
        ("banned in a surge", facts(banned=True, joined_lately=99), Gate.DECLINE, "banned"),
        ("surge M53", facts(joined_lately=20), Gate.QUEUE, "surge"),
        ("one below the surge M53", facts(joined_lately=19), Gate.APPROVE, "consented"),
        ("surge limit off", facts(joined_lately=500, surge_limit=0), Gate.APPROVE, "consented"),
    ],
)
def test_who_is_let_in(case, given, gate, reason):
    decision = decide(given)
    assert (decision.gate, decision.reason) == (gate, reason)


@pytest.mark.parametrize(
    ("children", "topic"),
    [
        ([Cohort.PRESCHOOL], "preschool"),
        ([Cohort.TEEN, Cohort.PRESCHOOL], "preschool"),
        ([Cohort.BABY], "parents"),
        ([Cohort.UNKNOWN], "parents"),
        ([], "parents"),
    ],
)
def test_the_greeting_stands_where_the_youngest_child_belongs(children, topic):
    assert greeting_topic(children, BY_COHORT) == topic


async def test_a_parent_with_consent_is_approved_and_greeted_by_the_age_of_the_child(school, clock):
    async with school.database.begin() as unit:
        await unit.people.add_child(school.person(PARENT), unit.now, name="Варя", born="2022-03")
    service = arrivals(school)
    decision = await service.knock(CHAT, TelegramId(PARENT), clock.now(), by_query=False)
    assert decision.gate is Gate.APPROVE
    [approval] = await school.planned("join:")
    assert (approval["kind"], approval["facts"]["user_id"]) == ("approve_join", PARENT)
    await service.arrived(CHAT, [Newcomer(TelegramId(PARENT), "Вера")], clock.now())
    [greeting] = await school.planned("greeting:")
    assert (greeting["chat_id"], greeting["topic"]) == (CHAT, 12)
    assert greeting["content"] == "text:community-greeting"


async def test_a_request_without_consent_waits_and_is_approved_with_the_consent(each_school, clock):
    """M51: the pending request stays visible until it is settled."""
    school = each_school
    service = arrivals(school, no)
    decision = await service.knock(CHAT, TelegramId(PARENT), clock.now(), by_query=True)
    assert decision.gate is Gate.ASK
    assert await school.planned("join:") == []
    [waiting] = await service.waiting()
    assert (waiting.telegram_id, waiting.state) == (PARENT, "asked")
    async with school.database.begin() as unit:
        person = await unit.people.by_telegram(PARENT)
        assert await arrivals(school).let_in(unit, person, clock.now()) == 1
    assert [row["kind"] for row in await school.planned("join:")] == ["approve_join"]
    assert await service.waiting() == []


async def test_a_surge_queues_requests_and_ends_by_itself(school, clock):
    """M53: members are not touched, new requests wait, ten minutes later the door is open again."""
    service = arrivals(school)
    crowd = [Newcomer(TelegramId(5000 + n), f"Гость {n}") for n in range(20)]
    await service.arrived(CHAT, crowd, clock.now())
    assert await school.planned("greeting:") == []
    for who in (PARENT, 999):
        knock = await service.knock(CHAT, TelegramId(who), clock.now(), by_query=False)
        assert knock.gate is Gate.QUEUE
    assert await service.release(clock.now()) == 0
    clock.jump(timedelta(minutes=11))
    assert await service.release(clock.now()) == 1
    [approval] = [r for r in await school.planned("join:") if r["kind"] == "approve_join"]
    assert approval["facts"]["user_id"] == PARENT
    assert [r.telegram_id for r in await service.waiting()] == [999], (
        "no consent: the staff decides"
    )
    knock = await service.knock(CHAT, TelegramId(OTHER_PARENT), clock.now(), by_query=False)
    assert knock.gate is Gate.APPROVE


async def test_one_service_message_may_name_several_and_is_removed(school, clock):
    """M54: both updates about one arrival greet once; all names are processed; the notice goes."""
    service = arrivals(school)
    pair = [Newcomer(TelegramId(901), "Ира"), Newcomer(TelegramId(902), "<b>Олег</b>")]
    assert await service.arrived(CHAT, pair[:1], clock.now()) == 1
    assert await service.arrived(CHAT, pair, clock.now(), service_message=77) == 1
    assert len(await school.planned("greeting:")) == 2
    [tidy] = await school.planned("tidy:")
    assert tidy["facts"]["message_ids"] == [77]
    async with school.database.reading() as unit:
        assert await unit.memberships.joined_since(school.community.id, clock.now()) == 2


async def test_who_leaves_before_the_greeting_is_not_greeted(school, clock):
    """M55: nothing waits for a person who is gone, and nothing lifts a ban."""
    service = arrivals(school)
    await service.arrived(CHAT, [Newcomer(TelegramId(901), "Ира")], clock.now())
    await service.departed(CHAT, TelegramId(901), clock.now(), banned=True)
    assert await school.planned() == []
    knock = await service.knock(CHAT, TelegramId(901), clock.now(), by_query=True)
    assert knock.gate is Gate.DECLINE


async def test_a_second_account_is_a_stranger_not_a_suspect(school, clock):
    """M57: only a person connects two accounts."""
    service = arrivals(school)
    await service.arrived(CHAT, [Newcomer(TelegramId(901), "Ира")], clock.now())
    await service.departed(CHAT, TelegramId(901), clock.now(), banned=True)
    knock = await service.knock(CHAT, TelegramId(PARENT), clock.now(), by_query=True)
    assert knock.gate is Gate.APPROVE


async def test_who_comes_back_is_welcomed_back(school, clock):
    service = arrivals(school)
    for _ in range(2):
        await service.arrived(CHAT, [Newcomer(TelegramId(901), "Ира")], clock.now())
        await service.departed(CHAT, TelegramId(901), clock.now(), banned=False)
    await service.arrived(CHAT, [Newcomer(TelegramId(901), "Ира")], clock.now())
    [greeting] = await school.planned("greeting:")
    assert greeting["content"] == "text:community-returned"


async def test_two_moderators_settle_a_request_once(school, clock):
    service = arrivals(school, no)
    await service.knock(CHAT, TelegramId(PARENT), clock.now(), by_query=False)
    await service.settle(
        CHAT, TelegramId(PARENT), school.person(MODERATOR), clock.now(), approve=True
    )
    with pytest.raises(Refusal, match=r"join.settled"):
        await service.settle(
            CHAT, TelegramId(PARENT), school.person(MODERATOR), clock.now(), approve=False
        )
    assert [row["kind"] for row in await school.planned("join:")] == ["approve_join"]


async def test_what_waits_for_a_moderator_is_a_card_with_buttons(school, clock):
    """M51 M53 M56: a surge, a query missed, somebody out of reach; consent that comes later settles it as well."""
    service = arrivals(school, no)
    crowd = [Newcomer(TelegramId(5000 + n), f"Гость {n}") for n in range(20)]
    await service.arrived(CHAT, crowd, clock.now())
    await service.knock(CHAT, TelegramId(901), clock.now(), by_query=False, name="Ира")
    clock.jump(timedelta(minutes=11))
    for key in (902, 903):
        await service.knock(CHAT, TelegramId(key), clock.now(), by_query=True, name="Ира")
    await service.too_late(CHAT, TelegramId(902), "Ира", clock.now())
    await service.out_of_reach(CHAT, TelegramId(903), "Ира")
    cards = await school.planned("join-card:")
    assert [(c["chat_id"], c["topic"], c["facts"]["reason"]["text"]) for c in cards] == [
        (STAFF, 23, f"community-join-why-{why}") for why in ("surge", "late", "unreached")
    ]
    assert cards[0]["facts"]["buttons"][0][0][1] == f"join:yes:{CHAT}:901"
    states = {one.telegram_id: one.state for one in await service.waiting()}
    assert states == {901: "queued", 902: "asked", 903: "asked"}


async def test_a_query_missed_by_who_may_come_in_is_answered_the_classic_way(school, clock):
    """M51: the facts suffice, so nobody waits for a moderator because we were slow."""
    service = arrivals(school)
    await service.knock(CHAT, TelegramId(PARENT), clock.now(), by_query=True)
    assert await school.planned("join") == []
    await service.too_late(CHAT, TelegramId(PARENT), "Вера", clock.now())
    assert [row["kind"] for row in await school.planned("join")] == ["approve_join"]


async def test_a_closed_topic_sends_the_greeting_to_the_general_one_for_parents(school, clock):
    """M61: a topic that is closed or gone is not written to."""
    await Places(school.database).topic_changed(CHAT, 11, TopicState.CLOSED, clock.now())
    await arrivals(school).arrived(CHAT, [Newcomer(TelegramId(901), "Ира")], clock.now())
    [greeting] = await school.planned("greeting:")
    assert greeting["topic"] is None


async def test_a_chat_that_moved_keeps_its_community_topics_and_settings(each_school, clock):
    """M77 L77: both service messages of a migration come; the second changes nothing."""
    school = each_school
    places = Places(school.database)
    assert await places.migrated(CHAT, -1009000000001) is True
    assert await places.migrated(CHAT, -1009000000001) is False
    moved = await places.at(-1009000000001)
    assert moved.id == school.community.id
    async with school.database.reading() as unit:
        topic = await unit.communities.topic(school.community.id, "parents")
    assert (topic.chat, topic.thread) == (-1009000000001, 11)
    assert (await places.at(STAFF)).id == school.community.id


async def test_two_admins_change_one_setting_and_the_last_author_is_known(each_school, clock):
    """M103: the last write stands with its author; undo works only until somebody writes again."""
    school = each_school
    places, home = Places(school.database), school.community.id
    first = await places.change(home, "surge_limit", 5, school.person(101), clock.now())
    second = await places.change(home, "surge_limit", 9, school.person(102), clock.now())
    with pytest.raises(Refusal, match=r"settings.changed_since"):
        await places.undo(home, "surge_limit", school.person(101), clock.now(), change=first.id)
    undone = await places.undo(
        home, "surge_limit", school.person(102), clock.now(), change=second.id
    )
    assert (undone.before, undone.after) == (9, 5)
    assert (await places.at(CHAT)).settings == {"surge_limit": 5}
