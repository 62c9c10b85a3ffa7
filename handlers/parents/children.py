"""My children: the list, a name, a goal, another child, letting one go with undo."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from community.children import Children, Kid
from community.first_steps import FirstSteps
from community.forms import Forms
from community.model import Draft
from core.clock import Clock
from core.errors import Refusal
from core.ids import ChildId
from handlers.actor import Actor
from handlers.filters import Data, Private
from handlers.forms import Filling
from handlers.keyboards import Button, grid
from handlers.parents import home_view as view
from handlers.parents.home_screen import child_of, put
from handlers.parents.screens import Screens
from texts.markup import Markup
from texts.say import Texts

NAMING = "child.name"


def router() -> Router:
    """Make the router of children."""
    routes = Router(name="parents.children")
    routes.callback_query.register(on_list, Private(), Data("menu:children"))
    routes.callback_query.register(on_add, Private(), Data("kid:add"))
    routes.callback_query.register(on_open, Private(), Data("kid:open:"))
    routes.callback_query.register(on_name, Private(), Data("kid:name:"))
    routes.callback_query.register(on_nameless, Private(), Data("kid:noname:"))
    routes.callback_query.register(on_goals, Private(), Data("kid:goals:"))
    routes.callback_query.register(on_goal, Private(), Data("kid:goal:"))
    routes.callback_query.register(on_remove, Private(), Data("kid:drop:"))
    routes.callback_query.register(on_removed, Private(), Data("kid:gone:"))
    routes.callback_query.register(on_restored, Private(), Data("kid:back:"))
    routes.message.register(on_named, Private(), Filling(NAMING))
    return routes


async def on_list(
    query: CallbackQuery, actor: Actor, children: Children, clock: Clock, texts: Texts
) -> None:
    """List the children."""
    kids = await children.of(actor.id, actor.zone)
    await put(query, *_list(texts, actor, kids, clock))


async def on_add(query: CallbackQuery, actor: Actor, steps: FirstSteps, screens: Screens) -> None:
    """Ask for the year of birth of one more child. Refuses `consent.child_data_needed`."""
    where = await steps.where(actor.id)
    if not where.child_data:
        raise Refusal("consent.child_data_needed")
    await put(query, *screens.year(where, back="menu:children"))


async def on_open(
    query: CallbackQuery,
    actor: Actor,
    children: Children,
    forms: Forms,
    clock: Clock,
    texts: Texts,
) -> None:
    """Show one child; a form that was open is left."""
    kid = await children.get(actor.id, child_of(query.data), actor.zone)
    if await forms.of(actor.id, clock.now()) is not None:
        await forms.drop(actor.id)
    await put(query, *card(texts, actor, kid, clock))


async def on_name(
    query: CallbackQuery, actor: Actor, children: Children, forms: Forms, clock: Clock, texts: Texts
) -> None:
    """Ask what to call the child."""
    kid = await children.get(actor.id, child_of(query.data), actor.zone)
    await forms.start(actor.id, NAMING, str(kid.id), clock.now())
    leave: list[Button] = [(texts.plain(actor.language, "skip-button"), f"kid:noname:{kid.id}")]
    back = view.back(texts, actor.language, f"kid:open:{kid.id}")
    await put(query, texts.say(actor.language, "child-ask-name"), [leave, back])


async def on_named(
    message: Message,
    *,
    draft: Draft,
    actor: Actor,
    children: Children,
    forms: Forms,
    clock: Clock,
    texts: Texts,
) -> None:
    """Keep the name; a phone or a date instead of one is not stored, and the question stays open."""
    if message.text is None:
        await message.answer(texts.say(actor.language, "text-please"))
        return
    child = ChildId(int(draft.ref))
    name = await children.rename(actor.id, child, message.text)
    await forms.drop(actor.id)
    kid = await children.get(actor.id, child, actor.zone)
    words, rows = card(texts, actor, kid, clock)
    saved = texts.say(actor.language, "home-child-name-saved", name=name)
    await put(message, Markup("\n\n").join([saved, words]), rows)


async def on_nameless(
    query: CallbackQuery, actor: Actor, children: Children, forms: Forms, clock: Clock, texts: Texts
) -> None:
    """Do without a name."""
    child = child_of(query.data)
    await children.rename(actor.id, child, "")
    await forms.drop(actor.id)
    kid = await children.get(actor.id, child, actor.zone)
    words, rows = card(texts, actor, kid, clock)
    await put(query, words, rows, texts.plain(actor.language, "home-child-name-cleared"))


async def on_goals(query: CallbackQuery, actor: Actor, children: Children, texts: Texts) -> None:
    """Ask for the goal, with the choices of the child's age."""
    kid = await children.get(actor.id, child_of(query.data), actor.zone)
    await put(query, *goals(texts, actor, children, kid))


