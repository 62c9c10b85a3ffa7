"""Who can be played."""

from collections.abc import Iterator

from emulator.errors import ApiError
from emulator.server.sim.desk import Desk
from emulator.world.model import Json, User
from emulator.world.world import World


def people(desk: Desk) -> Iterator[Json]:
    """Yield everybody who is a person, in order of appearance."""
    world = desk.emulator.world
    special = {world.anonymous.id, world.channel_bot.id, world.service.id}
    for user in world.users.values():
        if not user.is_bot and user.id not in special:
            yield {
                "id": user.id,
                "name": user.full_name,
                "username": user.username,
                "language_code": user.language_code,
                "label": desk.labels.get(user.id, ""),
                "time_zone": desk.zones.get(user.id),
                "standing": _highest(world, user.id),
                "deactivated": user.deactivated,
            }


def _highest(world: World, user_id: int) -> str:
    ranks = ("creator", "administrator")
    held = {
        chat.members[user_id].status for chat in world.chats.values() if user_id in chat.members
    }
    return next((rank for rank in ranks if rank in held), "member")


def person_of(desk: Desk, text: str) -> User:
    """Return a person by id or @username. ApiError 400 when there is none."""
    users = desk.emulator.world.users
    if text.lstrip("-").isdigit():
        user = users.get(int(text))
    else:
        name = text.removeprefix("@").lower()
        user = next((one for one in users.values() if (one.username or "").lower() == name), None)
    if user is None or user.is_bot:
        raise ApiError(404, "Not Found: there is no such person")
    return user
