"""The page in a real Chromium: people talk, press, switch, move time, by mouse, keys and thumb."""

import asyncio

import pytest
from playwright.async_api import expect

from emulator.world.queries import Press

pytestmark = pytest.mark.asyncio(loop_scope="module")

BOT = "[data-chat='42:0']"


async def settled(condition, seconds=3.0):
    """Wait until `condition` holds; fail when it does not in time."""
    for _ in range(int(seconds / 0.02)):
        if condition():
            return
        await asyncio.sleep(0.02)
    assert condition()


async def test_a_message_reaches_the_bot_and_its_answer_the_page(school, open_page):
    page = await open_page()
    await page.click(BOT)
    await page.fill("#field", "Здравствуйте")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message.out .text")).to_contain_text("Здравствуйте")
    await expect(page.locator(".message.in .text").last).to_contain_text(
        "Вы написали: Здравствуйте"
    )
    assert await page.input_value("#field") == ""


async def test_a_button_shows_that_it_waits_until_a_slow_bot_answers(school, open_page):
    school.answers.clear()
    keyboard = {"inline_keyboard": [[{"text": "Записаться", "callback_data": "join"}]]}
    await school.call(
        "sendMessage", chat_id=school.anna.id, text="Урок в субботу", reply_markup=keyboard
    )
    page = await open_page()
    await page.click(BOT)
    await page.click("text=Записаться")
    await expect(page.locator(".key.waits")).to_have_attribute("aria-busy", "true")
    await page.fill("#field", "пока жду")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message.out .text")).to_contain_text("пока жду")
    school.answers.set()
    await expect(page.locator(".toast")).to_contain_text("Принято: join")
    await expect(page.locator(".message.in .text").first).to_contain_text("Готово")
    assert [type(press) for press in school.emulator.world.queries.presses.values()] == [Press]


async def test_one_press_switches_the_person_and_each_sees_only_her_own(school, open_page):
    await school.call("sendMessage", chat_id=school.anna.id, text="Только для Анны")
    page = await open_page()
    await page.click(BOT)
    await expect(page.locator(".message .text")).to_contain_text("Только для Анны")
    await page.click(".person[data-person='1002']")
    await expect(page.locator(".person.chosen")).to_contain_text("Марк")
    await page.click(BOT)
    await expect(page.locator("#enter")).to_have_text("Запустить")
    assert await page.locator(".message").count() == 0
    await page.click(".person[data-person='1001']")
    await expect(page.locator(".message .text")).to_contain_text("Только для Анны")


async def test_unread_counts_are_shown_and_vanish_with_reading(school, open_page):
    school.mark.send("Добрый день", school.group, topic="Вопросы")
    school.mark.send("Кто тут?", school.group, topic="Вопросы")
    page = await open_page()
    topic = page.locator(".chat.topic", has_text="Вопросы")
    await expect(topic.locator(".badge")).to_have_text("2")
    await topic.click()
    await expect(page.locator(".message")).to_have_count(2)
    await expect(topic.locator(".badge")).to_have_count(0)


async def test_time_moves_by_an_hour_a_day_and_to_the_next_due_message(school, open_page):
    start = school.emulator.clock.now()
    page = await open_page()
    await page.click("#now")
    await expect(page.locator("#to-due")).to_be_disabled()
    await page.click("[data-advance='3600']")
    await settled(lambda: school.emulator.clock.now() == start + 3600)
    await page.click("[data-advance='86400']")
    await settled(lambda: school.emulator.clock.now() == start + 90_000)
    due = school.emulator.clock.now() + 5000
    await page.request.post(f"{school.server.url}/sim/due", data={"at": due})
    await expect(page.locator("#to-due")).to_be_enabled()
    await page.click("#to-due")
    await settled(lambda: school.emulator.clock.now() >= due)
    await expect(page.locator("#to-due")).to_be_disabled()


async def test_everything_is_reached_by_keys_alone(school, open_page):
    page = await open_page()
    await page.keyboard.press("Tab")
    await expect(page.locator(".skip")).to_be_focused()
    await page.locator(".person.chosen").focus()
    await page.keyboard.press("ArrowDown")
    await expect(page.locator(".person[data-person='1002']")).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await expect(page.locator(".person[data-person='1001']")).to_be_focused()
    await page.locator(".chat").first.focus()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.locator(".talk-head h2")).to_have_text("Знакомство")
    await page.focus("#field")
    await page.keyboard.type("Первая строка")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("вторая")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message.out")).to_have_count(1)
    await page.focus("#messages")
    await page.keyboard.press("ArrowUp")
    await expect(page.locator(".message.out")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("#menu")).to_be_visible()
    await page.keyboard.press("Enter")
    await expect(page.locator(".reactions .mine")).to_contain_text("👍")
    await page.locator(".message.out").focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Escape")
    await expect(page.locator("#menu")).to_be_hidden()
    await page.focus("#field")
    await page.keyboard.press("ArrowUp")
    await expect(page.locator(".context")).to_contain_text("Правка")
    await page.keyboard.type("!")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message.out .text")).to_contain_text("вторая!")
    await expect(page.locator(".message.out > .column > .bubble > .meta")).to_contain_text(
        "изменено"
    )


