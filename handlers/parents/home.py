"""The parent's home: the menu and the screens that are its own. Each press changes the one message in place."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from community.children import Children
from community.first_steps import FirstSteps
from community.forms import Forms
from consent.centre import Centre
from core.clock import Clock
from core.errors import Refusal
from core.localtime import known_zone
from handlers.actor import Actor
from handlers.filters import Data, Private
from handlers.parents import home_view as view
from handlers.parents.home_screen import put
from handlers.parents.screens import Screens
from texts.markup import Markup
from texts.say import Texts


def router() -> Router:
    """Make the router of the home; it stands after those with screens of their own."""
    routes = Router(name="parents.home")
    routes.message.register(on_menu, Private(), Command("menu"))
    routes.callback_query.register(on_home, Private(), Data("menu:home"))
    routes.callback_query.register(on_community, Private(), Data("menu:community"))
    routes.callback_query.register(on_digest, Private(), Data("menu:digest"))
    routes.callback_query.register(on_language, Private(), Data("menu:language"))
    routes.callback_query.register(on_language_chosen, Private(), Data("home:lang:"))
    routes.callback_query.register(on_clocks, Private(), Data("home:zones:"))
    routes.callback_query.register(on_zone, Private(), Data("home:zone:"))
    return routes


async def on_menu(message: Message, actor: Actor, screens: Screens, texts: Texts) -> None:
    """Show where the person is: the menu, or the step of the first meeting they left at."""
    if actor.person is None:
        await message.answer(texts.say(actor.language, "start-first"))
        return
    await screens.show(message.chat.id, actor.id)


async def on_home(
    query: CallbackQuery, actor: Actor, children: Children, forms: Forms, clock: Clock, texts: Texts
) -> None:
    """Show the menu; a form that was open is left."""
    now = clock.now()
    if await forms.of(actor.id, now) is not None:
        await forms.drop(actor.id)
    kids = await children.of(actor.id, actor.zone)
    await put(query, *view.menu(texts, actor.language, kids, now.astimezone(actor.zone)))


async def on_community(
    query: CallbackQuery, actor: Actor, screens: Screens, children: Children, texts: Texts
) -> None:
    """Show the way into the community, and the topics that fit the children's ages."""
    language, doors = actor.language, screens.doors(actor.language)
    words = texts.say(language, "home-community" if doors else "home-community-none")
    kids = await children.of(actor.id, actor.zone)
    topics = screens.topics({kid.cohort for kid in kids})
    if doors and topics:
        words = Markup(f"{words}\n\n{texts.say(language, 'home-community-topics')}")
        doors = [*doors, *([topic] for topic in topics)]
    await put(query, words, [*doors, view.back(texts, language)])


async def on_digest(
    query: CallbackQuery, actor: Actor, centre: Centre, habits: view.Habits, texts: Texts
) -> None:
    """Show when the digest comes and when it is quiet."""
    wishes = await centre.preferences(actor.id)
    await put(query, *view.hours(texts, actor.language, wishes, habits, actor.zone))


async def on_language(query: CallbackQuery, actor: Actor, clock: Clock, texts: Texts) -> None:
    """Show language and clock."""
    await put(query, *view.language_and_time(texts, actor.language, actor.zone, clock.now()))


async def on_language_chosen(
    query: CallbackQuery, actor: Actor, steps: FirstSteps, clock: Clock, texts: Texts
) -> None:
    """Keep the language and speak it at once."""
    language = texts.language((query.data or "").rsplit(":", 1)[-1])
    await steps.choose_language(actor.id, language)
    words, rows = view.language_and_time(texts, language, actor.zone, clock.now())
    await put(query, words, rows, texts.plain(language, "language-saved"))


async def on_clocks(query: CallbackQuery, actor: Actor, clock: Clock, texts: Texts) -> None:
    """Ask what time it is there."""
    far = (query.data or "").endswith(":far")
    await put(query, *view.clocks(texts, actor.language, clock.now(), far=far))


async def on_zone(
    query: CallbackQuery, actor: Actor, steps: FirstSteps, clock: Clock, texts: Texts
) -> None:
    """Keep the zone; what is planned moves to its hours."""
    zone = known_zone((query.data or "").rsplit(":", 1)[-1])
    if zone is None:
        raise Refusal("zone.unknown")
    await steps.choose_zone(actor.id, zone.key)
    now, language = clock.now(), actor.language
    said = {"zone": view.city(zone.key, language), "time": f"{now.astimezone(zone):%H:%M}"}
    alert = str(texts.say_by_name(language, "zone-saved", said))
    words, rows = view.language_and_time(texts, language, zone, now)
    await put(query, words, rows, alert)
