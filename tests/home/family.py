"""A parent at the bot: presses by label, reads the screen, waits for what the bot does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from emulator.actors import Person
from emulator.actors.seen import Seen
from tests.bot.house import Place


@dataclass(slots=True)
class Parent:
    """One parent and the bot's house."""

    place: Place
    person: Person

    @property
    def screen(self) -> list[Seen]:
        return self.person.messages(self.place.bot)

    async def sees(self, part: str) -> Seen:
        """Wait until a message with these words is on the screen; the newest of them."""

        def look() -> Seen | None:
            return next((one for one in reversed(self.screen) if part in one.text), None)

        try:
            found: Seen = await self.place.until(look)
        except AssertionError:
            told = [one.text[:80] for one in self.screen[-4:]]
            message = f"nobody said {part!r}; the screen ends with {told}"
            raise AssertionError(message) from None
        return found

    async def press(self, label: str, message: Seen | None = None) -> Any:
        """Press a button once it is there; tells what the press was answered with."""

        def look() -> Seen | None:
            if message is not None:
                return next((s for s in self.screen if s.message_id == message.message_id), None)
            return next((s for s in reversed(self.screen) if label in s.buttons), None)

        found = await self.place.until(look)
        query = self.person.click(label, found)
        await self.place.settled()
        return query.answer or {}

    async def says(self, text: str) -> None:
        self.person.send(text, chat=self.place.bot)
        await self.place.settled()

    async def meets(self, *, children: int = 1, decline: str = "") -> None:
        """Go through the first steps; `decline` names the consent that is not given."""
        self.person.start(self.place.bot)
        await self.press("Русский")
        for _ in range(5):
            asked = await self.place.until(
                lambda: next((s for s in reversed(self.screen) if "Соглашаюсь" in s.buttons), None)
            )
            await self.press(
                "Не соглашаюсь" if decline and decline in asked.text else "Соглашаюсь", asked
            )
            if any("В каком году" in one.text for one in self.screen):
                break
        if children:
            await self.press("2021")
            await self.press("май")
        else:
            await self.press("Добавлю позже")

    def last(self) -> Seen:
        """The newest message of the bot."""
        return [one for one in self.screen if one.from_id == self.place.bot.id][-1]

    def at(self, message: Seen) -> Seen:
        """The same message as it stands."""
        return next(one for one in self.screen if one.message_id == message.message_id)

    async def opens_menu(self) -> Seen:
        await self.says("/menu")
        return await self.sees("Чем помочь?")

    async def home(self, message: Seen) -> None:
        """Go back until the menu is there."""
        while "Мои дети" not in self.at(message).buttons:
            await self.press("← Назад", message)

    async def forges(self, data: str) -> Any:
        """Send a press that no button of the last message stands for."""
        chat = self.person.chat_of(self.place.bot)
        query = self.person.press_stale(chat, self.last().message_id, data)
        await self.place.settled()
        return query.answer or {}
