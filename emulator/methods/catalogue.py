"""Import every module of behaviour, so that the registry is complete."""

from emulator.methods import (  # noqa: F401 - imported for their registrations
    callbacks,
    chats,
    copying,
    deleting,
    editing,
    files,
    intake,
    joining,
    media,
    members,
    polls,
    profile,
    reactions,
    text,
    topics,
)
from emulator.methods.registry import HANDLERS

__all__ = ["HANDLERS"]
