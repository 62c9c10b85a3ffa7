"""Messages in our own words, harmless and advertising: they widen both classes of the labelled files."""

import random
import re
from collections.abc import Iterator
from importlib.resources import files

HAM = ("ham_school.txt", "ham_people.txt")
SPAM = ("spam.txt",)
_CHOICE = re.compile(r"\{([^{}]*)\}")


def templates(names: tuple[str, ...]) -> Iterator[str]:
    """Read the templates of the named files, without comments."""
    for name in names:
        for line in files(__name__).joinpath(name).read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                yield line


def written(template: str, count: int, chance: random.Random) -> list[str]:
    """Write a template out at most `count` times, each text once, in a stable order."""
    texts = {
        _CHOICE.sub(lambda choice: chance.choice(choice[1].split("|")), template)
        for _ in range(count)
    }
    return sorted(texts)
