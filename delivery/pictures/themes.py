"""Colours of pictures by day and by night. Telegram does not say which theme a reader uses, so the clock decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from scheduler.plan.streaks import Mark

_NIGHT_FROM, _NIGHT_UNTIL = time(20), time(7)
Colour = str


@dataclass(frozen=True, slots=True)
class Look:
    """How a day is drawn: the square, its edge, what stands on it, and the sign that tells it without colour."""

    fill: Colour
    edge: Colour
    ink: Colour
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of colours."""

    name: str
    paper: Colour
    ink: Colour
    soft: Colour
    today: Colour
    marks: dict[Mark, Look]


LIGHT = Theme(
    name="light",
    paper="#FFFFFF",
    ink="#1B1F24",
    soft="#57606A",
    today="#0A58CA",
    marks={
        Mark.DONE: Look("#1A7F37", "#1A7F37", "#FFFFFF", "✓"),
        Mark.FROZEN: Look("#CFE8FF", "#0A58CA", "#0B3D80", "❄"),
        Mark.MISSED: Look("#FFF1E0", "#9A5B00", "#6B3F00", "•"),
        Mark.FORGIVEN: Look("#F1F3F5", "#6E7781", "#424A53", "–"),
        Mark.REST: Look("#F1F3F5", "#F1F3F5", "#57606A"),
        Mark.AHEAD: Look("#FFFFFF", "#6E7781", "#424A53"),
    },
)
DARK = Theme(
    name="dark",
    paper="#17212B",
    ink="#F2F5F8",
    soft="#A9B4C0",
    today="#6AB3F3",
    marks={
        Mark.DONE: Look("#3FB950", "#3FB950", "#07210C", "✓"),
        Mark.FROZEN: Look("#12385F", "#6AB3F3", "#CFE8FF", "❄"),
        Mark.MISSED: Look("#40301A", "#D29922", "#FFDFA8", "•"),
        Mark.FORGIVEN: Look("#212D3B", "#8694A3", "#C5CED8", "–"),
        Mark.REST: Look("#212D3B", "#212D3B", "#A9B4C0"),
        Mark.AHEAD: Look("#17212B", "#8694A3", "#C5CED8"),
    },
)


def theme_at(hour: time) -> Theme:
    """Choose by the reader's clock: dark from 20:00 to 07:00."""
    return DARK if hour >= _NIGHT_FROM or hour < _NIGHT_UNTIL else LIGHT
