"""Messages: editing, deleting, passing on, albums, files, pins."""

import pytest

from emulator.actors import Cannot
from emulator.api import Upload
from emulator.errors import ApiError
from tests.emulator.world.school import School

HOUR = 3600
BUTTON = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
NOT_MODIFIED = (
    "400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


async def test_the_same_text_and_keyboard_again_are_not_an_edit(school: School):
    sent = await school.call("sendMessage", chat_id=school.vera.id, text="a", reply_markup=BUTTON)
    same = {"chat_id": school.vera.id, "message_id": sent["message_id"], "text": "a"}
    assert await school.refused("editMessageText", **same, reply_markup=BUTTON) == NOT_MODIFIED
    edited = await school.call("editMessageText", **same)
    assert "reply_markup" not in edited, "without reply_markup the keyboard goes"


async def test_formatting_alone_makes_an_edit(school: School):
    sent = await school.call("sendMessage", chat_id=school.vera.id, text="a")
    same = {"chat_id": school.vera.id, "message_id": sent["message_id"], "text": "<b>a</b>"}
    edited = await school.call("editMessageText", **same, parse_mode="HTML")
    assert edited["entities"] == [{"type": "bold", "offset": 0, "length": 1}]


async def test_what_waits_in_the_queue_keeps_its_first_form(school: School):
    said = school.vera.send("first", chat=school.forum)
    school.vera.edit(said, "second")
    first, second = school.updates()
    assert first["message"]["text"] == "first"
    assert second["edited_message"]["text"] == "second"
    assert second["edited_message"]["edit_date"]


async def test_a_bots_own_edit_and_a_deletion_make_no_update(school: School):
    sent = await school.call("sendMessage", chat_id=school.forum.id, text="a")
    target = {"chat_id": school.forum.id, "message_id": sent["message_id"]}
    await school.call("editMessageText", **target, text="b")
    await school.call("deleteMessage", **target)
    said = school.vera.send("hello", chat=school.forum)
    school.vera.delete(said)
    assert school.kinds() == ["message"], "M96"


@pytest.mark.parametrize(("hours", "outcome"), [(47, "deleted"), (49, "kept")])
async def test_messages_can_be_deleted_for_48_hours(school: School, hours: int, outcome: str):
    """M69"""
    said = school.vera.send("hello", chat=school.forum)
    school.emulator.clock.advance(hours * HOUR)
    call = {"chat_id": school.forum.id, "message_id": said.message_id}
    if outcome == "deleted":
        await school.call("deleteMessage", **call)
    else:
        words = "400 Bad Request: message can't be deleted for everyone"
        assert await school.refused("deleteMessage", **call) == words
    assert ("hello" in school.vera.texts(school.forum)) == (outcome == "kept")


async def test_a_batch_passes_over_missing_messages(school: School):
    """M70"""
    kept, gone = (school.vera.send(text, chat=school.forum) for text in ("kept", "gone"))
    numbers = [gone.message_id, 5000, 6000]
    assert await school.call("deleteMessages", chat_id=school.forum.id, message_ids=numbers) is True
    assert [one.text for one in school.vera.messages(school.forum)][-1] == kept.text


async def test_album_shares_one_id_and_keeps_its_order(school: School):
    """M6"""
    parts = school.vera.send_album(["", "look: casino.example", ""], school.forum)
    ids = {one["message"]["media_group_id"] for one in school.updates()}
    assert len(ids) == 1
    assert [one.message_id for one in parts] == sorted(one.message_id for one in parts)
    media = [
        {"type": "photo", "media": "https://e.example/1"},
        {"type": "video", "media": "https://e.example/2"},
    ]
    sent = await school.call("sendMediaGroup", chat_id=school.vera.id, media=media)
    assert sent[0]["media_group_id"] == sent[1]["media_group_id"] not in ids


async def test_a_forward_names_its_origin_and_a_copy_does_not(school: School):
    """M19"""
    said = school.vera.send("hello", chat=school.forum)
    source = {
        "from_chat_id": school.forum.id,
        "message_id": said.message_id,
        "chat_id": school.vera.id,
    }
    forwarded = await school.call("forwardMessage", **source)
    assert forwarded["forward_origin"]["sender_user"]["id"] == school.vera.id
    copied = await school.call("copyMessage", **source)
    private = school.vera.messages()[-1]
    assert private.message_id == copied["message_id"]
    assert "forward_origin" not in private.raw


async def test_a_person_who_hides_her_account_is_a_name_in_forwards(school: School):
    school.vera.user.hides_forwards = True
    said = school.vera.send("hello", chat=school.forum)
    passed = school.oleg.forward(said, school.forum)
    assert passed.raw["forward_origin"] == {
        "type": "hidden_user",
        "date": said.raw["date"],
        "sender_user_name": "Vera",
    }


async def test_protected_messages_are_not_passed_on(school: School):
    sent = await school.call("sendMessage", chat_id=school.forum.id, text="a", protect_content=True)
    call = {
        "chat_id": school.vera.id,
        "from_chat_id": school.forum.id,
        "message_id": sent["message_id"],
    }
    assert await school.refused("copyMessage", **call) == "400 Bad Request: message can't be copied"


async def test_forwarded_albums_stay_albums(school: School):
    parts = school.vera.send_album(["", ""], school.forum)
    numbers = [one.message_id for one in parts]
    batch = {"chat_id": school.vera.id, "from_chat_id": school.forum.id}
    await school.call("forwardMessages", **batch, message_ids=[*numbers, 9999])
    shown = school.vera.messages()[-2:]
    assert shown[0].raw["media_group_id"] == shown[1].raw["media_group_id"]
    assert shown[0].raw["media_group_id"] != parts[0].raw["media_group_id"]
    words = await school.refused("copyMessages", **batch, message_ids=[9, 8])
    assert words == "400 Bad Request: message identifiers must be in a strictly increasing order"


async def test_a_file_comes_back_byte_for_byte(school: School):
    sent = await school.call(
        "sendDocument", {"document": Upload("a.csv", b"1;2")}, chat_id=school.vera.id
    )
    again = await school.call(
        "sendDocument", chat_id=school.vera.id, document=sent["document"]["file_id"]
    )
    assert again["document"]["file_unique_id"] == sent["document"]["file_unique_id"]
    found = await school.call("getFile", file_id=again["document"]["file_id"])
    stored = school.emulator.file_at(school.bot.token, found["file_path"])
    assert stored.upload.content == b"1;2"


async def test_a_file_id_is_worth_nothing_to_another_bot(school: School):
    """L80"""
    sent = await school.call(
        "sendDocument", {"document": Upload("a", b"1")}, chat_id=school.vera.id
    )
    other = school.town.bot("Other")
    school.vera.start(other)
    with pytest.raises(ApiError, match="wrong file identifier/HTTP URL specified"):
        await school.emulator.call(
            other.token,
            "sendDocument",
            {"chat_id": school.vera.id, "document": sent["document"]["file_id"]},
        )


async def test_a_file_id_of_another_kind_is_refused(school: School):
    photo = school.vera.send_photo(file=b"1").raw["photo"][-1]["file_id"]
    words = await school.refused("sendVoice", chat_id=school.vera.id, voice=photo)
    assert words == "400 Bad Request: can't use file of type Photo as Voice"


async def test_files_over_twenty_megabytes_cannot_be_fetched(school: School):
    document = school.vera.send_document(file=b"x" * (20 * 1024 * 1024 + 1)).raw["document"]
    assert (
        await school.refused("getFile", file_id=document["file_id"])
        == "400 Bad Request: file is too big"
    )


async def test_a_pin_is_told_by_a_service_message_in_the_topic(school: School):
    said = school.vera.send("rules", chat=school.forum, topic="Sleep")
    school.updates()
    await school.call("pinChatMessage", chat_id=school.forum.id, message_id=said.message_id)
    [update] = school.updates()
    assert update["message"]["pinned_message"]["message_id"] == said.message_id
    assert update["message"]["message_thread_id"] == said.topic
    chat = await school.call("getChat", chat_id=school.forum.id)
    assert chat["pinned_message"]["text"] == "rules"


async def test_a_person_edits_only_her_own_words(school: School):
    said = school.vera.send("hello", chat=school.forum)
    with pytest.raises(Cannot):
        school.oleg.edit(said, "other")


async def test_reply_keyboards_reach_the_screen_and_the_log(school: School):
    keyboard = {"keyboard": [[{"text": "Да"}, {"text": "Нет"}]], "resize_keyboard": True}
    sent = await school.call("sendMessage", chat_id=school.vera.id, text="a", reply_markup=keyboard)
    assert "reply_markup" not in sent
    assert school.vera.messages()[-1].keyboard == ["Да", "Нет"]
    assert school.emulator.log.reached(school.vera.id)[-1].markup == keyboard
    assert school.vera.tap("Нет").text == "Нет"
    with pytest.raises(Cannot):
        school.vera.tap("Может быть")


async def test_the_log_says_what_reached_whom(school: School):
    await school.call("sendMessage", chat_id=school.vera.id, text="one")
    sent = await school.call(
        "sendMessage", chat_id=school.forum.id, text="two", message_thread_id=2
    )
    await school.call(
        "editMessageText", chat_id=school.forum.id, message_id=sent["message_id"], text="three"
    )
    await school.refused("sendMessage", chat_id=school.vera.id, text="")
    log = school.emulator.log
    assert [one.text for one in log.reached(school.vera.id)] == ["one"]
    assert [(one.text, one.is_edit, one.method) for one in log.in_chat(school.forum.id)] == [
        ("two", False, "sendMessage"),
        ("three", True, "editMessageText"),
    ]
    assert [call.outcome for call in log.calls] == [
        "ok",
        "ok",
        "ok",
        "Bad Request: message text is empty",
    ]
    assert [call.method for call in log.failures()] == ["sendMessage"]


async def test_a_live_location_moves(school: School):
    """M30"""
    here = school.vera.send_location(1, 2, school.forum)
    school.vera.edit_raw(here, {"location": {"latitude": 3.0, "longitude": 4.0}})
    assert school.kinds() == ["message", "edited_message"]


async def test_poll_counts_votes_and_tells_only_its_bot(school: School):
    sent = await school.call(
        "sendPoll", chat_id=school.forum.id, question="q", options=["a", "b"], is_anonymous=False
    )
    shown = school.vera.messages(school.forum)[-1]
    school.vera.vote(shown, 1)
    school.oleg.vote(shown, 0)
    school.oleg.vote(shown)
    answers = [
        update["poll_answer"]["option_ids"]
        for update in school.updates()
        if "poll_answer" in update
    ]
    assert answers == [[1], [0], []]
    closed = await school.call("stopPoll", chat_id=school.forum.id, message_id=sent["message_id"])
    assert [option["voter_count"] for option in closed["options"]] == [0, 1]
    words = await school.refused("stopPoll", chat_id=school.forum.id, message_id=sent["message_id"])
    assert words == "400 Bad Request: poll has already been closed"
