"""Topics, channels, migration, private chats: where messages stand and who hears of them."""

import pytest

from emulator.actors import Cannot
from emulator.errors import ApiError
from emulator.world.world import Quirk
from tests.emulator.world.school import School


async def test_a_topic_is_opened_by_the_message_that_bears_its_number(school: School):
    topic = await school.call("createForumTopic", chat_id=school.forum.id, name="Games")
    opened = school.forum.posts[topic["message_thread_id"]].view
    assert opened["forum_topic_created"] == {"name": "Games", "icon_color": 0x6FB9F0}
    assert opened["message_thread_id"] == topic["message_thread_id"]
    assert school.kinds() == ["message"]


async def test_words_in_a_topic_answer_its_opening_implicitly(school: School):
    """M60"""
    said = school.vera.send("hello", chat=school.forum, topic="Sleep")
    assert said.raw["is_topic_message"]
    assert "forum_topic_created" in said.raw["reply_to_message"]
    reply = school.oleg.send("hi", chat=school.forum, reply_to=said)
    assert reply.topic == said.topic
    assert reply.raw["reply_to_message"]["text"] == "hello"


async def test_general_has_no_thread_and_a_reply_there_is_no_topic_message(school: School):
    """M59 M65"""
    said = school.vera.send("hello", chat=school.forum)
    assert "message_thread_id" not in said.raw
    reply = school.oleg.send("hi", chat=school.forum, reply_to=said)
    assert reply.raw["message_thread_id"] == said.message_id
    assert "is_topic_message" not in reply.raw


async def test_an_answer_of_the_bot_stays_in_the_topic_of_what_it_answers(school: School):
    """M62"""
    said = school.vera.send("hello", chat=school.forum, topic="Food")
    sent = await school.call(
        "sendMessage",
        chat_id=school.forum.id,
        text="hi",
        reply_parameters={"message_id": said.message_id},
    )
    assert sent["message_thread_id"] == said.topic


async def test_a_closed_topic_is_for_those_who_manage_topics(school: School):
    """M61"""
    await school.call("closeForumTopic", chat_id=school.forum.id, message_thread_id=2)
    with pytest.raises(Cannot):
        school.vera.send("hello", chat=school.forum, topic="Sleep")
    await school.call(
        "sendMessage", chat_id=school.forum.id, message_thread_id=2, text="still here"
    )
    assert (
        await school.refused("closeForumTopic", chat_id=school.forum.id, message_thread_id=2)
        == "400 Bad Request: TOPIC_NOT_MODIFIED"
    )
    await school.call("reopenForumTopic", chat_id=school.forum.id, message_thread_id=2)
    school.vera.send("hello", chat=school.forum, topic="Sleep")


async def test_a_deleted_topic_takes_its_messages_along(school: School):
    """M61"""
    school.vera.send("hello", chat=school.forum, topic="Sleep")
    await school.call("deleteForumTopic", chat_id=school.forum.id, message_thread_id=2)
    assert "hello" not in school.vera.texts(school.forum)
    words = await school.refused(
        "sendMessage", chat_id=school.forum.id, message_thread_id=2, text="x"
    )
    assert words == "400 Bad Request: message thread not found"


async def test_hidden_general_is_closed(school: School):
    await school.call("hideGeneralForumTopic", chat_id=school.forum.id)
    with pytest.raises(Cannot):
        school.vera.send("hello", chat=school.forum)
    last = school.updates()[-1]["message"]
    assert last["general_forum_topic_hidden"] == {}


async def test_a_channel_post_appears_in_the_linked_group(school: School):
    """M41"""
    channel = school.town.channel("News", school.owner, bots=(school.bot,))
    school.town.link(channel, school.forum)
    school.owner.send("news", chat=channel)
    post, mirrored = (update for update in school.updates())
    assert post["channel_post"]["sender_chat"]["id"] == channel.id
    message = mirrored["message"]
    assert message["is_automatic_forward"]
    assert message["from"]["id"] == 777000
    assert message["sender_chat"]["id"] == channel.id
    assert message["forward_origin"]["message_id"] == post["channel_post"]["message_id"]
    comment = school.vera.send(
        "first", chat=school.forum, reply_to=school.vera.last_message(school.forum)
    )
    assert comment.topic == message["message_id"]


async def test_the_bots_own_channel_post_reaches_the_group_too(school: School):
    channel = school.town.channel("News", school.owner, bots=(school.bot,))
    school.town.link(channel, school.forum)
    await school.call("sendMessage", chat_id=channel.id, text="news")
    assert school.kinds() == ["message"]


