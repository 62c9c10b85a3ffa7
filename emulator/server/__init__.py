"""The emulator over HTTP: the Bot API, the control API and the page."""

from emulator.server.app import EmulatorServer

__all__ = ["EmulatorServer"]
