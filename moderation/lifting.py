"""Taking a sanction back: only what it took, never what somebody else took meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from core.effects import Effect, Kind
from core.ids import ChatId
from moderation.cases import Sanction, SanctionKind
from moderation.effects import control, mute
from moderation.ports import Unit

BANS = frozenset({SanctionKind.BAN, SanctionKind.BAN_CHANNEL})


async def end(
    unit: Unit, sanctions: Sequence[Sanction], by: int | None, why: str
) -> list[Sanction]:
    """Close open sanctions and tell which they were."""
    held = [sanction for sanction in sanctions if sanction.ended_at is None]
    await unit.cases.end_sanctions([sanction.id for sanction in held], unit.now, by, why)
    return held


async def lift(unit: Unit, sanction: Sanction, why: str) -> list[Effect]:
    """List the calls that free a member from an ended sanction.

    A mute or ban that still stands, given by a person or another case, stays in force (M73): the member is then
    restricted again to what remains, since Telegram keeps one restriction only.
    """
    key, chat = f"sanction:{sanction.id}:{why}", ChatId(sanction.chat_id)
    others = [
        other
        for other in await unit.cases.held(sanction.chat_id, sanction.user_id)
        if other.id != sanction.id
    ]
    match sanction.kind:
        case SanctionKind.MUTE:
            if any(other.kind in BANS for other in others):
                return []
            mutes = [other for other in others if other.kind is SanctionKind.MUTE]
            if mutes:
                lasting = [other.until for other in mutes]
                until = None if None in lasting else max(at for at in lasting if at is not None)
                return [mute(key, sanction.chat_id, sanction.user_id, until)]
            return [control(key, Kind.UNRESTRICT, chat, user_id=sanction.user_id)]
        case SanctionKind.BAN if not any(other.kind in BANS for other in others):
            return [control(key, Kind.UNBAN, chat, user_id=sanction.user_id)]
        case SanctionKind.BAN_CHANNEL:
            return [control(key, Kind.UNBAN_SENDER_CHAT, chat, sender_chat_id=sanction.user_id)]
    return []
