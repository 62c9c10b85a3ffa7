"""Polls and votes."""

from typing import Any

from emulator.world.model import Json, Post, User
from emulator.world.queries import Poll
from emulator.world.world import World


def make_poll(
    world: World, bot_id: int | None, question: str, options: list[Any], facts: Json
) -> Poll:
    """Create a poll; options are words or Bot API InputPollOption with parsed entities."""
    number = world.queries.next_id()
    shown = [
        {
            "persistent_id": f"{number}-{index}",
            "text": option if isinstance(option, str) else option["text"],
            "voter_count": 0,
        }
        | (
            {"text_entities": option["text_entities"]}
            if not isinstance(option, str) and option.get("text_entities")
            else {}
        )
        for index, option in enumerate(options)
    ]
    view: Json = {
        "id": number,
        "question": question,
        "options": shown,
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": True,
        "members_only": False,
        **facts,
    }
    poll = Poll(number, bot_id, 0, 0, view)
    world.queries.polls[number] = poll
    return poll


def vote(world: World, made: Post, user: User, options: list[int]) -> None:
    """Cast or retract a vote. The bot that sent the poll hears of a non-anonymous one by poll_answer."""
    poll = world.queries.polls[made.poll_id or ""]
    if poll.view["is_closed"]:
        return
    poll.votes.pop(user.id, None)
    if options:
        poll.votes[user.id] = options
    refresh(poll)
    made.view = made.view | {"poll": poll.view}
    bot = world.bots.get(poll.bot_id or 0)
    if bot is None:
        return
    if not poll.view["is_anonymous"]:
        answer: Json = {
            "poll_id": poll.id,
            "user": user.card(),
            "option_ids": options,
            "option_persistent_ids": [
                poll.view["options"][one]["persistent_id"] for one in options
            ],
        }
        world.publish(bot, "poll_answer", answer)
    world.publish(bot, "poll", poll.view)


def refresh(poll: Poll) -> None:
    """Count the votes anew."""
    options = [
        option | {"voter_count": sum(index in chosen for chosen in poll.votes.values())}
        for index, option in enumerate(poll.view["options"])
    ]
    poll.view = poll.view | {"options": options, "total_voter_count": len(poll.votes)}
