"""Members: bans, terms, restrictions, promotions, doors."""

import pytest

from emulator.actors import Cannot
from tests.emulator.world.school import School

DAY = 86_400
ALL_SENDS = {"can_send_messages": True, "can_send_other_messages": True}


async def standing(school: School, user_id: int) -> dict[str, object]:
    found: dict[str, object] = await school.call(
        "getChatMember", chat_id=school.forum.id, user_id=user_id
    )
    return found


async def test_a_banned_person_is_out_and_cannot_return(school: School):
    await school.call("banChatMember", chat_id=school.forum.id, user_id=school.vera.id)
    assert (await standing(school, school.vera.id))["status"] == "kicked"
    assert school.vera.messages(school.forum) == []
    with pytest.raises(Cannot):
        school.vera.join(school.forum)
    [member, left] = school.updates()
    assert member["chat_member"]["new_chat_member"]["status"] == "kicked"
    assert left["message"]["left_chat_member"]["id"] == school.vera.id


@pytest.mark.parametrize(
    ("case", "term", "kept"),
    [
        ("29 s is for ever", 29, 0),
        ("31 s", 31, 31),
        ("366 days", 366 * DAY, 366 * DAY),
        ("367 days is for ever", 367 * DAY, 0),
    ],
)
async def test_terms_too_short_or_too_long_mean_for_ever(
    school: School, case: str, term: int, kept: int
):
    """M71"""
    now = school.emulator.world.now()
    await school.call(
        "banChatMember", chat_id=school.forum.id, user_id=school.vera.id, until_date=now + term
    )
    assert (await standing(school, school.vera.id))["until_date"] == (now + kept if kept else 0)


async def test_a_ban_ends_by_the_clock(school: School):
    """M80"""
    until = school.emulator.world.now() + 3600
    await school.call(
        "banChatMember", chat_id=school.forum.id, user_id=school.vera.id, until_date=until
    )
    school.emulator.clock.advance(3600)
    assert (await standing(school, school.vera.id))["status"] == "left"
    school.vera.join(school.forum)
    assert school.forum.has(school.vera.id)


async def test_unban_throws_a_present_member_out_unless_told_not_to(school: School):
    """M74"""
    call = {"chat_id": school.forum.id, "user_id": school.vera.id}
    await school.call("unbanChatMember", **call, only_if_banned=True)
    assert school.forum.has(school.vera.id)
    await school.call("unbanChatMember", **call)
    assert not school.forum.has(school.vera.id)
    school.vera.join(school.forum)


async def test_a_restriction_shuts_the_mouth_and_ends(school: School):
    until = school.emulator.world.now() + 3600
    await school.call(
        "restrictChatMember",
        chat_id=school.forum.id,
        user_id=school.vera.id,
        permissions={"can_send_messages": False},
        use_independent_chat_permissions=True,
        until_date=until,
    )
    with pytest.raises(Cannot):
        school.vera.send("hello", chat=school.forum)
    school.emulator.clock.advance(3601)
    school.vera.send("hello", chat=school.forum)
    assert (await standing(school, school.vera.id))["status"] == "member"


@pytest.mark.parametrize(
    ("independent", "photos", "text"), [(True, False, False), (False, True, True)]
)
async def test_permissions_imply_each_other_unless_independent(
    school: School, independent: bool, photos: bool, text: bool
):
    """M72"""
    await school.call(
        "restrictChatMember",
        chat_id=school.forum.id,
        user_id=school.vera.id,
        permissions={"can_send_other_messages": True},
        use_independent_chat_permissions=independent,
    )
    member = await standing(school, school.vera.id)
    assert (member["can_send_photos"], member["can_send_messages"]) == (photos, text)


async def test_permissions_of_the_chat_lift_a_restriction(school: School):
    """M72"""
    call = {"chat_id": school.forum.id, "user_id": school.vera.id}
    await school.call("restrictChatMember", **call, permissions={})
    assert (await standing(school, school.vera.id))["status"] == "restricted"
    allowed = (await school.call("getChat", chat_id=school.forum.id))["permissions"]
    await school.call(
        "restrictChatMember", **call, permissions=allowed, use_independent_chat_permissions=True
    )
    assert (await standing(school, school.vera.id))["status"] == "member"


async def test_a_restriction_waits_for_the_return_of_who_left(school: School):
    """M79"""
    school.vera.leave(school.forum)
    await school.call(
        "restrictChatMember", chat_id=school.forum.id, user_id=school.vera.id, permissions={}
    )
    school.vera.join(school.forum)
    with pytest.raises(Cannot):
        school.vera.send("hello", chat=school.forum)


async def test_an_administrator_bot_promotes_and_names(school: School):
    who = {"chat_id": school.forum.id, "user_id": school.vera.id}
    await school.call("promoteChatMember", **who, can_pin_messages=True)
    await school.call("setChatAdministratorCustomTitle", **who, custom_title="Наставник")
    member = await standing(school, school.vera.id)
    assert (member["status"], member["custom_title"], member["can_be_edited"]) == (
        "administrator",
        "Наставник",
        True,
    )
    admins = await school.call("getChatAdministrators", chat_id=school.forum.id)
    assert {one["user"]["first_name"] for one in admins} == {"Olga", "Opora", "Vera"}
    await school.call("promoteChatMember", **who)
    assert (await standing(school, school.vera.id))["status"] == "member"


async def test_a_tag_stands_beside_the_name(school: School):
    await school.call(
        "setChatMemberTag", chat_id=school.forum.id, user_id=school.vera.id, tag="Мама"
    )
    assert school.vera.send("hello", chat=school.forum).raw["sender_tag"] == "Мама"
    assert (await standing(school, school.vera.id))["tag"] == "Мама"


