"""The methodist's view of questions: `/questions` shows what waits and what recurs, `/changed` tells parents."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from community.actions import Action
from community.places import Places
from community.questions.insights import Insights
from community.questions.service import Questions
from core.clock import Clock
from core.errors import Refusal
from handlers.actor import Actor
from handlers.guard import may
from texts.say import Texts

EXCERPT = 200
"""Characters of a question in a list."""


def router() -> Router:
    """Build the router of the methodist's questions."""
    routes = Router(name="experts.questions")
    routes.message.register(on_questions, Command("questions"), may(Action.QUESTION_SEE))
    routes.message.register(on_changed, Command("changed"), may(Action.FAQ_EDIT))
    return routes


async def on_questions(
    message: Message,
    *,
    actor: Actor,
    questions: Questions,
    insights: Insights,
    places: Places,
    clock: Clock,
    texts: Texts,
) -> None:
    """List the questions without an answer, and what is asked again and again."""
    home, language = await places.at(message.chat.id), actor.language
    waiting = await questions.waiting(home.id)
    title = "questions-waiting-title" if waiting else "questions-waiting-none"
    lines = [texts.say_by_name(language, title, {})]
    lines += [
        texts.say(language, "questions-waiting-line", id=str(q.id), text=q.text[:EXCERPT])
        for q in waiting[:20]
    ]
    recurrent = await insights.recurrent(home.id, clock.now())
    if recurrent:
        lines.append(texts.say(language, "questions-recurrent-title"))
    lines += [
        texts.say(
            language,
            "questions-recurrent-line",
            count=len(cluster.members),
            words=words[:EXCERPT],
        )
        for cluster, words in recurrent
    ]
    await message.reply("\n".join(lines))


async def on_changed(
    message: Message,
    *,
    command: CommandObject,
    actor: Actor,
    insights: Insights,
    places: Places,
    clock: Clock,
    texts: Texts,
) -> None:
    """Tell parents what changed after their questions."""
    if not command.args:
        raise Refusal("question.empty")
    home = await places.at(message.chat.id)
    await insights.changed(home.id, actor.id, command.args, clock.now())
    await message.reply(texts.say(actor.language, "questions-changed-sent"))
