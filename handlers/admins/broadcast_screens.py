"""What the person sees of a broadcast: the draft and its progress."""

from __future__ import annotations

from aiogram.types import InlineKeyboardMarkup

from core.effects import MessageClass, RowState
from handlers.admins.broadcast_who import CHOSEN, audience_words
from handlers.admins.reasons import lines_for
from handlers.keyboards import Button, grid, inline
from scheduler.campaigns_model import Campaign, CampaignState, Report
from texts import dates
from texts.markup import Markup
from texts.say import Texts

CLASSES = (MessageClass.MARKETING, MessageClass.CARE, MessageClass.SERVICE)

Screen = tuple[Markup, InlineKeyboardMarkup]


def draft_screen(campaign: Campaign, texts: Texts, language: str) -> Screen:
    """Show who, what kind and when, with everything that can be changed."""

    def label(key: str) -> str:
        return str(texts.say_by_name(language, key, {}))

    when = label("stops-when-now")
    if campaign.day is not None and campaign.at is not None:
        day, hour = dates.day(campaign.day, language), campaign.at.isoformat("minutes")
        when = str(texts.say(language, "stops-when-local", day=day, hour=hour))
    words = texts.say(
        language,
        "stops-broadcast-draft",
        audience=audience_words(campaign.segment, texts, language),
        **{"class": label(f"broadcast-class-{campaign.message_class}-button")},
        when=when,
    )
    kinds: list[Button] = [
        (
            (CHOSEN if kind is campaign.message_class else "")
            + label(f"broadcast-class-{kind}-button"),
            f"bc:class:{campaign.key}:{kind}",
        )
        for kind in CLASSES
    ]
    acts: list[Button] = [
        (label("stops-count-button"), f"bc:count:{campaign.key}"),
        (label("broadcast-test-button"), f"bc:test:{campaign.key}"),
        (label("broadcast-send-button"), f"bc:send:{campaign.key}"),
        (label("broadcast-cancel-button"), f"bc:cancel:{campaign.key}"),
    ]
    who = [(label("stops-who-button"), f"bc:who:{campaign.key}")]
    return words, inline([who, kinds, *grid(acts, 2)])


def progress_screen(campaign: Campaign, report: Report, texts: Texts, language: str) -> Screen:
    """Show how far it is; the buttons are those that make sense in this state."""
    sent = report.states.get(RowState.SENT, 0)
    reasons = lines_for(texts, language, report.reasons)
    if campaign.state is CampaignState.FINISHED:
        words = texts.say(
            language, "broadcast-done", sent=sent, planned=report.planned, reasons=reasons
        )
    elif campaign.state is CampaignState.PAUSED:
        flying = report.states.get(RowState.CLAIMED, 0)
        words = texts.say(language, "broadcast-paused", flying=flying)
    else:
        left = str(report.open)
        words = texts.say(
            language, "broadcast-progress", sent=sent, planned=report.planned, left=left
        )
    return words, inline(
        [[(str(texts.say_by_name(language, key, {})), f"bc:{verb}:{campaign.key}")]
         for key, verb in buttons_of(campaign.state)]
    )  # fmt: skip


def buttons_of(state: CampaignState) -> list[tuple[str, str]]:
    """List (text key, verb) of a state's buttons."""
    match state:
        case CampaignState.CONFIRMED | CampaignState.RUNNING:
            return [("broadcast-pause-button", "pause"), ("broadcast-cancel-button", "cancel")]
        case CampaignState.PAUSED:
            return [("broadcast-resume-button", "resume"), ("broadcast-cancel-button", "cancel")]
        case CampaignState.FINISHED | CampaignState.CANCELLED:
            return [("broadcast-missed-button", "missed"), ("stops-broadcast-list-button", "list")]
    return []