async def test_an_anonymous_administrator_writes_as_the_chat(school: School):
    """M40"""
    school.owner.promote(school.forum, school.oleg, anonymous=True, title="Модератор")
    said = school.oleg.send("order", chat=school.forum)
    assert said.raw["from"]["username"] == "GroupAnonymousBot"
    assert said.raw["sender_chat"]["id"] == school.forum.id
    assert said.raw["author_signature"] == "Модератор"


async def test_a_group_moves_to_a_supergroup_and_says_so_on_both_sides(school: School):
    """M77 L77"""
    group = school.town.group("Small", school.owner, members=(school.vera,), bots=(school.bot,))
    upgraded = school.town.upgrade(group, school.owner)
    old, new = (update["message"] for update in school.updates())
    assert (old["chat"]["id"], old["migrate_to_chat_id"]) == (group.id, upgraded.id)
    assert (new["chat"]["id"], new["migrate_from_chat_id"]) == (upgraded.id, group.id)
    with pytest.raises(ApiError, match="upgraded to a supergroup chat") as refusal:
        await school.call("sendMessage", chat_id=group.id, text="x")
    assert refusal.value.parameters == {"migrate_to_chat_id": upgraded.id}
    await school.call("sendMessage", chat_id=upgraded.id, text="x")
    school.vera.send("hello", chat=upgraded)


async def test_privacy_mode_hides_what_is_not_meant_for_the_bot(school: School):
    shy = school.town.bot("Shy", "shy_bot", sees_all_messages=False)
    school.town.add_bot(school.forum, shy, school.owner, admin=False)
    school.updates(shy)
    said = await school.emulator.call(
        shy.token, "sendMessage", {"chat_id": school.forum.id, "text": "ask me"}
    )
    asked = next(
        one for one in school.vera.messages(school.forum) if one.message_id == said["message_id"]
    )
    school.vera.send("just talk", chat=school.forum)
    school.vera.send("/help", chat=school.forum)
    school.vera.send("/help@shy_bot", chat=school.forum)
    school.vera.send("/help@opora_bot", chat=school.forum)
    school.vera.send("yes", chat=school.forum, reply_to=asked)
    heard = [update["message"]["text"] for update in school.updates(shy)]
    assert heard == ["/help", "/help@shy_bot", "yes"]


async def test_bots_do_not_hear_each_other(school: School):
    other = school.town.bot("Other")
    school.town.add_bot(school.forum, other, school.owner)
    school.updates(other)
    await school.call("sendMessage", chat_id=school.forum.id, text="hello")
    assert school.kinds(other) == []


async def test_private_message_numbers_run_over_all_chats_of_the_bot(school: School):
    school.oleg.start()
    numbers = [
        (await school.call("sendMessage", chat_id=one, text="x"))["message_id"]
        for one in (school.vera.id, school.oleg.id)
    ]
    assert numbers[1] == numbers[0] + 1


async def test_a_deep_link_brings_its_payload(school: School):
    school.oleg.start(payload="invite_42")
    assert school.updates()[0]["message"]["text"] == "/start invite_42"


async def test_blocking_and_returning_are_told(school: School):
    """L75 L76"""
    school.vera.block()
    with pytest.raises(Cannot):
        school.vera.send("hello")
    school.vera.start()
    updates = school.updates()
    statuses = [
        one["my_chat_member"]["new_chat_member"]["status"]
        for one in updates
        if "my_chat_member" in one
    ]
    assert statuses == ["kicked", "member"]
    assert "message" in updates[-1]


async def test_a_topic_of_a_private_chat_and_its_known_faults(school: School):
    school.bot.topics_enabled = True
    topic = await school.call("createForumTopic", chat_id=school.vera.id, name="Уроки")
    place = {
        "chat_id": school.vera.id,
        "message_thread_id": topic["message_thread_id"],
        "text": "x",
    }
    assert (await school.call("sendMessage", **place))["is_topic_message"]
    school.emulator.world.quirks.add(Quirk.PRIVATE_TOPICS_FAIL)
    assert (
        await school.refused("sendMessage", **place) == "400 Bad Request: message thread not found"
    )
    school.emulator.world.quirks.clear()
    await school.call(
        "deleteForumTopic", chat_id=school.vera.id, message_thread_id=topic["message_thread_id"]
    )
    assert (
        await school.refused("sendMessage", **place) == "400 Bad Request: message thread not found"
    )
    school.emulator.world.quirks.add(Quirk.DELETED_PRIVATE_TOPIC_IGNORED)
    await school.call("sendMessage", **place)
