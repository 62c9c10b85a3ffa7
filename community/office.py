"""Office hours: what holds for a speciality nobody has drawn up a schedule for."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from community.duty import Roster, Shift
from community.model import Speciality
from core.ids import PersonId

OPENS, CLOSES = time(10), time(19)
WORKDAYS = range(5)
NOBODY = PersonId(0)
"""Keeps office hours in the reckoning of time; nobody is given a question through it."""


def office(roster: Roster, zone: str) -> Roster:
    """Add office hours, Monday to Friday in the community's zone, for every speciality without a shift."""
    kept = {shift.speciality for shift in roster.shifts}
    added = tuple(
        Shift(0, NOBODY, speciality, weekday, OPENS, CLOSES, zone)
        for speciality in Speciality
        if speciality not in kept
        for weekday in WORKDAYS
    )
    return replace(roster, shifts=roster.shifts + added)
