"""People who use Telegram: the actors of tests, of the demo and of benchmarks, in plain words."""

from emulator.actors.person import Cannot, Person
from emulator.actors.seen import Seen
from emulator.actors.town import Town

__all__ = ["Cannot", "Person", "Seen", "Town"]
