"""AMA sessions, mentorship and mailings, built by hand under the names handlers ask for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.settings import Settings
from community.ama.after import After
from community.ama.asking import Asking
from community.ama.live import Live
from community.ama.place import Places as SessionPlaces
from community.ama.planning import Planning
from community.ama.watch import AmaWatch
from community.escalation import Escalations
from community.escalation_call import Calls
from community.feed import Addresses, Feed
from community.mentorship.applications import Applications
from community.mentorship.meeting import Meeting
from community.mentorship.pairing import Pairing
from community.mentorship.relay import Relay
from community.mentorship.templates import Template
from community.premoderation import Premoderation
from community.roles import Roles
from consent.advertising import Advertising
from core.clock import Clock
from core.ids import CommunityId
from delivery.planning import Planning as Gated
from delivery.policy import GatePolicy
from scheduler.campaigns import Broadcasts
from scheduler.clockwork import Job
from scheduler.control import Control
from scheduler.service import BroadcastDesk
from storage.ama_votes import Ballots
from storage.database import Database
from texts.templates import load_templates

LOOK_EVERY = 2.0
CHECK_INS_EVERY = 600.0
UNANSWERED_EVERY = 60.0
HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class FreezeCalendar:
    """Days on which nothing is announced: what admins froze with `/freeze`."""

    database: Database

    async def between(self, first: date, last: date) -> Collection[date]:
        """List frozen local days from `first` to `last`, both included."""
        async with self.database.reading() as unit:
            freezes = (await unit.holds.freezes()).values()
        return {
            date.fromordinal(day)
            for freeze in freezes
            for day in range(
                max(date.fromisoformat(freeze.first_day), first).toordinal(),
                min(date.fromisoformat(freeze.last_day), last).toordinal() + 1,
            )
        }


def meetings_of(
    database: Database,
    clock: Clock,
    escalations: Escalations,
    word: Premoderation,
    addresses: Addresses,
) -> dict[str, Any]:
    """Build AMA sessions. `ballots` has to run."""
    ballots = Ballots(database, clock)
    live, after = Live(database), After(database, escalations, addresses)
    return {
        "addresses": addresses,
        "calls": Calls(database, escalations),
        "after": after,
        "ama_watch": AmaWatch(live, after, SessionPlaces(database)),
        "asking": Asking(database, word, ballots),
        "ballots": ballots,
        "feed": Feed(database),
        "live": live,
        "planning": Planning(database, FreezeCalendar(database)),
    }


def mentors_of(database: Database, escalations: Escalations, roles: Roles) -> dict[str, Any]:
    """Build mentorship with the answer templates methodists keep."""
    return {
        "applications": Applications(database, roles),
        "meeting": Meeting(database),
        "pairing": Pairing(database),
        "relay": Relay(database, escalations),
        "templates": _templates(),
    }


def mailings_of(
    settings: Settings, database: Database, clock: Clock, gate: GatePolicy
) -> dict[str, Any]:
    """Build broadcasts, their desk and the emergency stop."""
    planning: Any = Gated(gate)
    broadcasts: Broadcasts[Any] = Broadcasts(
        database, planning, clock, settings.zone, Advertising(settings.advertiser)
    )
    return {
        "broadcasts": broadcasts,
        "control": Control(database),
        "desk": BroadcastDesk(broadcasts, database),
    }


def community_jobs(services: Mapping[str, Any], clock: Clock) -> tuple[Job, ...]:
    """List what comes round."""
    return (
        Job("ama", LOOK_EVERY, lambda: services["ama_watch"].tick(clock.now())),
        Job("joins", UNANSWERED_EVERY, lambda: services["join_requests"].release(clock.now())),
        Job("mentors", CHECK_INS_EVERY, lambda: services["pairing"].tick(clock.now())),
        Job("questions", UNANSWERED_EVERY, lambda: services["questions"].tick(clock.now())),
        Job("roles", CHECK_INS_EVERY, lambda: services["roles"].mirror_lapsed(clock.now())),
        Job("invites", CHECK_INS_EVERY, services["doors"].tick),
        Job("insights", HOUR, lambda: _everywhere(services, services["insights"].weekly, clock)),
        Job(
            "regularity",
            HOUR,
            lambda: _everywhere(services, services["after"].check_regularity, clock),
        ),
        Job("broadcasts", LOOK_EVERY, services["broadcasts"].tick),
        Job("desk", LOOK_EVERY, services["desk"].tick),
    )


async def _everywhere(
    services: Mapping[str, Any],
    work: Callable[[CommunityId, datetime], Awaitable[object]],
    clock: Clock,
) -> None:
    for home in services["directory"].communities():
        await work(home.id, clock.now())


def _templates() -> dict[str, dict[str, Template]]:
    found: dict[str, dict[str, Template]] = {}
    for one in load_templates():
        found.setdefault(one.lang, {})[one.id] = Template(one.id, one.title, one.text)
    return found