async def on_goal(
    query: CallbackQuery, actor: Actor, children: Children, clock: Clock, texts: Texts
) -> None:
    """Keep the goal."""
    goal = (query.data or "").rsplit(":", 1)[-1]
    words = view.goal_name(texts, actor.language, goal)
    if words is None:
        raise Refusal("button.stale")
    child = child_of(query.data)
    await children.choose_goal(actor.id, child, goal)
    kid = await children.get(actor.id, child, actor.zone)
    alert = texts.plain(actor.language, "goal-saved", goal=words)
    await put(query, *card(texts, actor, kid, clock), alert)


async def on_remove(
    query: CallbackQuery, actor: Actor, children: Children, clock: Clock, texts: Texts
) -> None:
    """Ask once whether to take the child out of the bot."""
    kid = await children.get(actor.id, child_of(query.data), actor.zone)
    language, today = actor.language, clock.now().astimezone(actor.zone).date()
    words = texts.say(
        language,
        "child-remove-ask",
        name=view.called(texts, language, kid),
        age=view.age(texts, language, kid, today),
    )
    rows: list[list[Button]] = [
        [
            (texts.plain(language, "child-remove-button"), f"kid:gone:{kid.id}"),
            (texts.plain(language, "home-child-keep-button"), f"kid:open:{kid.id}"),
        ],
        [(texts.plain(language, "home-child-erase-button"), f"p:child:{kid.id}")],
    ]
    await put(query, words, rows)


async def on_removed(query: CallbackQuery, actor: Actor, children: Children, texts: Texts) -> None:
    """Take the child out; undo stands right there."""
    child = child_of(query.data)
    await children.remove(actor.id, child)
    undo: list[Button] = [(texts.plain(actor.language, "undo-button"), f"kid:back:{child}")]
    back = view.back(texts, actor.language, "menu:children")
    await put(query, texts.say(actor.language, "child-removed"), [undo, back])


async def on_restored(
    query: CallbackQuery, actor: Actor, children: Children, clock: Clock, texts: Texts
) -> None:
    """Bring the child back."""
    child = child_of(query.data)
    await children.restore(actor.id, child)
    kid = await children.get(actor.id, child, actor.zone)
    await put(query, *card(texts, actor, kid, clock), texts.plain(actor.language, "undone-alert"))


def _list(texts: Texts, actor: Actor, kids: list[Kid], clock: Clock) -> view.Screen:
    language, today = actor.language, clock.now().astimezone(actor.zone).date()
    lines = [view.line(texts, language, kid, today) for kid in kids]
    body = Markup("\n").join(lines) if lines else texts.say(language, "home-children-none")
    words = Markup("\n\n").join([texts.say(language, "home-children-title"), body])
    buttons = [(view.called(texts, language, kid), f"kid:open:{kid.id}") for kid in kids]
    more: list[Button] = [(texts.plain(language, "child-add-another-button"), "kid:add")]
    return words, [*grid(buttons, 2), more, view.back(texts, language)]


def card(texts: Texts, actor: Actor, kid: Kid, clock: Clock) -> view.Screen:
    """Show one child and what can be changed."""
    language, today = actor.language, clock.now().astimezone(actor.zone).date()
    buttons: list[Button] = [
        (texts.plain(language, "home-child-name-button"), f"kid:name:{kid.id}"),
        (texts.plain(language, "home-child-goal-button"), f"kid:goals:{kid.id}"),
        (texts.plain(language, "home-child-days-button"), f"kid:days:{kid.id}"),
        (texts.plain(language, "menu-progress-button"), "menu:progress"),
        (texts.plain(language, "child-remove-button"), f"kid:drop:{kid.id}"),
    ]
    rows = [*grid(buttons, 2), view.back(texts, language, "menu:children")]
    return view.line(texts, language, kid, today), rows


def goals(texts: Texts, actor: Actor, children: Children, kid: Kid) -> view.Screen:
    """Show the goals of the child's age; the one chosen carries a tick."""
    chosen = f"fact:goal={kid.goal}"
    buttons: list[Button] = [
        (
            ("✓ " if button.action == chosen else "") + button.label,
            f"kid:goal:{kid.id}:{button.action.partition('=')[2]}",
        )
        for button in children.goals(kid.cohort, actor.language)
    ]
    back = view.back(texts, actor.language, f"kid:open:{kid.id}")
    return texts.say(actor.language, "goal-ask"), [*grid(buttons, 1), back]
