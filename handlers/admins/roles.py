"""Roles: `/role` grants and withdraws, `/roles` shows who may do what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from community.actions import OPEN_TO_ALL, Action, rights_of
from community.model import Speciality
from community.parsing import duration
from community.places import Places
from community.roles import Roles
from core.clock import Clock
from core.errors import Refusal
from core.ids import TelegramId
from core.roles import Role
from handlers.actor import Actor
from handlers.guard import may
from texts import dates
from texts.markup import Markup, visible
from texts.say import Texts


def router() -> Router:
    """Build the router of roles."""
    routes = Router(name="admins.roles")
    routes.message.register(on_role, Command("role"), may(Action.ROLE_CHANGE))
    routes.message.register(on_roles, Command("roles"), may(Action.ROLE_SEE))
    return routes


@dataclass(frozen=True, slots=True)
class Order:
    """What `/role` was asked to do."""

    role: Role
    withdraw: bool
    speciality: Speciality | None
    length: timedelta | None


def read_order(words: list[str]) -> Order:
    """Read `[-]role [speciality] [duration]`. Refused: `roles.unknown`, `input.duration`."""
    if not words:
        raise Refusal("roles.unknown")
    name = words[0].lower()
    try:
        role = Role(name.removeprefix("-"))
    except ValueError:
        raise Refusal("roles.unknown") from None
    rest = words[1:]
    speciality = None
    if rest and rest[0].lower() in set(Speciality):
        speciality = Speciality(rest.pop(0).lower())
    length = duration(" ".join(rest)) if rest else None
    return Order(role, name.startswith("-"), speciality, length)


async def on_role(
    message: Message,
    *,
    command: CommandObject,
    actor: Actor,
    roles: Roles,
    places: Places,
    clock: Clock,
    texts: Texts,
) -> None:
    """Grant or withdraw a role of the person replied to, or of the one with the given number."""
    words = (command.args or "").split()
    target = _target(message, words)
    if target is None or not words:
        await message.reply(texts.say(actor.language, "roles-help"), parse_mode="HTML")
        return
    order, now = read_order(words), clock.now()
    home = await places.at(message.chat.id)
    role = role_name(texts, actor.language, order.role)
    if order.withdraw:
        await roles.withdraw(actor.id, actor.roles, target, order.role, community=home.id, now=now)
        answer = texts.say(actor.language, "roles-withdrawn", role=role)
    else:
        expires = now + order.length if order.length is not None else None
        await roles.grant(
            actor.id,
            actor.roles,
            target,
            order.role,
            community=home.id,
            now=now,
            speciality=order.speciality,
            expires_at=expires,
        )
        if expires is None:
            answer = texts.say(actor.language, "roles-granted", role=role)
        else:
            until = dates.moment(expires, actor.language, actor.zone)
            answer = texts.say(actor.language, "roles-granted-until", role=role, until=until)
    await message.reply(answer, parse_mode="HTML")


async def on_roles(message: Message, actor: Actor, texts: Texts) -> None:
    """Show the table: each role and what it adds."""
    language = actor.language
    rows = [texts.say(language, "roles-matrix-title")]
    everybody = texts.say(language, "roles-matrix-everybody")
    open_to_all = _listed([action for action in Action if action in OPEN_TO_ALL], language, texts)
    rows.append(texts.say(language, "roles-matrix-row", role=everybody, actions=open_to_all))
    for role in reversed(Role):
        name = role_name(texts, language, role)
        if role in actor.roles:
            name = texts.plain(language, "roles-matrix-yours", role=name)
        actions = _adds(role, language, texts)
        heading = name[:1].upper() + name[1:]
        rows.append(texts.say(language, "roles-matrix-row", role=heading, actions=actions))
    for row in _pages(rows):
        await message.reply(row, parse_mode="HTML")


def _adds(role: Role, language: str, texts: Texts) -> Markup:
    """Say what a role may, in terms of those it stands above where there are any."""
    own = set(rights_of(role))
    below = [one for one in Role if set(rights_of(one)) < own]
    below = [
        one for one in below if not any(set(rights_of(one)) < set(rights_of(b)) for b in below)
    ]
    held = {action for one in below for action in rights_of(one)}
    more = _listed([action for action in rights_of(role) if action not in held], language, texts)
    if not below:
        return more
    names = texts.plain(language, "roles-matrix-and").join(
        role_name(texts, language, b) for b in below
    )
    return texts.say(language, "roles-matrix-more", roles=names, actions=more)


def _listed(actions: Iterable[Action], language: str, texts: Texts) -> Markup:
    said = [texts.say_by_name(language, action_key(action), {}) for action in actions]
    return Markup(", ".join(said))


def action_key(action: Action) -> str:
    """Name the text of an action."""
    return "action-" + action.value.replace(".", "-").replace("_", "-")


def role_name(texts: Texts, language: str, role: Role) -> str:
    """Say a role."""
    return visible(texts.say_by_name(language, f"role-{role.value}", {}))


def _pages(rows: list[Markup], limit: int = 3500) -> list[str]:
    pages = [""]
    for row in rows:
        if len(pages[-1]) + len(row) > limit:
            pages.append("")
        pages[-1] += ("\n" if pages[-1] else "") + row
    return pages


def _target(message: Message, words: list[str]) -> TelegramId | None:
    """Find whom it is about; a number is taken out of `words`. A reply to the topic's opening is no reply (M60)."""
    if words and words[0].isdecimal():
        return TelegramId(int(words.pop(0)))
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created is not None or replied.from_user is None:
        return None
    return TelegramId(replied.from_user.id)
