"""`/rules` for staff: every number of moderation, what a change would have done, who changed it, undo.

Callback data: `pol:s:<topic>:<section>`, `pol:k:<topic>:<key>`, `pol:v:<topic>:<key>:<value>` (try), `pol:a:...`
(apply), `pol:u:<change>` (undo). Topic 0 is the whole chat.
"""

from __future__ import annotations

from aiogram import Bot, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from community.actions import Action
from community.places import Places
from core.errors import Refusal
from handlers.actor import Actor
from handlers.filters import Data
from handlers.guard import may
from handlers.keyboards import grid, inline
from handlers.moderators import policy_view as view
from handlers.moderators.rights import chat_of, tell
from moderation.overrides import Value, knobs
from moderation.policies import Policies
from texts.markup import Markup
from texts.say import Texts


def router() -> Router:
    """Build the router. Seeing and changing are two rights."""
    routes = Router(name="moderators.policies")
    routes.message.register(on_rules, Command("rules", "numbers"), may(Action.POLICY_SEE))
    see, change = may(Action.POLICY_SEE), may(Action.POLICY_CHANGE)
    routes.callback_query.register(on_topic, Data("pol:t:"), see)
    routes.callback_query.register(on_section, Data("pol:s:"), see)
    routes.callback_query.register(on_knob, Data("pol:k:"), see)
    routes.callback_query.register(on_try, Data("pol:v:"), change)
    routes.callback_query.register(on_apply, Data("pol:a:"), change)
    routes.callback_query.register(on_undo, Data("pol:u:"), change)
    return routes


async def on_rules(
    message: Message, *, actor: Actor, places: Places, bot: Bot, texts: Texts
) -> None:
    """Show where numbers can be set: the whole chat or one topic."""
    home = await places.at(message.chat.id)
    topics = [t for t in await places.topics(home.id) if t.chat == home.chat]
    whole = texts.plain(actor.language, "policy-whole-chat")
    rows = [[(whole, "pol:t:0")], *grid([(t.name, f"pol:t:{t.thread}") for t in topics], 2)]
    await tell(
        message,
        bot,
        texts.say(actor.language, "policy-title"),
        inline(rows),
        openly=message.chat.id != home.chat,
    )


async def on_topic(query: CallbackQuery, actor: Actor, texts: Texts) -> None:
    """List the rules."""
    topic = (query.data or "").split(":")[2]
    sections = list(dict.fromkeys(key.partition(".")[0] for key in knobs()))
    rows = grid(
        [(view.section(name, actor, texts), f"pol:s:{topic}:{name}") for name in sections], 2
    )
    await _show(query, texts.say(actor.language, "policy-sections"), inline(rows))


async def on_section(
    query: CallbackQuery, actor: Actor, policies: Policies, places: Places, texts: Texts
) -> None:
    """List the numbers of a rule."""
    topic, name = (query.data or "").split(":")[2:4]
    home = await places.at(chat_of(query))
    rows = []
    for key in (key for key in knobs() if key.partition(".")[0] == name):
        value = await policies.value(home.chat, int(topic) or None, key)
        label = f"{view.knob(key, actor, texts)}: {view.value(value, actor, texts)}"
        rows.append([(label, f"pol:k:{topic}:{key}")])
    rows.append([(texts.plain(actor.language, "policy-back-button"), f"pol:t:{topic}")])
    await _show(
        query,
        texts.say(actor.language, "policy-section", rule=view.section(name, actor, texts)),
        inline(rows),
    )