async def test_deeds_by_hand_reach_the_administrator_bot(school: School):
    """M58 M45"""
    school.owner.promote(school.forum, school.oleg, ("can_restrict_members",))
    school.oleg.ban(school.forum, school.vera)
    updates = [update["chat_member"] for update in school.updates() if "chat_member" in update]
    assert [(one["from"]["first_name"], one["new_chat_member"]["status"]) for one in updates] == [
        ("Olga", "administrator"),
        ("Oleg", "kicked"),
    ]
    with pytest.raises(Cannot):
        school.oleg.promote(school.forum, school.vera)


async def test_chat_member_needs_asking_for_and_rights(school: School):
    other = school.town.bot("Other")
    school.town.add_bot(school.forum, other, school.owner)
    quiet = school.town.bot("Quiet")
    school.town.add_bot(school.forum, quiet, school.owner, admin=False)
    quiet.queue.allow(["chat_member", "message"])
    school.updates(other), school.updates(quiet), school.updates()
    school.town.person("Guest").join(school.forum)
    assert school.kinds(other) == ["message"], "not among the default kinds"
    assert school.kinds(quiet) == ["message"], "asked for, but no administrator"
    assert school.kinds() == ["chat_member", "message"]


async def test_the_bot_hears_of_its_own_standing(school: School):
    """M78"""
    other = school.town.bot("Other")
    school.town.add_bot(school.forum, other, school.owner)
    school.town.demote_bot(school.forum, other, school.owner)
    school.town.remove_bot(school.forum, other, school.owner)
    own = [
        update["my_chat_member"]["new_chat_member"]["status"]
        for update in school.updates(other)
        if "my_chat_member" in update
    ]
    assert own == ["member", "administrator", "member", "kicked"]


async def test_several_come_in_with_one_service_message(school: School):
    """M54"""
    guests = [school.town.person(name) for name in ("A", "B")]
    school.owner.invite(school.forum, *guests)
    joined = [
        update["message"]["new_chat_members"] for update in school.updates() if "message" in update
    ]
    assert [[one["first_name"] for one in cards] for cards in joined] == [["A", "B"]]


async def test_invite_links_count_expire_and_are_revoked(school: School):
    now = school.emulator.world.now()
    made = await school.call(
        "createChatInviteLink",
        chat_id=school.forum.id,
        name="one",
        member_limit=1,
        expire_date=now + 60,
    )
    first, second = school.town.person("A"), school.town.person("B")
    first.join(school.forum, made["invite_link"])
    update = next(one["chat_member"] for one in school.updates() if "chat_member" in one)
    assert update["invite_link"]["name"] == "one"
    with pytest.raises(Cannot):
        second.join(school.forum, made["invite_link"])
    link = await school.call("createChatInviteLink", chat_id=school.forum.id, expire_date=now + 60)
    school.emulator.clock.advance(61)
    with pytest.raises(Cannot):
        second.join(school.forum, link["invite_link"])
    primary = await school.call("exportChatInviteLink", chat_id=school.forum.id)
    revoked = await school.call(
        "revokeChatInviteLink", chat_id=school.forum.id, invite_link=primary
    )
    assert revoked["is_revoked"]
    with pytest.raises(Cannot):
        second.join(school.forum, primary)


async def test_a_request_is_answered_within_ten_seconds_or_waits(school: School):
    """M51 M52"""
    guest, late = school.town.person("Guest", bio="мама двоих"), school.town.person("Late")
    query = guest.request_join(school.forum)
    update = next(one["chat_join_request"] for one in school.updates())
    assert (update["query_id"], update["user_chat_id"], update["bio"]) == (
        query,
        guest.id,
        "мама двоих",
    )
    await school.call("sendMessage", chat_id=guest.id, text="Здравствуйте")
    await school.call(
        "answerChatJoinRequestQuery", chat_join_request_query_id=query, result="approve"
    )
    assert school.forum.has(guest.id)
    assert next(one["chat_member"] for one in school.updates() if "chat_member" in one)[
        "via_join_request"
    ]
    other = late.request_join(school.forum)
    school.emulator.clock.advance(11)
    words = await school.refused(
        "answerChatJoinRequestQuery", chat_join_request_query_id=other, result="approve"
    )
    assert words.endswith("query is too old and response timeout expired or query ID is invalid")
    await school.call("approveChatJoinRequest", chat_id=school.forum.id, user_id=late.id)
    assert school.forum.has(late.id)


async def test_who_asked_to_join_can_be_written_to_for_five_minutes(school: School):
    """M51"""
    guest = school.town.person("Guest")
    guest.request_join(school.forum)
    school.emulator.clock.advance(301)
    assert (await school.refused("sendMessage", chat_id=guest.id, text="x")).startswith(
        "400 Bad Request: chat not found"
    )


async def test_a_withdrawn_request_cannot_be_approved(school: School):
    """M52"""
    guest = school.town.person("Guest")
    guest.request_join(school.forum)
    guest.cancel_request(school.forum)
    words = await school.refused(
        "approveChatJoinRequest", chat_id=school.forum.id, user_id=guest.id
    )
    assert words == "400 Bad Request: HIDE_REQUESTER_MISSING"


async def test_a_channel_is_banned_from_writing(school: School):
    """M42"""
    channel = school.town.channel("Ads", school.vera)
    said = school.vera.send("buy", chat=school.forum, as_chat=channel)
    assert said.raw["sender_chat"]["id"] == channel.id
    assert said.raw["from"]["username"] == "Channel_Bot"
    await school.call("banChatSenderChat", chat_id=school.forum.id, sender_chat_id=channel.id)
    with pytest.raises(Cannot):
        school.vera.send("buy", chat=school.forum, as_chat=channel)