async def test_a_phone_shows_one_pane_at_a_time_without_sideways_scrolling(school, open_page):
    keyboard = {
        "inline_keyboard": [
            [
                {"text": f"Длинная кнопка номер {number}", "callback_data": str(number)}
                for number in range(3)
            ]
        ]
    }
    words = "Сверхдлинноесловобезпробелов" * 12
    await school.call("sendMessage", chat_id=school.anna.id, text=words, reply_markup=keyboard)
    page = await open_page(375, 700, is_mobile=True, has_touch=True)
    await expect(page.locator("#talk")).to_be_hidden()
    await page.tap(BOT)
    await expect(page.locator("#field")).to_be_visible()
    await expect(page.locator("#people")).to_be_hidden()
    wide = "document.documentElement.scrollWidth > innerWidth || messages.scrollWidth > messages.clientWidth"
    assert await page.evaluate(wide) is False
    small = await page.evaluate(
        "[...document.querySelectorAll('#talk button:not(.quote):not(.command)')].filter((b) => b.checkVisibility()).map((b) => b.getBoundingClientRect().height).filter((h) => h < 30)"
    )
    assert small == []
    await page.tap(".to-chats")
    await expect(page.locator("#chats")).to_be_visible()
    await page.tap("#now")
    await expect(page.locator(".big-time")).to_be_visible()


async def test_words_of_people_are_never_markup(school, open_page):
    nasty = "<img src=x onerror=alert(1)> <b>не жирный</b>"
    bold = [
        {"type": "bold", "offset": len(nasty) + 1, "length": 6},
        {"type": "spoiler", "offset": len(nasty) + 1, "length": 3},
    ]
    school.mark.send(f"{nasty} жирный", school.group, topic="Вопросы", entities=bold)
    page = await open_page()
    await page.locator(".chat.topic", has_text="Вопросы").click()
    text = page.locator(".message .text")
    await expect(text).to_contain_text(nasty)
    assert await text.locator("img").count() == 0
    assert await text.locator("b").count() == 0
    await expect(text.locator("strong")).to_have_text("жирный")
    spoiler = text.locator("strong .spoiler")
    assert (
        await spoiler.locator(".veiled").evaluate("(node) => getComputedStyle(node).opacity") == "0"
    )
    await spoiler.press("Enter")
    await expect(spoiler).to_have_class("spoiler open")


async def test_a_photo_goes_by_the_sample_and_an_album_stands_together(school, open_page):
    page = await open_page()
    await page.click(BOT)
    await page.click("#attach")
    await page.click("#menu button >> nth=1")
    await expect(page.locator(".message.out .photo img")).to_be_visible()
    private = school.emulator.world.private_chat(school.bot, school.anna.user)
    assert [post.view["photo"][-1]["file_size"] > 1000 for post in private.posts.values()] == [True]
    school.mark.send_album(["Три рисунка", "", ""], school.group, topic="Вопросы")
    await page.locator(".chat.topic", has_text="Вопросы").click()
    await expect(page.locator(".album img")).to_have_count(3)
    await expect(page.locator(".message")).to_have_count(1)


async def test_a_person_leaves_and_comes_back(school, open_page):
    page = await open_page()
    await page.locator(".chat.topic", has_text="Знакомство").click()
    await page.click("#chat-menu")
    await page.click("#menu .danger")
    await page.click("#dialog .primary")
    await settled(lambda: not school.group.has(school.anna.id))
    await page.click("#enter")
    await settled(lambda: school.group.has(school.anna.id))
    await expect(page.locator("#field")).to_be_visible()


async def test_faults_are_set_and_the_log_shows_what_they_did(school, open_page):
    page = await open_page()
    await page.click("#open-faults")
    await page.click("[data-fault='html']")
    await expect(page.locator(".fault")).to_contain_text("осталось: 2")
    await page.click(".fault .round")
    await expect(page.locator(".fault")).to_have_count(0)
    await page.click("#limits")
    await settled(lambda: school.emulator.limits.enabled)
    await page.click("#open-log")
    await school.call("sendMessage", chat_id=school.anna.id, text="в журнал")
    await expect(page.locator(".entry.arrival")).to_contain_text("в журнал")
    await page.fill("#log-filter", "getMe")
    await expect(page.locator(".entry")).to_have_count(0)


async def test_five_hundred_messages_stay_quick_and_english_is_one_press_away(school, open_page):
    for number in range(520):
        (school.anna if number % 3 else school.mark).send(
            f"Сообщение {number}", school.group, topic="Вопросы"
        )
    page = await open_page()
    await page.locator(".chat.topic", has_text="Вопросы").click()
    for _ in range(2):
        await expect(page.locator(".message").last).to_contain_text("519")
        await page.locator(".older").click()
    await expect(page.locator(".message")).to_have_count(520)
    redraw = "import('/page/talk.js').then(({drawTalk}) => { const start = performance.now(); drawTalk(); return performance.now() - start; })"
    assert await page.evaluate(redraw) < 250
    await page.click("#language")
    await expect(page.locator(".pane-title")).to_have_text("Chats")
    assert await page.evaluate("document.documentElement.lang") == "en"