async def on_knob(
    query: CallbackQuery, actor: Actor, policies: Policies, places: Places, texts: Texts
) -> None:
    """Show one number: its value, its limits, who changed it last (M103), and what it could be."""
    topic, key = (query.data or "").split(":")[2:4]
    home = await places.at(chat_of(query))
    value = await policies.value(home.chat, int(topic) or None, key)
    lines = [view.knob_card(key, value, actor, texts)]
    last = await policies.last(home.chat, int(topic) or None, key)
    rows = grid(
        [
            (view.value(choice, actor, texts), f"pol:v:{topic}:{key}:{view.packed(choice)}")
            for choice in view.choices(key, value)
        ],
        3,
    )
    if last is not None:
        name = await policies.author_name(last.author_id)
        lines.append(view.last_change(last, name, actor, texts))
        undo = texts.plain(actor.language, "policy-undo-button")
        rows.append([(undo, f"pol:u:{last.id}")])
    back = texts.plain(actor.language, "policy-back-button")
    rows.append([(back, f"pol:s:{topic}:{key.partition('.')[0]}")])
    await _show(query, Markup("\n\n".join(lines)), inline(rows))


async def on_try(
    query: CallbackQuery, actor: Actor, policies: Policies, places: Places, texts: Texts
) -> None:
    """Tell what a change would have done to the latest messages, before it is made."""
    topic, key, value = _change(query)
    home = await places.at(chat_of(query))
    difference = await policies.preview(home.chat, topic, key, value)
    words = texts.say(
        actor.language,
        "policy-preview",
        knob=view.knob(key, actor, texts),
        value=view.value(value, actor, texts),
        messages=difference.messages,
        before=difference.before,
        after=difference.after,
        more=difference.more,
        fewer=difference.fewer,
    )
    place = topic or 0
    rows = [
        [
            (
                texts.plain(actor.language, "policy-apply-button"),
                f"pol:a:{place}:{key}:{view.packed(value)}",
            )
        ],
        [(texts.plain(actor.language, "policy-back-button"), f"pol:k:{place}:{key}")],
    ]
    await _show(query, words, inline(rows))


async def on_apply(
    query: CallbackQuery, actor: Actor, policies: Policies, places: Places, texts: Texts
) -> None:
    """Make the change."""
    topic, key, value = _change(query)
    home = await places.at(chat_of(query))
    change = await policies.change(home.chat, topic, key, value, actor.telegram_id)
    words = texts.say(
        actor.language,
        "policy-changed",
        knob=view.knob(key, actor, texts),
        value=view.value(value, actor, texts),
        name=query.from_user.first_name,
    )
    undo = texts.plain(actor.language, "policy-undo-button")
    back = texts.plain(actor.language, "policy-back-button")
    rows = [[(undo, f"pol:u:{change.id}")], [(back, f"pol:k:{topic or 0}:{key}")]]
    await _show(query, words, inline(rows))


async def on_undo(query: CallbackQuery, actor: Actor, policies: Policies, texts: Texts) -> None:
    """Put back what stood before."""
    number = (query.data or "").rsplit(":", 1)[-1]
    change = await policies.undo(int(number), actor.telegram_id)
    back = texts.plain(actor.language, "policy-back-button")
    rows = [[(back, f"pol:k:{change.topic_id or 0}:{change.key}")]]
    words = texts.say(actor.language, "policy-undone", knob=view.knob(change.key, actor, texts))
    await _show(query, words, inline(rows))


def _change(query: CallbackQuery) -> tuple[int | None, str, Value]:
    """Read `pol:<v|a>:<topic>:<key>:<value>`. Refuses `policy.unknown`."""
    parts = (query.data or "").split(":")
    if len(parts) != view.CHANGE_PARTS or parts[3] not in knobs():
        raise Refusal("policy.unknown", key=(query.data or "")[:40])
    return int(parts[2]) or None, parts[3], view.unpacked(parts[3], parts[4])


async def _show(query: CallbackQuery, words: Markup, markup: InlineKeyboardMarkup) -> None:
    """Show a screen in place of the one with the button; an ephemeral one is followed by a fresh one."""
    await query.answer()
    message = query.message
    if isinstance(message, Message) and message.message_id:
        await message.edit_text(words, reply_markup=markup)
    elif isinstance(message, Message) and message.bot is not None:
        await tell(
            message.model_copy(update={"from_user": query.from_user}), message.bot, words, markup
        )
