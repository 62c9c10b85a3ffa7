"""A font with Cyrillic letters: none is shipped, one is found."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont


_FOLDERS = (
    "/usr/share/fonts/truetype/dejavu",
    "/usr/share/fonts/dejavu",
    "/usr/share/fonts/TTF",
    "/usr/share/fonts/truetype/liberation",
    "/usr/share/fonts/liberation",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
_NAMES = {
    False: ("DejaVuSans.ttf", "LiberationSans-Regular.ttf", "Arial.ttf", "arial.ttf"),
    True: ("DejaVuSans-Bold.ttf", "LiberationSans-Bold.ttf", "Arial Bold.ttf", "arialbd.ttf"),
}


class NoFont(Exception):  # noqa: N818 - it says what is missing
    """No font of this machine has the letters of the product; progress is told in words alone."""


@cache
def font(size: int, *, bold: bool = False) -> FreeTypeFont:
    """Find a font: matplotlib brings DejaVu along, else those of the system. Raises NoFont."""
    from PIL import ImageFont  # noqa: PLC0415 - drawing is rare, and every start would wait for it

    for folder in (*_of_matplotlib(), *map(Path, _FOLDERS)):
        for name in _NAMES[bold]:
            if (file := folder / name).is_file():
                return ImageFont.truetype(file, size)
    raise NoFont


def _of_matplotlib() -> tuple[Path, ...]:
    found = importlib.util.find_spec("matplotlib")
    if found is None or found.origin is None:
        return ()
    return (Path(found.origin).parent / "mpl-data" / "fonts" / "ttf",)
