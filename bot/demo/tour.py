"""`make tour`: play every flow on the emulator, take pictures of the page, write docs/tour.md."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import tempfile
from pathlib import Path

from bot import quick_aiogram

quick_aiogram.install()

from bot.demo.stage import NotAsTold, in_process  # noqa: E402
from bot.demo.tour_camera import TooLarge, camera  # noqa: E402
from bot.demo.tour_scenes import SCENES, Scene  # noqa: E402
from bot.logs import configure  # noqa: E402
from emulator.actors import Cannot  # noqa: E402
from emulator.server import EmulatorServer  # noqa: E402

DOCS = Path(__file__).parent.parent.parent / "docs"
FAMILIES = 6
HEAD = """# Экскурсия

Всё, что ниже, снято программой: `make tour` играет каждый сценарий на эмуляторе с настоящим ботом, фотографирует
страницу в Chromium и пишет этот файл. Семьи, имена и школа вымышлены. То же можно потрогать самому: `make demo`.

*Every picture is taken by a script that plays the flow on the emulator with the real bot, so none of them goes stale.*
"""


async def main(names: list[str], folder: Path) -> int:
    """Play the scenes in order and picture those asked for; tells how many were not as told."""
    failed = []
    (folder / "tour").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="opora-") as place:
        async with (
            in_process(Path(place), FAMILIES) as stage,
            EmulatorServer(stage.school.emulator) as server,
            camera(server.url, folder / "tour") as eye,
        ):
            for scene in SCENES:
                try:
                    await scene.play(stage, eye)
                    sys.stdout.write(f"{scene.name}: {len(scene.pictures)} pictures\n")
                except (NotAsTold, Cannot, TooLarge) as reason:
                    failed.append(scene.name)
                    sys.stdout.write(f"{scene.name}: NOT AS TOLD, {reason}\n")
                sys.stdout.flush()
                if names and set(names) <= {one.name for one in SCENES[: SCENES.index(scene) + 1]}:
                    break
    if not names and not failed:
        (folder / "tour.md").write_text(page(SCENES), encoding="utf-8")
    return len(failed)


def page(scenes: tuple[Scene, ...]) -> str:
    """Write the page of the tour."""
    parts = [HEAD]
    for scene in scenes:
        parts.append(f"\n## {scene.title}\n\n{scene.words}\n")
        pictures = [
            f'<img src="tour/{name}.png" alt="{alt}" width="{300 if phone else 760}">'
            for name, alt, phone in scene.pictures
        ]
        parts.append("\n" + "\n".join(pictures) + "\n")
    return "".join(parts)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bot.demo.tour")
    parser.add_argument("names", nargs="*", help="scenes to play up to; none = all, and the page")
    configure("ERROR")
    logging.disable(logging.WARNING)
    sys.exit(asyncio.run(main(parser.parse_args().names, DOCS)))
